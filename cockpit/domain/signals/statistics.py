"""The tests that signals use, for small samples, without any library."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence


def slower(recent: Sequence[float], before: Sequence[float]) -> float:
    """How sure it is that `recent` tends to be greater than `before`: z of the one-sided Mann-Whitney test.

    The normal approximation with ties corrected: from 1.64 on, one case in twenty is chance. 0 when all are equal.
    """
    n, m = len(recent), len(before)
    whole, every = n + m, sorted([*recent, *before])
    # Equal values share the mean of their ranks.
    ranks = sum((bisect_left(every, each) + bisect_right(every, each) + 1) / 2 for each in recent)
    ties = sum(same**3 - same for same in Counter(every).values())
    spread = n * m / 12 * (whole + 1 - ties / (whole * (whole - 1)))
    return (ranks - n * (n + 1) / 2 - n * m / 2) / math.sqrt(spread) if spread else 0.0


def at_most(k: int, n: int, share: float) -> float:
    """The chance of at most `k` successes in `n` tries of chance `share` each: the binomial law."""
    return min(1.0, sum(math.comb(n, i) * share**i * (1 - share) ** (n - i) for i in range(k + 1)))


def short_of(kept: float, n: int, share: float) -> float:
    """How sure it is that `kept` of `n` fall short of a share that is promised: z of the one-sided test of a
    proportion, greater where more are missing. 0 without any, and for a share of 0 or 1.
    """
    spread = share * (1 - share)
    return (share * n - kept) / math.sqrt(spread * n) if n and spread else 0.0
