"""incident.io's native widget API (`/api/v1/summary`): open events only, no list of components.

https://docs.incident.io/status-pages/widget-api
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec

from cockpit.domain.providers.state import State
from cockpit.domain.providers.status import Component, Incident, Maintenance, Phase, StatusReading, worst
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

_IMPACTS = {
    "operational": State.OPERATIONAL,
    "degraded_performance": State.DEGRADED,
    "partial_outage": State.PARTIAL_OUTAGE,
    "full_outage": State.MAJOR_OUTAGE,
    "major_outage": State.MAJOR_OUTAGE,
    "under_maintenance": State.MAINTENANCE,
    "": State.DEGRADED,
}
_PHASES: dict[str, Phase] = {
    "investigating": "investigating",
    "identified": "identified",
    "monitoring": "monitoring",
    "resolved": "resolved",
    "maintenance_scheduled": "scheduled",
    "maintenance_in_progress": "in_progress",
    "maintenance_complete": "resolved",
}


class _Part(msgspec.Struct):
    id: Id
    name: str = ""
    group_name: str | None = None
    current_status: str = ""


class _Event(msgspec.Struct):
    id: Id
    name: str = ""
    status: str = ""
    url: str | None = None
    last_update_at: str | None = None
    last_update_message: str | None = None
    current_worst_impact: str | None = None
    starts_at: str | None = None
    ends_at: str | None = None
    affected_components: Any = None


class _Summary(msgspec.Struct):
    page_title: str
    ongoing_incidents: list[Any]
    in_progress_maintenances: Any = None
    scheduled_maintenances: Any = None
    page_url: str | None = None


def read(body: bytes, *_more: bytes, now: datetime, source: StatusSource) -> StatusReading:
    """The page as its open events say. Raises Unreadable when the document is not this one."""
    summary = root(body, _Summary)
    if not summary.page_title:
        raise form_error()
    notes = Notes(source.name, now)
    events = list(first_of_each(notes.items(summary.ongoing_incidents, _Event)))
    going = list(first_of_each(notes.items(summary.in_progress_maintenances, _Event)))
    lost = bool(notes.dropped)
    planned = list(first_of_each(notes.items(summary.scheduled_maintenances, _Event)))
    incidents = tuple(_incident(event, notes) for event in events)
    components = _components([event for event in events if _PHASES.get(event.status) != "resolved"], notes)
    states = [incident.impact for incident in incidents if incident.open]
    states += [component.state for component in components]
    states.append(State.UNKNOWN if lost else State.MAINTENANCE if going else State.OPERATIONAL)
    return StatusReading(
        state=worst(states),
        page=text(summary.page_title),
        page_id=text(summary.page_url),
        components=components,
        incidents=incidents,
        maintenances=tuple(_maintenance(e, "in_progress", notes) for e in going)
        + tuple(_maintenance(e, "scheduled", notes) for e in planned),
        warnings=notes.warnings(),
        complete=not lost,
        exhaustive=False,
    )


def _incident(event: _Event, notes: Notes) -> Incident:
    if event.status not in _PHASES:
        notes.new_value(event.status)
    return Incident(
        key=text(event.id),
        title=text(event.name) or text(event.id),
        impact=notes.state(_IMPACTS, event.current_worst_impact or ""),
        phase=_PHASES.get(event.status, "investigating"),
        updated=notes.past(event.last_update_at),
        components=_names(event, notes),
        link=link(event.url),
        message=message(event.last_update_message),
    )


def _maintenance(event: _Event, phase: Phase, notes: Notes) -> Maintenance:
    return Maintenance(
        key=text(event.id),
        title=text(event.name) or text(event.id),
        phase=phase,
        starts=moment(event.starts_at),
        ends=moment(event.ends_at),
        components=_names(event, notes),
        link=link(event.url),
        message=message(event.last_update_message),
    )


def _names(event: _Event, notes: Notes) -> tuple[str, ...]:
    parts = notes.items(event.affected_components, _Part)
    return tuple(name for part in parts for name in (text(part.id), text(part.name)) if name)


def _components(events: list[_Event], notes: Notes) -> tuple[Component, ...]:
    parts = (part for event in events for part in notes.items(event.affected_components, _Part))
    return tuple(
        Component(
            id=text(part.id),
            name=text(part.name),
            state=notes.state(_IMPACTS, part.current_status),
            group=text(part.group_name),
        )
        for part in first_of_each(parts)
    )
