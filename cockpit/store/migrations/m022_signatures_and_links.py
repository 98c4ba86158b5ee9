"""Who vouches for a process since when, and what became of the links of documents."""

from __future__ import annotations

from sqlite_utils import Database

from cockpit.store.outside.link_checks import create_link_checks


def step(db: Database) -> None:
    db.execute("ALTER TABLE process ADD COLUMN signed_at TEXT")
    db.execute("ALTER TABLE process ADD COLUMN signed_by TEXT")
    create_link_checks(db)
