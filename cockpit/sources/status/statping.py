"""Statping `/api/services`: each service and whether it is online (https://github.com/statping/statping)."""

from __future__ import annotations

from datetime import datetime

import msgspec

from cockpit.domain.providers.state import State
from cockpit.domain.providers.status import Component, StatusReading
from cockpit.domain.settings import StatusSource
from cockpit.sources.status.payload import Id, Notes, decode, first_of_each, form_error, of_monitors, text


class _Service(msgspec.Struct):
    id: Id
    name: str
    online: bool


def read(body: bytes, *_more: bytes, now: datetime, source: StatusSource) -> StatusReading:
    """The services as the last check of each says. Raises Unreadable when it is not a list of them."""
    raw = decode(body)
    if not isinstance(raw, list):
        raise form_error()
    notes = Notes(source.name, now)
    services = list(first_of_each(notes.items(raw, _Service)))
    if not services:
        raise form_error()
    components = tuple(
        Component(
            id=text(each.id),
            name=text(each.name),
            state=State.OPERATIONAL if each.online else State.MAJOR_OUTAGE,
        )
        for each in services
    )
    states = [component.state for component in components]
    return StatusReading(
        state=of_monitors([*states, State.UNKNOWN] if notes.dropped else states),
        page=source.name,
        components=components,
        warnings=notes.warnings(),
        complete=not notes.dropped,
    )
