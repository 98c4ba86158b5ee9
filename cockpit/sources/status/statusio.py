"""Status.io public status API 1.0 (https://kb.status.io/developers/public-status-api/).

The texts are the owner's own: only the codes count.
"""

from __future__ import annotations

import re
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
from cockpit.locale import _
from cockpit.sources.status.payload import Id, Notes, first_of_each, latest_first, message, moment, root, text

_CODES = {
    100: State.OPERATIONAL,
    200: State.MAINTENANCE,
    300: State.DEGRADED,
    400: State.PARTIAL_OUTAGE,
    500: State.MAJOR_OUTAGE,
    600: State.PARTIAL_OUTAGE,
}
_SECURITY = 600
_IN_PAGE = re.compile(
    r"api\.status\.io/1\.0/status/([0-9a-f]{24})|statuspage[-_]?id[\"'\s:=]{1,10}([0-9a-f]{24})",
    re.IGNORECASE,
)
_PHASES: dict[int, Phase] = {100: "investigating", 200: "identified", 300: "monitoring", 400: "resolved"}


class _Overall(msgspec.Struct):
    status_code: int
    status: str = ""


class _Part(msgspec.Struct):
    id: Id
    name: str = ""
    status_code: int | None = None
    containers: Any = None


class _Container(msgspec.Struct):
    status_code: int | None = None


class _Message(msgspec.Struct):
    details: str | None = None
    state: int | None = None
    status: int | None = None
    datetime: str | None = None


class _Named(msgspec.Struct, rename={"id": "_id"}):
    id: Id = ""
    name: str = ""


class _Event(msgspec.Struct, rename={"id": "_id"}):
    id: Id
    name: str = ""
    datetime_open: str | None = None
    datetime_planned_start: str | None = None
    datetime_planned_end: str | None = None
    messages: Any = None
    components_affected: Any = None


class _Maintenances(msgspec.Struct):
    active: Any = None
    upcoming: Any = None


class _Result(msgspec.Struct):
    status_overall: _Overall
    status: Any = None
    incidents: Any = None
    maintenance: _Maintenances | None = None


class _Document(msgspec.Struct):
    result: _Result


def in_page(html: str, _url: str = "") -> str:
    """The address of the document of a page on its own domain, which names its id; empty when it does not."""
    found = _IN_PAGE.search(html)
    return f"https://api.status.io/1.0/status/{found[1] or found[2]}" if found else ""


def read(body: bytes, *_more: bytes, now: datetime, source: StatusSource) -> StatusReading:
    """The page as its API says. Raises Unreadable when the document is not this one."""
    result = root(body, _Document).result
    notes = Notes(source.name, now)
    components = _components(result.status, notes)
    dropped = notes.dropped
    events = list(first_of_each(notes.items(result.incidents, _Event)))
    lost = notes.dropped > dropped
    states = [notes.state(_CODES, result.status_overall.status_code), *(c.state for c in components)]
    planned = result.maintenance or _Maintenances()
    return StatusReading(
        state=worst([*states, State.UNKNOWN] if lost else states),
        page=source.name,
        indicator=text(result.status_overall.status),
        components=components,
        incidents=tuple(_incident(event, notes) for event in events),
        maintenances=(
            *(_maintenance(event, "in_progress", notes) for event in notes.items(planned.active, _Event)),
            *(_maintenance(event, "scheduled", notes) for event in notes.items(planned.upcoming, _Event)),
        ),
        warnings=notes.warnings(),
        complete=not lost,
    )


def _components(raw: object, notes: Notes) -> tuple[Component, ...]:
    parts = list(first_of_each(notes.items(raw, _Part)))
    if any(part.status_code == _SECURITY for part in parts):
        notes.add(_("a security event is declared"))
    return tuple(Component(id=text(p.id), name=text(p.name), state=_state(p, notes)) for p in parts)


def _state(part: _Part, notes: Notes) -> State:
    """The worst of the component's own word and of its containers (its places)."""
    inside = (notes.state(_CODES, each.status_code) for each in notes.items(part.containers, _Container))
    return worst([notes.state(_CODES, part.status_code), *inside])


def _incident(event: _Event, notes: Notes) -> Incident:
    said = latest_first(notes.items(event.messages, _Message), lambda each: moment(each.datetime))
    last = said[0] if said else _Message()
    phase = _PHASES.get(last.state or 0, "investigating")
    at = moment(last.datetime)
    return Incident(
        key=text(event.id),
        title=text(event.name) or text(event.id),
        impact=State.DEGRADED if last.status is None else notes.state(_CODES, last.status),
        phase=phase,
        started=notes.past(event.datetime_open),
        updated=notes.past(last.datetime),
        resolved=at if phase == "resolved" else None,
        components=_touched(event, notes),
        message=message(last.details),
        updates=tuple(
            Update(key="", at=moment(m.datetime), text=message(m.details), phase=_PHASES.get(m.state or 0))
            for m in said
        ),
    )


def _maintenance(event: _Event, phase: Phase, notes: Notes) -> Maintenance:
    return Maintenance(
        key=text(event.id),
        title=text(event.name) or text(event.id),
        phase=phase,
        starts=moment(event.datetime_planned_start),
        ends=moment(event.datetime_planned_end),
        components=_touched(event, notes),
    )


def _touched(event: _Event, notes: Notes) -> tuple[str, ...]:
    parts = notes.items(event.components_affected, _Named)
    return tuple(name for part in parts for name in (text(part.id), text(part.name)) if name)
