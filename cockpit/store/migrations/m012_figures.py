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
    _sources_of_figures(db)
    db.table("measure").create_index(["figure", "period"])
    create_register(
        db, "goal",
        {"name": str, "quarter": str, "owner": str, "done_when": str, "state": str, "said_on": str, "note": str},
        searched=("name", "owner", "done_when", "note"), refs={},
    )  # fmt: skip


def _sources_of_figures(db: Database) -> None:
    """Figures are read from addresses too: a constraint of a table is changed by making it anew."""
    (made,) = db.execute("SELECT sql FROM sqlite_master WHERE name = 'source_state'").fetchone()
    db.execute("ALTER TABLE source_state RENAME TO source_state_before")
    db.execute(made.replace("'agenda', 'status'", "'agenda', 'status', 'figure'"))
    db.execute("INSERT INTO source_state SELECT * FROM source_state_before")
    db.execute("DROP TABLE source_state_before")
