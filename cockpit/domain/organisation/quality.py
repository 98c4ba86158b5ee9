"""How good an interface is by the marks of its two sides (docs/signals.md, S26)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.registers.feedback import INSIDE, OUTSIDE

LAST = 5
"""Occasions whose marks are counted; of those before, as many."""
FEW = 3
"""Marks of a side under which nothing follows from them."""
MOVED = 0.5
"""From which a side is said to rise or to fall."""


class SideMarks(NamedTuple):
    """What one side said on one occasion: of a meeting the sum of its marks, else one mark."""

    day: date
    side: str
    total: int
    votes: int
    code: str
    """The record that shows it: a feedback, or a meeting."""


@dataclass(frozen=True)
class SideQuality:
    """One side: the mean of its last five occasions, how many marks that is, and where it goes."""

    mean: float | None = None
    count: int = 0
    trend: int = 0
    """-1, 0 or 1: the mean of the last five against that of the five before; of fewer, the last against the rest."""


@dataclass(frozen=True)
class Quality:
    """Both sides of an interface, or of all that passes with one party."""

    inside: SideQuality = SideQuality()
    """What those inside say of those outside."""
    outside: SideQuality = SideQuality()
    counted: tuple[SideMarks, ...] = ()
    """The occasions that count, newest first."""

    @property
    def low(self) -> float | None:
        """The mean of the side that is less content; None while nobody gave a mark."""
        known = [side.mean for side in (self.inside, self.outside) if side.mean is not None]
        return min(known, default=None)

    @property
    def gap(self) -> float | None:
        """How far the two sides are apart; None while one of them said nothing."""
        if self.inside.mean is None or self.outside.mean is None:
            return None
        return abs(self.inside.mean - self.outside.mean)

    @property
    def count(self) -> int:
        """Marks of both sides."""
        return self.inside.count + self.outside.count

    @property
    def of_them(self) -> float | None:
        """What those inside say of those outside, once it is more than a word or two."""
        return self.inside.mean if self.inside.count >= FEW else None

    @property
    def trend(self) -> int:
        """-1 when a side falls, 1 when one rises and none falls."""
        both = (self.inside.trend, self.outside.trend)
        return -1 if -1 in both else max(both)


def quality(marks: Iterable[SideMarks]) -> Quality:
    """The quality by these marks, of whatever order."""
    newest = sorted(
        (each for each in marks if each.votes), key=lambda each: (each.day, each.code), reverse=True
    )
    mine = {side: [each for each in newest if each.side == side] for side in (INSIDE, OUTSIDE)}
    counted = [each for each in newest if each in mine[each.side][:LAST]]
    return Quality(_side(mine[INSIDE]), _side(mine[OUTSIDE]), tuple(counted))


def _side(newest: Sequence[SideMarks]) -> SideQuality:
    last = newest[:LAST]
    now, before = (newest[:LAST], newest[LAST : 2 * LAST]) if len(newest) > LAST else (newest[:1], newest[1:])
    mean, then, earlier = _mean(last), _mean(now), _mean(before)
    moved = 0.0 if then is None or earlier is None else then - earlier
    trend = 0 if abs(moved) < MOVED else 1 if moved > 0 else -1
    return SideQuality(mean, sum(each.votes for each in last), trend)


def _mean(marks: Sequence[SideMarks]) -> float | None:
    count = sum(each.votes for each in marks)
    return sum(each.total for each in marks) / count if count else None


def of_meeting(day: date, code: str, stored: str) -> tuple[SideMarks, ...]:
    """What a meeting's votes say of both sides; nothing where nobody voted."""
    said = tally(stored)
    sides = ((INSIDE, said.get("outward")), (OUTSIDE, said.get("inward")))
    return tuple(SideMarks(day, side, *sums, code) for side, sums in sides if sums and sums[1])


def tally(stored: str) -> dict[str, tuple[int, int]]:
    """The sums and counts of a meeting's votes; nothing for what cannot be read."""
    try:
        told = json.loads(stored) if stored else {}
        return {name: (int(pair[0]), int(pair[1])) for name, pair in told.items()}
    except (ValueError, TypeError, AttributeError, IndexError, KeyError):
        return {}
