"""The states of a provider, and how long a last word can be believed: all that a screen needs of status."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum

DIM_AFTER = timedelta(minutes=15)
UNKNOWN_AFTER = timedelta(hours=2)


class State(StrEnum):
    """The finest set of states that every source can fill and a person can read."""

    OPERATIONAL = "operational"
    MAINTENANCE = "maintenance"
    DEGRADED = "degraded"
    PARTIAL_OUTAGE = "partial_outage"
    MAJOR_OUTAGE = "major_outage"
    UNKNOWN = "unknown"


class Freshness(StrEnum):
    """How old the last good reading is: `dimmed` still shows the state, with its age."""

    FRESH = "fresh"
    DIMMED = "dimmed"
    LOST = "lost"


def freshness(last_ok: datetime | None, now: datetime, interval_s: float) -> Freshness:
    """How far a state read at `last_ok` can be shown: dimmed after three intervals (15 min at least),
    lost after two hours. A last word from the future (a clock set back) is not fresh."""
    if last_ok is None or now - last_ok > UNKNOWN_AFTER:
        return Freshness.LOST
    age = abs(now - last_ok)
    return Freshness.DIMMED if age > max(3 * timedelta(seconds=interval_s), DIM_AFTER) else Freshness.FRESH


def shown(state: State, fresh: Freshness) -> State:
    """The state a screen may show: the last known one while it is not lost."""
    return State.UNKNOWN if fresh is Freshness.LOST else state


def is_offline(failures: Iterable[str | None]) -> bool:
    """Whether our own network is down: at least two sources were tried and none of them was reached.

    `failures` holds, per source, the kind of failure of its fetch, or None when something answered.
    """
    kinds = tuple(failures)
    return len(kinds) > 1 and all(kind in UNREACHED for kind in kinds)


UNREACHED = frozenset({"offline", "dns", "timeout"})
"""Kinds of failure that our own network can cause."""
