"""What a message that waits to leave is about, under which key it leaves, and who has it already."""

from __future__ import annotations

from sqlite_utils import Database

_COLUMNS = (
    "about TEXT NOT NULL DEFAULT ''",
    "codes TEXT NOT NULL DEFAULT '[]'",
    "sent_as TEXT NOT NULL DEFAULT ''",
    "allowed INTEGER",
    "may_have_come INTEGER NOT NULL DEFAULT 0",
    "recipients TEXT NOT NULL DEFAULT '{}'",
)


def step(db: Database) -> None:
    for column in _COLUMNS:
        db.execute(f"ALTER TABLE outbox ADD COLUMN {column}")
    # What was sent until now left under its own key, and counts among the messages of its hour.
    db.execute("UPDATE outbox SET sent_as = dedup WHERE state = 'sent'")
    db.execute("CREATE INDEX outbox_about ON outbox (about) WHERE about != ''")
