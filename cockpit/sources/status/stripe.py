"""Stripe's own status, `current/full`: one word for the whole, and the services with their warnings.

The form is not documented: it is what status.stripe.com itself reads.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec

from cockpit.domain.providers.state import State
from cockpit.domain.providers.status import Component, StatusReading, worst
from cockpit.domain.settings import StatusSource
from cockpit.sources.status.payload import Notes, first_of_each, root, text

_STATES = {
    "up": State.OPERATIONAL,
    "degraded": State.DEGRADED,
    "down": State.MAJOR_OUTAGE,
    "paused": State.UNKNOWN,
    "pending": State.UNKNOWN,
}


class _Service(msgspec.Struct):
    key: str
    title: str = ""
    warning: Any = None


class _Document(msgspec.Struct, rename={"whole": "UptimeStatus"}):
    whole: str
    message: str | None = None
    uptimeData: Any = None


def read(body: bytes, *_more: bytes, now: datetime, source: StatusSource) -> StatusReading:
    """Stripe as its current status says. Raises Unreadable when the document is not this one."""
    document = root(body, _Document)
    notes = Notes(source.name, now)
    components = tuple(
        Component(
            id=text(each.key),
            name=text(each.title) or text(each.key),
            state=State.OPERATIONAL if each.warning is None else State.DEGRADED,
        )
        for each in first_of_each(notes.items(document.uptimeData, _Service), "key")
    )
    states = [notes.state(_STATES, document.whole), *(component.state for component in components)]
    return StatusReading(
        state=worst([*states, State.UNKNOWN] if notes.dropped else states),
        page="Stripe",
        page_id="stripe",
        indicator=text(document.message) or text(document.whole),
        components=components,
        warnings=notes.warnings(),
        confidence="medium",
        complete=not notes.dropped,
    )
