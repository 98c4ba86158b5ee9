"""The journal is searched by record and by register: each way goes from the newest entry back."""

from __future__ import annotations

from sqlite_utils import Database


def step(db: Database) -> None:
    db.execute("CREATE INDEX journal_code ON journal (code, seq)")
    db.execute("CREATE INDEX journal_register ON journal (entity, seq)")
