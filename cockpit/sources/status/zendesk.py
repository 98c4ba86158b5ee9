"""Zendesk's Status API: incidents that are active and maintenances that come, and nothing else.

https://developer.zendesk.com/api-reference/status_api/status_api/ (10 requests a minute). An empty list of
active incidents is its all-clear, and says no more than that.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urljoin

import msgspec

from cockpit.domain.providers.state import State
from cockpit.domain.providers.status import Component, Incident, Maintenance, StatusReading, worst
from cockpit.domain.settings import StatusSource
from cockpit.sources.status.payload import Id, Notes, first_of_each, moment, optional, root, text


class _Record(msgspec.Struct):
    id: Id
    type: str = ""
    attributes: dict[str, Any] = {}
    relationships: Any = None


class _Document(msgspec.Struct):
    data: list[Any]
    included: Any = None


def requests(source: StatusSource) -> tuple[str, ...]:
    """What is active, and what is planned beside it."""
    return source.url, urljoin(source.url, "maintenance")


def read(body: bytes, *more: bytes, now: datetime, source: StatusSource) -> StatusReading:
    """Zendesk as its active incidents say. Raises Unreadable when there is no list of them."""
    document = root(body, _Document)
    notes = Notes(source.name, now)
    events = list(first_of_each(notes.items(document.data, _Record)))
    lost = bool(notes.dropped)
    beside = {(each.type, text(each.id)): each for each in notes.items(document.included, _Record)}
    incidents = tuple(_incident(event, beside, notes) for event in events)
    going = [incident for incident in incidents if incident.open]
    names = dict.fromkeys(name for incident in going for name in incident.components)
    planned = optional(more, 0, _Document)
    works = first_of_each(notes.items(planned.data if planned else None, _Record))
    return StatusReading(
        state=worst([State.UNKNOWN if lost else State.OPERATIONAL, *(each.impact for each in going)]),
        page="Zendesk",
        page_id="zendesk",
        components=tuple(
            Component(
                id=name, name=name, state=worst(each.impact for each in going if name in each.components)
            )
            for name in names
        ),
        incidents=incidents,
        maintenances=tuple(_maintenance(work, now) for work in works),
        warnings=notes.warnings(),
        confidence="medium",
        complete=not lost,
        exhaustive=False,
    )


def _incident(event: _Record, beside: dict[tuple[str, str], _Record], notes: Notes) -> Incident:
    said = event.attributes
    resolved = _time(said, "resolved_at", "resolvedAt")
    outage = said.get("outage") is True or any(
        each.attributes.get("outage") is True for each in _related(event, beside, "incident_service")
    )
    return Incident(
        key=text(event.id),
        title=text(said.get("title")) or text(said.get("name")) or text(event.id),
        impact=State.PARTIAL_OUTAGE if outage else State.DEGRADED,
        phase="resolved" if resolved or said.get("status") == "resolved" else "investigating",
        started=notes.past(said.get("started_at") or said.get("startedAt") or said.get("created_at")),
        updated=_time(said, "updated_at", "updatedAt"),
        resolved=resolved,
        components=tuple(
            name for each in _related(event, beside, "service") if (name := text(each.attributes.get("name")))
        ),
    )


def _related(event: _Record, beside: dict[tuple[str, str], _Record], kind: str) -> list[_Record]:
    """The records of a kind that an incident points to; some pointers lead nowhere."""
    found = []
    relations = event.relationships if isinstance(event.relationships, dict) else {}
    for relation in relations.values():
        data = relation.get("data") if isinstance(relation, dict) else None
        for pointer in data if isinstance(data, list) else []:
            record = beside.get((kind, text(pointer.get("id")))) if isinstance(pointer, dict) else None
            if record is not None and pointer.get("type") == kind:
                found.append(record)
    return found


def _maintenance(work: _Record, now: datetime) -> Maintenance:
    said = work.attributes
    starts = _time(said, "maintenance_start_time", "started_at", "startedAt")
    ends = _time(said, "maintenance_end_time", "resolved_at", "resolvedAt")
    begun = starts is not None and starts <= now
    return Maintenance(
        key=text(work.id),
        title=text(said.get("title")) or text(said.get("name")) or text(work.id),
        phase="resolved" if ends is not None and ends <= now else "in_progress" if begun else "scheduled",
        starts=starts,
        ends=ends,
    )


def _time(said: dict[str, Any], *names: str) -> datetime | None:
    return next((at for name in names if (at := moment(said.get(name))) is not None), None)
