"""Figures that are watched, their values, and the goals of quarters."""

from __future__ import annotations

from sqlite_utils import Database

from cockpit.store.register_table import create_register


def step(db: Database) -> None:
    create_register(
        db, "figure",
        {"name": str, "unit": str, "owner": str, "source": str, "cadence": str, "aim": str, "target": float,
         "ceiling": float, "function": str, "note": str},
        searched=("name", "owner", "note"), refs={"function": "function"},
    )  # fmt: skip
    create_register(
        db, "measure",
        {"figure": str, "period": str, "value": float, "given_by": str, "note": str},
        searched=("note",), refs={"figure": "figure"},
    )  # fmt: skip
    db.table("measure").create_index(["figure", "period"])
    create_register(
        db, "goal",
        {"name": str, "quarter": str, "owner": str, "done_when": str, "state": str, "said_on": str, "note": str},
        searched=("name", "owner", "done_when", "note"), refs={},
    )  # fmt: skip
