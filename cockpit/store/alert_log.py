"""When each alert was first and last raised, and when somebody was told: a series, not business data."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from cockpit.domain.dataclasses import dataclass
from cockpit.store.transaction import transaction


@dataclass(frozen=True)
class Raised:
    """An alert as it is raised now."""

    key: str
    kind: str
    level: int
    subject: str
    target: str


@dataclass(frozen=True)
class Known:
    """What is known of a raised alert. Instants are UTC, ISO 8601."""

    key: str
    first_at: str
    told_at: str | None
    times: int


def update(
    conn: sqlite3.Connection, now: str, raised: Iterable[Raised]
) -> tuple[dict[str, Known], list[str]]:
    """Note what is raised now; what is known of each, and the keys of those that are over since last time."""
    with transaction(conn):
        live = {each.key: each for each in raised}
        for each in live.values():
            conn.execute(
                "INSERT INTO alert (key, kind, level, subject, target, first_at, last_at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO UPDATE SET last_at = excluded.last_at,"
                " subject = excluded.subject, level = excluded.level, over_at = NULL,"
                " first_at = CASE WHEN over_at IS NULL THEN first_at ELSE excluded.first_at END,"
                " told_at = CASE WHEN over_at IS NULL THEN told_at END",
                (each.key, each.kind, each.level, each.subject, each.target, now, now),
            )
        over = [
            row["key"]
            for row in conn.execute("SELECT key FROM alert WHERE over_at IS NULL")
            if row["key"] not in live
        ]
        conn.executemany("UPDATE alert SET over_at = ? WHERE key = ?", [(now, key) for key in over])
        known = {
            row["key"]: Known(row["key"], row["first_at"], row["told_at"], row["times"])
            for row in conn.execute("SELECT key, first_at, told_at, times FROM alert WHERE over_at IS NULL")
        }
    return known, over


def told(conn: sqlite3.Connection, keys: Iterable[str], now: str) -> None:
    """Somebody was told of these now."""
    conn.executemany(
        "UPDATE alert SET told_at = ?, times = times + 1 WHERE key = ?", [(now, key) for key in keys]
    )


def prune(conn: sqlite3.Connection, before: str) -> None:
    """Forget what was over before then."""
    conn.execute("DELETE FROM alert WHERE over_at < ?", (before,))
