"""Sorted, disjoint intervals of epoch seconds with a running total, grown by whole local years."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta, tzinfo

from cockpit.domain.dataclasses import dataclass, field

Interval = tuple[int, int]
"""Half-open, in epoch seconds."""

_DAY = 86_400
_EPOCH_DAY = date(1970, 1, 1).toordinal()


@dataclass
class Timeline:
    """The compiled part of a calendar. Years added in front get negative totals: no total in use changes."""

    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    before: list[int] = field(default_factory=list)
    """Seconds counted before each interval."""
    first: int = 0
    last: int = 0
    """First and last compiled year; 0 when nothing is."""
    low: int = 0
    high: int = 0
    """Instants in `[low, high)` are fully compiled in every zone."""

    @property
    def total(self) -> int:
        """Seconds counted up to the end of the last interval."""
        return self.before[-1] + self.ends[-1] - self.starts[-1] if self.starts else 0

    def counted(self, at: int) -> int:
        """Seconds counted up to the instant `at`."""
        index = bisect_right(self.starts, at) - 1
        if index < 0:
            return self.before[0] if self.before else 0
        return self.before[index] + min(at, self.ends[index]) - self.starts[index]

    def instant(self, seconds: int) -> int:
        """The first instant at which `seconds` (above the lowest total, at most `total`) are counted."""
        index = bisect_left(self.before, seconds) - 1
        return self.starts[index] + seconds - self.before[index]

    def append(self, year: int, intervals: list[Interval]) -> None:
        """Add the intervals of the year after the last one."""
        for start, end in intervals:
            if self.ends and start <= self.ends[-1]:
                self.ends[-1] = max(end, self.ends[-1])
            elif start < end:
                self.before.append(self.total)
                self.starts.append(start)
                self.ends.append(end)
        self.first = self.first or year
        self.last = year
        self._bound()

    def prepend(self, year: int, intervals: list[Interval]) -> None:
        """Add the intervals of the year before the first one."""
        earlier = Timeline()
        earlier.append(year, intervals)
        if self.starts and earlier.ends and earlier.ends[-1] >= self.starts[0]:
            joined = self.starts[0] - earlier.starts.pop()
            self.starts[0] -= joined
            self.before[0] -= joined
            earlier.ends.pop()
            earlier.before.pop()
        shift = (self.before[0] if self.before else 0) - earlier.total
        self.starts[:0] = earlier.starts
        self.ends[:0] = earlier.ends
        self.before[:0] = [seconds + shift for seconds in earlier.before]
        self.first = year
        self._bound()

    def _bound(self) -> None:
        # Local years begin and end up to 14 hours away from those of UTC.
        self.low = int(datetime(self.first, 1, 1, tzinfo=UTC).timestamp()) + _DAY
        self.high = int(datetime(self.last + 1, 1, 1, tzinfo=UTC).timestamp()) - _DAY


def intervals_of(day: date, spans: Sequence[tuple[int, int]], zone: tzinfo) -> list[Interval]:
    """The spans of wall minutes of a local day, as instants; empty or touching ones are left to `append`."""
    midnight = datetime(day.year, day.month, day.day, tzinfo=zone)
    offset = midnight.utcoffset()
    if offset is None or offset != (midnight + timedelta(days=1)).replace(fold=1).utcoffset():
        return [(instant_of(day, start, zone), instant_of(day, end, zone, last=True)) for start, end in spans]
    # The clocks do not move on most days: one lookup serves all spans.
    base = (day.toordinal() - _EPOCH_DAY) * _DAY - int(offset.total_seconds())
    return [(base + start * 60, base + end * 60) for start, end in spans]


def instant_of(day: date, minute: int, zone: tzinfo, *, last: bool = False) -> int:
    """Epoch second of a wall minute (0 to 1440) of a local day.

    A wall that the clocks skip is the instant of the change; one that they repeat is the first of the two,
    or the last when asked.
    """
    wall = datetime(day.year, day.month, day.day) + timedelta(minutes=minute)  # noqa: DTZ001 - a wall time
    first = int(wall.replace(tzinfo=zone, fold=0).timestamp())
    second = int(wall.replace(tzinfo=zone, fold=1).timestamp())
    if second < first:
        return _transition(second, first, zone)
    return second if last else first


def _transition(low: int, high: int, zone: tzinfo) -> int:
    """The instant in `(low, high]` at which the offset of `zone` moves."""

    def offset(at: int) -> timedelta | None:
        return datetime.fromtimestamp(at, zone).utcoffset()

    old = offset(low)
    while high - low > 1:
        middle = (low + high) // 2
        if offset(middle) == old:
            low = middle
        else:
            high = middle
    return high
