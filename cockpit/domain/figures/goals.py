"""Goals of quarters: when one should be spoken of again."""

from __future__ import annotations

from datetime import date, timedelta

from cockpit.domain.time import cadences

SAID_EVERY = timedelta(days=7)
OVER = ("reached", "dropped")


def is_due(state: str, said_on: date | None, quarter: date, today: date) -> bool:
    """Whether nobody said for a week if it is on track, in its quarter or after it, while it is open."""
    if state in OVER or not has_begun(quarter, today):
        return False
    return said_on is None or today - said_on >= SAID_EVERY


def is_past(state: str, quarter: date, today: date) -> bool:
    """Whether its quarter is over and it is neither reached nor given up."""
    return state not in OVER and cadences.first_day(quarter, "quarter") < cadences.first_day(today, "quarter")


def has_begun(quarter: date, today: date) -> bool:
    """Whether its quarter runs, or is over."""
    return today >= cadences.first_day(quarter, "quarter")
