"""Promises of service and their clocks, escalations, alerts that are delivered, and what partners send."""

from __future__ import annotations

from sqlite_utils import Database

from cockpit.store.register_table import create_register


def step(db: Database) -> None:
    create_register(
        db, "policy",
        {"name": str, "contract": str, "function": str, "metric": str, "severity": str, "target": str,
         "period": str, "hours": str, "warn": str},
        searched=("name",), refs={"contract": "contract", "function": "function"},
    )  # fmt: skip
    create_register(
        db, "clock",
        {"title": str, "blocker": str, "policy": str, "provider": str, "function": str, "metric": str,
         "cycle": int, "period": str, "target": str, "warn": str, "calendar": int, "state": str,
         "pause": str, "pause_note": str, "started_at": str, "due": str, "until": str, "target_s": int,
         "consumed_s": int, "ended_at": str, "breached_at": str, "overrun_s": int, "waived": str,
         "events": str},
        searched=("title",), refs={},
    )  # fmt: skip
    create_register(
        db, "circuit",
        {"name": str, "functions": str, "threshold": int, "decider": str, "deputy": str, "max_delay": str,
         "level_1": str, "level_2": str, "level_3": str, "steps": str},
        searched=("name",), refs={},
    )  # fmt: skip
    create_register(
        db, "escalation",
        {"question": str, "blocker": str, "level": int, "asked_of": str, "circuit": str, "asked_at": str,
         "answer_by": str, "decision": str, "ended_at": str},
        searched=("question", "asked_of"), refs={"blocker": "blocker"},
    )  # fmt: skip
    create_register(
        db, "statement",
        {"title": str, "sender": str, "service": str, "severity": str, "body": str, "link": str,
         "said_at": str, "way": str, "proof": str, "origin": str, "digest": str, "triage": str,
         "became": str, "reason": str, "closed_at": str},
        searched=("title", "sender", "service", "body"), refs={},
    )  # fmt: skip
    db.execute("ALTER TABLE contract ADD COLUMN exceptions TEXT")
    db.execute("ALTER TABLE mark ADD COLUMN alert TEXT")
    for statement in _ENGAGEMENTS:
        db.execute(statement)


_ENGAGEMENTS = (
    "CREATE INDEX clock_open ON clock (until) WHERE ended_at IS NULL AND archived_at IS NULL",
    "CREATE INDEX clock_blocker ON clock (blocker)",
    "CREATE INDEX clock_ended ON clock (ended_at) WHERE ended_at IS NOT NULL",
    "CREATE UNIQUE INDEX clock_period ON clock (policy, period) WHERE period IS NOT NULL AND period != ''",
    "CREATE INDEX escalation_blocker ON escalation (blocker) WHERE ended_at IS NULL",
    "CREATE UNIQUE INDEX statement_origin ON statement (origin, digest)",
    "CREATE INDEX statement_new ON statement (created_at) WHERE triage IN ('new', 'alert')",
    "CREATE INDEX mark_alert ON mark (alert) WHERE alert IS NOT NULL AND closed_at IS NULL",
    # A calendar never changes: another one takes its place, and clocks say from when.
    """CREATE TABLE calendar_version (id INTEGER PRIMARY KEY, name TEXT NOT NULL, spec TEXT NOT NULL,
       at TEXT NOT NULL, UNIQUE (name, spec)) STRICT""",
    """CREATE TRIGGER calendar_never_changes BEFORE UPDATE ON calendar_version
       BEGIN SELECT RAISE(ABORT, 'a calendar version never changes'); END""",
    """CREATE TABLE alert (key TEXT PRIMARY KEY, kind TEXT NOT NULL, level INTEGER NOT NULL,
       subject TEXT NOT NULL, target TEXT NOT NULL, first_at TEXT NOT NULL, last_at TEXT NOT NULL,
       over_at TEXT, told_at TEXT, told_level INTEGER NOT NULL DEFAULT 0,
       times INTEGER NOT NULL DEFAULT 0) STRICT, WITHOUT ROWID""",
    """CREATE TABLE outbox (id INTEGER PRIMARY KEY, dedup TEXT NOT NULL, channel TEXT NOT NULL,
       message TEXT NOT NULL, state TEXT NOT NULL, created_at TEXT NOT NULL, attempts INTEGER NOT NULL,
       next_at TEXT NOT NULL, claimed_until TEXT, sent_at TEXT, error TEXT NOT NULL DEFAULT '',
       UNIQUE (channel, dedup)) STRICT""",
    "CREATE INDEX outbox_due ON outbox (next_at) WHERE state = 'queued'",
    """CREATE TABLE inbox_file (path TEXT PRIMARY KEY, size INTEGER NOT NULL, mtime INTEGER NOT NULL,
       at TEXT NOT NULL) STRICT, WITHOUT ROWID""",
)
