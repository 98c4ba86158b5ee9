"""cState `index.json`: the word of the whole, each system, and what is not resolved.

https://github.com/cstate/cstate (layouts/index.json). A `notice` is an announcement, not a fault.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec

from cockpit.domain.providers.state import State
from cockpit.domain.providers.status import Component, Incident, StatusReading, worst
from cockpit.domain.settings import StatusSource
from cockpit.locale import _
from cockpit.sources.status.payload import Notes, first_of_each, link, moment, root, text

_STATES = {
    "ok": State.OPERATIONAL,
    "notice": State.OPERATIONAL,
    "disrupted": State.PARTIAL_OUTAGE,
    "down": State.MAJOR_OUTAGE,
}


class _System(msgspec.Struct):
    name: str
    status: str = ""
    category: str = ""
    unresolvedIssues: Any = None


class _Issue(msgspec.Struct):
    title: str
    permalink: str = ""
    severity: str = ""
    createdAt: Any = None
    lastMod: Any = None
    resolved: bool = False
    informational: bool = False
    affected: Any = None


class _Index(msgspec.Struct):
    summaryStatus: str
    systems: Any = None
    title: str = ""


def read(body: bytes, *_more: bytes, now: datetime, source: StatusSource) -> StatusReading:
    """The page as its index says. Raises Unreadable when it is not one."""
    index = root(body, _Index)
    notes = Notes(source.name, now)
    systems = list(first_of_each(notes.items(index.systems, _System), "name"))
    components = tuple(
        Component(
            id=text(system.name),
            name=text(system.name),
            state=notes.state(_STATES, system.status),
            group=text(system.category),
        )
        for system in systems
    )
    issues = [issue for system in systems for issue in notes.items(system.unresolvedIssues, _Issue)]
    lost = bool(notes.dropped)
    news = [issue for issue in issues if issue.informational or issue.severity == "notice"]
    for issue in news:
        notes.add(_("notice: {title}").format(title=text(issue.title)))
    faults = [issue for issue in issues if issue not in news]
    states = [notes.state(_STATES, index.summaryStatus), *(component.state for component in components)]
    return StatusReading(
        state=worst([*states, State.UNKNOWN] if lost else states),
        page=text(index.title),
        indicator=text(index.summaryStatus),
        components=components,
        incidents=tuple(first_of_each(iter(_incident(issue, notes) for issue in faults), "key")),
        warnings=notes.warnings(),
        complete=not lost,
    )


def _incident(issue: _Issue, notes: Notes) -> Incident:
    touched = issue.affected if isinstance(issue.affected, list) else []
    return Incident(
        key=link(issue.permalink) or text(issue.title),
        title=text(issue.title),
        impact=notes.state(_STATES, issue.severity),
        phase="resolved" if issue.resolved else "investigating",
        started=_written(issue.createdAt),
        updated=_written(issue.lastMod),
        components=tuple(name for each in touched if (name := text(each))),
        link=link(issue.permalink),
    )


def _written(value: object) -> datetime | None:
    """The time of Hugo, `2026-11-20 08:00:00 +0000 UTC`, without its last word."""
    stamp = text(value).split(" ")
    return moment(" ".join(stamp[:2]) + stamp[2]) if len(stamp) >= 3 else moment(value)
