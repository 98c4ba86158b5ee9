"""Whether a state changes back and forth too often to alert on each change."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

MANY = 4
WITHIN = timedelta(minutes=30)
STEADY = timedelta(minutes=30)
"""Without a change for this long, it is calm again."""
LOOK_BACK = WITHIN + STEADY + WITHIN
"""How far changes must be known to judge now."""


def is_flapping(changes: Sequence[datetime], now: datetime) -> bool:
    """Whether a state changed `MANY` times `WITHIN` half an hour, and was not steady since.

    `changes` are the instants of the latest changes of state, in any order.
    """
    times = sorted(at for at in changes if at <= now)
    unstable = False
    for index, at in enumerate(times):
        if index and at - times[index - 1] >= STEADY:
            unstable = False
        first = index - MANY + 1
        unstable = unstable or (first >= 0 and at - times[first] <= WITHIN)
    return unstable and now - times[-1] < STEADY
