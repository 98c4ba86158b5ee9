"""AWS `public/currentevents`: present events only, in UTF-16, and an empty list when all is quiet."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import msgspec

from cockpit.domain.providers.state import State
from cockpit.domain.providers.status import Component, Incident, StatusReading, Update, worst
from cockpit.domain.settings import StatusSource
from cockpit.locale import _
from cockpit.sources.status.payload import (
    Notes,
    decode,
    form_error,
    latest_first,
    message,
    moment,
    says_over,
    text,
)

_STATES = {"0": State.OPERATIONAL, "1": State.DEGRADED, "2": State.PARTIAL_OUTAGE, "3": State.MAJOR_OUTAGE}
_FORGOTTEN_AFTER = timedelta(days=14)
_LINK = "https://health.aws.amazon.com/health/status"


class _Log(msgspec.Struct):
    message: str | None = None
    timestamp: Any = None


class _Event(msgspec.Struct):
    service: str
    status: str | int
    date: Any = None
    arn: str = ""
    service_name: str = ""
    summary: str = ""
    end_time: Any = None
    event_log: Any = None
    impacted_services: Any = None


def read(body: bytes, *_more: bytes, now: datetime, source: StatusSource) -> StatusReading:
    """AWS as its current events say. Raises Unreadable when it is not a list."""
    raw = decode(body)
    if not isinstance(raw, list):
        raise form_error()
    notes = Notes(source.name, now)
    events = list(notes.items(raw, _Event))
    lost = bool(notes.dropped)
    incidents = {incident.key: incident for incident in (_incident(e, notes, now) for e in events)}
    going = [incident for incident in incidents.values() if incident.open]
    affected: dict[str, list[State]] = {}
    for incident in going:
        for name in incident.components:
            affected.setdefault(name, []).append(incident.impact)
    return StatusReading(
        state=worst([State.UNKNOWN if lost else State.OPERATIONAL, *(i.impact for i in going)]),
        page="AWS",
        page_id="aws",
        components=tuple(
            Component(id=name, name=name, state=worst(states)) for name, states in affected.items()
        ),
        incidents=tuple(incidents.values()),
        warnings=notes.warnings(),
        confidence="medium",
        complete=not lost,
        exhaustive=False,
    )


def _incident(event: _Event, notes: Notes, now: datetime) -> Incident:
    entries = latest_first(notes.items(event.event_log, _Log), lambda entry: moment(entry.timestamp))
    log = [Update(key="", at=moment(each.timestamp), text=message(each.message)) for each in entries]
    started = notes.past(event.date)
    updated = log[0].at if log and log[0].at else started
    impact = notes.state(_STATES, str(event.status))
    over = str(event.status) == "0" or moment(event.end_time) is not None or says_over(text(event.summary))
    if not over and updated is not None and now - updated > _FORGOTTEN_AFTER:
        impact = impact if impact is State.UNKNOWN else State.DEGRADED
        notes.add(_("an event has been silent for two weeks: shown as degraded"))
    return Incident(
        key=text(event.arn) or f"{text(event.service)} {text(event.date)}",
        title=text(f"{event.service_name}: {event.summary}"),
        impact=impact,
        phase="resolved" if over else "investigating",
        started=started,
        updated=updated,
        resolved=(moment(event.end_time) or updated) if over else None,
        components=_services(event),
        link=_LINK,
        message=log[0].text if log else "",
        updates=tuple(log),
    )


def _services(event: _Event) -> tuple[str, ...]:
    impacted = event.impacted_services if isinstance(event.impacted_services, dict) else {}
    names = (text(event.service), *(text(name) for name in impacted))
    return tuple(dict.fromkeys(name for name in names if name))
