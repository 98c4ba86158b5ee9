"""PayPal's status, `/api/v1/components`: each component in production and in the sandbox; only the first counts.

The form is not documented: it is what www.paypal-status.com itself reads.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec

from cockpit.domain.providers.state import State
from cockpit.domain.providers.status import Component, StatusReading, worst
from cockpit.domain.settings import StatusSource
from cockpit.sources.status.payload import Id, Notes, first_of_each, form_error, root, text

_STATES = {
    "operational": State.OPERATIONAL,
    "informational": State.DEGRADED,
    "under_maintenance": State.MAINTENANCE,
    "service_disruption": State.PARTIAL_OUTAGE,
    "service_outage": State.MAJOR_OUTAGE,
}


class _Status(msgspec.Struct):
    production: str


class _Category(msgspec.Struct):
    name: str = ""


class _Part(msgspec.Struct):
    status: _Status
    id: Id = ""
    name: str = ""
    category: _Category | None = None


class _Document(msgspec.Struct):
    result: list[Any]


def read(body: bytes, *_more: bytes, now: datetime, source: StatusSource) -> StatusReading:
    """PayPal as its components say. Raises Unreadable when there is no list of them."""
    notes = Notes(source.name, now)
    parts = list(notes.items(root(body, _Document).result, _Part))
    if not parts:
        raise form_error()
    components = tuple(
        Component(
            id=text(part.id) or text(part.name),
            name=text(part.name),
            state=notes.state(_STATES, part.status.production.strip().lower().replace(" ", "_")),
            group=text(part.category.name) if part.category else "",
        )
        for part in parts
    )
    components = tuple(first_of_each(iter(components)))
    states = [component.state for component in components]
    return StatusReading(
        state=worst([*states, State.UNKNOWN] if notes.dropped else states),
        page="PayPal",
        page_id="paypal",
        components=components,
        warnings=notes.warnings(),
        complete=not notes.dropped,
    )
