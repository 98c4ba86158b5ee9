"""Documents that left the house, and how long the consent that a contract asks for takes."""

from __future__ import annotations

from sqlite_utils import Database

from cockpit.store.register_table import create_register


def step(db: Database) -> None:
    create_register(
        db, "release",
        {
            "name": str, "document": str, "phase": str, "period": str, "recipient": str, "issued_at": str,
            "masked": str, "level": int, "folder": str, "files": int, "digest": str, "head_seq": int, "head": str,
        },
        searched=("name", "recipient"), refs={},
    )  # fmt: skip
    db.execute("ALTER TABLE contract ADD COLUMN consent_days INTEGER")
