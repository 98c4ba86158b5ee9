"""When several people are free together: for a flash point, the earliest times with the fewest missing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from cockpit.domain.dataclasses import dataclass

Span = tuple[datetime, datetime]
"""From an instant up to another, both in UTC."""


@dataclass(frozen=True)
class Agenda:
    """What is known of one person's time: when they are there, and when they are taken."""

    name: str
    present: tuple[Span, ...]
    busy: tuple[Span, ...] = ()
    known: bool = True
    """Whether an agenda of theirs is read; if not, only their presence is."""

    def is_free(self, start: datetime, end: datetime) -> bool:
        """Whether they are there from `start` to `end` and nothing takes them."""
        there = any(lo <= start and end <= hi for lo, hi in self.present)
        return there and all(end <= lo or start >= hi for lo, hi in self.busy)


@dataclass(frozen=True)
class Slot:
    """A time to meet, and who of the people asked cannot."""

    start: datetime
    end: datetime
    missing: tuple[str, ...]


def slots(
    people: Sequence[Agenda],
    windows: Iterable[Span],
    length: timedelta,
    *,
    step: timedelta = timedelta(minutes=15),
    limit: int = 8,
) -> tuple[Slot, ...]:
    """The best times of `length` within `windows`: those with everybody first, then by fewest missing, each
    kind earliest first. Of a stretch where the same people can, only its beginning is offered.

    Starts are counted in `step` from the beginning of each window. Times are left out where nobody can, or
    one alone of several: nobody meets by themselves.
    """
    enough = min(2, len(people))
    found: list[Slot] = []
    for lo, hi in windows:
        before: tuple[str, ...] | None = None
        start = lo
        while start + length <= hi:
            missing = tuple(person.name for person in people if not person.is_free(start, start + length))
            if missing != before and len(people) - len(missing) >= max(1, enough):
                found.append(Slot(start, start + length, missing))
            before = missing
            start += step
    return tuple(sorted(found, key=lambda slot: (len(slot.missing), slot.start))[:limit])
