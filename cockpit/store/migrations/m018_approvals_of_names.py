"""What was kept of channels by their names, and of what could not be taken, before each had a better place."""

from __future__ import annotations

from sqlite_utils import Database


def step(db: Database) -> None:
    # Digests without a key, by which an address could be guessed; such approvals have ended.
    db.execute("DELETE FROM memo WHERE name LIKE 'channel\\_seen:%' ESCAPE '\\' OR name = 'inbox_refused'")
