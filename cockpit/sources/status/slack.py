"""Slack's own status API, version 2.0.0, `current` (https://docs.slack.dev/reference/slack-status-api).

Only `status: "ok"` affirms that all is well: an empty list of incidents does not.
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
    link,
    message,
    moment,
    root,
    text,
)

_TYPES = {
    "notice": State.DEGRADED,
    "incident": State.PARTIAL_OUTAGE,
    "outage": State.MAJOR_OUTAGE,
    "maintenance": State.MAINTENANCE,
}
_PHASES: dict[str, Phase] = {
    "active": "investigating",
    "resolved": "resolved",
    "completed": "resolved",
    "cancelled": "resolved",
    "canceled": "resolved",
    "scheduled": "scheduled",
}

_SERVICES = (
    "Apps/Integrations/APIs", "Canvases", "Connectivity", "Files", "Huddles", "Login/SSO", "Messaging",
    "Notifications", "Search", "Workflows", "Workspace/Org Administration",
)  # fmt: skip


class _Note(msgspec.Struct):
    date_created: str | None = None
    body: str | None = None


class _Incident(msgspec.Struct):
    id: Id
    title: str = ""
    type: str = ""
    status: str = ""
    date_created: str | None = None
    date_updated: str | None = None
    url: str | None = None
    services: Any = None
    notes: Any = None


class _Current(msgspec.Struct):
    status: str
    active_incidents: Any = msgspec.UNSET


def read(body: bytes, *_more: bytes, now: datetime, source: StatusSource) -> StatusReading:
    """Slack as `current` says. Raises Unreadable when the document has no `status` or no list."""
    current = root(body, _Current)
    if current.active_incidents is msgspec.UNSET:
        raise form_error()
    notes = Notes(source.name, now)
    events = list(first_of_each(notes.items(current.active_incidents, _Incident)))
    lost = bool(notes.dropped)
    incidents = tuple(_incident(event, notes) for event in events if event.type != "maintenance")
    maintenances = tuple(_maintenance(event) for event in events if event.type == "maintenance")
    states = [incident.impact for incident in incidents if incident.open]
    states += [State.MAINTENANCE for maintenance in maintenances if maintenance.phase == "in_progress"]
    states.append(_affirmed(current.status, events, notes) if not lost else State.UNKNOWN)
    return StatusReading(
        state=worst(states),
        page="Slack",
        page_id="slack",
        indicator=text(current.status),
        components=_components(incidents, worst(states)),
        incidents=incidents,
        maintenances=maintenances,
        warnings=notes.warnings(),
        complete=not lost,
    )


def _affirmed(status: str, events: list[_Incident], notes: Notes) -> State:
    """What the overall word adds: `active` speaks only through the incidents that explain it."""
    if status == "ok" or (status == "active" and events):
        return State.OPERATIONAL
    if status != "active":
        notes.new_value(status)
    return State.UNKNOWN


def _components(incidents: tuple[Incident, ...], page: State) -> tuple[Component, ...]:
    """Slack's services, which `current` names only when something happens to them."""
    fine = State.UNKNOWN if page is State.UNKNOWN else State.OPERATIONAL
    named = [name for incident in incidents for name in incident.components]
    return tuple(
        Component(
            id=name,
            name=name,
            state=worst([fine, *(i.impact for i in incidents if i.open and name in i.components)]),
        )
        for name in dict.fromkeys((*_SERVICES, *named))
    )


def _incident(event: _Incident, notes: Notes) -> Incident:
    phase = _PHASES.get(event.status)
    if phase is None:
        notes.new_value(event.status)
        phase = "investigating"
    updates = tuple(
        Update(key="", at=moment(note.date_created), text=message(note.body))
        for note in notes.items(event.notes, _Note)
    )
    updated = notes.past(event.date_updated)
    return Incident(
        key=text(event.id),
        title=text(event.title) or text(event.id),
        impact=notes.state(_TYPES, event.type),
        phase=phase,
        started=notes.past(event.date_created),
        updated=updated,
        resolved=updated if phase == "resolved" else None,
        components=_services(event.services),
        link=link(event.url),
        message=_latest(updates),
        updates=updates,
    )


def _maintenance(event: _Incident) -> Maintenance:
    phase = _PHASES.get(event.status, "scheduled")
    return Maintenance(
        key=text(event.id),
        title=text(event.title) or text(event.id),
        phase="in_progress" if phase == "investigating" else phase,
        starts=moment(event.date_created),
        components=_services(event.services),
        link=link(event.url),
    )


def _services(raw: object) -> tuple[str, ...]:
    names = (text(name) for name in raw) if isinstance(raw, list) else ()
    return tuple(name for name in names if name)


def _latest(updates: tuple[Update, ...]) -> str:
    dated = [update for update in updates if update.at is not None]
    if dated:
        return max(dated, key=lambda update: str(update.at)).text
    return updates[0].text if updates else ""
