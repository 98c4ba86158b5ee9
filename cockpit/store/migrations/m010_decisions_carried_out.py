"""When a decision was carried out."""

from __future__ import annotations

from sqlite_utils import Database


def step(db: Database) -> None:
    db.execute("ALTER TABLE decision ADD COLUMN done_at TEXT")
