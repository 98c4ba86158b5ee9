"""Salesforce Trust: the incidents that are active anywhere, or the status of one instance.

https://api.status.salesforce.com/v1/docs/. `/v1/incidents/active` speaks of every instance in the world;
`/v1/instances/EU48/status` of one, which is what a company wants.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec

from cockpit.domain.providers.state import State
from cockpit.domain.providers.status import Component, Incident, StatusReading, worst
from cockpit.domain.settings import StatusSource
from cockpit.sources.status.payload import (
    Id,
    Notes,
    convert,
    decode,
    first_of_each,
    form_error,
    message,
    moment,
    text,
)

_STATES = {
    "OK": State.OPERATIONAL,
    "INFORMATIONAL_CORE": State.DEGRADED,
    "INFORMATIONAL_NONCORE": State.DEGRADED,
    "INFORMATIONAL": State.DEGRADED,
    "MAINTENANCE_CORE": State.MAINTENANCE,
    "MAINTENANCE_NONCORE": State.MAINTENANCE,
    "UNPLANNED_MAINTENANCE_CORE": State.PARTIAL_OUTAGE,
    "MINOR_INCIDENT_CORE": State.DEGRADED,
    "MINOR_INCIDENT_NONCORE": State.DEGRADED,
    "MAJOR_INCIDENT_NONCORE": State.PARTIAL_OUTAGE,
    "MAJOR_INCIDENT_CORE": State.MAJOR_OUTAGE,
}


class _Instance(msgspec.Struct):
    key: str
    status: str
    location: str = ""
    Incidents: Any = None


class _Impact(msgspec.Struct):
    severity: str = ""
    endTime: Any = None


class _Words(msgspec.Struct):
    actionPlan: str | None = None
    pathToResolution: str | None = None


class _Incident(msgspec.Struct):
    id: Id
    createdAt: Any = None
    updatedAt: Any = None
    status: str | None = None
    isCore: bool | None = None
    message: _Words | None = None
    instanceKeys: Any = None
    serviceKeys: Any = None
    additionalInformation: str | None = None
    IncidentImpacts: Any = None


def read(body: bytes, *_more: bytes, now: datetime, source: StatusSource) -> StatusReading:
    """Trust as its document says. Raises Unreadable when it is neither form."""
    raw = decode(body)
    notes = Notes(source.name, now)
    if isinstance(raw, dict):
        try:
            return _of_instance(convert(raw, _Instance), notes)
        except msgspec.ValidationError as error:
            raise form_error() from error
    if not isinstance(raw, list):
        raise form_error()
    events = list(first_of_each(notes.items(raw, _Incident)))
    lost = bool(notes.dropped)
    incidents = tuple(_incident(event, notes) for event in events)
    going = [incident for incident in incidents if incident.open]
    names = dict.fromkeys(name for incident in going for name in incident.components)
    return StatusReading(
        state=worst([State.UNKNOWN if lost else State.OPERATIONAL, *(each.impact for each in going)]),
        page="Salesforce",
        page_id="salesforce",
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


def _of_instance(instance: _Instance, notes: Notes) -> StatusReading:
    state = notes.state(_STATES, instance.status)
    key = text(instance.key)
    events = list(first_of_each(notes.items(instance.Incidents, _Incident)))
    return StatusReading(
        state=worst([state, State.UNKNOWN]) if notes.dropped else state,
        page=f"Salesforce {key}",
        page_id=key,
        indicator=text(instance.status),
        components=(Component(id=key, name=key, state=state, group=text(instance.location)),),
        incidents=tuple(_incident(event, notes) for event in events),
        warnings=notes.warnings(),
        complete=not notes.dropped,
    )


def _incident(event: _Incident, notes: Notes) -> Incident:
    impacts = list(notes.items(event.IncidentImpacts, _Impact))
    ends = [moment(impact.endTime) for impact in impacts]
    ended = bool(ends) and all(end is not None for end in ends)
    over = ended or (event.status or "").lower() in ("resolved", "closed")
    major = any(impact.severity.lower() == "major" for impact in impacts)
    said = event.message or _Words()
    instances, services = _names(event.instanceKeys), _names(event.serviceKeys)
    what = ", ".join(services) or text(event.additionalInformation) or "Salesforce"
    return Incident(
        key=text(event.id),
        title=text(f"{what} ({', '.join(instances[:6])})" if instances else what),
        impact=State.PARTIAL_OUTAGE if major else State.DEGRADED,
        phase="resolved" if over else "investigating",
        started=notes.past(event.createdAt),
        updated=notes.past(event.updatedAt),
        components=instances + services,
        message=message(said.pathToResolution or said.actionPlan),
    )


def _names(raw: object) -> tuple[str, ...]:
    return tuple(name for each in raw[:500] if (name := text(each))) if isinstance(raw, list) else ()
