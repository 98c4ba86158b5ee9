"""Atlassian Statuspage, public API v2 `summary.json`; also incident.io's compatible document.

https://developer.statuspage.io and, for incident.io, the same paths at the page's own domain, where
`incidents` and `scheduled_maintenances` may be absent.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec

from cockpit.domain.providers.state import State
from cockpit.domain.providers.status import (
    Component,
    Incident,
    Maintenance,
    Phase,
    StatusReading,
    Update,
    worst,
)
from cockpit.domain.settings import StatusSource
from cockpit.sources.status.payload import (
    Id,
    Notes,
    first_of_each,
    form_error,
    link,
    message,
    moment,
    root,
    text,
)

_INDICATORS = {
    "none": State.OPERATIONAL,
    "minor": State.DEGRADED,
    "major": State.PARTIAL_OUTAGE,
    "critical": State.MAJOR_OUTAGE,
    "maintenance": State.MAINTENANCE,
}
_COMPONENTS = {
    "operational": State.OPERATIONAL,
    "degraded_performance": State.DEGRADED,
    "partial_outage": State.PARTIAL_OUTAGE,
    "major_outage": State.MAJOR_OUTAGE,
    "full_outage": State.MAJOR_OUTAGE,
    "under_maintenance": State.MAINTENANCE,
}
_IMPACTS = {**_INDICATORS, "none": State.DEGRADED, "": State.DEGRADED}
"""An open incident "without impact", or of impact not given, is at least a degradation."""
_PHASES: dict[str, Phase] = {
    "investigating": "investigating",
    "identified": "identified",
    "monitoring": "monitoring",
    "resolved": "resolved",
    "postmortem": "resolved",
    "scheduled": "scheduled",
    "in_progress": "in_progress",
    "verifying": "in_progress",
    "completed": "resolved",
}


class _Page(msgspec.Struct):
    id: Id = ""
    name: str = ""
    url: str = ""


class _Status(msgspec.Struct):
    indicator: str | None = None
    description: str | None = None


class _Part(msgspec.Struct):
    id: Id
    name: str = ""
    status: str = ""
    group: bool = False
    group_id: Id | None = None


class _Affected(msgspec.Struct):
    code: Id = ""
    id: Id = ""
    name: str = ""


class _Update(msgspec.Struct):
    id: Id = ""
    status: str = ""
    body: str | None = None
    display_at: str | None = None
    created_at: str | None = None
    affected_components: Any = None


class _Event(msgspec.Struct):
    id: Id
    name: str = ""
    status: str = ""
    impact: str | None = None
    created_at: str | None = None
    started_at: str | None = None
    updated_at: str | None = None
    resolved_at: str | None = None
    scheduled_for: str | None = None
    scheduled_until: str | None = None
    shortlink: str | None = None
    components: Any = None
    incident_updates: Any = None


class _Summary(msgspec.Struct):
    page: _Page
    status: _Status
    components: Any = None
    incidents: Any = None
    scheduled_maintenances: Any = None


def read(body: bytes, *_more: bytes, now: datetime, source: StatusSource) -> StatusReading:
    """The page as its `summary.json` says. Raises Unreadable when it is not one."""
    return read_with(_INDICATORS, body, now=now, source=source)


def read_with(
    indicators: Mapping[str, State], body: bytes, *, now: datetime, source: StatusSource
) -> StatusReading:
    """The same for a vendor who took the form and gives the indicator other meanings."""
    summary = root(body, _Summary)
    if summary.status.indicator is None and not isinstance(summary.components, list):
        raise form_error()
    notes = Notes(source.name, now)
    components = _components(summary.components, notes)
    before = notes.dropped
    events = [_incident(event, notes) for event in first_of_each(notes.items(summary.incidents, _Event))]
    lost = notes.dropped > before
    maintenances = first_of_each(notes.items(summary.scheduled_maintenances, _Event))
    states = [component.state for component in components]
    states.append(notes.state(indicators, summary.status.indicator))
    # An incident that is declared as maintenance, under a page that says it is fine.
    states += [State.MAINTENANCE for event in events if event.open and event.impact is State.MAINTENANCE]
    if lost:
        states.append(State.UNKNOWN)
    return StatusReading(
        state=worst(states),
        page=text(summary.page.name),
        page_id=text(summary.page.id),
        indicator=text(summary.status.description) or text(summary.status.indicator),
        components=components,
        incidents=tuple(events),
        maintenances=tuple(_maintenance(event, notes) for event in maintenances),
        warnings=notes.warnings(),
        complete=not lost,
    )


def _components(raw: object, notes: Notes) -> tuple[Component, ...]:
    """The components without the rows of groups, which only repeat the state of their children."""
    parts = list(first_of_each(notes.items(raw, _Part)))
    groups = {part.id: text(part.name) for part in parts if part.group}
    return tuple(
        Component(
            id=text(part.id),
            name=text(part.name) or text(part.id),
            state=notes.state(_COMPONENTS, part.status),
            group=groups.get(part.group_id, ""),
        )
        for part in parts
        if not part.group
    )


def _incident(event: _Event, notes: Notes) -> Incident:
    updates = list(notes.items(event.incident_updates, _Update))
    phase = _phase(event, notes)
    return Incident(
        key=text(event.id),
        title=text(event.name) or text(event.id),
        impact=notes.state(_IMPACTS, event.impact or ""),
        phase=phase,
        started=notes.past(event.started_at) or notes.past(event.created_at),
        updated=notes.past(event.updated_at),
        resolved=notes.past(event.resolved_at) if phase == "resolved" else None,
        components=_touched(event, updates, notes),
        link=link(event.shortlink),
        message=message(updates[0].body) if updates else "",
        updates=tuple(_update(update) for update in updates),
    )


def _phase(event: _Event, notes: Notes) -> Phase:
    if event.status not in _PHASES:
        notes.new_value(event.status)
    return _PHASES.get(event.status, "investigating")


def _update(update: _Update) -> Update:
    return Update(
        key=text(update.id),
        at=moment(update.display_at) or moment(update.created_at),
        text=message(update.body),
        phase=_PHASES.get(update.status),
    )


def _touched(event: _Event, updates: list[_Update], notes: Notes) -> tuple[str, ...]:
    """Ids and names of what an incident touches: `components` is often empty while its updates tell."""
    found = list(notes.items(event.components, _Affected))
    for update in updates:
        found += notes.items(update.affected_components, _Affected)
    names = (text(value) for part in found for value in (part.id, part.code, part.name))
    return tuple(dict.fromkeys(name for name in names if name))


def _maintenance(event: _Event, notes: Notes) -> Maintenance:
    updates = list(notes.items(event.incident_updates, _Update))
    return Maintenance(
        key=text(event.id),
        title=text(event.name) or text(event.id),
        phase=_PHASES.get(event.status, "scheduled"),
        starts=moment(event.scheduled_for),
        ends=moment(event.scheduled_until),
        components=_touched(event, updates, notes),
        link=link(event.shortlink),
        message=message(updates[0].body) if updates else "",
    )
