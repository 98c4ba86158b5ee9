"""What was typed and not yet saved. Not business data: it is not journaled."""

from __future__ import annotations

import sqlite3


def get(conn: sqlite3.Connection, place: str) -> str:
    """The unfinished text of a place; empty when there is none."""
    row = conn.execute("SELECT text FROM draft WHERE place = ?", (place,)).fetchone()
    return row["text"] if row else ""


def count(conn: sqlite3.Connection) -> int:
    """How many places hold an unfinished text."""
    found: int = conn.execute("SELECT count(*) FROM draft").fetchone()[0]
    return found


def begun(conn: sqlite3.Connection, place: str) -> str:
    """When the unfinished text of a place was begun, UTC; empty when there is none."""
    row = conn.execute("SELECT at FROM draft WHERE place = ?", (place,)).fetchone()
    return row["at"] if row else ""


def keep(conn: sqlite3.Connection, place: str, text: str, at: str) -> None:
    """Keep the unfinished text of a place; an empty one forgets it."""
    if text:
        conn.execute(
            "INSERT INTO draft VALUES (?, ?, ?) ON CONFLICT (place) DO UPDATE SET text = excluded.text",
            (place, text, at),
        )
    else:
        conn.execute("DELETE FROM draft WHERE place = ?", (place,))
