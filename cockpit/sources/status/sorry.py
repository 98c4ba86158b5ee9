"""Sorry (https://docs.sorryapp.com): the page's word, its components and the notices of the present."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urljoin

import msgspec

from cockpit.domain.providers.state import State
from cockpit.domain.providers.status import Component, Incident, Maintenance, Phase, StatusReading, worst
from cockpit.domain.settings import StatusSource
from cockpit.sources.status.payload import Id, Notes, first_of_each, link, moment, optional, root, text

_STATES = {
    "operational": State.OPERATIONAL,
    "degraded": State.DEGRADED,
    "partially-degraded": State.DEGRADED,
    "partially_degraded": State.DEGRADED,
    "under_maintenance": State.MAINTENANCE,
    "under-maintenance": State.MAINTENANCE,
}
_PHASES: dict[str, Phase] = {
    "scheduled": "scheduled",
    "underway": "in_progress",
    "complete": "resolved",
    "cancelled": "resolved",
    "investigating": "investigating",
    "identified": "identified",
    "recovering": "monitoring",
    "resolved": "resolved",
    "false_alarm": "resolved",
}


class _Page(msgspec.Struct):
    state: str
    name: str = ""
    state_text: str | None = None
    id: Id = ""


class _Document(msgspec.Struct):
    page: _Page


class _Part(msgspec.Struct):
    id: Id
    name: str = ""
    state: str = ""


class _Parts(msgspec.Struct):
    components: list[Any]


class _Notice(msgspec.Struct):
    id: Id
    subject: str
    type: str = ""
    state: str = ""
    url: str | None = None
    began_at: str | None = None
    begins_at: str | None = None
    ends_at: str | None = None
    ended_at: str | None = None
    updated_at: str | None = None


class _Notices(msgspec.Struct):
    notices: list[Any]


def requests(source: StatusSource) -> tuple[str, ...]:
    """The page's word, its components, and the notices of the present."""
    notices = urljoin(source.url, "notices?filter[timeline_state_eq]=present")
    return source.url, urljoin(source.url, "components"), notices


def read(body: bytes, *more: bytes, now: datetime, source: StatusSource) -> StatusReading:
    """The page as its own word says. Raises Unreadable when the document is not this one."""
    page = root(body, _Document).page
    notes = Notes(source.name, now)
    parts, said = optional(more, 0, _Parts), optional(more, 1, _Notices)
    components = tuple(
        Component(id=text(p.id), name=text(p.name), state=notes.state(_STATES, p.state))
        for p in first_of_each(notes.items(parts.components if parts else None, _Part))
    )
    dropped = notes.dropped
    notices = list(first_of_each(notes.items(said.notices if said else None, _Notice)))
    lost = notes.dropped > dropped
    states = [notes.state(_STATES, page.state), *(component.state for component in components)]
    return StatusReading(
        state=worst([*states, State.UNKNOWN] if lost else states),
        page=text(page.name),
        page_id=text(page.id),
        indicator=text(page.state_text) or text(page.state),
        components=components,
        incidents=tuple(_incident(n, notes) for n in notices if n.type != "planned"),
        maintenances=tuple(_maintenance(n) for n in notices if n.type == "planned"),
        warnings=notes.warnings(),
        complete=not lost and said is not None,
    )


def _incident(notice: _Notice, notes: Notes) -> Incident:
    if notice.state not in _PHASES:
        notes.new_value(notice.state)
    return Incident(
        key=text(notice.id),
        title=text(notice.subject),
        impact=State.DEGRADED,
        phase="resolved" if moment(notice.ended_at) else _PHASES.get(notice.state, "investigating"),
        started=notes.past(notice.began_at),
        updated=notes.past(notice.updated_at),
        resolved=moment(notice.ended_at),
        link=link(notice.url),
    )


def _maintenance(notice: _Notice) -> Maintenance:
    return Maintenance(
        key=text(notice.id),
        title=text(notice.subject),
        phase=_PHASES.get(notice.state, "scheduled"),
        starts=moment(notice.began_at) or moment(notice.begins_at),
        ends=moment(notice.ended_at) or moment(notice.ends_at),
        link=link(notice.url),
    )
