"""The only place that reads the time. Everything else is given `now`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from cockpit.domain.time.business_time import FIRST_YEAR, LAST_YEAR

Clock = Callable[[], datetime]
"""Gives the current instant, aware, in UTC."""


def system_clock() -> datetime:
    """The current instant."""
    return datetime.now(UTC)


def frozen_clock(text: str, zone: ZoneInfo) -> Clock:
    """A clock that always says `text` (ISO 8601; wall time of `zone` when it has no offset).

    Raises ValueError when `text` is not such a time.
    """
    at = datetime.fromisoformat(text)
    if not FIRST_YEAR < at.year < LAST_YEAR:
        raise ValueError(text)
    fixed = (at if at.tzinfo else at.replace(tzinfo=zone)).astimezone(UTC)
    return lambda: fixed
