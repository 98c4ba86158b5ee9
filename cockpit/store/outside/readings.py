"""The last reading of each status source, its samples, incidents and maintenances."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from datetime import datetime, timedelta

from cockpit.domain.providers.state import FINE, TROUBLES, State
from cockpit.domain.providers.status import (
    Component,
    Incident,
    IncidentAbsence,
    ProviderStanding,
    StatusReading,
    absent,
    better,
)
from cockpit.domain.text import digest
from cockpit.store.records import instant
from cockpit.store.tables import tables
from cockpit.store.transaction import transaction

HEARTBEAT = timedelta(hours=1)
"""A sample is kept at every change, and at least this often."""


def standing(conn: sqlite3.Connection, source: str) -> ProviderStanding | None:
    """The state shown for `source` and the run of readings against it; None before the first reading."""
    row = conn.execute(
        "SELECT state, since, nearest, streak, last, run FROM status_reading WHERE source = ?", (source,)
    ).fetchone()
    if row is None:
        return None
    return ProviderStanding(
        state=State(row["state"]),
        since=datetime.fromisoformat(row["since"]),
        nearest=State(row["nearest"]) if row["nearest"] else None,
        streak=row["streak"],
        last=State(row["last"]) if row["last"] else None,
        run=row["run"],
    )


def save_reading(
    conn: sqlite3.Connection,
    source: str,
    reading: StatusReading,
    *,
    reported: State,
    settled: ProviderStanding,
    at: datetime,
) -> None:
    """Keep a reading with its incidents, maintenances and sample, all or nothing.

    `reported` is the provider's state in this reading, `settled` what is shown after it.
    An unreadable reading changes the state only: what was known of components and incidents stays.
    """
    with transaction(conn):
        if reading.readable or standing(conn, source) is None:
            _write_reading(conn, source, reading, reported=reported, settled=settled, at=at)
        else:
            _write_standing(conn, source, settled)
            conn.execute(
                "UPDATE status_reading SET reported = ?, warnings = ? WHERE source = ?",
                (reported, _json(reading.warnings), source),
            )
        _sample(conn, source, settled.state, at)
        if reading.readable:
            _write_incidents(conn, source, reading, at)
            _write_maintenances(conn, source, reading)


def repeat_reading(conn: sqlite3.Connection, source: str, *, settled: ProviderStanding, at: datetime) -> None:
    """The source said the same as before: only what counts consecutive readings moves."""
    with transaction(conn):
        if settled != standing(conn, source):
            _write_standing(conn, source, settled)
        _sample(conn, source, settled.state, at)
        complete = conn.execute("SELECT complete FROM status_reading WHERE source = ?", (source,)).fetchone()
        if complete and complete["complete"]:
            rows = conn.execute(
                "SELECT key FROM incident WHERE source = ? AND closed_by = '' AND absences = 0", (source,)
            )
            _count_absences(conn, source, {row["key"] for row in rows}, at)


def reported(conn: sqlite3.Connection, source: str) -> State | None:
    """What the last reading of `source` reported, before hysteresis."""
    row = conn.execute("SELECT reported FROM status_reading WHERE source = ?", (source,)).fetchone()
    return State(row["reported"]) if row else None


def was_fine_after(conn: sqlite3.Connection, source: str, at: datetime) -> bool:
    """Whether `source` was shown as operational at some time after `at`."""
    row = conn.execute(
        "SELECT 1 FROM status_sample WHERE source = ? AND at > ? AND state IN (?, ?) LIMIT 1",
        (source, instant(at), *FINE),
    ).fetchone()
    return row is not None


def got_worse_after(conn: sqlite3.Connection, source: str, at: datetime) -> bool:
    """Whether `source` was shown in a worse trouble after `at` than it was then."""
    before = conn.execute(
        "SELECT state FROM status_sample WHERE source = ? AND at <= ? ORDER BY at DESC LIMIT 1",
        (source, instant(at)),
    ).fetchone()
    then = State(before["state"]) if before else State.UNKNOWN
    later = conn.execute(
        "SELECT DISTINCT state FROM status_sample WHERE source = ? AND at > ?", (source, instant(at))
    )
    troubles = {State(row["state"]) for row in later} & TROUBLES
    return bool(troubles) and (then is State.UNKNOWN or any(better(then, each) for each in troubles))


def recent_changes(conn: sqlite3.Connection, since: datetime) -> dict[str, list[datetime]]:
    """When the shown state of each source changed since then, in order; by key, only those that did."""
    rows = conn.execute(
        """SELECT s.source, s.at, s.state FROM status_reading r
           JOIN status_sample s ON s.source = r.source AND s.at >= ? ORDER BY s.source, s.at""",
        (instant(since),),
    )
    changes: dict[str, list[datetime]] = {}
    source, state = "", ""
    for row in rows:
        if row["source"] == source and row["state"] != state:
            changes.setdefault(source, []).append(datetime.fromisoformat(row["at"]))
        source, state = row["source"], row["state"]
    return changes


def components(conn: sqlite3.Connection, source: str) -> tuple[Component, ...]:
    """The components of the last readable reading of `source`."""
    row = conn.execute("SELECT components FROM status_reading WHERE source = ?", (source,)).fetchone()
    return _components(row["components"]) if row else ()


def last_reading(conn: sqlite3.Connection, source: str) -> StatusReading | None:
    """The page of the last readable reading with its components, for a detailed view; warnings are the
    latest. Incidents and maintenances have tables of their own."""
    row = conn.execute("SELECT * FROM status_reading WHERE source = ?", (source,)).fetchone()
    if row is None:
        return None
    expiry = row["certificate_expiry"]
    return StatusReading(
        state=State(row["reported"]),
        page=row["page"],
        page_id=row["page_id"],
        indicator=row["indicator"],
        components=_components(row["components"]),
        warnings=tuple(json.loads(row["warnings"])),
        confidence=row["confidence"],
        complete=bool(row["complete"]),
        certificate_expiry=datetime.fromisoformat(expiry) if expiry else None,
    )


def _components(stored: str) -> tuple[Component, ...]:
    return tuple(
        Component(id=id_, name=name, state=State(state), group=group)
        for id_, name, state, group in json.loads(stored)
    )


def _write_reading(
    conn: sqlite3.Connection,
    source: str,
    reading: StatusReading,
    *,
    reported: State,
    settled: ProviderStanding,
    at: datetime,
) -> None:
    parts = [(c.id, c.name, c.state, c.group) for c in reading.components]
    conn.execute(
        """INSERT OR REPLACE INTO status_reading
           (source, at, state, since, nearest, streak, last, run, reported, confidence, complete, page, page_id,
            indicator, components, warnings, certificate_expiry)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        (
            source, instant(at), settled.state, instant(settled.since), settled.nearest, settled.streak,
            settled.last, settled.run,
            reported, reading.confidence, int(reading.complete), reading.page, reading.page_id,
            reading.indicator, _json(parts), _json(reading.warnings), _maybe(reading.certificate_expiry),
        ),
    )  # fmt: skip


