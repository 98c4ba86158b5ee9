"""One table of words for all registers, instead of one for each."""

from __future__ import annotations

from sqlite_utils import Database

from cockpit.store import full_text


def step(db: Database) -> None:
    full_text.create(db)
