"""What was found each time that a copy was restored for a trial."""

from __future__ import annotations

from sqlite_utils import Database


def step(db: Database) -> None:
    db.execute(
        """CREATE TABLE restore_drill (
        at TEXT NOT NULL,
        kind TEXT NOT NULL,
        entries INTEGER NOT NULL,
        missing INTEGER NOT NULL,
        beyond INTEGER NOT NULL,
        seconds REAL NOT NULL,
        fault TEXT NOT NULL,
        PRIMARY KEY (at, kind)
    ) STRICT, WITHOUT ROWID"""
    )
