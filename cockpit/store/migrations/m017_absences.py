"""Absences, and who is a pillar of the office."""

from __future__ import annotations

from sqlite_utils import Database

from cockpit.store.register_table import create_register


def step(db: Database) -> None:
    create_register(
        db, "absence",
        {"person": str, "first_on": str, "last_on": str, "cover": str, "origin": str, "event": str, "note": str},
        searched=("note",), refs={"person": "person", "cover": "person"},
    )  # fmt: skip
    db.execute("ALTER TABLE person ADD COLUMN pillar INTEGER NOT NULL DEFAULT 0")
