"""Journal, registers, derived tables, agendas and status sources."""

from __future__ import annotations

from sqlite_utils import Database

from cockpit.store.outside.agenda import create_agenda
from cockpit.store.outside.sources import create_sources
from cockpit.store.register_table import create_register


def step(db: Database) -> None:
    for statement in _JOURNAL:
        db.execute(statement)
    # Filled before any register refers to another: SQLite checks a reference when rows are written.
    create_register(
        db, "function",
        {"name": str, "kind": str, "mode": str, "core_value": int, "criticality": int,
         "recovery_hours": int, "owner": str, "expected_benefit": str, "baseline_cost": int,
         "review_due": str},
        searched=("name", "owner"), refs={},
    )  # fmt: skip
    create_register(
        db, "provider",
        {"name": str, "category": str, "siren": str, "substitutability": int, "reintegration": int,
         "stop_impact": int, "alternative": str, "data_country": str, "personal_data": int,
         "subprocessors": str, "last_audit": str, "contact": str, "status_source": str},
        searched=("name", "category", "contact"), refs={},
    )  # fmt: skip
    create_register(
        db, "person",
        {"name": str, "kind": str, "role": str, "provider": str, "presence": str, "contact": str,
         "loaded_rate": int, "starts_on": str, "ends_on": str, "backup": str},
        searched=("name", "role", "contact"), refs={"provider": "provider", "backup": "person"},
    )  # fmt: skip
    create_register(
        db, "contract",
        {"name": str, "provider": str, "functions": str, "reference": str, "starts_on": str,
         "initial_months": int, "renewal": str, "renewal_months": int, "notice_months": int,
         "amount": int, "hours": str, "timezone": str, "holidays": str, "sla": str,
         "vigilance_expiry": str, "dpa": int, "nda": int, "exit_plan": int, "change_of_control": str,
         "document": str},
        searched=("name", "reference"), refs={"provider": "provider"},
    )  # fmt: skip
    create_register(
        db, "ritual",
        {"name": str, "kind": str, "rule": str, "minutes": int, "members": str, "matches": str,
         "starts_on": str},
        searched=("name",), refs={},
    )  # fmt: skip
    create_register(
        db, "occurrence",
        {"ritual": str, "planned_at": str, "status": str, "agenda_shared_at": str},
        searched=("ritual",), refs={"ritual": "ritual"},
    )  # fmt: skip
    create_register(
        db, "blocker",
        {"title": str, "function": str, "waiting_on": str, "owner": str, "severity": str, "status": str,
         "since": str, "due": str, "sla": str, "sla_started_at": str, "sla_due": str, "sla_until": str,
         "sla_target_s": int,
         "next_step": str, "level": int, "snoozed_until": str, "delegated_to": str, "remind_at": str,
         "blocks": str, "tags": str, "case": str, "spent_minutes": int, "note": str, "lesson": str,
         "closed_at": str},
        searched=("title", "waiting_on", "owner", "next_step", "tags", "case", "note"),
        refs={"function": "function"},
    )  # fmt: skip
    create_register(
        db, "priority",
        {"title": str, "function": str, "owner": str, "severity": str, "status": str, "due": str,
         "day": str, "rank": int, "carried": int, "next_step": str, "waiting_on": str,
         "snoozed_until": str, "delegated_to": str, "remind_at": str, "tags": str, "case": str,
         "spent_minutes": int, "note": str, "closed_at": str},
        searched=("title", "waiting_on", "owner", "next_step", "tags", "case", "note"),
        refs={"function": "function"},
    )  # fmt: skip
    create_register(
        db, "decision",
        {"title": str, "decider": str, "owner": str, "function": str, "decided_at": str, "due": str,
         "waiting_on": str, "blocks": str, "tags": str, "case": str, "note": str},
        searched=("title", "decider", "owner", "tags", "case", "note"), refs={"function": "function"},
    )  # fmt: skip
    for statement in _DERIVED:
        db.execute(statement)
    create_agenda(db)
    create_sources(db)


_JOURNAL = (
    """CREATE TABLE journal (
        seq INTEGER PRIMARY KEY,
        batch INTEGER NOT NULL,
        at TEXT NOT NULL,
        actor TEXT NOT NULL,
        host TEXT NOT NULL,
        action TEXT NOT NULL,
        entity TEXT NOT NULL,
        entity_id TEXT NOT NULL,
        code TEXT NOT NULL,
        before TEXT,
        after TEXT,
        reason TEXT NOT NULL,
        conf INTEGER NOT NULL,
        undoes INTEGER,
        prev_hash TEXT NOT NULL,
        hash TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX journal_entity ON journal (entity_id, seq)",
    "CREATE INDEX journal_actor ON journal (actor, batch)",
    "CREATE INDEX journal_at ON journal (at)",
    """CREATE TRIGGER journal_never_changes BEFORE UPDATE ON journal
       BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END""",
    """CREATE TRIGGER journal_never_shrinks BEFORE DELETE ON journal
       BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END""",
    "CREATE TABLE counter (prefix TEXT PRIMARY KEY, last INTEGER NOT NULL) STRICT",
)

_DERIVED = (
    # Open work is read in these orders at every repaint, whatever is stored beside it.
    """CREATE INDEX blocker_open ON blocker (coalesce(since, created_at), snoozed_until)
       WHERE closed_at IS NULL AND archived_at IS NULL""",
    """CREATE INDEX blocker_reminder ON blocker (remind_at) WHERE remind_at IS NOT NULL""",
    """CREATE INDEX priority_reminder ON priority (remind_at) WHERE remind_at IS NOT NULL""",
    """CREATE INDEX blocker_sla ON blocker (sla_due) WHERE sla_due IS NOT NULL AND closed_at IS NULL""",
    """CREATE INDEX blocker_closed ON blocker (closed_at) WHERE closed_at IS NOT NULL""",
    """CREATE INDEX priority_open ON priority (status, due)
       WHERE closed_at IS NULL AND archived_at IS NULL""",
    """CREATE INDEX priority_day ON priority (day, rank) WHERE day IS NOT NULL""",
    """CREATE INDEX occurrence_planned ON occurrence (planned_at)""",
    # Heat moves with the clock, so it is a cache: rewritten when a blocker changes and once in a while.
    """CREATE TABLE heat (blocker INTEGER PRIMARY KEY REFERENCES blocker (number) ON DELETE CASCADE,
       heat REAL NOT NULL, since TEXT) STRICT""",
    "CREATE INDEX heat_order ON heat (heat DESC, since)",
    """CREATE TABLE holiday (region TEXT NOT NULL, day TEXT NOT NULL, name TEXT NOT NULL,
       PRIMARY KEY (region, day)) STRICT, WITHOUT ROWID""",
    """CREATE TABLE holiday_year (region TEXT NOT NULL, year INTEGER NOT NULL,
       PRIMARY KEY (region, year)) STRICT, WITHOUT ROWID""",
    # What was typed and not yet saved survives Esc, a crash and a power cut.
    """CREATE TABLE draft (place TEXT PRIMARY KEY, text TEXT NOT NULL, at TEXT NOT NULL) STRICT""",
    """CREATE TABLE memo (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT""",
)
