"""The figures that the cockpit works out itself, for any past period."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta

from cockpit.domain.agenda.events import midnight
from cockpit.domain.time import cadences
from cockpit.services.desk.workspace import Workspace
from cockpit.services.promises import kept
from cockpit.store.records import instant


def value(workspace: Workspace, source: str, first: date, cadence: str) -> float | None:
    """What a computed figure was in the period that begins on that day; None where nothing can be said."""
    start = midnight(first, workspace.zone)
    # What happened this very second has happened.
    end = min(
        midnight(cadences.shifted(first, cadence, 1), workspace.zone), workspace.now() + timedelta(seconds=1)
    )
    if end <= start:
        return None
    return _WORKED_OUT[source](workspace, start, end)


def _sla_kept(workspace: Workspace, start: datetime, end: datetime) -> float | None:
    found = kept.between(workspace, start, end)
    return round(100 * found.kept / found.count, 1) if found.count else None


def _blockers_closed(workspace: Workspace, start: datetime, end: datetime) -> float | None:
    row = workspace.conn.execute(
        "SELECT count(*) FROM blocker WHERE archived_at IS NULL AND closed_at >= ? AND closed_at < ?",
        (instant(start), instant(end)),
    ).fetchone()
    return float(row[0]) if _was_there(workspace, end) else None


def _open_age(workspace: Workspace, start: datetime, end: datetime) -> float | None:
    """The median age, in days, of the blockers that were open when the period ended."""
    at = instant(end)
    rows = workspace.conn.execute(
        "SELECT coalesce(since, created_at) AS began FROM blocker WHERE coalesce(since, created_at) < ?"
        " AND (closed_at IS NULL OR closed_at >= ?) AND (archived_at IS NULL OR archived_at >= ?)",
        (at, at, at),
    )
    ages = [(end - datetime.fromisoformat(row["began"])).total_seconds() / 86_400 for row in rows]
    return round(statistics.median(ages), 1) if ages else None


def _rituals_held(workspace: Workspace, start: datetime, end: datetime) -> float | None:
    """Of the meetings of which something is known, those that were held."""
    row = workspace.conn.execute(
        "SELECT sum(status = 'held') AS held, count(*) AS n FROM occurrence WHERE archived_at IS NULL"
        " AND status IN ('held', 'missed') AND planned_at >= ? AND planned_at < ?",
        (instant(start), instant(end)),
    ).fetchone()
    return round(100 * row["held"] / row["n"], 1) if row["n"] else None


def _meeting_hours(workspace: Workspace, start: datetime, end: datetime) -> float | None:
    row = workspace.conn.execute(
        "SELECT sum(cost_minutes) AS minutes, count(*) AS n FROM occurrence WHERE archived_at IS NULL"
        " AND ended_at >= ? AND ended_at < ?",
        (instant(start), instant(end)),
    ).fetchone()
    return round(row["minutes"] / 60, 1) if row["n"] else None


def _was_there(workspace: Workspace, end: datetime) -> bool:
    """Whether the cockpit was kept by then: before it, nothing closed says nothing."""
    first = workspace.conn.execute("SELECT at FROM journal ORDER BY seq LIMIT 1").fetchone()
    return first is not None and first["at"] <= instant(end)


_WORKED_OUT: Mapping[str, Callable[[Workspace, datetime, datetime], float | None]] = {
    "sla_kept": _sla_kept,
    "blockers_closed": _blockers_closed,
    "open_age": _open_age,
    "rituals_held": _rituals_held,
    "meeting_hours": _meeting_hours,
}
