"""Apple's system status, `system_status_en_US.js`: every service with its events, as JSON or in a callback.

The form is not documented: it is what www.apple.com/support/systemstatus itself reads.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

import msgspec

from cockpit.domain.providers.state import State
from cockpit.domain.providers.status import Component, Incident, Maintenance, Phase, StatusReading, worst
from cockpit.domain.settings import StatusSource
from cockpit.sources.status.payload import Id, Notes, first_of_each, form_error, message, moment, root, text

_CALLBACK = re.compile(rb"[A-Za-z_][\w.]{0,40}\((.*)\)\s*;?", re.DOTALL)
_TYPES = {
    "Available": State.OPERATIONAL,
    "Outage": State.MAJOR_OUTAGE,
    "Issue": State.DEGRADED,
    "Performance": State.DEGRADED,
    "Maintenance": State.MAINTENANCE,
}
_PHASES: dict[str, Phase] = {
    "ongoing": "investigating",
    "upcoming": "scheduled",
    "resolved": "resolved",
    "completed": "resolved",
}


class _Event(msgspec.Struct):
    statusType: str
    eventStatus: str
    messageId: Id = ""
    message: str | None = None
    usersAffected: str | None = None
    epochStartDate: Any = None
    epochEndDate: Any = None


class _Service(msgspec.Struct):
    serviceName: str
    events: list[Any]


class _Document(msgspec.Struct):
    services: list[Any]


def read(body: bytes, *_more: bytes, now: datetime, source: StatusSource) -> StatusReading:
    """Apple as its services say. Raises Unreadable when there is no list of them."""
    wrapped = _CALLBACK.fullmatch(body.strip())
    notes = Notes(source.name, now)
    document = root(wrapped[1] if wrapped else body, _Document)
    services = list(first_of_each(notes.items(document.services, _Service), "serviceName"))
    if not services:
        raise form_error()
    told = [(service, list(notes.items(service.events, _Event))) for service in services]
    lost = bool(notes.dropped)
    components = tuple(
        Component(
            id=text(service.serviceName),
            name=text(service.serviceName),
            state=worst([State.OPERATIONAL, *(_state(event, notes) for event in events)]),
        )
        for service, events in told
    )
    states = [component.state for component in components]
    pairs = [(service, event) for service, events in told for event in events]
    return StatusReading(
        state=worst([*states, State.UNKNOWN] if lost else states),
        page="Apple",
        page_id="apple",
        components=components,
        incidents=tuple(
            _incident(service, event, notes) for service, event in pairs if event.statusType != "Maintenance"
        ),
        maintenances=tuple(
            _maintenance(service, event) for service, event in pairs if event.statusType == "Maintenance"
        ),
        warnings=notes.warnings(),
        complete=not lost,
    )


def _state(event: _Event, notes: Notes) -> State:
    """What an event makes of its service now: only what goes on counts."""
    if event.eventStatus not in _PHASES:
        notes.new_value(event.eventStatus)
        return State.UNKNOWN
    return notes.state(_TYPES, event.statusType) if event.eventStatus == "ongoing" else State.OPERATIONAL


def _incident(service: _Service, event: _Event, notes: Notes) -> Incident:
    over = _PHASES.get(event.eventStatus, "investigating") != "investigating"
    return Incident(
        key=text(event.messageId) or f"{text(service.serviceName)} {text(event.epochStartDate)}",
        title=text(f"{service.serviceName}: {event.statusType}"),
        impact=notes.state(_TYPES, event.statusType),
        phase="resolved" if over else "investigating",
        started=_epoch(event.epochStartDate),
        resolved=_epoch(event.epochEndDate) if over else None,
        components=(text(service.serviceName),),
        message=message(event.message or event.usersAffected),
    )


def _maintenance(service: _Service, event: _Event) -> Maintenance:
    phase = _PHASES.get(event.eventStatus, "scheduled")
    return Maintenance(
        key=text(event.messageId) or f"{text(service.serviceName)} {text(event.epochStartDate)}",
        title=text(f"{service.serviceName}: {event.statusType}"),
        phase="in_progress" if phase == "investigating" else phase,
        starts=_epoch(event.epochStartDate),
        ends=_epoch(event.epochEndDate),
        components=(text(service.serviceName),),
    )


def _epoch(value: object) -> datetime | None:
    """Apple counts milliseconds."""
    return (
        moment(value / 1000)
        if isinstance(value, int | float) and not isinstance(value, bool)
        else moment(value)
    )
