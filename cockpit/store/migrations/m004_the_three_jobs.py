"""Reviews, live meetings, sensitive files, and what decisions and rituals lacked."""

from __future__ import annotations

from sqlite_utils import Database

from cockpit.store.register_table import create_register


def step(db: Database) -> None:
    create_register(
        db, "dossier",
        {"name": str, "purpose": str, "members": str, "note": str, "closed_at": str},
        searched=("name", "purpose", "note"), refs={},
    )  # fmt: skip
    create_register(
        db, "review",
        {"by": str, "started_at": str, "ended_at": str, "upto_seq": int, "spent_s": int, "summary": str},
        searched=("summary",), refs={},
    )  # fmt: skip
    create_register(
        db, "preparation", {"about": str, "line": str, "day": str, "rank": int}, searched=("line",), refs={}
    )
    create_register(
        db, "attendance",
        {"occurrence": str, "person": str, "expected": int, "present": int, "late_minutes": int},
        searched=("person",), refs={"occurrence": "occurrence"},
    )  # fmt: skip
    create_register(
        db, "hold", {"title": str, "starts_at": str, "ends_at": str, "priority": str},
        searched=("title",), refs={"priority": "priority"},
    )  # fmt: skip
    for table, columns in _ADDED.items():
        for column, kind in columns.items():
            db.execute(f"ALTER TABLE {table} ADD COLUMN {column} {kind}")
    for statement in _JOBS:
        db.execute(statement)


_ADDED = {
    "decision": {
        "question": "TEXT", "options": "TEXT", "circuit": "TEXT", "amount": "INTEGER", "review_on": "TEXT",
        "supersedes": "TEXT", "origin": "TEXT",
    },
    "priority": {"origin": "TEXT"},
    "blocker": {"origin": "TEXT"},
    "ritual": {"steps": "TEXT", "channels": "TEXT"},
    "occurrence": {
        "agenda": "TEXT", "started_at": "TEXT", "ended_at": "TEXT", "facilitator": "TEXT",
        "minutes_path": "TEXT", "minutes_hash": "TEXT", "roti": "TEXT", "cost_minutes": "INTEGER",
    },
}  # fmt: skip

_JOBS = (
    "CREATE INDEX review_by ON review (by, ended_at)",
    "CREATE INDEX preparation_day ON preparation (day, about)",
    "CREATE INDEX hold_starts ON hold (starts_at)",
    "CREATE INDEX attendance_of ON attendance (occurrence)",
    "CREATE INDEX decision_superseded ON decision (supersedes) WHERE supersedes IS NOT NULL",
    "CREATE INDEX priority_origin ON priority (origin) WHERE origin IS NOT NULL",
    # What happens in a live meeting, as it happens: written at each key, so that a crash loses nothing.
    """CREATE TABLE live_event (occurrence TEXT NOT NULL, seq INTEGER NOT NULL, at TEXT NOT NULL,
       kind TEXT NOT NULL, data TEXT NOT NULL, PRIMARY KEY (occurrence, seq)) STRICT, WITHOUT ROWID""",
    # Where a morning review stands, and what was marked as seen in it.
    """CREATE TABLE review_state (who TEXT PRIMARY KEY, at TEXT NOT NULL, state TEXT NOT NULL)
       STRICT, WITHOUT ROWID""",
    """CREATE TABLE review_seen (who TEXT NOT NULL, entity_id TEXT NOT NULL, seq INTEGER NOT NULL,
       PRIMARY KEY (who, entity_id)) STRICT, WITHOUT ROWID""",
)
