"""A figure over its last periods: each value judged by the target, and what is missing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from enum import Enum

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.time import cadences

PERIODS = 13
"""Columns of the scorecard: a quarter of weeks."""
GRACE_DAYS: Mapping[str, int] = {"week": 3, "month": 10, "quarter": 20}
"""Days after the end of a period in which its value may still come without being late."""


class FigureVerdict(Enum):
    """What a value is worth."""

    KEPT = "kept"
    RED = "red"
    WATCHED = "watched"
    """It has no target."""
    MISSING = "missing"


@dataclass(frozen=True)
class FigureTarget:
    """What a figure should be: `aim` is none, at_least, at_most or between; the bounds themselves are kept."""

    aim: str = "none"
    low: float | None = None
    high: float | None = None

    def judge(self, value: float | None) -> FigureVerdict:
        """What a value is worth; MISSING for none."""
        if value is None:
            return FigureVerdict.MISSING
        if not self.is_set:
            return FigureVerdict.WATCHED
        below = self.aim != "at_most" and self.low is not None and value < self.low
        above = self.aim != "at_least" and self.high is not None and value > self.high
        return FigureVerdict.RED if below or above else FigureVerdict.KEPT

    @property
    def is_set(self) -> bool:
        """Whether it says enough to judge by."""
        needed = {"at_least": (self.low,), "at_most": (self.high,), "between": (self.low, self.high)}
        return None not in needed.get(self.aim, (None,))


def target(aim: str, number: float | None, ceiling: float | None) -> FigureTarget:
    """The target that the fields of a figure state: the number alone, or the number and a ceiling."""
    if aim == "at_most":
        return FigureTarget(aim, None, number)
    return FigureTarget(aim, number, ceiling if aim == "between" else None)


@dataclass(frozen=True)
class FigureCell:
    """One period of a figure."""

    period: date
    """Its first day."""
    value: float | None
    verdict: FigureVerdict
    note: str = ""


@dataclass(frozen=True)
class FigureHistory:
    """The cells of one figure, oldest first; the last one is the period that runs."""

    cells: tuple[FigureCell, ...]
    late: date | None = None
    """The period whose value should have come and did not."""

    @property
    def latest(self) -> FigureCell | None:
        """The last cell that has a value."""
        return next((cell for cell in reversed(self.cells) if cell.value is not None), None)

    @property
    def is_red(self) -> bool:
        """Whether the last value that came is red."""
        return self.latest is not None and self.latest.verdict is FigureVerdict.RED

    @property
    def trend(self) -> int:
        """-1, 0 or 1: how the last value stands to the one before."""
        known = [cell.value for cell in self.cells if cell.value is not None]
        if len(known) < 2:
            return 0
        return (known[-1] > known[-2]) - (known[-1] < known[-2])


def figures(  # noqa: PLR0917 - what is wanted, when, and where values come from
    cadence: str,
    wanted: FigureTarget,
    today: date,
    value_of: Callable[[date], tuple[float | None, str]],
    since: date,
    count: int = PERIODS,
) -> FigureHistory:
    """A figure over its last periods. `value_of` gives the value and the note of a period by its first day.

    A value is late when its period ended more than GRACE_DAYS ago, was not over before `since` (the day from
    which the figure is watched), and no later one came.
    """
    cells = []
    late = None
    for first in cadences.until(today, cadence, count):
        value, note = value_of(first)
        cells.append(FigureCell(first, value, wanted.judge(value), note))
        end = cadences.shifted(first, cadence, 1)
        if value is not None:
            late = None
        elif end > since and end + timedelta(days=GRACE_DAYS[cadence]) <= today:
            late = first
    return FigureHistory(tuple(cells), late)
