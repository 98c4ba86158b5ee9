"""Microsoft 365 by Microsoft Graph: `serviceAnnouncement/healthOverviews`, with issues when expanded.

https://learn.microsoft.com/graph/api/resources/service-communications-api-overview
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec

from cockpit.domain.providers.state import State
from cockpit.domain.providers.status import Component, Incident, Phase, StatusReading, Update, worst
from cockpit.domain.settings import StatusSource
from cockpit.locale import _
from cockpit.sources.status.payload import (
    Notes,
    UnreadablePage,
    first_of_each,
    latest_first,
    message,
    moment,
    root,
    text,
)

_FINE = (
    "serviceOperational", "serviceRestored", "falsePositive", "postIncidentReviewPublished", "resolved",
    "resolvedExternal",
)  # fmt: skip
_IMPAIRED = (
    "investigating", "confirmed", "reported", "serviceDegradation", "restoringService", "extendedRecovery",
    "investigationSuspended",
)  # fmt: skip
_WATCHED = ("verifyingService", "mitigated", "mitigatedExternal")
_STATES = {
    **dict.fromkeys(_FINE, State.OPERATIONAL),
    **dict.fromkeys(_IMPAIRED, State.DEGRADED),
    **dict.fromkeys(_WATCHED, State.DEGRADED),
    "serviceInterruption": State.MAJOR_OUTAGE,
}


class _Content(msgspec.Struct):
    content: str | None = None


class _Post(msgspec.Struct):
    createdDateTime: str | None = None
    description: _Content | None = None


class _Issue(msgspec.Struct):
    id: str
    title: str
    status: str = ""
    service: str = ""
    feature: str | None = None
    isResolved: bool = False
    startDateTime: str | None = None
    endDateTime: str | None = None
    lastModifiedDateTime: str | None = None
    impactDescription: str | None = None
    posts: Any = None


class _Overview(msgspec.Struct):
    id: str
    service: str
    status: str = ""
    issues: Any = None


class _Document(msgspec.Struct, rename={"more": "@odata.nextLink"}):
    value: list[Any]
    more: str | None = None


def next_page(body: bytes, _url: str = "") -> str:
    """The address of the page after `body` (`@odata.nextLink`); empty on the last one."""
    try:
        return root(body, _Document).more or ""
    except UnreadablePage:
        return ""


def read(body: bytes, *more: bytes, now: datetime, source: StatusSource) -> StatusReading:
    """The services as their overviews say. Raises Unreadable when there is no list of them."""
    notes = Notes(source.name, now)
    document = root(body, _Document)
    values = list(document.value)
    for page in more:
        try:
            document = root(page, _Document)
        except UnreadablePage:
            # What it held is not known, as when a page is missing.
            document = _Document(value=[], more="?")
            break
        values += document.value
    if document.more:
        notes.add(_("only the first pages of services were read"))
    services = list(first_of_each(notes.items(values, _Overview)))
    components = tuple(
        Component(id=text(s.id), name=text(s.service), state=notes.state(_STATES, s.status)) for s in services
    )
    dropped = notes.dropped
    issues = [issue for s in services for issue in notes.items(s.issues, _Issue)]
    incidents = tuple(_incident(issue, notes) for issue in first_of_each(iter(issues)))
    states = [component.state for component in components]
    return StatusReading(
        state=worst([*states, State.UNKNOWN] if dropped or document.more else states),
        page="Microsoft 365",
        page_id="microsoft365",
        components=components,
        incidents=incidents,
        warnings=notes.warnings(),
        complete=not (notes.dropped or document.more),
    )


def _incident(issue: _Issue, notes: Notes) -> Incident:
    over = issue.isResolved or issue.status in _FINE
    phase: Phase = "resolved" if over else "monitoring" if issue.status in _WATCHED else "investigating"
    said = latest_first(notes.items(issue.posts, _Post), lambda post: moment(post.createdDateTime))
    posts = [
        Update(
            key="",
            at=moment(post.createdDateTime),
            text=message(post.description.content if post.description else None),
        )
        for post in said
    ]
    return Incident(
        key=text(issue.id),
        title=text(issue.title),
        impact=notes.state(_STATES, issue.status),
        phase=phase,
        started=notes.past(issue.startDateTime),
        updated=notes.past(issue.lastModifiedDateTime),
        resolved=moment(issue.endDateTime) if over else None,
        components=tuple(text(name) for name in (issue.service, issue.feature) if name),
        message=posts[0].text if posts else message(issue.impactDescription),
        updates=tuple(posts),
    )
