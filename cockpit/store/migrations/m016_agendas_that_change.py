"""What became of meetings to come since an agenda was last read."""

from __future__ import annotations

from sqlite_utils import Database

from cockpit.store.outside import agenda_changes


def step(db: Database) -> None:
    agenda_changes.create(db)
