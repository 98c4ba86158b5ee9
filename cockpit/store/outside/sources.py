"""What is remembered of the outside sources: how each try went, the last reading, samples and incidents.

Rows carry the key of a source, never its address nor a secret.
"""

from __future__ import annotations

import sqlite3
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.providers.state import State
from cockpit.store.records import instant

if TYPE_CHECKING:
    from sqlite_utils import Database

SourceKind = Literal["agenda", "status", "figure"]

_TABLES = (
    """CREATE TABLE source_state (
        kind TEXT NOT NULL CHECK (kind IN ('agenda', 'status')),
        key TEXT NOT NULL,
        reader TEXT NOT NULL DEFAULT '',
        engine TEXT NOT NULL DEFAULT '',
        etag TEXT NOT NULL DEFAULT '',
        last_modified TEXT NOT NULL DEFAULT '',
        body_sha TEXT NOT NULL DEFAULT '',
        last_full TEXT,
        last_try TEXT,
        last_ok TEXT,
        next_try TEXT,
        fails INTEGER NOT NULL DEFAULT 0,
        last_status INTEGER,
        last_error TEXT NOT NULL DEFAULT '',
        last_failure TEXT,
        interval_s INTEGER NOT NULL DEFAULT 0,
        PRIMARY KEY (kind, key)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE status_reading (
        source TEXT PRIMARY KEY,
        at TEXT NOT NULL,
        state TEXT NOT NULL,
        since TEXT NOT NULL,
        nearest TEXT,
        streak INTEGER NOT NULL,
        last TEXT,
        run INTEGER NOT NULL DEFAULT 0,
        reported TEXT NOT NULL,
        confidence TEXT NOT NULL,
        complete INTEGER NOT NULL,
        page TEXT NOT NULL,
        page_id TEXT NOT NULL,
        indicator TEXT NOT NULL,
        components TEXT NOT NULL,
        warnings TEXT NOT NULL,
        certificate_expiry TEXT
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE status_sample (
        source TEXT NOT NULL,
        at TEXT NOT NULL,
        state TEXT NOT NULL,
        PRIMARY KEY (source, at)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE incident (
        id INTEGER PRIMARY KEY,
        source TEXT NOT NULL,
        key TEXT NOT NULL,
        title TEXT NOT NULL,
        impact TEXT NOT NULL,
        phase TEXT NOT NULL,
        started_at TEXT,
        updated_at TEXT,
        resolved_at TEXT,
        components TEXT NOT NULL,
        link TEXT NOT NULL,
        message TEXT NOT NULL,
        first_seen TEXT NOT NULL,
        absences INTEGER NOT NULL DEFAULT 0,
        absent_since TEXT,
        closed_by TEXT NOT NULL DEFAULT '' CHECK (closed_by IN ('', 'source', 'absence')),
        UNIQUE (source, key)
    ) STRICT""",
    "CREATE INDEX incident_open ON incident (source) WHERE closed_by = ''",
    """CREATE TABLE incident_update (
        incident INTEGER NOT NULL REFERENCES incident (id) ON DELETE CASCADE,
        key TEXT NOT NULL,
        at TEXT,
        phase TEXT,
        text TEXT NOT NULL,
        PRIMARY KEY (incident, key)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE maintenance (
        source TEXT NOT NULL,
        key TEXT NOT NULL,
        title TEXT NOT NULL,
        phase TEXT NOT NULL,
        starts_at TEXT,
        ends_at TEXT,
        link TEXT NOT NULL,
        PRIMARY KEY (source, key)
    ) STRICT, WITHOUT ROWID""",
)


def create_sources(db: Database) -> None:
    """The tables of this family, empty. A step of the migrations."""
    for statement in _TABLES:
        db.execute(statement)


def tell_moves(db: Database) -> None:
    """A source that moved says to which host. A step of the migrations."""
    db.execute("ALTER TABLE source_state ADD COLUMN moved_to TEXT NOT NULL DEFAULT ''")


@dataclass(frozen=True, kw_only=True)
class SourceState:
    """How the last tries of one source went. `reader` says what read it: other words void the validators."""

    kind: SourceKind
    key: str
    reader: str = ""
    engine: str = ""
    """The engine detected for a status source that names none."""
    etag: str = ""
    last_modified: str = ""
    body_sha: str = ""
    last_full: datetime | None = None
    last_try: datetime | None = None
    last_ok: datetime | None = None
    next_try: datetime | None = None
    fails: int = 0
    last_error: str = ""
    last_failure: str | None = None
    """The kind of failure of the last try; None when it was answered."""
    interval_s: int = 0
    moved_to: str = ""
    """The host to which it says that it has moved: its new address may hold a secret, and stands nowhere."""


