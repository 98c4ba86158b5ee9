"""The states of a provider, and for how long its last known state may be shown."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum

from cockpit.domain.dataclasses import dataclass

DIM_AFTER = timedelta(minutes=15)
UNKNOWN_AFTER = timedelta(hours=2)


class State(StrEnum):
    """The state of a service, in the one vocabulary into which every source is translated."""

    OPERATIONAL = "operational"
    QUIET = "nothing_published"
    """Nothing is told where not everything would be told: the best that a thin source can say."""
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
    """How a state read at `last_ok` may be shown: dimmed after three intervals (15 min at least),
    lost after two hours. A last word from the future (a clock set back) is not fresh."""
    if last_ok is None or now - last_ok > UNKNOWN_AFTER:
        return Freshness.LOST
    age = abs(now - last_ok)
    return Freshness.DIMMED if age > max(3 * timedelta(seconds=interval_s), DIM_AFTER) else Freshness.FRESH


def shown(state: State, fresh: Freshness) -> State:
    """The state a screen may show: the last known one while it is not lost."""
    return State.UNKNOWN if fresh is Freshness.LOST else state


FINE = frozenset({State.OPERATIONAL, State.QUIET})
"""States in which nothing is wrong as far as the source tells."""

TROUBLES = frozenset({State.DEGRADED, State.PARTIAL_OUTAGE, State.MAJOR_OUTAGE})
"""States in which something is wrong."""

RECENT = timedelta(minutes=20)
"""Tries that speak of the network as it is: the longest pause of a source that fails, and some more."""

FAMILIES = {
    "offline": "offline",
    "dns": "offline",
    "timeout": "offline",
    "untrusted": "untrusted",
    "reset": "reset",
    "html": "portal",
    "portal": "portal",
}
"""Kinds of failure that our own connection can cause, by what is wrong with it then."""


@dataclass(frozen=True)
class Try:
    """The last try of one source on the network: when, how it failed (None when it was answered)."""

    at: datetime
    failure: str | None


def our_connection(tries: Iterable[Try], now: datetime) -> str:
    """What is wrong with our own connection: a value of FAMILIES, or empty.

    It is ours when the recent failures look alike at two sources at least, and nothing was answered since
    the first of them: one network serves all.
    """
    recent = [each for each in tries if now - each.at <= RECENT]
    failed = [each for each in recent if each.failure is not None]
    found = {FAMILIES.get(each.failure or "", "") for each in failed}
    if len(failed) < 2 or len(found) != 1 or "" in found:
        return ""
    since = min(each.at for each in failed)
    answered = any(each.failure is None and each.at >= since for each in recent)
    return "" if answered else found.pop()
