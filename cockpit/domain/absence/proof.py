"""What a year of absences proves: the company closed, decided and waited while somebody was away.

The test compares two rates of the same year: what is closed on a working day with the person, and without.
At least `ENOUGH` working days of absence are needed to say anything (docs/signals.md, S12).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta

from cockpit.domain.dataclasses import dataclass

ENOUGH = 5
"""Working days of absence under which the ratio says nothing."""
WEAK = 0.8
"""The ratio under which less is closed without the person."""
Days = tuple[date, date]
"""A first and a last day, both included."""


def joined(spans: Iterable[Days]) -> tuple[Days, ...]:
    """The same days in as few spans as possible, in their order; those that touch become one."""
    found: list[Days] = []
    for first, last in sorted(spans):
        if found and first <= found[-1][1] + timedelta(days=1):
            found[-1] = found[-1][0], max(found[-1][1], last)
        elif first <= last:
            found.append((first, last))
    return tuple(found)


def within(spans: Iterable[Days], lo: date, hi: date) -> tuple[Days, ...]:
    """The parts of those spans that lie from `lo` to `hi`, both included."""
    clipped = ((max(first, lo), min(last, hi)) for first, last in spans)
    return tuple((first, last) for first, last in clipped if first <= last)


def holds(spans: Sequence[Days], day: date) -> bool:
    """Whether a day is in one of them."""
    return any(first <= day <= last for first, last in spans)


@dataclass(frozen=True)
class Rate:
    """What was closed on how many working days."""

    days: int
    closed: int

    @property
    def per_day(self) -> float | None:
        """Closed on a working day; None without one."""
        return self.closed / self.days if self.days else None


@dataclass(frozen=True)
class DaysCompared:
    """A year with somebody and without."""

    away: Rate
    there: Rate

    @property
    def ratio(self) -> float | None:
        """What is closed without them for one that is closed with them; None while too little is known."""
        away, there = self.away.per_day, self.there.per_day
        return away / there if away is not None and there and self.away.days >= ENOUGH else None

    @property
    def is_weak(self) -> bool:
        """Whether clearly less is closed without them."""
        return self.ratio is not None and self.ratio < WEAK


def compared(
    closed: Iterable[date], spans: Sequence[Days], works: Callable[[date], bool], lo: date, hi: date
) -> DaysCompared:
    """Compare the working days of absence with the others, from `lo` to `hi`, both included.

    What is closed on a day that is no working day counts with the last working day before it.
    """
    days = [lo + timedelta(days=n) for n in range((hi - lo).days + 1)]
    working = [day for day in days if works(day)]
    away = {day for day in working if holds(spans, day)}
    counted = [_worked(day, works, lo) for day in closed if lo <= day <= hi]
    out = sum(day in away for day in counted)
    return DaysCompared(Rate(len(away), out), Rate(len(working) - len(away), len(counted) - out))


def _worked(day: date, works: Callable[[date], bool], lo: date) -> date:
    while day > lo and not works(day):
        day -= timedelta(days=1)
    return day
