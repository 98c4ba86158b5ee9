"""Months that were closed, what their report said then, and what a function may cost in a year."""

from __future__ import annotations

from sqlite_utils import Database

from cockpit.store.register_table import create_register


def step(db: Database) -> None:
    create_register(
        db, "closing",
        {"name": str, "month": str, "closed_at": str, "complete": int, "digest": str, "head_seq": int, "head": str,
         "reopened_at": str, "reopened_why": str},
        searched=("name", "reopened_why"), refs={},
    )  # fmt: skip
    # What a report said is no field of a record: it holds what each level may read, apart.
    db.execute(
        """CREATE TABLE closed_report (
        closing TEXT NOT NULL,
        level INTEGER NOT NULL,
        content TEXT NOT NULL,
        PRIMARY KEY (closing, level)
    ) STRICT, WITHOUT ROWID"""
    )
    db.execute("ALTER TABLE function ADD COLUMN budget INTEGER")
