"""What is kept of the past of status sources: samples, incidents with their messages, maintenances."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from datetime import datetime, timedelta

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.providers.state import State
from cockpit.domain.providers.status import Incident, Update
from cockpit.store.records import instant
from cockpit.store.tables import tables
from cockpit.store.transaction import transaction

KEPT = timedelta(days=400)
"""How long samples and closed incidents are kept: a year, and some to compare it with."""


@dataclass(frozen=True, kw_only=True)
class PastIncident:
    """One incident, going on or over, with every message in the order it came, the newest first."""

    key: str
    title: str
    impact: State
    phase: str
    started: datetime
    """When its source says it began, else when it was first seen."""
    resolved: datetime | None
    components: tuple[str, ...]
    link: str
    message: str
    closed_by: str
    """`source`, `absence` (it left a page that lists only what goes on), or empty while it is open."""
    updates: tuple[Update, ...]


@dataclass(frozen=True, kw_only=True)
class PlannedWork:
    """A maintenance that a source announces."""

    source: str
    title: str
    phase: str
    starts: datetime | None
    ends: datetime | None
    link: str


def samples(conn: sqlite3.Connection, source: str, since: datetime) -> tuple[tuple[datetime, State], ...]:
    """The shown states of `source` in order, beginning with the one that held at `since`."""
    rows = conn.execute(
        """SELECT at, state FROM status_sample WHERE source = :source AND at >= coalesce(
               (SELECT max(at) FROM status_sample WHERE source = :source AND at <= :since), :since)
           ORDER BY at""",
        {"source": source, "since": instant(since)},
    )
    return tuple((datetime.fromisoformat(row["at"]), State(row["state"])) for row in rows)


def incidents(conn: sqlite3.Connection, source: str, limit: int = 50) -> tuple[PastIncident, ...]:
    """The incidents of `source`: those going on first, then the latest."""
    rows = conn.execute(
        "SELECT * FROM incident WHERE source = ?"
        " ORDER BY closed_by <> '', coalesce(started_at, first_seen) DESC, id DESC LIMIT ?",
        (source, limit),
    ).fetchall()
    return tuple(
        PastIncident(
            key=row["key"],
            title=row["title"],
            impact=State(row["impact"]),
            phase=row["phase"],
            started=datetime.fromisoformat(row["started_at"] or row["first_seen"]),
            resolved=_at(row["resolved_at"]),
            components=tuple(json.loads(row["components"])),
            link=row["link"],
            message=row["message"],
            closed_by=row["closed_by"],
            updates=_updates(conn, row["id"]),
        )
        for row in rows
    )


def _updates(conn: sqlite3.Connection, incident: int) -> tuple[Update, ...]:
    rows = conn.execute(
        "SELECT key, at, phase, text FROM incident_update WHERE incident = ? ORDER BY at IS NULL, at DESC",
        (incident,),
    )
    return tuple(
        Update(key=row["key"], at=_at(row["at"]), text=row["text"], phase=row["phase"]) for row in rows
    )


@dataclass(frozen=True, kw_only=True)
class IncidentSpan:
    """An incident of a source, from when to when; `ended` is None while it goes on."""

    source: str
    title: str
    impact: State
    started: datetime
    ended: datetime | None


def between(conn: sqlite3.Connection, start: datetime, end: datetime) -> tuple[IncidentSpan, ...]:
    """The incidents of all sources that went on between two instants, in the order in which they began."""
    rows = conn.execute(
        "SELECT source, title, impact, coalesce(started_at, first_seen) AS began, resolved_at FROM incident"
        " WHERE coalesce(started_at, first_seen) < ? AND (resolved_at IS NULL OR resolved_at > ?)"
        " ORDER BY began, id",
        (instant(end), instant(start)),
    )
    return tuple(
        IncidentSpan(
            source=row["source"], title=row["title"], impact=State(row["impact"]),
            started=datetime.fromisoformat(row["began"]), ended=_at(row["resolved_at"]),
        )
        for row in rows
    )  # fmt: skip


def maintenances(conn: sqlite3.Connection, source: str = "") -> tuple[PlannedWork, ...]:
    """What is announced or under way, by date; of every source without `source`."""
    rows = conn.execute(
        "SELECT * FROM maintenance WHERE ? IN ('', source) ORDER BY starts_at IS NULL, starts_at, source",
        (source,),
    )
    return tuple(
        PlannedWork(
            source=row["source"],
            title=row["title"],
            phase=row["phase"],
            starts=_at(row["starts_at"]),
            ends=_at(row["ends_at"]),
            link=row["link"],
        )
        for row in rows
    )


def add_past(
    conn: sqlite3.Connection,
    source: str,
    shown: Iterable[tuple[datetime, State]],
    told: Iterable[Incident],
) -> None:
    """Write samples and closed incidents of a time when this cockpit did not watch."""
    with transaction(conn):
        db = tables(conn)
        db.table("status_sample").insert_all(
            ({"source": source, "at": instant(at), "state": str(state)} for at, state in shown), replace=True
        )
        db.table("incident").insert_all(
            (
                {"source": source, "key": each.key, "title": each.title, "impact": str(each.impact),
                 "phase": "resolved", "started_at": _text(each.started), "updated_at": _text(each.updated),
                 "resolved_at": _text(each.resolved), "components": "[]", "link": each.link,
                 "message": each.message, "first_seen": _text(each.started), "closed_by": "source"}
                for each in told
            ),
            ignore=True,
        )  # fmt: skip


def _text(at: datetime | None) -> str | None:
    return instant(at) if at else None


def prune(conn: sqlite3.Connection, now: datetime) -> None:
    """Forget samples and closed incidents older than `KEPT`."""
    before = instant(now - KEPT)
    with transaction(conn):
        # By source, so that the key of the table finds them without reading it whole.
        for row in conn.execute("SELECT DISTINCT source FROM status_sample").fetchall():
            conn.execute("DELETE FROM status_sample WHERE source = ? AND at < ?", (row["source"], before))
        conn.execute("DELETE FROM incident WHERE closed_by <> '' AND resolved_at < ?", (before,))


def _at(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
