"""Repetitions turned into instances by recurring-ical-events, not replayed from their first date."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import Any

from dateutil.rrule import (  # type: ignore[import-untyped]
    DAILY,
    HOURLY,
    MINUTELY,
    MONTHLY,
    SECONDLY,
    WEEKLY,
    YEARLY,
)
from icalendar import Calendar, Event
from recurring_ical_events import CalendarQuery
from recurring_ical_events.selection.name import ComponentsWithName
from recurring_ical_events.series.rrule import Series
from recurring_ical_events.util import (
    compare_greater,
    convert_to_datetime,
    is_pytz,
    to_recurrence_ids,
)

from cockpit.domain.agenda.events import Span, span, timed

MAX_INSTANCES = 2_000
"""Instances of one series in one window."""

UNREADABLE = (ValueError, TypeError, KeyError, AttributeError, ArithmeticError, IndexError, AssertionError)
"""What the readers of calendars raise on values that they did not foresee."""

Window = tuple[date, date]
"""Days, the end excluded."""

_STEPS = {
    SECONDLY: timedelta(seconds=1), MINUTELY: timedelta(minutes=1), HOURLY: timedelta(hours=1),
    DAILY: timedelta(days=1), WEEKLY: timedelta(weeks=1),
}  # fmt: skip
_ONE_DAY = timedelta(days=1)
_ONE_SECOND = timedelta(seconds=1)


class _Instance:
    """What the library makes of one instance, without the checks that the window's margin makes needless."""

    __slots__ = ("end", "event", "explicit", "start")

    def __init__(self, adapter: Any, start: date | None = None, end: date | None = None) -> None:
        self.event: Event = adapter._component
        self.explicit = start is None
        self.start: date = adapter.start if start is None else start
        self.end: date = adapter.end if end is None else end

    def is_in_span(self, _start: datetime, _stop: datetime) -> bool:
        """Its rules were already asked for these days only."""
        return True


class SeekingSeries(Series):  # type: ignore[misc]  # the library is not typed
    """A series whose rules start near the days asked: the cost no longer grows with its age."""

    class RecurrenceRules(Series.RecurrenceRules):  # type: ignore[misc]
        """The rules of a series, at most MAX_INSTANCES of them at a time."""

        cut = False
        rrules: list[Any]

        def rrule_between(self, span_start: Any, span_stop: Any) -> Iterator[datetime]:
            """The starts between two moments."""
            rules = self.rrules
            self.rrules = [
                rule if position == 0 else sought(rule, span_start) for position, rule in enumerate(rules)
            ]
            try:
                found = super().rrule_between if is_pytz(self.tzinfo) else self._between
                starts = list(islice(found(span_start, span_stop), MAX_INSTANCES + 1))
            finally:
                self.rrules = rules
            self.cut = self.cut or len(starts) > MAX_INSTANCES
            return iter(starts[:MAX_INSTANCES])

        def _between(self, span_start: Any, span_stop: Any) -> Iterator[datetime]:
            """As the library's, without what zones of another kind would need for each start."""
            lo, hi = (convert_to_datetime(edge, self.tzinfo) for edge in (span_start, span_stop))
            for rule in self.rrules:
                for start in rule.between(lo, hi, inc=True):
                    if rule.until is None or not compare_greater(start, rule.until):
                        yield start

    occurrence = _Instance
    _subtract_from_start: timedelta

    def between(self, span_start: Any, span_stop: Any) -> Iterator[_Instance]:
        """The instances between two moments. Where no instance was ever changed there is nothing to look up."""
        recurrence = self.recurrence
        plain = recurrence.has_core and not (self.modifications or recurrence.replace_ends)
        if not plain or is_pytz(recurrence.tzinfo):
            yield from super().between(span_start, span_stop)
            return
        core, duration, returned = recurrence.core, recurrence.core.duration, set[datetime]()
        edges = (recurrence.original_start, recurrence.original_end)
        whole = not any(isinstance(edge, datetime) for edge in edges)
        days, moments = recurrence.check_exdates_date, recurrence.check_exdates_datetime
        for start in self.rrule_between(span_start, span_stop):
            if start in returned:
                continue
            if (days and start.date() in days) or (moments and moments & set(to_recurrence_ids(start))):
                continue
            returned.add(start)
            end = start + duration
            yield _Instance(core, start.date(), end.date()) if whole else _Instance(core, start, end)

    def compute_span_extension(self) -> None:
        """Also look back by the longest RDATE period, which may outlast the event's own duration."""
        super().compute_span_extension()
        periods = self.recurrence.replace_ends.values()
        self._subtract_from_start = max(self._subtract_from_start, *periods, timedelta())


