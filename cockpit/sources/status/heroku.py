"""Heroku's status API, version 4: a colour for each system, incidents and planned works.

https://devcenter.heroku.com/articles/heroku-status
"""

from __future__ import annotations

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
    latest_first,
    link,
    message,
    moment,
    root,
    text,
)

_COLOURS = {
    "green": State.OPERATIONAL,
    "blue": State.MAINTENANCE,
    "yellow": State.DEGRADED,
    "red": State.MAJOR_OUTAGE,
}
_PHASES: dict[str, Phase] = {
    "investigating": "investigating",
    "issue": "identified",
    "monitoring": "monitoring",
    "resolved": "resolved",
}


class _System(msgspec.Struct):
    system: str
    status: str


class _Update(msgspec.Struct):
    id: Id = ""
    contents: str | None = None
    created_at: Any = None
    update_type: str = ""
    status_prod: str = ""


class _Event(msgspec.Struct):
    id: Id
    title: str = ""
    resolved: bool = False
    upcoming: bool | None = None
    created_at: Any = None
    updated_at: Any = None
    resolved_at: Any = None
    full_url: str | None = None
    updates: Any = None


class _Document(msgspec.Struct):
    status: list[Any]
    incidents: Any = None
    scheduled: Any = None


def read(body: bytes, *_more: bytes, now: datetime, source: StatusSource) -> StatusReading:
    """Heroku as its current status says. Raises Unreadable when the document is not this one."""
    document = root(body, _Document)
    notes = Notes(source.name, now)
    components = tuple(
        Component(id=text(each.system), name=text(each.system), state=notes.state(_COLOURS, each.status))
        for each in first_of_each(notes.items(document.status, _System), "system")
    )
    if not components:
        raise form_error()
    events = list(first_of_each(notes.items(document.incidents, _Event)))
    lost = bool(notes.dropped)
    states = [component.state for component in components]
    return StatusReading(
        state=worst([*states, State.UNKNOWN] if lost else states),
        page="Heroku",
        page_id="heroku",
        components=components,
        incidents=tuple(_incident(event, notes) for event in events),
        maintenances=tuple(
            _maintenance(work) for work in first_of_each(notes.items(document.scheduled, _Event))
        ),
        warnings=notes.warnings(),
        complete=not lost,
    )


def _incident(event: _Event, notes: Notes) -> Incident:
    said = latest_first(notes.items(event.updates, _Update), lambda each: moment(each.created_at))
    last = said[0] if said else _Update()
    over = event.resolved or last.update_type == "resolved"
    return Incident(
        key=text(event.id),
        title=text(event.title) or text(event.id),
        impact=notes.state(_COLOURS, last.status_prod) if last.status_prod else State.DEGRADED,
        phase="resolved" if over else _PHASES.get(last.update_type, "investigating"),
        started=notes.past(event.created_at),
        updated=notes.past(event.updated_at),
        resolved=moment(event.resolved_at) if over else None,
        link=link(event.full_url),
        message=message(last.contents),
        updates=tuple(
            Update(key=text(each.id), at=moment(each.created_at), text=message(each.contents))
            for each in said
        ),
    )


def _maintenance(work: _Event) -> Maintenance:
    phase: Phase = "resolved" if work.resolved else "scheduled" if work.upcoming else "in_progress"
    return Maintenance(key=text(work.id), title=text(work.title), phase=phase, link=link(work.full_url))
