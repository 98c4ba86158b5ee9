"""Hund's live stream `/live/v2/status_page`: its first event, `init_event`, is the whole page.

https://hund.io/help/documentation/live
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec

from cockpit.domain.providers.state import State
from cockpit.domain.providers.status import Component, Incident, Maintenance, Phase, StatusReading, worst
from cockpit.domain.settings import StatusSource
from cockpit.sources.status.payload import (
    Id,
    Notes,
    first_of_each,
    form_error,
    message,
    moment,
    root,
    says_over,
    text,
)

_STATES = {
    1: State.OPERATIONAL,
    0: State.DEGRADED,
    -1: State.MAJOR_OUTAGE,
    "1": State.OPERATIONAL,
    "0": State.DEGRADED,
    "-1": State.MAJOR_OUTAGE,
    "operational": State.OPERATIONAL,
    "degraded": State.DEGRADED,
    "outage": State.MAJOR_OUTAGE,
    "maintenance": State.MAINTENANCE,
}
"""The live stream writes numbers, the documentation of the components words."""


class _Issue(msgspec.Struct):
    id: Id
    title: str
    body: str | None = None
    standing: bool = True
    scheduled: bool = False
    upcoming: bool | None = None
    began_at: Any = None
    ended_at: Any = None
    created_at: Any = None
    components: Any = None


class _Part(msgspec.Struct):
    id: Id
    name: Any = ""
    state: Id | None = None


class _Page(msgspec.Struct):
    state: Id
    issues: list[Any]
    components: Any = None


def read(body: bytes, *_more: bytes, now: datetime, source: StatusSource) -> StatusReading:
    """The page as the first event says. Raises Unreadable when the stream begins with another."""
    page = root(_first_event(body), _Page)
    notes = Notes(source.name, now)
    issues = list(first_of_each(notes.items(page.issues, _Issue)))
    lost = bool(notes.dropped)
    parts = page.components if isinstance(page.components, list) else []
    components = tuple(
        Component(id=text(part.id), name=_name(part), state=notes.state(_STATES, part.state))
        for part in first_of_each(notes.items(parts, _Part))
        if part.state is not None
    )
    states = [notes.state(_STATES, page.state), *(component.state for component in components)]
    return StatusReading(
        state=worst([*states, State.UNKNOWN] if lost else states),
        page=source.name,
        components=components,
        incidents=tuple(_incident(issue, notes) for issue in issues if not issue.scheduled),
        maintenances=tuple(
            Maintenance(
                key=text(issue.id),
                title=text(issue.title),
                phase=_phase(issue, now),
                starts=moment(issue.began_at),
                ends=moment(issue.ended_at),
                message=message(issue.body),
            )
            for issue in issues
            if issue.scheduled
        ),
        warnings=notes.warnings(),
        complete=not lost,
        exhaustive=False,
    )


def _name(part: _Part) -> str:
    """A name is a text, or one by language."""
    return text(next(iter(part.name.values()), "")) if isinstance(part.name, dict) else text(part.name)


def _phase(issue: _Issue, now: datetime) -> Phase:
    """How far a planned work is: by its own times, where it says them."""
    starts, ends = moment(issue.began_at), moment(issue.ended_at)
    if not issue.standing or (ends is not None and ends <= now) or says_over(text(issue.title)):
        return "resolved"
    begun = issue.upcoming is False or (starts is not None and starts <= now)
    return "in_progress" if begun else "scheduled"


def _first_event(body: bytes) -> bytes:
    """The data of the first event of a stream (HTML Living Standard 9.2.6)."""
    name = ""
    data: list[bytes] = []
    for line in body.replace(b"\r\n", b"\n").split(b"\n"):
        if not line and data:
            break
        field, _colon, value = line.partition(b":")
        if field == b"event":
            name = value.strip().decode("utf-8", "replace")
        elif field == b"data":
            data.append(value.removeprefix(b" "))
    if name != "init_event" or not data:
        raise form_error()
    return b"\n".join(data)


def _incident(issue: _Issue, notes: Notes) -> Incident:
    return Incident(
        key=text(issue.id),
        title=text(issue.title),
        impact=State.DEGRADED,
        phase="investigating" if issue.standing and not says_over(message(issue.body)) else "resolved",
        started=notes.past(issue.began_at) or notes.past(issue.created_at),
        message=message(issue.body),
    )
