"""What was typed and not yet saved. Not business data: it is not journaled.

Each person has their own: `who` is empty for the chief executive. Each place holds what is being typed there, and
beside it the lines that were refused, each by itself.
"""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

_MARK = "~"
"""Between a place and what tells its refused lines apart."""


class WaitingLine(NamedTuple):
    """A line that was refused, and waits to be typed again."""

    key: str
    """Its own place."""
    text: str
    at: str
    """When it was refused, UTC."""


def get(conn: sqlite3.Connection, place: str, who: str = "") -> str:
    """The unfinished text of a place; empty when there is none."""
    row = conn.execute("SELECT text FROM draft WHERE who = ? AND place = ?", (who, place)).fetchone()
    return row["text"] if row else ""


def begun(conn: sqlite3.Connection, place: str, who: str = "") -> str:
    """When the unfinished text of a place was begun, UTC; empty when there is none."""
    row = conn.execute("SELECT at FROM draft WHERE who = ? AND place = ?", (who, place)).fetchone()
    return row["at"] if row else ""


def keep(conn: sqlite3.Connection, place: str, text: str, at: str, who: str = "") -> None:
    """Keep the unfinished text of a place; an empty one forgets it."""
    if text:
        conn.execute(
            "INSERT INTO draft (who, place, text, at) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (who, place) DO UPDATE SET text = excluded.text",
            (who, place, text, at),
        )
    else:
        drop(conn, place, who)


def leave(conn: sqlite3.Connection, place: str, text: str, at: str, who: str = "") -> None:
    """Leave a text at a place for later; another one that stands there stays, and this one waits by itself."""
    standing = get(conn, place, who)
    if standing != text:
        keep(conn, waiting_key(place, text) if standing and standing not in text else place, text, at, who)


def waiting_key(place: str, text: str) -> str:
    """Where a refused line waits: one place each, the same for the same text."""
    import hashlib  # only where something was refused

    return f"{place}{_MARK}{hashlib.sha256(text.encode()).hexdigest()[:12]}"


def is_waiting(place: str) -> bool:
    """Whether that is the place of a line that was refused."""
    return _MARK in place


def waiting(conn: sqlite3.Connection, place: str = "", who: str = "") -> list[WaitingLine]:
    """The lines that were refused, oldest first; of one place, or of all."""
    rows = conn.execute(
        "SELECT place, text, at FROM draft WHERE who = ? AND instr(place, ?) > 0 ORDER BY at, rowid",
        (who, _MARK),
    ).fetchall()
    found = [WaitingLine(row["place"], row["text"], row["at"]) for row in rows]
    return [each for each in found if not place or each.key.startswith(place + _MARK)]


def offer(conn: sqlite3.Connection, place: str, who: str = "") -> str:
    """What to offer there: what is being typed; without it the oldest refused line, which is then the one typed."""
    if own := get(conn, place, who):
        return own
    for line in waiting(conn, place, who):
        conn.execute("UPDATE draft SET place = ? WHERE who = ? AND place = ?", (place, who, line.key))
        return line.text
    return ""


def set_aside(conn: sqlite3.Connection, place: str, who: str = "") -> None:
    """Have the unfinished text of a place wait by itself."""
    if text := get(conn, place, who):
        values = (waiting_key(place, text), place, who)
        conn.execute("UPDATE OR REPLACE draft SET place = ? WHERE place = ? AND who = ?", values)


def forget(conn: sqlite3.Connection, place: str, text: str, who: str = "") -> None:
    """That text was taken after all: it waits no more. Nothing is written where it did not wait."""
    where = "who = ? AND text = ? AND place IN (?, ?)"
    values = (who, text, place, waiting_key(place, text))
    if conn.execute(f"SELECT 1 FROM draft WHERE {where}", values).fetchone():
        conn.execute(f"DELETE FROM draft WHERE {where}", values)


def drop(conn: sqlite3.Connection, key: str, who: str = "") -> None:
    """A line that was refused is not wanted any more."""
    conn.execute("DELETE FROM draft WHERE who = ? AND place = ?", (who, key))
