"""Gatus `/api/v1/endpoints/statuses` (https://github.com/TwiN/gatus): the last result of each endpoint."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec

from cockpit.domain.providers.state import State
from cockpit.domain.providers.status import Component, StatusReading
from cockpit.domain.settings import StatusSource
from cockpit.sources.status.payload import (
    Notes,
    decode,
    first_of_each,
    form_error,
    moment,
    newest,
    of_monitors,
    text,
)


class _Result(msgspec.Struct):
    success: bool
    timestamp: str | None = None


class _Endpoint(msgspec.Struct):
    name: str
    key: str = ""
    group: str | None = None
    results: Any = None


def read(body: bytes, *_more: bytes, now: datetime, source: StatusSource) -> StatusReading:
    """The endpoints as their last results say. Raises Unreadable when it is not a list."""
    raw = decode(body)
    if not isinstance(raw, list):
        raise form_error()
    notes = Notes(source.name, now)
    endpoints = list(notes.items(raw, _Endpoint))
    lost = bool(notes.dropped)
    components = tuple(
        first_of_each(
            iter(
                Component(
                    id=text(e.key) or text(f"{e.group or ''}_{e.name}"),
                    name=text(e.name),
                    state=_last(e, notes),
                    group=text(e.group),
                )
                for e in endpoints
            )
        )
    )
    states = [component.state for component in components]
    return StatusReading(
        state=of_monitors([*states, State.UNKNOWN] if lost else states),
        page=source.name,
        components=components,
        warnings=notes.warnings(),
        complete=not lost,
    )


def _last(endpoint: _Endpoint, notes: Notes) -> State:
    """Without a readable last result, nothing is known."""
    dropped = notes.dropped
    results = list(notes.items(endpoint.results, _Result))
    last = newest(results, [moment(result.timestamp) for result in results])
    if last is None or notes.dropped > dropped:
        return State.UNKNOWN
    return State.OPERATIONAL if last.success else State.MAJOR_OUTAGE
