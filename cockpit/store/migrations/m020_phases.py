"""The phases of the company."""

from __future__ import annotations

from sqlite_utils import Database

from cockpit.store.register_table import create_register


def step(db: Database) -> None:
    create_register(
        db, "phase", {"phase": str, "since": str, "target_on": str, "note": str}, searched=("note",), refs={}
    )
