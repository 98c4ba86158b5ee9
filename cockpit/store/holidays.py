"""Public holidays as the library gave them when first asked; stored, so that its next version moves no date."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import date

from cockpit.store.transaction import transaction


def frozen_years(conn: sqlite3.Connection, region: str) -> frozenset[int]:
    """The years of `region` that are known."""
    rows = conn.execute("SELECT year FROM holiday_year WHERE region = ?", (region,))
    return frozenset(row["year"] for row in rows)


def freeze(conn: sqlite3.Connection, region: str, year: int, days: Iterable[tuple[date, str]]) -> None:
    """Keep the holidays of one year, unless that year is known already."""
    with transaction(conn):
        if year in frozen_years(conn, region):
            return
        conn.execute("INSERT INTO holiday_year VALUES (?, ?)", (region, year))
        conn.executemany(
            "INSERT OR IGNORE INTO holiday VALUES (?, ?, ?)",
            [(region, day.isoformat(), name) for day, name in days],
        )


def days(conn: sqlite3.Connection, region: str) -> frozenset[date]:
    """Every known holiday of `region`."""
    rows = conn.execute("SELECT day FROM holiday WHERE region = ?", (region,))
    return frozenset(date.fromisoformat(row["day"]) for row in rows)


def names(conn: sqlite3.Connection, region: str, lo: date, hi: date) -> dict[date, str]:
    """The known holidays of `region` from `lo` up to `hi` (excluded), with their names."""
    rows = conn.execute(
        "SELECT day, name FROM holiday WHERE region = ? AND day >= ? AND day < ?",
        (region, lo.isoformat(), hi.isoformat()),
    )
    return {date.fromisoformat(row["day"]): row["name"] for row in rows}
