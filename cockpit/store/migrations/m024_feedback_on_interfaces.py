"""Feedback is kept by interface, both ways; what putting a report together took."""

from __future__ import annotations

from sqlite_utils import Database

from cockpit.store.register_table import create_register


def step(db: Database) -> None:
    create_register(
        db, "feedback",
        {"interface": str, "side": str, "mark": int, "given_on": str, "given_by": str, "asked_on": str, "note": str},
        searched=("note", "given_by"), refs={"interface": "interface"},
    )  # fmt: skip
    db.table("feedback").create_index(["interface", "given_on"])
    db.execute("ALTER TABLE report ADD COLUMN spent_minutes INTEGER")
