"""The schema, one step after the other. A step that was released never changes: the next one mends it."""

from __future__ import annotations

import sqlite3

from sqlite_utils import Database, Migrations

from cockpit.store import journal
from cockpit.store.agenda import create_agenda, date_doubts
from cockpit.store.organisation import create_organisation
from cockpit.store.register_table import create_register
from cockpit.store.sources import create_sources

migrations = Migrations("cockpit")


def apply(conn: sqlite3.Connection) -> None:
    """Bring the schema up to date on `conn`, inside the caller's transaction."""
    migrations.apply(Database(conn, execute_plugins=False))


@migrations()
def m001_the_house(db: Database) -> None:
    """Journal, registers, derived tables, agendas and status sources."""
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


@migrations()
def m002_words_on_providers(db: Database) -> None:
    """What a person says of a provider, beside what its page says; since when an agenda is doubted."""
    date_doubts(db)
    create_register(
        db, "mark",
        {"kind": str, "source": str, "provider": str, "component": str, "state": str, "reason": str,
         "until": str, "closed_at": str},
        searched=("reason",), refs={"provider": "provider"},
    )  # fmt: skip
    db.execute(
        "CREATE INDEX mark_live ON mark (source, provider) WHERE closed_at IS NULL AND archived_at IS NULL"
    )
    db.execute("CREATE INDEX incident_history ON incident (source, coalesce(started_at, first_seen))")


@migrations()
def m003_engagements_of_service(db: Database) -> None:
    """Promises of service and their clocks, escalations, alerts that are delivered, and what partners send."""
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


@migrations()
def m004_the_three_jobs(db: Database) -> None:
    """Reviews, live meetings, sensitive files, and what decisions and rituals lacked."""
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


@migrations()
def m005_the_organisation_on_the_map(db: Database) -> None:
    """Interfaces, processes, risks, accesses, continuity, costs, audits; what providers and contracts lacked."""
    create_organisation(db)


@migrations()
def m006_what_becomes_of_a_term(db: Database) -> None:
    """Notice in months, weeks or days, the lead time of each contract, and what was decided of its term."""
    for column, kind in _OF_TERMS.items():
        db.execute(f"ALTER TABLE contract ADD COLUMN {column} {kind}")
    known = db.conn.execute(
        "SELECT id, notice_months FROM contract WHERE notice_months IS NOT NULL"
    ).fetchall()
    if known:
        # Told to the journal as every other change, so that it still says what stands in the rows.
        last = db.conn.execute("SELECT max(at) FROM journal").fetchone()[0]
        stamp = journal.Stamp(at=last, actor="cockpit", action="contract.edit")
        puts = [journal.Put("contract", row[0], {"notice": f"{row[1]}m"}) for row in known]
        journal.write(db.conn, stamp, puts)


_OF_TERMS = {
    "notice": "TEXT", "lead_days": "INTEGER", "decided": "TEXT", "decided_on": "TEXT", "decided_for": "TEXT",
}  # fmt: skip

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