def _write_standing(conn: sqlite3.Connection, source: str, settled: ProviderStanding) -> None:
    conn.execute(
        "UPDATE status_reading SET state = ?, since = ?, nearest = ?, streak = ?, last = ?, run = ?"
        " WHERE source = ?",
        (
            settled.state,
            instant(settled.since),
            settled.nearest,
            settled.streak,
            settled.last,
            settled.run,
            source,
        ),
    )


def _sample(conn: sqlite3.Connection, source: str, state: State, at: datetime) -> None:
    last = conn.execute(
        "SELECT at, state FROM status_sample WHERE source = ? ORDER BY at DESC LIMIT 1", (source,)
    ).fetchone()
    if last and last["state"] == state and at - datetime.fromisoformat(last["at"]) < HEARTBEAT:
        return
    conn.execute("INSERT OR REPLACE INTO status_sample VALUES (?, ?, ?)", (source, instant(at), state))


def _write_incidents(conn: sqlite3.Connection, source: str, reading: StatusReading, at: datetime) -> None:
    for incident in reading.incidents:
        row = conn.execute(
            "SELECT id FROM incident WHERE source = ? AND key = ?", (source, incident.key)
        ).fetchone()
        # What was over before it was ever seen open is the vendor's history, not the company's.
        if row or incident.open:
            _write_updates(conn, _write_incident(conn, source, incident, at), incident)
    if reading.complete:
        _count_absences(conn, source, {incident.key for incident in reading.incidents}, at)


