"""All blocks of one event read together: its master, its overrides, and when it takes place."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from typing import Any

from icalendar import Event
from icalendar.prop import vDDDTypes

from cockpit.domain.agenda.events import (
    MORE_REPAIRS,
    TOO_COSTLY,
    UNFINISHED,
    EventCard,
    Issue,
    Span,
    instance_id,
    span,
)
from cockpit.domain.dataclasses import dataclass, field
from cockpit.domain.text import clean
from cockpit.locale import N_
from cockpit.sources.ical.card import card
from cockpit.sources.ical.expand import UNREADABLE, Window, expand, first, moment, single
from cockpit.sources.ical.repair import repair
from cockpit.sources.ical.until import day_meant
from cockpit.sources.ical.zones import Zones

UNREADABLE_EVENT = N_("this event could not be read and was left out")
UNREADABLE_PART = N_("a property of this event could not be read and was left out")
UNREADABLE_SERIES = N_("the repetitions of this event could not be read; only its first date is shown")
MANY_INSTANCES = N_("this event repeats too often; only its next dates are shown")
ENDS_FIRST = N_("this event ends before it begins; its end was left out")
SHARED_UID = N_("several events have the same identity; each is shown")

_REPEATING = ("RRULE", "RDATE", "EXDATE")


READ_S = 60.0
"""Seconds of a processor that the repetitions of one feed may take at a time."""
MOST_INSTANCES = 500_000
"""Instances of one feed that are stored."""
MOST_AT_ONCE = 200_000
"""Those of one reading: what comes beyond waits for the next."""
MOST_REPAIRS = 5_000
"""Repairs of one reading that are told."""


class Budget:
    """What one reading of a feed may cost in all, so that no feed can fill memory or never end.

    Time is the processor's, of the thread that reads (`spent`): a machine that sleeps spends none.
    """

    def __init__(
        self,
        *,
        seconds: float = READ_S,
        instances: int = MOST_INSTANCES,
        at_once: int = MOST_AT_ONCE,
        repairs: int = MOST_REPAIRS,
        spent: Callable[[], float] = time.thread_time,
    ) -> None:
        self._spent = spent
        self._until = spent() + seconds
        self._instances = instances
        self._at_once = at_once
        self._repairs = repairs
        self._has_cut = False

    def use(self, instances: int) -> None:
        """Count what was made."""
        self._instances -= instances
        self._at_once -= instances

    def told(self, issues: Sequence[Issue]) -> list[Issue]:
        """The repairs of an event that are told: what it lacks is told always."""
        lacks = [each for each in issues if each.what in (UNFINISHED, TOO_COSTLY)]
        mended = [each for each in issues if each.what not in (UNFINISHED, TOO_COSTLY)]
        told, rest = mended[: self._repairs], mended[self._repairs :]
        more = [Issue("", "", MORE_REPAIRS)] if rest and not self._has_cut else []
        self._has_cut = self._has_cut or bool(rest)
        self._repairs -= len(told)
        return [*told, *more, *lacks]

    @property
    def refusal(self) -> str:
        """Why no more series is read, as an English message; empty while there is room."""
        if self._instances <= 0:
            return TOO_COSTLY
        return UNFINISHED if self._at_once <= 0 or self._spent() >= self._until else ""


@dataclass(kw_only=True)
class EventReading:
    """One event read. Positions are those of its blocks."""

    cards: dict[int, tuple[str, EventCard]] = field(default_factory=dict)
    """For each readable block, the instance that it replaces (empty for a master) and what it says."""
    spans: list[tuple[int, Span]] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)

    def say(self, uid: str, event: Event, what: str) -> None:
        """Record a repair."""
        self.issues.append(Issue(uid, clean(str(event.get("SUMMARY", "")), 120), what))


def read_series(
    uid: str,
    blocks: Sequence[bytes],
    zones: Zones,
    windows: Sequence[Window],
    *,
    emails: frozenset[str] = frozenset(),
    budget: Budget,
) -> EventReading:
    """The blocks of the event `uid`, and its instances that touch one of `windows`.

    A block that cannot be read costs that block; rules that cannot be followed cost the repetitions.
    """
    reading = EventReading()
    try:
        events = _read_all(uid, blocks, zones, reading, emails)
        for family in _families(uid, events, reading):
            _place(uid, family, windows, reading, budget)
    except UNREADABLE:
        # What no other boundary foresaw costs this event, never the calendar.
        reading = EventReading()
        reading.issues.append(Issue(uid, "", UNREADABLE_EVENT))
    reading.issues = budget.told(reading.issues)
    return reading


def _read_all(
    uid: str, blocks: Sequence[bytes], zones: Zones, reading: EventReading, emails: frozenset[str]
) -> dict[int, Event]:
    """The readable blocks by their position; their cards are added to `reading`."""
    events: dict[int, Event] = {}
    repaired: set[int] = set()
    for position, block in enumerate(blocks):
        said = len(reading.issues)
        event = _read(uid, block, zones, reading)
        if event is not None:
            events[position] = event
            repaired |= {position} if len(reading.issues) > said else set()
    if len(events) > 1:
        _fit_overrides(list(events.values()))
    for position, event in events.items():
        reading.cards[position] = (_replaced(event), card(event, emails, repaired=position in repaired))
    return events


def _read(uid: str, block: bytes, zones: Zones, reading: EventReading) -> Event | None:
    try:
        repaired = repair(block, uid, zones)
        reading.issues.extend(repaired.issues)
        if not repaired.readable:
            return None
        event = Event.from_ical("BEGIN:VEVENT\n" + "\n".join(repaired.lines) + "\nEND:VEVENT\n")
        assert isinstance(event, Event)
        for name, _error in event.errors:
            reading.issues.append(Issue(uid, clean(str(name), 120), UNREADABLE_PART))
            event.pop(str(name), None)
        if _ends_first(event):
            reading.say(uid, event, ENDS_FIRST)
            del event["DTEND"]
    except UNREADABLE:
        reading.issues.append(Issue(uid, "", UNREADABLE_EVENT))
        return None
    event["UID"] = uid
    return event


def _ends_first(event: Event) -> bool:
    """Whether the event ends before it begins. Raises one of UNREADABLE when it cannot be told."""
    start = first(event).starts
    end = moment(event, "DTEND") if "DTEND" in event else None
    return end is not None and span(end, end).starts < start


def _replaced(event: Event) -> str:
    """The instance that an override replaces, as `instance_id` names it; empty for a master."""
    if "RECURRENCE-ID" not in event:
        return ""
    at = moment(event, "RECURRENCE-ID")
    return instance_id(span(at, at))


def _families(uid: str, events: dict[int, Event], reading: EventReading) -> list[dict[int, Event]]:
    """The events that make one series each: several masters with one uid are as many series.

    A later version (SEQUENCE) of a master replaces it. Overrides go with the first master that repeats.
    """
    overrides = {n: event for n, event in events.items() if "RECURRENCE-ID" in event}
    masters = {n: event for n, event in events.items() if n not in overrides}
    if len(masters) > 1:
        latest = max(_sequence(event) for event in masters.values())
        masters = {n: event for n, event in masters.items() if _sequence(event) == latest}
    version = max((_sequence(event) for event in masters.values()), default=0)
    for event in overrides.values():
        if _sequence(event) >= version:
            event.pop("RRULE", None)
    if len(masters) <= 1:
        return [masters | overrides] if events else []
    reading.say(uid, next(iter(masters.values())), SHARED_UID)
    repeating = [n for n, event in masters.items() if _repeats(event)] or list(masters)
    return [{n: event} | (overrides if n == repeating[0] else {}) for n, event in masters.items()]


def _sequence(event: Event) -> int:
    return int(event.get("SEQUENCE", 0))


def _repeats(event: Event) -> bool:
    return any(name in event for name in _REPEATING)


def _place(
    uid: str, family: dict[int, Event], windows: Sequence[Window], reading: EventReading, budget: Budget
) -> None:
    """Add to `reading` the instances of one series."""
    if len(family) == 1:
        ((position, event),) = family.items()
        if not _repeats(event) or "RECURRENCE-ID" in event:
            found = single(event, windows)
            reading.spans.extend([(position, found)] if found else [])
            return
    positions, events = list(family), list(family.values())
    problem = budget.refusal
    if not problem:
        try:
            spans, cut = expand(events, windows)
        except UNREADABLE:
            problem = UNREADABLE_SERIES
        else:
            budget.use(len(spans))
            reading.spans.extend((positions[n], found) for n, found in spans)
            if cut:
                reading.say(uid, events[0], MANY_INSTANCES)
            return
    reading.say(uid, events[0], problem)
    for position, event in family.items():
        found = single(event, windows)
        reading.spans.extend([(position, found)] if found else [])


def _fit_overrides(events: Sequence[Event]) -> None:
    """Write each RECURRENCE-ID as the series writes its own dates, whatever its instance has become.

    Outlook and Notes give a date to timed series; an instance made to last all day, or to have an hour,
    keeps the type of its own start, and often is told in UTC, on the neighbouring date.
    """
    masters = [event for event in events if "RECURRENCE-ID" not in event]
    master = next((event for event in masters if _repeats(event)), next(iter(masters), None))
    if master is None:
        return
    start = moment(master, "DTSTART")
    for event in events:
        replaced: Any = event.get("RECURRENCE-ID")
        if replaced is None:
            continue
        fitted = _fitted(replaced.dt, start)
        if fitted is not replaced.dt:
            value = vDDDTypes(fitted)
            if "RANGE" in replaced.params:
                value.params["RANGE"] = replaced.params["RANGE"]
            event["RECURRENCE-ID"] = value


def _fitted(at: date, start: date) -> date:
    """The instance that `at` names, in the type and the zone of its series' start."""
    if not isinstance(start, datetime):
        if not isinstance(at, datetime):
            return at
        return day_meant(at.replace(tzinfo=None)) if at.tzinfo is UTC or _is_utc(at) else at.date()
    if not isinstance(at, datetime):
        return datetime.combine(at, start.timetz())
    if start.tzinfo is None or at.tzinfo is start.tzinfo:
        return at
    return at.replace(tzinfo=start.tzinfo) if at.tzinfo is None else at.astimezone(start.tzinfo)


def _is_utc(at: datetime) -> bool:
    return str(at.tzinfo) in ("UTC", "Etc/UTC")
