"""Hund's live stream `/live/v2/status_page`: its first event, `init_event`, is the whole page.

https://hund.io/help/documentation/live
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec

from cockpit.domain.providers.state import State
from cockpit.domain.providers.status import Incident, Maintenance, Reading, worst
from cockpit.domain.settings import StatusSource
from cockpit.sources.status.payload import Id, Notes, first_of_each, form_error, message, root, text

_STATES = {1: State.OPERATIONAL, 0: State.DEGRADED, -1: State.MAJOR_OUTAGE}


class _Issue(msgspec.Struct):
    id: Id
    title: str
    body: str | None = None
    standing: bool = True
    scheduled: bool = False
    created_at: Any = None
    components: Any = None


class _Page(msgspec.Struct):
    state: int
    issues: list[Any]


def read(body: bytes, *_more: bytes, now: datetime, source: StatusSource) -> Reading:
    """The page as the first event says. Raises Unreadable when the stream begins with another."""
    page = root(_first_event(body), _Page)
    notes = Notes(source.name, now)
    issues = list(first_of_each(notes.items(page.issues, _Issue)))
    lost = notes.dropped > 0
    state = notes.state(_STATES, page.state)
    return Reading(
        state=worst([state, State.UNKNOWN]) if lost else state,
        page=source.name,
        incidents=tuple(_incident(issue, notes) for issue in issues if not issue.scheduled),
        maintenances=tuple(
            Maintenance(key=text(issue.id), title=text(issue.title), message=message(issue.body))
            for issue in issues
            if issue.scheduled
        ),
        warnings=notes.warnings(),
        complete=not lost,
        exhaustive=False,
    )


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
        phase="investigating" if issue.standing else "resolved",
        started=notes.past(issue.created_at),
        message=message(issue.body),
    )
