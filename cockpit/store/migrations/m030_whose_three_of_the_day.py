"""The three of the day are each person's own; those that are chosen are the chief executive's."""

from __future__ import annotations

from sqlite_utils import Database


def step(db: Database) -> None:
    db.execute("ALTER TABLE priority ADD COLUMN picked_by TEXT")
