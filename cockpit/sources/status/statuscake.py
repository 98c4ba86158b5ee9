"""StatusCake: the uptime API (`/v1/uptime`) and the public page's report (https://developers.statuscake.com)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec

from cockpit.domain.providers.state import State
from cockpit.domain.providers.status import Component, StatusReading
from cockpit.domain.settings import StatusSource
from cockpit.sources.status.payload import Id, Notes, first_of_each, form_error, of_monitors, root, text

_STATES = {"up": State.OPERATIONAL, "down": State.MAJOR_OUTAGE}


class _Test(msgspec.Struct):
    id: Id
    name: str = ""
    status: str = ""
    paused: bool = False


class _PublicTest(msgspec.Struct, rename="pascal"):
    test_id: Id = msgspec.field(default="", name="TestID")
    name: str = ""
    status: str = ""


class _Document(msgspec.Struct):
    data: Any = None
    public: Any = msgspec.field(default=None, name="TestData")


def read(body: bytes, *_more: bytes, now: datetime, source: StatusSource) -> StatusReading:
    """The tests as they stand. Raises Unreadable when there is no list of tests."""
    document = root(body, _Document)
    notes = Notes(source.name, now)
    if isinstance(document.data, list):
        tests = [(t.id, t.name, t.status) for t in notes.items(document.data, _Test) if not t.paused]
    elif isinstance(document.public, list):
        tests = [(t.test_id or t.name, t.name, t.status) for t in notes.items(document.public, _PublicTest)]
    else:
        raise form_error()
    components = tuple(
        Component(id=text(id_), name=text(name), state=notes.state(_STATES, status.lower()))
        for id_, name, status in tests
    )
    components = tuple(first_of_each(iter(components)))
    states = [component.state for component in components]
    return StatusReading(
        state=of_monitors([*states, State.UNKNOWN] if notes.dropped else states),
        page=source.name,
        components=components,
        warnings=notes.warnings(),
        complete=not notes.dropped,
    )
