"""How slow an open case is among closed ones like it: its rank, which is sure where a mean is not (S1b)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

LEAST = 8
"""Closed cases under which a rank says nothing."""
SLOW = 0.9
"""The share of them that took less, from which a case is slow."""


class PaceRank(NamedTuple):
    """How many of the closed cases like it took less time than it is open."""

    shorter: int
    closed: int

    @property
    def is_slow(self) -> bool:
        """Whether it is open longer than nine in ten took."""
        return self.shorter >= SLOW * self.closed


def rank(hours: float, closed: Sequence[float]) -> PaceRank | None:
    """The rank of a case that is open for so long; None while there are too few to compare with."""
    if len(closed) < LEAST:
        return None
    return PaceRank(sum(each < hours for each in closed), len(closed))
