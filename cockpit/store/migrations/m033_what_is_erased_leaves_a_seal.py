"""Entries of the journal have a grain of salt, and say by which erasure they were changed.

The salt keeps whoever reads a hash from trying names on it; an erasure takes it away with the name.
"""

from __future__ import annotations

from sqlite_utils import Database


def step(db: Database) -> None:
    db.execute("ALTER TABLE journal ADD COLUMN salt TEXT")
    db.execute("ALTER TABLE journal ADD COLUMN erased INTEGER")
    db.execute("CREATE INDEX journal_erased ON journal (erased, seq) WHERE erased IS NOT NULL")
