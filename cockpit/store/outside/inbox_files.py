"""Files of the shared folder that may still grow, as they were first seen so."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from datetime import datetime

from cockpit.store.records import instant
from cockpit.store.transaction import transaction

Seen = tuple[int, int, datetime]
"""Bytes, time of change in nanoseconds, and when it was first seen like that."""


def seen(conn: sqlite3.Connection) -> dict[str, Seen]:
    """By file name."""
    rows = conn.execute("SELECT path, size, mtime, at FROM inbox_file")
    return {row["path"]: (row["size"], row["mtime"], datetime.fromisoformat(row["at"])) for row in rows}


def keep(conn: sqlite3.Connection, files: Mapping[str, Seen]) -> None:
    """Remember these and no others."""
    with transaction(conn):
        conn.execute("DELETE FROM inbox_file")
        conn.executemany(
            "INSERT INTO inbox_file VALUES (?, ?, ?, ?)",
            [(name, size, mtime, instant(at)) for name, (size, mtime, at) in files.items()],
        )
