"""OneUptime's public overview of a status page (https://oneuptime.com/docs/status-pages/public-api).

On a domain of its own, a page is asked by that domain; else by its id.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import msgspec

from cockpit.domain.providers.state import State
from cockpit.domain.providers.status import Component, Incident, Maintenance, Phase, StatusReading, worst
from cockpit.domain.settings import StatusSource
from cockpit.sources.status.payload import Notes, first_of_each, moment, root, text

_PATH = "/status-page-api/overview/"


class _Status(msgspec.Struct, rename={"id": "_id"}):
    id: Any = None
    name: str = ""
    isOperationalState: bool | None = None
    isOfflineState: bool | None = None


class _Resource(msgspec.Struct, rename={"id": "_id"}):
    id: Any = None
    displayName: str = ""
    monitor: Any = None


class _Named(msgspec.Struct):
    name: str = ""
    isResolvedState: bool = False
    isOngoingState: bool = False


class _Event(msgspec.Struct, rename={"id": "_id"}):
    title: str
    id: Any = None
    createdAt: Any = None
    startsAt: Any = None
    endsAt: Any = None
    currentIncidentState: _Named | None = None
    currentScheduledMaintenanceState: _Named | None = None


class _Page(msgspec.Struct):
    name: str = ""
    pageTitle: str | None = None


class _Overview(msgspec.Struct):
    overallStatus: _Status | None
    statusPageResources: list[Any]
    statusPage: _Page | None = None
    monitorStatuses: Any = None
    activeIncidents: Any = None
    scheduledMaintenanceEvents: Any = None


def requests(source: StatusSource) -> tuple[str, ...]:
    """The overview of the page at this address, by its domain where the address names no id."""
    parts = urlsplit(source.url)
    if _PATH in parts.path:
        return (source.url,)
    return (urlunsplit((parts.scheme, parts.netloc, _PATH + (parts.hostname or ""), "", "")),)


def read(body: bytes, *_more: bytes, now: datetime, source: StatusSource) -> StatusReading:
    """The page as its overview says. Raises Unreadable when it is not one."""
    overview = root(body, _Overview)
    notes = Notes(source.name, now)
    known = {_id(status.id): status for status in notes.items(overview.monitorStatuses, _Status)}
    whole = _state(overview.overallStatus)
    # A group of monitors says no state of its own: fine when all is, else nobody knows.
    unsaid = State.OPERATIONAL if whole is State.OPERATIONAL else State.UNKNOWN
    components = tuple(
        Component(
            id=_id(each.id) or text(each.displayName),
            name=text(each.displayName),
            state=_state(known.get(_current(each))) or unsaid,
        )
        for each in notes.items(overview.statusPageResources, _Resource)
    )
    dropped = notes.dropped
    incidents = tuple(_incident(event, notes) for event in notes.items(overview.activeIncidents, _Event))
    lost = notes.dropped > dropped
    states = [State.UNKNOWN if whole is None or lost else whole, *(part.state for part in components)]
    page = overview.statusPage or _Page()
    return StatusReading(
        state=worst(states),
        page=text(page.pageTitle) or text(page.name),
        indicator=text(overview.overallStatus.name) if overview.overallStatus else "",
        components=tuple(first_of_each(iter(components))),
        incidents=incidents,
        maintenances=tuple(
            _maintenance(event) for event in notes.items(overview.scheduledMaintenanceEvents, _Event)
        ),
        warnings=notes.warnings(),
        complete=not lost,
    )


def _state(status: _Status | None) -> State | None:
    """A status of the owner's own words, by what it stands for; None when nothing is said."""
    if status is None or status.isOperationalState is None:
        return None
    if status.isOfflineState:
        return State.MAJOR_OUTAGE
    return State.OPERATIONAL if status.isOperationalState else State.DEGRADED


def _current(resource: _Resource) -> str:
    return _id(resource.monitor.get("currentMonitorStatusId")) if isinstance(resource.monitor, dict) else ""


def _id(value: object) -> str:
    """An id is a text, or an object that holds one."""
    return text(value.get("value")) if isinstance(value, dict) else text(value)


def _incident(event: _Event, notes: Notes) -> Incident:
    over = event.currentIncidentState is not None and event.currentIncidentState.isResolvedState
    return Incident(
        key=_id(event.id) or text(event.title),
        title=text(event.title),
        impact=State.DEGRADED,
        phase="resolved" if over else "investigating",
        started=notes.past(event.createdAt),
    )


def _maintenance(event: _Event) -> Maintenance:
    said = event.currentScheduledMaintenanceState or _Named()
    phase: Phase = (
        "resolved" if said.isResolvedState else "in_progress" if said.isOngoingState else "scheduled"
    )
    return Maintenance(
        key=_id(event.id) or text(event.title),
        title=text(event.title),
        phase=phase,
        starts=moment(event.startsAt),
        ends=moment(event.endsAt),
    )
