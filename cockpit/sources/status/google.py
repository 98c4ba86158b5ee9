"""Google's incident list (Workspace and Cloud): `incidents.json`, a history where no `end` means active.

The document carries its own schema beside it (`incidents.schema.json`).
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any
from urllib.parse import urljoin

import msgspec

from cockpit.domain.providers.state import State
from cockpit.domain.providers.status import Component, Incident, StatusReading, Update, worst
from cockpit.domain.settings import StatusSource
from cockpit.sources.status.payload import (
    Notes,
    decode,
    first_of_each,
    form_error,
    message,
    moment,
    optional,
    text,
)

_IMPACTS = {
    "AVAILABLE": State.OPERATIONAL,
    "SERVICE_INFORMATION": State.DEGRADED,
    "SERVICE_DISRUPTION": State.PARTIAL_OUTAGE,
    "SERVICE_OUTAGE": State.MAJOR_OUTAGE,
}
_URI = re.compile(r"incidents/[A-Za-z0-9_-]+")
_MARKDOWN = re.compile(r"[*#_`]+")


class _Product(msgspec.Struct):
    id: str = ""
    title: str = ""
    current_title: str = ""


class _Products(msgspec.Struct):
    products: Any


class _Update(msgspec.Struct):
    when: str | None = None
    created: str | None = None
    text: str | None = None
    status: str = ""


class _Incident(msgspec.Struct):
    id: str
    begin: Any = None
    created: Any = None
    end: Any = None
    modified: Any = None
    external_desc: str = ""
    status_impact: str = ""
    affected_products: Any = None
    service_name: str = ""
    uri: str = ""
    updates: Any = None
    most_recent_update: Any = None


def requests(source: StatusSource) -> tuple[str, ...]:
    """The list of incidents; the list of products beside it only when some are watched."""
    products = urljoin(source.url, "products.json")
    return (source.url, products) if source.components else (source.url,)


def read(body: bytes, *more: bytes, now: datetime, source: StatusSource) -> StatusReading:
    """The service as its list of incidents says. Raises Unreadable when it is not a list."""
    raw = decode(body)
    if not isinstance(raw, list):
        raise form_error()
    notes = Notes(source.name, now)
    past = list(notes.items([item for item in raw if _has_ended(item)], _Incident))
    dropped = notes.dropped
    present = list(notes.items([item for item in raw if not _has_ended(item)], _Incident))
    lost = notes.dropped > dropped
    incidents = tuple(_incident(event, notes, source.url) for event in first_of_each(iter(present + past)))
    states = [incident.impact for incident in incidents if incident.open]
    # A history of months that is empty, or of which nothing could be read, affirms nothing.
    states.append(State.OPERATIONAL if incidents and not lost else State.UNKNOWN)
    return StatusReading(
        state=worst(states),
        page="Google",
        page_id="google",
        components=_components(more, present + past, notes),
        incidents=incidents,
        warnings=notes.warnings(),
        complete=not lost,
    )


def _has_ended(item: object) -> bool:
    """`end` decides: the last update may still say "information" long after."""
    return isinstance(item, dict) and moment(item.get("end")) is not None


def _incident(event: _Incident, notes: Notes, url: str) -> Incident:
    resolved = moment(event.end)
    impact = _IMPACTS.get(event.status_impact, State.UNKNOWN)
    if resolved is None:
        impact = State.UNKNOWN if event.end else notes.state(_IMPACTS, event.status_impact)
    updates = tuple(
        Update(key="", at=moment(update.when) or moment(update.created), text=message(update.text))
        for update in notes.items(event.updates, _Update)
    )
    last = list(notes.items([event.most_recent_update], _Update)) if event.most_recent_update else []
    return Incident(
        key=text(event.id),
        title=_title(event),
        impact=impact,
        phase="resolved" if resolved else "investigating",
        started=notes.past(event.begin) or notes.past(event.created),
        updated=notes.past(event.modified),
        resolved=resolved,
        components=tuple(name for product in _products(event, notes) for name in product),
        link=urljoin(url, event.uri) if _URI.fullmatch(event.uri) and url.startswith("http") else "",
        message=message(last[0].text) if last else next((update.text for update in updates), ""),
        updates=updates,
    )


def _title(event: _Incident) -> str:
    """The first line that says something, without the marks of Markdown."""
    lines = (text(_MARKDOWN.sub("", line)) for line in event.external_desc.splitlines())
    return next((line for line in lines if line), "") or text(event.service_name) or text(event.id)


def _products(event: _Incident, notes: Notes) -> list[tuple[str, str]]:
    """Id and present title: titles change, ids do not."""
    found = notes.items(event.affected_products, _Product)
    return [(text(p.id), text(p.current_title or p.title)) for p in found if p.id or p.title]


def _components(more: tuple[bytes, ...], events: list[_Incident], notes: Notes) -> tuple[Component, ...]:
    """Every product of `products.json`, and those that incidents name."""
    names: dict[str, str] = {}
    states: dict[str, list[State]] = {}
    listed = optional(more, 0, _Products)
    if listed is not None:
        names = {text(p.id): text(p.title) for p in notes.items(listed.products, _Product) if p.id}
    for event in events:
        for id_, title in _products(event, notes):
            names.setdefault(id_, title)
            if moment(event.end) is None:
                states.setdefault(id_, []).append(_IMPACTS.get(event.status_impact, State.UNKNOWN))
    return tuple(
        Component(id=id_, name=name, state=worst(states.get(id_, [State.OPERATIONAL])))
        for id_, name in names.items()
    )
