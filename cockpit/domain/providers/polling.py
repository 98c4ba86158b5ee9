"""When a source is read again: its interval, longer waits after failures, and the interval it asks for itself."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from zlib import crc32

AGENDA_INTERVAL_S = 15 * 60
AGENDA_BOUNDS_S = (5 * 60, 24 * 3600)
AGENDA_BACK_OFF_S = 6 * 3600
STATUS_BACK_OFF_S = 15 * 60
INCIDENT_INTERVAL_S = 60
"""A page with an open incident is read this often, unless its provider wants to be read rarely."""

NOT_UNDERSTOOD_S = 22 * 3600
"""A page whose form nobody reads is looked at once a day: vendors change, and so does Cockpit."""

RETRIES_S = (1.0, 2.0)
"""Two more tries after the first; a third pause of 4 s would come after the last one."""
JITTER = 0.1
_FARTHEST = timedelta(hours=25)
_HEADER_BYTES = 65_536
_WISH = re.compile(
    rb"^(REFRESH-INTERVAL|X-PUBLISHED-TTL)(?:;[^:\r\n]*)?:[ \t]*(?:DURATION:)?"
    rb"P(?:(\d{1,4})W)?(?:(\d{1,4})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,6})S)?)?",
    re.IGNORECASE | re.MULTILINE,
)
_UNITS_S = (7 * 86_400, 86_400, 3600, 60, 1)


def agenda_interval(configured: int | None, wished: int | None) -> int:
    """Seconds between two reads of a feed: the person's choice, else the feed's wish within bounds."""
    if configured:
        return configured
    shortest, longest = AGENDA_BOUNDS_S
    return min(max(wished, shortest), longest) if wished else AGENDA_INTERVAL_S


def wished_interval(feed: bytes) -> int | None:
    """Seconds that an iCalendar stream asks between reads: REFRESH-INTERVAL (RFC 7986 5.7), else
    X-PUBLISHED-TTL; None when it asks nothing readable."""
    wishes: dict[bytes, int] = {}
    for found in _WISH.finditer(feed[:_HEADER_BYTES]):
        seconds = sum(int(n or 0) * unit for n, unit in zip(found.groups()[1:], _UNITS_S, strict=True))
        wishes.setdefault(found[1].upper(), seconds)
    return wishes.get(b"REFRESH-INTERVAL") or wishes.get(b"X-PUBLISHED-TTL") or None


def status_interval(configured: int | None, usual: int, *, incident_open: bool) -> int:
    """Seconds between two reads of a status source whose dialect is usually read each `usual` seconds."""
    if configured:
        return configured
    return min(usual, INCIDENT_INTERVAL_S) if incident_open and usual <= 120 else usual


def next_try(
    now: datetime,
    key: str,
    *,
    interval_s: float,
    fails: int = 0,
    longest_s: float = STATUS_BACK_OFF_S,
    hopeless: bool = False,
    retry_after_s: float | None = None,
) -> datetime:
    """When to read `key` again: the interval, doubled at each failure up to `longest_s`, give or take 10 %.

    `hopeless` failures (refused access, gone) wait the longest at once. The source's own Retry-After is
    never shortened.
    """
    longest = max(longest_s, interval_s)
    delay = longest if hopeless else min(interval_s * 2 ** min(fails, 20), longest)
    # Spread by key and instant rather than by chance, so that a run can be repeated.
    share = crc32(f"{key} {now.isoformat()}".encode()) / 2**32
    delay *= 1 + JITTER * (2 * share - 1)
    return now + timedelta(seconds=max(delay, retry_after_s or 0))


def retry_delays(key: str) -> tuple[float, ...]:
    """Seconds to wait before each new try within one cycle, give or take a quarter by `key`."""
    share = crc32(key.encode()) / 2**32
    return tuple(delay * (0.75 + share / 2) for delay in RETRIES_S)


def is_due(planned: datetime | None, now: datetime) -> bool:
    """Whether the planned time has come; a plan beyond any delay comes from a clock that was set back."""
    return planned is None or planned <= now or planned - now > _FARTHEST
