"""Instatus `summary.json` and `v2/components.json`; Checkly's look-alike too (https://instatus.com/help/api).

Lists of incidents and maintenances are left out on a quiet page, so that the page's own word decides.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urljoin

import msgspec

from cockpit.domain.providers.state import State
from cockpit.domain.providers.status import Component, Incident, Maintenance, Phase, StatusReading, worst
from cockpit.domain.settings import StatusSource
from cockpit.sources.status.payload import Id, Notes, first_of_each, link, moment, optional, root, text

_PAGES = {
    "UP": State.OPERATIONAL,
    "HASISSUES": State.DEGRADED,
    "HAS_ISSUES": State.DEGRADED,
    "UNDERMAINTENANCE": State.MAINTENANCE,
    "UNDER_MAINTENANCE": State.MAINTENANCE,
}
_COMPONENTS = {
    "OPERATIONAL": State.OPERATIONAL,
    "UNDERMAINTENANCE": State.MAINTENANCE,
    "DEGRADEDPERFORMANCE": State.DEGRADED,
    "PARTIALOUTAGE": State.PARTIAL_OUTAGE,
    "MINOROUTAGE": State.PARTIAL_OUTAGE,
    "MAJOROUTAGE": State.MAJOR_OUTAGE,
    # Severities of Checkly's look-alike.
    "MINOR": State.DEGRADED,
    "MEDIUM": State.DEGRADED,
    "MAJOR": State.PARTIAL_OUTAGE,
    "CRITICAL": State.MAJOR_OUTAGE,
    "": State.DEGRADED,
}
_PHASES: dict[str, Phase] = {
    "INVESTIGATING": "investigating",
    "IDENTIFIED": "identified",
    "MONITORING": "monitoring",
    "RESOLVED": "resolved",
    "NOTSTARTEDYET": "scheduled",
    "INPROGRESS": "in_progress",
    "COMPLETED": "resolved",
}


class _Page(msgspec.Struct):
    name: Any
    status: str
    url: str = ""


class _Event(msgspec.Struct):
    name: Any
    id: Id = ""
    status: str = ""
    impact: str | None = None
    severity: str | None = None
    started: Any = None
    startedAt: Any = None
    start: Any = None
    updatedAt: Any = None
    duration: Any = None
    url: str | None = None


class _Summary(msgspec.Struct):
    page: _Page
    activeIncidents: Any = None
    activeMaintenances: Any = None


class _Part(msgspec.Struct):
    id: Id
    name: Any = ""
    status: str = ""
    group: Any = None


class _Parts(msgspec.Struct):
    components: list[Any]


def requests(source: StatusSource) -> tuple[str, ...]:
    """The summary and the components beside it: one may be down under a page that says UP."""
    return source.url, urljoin(source.url, "/v2/components.json")


def read(body: bytes, *more: bytes, now: datetime, source: StatusSource) -> StatusReading:
    """The page as its summary says. Raises Unreadable when it is not one."""
    summary = root(body, _Summary)
    notes = Notes(source.name, now)
    events = list(notes.items(summary.activeIncidents, _Event))
    lost = bool(notes.dropped)
    incidents = tuple(_incident(event, notes) for event in events)
    maintenances = tuple(_maintenance(e, notes) for e in notes.items(summary.activeMaintenances, _Event))
    components = _components(more, notes)
    states = [incident.impact for incident in incidents if incident.open]
    states += [component.state for component in components]
    if lost:
        states.append(State.UNKNOWN)
    return StatusReading(
        state=worst([*states, notes.state(_PAGES, summary.page.status.upper())]),
        page=_name(summary.page.name),
        page_id=text(summary.page.url),
        indicator=text(summary.page.status),
        components=components,
        incidents=incidents,
        maintenances=maintenances,
        warnings=notes.warnings(),
        confidence="high" if components else "medium",
        complete=not lost,
    )


def _name(value: object) -> str:
    return text(value.get("default")) if isinstance(value, dict) else text(value)


def _incident(event: _Event, notes: Notes) -> Incident:
    phase = _PHASES.get(event.status.upper())
    if phase is None:
        notes.new_value(event.status)
    return Incident(
        key=text(event.id) or link(event.url) or _name(event.name),
        title=_name(event.name),
        impact=notes.state(_COMPONENTS, (event.impact or event.severity or "").upper()),
        phase=phase or "investigating",
        started=notes.past(event.started or event.startedAt),
        updated=notes.past(event.updatedAt),
        link=link(event.url),
    )


def _maintenance(event: _Event, notes: Notes) -> Maintenance:
    starts = moment(event.start)
    minutes = text(event.duration)
    known = starts is not None and minutes.isascii() and minutes.isdigit() and len(minutes) < 6
    return Maintenance(
        key=text(event.id) or link(event.url) or _name(event.name),
        title=_name(event.name),
        phase=_PHASES.get(event.status.upper(), "scheduled"),
        starts=starts,
        ends=starts + timedelta(minutes=int(minutes)) if known and starts else None,
        link=link(event.url),
    )


def _components(more: tuple[bytes, ...], notes: Notes) -> tuple[Component, ...]:
    listed = optional(more, 0, _Parts)
    if listed is None:
        return ()
    parts = first_of_each(notes.items(listed.components, _Part))
    return tuple(
        Component(
            id=text(part.id),
            name=_name(part.name),
            state=notes.state({**_COMPONENTS, "": State.UNKNOWN}, part.status.upper()),
            group=_name(part.group.get("name")) if isinstance(part.group, dict) else text(part.group),
        )
        for part in parts
    )
