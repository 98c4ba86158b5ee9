"""Statements that wait are found without reading those that were sorted, also those that could not be taken."""

from __future__ import annotations

from sqlite_utils import Database


def step(db: Database) -> None:
    db.execute("CREATE INDEX statement_unsorted ON statement (triage) WHERE closed_at IS NULL")
