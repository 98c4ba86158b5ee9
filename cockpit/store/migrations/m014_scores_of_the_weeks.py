"""What signals said of each week: computed from the journal, so no register and not journaled."""

from __future__ import annotations

from sqlite_utils import Database


def step(db: Database) -> None:
    db.execute(
        """CREATE TABLE score (
        week TEXT NOT NULL,
        signal TEXT NOT NULL,
        subject TEXT NOT NULL,
        value REAL,
        threshold REAL NOT NULL,
        n INTEGER NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('unknown', 'calm', 'watch', 'control', 'danger')),
        raised TEXT,
        whole INTEGER NOT NULL,
        at TEXT NOT NULL,
        conf INTEGER NOT NULL,
        proof TEXT NOT NULL,
        PRIMARY KEY (week, signal, subject)
    ) STRICT, WITHOUT ROWID"""
    )
    db.execute("CREATE INDEX score_history ON score (signal, subject, week)")
