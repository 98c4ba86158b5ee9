"""What was typed and not yet saved. Not business data: it is not journaled."""

from __future__ import annotations

import sqlite3


def get(conn: sqlite3.Connection, place: str) -> str:
    """The unfinished text of a place; empty when there is none."""
    row = conn.execute("SELECT text FROM draft WHERE place = ?", (place,)).fetchone()
    return row["text"] if row else ""


def keep(conn: sqlite3.Connection, place: str, text: str, at: str) -> None:
    """Keep the unfinished text of a place; an empty one forgets it."""
    if text:
        conn.execute("INSERT OR REPLACE INTO draft VALUES (?, ?, ?)", (place, text, at))
    else:
        conn.execute("DELETE FROM draft WHERE place = ?", (place,))
