"""The one at the keyboard among the people of the register."""

from __future__ import annotations

import sqlite3

from cockpit.domain.records.identities import ME, candidates


def code_of(conn: sqlite3.Connection, name: str) -> str:
    """The code of the one person whom a name means, as `identities.candidates` says; else the name itself."""
    rows = conn.execute("SELECT code, name, archived_at FROM person").fetchall()
    names = {row["code"]: row["name"] for row in rows}
    archived = {row["code"] for row in rows if row["archived_at"] is not None}
    found = candidates(names, name, gone=archived)
    return found[0] if len(found) == 1 else name


def name_of(conn: sqlite3.Connection, name: str) -> str:
    """What that person is called in the register; the name itself where nobody there is meant."""
    row = conn.execute("SELECT name FROM person WHERE code = ?", (code_of(conn, name),)).fetchone()
    return row["name"] if row else name


def called(conn: sqlite3.Connection, name: str) -> frozenset[str]:
    """What stands for that person in records: the code, the name, and `me` where nobody was known yet."""
    return frozenset((name, code_of(conn, name), *ME))


def rate_of(conn: sqlite3.Connection, name: str) -> int | None:
    """What an hour of that person costs, in cents; None where it is not written down."""
    row = conn.execute("SELECT loaded_rate FROM person WHERE code = ?", (code_of(conn, name),)).fetchone()
    return row["loaded_rate"] if row else None
