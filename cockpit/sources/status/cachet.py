"""Cachet 2 (`/api/v1`) and 3 (`/api`), whose numbers differ (https://docs.cachethq.io).

Labels are translated by each site, so that only the numbers count. Version 2 writes times in the
site's own zone without saying which: they are not shown.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import msgspec

from cockpit.domain.providers.state import State
from cockpit.domain.providers.status import Component, Incident, Maintenance, Phase, StatusReading, worst
from cockpit.domain.settings import StatusSource
from cockpit.sources.status.payload import (
    Id,
    Notes,
    first_of_each,
    link,
    message,
    moment,
    optional,
    root,
    text,
)

_SECOND = {
    0: State.UNKNOWN,
    1: State.OPERATIONAL,
    2: State.DEGRADED,
    3: State.PARTIAL_OUTAGE,
    4: State.MAJOR_OUTAGE,
}
_THIRD = {
    1: State.OPERATIONAL,
    2: State.DEGRADED,
    3: State.PARTIAL_OUTAGE,
    4: State.MAJOR_OUTAGE,
    5: State.UNKNOWN,
    6: State.MAINTENANCE,
}
_PHASES: dict[int, Phase] = {1: "investigating", 2: "identified", 3: "monitoring", 4: "resolved"}
_SECOND_PHASES: dict[int, Phase] = {**_PHASES, 0: "scheduled"}
_THIRD_PHASES: dict[int, Phase] = {**_PHASES, 0: "investigating"}
"""In version 3, 0 is "unknown": the incident is open, and nobody said how far it got."""
_SCHEDULES: dict[int, Phase] = {0: "scheduled", 1: "in_progress", 2: "resolved"}


class _Document(msgspec.Struct):
    data: list[Any]


class _Value(msgspec.Struct):
    value: int


class _Part(msgspec.Struct):
    """A component of version 2, or the attributes of one of version 3."""

    id: Id
    name: str
    status: int | _Value | None = None
    latest_status: int | _Value | None = None
    enabled: bool = True


class _Event(msgspec.Struct):
    id: Id
    name: str
    status: int | _Value | None = None
    latest_status: int | _Value | None = None
    message: str | None = None
    permalink: str | None = None
    visible: int | bool = True
    scheduled_at: Any = None
    completed_at: Any = None
    scheduled: Any = None
    completed: Any = None
    created: Any = None
    updated: Any = None


class _Envelope(msgspec.Struct):
    id: Id
    attributes: dict[str, Any]


def requests(source: StatusSource) -> tuple[str, ...]:
    """Components, latest incidents and schedules, in the version that the address names; 2 if none."""
    parts = urlsplit(source.url)
    path = parts.path.rstrip("/")
    base, found, _rest = path.partition("/api")
    third = bool(found) and "/v1" not in path
    components = f"{base}/api/components" if third else f"{base}/api/v1/components"
    incidents = f"{base}/api/incidents" if third else f"{base}/api/v1/incidents"
    schedules = f"{base}/api/schedules" if third else f"{base}/api/v1/schedules"
    newest = "per_page=20" if third else "sort=id&order=desc&per_page=20"
    return tuple(
        urlunsplit((parts.scheme, parts.netloc, path, query, ""))
        for path, query in ((components, "per_page=100"), (incidents, newest), (schedules, newest))
    )


def read(body: bytes, *more: bytes, now: datetime, source: StatusSource) -> StatusReading:
    """The site as its components say. Raises Unreadable when there is no list of them."""
    document = root(body, _Document)
    notes = Notes(source.name, now)
    third = any(isinstance(item, dict) and "attributes" in item for item in document.data)
    parts = _unwrapped(document.data, notes) if third else document.data
    components = tuple(
        Component(
            id=text(part.id),
            name=text(part.name),
            state=notes.state(_THIRD if third else _SECOND, _now(part)),
        )
        for part in first_of_each(notes.items(parts, _Part))
        if part.enabled
    )
    lost = bool(notes.dropped)
    listed = optional(more, 0, _Document)
    events = _unwrapped(listed.data, notes) if listed and third else listed.data if listed else None
    dropped = notes.dropped
    phases = _THIRD_PHASES if third else _SECOND_PHASES
    incidents = tuple(
        _incident(event, phases, notes)
        for event in first_of_each(notes.items(events, _Event))
        if event.visible
    )
    states = [component.state for component in components]
    planned = optional(more, 1, _Document)
    works = _unwrapped(planned.data, notes) if planned and third else planned.data if planned else None
    return StatusReading(
        state=worst([*states, State.UNKNOWN] if lost else states),
        page=source.name,
        components=components,
        maintenances=tuple(
            _maintenance(work, third, notes) for work in first_of_each(notes.items(works, _Event))
        ),
        incidents=tuple(incident for incident in incidents if incident.phase != "scheduled"),
        warnings=notes.warnings(),
        complete=listed is not None and notes.dropped == dropped,
    )


def _unwrapped(data: list[Any], notes: Notes) -> list[Any]:
    """The attributes of version 3's resources, each under the id of its resource."""
    return [{"id": item.id, **item.attributes} for item in notes.items(data, _Envelope)]


def _now(part: _Part) -> int | None:
    """The state of a component now. Version 3 keeps its baseline in `status`, and the truth in
    `latest_status`, which incidents and schedules move."""
    latest = _number(part.latest_status)
    return _number(part.status) if latest is None else latest


def _number(status: int | _Value | None) -> int | None:
    return status.value if isinstance(status, _Value) else status


def _maintenance(work: _Event, third: bool, notes: Notes) -> Maintenance:
    number = _number(work.status)
    if number not in _SCHEDULES:
        notes.new_value(number)
    starts, ends = (
        (_written(work.scheduled), _written(work.completed))
        if third
        else (_zoned(work.scheduled_at), _zoned(work.completed_at))
    )
    return Maintenance(
        key=text(work.id),
        title=text(work.name),
        phase=_SCHEDULES.get(number, "scheduled") if number is not None else "scheduled",
        starts=starts,
        ends=ends,
        message=message(work.message),
    )


def _incident(event: _Event, phases: dict[int, Phase], notes: Notes) -> Incident:
    number = _number(event.latest_status)
    number = _number(event.status) if number is None else number
    if number not in phases:
        notes.new_value(number)
    return Incident(
        key=text(event.id),
        title=text(event.name),
        impact=State.DEGRADED,
        phase=phases.get(number, "investigating") if number is not None else "investigating",
        started=_written(event.created),
        updated=_written(event.updated),
        link=link(event.permalink),
        message=message(event.message),
    )


def _written(value: object) -> datetime | None:
    """The time of version 3, when it says its zone."""
    if not isinstance(value, dict):
        return None
    return _zoned(value.get("string"))


def _zoned(value: object) -> datetime | None:
    """A time that says its zone; none else, since the site's own is not known."""
    stamp = text(value)
    return moment(stamp) if stamp.endswith("Z") or "+" in stamp else None
