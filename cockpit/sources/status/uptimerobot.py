"""UptimeRobot's public status pages: `api/getMonitorList/ID` beside the page, in pages of thirty.

The form is not documented; it is what the page itself reads. Monitors know only up and down.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit, urlunsplit

import msgspec

from cockpit.domain.providers.state import State
from cockpit.domain.providers.status import Component, StatusReading
from cockpit.domain.settings import StatusSource
from cockpit.locale import _
from cockpit.sources.status.payload import (
    Id,
    Notes,
    UnreadablePage,
    first_of_each,
    form_error,
    of_monitors,
    root,
    text,
)

_STATES = {"success": State.OPERATIONAL, "warning": State.DEGRADED, "danger": State.MAJOR_OUTAGE}
_PAUSED = "black"
_LIST = "/api/getMonitorList/"
_IN_PAGE = re.compile(r"getMonitorList/([A-Za-z0-9-]{4,40})")


class _Monitor(msgspec.Struct):
    monitorId: Id
    statusClass: str
    name: str = ""


class _Psp(msgspec.Struct):
    monitors: list[Any]
    totalMonitors: int = 0
    perPage: int = 0


class _Document(msgspec.Struct):
    psp: _Psp
    status: str = ""


def requests(source: StatusSource) -> tuple[str, ...]:
    """The first page of the monitors, from the address of the status page or of the list itself."""
    parts = urlsplit(source.url)
    path = parts.path.rstrip("/")
    page = path.rpartition("/")[2]
    listed = parts.path if _LIST in parts.path else f"{_LIST}{page}"
    return (urlunsplit((parts.scheme, parts.netloc, listed, "page=1", "")),)


def in_page(html: str, url: str) -> str:
    """The address of the list that a status page on its own domain reads; empty when it reads none."""
    found = _IN_PAGE.search(html)
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc, _LIST + found[1], "page=1", "")) if found else ""


def next_page(body: bytes, url: str) -> str:
    """The address of the following page of monitors; empty on the last one."""
    try:
        psp = root(body, _Document).psp
    except UnreadablePage:
        return ""
    parts = urlsplit(url)
    number = parse_qs(parts.query).get("page", ["1"])[0]
    at = int(number) if number.isascii() and number.isdigit() and len(number) < 4 else 1
    if psp.perPage <= 0 or at * psp.perPage >= psp.totalMonitors:
        return ""
    return urlunsplit(parts._replace(query=urlencode({"page": at + 1})))


def read(body: bytes, *more: bytes, now: datetime, source: StatusSource) -> StatusReading:
    """The page as its monitors say. Raises Unreadable when it is not a list of them."""
    document = root(body, _Document)
    if document.status != "ok":
        raise form_error()
    notes = Notes(source.name, now)
    raw, total = list(document.psp.monitors), document.psp.totalMonitors
    for page in more:
        try:
            raw += root(page, _Document).psp.monitors
        except UnreadablePage:
            break
    monitors = list(first_of_each(notes.items(raw, _Monitor), "monitorId"))
    components = tuple(
        Component(id=text(each.monitorId), name=text(each.name), state=notes.state(_STATES, each.statusClass))
        for each in monitors
        if each.statusClass != _PAUSED
    )
    missed = len(raw) < total
    if missed:
        notes.add(_("only {n} of {total} monitors were read").format(n=len(raw), total=total))
    lost = missed or bool(notes.dropped)
    states = [component.state for component in components]
    return StatusReading(
        state=of_monitors([*states, State.UNKNOWN] if lost else states),
        page=source.name,
        components=components,
        warnings=notes.warnings(),
        complete=not lost,
    )