def sought(rule: Any, until: datetime) -> Any:
    """`rule` begun again shortly before `until`, in the same phase, if its past does not matter to it."""
    if rule._count or rule._bysetpos:
        return rule
    start: datetime = rule._dtstart
    ahead = until.replace(tzinfo=None) - start.replace(tzinfo=None) - 2 * _ONE_DAY
    begin = start
    if rule._freq in _STEPS:
        step = _STEPS[rule._freq] * rule._interval
        begin = start + max(ahead // step - 1, 0) * step
    elif rule._freq in (MONTHLY, YEARLY) and start.day <= 28:
        months = (1 if rule._freq == MONTHLY else 12) * rule._interval
        steps = max(ahead // timedelta(days=31 * months) - 1, 0)
        years, month = divmod(start.year * 12 + start.month - 1 + steps * months, 12)
        begin = start.replace(year=years, month=month + 1)
    if begin == start:
        return rule
    moved = rule.replace(dtstart=begin, cache=False)
    moved.until = rule.until
    return moved


def expand(events: Sequence[Event], windows: Sequence[Window]) -> tuple[list[tuple[int, Span]], bool]:
    """The instances of one series in `windows`, by the position of the event that tells them.

    `events` are its master and overrides. Also whether there were too many. Raises one of UNREADABLE.
    """
    calendar = Calendar()
    for event in events:
        calendar.add_component(event)
    positions = {id(event): position for position, event in enumerate(events)}
    query = CalendarQuery(calendar, components=[ComponentsWithName("VEVENT", series=SeekingSeries)])
    found: dict[tuple[int, Span], None] = {}
    cut = False
    for series in query.series:
        for window in windows:
            for instance in series.between(*padded(window)):
                placed = first(instance.event) if instance.explicit else _placed(instance.start, instance.end)
                found[positions[id(instance.event)], placed] = None
        cut = cut or getattr(series.recurrence, "cut", False)
    return list(found), cut


def single(event: Event, windows: Sequence[Window]) -> Span | None:
    """When an event that does not repeat takes place, if it touches one of `windows`."""
    placed = first(event)
    for lo, hi in windows:
        start, stop = (int(edge.timestamp()) for edge in padded((lo, hi)))
        if placed.starts < stop and (placed.ends > start or placed.starts >= start):
            return placed
    return None


def first(event: Event) -> Span:
    """When an event takes place by its own dates, whatever its rules."""
    start = moment(event, "DTSTART")
    if "DTEND" in event:
        return span(start, moment(event, "DTEND"))
    if "DURATION" in event:
        length: Any = event["DURATION"]
        return _placed(start, start + length.dt)
    return span(start, start)


def moment(event: Event, name: str) -> date:
    """The date or time that the property `name` of `event` holds. Raises one of UNREADABLE."""
    held: Any = event[name]
    assert isinstance(held.dt, date)
    return held.dt


def padded(window: Window) -> tuple[datetime, datetime]:
    """The window in UTC and a day more on each side, so that it holds its days in every zone."""
    lo, hi = (datetime.combine(day, time.min, UTC) for day in window)
    return lo - _ONE_DAY, hi + _ONE_DAY


def _placed(start: date, end: date) -> Span:
    """From `start` to `end`, which came by adding wall time: a length under a day is exact instead.

    RFC 5545 3.8.2.5: the time part of a duration is exact, its days are nominal.
    """
    if isinstance(start, datetime) and isinstance(end, datetime) and start.tzinfo is end.tzinfo:
        length = end - start
        if start.tzinfo and length < _ONE_DAY:
            starts = int(start.timestamp())
            return timed(starts, starts + length // _ONE_SECOND)
    return span(start, end)