def _write_incident(conn: sqlite3.Connection, source: str, incident: Incident, at: datetime) -> int:
    resolved = incident.resolved if incident.open else incident.resolved or incident.updated or at
    row = conn.execute(
        """INSERT INTO incident (source, key, title, impact, phase, started_at, updated_at, resolved_at,
               components, link, message, first_seen, closed_by)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
           ON CONFLICT (source, key) DO UPDATE SET title = excluded.title, impact = excluded.impact,
               phase = excluded.phase, started_at = coalesce(excluded.started_at, started_at),
               updated_at = excluded.updated_at, resolved_at = excluded.resolved_at,
               components = excluded.components, link = excluded.link, message = excluded.message,
               closed_by = excluded.closed_by, absences = 0, absent_since = NULL
           RETURNING id""",
        (
            source, incident.key, incident.title, incident.impact, incident.phase, _maybe(incident.started),
            _maybe(incident.updated), _maybe(resolved), _json(incident.components), incident.link,
            incident.message, instant(at), "" if incident.open else "source",
        ),
    ).fetchone()  # fmt: skip
    number: int = row["id"]
    return number


def _write_updates(conn: sqlite3.Connection, number: int, incident: Incident) -> None:
    conn.executemany(
        """INSERT INTO incident_update (incident, key, at, phase, text) VALUES (?, ?, ?, ?, ?)
           ON CONFLICT (incident, key) DO UPDATE SET phase = excluded.phase, text = excluded.text
           WHERE text <> excluded.text OR phase IS NOT excluded.phase""",
        (
            (number, update.key or _digest(_maybe(update.at), update.text), _maybe(update.at), update.phase,
             update.text)
            for update in incident.updates
        ),
    )  # fmt: skip


def _count_absences(conn: sqlite3.Connection, source: str, present: set[str], at: datetime) -> None:
    rows = conn.execute(
        "SELECT id, key, absences, absent_since FROM incident WHERE source = ? AND closed_by = ''", (source,)
    ).fetchall()
    for row in rows:
        if row["key"] in present:
            continue
        since = datetime.fromisoformat(row["absent_since"]) if row["absent_since"] else None
        count, closes = absent(IncidentAbsence(times=row["absences"], since=since), at)
        conn.execute(
            "UPDATE incident SET absences = ?, absent_since = ? WHERE id = ?",
            (count.times, _maybe(count.since), row["id"]),
        )
        if closes:
            conn.execute(
                """UPDATE incident SET phase = 'resolved', closed_by = 'absence',
                   resolved_at = absent_since WHERE id = ?""",
                (row["id"],),
            )


def _write_maintenances(conn: sqlite3.Connection, source: str, reading: StatusReading) -> None:
    maintenance = tables(conn).table("maintenance")
    maintenance.delete_where("source = ?", [source])
    maintenance.insert_all(
        (
            {"source": source, "key": m.key, "title": m.title, "phase": m.phase, "starts_at": _maybe(m.starts),
             "ends_at": _maybe(m.ends), "link": m.link}
            for m in reading.maintenances
            if m.phase != "resolved"
        ),
        replace=True,
    )  # fmt: skip


def _maybe(at: datetime | None) -> str | None:
    return instant(at) if at else None


def _json(value: Iterable[object]) -> str:
    return json.dumps(list(value), ensure_ascii=False)


def _digest(*parts: str | None) -> str:
    return digest("\n".join(part or "" for part in parts))
