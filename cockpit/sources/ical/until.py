"""Until when a series goes, and which day a time in UTC means: what writers lose of their zone on the way."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from cockpit.domain.dataclasses import dataclass

UNTIL = re.compile(
    r"(\d{4})-?(\d{2})-?(\d{2})(?:T(\d{2}):?(\d{2}):?(\d{2})?(Z|[+-]\d{2}:?\d{2})?)?", re.ASCII
)
_FARTHEST_EAST = timedelta(hours=13)


@dataclass(frozen=True)
class Start:
    """DTSTART as a rule needs it: a date, a naive time with its zone, or a floating time without."""

    at: date
    zone: tzinfo | None = None

    @property
    def timed(self) -> bool:
        """Whether it has an hour."""
        return isinstance(self.at, datetime)


def until(content: str, start: Start) -> str:
    """UNTIL in the type of `start`; empty when it is no date."""
    match = UNTIL.fullmatch(content)
    assert match
    year, month, day, hour, minute, second, zone = match.groups()
    try:
        at = datetime(int(year), int(month), int(day), 23, 59, 59)  # noqa: DTZ001 - given a zone below
        if hour:
            at = at.replace(hour=int(hour), minute=int(minute), second=int(second or 0))
        if zone and zone != "Z":
            at -= _offset(zone)
    except (ValueError, OverflowError):
        return ""
    if not start.timed:
        last = last_day(at) if hour and zone else at.date()
        return f"{last:%Y%m%d}".rjust(8, "0")
    if start.zone is None:
        return _stamp(_floating_until(at, start) if hour and zone else at)
    if not zone and 1 < at.year < 9999:
        at = at.replace(tzinfo=start.zone).astimezone(UTC)
    return _stamp(at) + "Z"


def _offset(zone: str) -> timedelta:
    """How far ahead of UTC `+0130` or `-05:00` is."""
    ahead = timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))
    return -ahead if zone[0] == "-" else ahead


def in_utc(stamp: str, zone: str) -> str | None:
    """`20260305T100000`, `zone` (`+0130`) ahead of UTC, as a time in UTC; None beyond what can be told."""
    try:
        at = datetime.strptime(stamp, "%Y%m%dT%H%M%S") - _offset(zone)  # noqa: DTZ007 - its zone is `zone`
    except (ValueError, OverflowError):
        return None
    return f"{_stamp(at)}Z"


def day_meant(at: datetime) -> date:
    """The day that was meant by an instant in UTC which is midnight somewhere, as some programs write a date.

    From 11:00 on it is the midnight of the next day, as in New Zealand; before, that of the same day.
    """
    return at.date() + timedelta(days=1) if at.hour >= 11 and at.year < 9999 else at.date()


def last_day(at: datetime) -> date:
    """The last day that an UNTIL in UTC lets a series of whole days have.

    It is the midnight of its last day somewhere, or the last second of that day.
    """
    if at.second == 59 and at.year < 9999:
        return day_meant(at + timedelta(seconds=1)) - timedelta(days=1)
    return day_meant(at)


def _floating_until(at: datetime, start: Start) -> datetime:
    """The wall time up to which a series without zone goes, whose UNTIL, `at`, is an instant in UTC.

    It is a last second of a day, Paris' midnight, or the start of the last instance in some zone.
    """
    if at.year > 9990 or at.time() == time.min:
        return at
    if at.second == 59:
        return datetime.combine(last_day(at), time(23, 59, 59))
    if at.hour >= 22 and at.minute == 0:
        return datetime.combine(day_meant(at), time.min)
    return at + _FARTHEST_EAST


def _stamp(at: datetime) -> str:
    return f"{at.year:04}{at.month:02}{at.day:02}T{at.hour:02}{at.minute:02}{at.second:02}"
