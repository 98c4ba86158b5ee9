"""Business time: instants and durations measured in the opening hours of a calendar. Rules: docs/promises.md.

Everything is one function, `Calendar.open_seconds(t)`: the open seconds up to `t`. It is compiled to
intervals of epoch seconds, year by year on demand, so that `between` and `add` are two bisections.
Instants are aware datetimes with whole seconds (fractions are dropped); what comes back is in UTC.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

from cockpit.domain.dataclasses import dataclass, field
from cockpit.domain.time.opening_hours import (
    Span,
    is_always,
    minute_of_day,
    parse_exceptions,
    parse_week,
    wall_time,
    zone_named,
)
from cockpit.domain.time.timeline import Interval, Timeline, instant_of, intervals_of
from cockpit.domain.time.weekdays import SHORT
from cockpit.locale import _

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

Pause = tuple[datetime, datetime | None]
"""Half-open; no end means that it still runs."""

FIRST_YEAR, LAST_YEAR = 1970, 2199
"""Outside these local years a calendar is closed."""
EDGE_YEARS = 10
"""How far the next opening or closing is looked for."""


class NoBusinessTime(ValueError):
    """The calendar has no open hour left where one was looked for."""


@dataclass(frozen=True)
class Calendar:
    """Opening hours in one zone. A dated exception wins over a holiday, a holiday over the week.

    Raises ValueError when a week has not seven days or when spans overlap, are unsorted or cross midnight.
    """

    id: str
    tz: str
    """IANA name."""
    week: tuple[tuple[Span, ...], ...]
    """Spans of Monday to Sunday."""
    holidays: frozenset[date] = frozenset()
    exceptions: Mapping[date, tuple[Span, ...]] = field(default_factory=dict, hash=False)
    """Dated hours that replace those of the day; no span closes it."""
    _timeline: Timeline = field(default_factory=Timeline, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if len(self.week) != 7:
            raise ValueError(f"a week has seven days, not {len(self.week)}")
        for spans in (*self.week, *self.exceptions.values()):
            edges = [0, *(minute for span in spans for minute in span), 1440]
            if edges != sorted(edges) or any(start == end for start, end in spans):
                shown = ", ".join(f"{wall_time(a)}-{wall_time(b)}" for a, b in spans)
                raise ValueError(_("hours overlap, or are not in order: {hours}").format(hours=shown))

    @cached_property
    def zone(self) -> ZoneInfo:
        """The zone of `tz`. Raises ValueError when this machine knows no such zone."""
        return zone_named(self.tz)

    def spans(self, day: date) -> tuple[Span, ...]:
        """The opening hours of a local day."""
        if day in self.exceptions:
            return self.exceptions[day]
        return () if day in self.holidays else self.week[day.weekday()]

    def open_on(self, day: date) -> list[tuple[datetime, datetime]]:
        """The opening hours of a local day as instants, in their order."""
        found = intervals_of(day, self.spans(day), self.zone)
        return [(_instant(start), _instant(end)) for start, end in found]

    def is_business_day(self, day: date) -> bool:
        """Whether the calendar opens at all on a local day."""
        return bool(self.spans(day))

    def is_holiday(self, day: date) -> bool:
        """Whether a local day is a public holiday or a dated closing, whatever its weekday."""
        return not self.exceptions[day] if day in self.exceptions else day in self.holidays

    def add_business_days(self, day: date, n: int) -> date:
        """The `n`-th business day after `day` (before it when negative); `day` itself for 0."""
        step = timedelta(days=1 if n > 0 else -1)
        left = abs(n)
        while left:
            if not FIRST_YEAR <= day.year <= LAST_YEAR or not self._ever_opens:
                raise NoBusinessTime(f"no business day to count in calendar {self.id!r}")
            day += step
            left -= self.is_business_day(day)
        return day

    def first_business_day(self, day: date) -> date:
        """`day` if it is a business day, else the next one."""
        return day if self.is_business_day(day) else self.add_business_days(day, 1)

    def is_open(self, at: datetime) -> bool:
        """Whether `at` is within opening hours; the instant of closing is not."""
        return self.open_seconds(_seconds(at) + 1) > self.open_seconds(_seconds(at))

    def between(self, a: datetime, b: datetime) -> int:
        """Open seconds from `a` to `b`, negative when `b` is earlier."""
        return self.open_seconds(_seconds(b)) - self.open_seconds(_seconds(a))

    def add(self, start: datetime, seconds: int) -> datetime:
        """The earliest instant with `seconds` of open time since `start`.

        It lands on a closing, never on an opening; zero gives `start`, even when closed. Raises
        NoBusinessTime when the calendar never opens long enough.
        """
        if seconds <= 0:
            if seconds < 0:
                raise ValueError("a duration of business time is not negative")
            return start.astimezone(UTC)
        return _instant(self._reach(self.open_seconds(_seconds(start)) + seconds))

    def last_on_time(self, start: datetime, seconds: int, pauses: Iterable[Pause] = ()) -> datetime | None:
        """The latest instant with at most `seconds` consumed: `met` is `end <= last_on_time`.

        It differs from `due` when that falls on a closing. None as in `due`.
        """
        after = self.due(start, seconds + 1, pauses)
        return after and after - timedelta(seconds=1)

    def elapsed(self, start: datetime, at: datetime, pauses: Iterable[Pause] = ()) -> int:
        """Open seconds from `start` to `at` that no pause covers."""
        lost = sum(self.between(a, min(b or at, at)) for a, b in _union(pauses, start) if a < at)
        return self.between(start, at) - lost

    def due(self, start: datetime, seconds: int, pauses: Iterable[Pause] = ()) -> datetime | None:
        """The earliest instant at which `elapsed` reaches `seconds`.

        None while a pause without end hides it. Raises NoBusinessTime as `add` does.
        """
        for a, b in _union(pauses, start):
            reached = self.add(start, seconds)
            if reached <= a:
                return reached
            if b is None:
                return None
            seconds -= self.between(start, a)
            start = b
        return self.add(start, seconds)

    def due_in_days(
        self, start: datetime, n: int, at: time | str, cutoff: time | None = None,
        pauses: Sequence[Pause] = (),
    ) -> datetime | None:  # fmt: skip
        """J+`n` at a local time, or at the day's `"open"` or `"close"`.

        J is the local day of `start` if it is a business day and the time is not after `cutoff`, else the
        next business day. Open time lost to pauses before that is given back after it. None as in `due`.
        """
        local = start.astimezone(self.zone)
        day = local.date()
        if cutoff is not None and local.time() > cutoff:
            day += timedelta(days=1)
        day = self.add_business_days(self.first_business_day(day), n)
        planned = self._wall(day, at)
        if any(b is None and a < planned for a, b in pauses):
            return None
        lost = self.between(start, planned) - self.elapsed(start, planned, pauses)
        return self.due(planned, lost, pauses)

    def next_opening(self, after: datetime) -> datetime:
        """The first instant later than `after` at which the calendar opens. Raises NoBusinessTime."""
        at = _seconds(after)
        self.open_seconds(at)
        starts = self._timeline.starts
        while (index := bisect_right(starts, at)) >= len(starts):
            self._grow(_instant(at).year + EDGE_YEARS)
        return _instant(starts[index])

    def open_seconds(self, at: int) -> int:
        """Open seconds up to the epoch second `at`, from an origin that is fixed for this calendar."""
        line = self._timeline
        if not line.low <= at < line.high:
            # The local year may be that of the day before or after in UTC.
            for near in (at - _DAY, at + _DAY):
                self._compile(_instant(min(max(near, 0), _END)).year)
        return line.counted(at)

    @cached_property
    def _ever_opens(self) -> bool:
        return any(self.week) or any(self.exceptions.values())

    def _reach(self, total: int) -> int:
        line = self._timeline
        while line.total < total:
            self._grow()
        return line.instant(total)

    def _grow(self, last: int = LAST_YEAR) -> None:
        if not self._ever_opens or self._timeline.last >= min(last, LAST_YEAR):
            raise NoBusinessTime(f"calendar {self.id!r} has no open hour left")
        self._compile(self._timeline.last + 1)

    def _compile(self, year: int) -> None:
        line = self._timeline
        if not line.last:
            line.append(year, self._intervals(year))
        for earlier in range(line.first - 1, year - 1, -1):
            line.prepend(earlier, self._intervals(earlier))
        for later in range(line.last + 1, year + 1):
            line.append(later, self._intervals(later))

    def _intervals(self, year: int) -> list[Interval]:
        days = map(date.fromordinal, range(date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal()))
        return [
            interval
            for day in days
            if (spans := self.spans(day))
            for interval in intervals_of(day, spans, self.zone)
        ]

    def _wall(self, day: date, at: time | str) -> datetime:
        if isinstance(at, time):
            return _instant(instant_of(day, at.hour * 60 + at.minute, self.zone, last=True))
        spans = self.spans(day)
        if at == "open":
            return _instant(instant_of(day, spans[0][0], self.zone))
        if at == "close":
            return _instant(instant_of(day, spans[-1][1], self.zone, last=True))
        raise ValueError(f"{at!r} is neither open, close nor a time")


def parse_hours(
    text: str, tz: str, holidays: Iterable[date] = (), id: str = "", exceptions: str = ""
) -> Calendar:
    """The calendar of `mon-fri 09:00-12:30 14:00-18:00; sat 09:00-12:00`, in French too, or of `24x7`.

    `exceptions` are dated hours such as `2026-12-24 09:00-12:00`. Public holidays close no service that runs
    day and night all week. Raises ValueError naming what is wrong.
    """
    zone_named(tz)  # so that a wrong name is refused now
    closed = frozenset[date]() if is_always(text) else frozenset(holidays)
    return Calendar(id or text, tz, parse_week(text), closed, parse_exceptions(exceptions))


def calendar_from_mapping(data: Mapping[str, Any]) -> Calendar:
    """The calendar of a mapping of plain values.

    `{id, tz, week: {mon: [["09:00", "12:00"]]}, holidays: ["2026-12-25"], exceptions: {"2026-12-24": []}}`.
    Raises ValueError or KeyError when it is not of that form.
    """

    def spans(pairs: Iterable[Sequence[str]]) -> tuple[Span, ...]:
        return tuple((minute_of_day(start), minute_of_day(end)) for start, end in pairs)

    return Calendar(
        id=data["id"],
        tz=data["tz"],
        week=tuple(spans(data["week"].get(day, ())) for day in SHORT),
        holidays=frozenset(map(date.fromisoformat, data.get("holidays", ()))),
        exceptions={
            date.fromisoformat(day): spans(hours) for day, hours in data.get("exceptions", {}).items()
        },
    )


def calendar_to_mapping(calendar: Calendar) -> dict[str, Any]:
    """What `calendar_from_mapping` reads back: the form in which a calendar is frozen."""

    def pairs(spans: Iterable[Span]) -> list[list[str]]:
        return [[wall_time(start), wall_time(end)] for start, end in spans]

    return {
        "id": calendar.id,
        "tz": calendar.tz,
        "week": {day: pairs(spans) for day, spans in zip(SHORT, calendar.week, strict=True) if spans},
        "holidays": sorted(day.isoformat() for day in calendar.holidays),
        "exceptions": {day.isoformat(): pairs(spans) for day, spans in sorted(calendar.exceptions.items())},
    }


_DAY = 86_400
_END = int(datetime(LAST_YEAR, 12, 31, tzinfo=UTC).timestamp())


def _seconds(at: datetime) -> int:
    return math.floor(at.timestamp())


def _instant(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _union(pauses: Iterable[Pause], start: datetime) -> list[Pause]:
    """The pauses after `start`, sorted, apart and not empty."""
    merged: list[Pause] = []
    for a, b in sorted(pauses, key=lambda pause: pause[0]):
        begin = max(a, start)
        if b is not None and b <= begin:
            continue
        if merged and ((last := merged[-1][1]) is None or begin <= last):
            merged[-1] = (merged[-1][0], None if last is None or b is None else max(last, b))
        else:
            merged.append((begin, b))
    return merged
