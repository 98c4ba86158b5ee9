"""Uptime Kuma's public status page, versions 1 and 2: the page, and the heartbeats beside it.

https://github.com/louislam/uptime-kuma. Times are UTC without zone.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec

from cockpit.domain.providers.state import State
from cockpit.domain.providers.status import Component, Incident, Maintenance, Phase, StatusReading
from cockpit.domain.settings import StatusSource
from cockpit.locale import _
from cockpit.sources.status.payload import (
    Id,
    Notes,
    first_of_each,
    form_error,
    message,
    moment,
    newest,
    of_monitors,
    optional,
    root,
    says_over,
    text,
)

_NEWS = frozenset({"info", "primary", "light", "dark"})
"""Styles of a pinned notice that is news for visitors; only `warning` and `danger` tell of trouble."""
_WINDOWS: dict[str, Phase] = {
    "under-maintenance": "in_progress",
    "scheduled": "scheduled",
    "inactive": "resolved",
    "ended": "resolved",
}
_BEATS = {0: State.MAJOR_OUTAGE, 1: State.OPERATIONAL, 2: State.DEGRADED, 3: State.MAINTENANCE}


class _Config(msgspec.Struct):
    slug: str
    title: str = ""


class _Notice(msgspec.Struct):
    id: Id
    title: str = ""
    content: str | None = None
    style: str = ""
    active: int | bool = True
    createdDate: str | None = None
    lastUpdatedDate: str | None = None


class _Monitor(msgspec.Struct):
    id: Id
    name: str = ""


class _Group(msgspec.Struct):
    name: str = ""
    monitorList: Any = None


class _Window(msgspec.Struct):
    id: Id
    title: str = ""
    status: str = ""


class _Page(msgspec.Struct):
    config: _Config
    publicGroupList: list[Any]
    incident: Any = None
    incidents: Any = None
    maintenanceList: Any = None


class _Beat(msgspec.Struct):
    status: int
    time: str = ""


class _Beats(msgspec.Struct):
    heartbeatList: dict[str, Any]


def requests(source: StatusSource) -> tuple[str, ...]:
    """The page and its heartbeats, from any of its addresses."""
    base, _slash, slug = source.url.rstrip("/").rpartition("/")
    base = base.removesuffix("/heartbeat").removesuffix("/status").removesuffix("/api/status-page")
    if "://" not in base:
        base, slug = source.url.rstrip("/"), "default"
    return f"{base}/api/status-page/{slug}", f"{base}/api/status-page/heartbeat/{slug}"


def read(body: bytes, *more: bytes, now: datetime, source: StatusSource) -> StatusReading:
    """The page as its monitors' last beats say. Raises Unreadable when it is not one."""
    page = root(body, _Page)
    if not page.config.slug:
        raise form_error()
    notes = Notes(source.name, now)
    listed = optional(more, 0, _Beats)
    beats = listed.heartbeatList if listed else {}
    components = _components(page.publicGroupList, beats, notes)
    states = [component.state for component in components]
    if notes.dropped:
        states.append(State.UNKNOWN)
    notices = page.incidents if isinstance(page.incidents, list) else [page.incident] if page.incident else []
    dropped = notes.dropped
    pinned = [notice for notice in first_of_each(notes.items(notices, _Notice)) if notice.active]
    for notice in pinned:
        if notice.style in _NEWS:
            notes.add(_("notice: {title}").format(title=text(notice.title)))
    incidents = tuple(_incident(notice, notes) for notice in pinned if notice.style not in _NEWS)
    windows = list(notes.items(page.maintenanceList, _Window))
    return StatusReading(
        state=of_monitors(states),
        page=text(page.config.title),
        page_id=text(page.config.slug),
        components=components,
        incidents=incidents,
        maintenances=tuple(
            Maintenance(
                key=text(window.id),
                title=text(window.title),
                phase=_WINDOWS.get(window.status, "scheduled"),
            )
            for window in windows
        ),
        warnings=notes.warnings(),
        complete=notes.dropped == dropped,
    )


def _components(groups: list[Any], beats: dict[str, Any], notes: Notes) -> tuple[Component, ...]:
    found: dict[str, Component] = {}
    for group in notes.items(groups, _Group):
        for monitor in notes.items(group.monitorList, _Monitor):
            id_ = text(monitor.id)
            state = _last(beats.get(id_), notes)
            found.setdefault(
                id_, Component(id=id_, name=text(monitor.name), state=state, group=text(group.name))
            )
    return tuple(found.values())


def _last(raw: object, notes: Notes) -> State:
    """The newest beat, whatever their order; a monitor without beats is unknown, not down."""
    dropped = notes.dropped
    beats = list(notes.items(raw, _Beat))
    last = newest(beats, [moment(beat.time) for beat in beats])
    if last is None or notes.dropped > dropped:
        return State.UNKNOWN
    return notes.state(_BEATS, last.status)


def _incident(notice: _Notice, notes: Notes) -> Incident:
    """A notice of trouble that the owner pinned. Its style is a colour: a degradation and no more, and
    over when its words begin so."""
    over = says_over(text(notice.title)) or says_over(message(notice.content))
    return Incident(
        key=text(notice.id),
        title=text(notice.title),
        impact=State.DEGRADED,
        phase="resolved" if over else "investigating",
        started=notes.past(notice.createdDate),
        updated=notes.past(notice.lastUpdatedDate),
        message=message(notice.content),
    )
