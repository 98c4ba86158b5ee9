"""Time zones by the names that calendars give them.

Definitions of a feed are named after their own content, because the reader of dates keeps one table for the
whole process: otherwise the `Customized Time Zone` of one feed would move the hours of another.
"""

from __future__ import annotations

import re
import zoneinfo
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache
from hashlib import sha1

from cockpit.domain.agenda.events import Issue
from cockpit.domain.text import clean
from cockpit.locale import N_
from cockpit.sources.ical.decode import text

BROKEN_ZONE = N_("this time zone is not usable; its events keep their hours wherever one is")

_MAX_ZONE = 200_000
"""Bytes of a definition; the longest that servers write have some thousands."""
_MAX_ZONES = 200
"""Definitions of one feed."""

_TZID = re.compile(rb"^TZID(?:;[^:\n]*)?:([^\n]*)", re.MULTILINE | re.IGNORECASE)
_LOCATION = re.compile(rb"^X-LIC-LOCATION:([^\n]*)", re.MULTILINE | re.IGNORECASE)
_RULE = re.compile(rb"^RRULE[^\n]*", re.MULTILINE | re.IGNORECASE)
_HARMLESS_RULE = re.compile(
    rb"RRULE:(?:(?:FREQ=YEARLY|COUNT=\d{1,4}|INTERVAL=[1-9]\d?|UNTIL=\w+|WKST=\w\w|BYMONTH=[\d,]+"
    rb"|BYMONTHDAY=[-\d,]+|BYDAY=[-+\w,]+|BY(?:HOUR|MINUTE|SECOND)=\d+);?)+\s*",
    re.IGNORECASE,
)
_OFFSET = re.compile(r"(?:UTC|GMT)?\s*([+-])(\d{1,2})(?::?([0-5]\d))?")
_DISPLAY = re.compile(r"\((?:UTC|GMT)\s*(?:([+-])(\d{1,2}):(\d\d))?\)\s*(.+)")
# The display names of Windows that hold no city.
_REGIONS = {
    "eastern time": "America/New_York",
    "central time": "America/Chicago",
    "mountain time": "America/Denver",
    "pacific time": "America/Los_Angeles",
    "atlantic time": "America/Halifax",
    "coordinated universal time": "UTC",
}


class Zones:
    """The zones that one feed's dates may name."""

    def __init__(self, definitions: Iterable[bytes] = ()) -> None:
        self._definitions: dict[str, bytes] = {}
        self._names: dict[str, str] = {}
        self.issues: list[Issue] = []
        for definition in definitions:
            found = _TZID.search(definition)
            if found and len(definition) <= _MAX_ZONE and len(self._definitions) < _MAX_ZONES:
                self._definitions.setdefault(text(found[1]).strip(), definition)
        self._usable = {name: self._register(name) for name in self._definitions}

    @property
    def source(self) -> bytes:
        """The definitions that matter, in a form that `from_source` reads again and that a hash can name."""
        return b"\x00".join(self._definitions[name] for name in sorted(self._definitions))

    @classmethod
    def from_source(cls, source: bytes) -> Zones:
        """The zones that had this `source`."""
        return cls(source.split(b"\x00"))

    def name(self, tzid: str) -> str:
        """The name under which dates of zone `tzid` can be read; empty for one that nobody knows.

        Known names win over what the feed defines under them, since definitions age and rules change.
        """
        if tzid not in self._names:
            self._names[tzid] = (
                _known(tzid)
                or self._usable.get(tzid.strip(), "")
                or _displayed(tzid)
            )  # fmt: skip
        return self._names[tzid]

    def zone(self, name: str) -> tzinfo:
        """The zone that `name` gave a name to."""
        from icalendar.timezone import tzp

        return tzp.timezone(name) or UTC

    def _register(self, tzid: str) -> str:
        """Make a definition of the feed readable; returns its name, or empty when it is not usable."""
        if _known(tzid):
            return ""
        definition = self._definitions[tzid]
        location = _LOCATION.search(definition)
        if location and (known := _known(text(location[1]).strip())):
            return known
        name = f"x-{sha1(definition, usedforsecurity=False).hexdigest()}"
        if not _define(name, definition):
            self.issues.append(Issue("", clean(tzid, 120), BROKEN_ZONE))
            return ""
        return name


def _define(name: str, definition: bytes) -> bool:
    from icalendar import Timezone
    from icalendar.timezone import tzp

    if any(not _HARMLESS_RULE.fullmatch(rule) for rule in _RULE.findall(definition)):
        return False
    renamed = _TZID.sub(b"TZID:" + name.encode(), definition)
    try:
        component = Timezone.from_ical(b"BEGIN:VTIMEZONE\n" + renamed + b"END:VTIMEZONE\n")
        tzp.cache_timezone_component(component)
        zone = tzp.timezone(name)
        return datetime(2026, 1, 1, tzinfo=zone).utcoffset() is not None
    except (ValueError, TypeError, KeyError, AttributeError, ArithmeticError, IndexError):
        return False


@lru_cache(maxsize=1024)
def _known(tzid: str) -> str:
    """An IANA name for a name of the IANA or of Windows, also behind a vendor's prefix."""
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

    name = tzid.strip().strip('"').strip("/")
    if name.lower() in ("utc", "z", "gmt", "tzone://microsoft/utc"):
        return "UTC"
    if name in WINDOWS_TO_OLSON:
        return str(WINDOWS_TO_OLSON[name])
    parts = name.split("/")
    for first in range(len(parts) - 1):
        if found := _by_lower_name().get("/".join(parts[first:]).lower()):
            return found
    return _by_lower_name().get(name.lower(), "") if len(parts) == 1 else ""


def _displayed(tzid: str) -> str:
    """An IANA name for what Windows displays, `(UTC+01:00) Brussels, Paris`, or for a bare offset."""
    if shown := _DISPLAY.fullmatch(tzid.strip().strip('"')):
        sign, hours, minutes, places = shown.groups()
        ahead = timedelta(hours=int(hours or 0), minutes=int(minutes or 0)) * (-1 if sign == "-" else 1)
        for place in places.split(","):
            name = _REGIONS.get(place.split("(")[0].strip().lower()) or _by_city().get(_city(place))
            if name and datetime(2026, 1, 1, tzinfo=zoneinfo.ZoneInfo(name)).utcoffset() in (
                ahead,
                ahead + timedelta(hours=1),
            ):
                return name
    elif offset := _OFFSET.fullmatch(tzid.strip()):
        hours_ahead = int(offset[2]) * (1 if offset[1] == "+" else -1)
        if not int(offset[3] or 0) and -12 <= hours_ahead <= 14:
            # The signs of Etc are those of POSIX, the other way round.
            return f"Etc/GMT{-hours_ahead:+d}"
    return ""


def _city(place: str) -> str:
    return place.strip().lower().replace(" ", "_").replace(".", "")


@lru_cache(maxsize=1)
def _by_lower_name() -> dict[str, str]:
    return {name.lower(): name for name in zoneinfo.available_timezones()}


@lru_cache(maxsize=1)
def _by_city() -> dict[str, str]:
    return {name.rpartition("/")[2].lower(): name for name in sorted(zoneinfo.available_timezones())}
