"""To which host a source says that it has moved."""

from __future__ import annotations

from sqlite_utils import Database

from cockpit.store.outside.sources import tell_moves


def step(db: Database) -> None:
    tell_moves(db)
