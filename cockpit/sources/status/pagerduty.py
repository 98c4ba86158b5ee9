"""PagerDuty's external status pages: the web page holds its own data as JSON.

There is no public API: only `summary.open_incidents` of that data is read. What the layout says of the
headline is about the editor's form, not about the service.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

import msgspec

from cockpit.domain.providers.state import State
from cockpit.domain.providers.status import Component, Incident, Phase, StatusReading, Update, worst
from cockpit.domain.settings import StatusSource
from cockpit.sources.status.payload import (
    Notes,
    first_of_each,
    form_error,
    latest_first,
    message,
    moment,
    root,
    text,
)

_DATA = re.compile(rb"<script\b[^<>]{0,300}\bid=[\"']data[\"'][^<>]{0,300}>", re.IGNORECASE)
_END = re.compile(rb"</script>", re.IGNORECASE)
_SEVERITIES = {
    "all_good": State.OPERATIONAL,
    "minor": State.DEGRADED,
    "major": State.MAJOR_OUTAGE,
    "maintenance": State.MAINTENANCE,
}
_PHASES: dict[str, Phase] = {
    "detected": "investigating",
    "investigating": "investigating",
    "identified": "identified",
    "monitoring": "monitoring",
    "resolved": "resolved",
    "completed": "resolved",
}


class _Touched(msgspec.Struct):
    name: str
    severity: str = ""


class _Update(msgspec.Struct):
    severity: str
    id: str = ""
    status: str = ""
    message: str | None = None
    reported_at: Any = None
    impacted_business_services: Any = None


class _Incident(msgspec.Struct):
    id: str
    title: str
    updates: Any = None


class _Summary(msgspec.Struct):
    open_incidents: list[Any]


class _Document(msgspec.Struct):
    summary: _Summary
    status_page_type: str | None = None


def read(body: bytes, *_more: bytes, now: datetime, source: StatusSource) -> StatusReading:
    """The page as its open incidents say. Raises Unreadable when it holds no such data."""
    found = _DATA.search(body)
    end = _END.search(body, found.end()) if found else None
    if found is None or end is None:
        raise form_error()
    summary = root(body[found.end() : end.start()], _Document).summary
    notes = Notes(source.name, now)
    incidents = tuple(
        _incident(event, notes) for event in first_of_each(notes.items(summary.open_incidents, _Incident))
    )
    going = [incident for incident in incidents if incident.open]
    names = dict.fromkeys(name for incident in going for name in incident.components)
    lost = bool(notes.dropped)
    return StatusReading(
        state=worst([State.UNKNOWN if lost else State.OPERATIONAL, *(each.impact for each in going)]),
        page=source.name,
        components=tuple(
            Component(
                id=name, name=name, state=worst(each.impact for each in going if name in each.components)
            )
            for name in names
        ),
        incidents=incidents,
        warnings=notes.warnings(),
        confidence="medium",
        complete=not lost,
        exhaustive=False,
    )


def _incident(event: _Incident, notes: Notes) -> Incident:
    said = latest_first(notes.items(event.updates, _Update), lambda each: moment(each.reported_at))
    last = said[0] if said else None
    times = [at for each in said if (at := moment(each.reported_at)) is not None]
    touched = list(notes.items(last.impacted_business_services, _Touched)) if last else []
    return Incident(
        key=text(event.id),
        title=text(event.title),
        impact=notes.state(_SEVERITIES, last.severity) if last else State.DEGRADED,
        phase=_PHASES.get(last.status, "investigating") if last else "investigating",
        started=times[-1] if times else None,
        updated=notes.past(last.reported_at) if last else None,
        components=tuple(text(each.name) for each in touched),
        message=message(last.message) if last else "",
        updates=tuple(
            Update(
                key=text(each.id),
                at=moment(each.reported_at),
                text=message(each.message),
                phase=_PHASES.get(each.status),
            )
            for each in said
        ),
    )
