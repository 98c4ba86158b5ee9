"""Names and values that the program keeps for itself, such as when it last tidied. Not journaled."""

from __future__ import annotations

import sqlite3


def get(conn: sqlite3.Connection, name: str) -> str:
    """What is remembered under that name; empty when nothing is."""
    row = conn.execute("SELECT value FROM memo WHERE name = ?", (name,)).fetchone()
    return row["value"] if row else ""


def put(conn: sqlite3.Connection, name: str, value: str) -> None:
    """Remember `value` under that name."""
    conn.execute("INSERT OR REPLACE INTO memo VALUES (?, ?)", (name, value))


CLOCK_OFFSET = "clock_offset_s"
"""Memo: seconds that this machine's clock is ahead of the servers, at the last sync."""
ASIDE = "beginning_aside"
"""Memo: the first things that were put aside for good, by their ids, one after the other."""
