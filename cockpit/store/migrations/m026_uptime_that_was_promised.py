"""A contract says which uptime it promises."""

from __future__ import annotations

from sqlite_utils import Database


def step(db: Database) -> None:
    db.execute("ALTER TABLE contract ADD COLUMN uptime REAL")
