"""Where the events of a day stand in a time grid: which minutes, and in which lane when they overlap."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time

from cockpit.domain.dataclasses import dataclass

DAY_MINUTES = 24 * 60
LEAST_MINUTES = 15
"""What begins and ends in one instant is drawn as this long."""


@dataclass(frozen=True)
class Placed:
    """One thing of a day, from minute `start` to `end` of local wall time, in lane `lane` of `lanes`."""

    key: str
    start: int
    end: int
    lane: int
    lanes: int


def minutes_of(start: datetime, end: datetime, day: date) -> tuple[int, int]:
    """The minutes of `day` that an event covers, both ends local; cut at midnight, never empty."""
    first = 0 if start.date() < day else _minute(start.time())
    last = DAY_MINUTES if end.date() > day else _minute(end.time())
    first = min(first, DAY_MINUTES - LEAST_MINUTES)
    return first, max(last, first + LEAST_MINUTES)


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute


def lanes(spans: Iterable[tuple[str, int, int]]) -> tuple[Placed, ...]:
    """Things of one day side by side where they overlap: each takes the first lane that is free.

    What overlaps, directly or through others, shares one number of lanes.
    """
    placed: list[Placed] = []
    cluster: list[tuple[str, int, int, int]] = []
    ends: list[int] = []
    for key, start, end in sorted(spans, key=lambda span: (span[1], -span[2], span[0])):
        if ends and start >= max(ends):
            placed += _closed(cluster, len(ends))
            cluster, ends = [], []
        lane = next((n for n, until in enumerate(ends) if until <= start), len(ends))
        if lane == len(ends):
            ends.append(end)
        else:
            ends[lane] = end
        cluster.append((key, start, end, lane))
    return (*placed, *_closed(cluster, len(ends)))


def _closed(cluster: Sequence[tuple[str, int, int, int]], count: int) -> list[Placed]:
    return [Placed(key, start, end, lane, count) for key, start, end, lane in cluster]
