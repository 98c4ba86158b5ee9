"""How well promises were kept over a period: counts first, shares only where there are enough.

The rules: docs/promises.md, “The report”.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from cockpit.domain.dataclasses import dataclass

ENOUGH = 10
"""Ended clocks under which a percentage says nothing: counts are shown."""


@dataclass(frozen=True)
class JudgedClock:
    """A clock that is judged: one that ended, or that is still open past its time. Durations are business seconds."""

    kept: bool
    consumed_s: int
    overrun_s: int = 0
    waived: bool = False
    open: bool = False


@dataclass(frozen=True)
class Compliance:
    """The respect of one provider's or one function's promises over a period."""

    kept: int = 0
    broken: int = 0
    waived: int = 0
    """Of the broken ones, those that were excused: they stay broken."""
    late_open: int = 0
    """Of the broken ones, those that are still open."""
    median_s: int | None = None
    p90_s: int | None = None
    overrun_s: int | None = None
    """Median of the overruns."""

    @property
    def count(self) -> int:
        """How many clocks were judged."""
        return self.kept + self.broken

    @property
    def percent(self) -> int | None:
        """Kept in a hundred, floored; None when fewer than ten were judged."""
        return self.kept * 100 // self.count if self.count >= ENOUGH else None


def compliance(clocks: Iterable[JudgedClock]) -> Compliance:
    """The figures of those clocks."""
    found = list(clocks)
    used = sorted(each.consumed_s for each in found if not each.open)
    over = [each.overrun_s for each in found if not each.kept and not each.open]
    return Compliance(
        kept=sum(each.kept for each in found),
        broken=sum(not each.kept for each in found),
        waived=sum(each.waived and not each.kept for each in found),
        late_open=sum(each.open for each in found),
        median_s=_median(used),
        p90_s=used[math.ceil(0.9 * len(used)) - 1] if used else None,
        overrun_s=_median(over),
    )


def _median(seconds: Sequence[int]) -> int | None:
    if not seconds:
        return None
    import statistics

    return int(statistics.median(seconds))
