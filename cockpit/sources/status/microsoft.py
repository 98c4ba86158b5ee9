"""Microsoft's public notices (`status.cloud.microsoft/api/posts/...`), which need no account and say little.

They never carry the incidents of Teams or Exchange for business: those need Microsoft Graph. So the best
they can say is that nothing is published there.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec

from cockpit.domain.providers.state import State
from cockpit.domain.providers.status import Component, Incident, StatusReading, worst
from cockpit.domain.settings import StatusSource
from cockpit.sources.status.payload import Notes, decode, form_error, message, moment, text

_STATES = {
    "Available": State.QUIET,
    "Operational": State.QUIET,
    "ServiceDegradation": State.DEGRADED,
    "ServiceRestored": State.QUIET,
    "Unknown": State.UNKNOWN,
}


class _Post(msgspec.Struct, rename="pascal"):
    status: str
    id: Any = None
    title: str | None = None
    message: str | None = None
    service_display_name: str | None = None
    service_workload_name: str | None = None
    authored_date_time: str | None = None
    internal_date_time: str | None = None


def read(body: bytes, *_more: bytes, now: datetime, source: StatusSource) -> StatusReading:
    """The notices, one or several. Raises Unreadable when there is none."""
    raw = decode(body)
    notes = Notes(source.name, now)
    posts = list(notes.items(raw if isinstance(raw, list) else [raw], _Post))
    if not posts:
        raise form_error()
    components = tuple(
        Component(
            id=text(post.service_workload_name) or text(post.service_display_name) or source.key,
            name=text(post.service_display_name) or source.name,
            state=notes.state(_STATES, post.status),
        )
        for post in posts
    )
    states = [component.state for component in components]
    troubled = [(p, c) for p, c in zip(posts, components, strict=True) if c.state is not State.QUIET]
    return StatusReading(
        state=worst([*states, State.UNKNOWN] if notes.dropped else states),
        page="Microsoft 365",
        components=components,
        incidents=tuple(_incident(p, c, notes) for p, c in troubled if c.state is not State.UNKNOWN),
        warnings=notes.warnings(),
        confidence="medium",
        complete=not notes.dropped,
    )


def _incident(post: _Post, component: Component, notes: Notes) -> Incident:
    return Incident(
        key=text(post.id) or component.id,
        title=text(post.title) or component.name,
        impact=component.state,
        started=notes.past(post.authored_date_time),
        updated=moment(post.internal_date_time),
        components=(component.id, component.name),
        message=message(post.message),
    )
