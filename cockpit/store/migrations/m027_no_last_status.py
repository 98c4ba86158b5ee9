"""The code of the last answer of a source leaves: nothing reads it, what went wrong is told by its failure."""

from __future__ import annotations

from sqlite_utils import Database


def step(db: Database) -> None:
    db.execute("ALTER TABLE source_state DROP COLUMN last_status")