@dataclass(frozen=True, kw_only=True)
class NextMaintenance:
    """The maintenance under way, else the next one announced."""

    title: str
    phase: str
    starts: datetime | None
    ends: datetime | None


@dataclass(frozen=True, kw_only=True)
class ProviderRow:
    """One provider on a screen: what it says, whether it can be heard, how old its last word is."""

    key: str
    state: State
    since: datetime | None
    reported: State
    last_ok: datetime | None
    last_error: str
    fails: int
    interval_s: int
    next_try: datetime | None
    confidence: str
    incidents: tuple[str, ...]
    """Titles of the open incidents, the latest first."""
    maintenance: NextMaintenance | None
    certificate_expiry: datetime | None
    engine: str = ""
    """The engine that was detected, when the settings name none."""
    last_failure: str | None = None
    """The kind of failure of the last try; None when it was answered."""
    moved_to: str = ""
    """The host to which the page says that it has moved."""


def source_state(conn: sqlite3.Connection, kind: SourceKind, key: str) -> SourceState:
    """What is remembered of one source; a blank state when it was never tried."""
    row = conn.execute("SELECT * FROM source_state WHERE kind = ? AND key = ?", (kind, key)).fetchone()
    return _source_state(row) if row else SourceState(kind=kind, key=key)


def source_states(conn: sqlite3.Connection, kind: SourceKind) -> dict[str, SourceState]:
    """What is remembered of every source of a kind, by key."""
    rows = conn.execute("SELECT * FROM source_state WHERE kind = ?", (kind,))
    return {row["key"]: _source_state(row) for row in rows}


def save_source_state(conn: sqlite3.Connection, state: SourceState) -> None:
    """Replace what is remembered of one source."""
    values = {name: _stored(value) for name, value in vars(state).items()}
    names = ", ".join(values)
    marks = ", ".join(f":{name}" for name in values)
    conn.execute(f"INSERT OR REPLACE INTO source_state ({names}) VALUES ({marks})", values)


def has_settled(conn: sqlite3.Connection, kind: SourceKind, key: str) -> None:
    """The new address of a source was accepted: it is read there as soon as anything is."""
    conn.execute(
        "UPDATE source_state SET moved_to = '', next_try = NULL, fails = 0 WHERE kind = ? AND key = ?",
        (kind, key),
    )


def providers(conn: sqlite3.Connection) -> tuple[ProviderRow, ...]:
    """Every status source that was tried, by key, in three queries whatever history is kept."""
    incidents, maintenances = _open_incidents(conn), _next_maintenances(conn)
    rows = conn.execute(
        """SELECT s.key, s.last_ok, s.last_error, s.fails, s.interval_s, s.next_try,
                  s.engine, s.last_failure, s.moved_to, r.state, r.since,
                  r.reported, r.confidence, r.certificate_expiry
           FROM source_state s LEFT JOIN status_reading r ON r.source = s.key
           WHERE s.kind = 'status' ORDER BY s.key"""
    )
    return tuple(
        ProviderRow(
            key=row["key"],
            state=State(row["state"] or "unknown"),
            since=_at(row["since"]),
            reported=State(row["reported"] or "unknown"),
            last_ok=_at(row["last_ok"]),
            last_error=row["last_error"],
            fails=row["fails"],
            interval_s=row["interval_s"],
            next_try=_at(row["next_try"]),
            confidence=row["confidence"] or "low",
            incidents=tuple(incidents.get(row["key"], ())),
            maintenance=maintenances.get(row["key"]),
            certificate_expiry=_at(row["certificate_expiry"]),
            engine=row["engine"],
            last_failure=row["last_failure"],
            moved_to=row["moved_to"],
        )
        for row in rows
    )


def _open_incidents(conn: sqlite3.Connection) -> dict[str, list[str]]:
    titles: dict[str, list[str]] = {}
    for row in conn.execute(
        "SELECT source, title FROM incident WHERE closed_by = '' ORDER BY source, started_at DESC, id"
    ):
        titles.setdefault(row["source"], []).append(row["title"])
    return titles


def _next_maintenances(conn: sqlite3.Connection) -> dict[str, NextMaintenance]:
    found: dict[str, NextMaintenance] = {}
    for row in conn.execute(
        "SELECT * FROM maintenance ORDER BY source, phase <> 'in_progress', starts_at IS NULL, starts_at"
    ):
        planned = NextMaintenance(
            title=row["title"], phase=row["phase"], starts=_at(row["starts_at"]), ends=_at(row["ends_at"])
        )
        found.setdefault(row["source"], planned)
    return found


def _source_state(row: sqlite3.Row) -> SourceState:
    times = {name: _at(row[name]) for name in ("last_full", "last_try", "last_ok", "next_try")}
    return SourceState(**{**dict(row), **times})


def _stored(value: object) -> object:
    return instant(value) if isinstance(value, datetime) else value


def _at(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
