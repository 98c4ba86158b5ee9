"""Oracle Cloud's `api/v2/components.json`: the status of every service in every region.

https://docs.oracle.com/iaas/Content/General/Concepts/status-service.htm
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec

from cockpit.domain.providers.state import State
from cockpit.domain.providers.status import Component, Incident, StatusReading, worst
from cockpit.domain.settings import StatusSource
from cockpit.sources.status.payload import Notes, first_of_each, form_error, of_monitors, root, text

_STATES = {
    "normalperformance": State.OPERATIONAL,
    "informational": State.DEGRADED,
    "servicedisruption": State.PARTIAL_OUTAGE,
    "servicedown": State.MAJOR_OUTAGE,
}


class _Incident(msgspec.Struct):
    incidentId: str
    severity: str = ""


class _Service(msgspec.Struct):
    serviceName: str
    serviceStatus: str
    incidents: Any = None


class _Region(msgspec.Struct):
    regionName: str
    serviceHealthReports: list[Any]
    geographicAreaName: str = ""


class _Document(msgspec.Struct):
    regionHealthReports: list[Any]
    realm: str = ""


def read(body: bytes, *_more: bytes, now: datetime, source: StatusSource) -> StatusReading:
    """Each region as the worst of its services: one service that is down is a partial outage of the region.

    Raises Unreadable when the document is not this one.
    """
    document = root(body, _Document)
    notes = Notes(source.name, now)
    components, incidents = [], []
    for region in first_of_each(notes.items(document.regionHealthReports, _Region), "regionName"):
        services = list(notes.items(region.serviceHealthReports, _Service))
        states = [notes.state(_STATES, _word(service.serviceStatus)) for service in services]
        name = text(region.regionName)
        components.append(
            Component(id=name, name=name, state=of_monitors(states), group=text(region.geographicAreaName))
        )
        incidents += [
            _incident(event, service, name, notes)
            for service in services
            for event in notes.items(service.incidents, _Incident)
        ]
    if not components:
        raise form_error()
    states = [component.state for component in components]
    return StatusReading(
        state=worst([*states, State.UNKNOWN] if notes.dropped else states),
        page="Oracle Cloud",
        page_id=text(document.realm),
        components=tuple(components),
        incidents=tuple(first_of_each(iter(incidents), "key")),
        warnings=notes.warnings(),
        complete=not notes.dropped,
    )


def _word(said: str) -> str:
    """`Service Disruption` and `ServiceDisruption` are one."""
    return said.replace(" ", "").lower()


def _incident(event: _Incident, service: _Service, region: str, notes: Notes) -> Incident:
    said = _word(event.severity or service.serviceStatus)
    return Incident(
        key=text(f"{event.incidentId} {region} {service.serviceName}"),
        title=text(f"{service.serviceName} ({region})"),
        impact=notes.state(_STATES, said),
        phase="resolved" if said == "normalperformance" else "investigating",
        components=(region, text(service.serviceName)),
    )
