"""What became of the links of documents: one row a record, of the address that was tried."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.documents.link_state import LINKED, LinkState
from cockpit.store.records import instant

if TYPE_CHECKING:
    from sqlite_utils import Database


def create_link_checks(db: Database) -> None:
    """The table, empty. A step of the migrations."""
    db.execute(
        """CREATE TABLE link_check (
            code TEXT PRIMARY KEY,
            link TEXT NOT NULL,
            state TEXT NOT NULL,
            checked_at TEXT NOT NULL,
            ok_at TEXT,
            next_try TEXT NOT NULL,
            fails INTEGER NOT NULL DEFAULT 0,
            error TEXT NOT NULL DEFAULT ''
        ) STRICT, WITHOUT ROWID"""
    )


@dataclass(frozen=True, kw_only=True)
class LinkCheck:
    """The last try of the link of one record; it says nothing of another address that was written there since."""

    code: str
    link: str
    state: LinkState
    checked_at: datetime
    ok_at: datetime | None = None
    """When the document was last known to be there."""
    next_try: datetime
    fails: int = 0
    """Tries in a row without an answer."""
    error: str = ""
    """Why, for a person; it names the host alone."""


@dataclass(frozen=True)
class KnownLink:
    """The address of a record's document."""

    code: str
    address: str


def links(conn: sqlite3.Connection) -> tuple[KnownLink, ...]:
    """Every web address of a record in force that leads to a document."""
    found = []
    for table, field in LINKED.items():
        over = " AND (ended_on IS NULL)" if table == "contract" else ""
        found += [
            KnownLink(row["code"], row[field])
            for row in conn.execute(
                f"SELECT code, {field} FROM {table} WHERE archived_at IS NULL AND {field} LIKE 'http%'{over}"
                " ORDER BY number"
            )
        ]
    return tuple(found)


def checks(conn: sqlite3.Connection, codes: Collection[str] | None = None) -> dict[str, LinkCheck]:
    """The last try of each link, by the code of its record."""
    where = "" if codes is None else f" WHERE code IN ({', '.join('?' * len(codes))})"
    rows = conn.execute(f"SELECT * FROM link_check{where}", tuple(codes or ()))
    return {row["code"]: _check(row) for row in rows}


def save(conn: sqlite3.Connection, check: LinkCheck) -> None:
    """Replace what is known of the link of one record."""
    conn.execute(
        "INSERT OR REPLACE INTO link_check (code, link, state, checked_at, ok_at, next_try, fails, error)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            check.code, check.link, check.state.value, instant(check.checked_at),
            instant(check.ok_at) if check.ok_at else None, instant(check.next_try), check.fails, check.error,
        ),
    )  # fmt: skip


def forget_others(conn: sqlite3.Connection, current: Collection[KnownLink]) -> None:
    """Keep nothing of addresses that no record in force leads to any more."""
    known = {(each.code, each.address) for each in current}
    gone = [
        (row["code"],)
        for row in conn.execute("SELECT code, link FROM link_check")
        if (row["code"], row["link"]) not in known
    ]
    conn.executemany("DELETE FROM link_check WHERE code = ?", gone)


def _check(row: sqlite3.Row) -> LinkCheck:
    times = {
        name: datetime.fromisoformat(row[name]) if row[name] else None
        for name in ("checked_at", "ok_at", "next_try")
    }
    return LinkCheck(**{**dict(row), **times, "state": LinkState(row["state"])})
