"""StatusPal's API, `/api/v2/status_pages/NAME/summary` (https://docs.statuspal.io).

No incident is written as a null, so that the key has to be there: its absence says nothing.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit, urlunsplit

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
    latest_first,
    link,
    message,
    moment,
    root,
    says_over,
    text,
)

_TYPES = {
    "minor": State.DEGRADED,
    "degraded": State.DEGRADED,
    "major": State.MAJOR_OUTAGE,
    "scheduled": State.MAINTENANCE,
    "maintenance": State.MAINTENANCE,
}
_PATH = "/api/v2/status_pages/"


class _Page(msgspec.Struct):
    name: str = ""
    url: str | None = None
    current_incident_type: Any = msgspec.UNSET


class _Service(msgspec.Struct):
    id: Id
    name: str = ""
    current_incident_type: Any = msgspec.UNSET
    children: Any = None


class _Update(msgspec.Struct):
    id: Id = ""
    type: str = ""
    description: str | None = None
    posted_at: Any = None
    inserted_at: Any = None


class _Event(msgspec.Struct):
    id: Id
    title: str = ""
    type: str | None = None
    starts_at: Any = None
    ends_at: Any = None
    url: str | None = None
    service_ids: Any = None
    updates: Any = None


class _Summary(msgspec.Struct):
    status_page: _Page
    services: Any = None
    incidents: Any = None
    maintenances: Any = None
    upcoming_maintenances: Any = None


def requests(source: StatusSource) -> tuple[str, ...]:
    """The summary of the page, from `NAME.statuspal.io` or from the address of the API."""
    parts = urlsplit(source.url)
    host = parts.hostname or ""
    name, _dot, domain = host.partition(".")
    if domain in ("statuspal.io", "statuspal.eu") and name not in ("www", "api"):
        return (f"https://{domain}{_PATH}{name}/summary",)
    path = parts.path.rstrip("/")
    if _PATH in path and path.count("/") == _PATH.count("/"):
        path += "/summary"
    return (urlunsplit((parts.scheme, parts.netloc, path, parts.query, "")),)


def read(body: bytes, *_more: bytes, now: datetime, source: StatusSource) -> StatusReading:
    """The page as its summary says. Raises Unreadable when it is not one."""
    summary = root(body, _Summary)
    if summary.status_page.current_incident_type is msgspec.UNSET:
        raise form_error()
    notes = Notes(source.name, now)
    services = list(first_of_each(iter(_flat(summary.services, notes))))
    components = tuple(
        Component(id=text(each.id), name=text(each.name), state=_state(each.current_incident_type, notes))
        for each in services
    )
    names = {text(each.id): text(each.name) for each in services}
    dropped = notes.dropped
    incidents = tuple(
        _incident(event, names, notes, now) for event in first_of_each(notes.items(summary.incidents, _Event))
    )
    lost = notes.dropped > dropped
    planned = (summary.maintenances, summary.upcoming_maintenances)
    works = first_of_each(iter([each for raw in planned for each in notes.items(raw, _Event)]))
    states = [_state(summary.status_page.current_incident_type, notes), *(part.state for part in components)]
    return StatusReading(
        state=worst([*states, State.UNKNOWN] if lost else states),
        page=text(summary.status_page.name),
        page_id=text(summary.status_page.url),
        components=components,
        incidents=incidents,
        maintenances=tuple(_maintenance(work, names, now) for work in works),
        warnings=notes.warnings(),
        complete=not lost,
    )


def _flat(raw: object, notes: Notes, depth: int = 0) -> list[_Service]:
    """The services and their children, which may have children."""
    found = []
    for service in notes.items(raw, _Service):
        found.append(service)
        if depth < 4 and isinstance(service.children, list):
            found += _flat(service.children, notes, depth + 1)
    return found


def _state(token: object, notes: Notes) -> State:
    """A null is "no incident"; a key that is absent says nothing."""
    if token is None:
        return State.OPERATIONAL
    return State.UNKNOWN if token is msgspec.UNSET else notes.state(_TYPES, token)


def _incident(event: _Event, names: dict[str, str], notes: Notes, now: datetime) -> Incident:
    said = latest_first(notes.items(event.updates, _Update), _at)
    ends = moment(event.ends_at)
    closed = bool(said) and (said[0].type == "resolved" or says_over(message(said[0].description)))
    over = (ends is not None and ends <= now) or closed
    phases: dict[str, Phase] = {"identified": "identified", "monitoring": "monitoring"}
    phase: Phase = phases.get(said[0].type, "investigating") if said else "investigating"
    return Incident(
        key=text(event.id),
        title=text(event.title),
        impact=notes.state(_TYPES, event.type) if event.type else State.DEGRADED,
        phase="resolved" if over else phase,
        started=notes.past(event.starts_at),
        updated=_at(said[0]) if said else None,
        resolved=ends if over else None,
        components=_touched(event, names),
        link=link(event.url),
        message=message(said[0].description) if said else "",
        updates=tuple(
            Update(
                key=text(each.id),
                at=_at(each),
                text=message(each.description),
            )
            for each in said
        ),
    )


def _at(update: _Update) -> datetime | None:
    return moment(update.posted_at) or moment(update.inserted_at)


def _maintenance(work: _Event, names: dict[str, str], now: datetime) -> Maintenance:
    starts, ends = moment(work.starts_at), moment(work.ends_at)
    begun = starts is not None and starts <= now
    over = ends is not None and ends <= now
    return Maintenance(
        key=text(work.id),
        title=text(work.title),
        phase="resolved" if over else "in_progress" if begun else "scheduled",
        starts=starts,
        ends=ends,
        components=_touched(work, names),
        link=link(work.url),
    )


def _touched(event: _Event, names: dict[str, str]) -> tuple[str, ...]:
    ids = [text(each) for each in event.service_ids] if isinstance(event.service_ids, list) else []
    return tuple(name for id_ in ids for name in (id_, names.get(id_, "")) if name)
