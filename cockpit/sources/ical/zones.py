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
_OFFSET = re.compile(r"(?:utc|gmt)?\s*([+-])\s*(\d{1,2})(?:[:.]?([0-5]\d))?", re.ASCII)
_DISPLAY = re.compile(r"\((?:utc|gmt)\s*(?:([+-])\s*(\d{1,2})(?:[:.](\d\d))?)?\)\s*(.+)", re.ASCII)
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
    """The zones that one feed's dates may name.

    A feed that is made of several calendars may define one name in several ways: each event then says by
    which definitions, named by `mark`, it is to be read.
    """

    def __init__(self, definitions: Iterable[bytes] = ()) -> None:
        self._definitions: dict[str, dict[str, bytes]] = {}
        self._names: dict[tuple[str, frozenset[str]], str] = {}
        self.issues: list[Issue] = []
        for definition in definitions:
            tzid = tzid_of(definition)
            under = self._definitions.setdefault(tzid, {}) if tzid else {}
            if tzid and len(definition) <= _MAX_ZONE and len(under) < _MAX_ZONES:
                under.setdefault(mark(definition), definition)
            if len(self._definitions) > _MAX_ZONES:
                break
        self._usable = {
            (tzid, name): self._register(tzid, definition)
            for tzid, under in self._definitions.items()
            for name, definition in under.items()
        }

    @property
    def source(self) -> bytes:
        """The definitions that matter, in a form that `from_source` reads again and that a hash can name."""
        # Within a name, in order: the first counts for what does not say otherwise.
        return b"\x00".join(
            definition
            for tzid in sorted(self._definitions)
            for definition in self._definitions[tzid].values()
        )

    @classmethod
    def from_source(cls, source: bytes) -> Zones:
        """The zones that had this `source`."""
        return cls(source.split(b"\x00"))

    def name(self, tzid: str, marks: frozenset[str] = frozenset()) -> str:
        """The name under which dates of zone `tzid` can be read; empty for one that nobody knows.

        Known names win over what the feed defines under them, since definitions age and rules change;
        of several definitions, the one in `marks`.
        """
        if (tzid, marks) not in self._names:
            self._names[tzid, marks] = _known(tzid) or self._defined(tzid, marks) or _displayed(tzid)
        return self._names[tzid, marks]

    def zone(self, name: str) -> tzinfo:
        """The zone that `name` gave a name to."""
        from icalendar.timezone import tzp

        return tzp.timezone(name) or UTC

    def _defined(self, tzid: str, marks: frozenset[str]) -> str:
        key = _plain(tzid)
        under = self._definitions.get(key, {})
        chosen = next((name for name in under if name in marks), None) or next(iter(under), "")
        return self._usable.get((key, chosen), "")

    def _register(self, tzid: str, definition: bytes) -> str:
        """Make a definition of the feed readable; returns its name, or empty when it is not usable."""
        if _known(tzid):
            return ""
        location = _LOCATION.search(definition)
        if location and (known := _known(text(location[1]).strip())):
            return known
        name = f"x-{sha1(definition, usedforsecurity=False).hexdigest()}"
        if not _define(name, definition):
            self.issues.append(Issue("", clean(tzid, 120), BROKEN_ZONE))
            return ""
        return name


def tzid_of(definition: bytes) -> str:
    """The name that a VTIMEZONE defines, as `Zones` compares them; empty without one."""
    found = _TZID.search(definition)
    return _plain(text(found[1])) if found else ""


def mark(definition: bytes) -> str:
    """A short name of a definition by its content."""
    return sha1(definition, usedforsecurity=False).hexdigest()[:12]


@lru_cache(maxsize=1024)
def _plain(tzid: str) -> str:
    """`tzid` without the quotes, escapes, case and blanks in which its uses differ."""
    unescaped = re.sub(r"\\(.)", r"\1", tzid).replace("^'", '"').replace("^^", "^")
    return " ".join(unescaped.strip().strip('"').split()).casefold()


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
    name = _plain(tzid).strip("/")
    if name in ("utc", "z", "gmt", "tzone://microsoft/utc"):
        return "UTC"
    # Exchange numbers the copies of a zone, and some name its summer half, or leave out what all names end with.
    bare = re.sub(r" daylight time$", " standard time", re.sub(r"\s*\d+$", "", name))
    for windows in (name, bare, f"{bare} standard time"):
        if windows in _by_windows_name():
            return _by_windows_name()[windows]
    parts = name.split("/")
    for first in range(len(parts) - 1):
        if found := _by_lower_name().get("/".join(parts[first:]).replace(" ", "_")):
            return found
    return _by_lower_name().get(name, "") if len(parts) == 1 else ""


def _displayed(tzid: str) -> str:
    """A name for what Windows displays, `(UTC+01:00) Brussels, Paris`, for its places alone, or for an offset."""
    plain = _plain(tzid)
    if offset := _OFFSET.fullmatch(plain.strip("()")):
        return _fixed(_ahead(*offset.groups()))
    shown = _DISPLAY.fullmatch(plain)
    ahead = _ahead(*shown.groups()[:3]) if shown else None
    places = [place for place in (shown[4] if shown else plain).split(",") if place.strip()]
    names = [
        _REGIONS.get(place.split("(")[0].strip()) or _by_city().get(_city(place), "") for place in places
    ]
    if ahead is None:
        # Without an offset, places are believed together: one word may mean anything.
        together = {_january(name) for name in names if name}
        return names[0] if len(names) > 1 and all(names) and len(together) == 1 else ""
    fitting = (name for name in names if name and _january(name) in (ahead, ahead + timedelta(hours=1)))
    return next(fitting, "") or _fixed(ahead)


def _ahead(sign: str | None, hours: str | None, minutes: str | None) -> timedelta:
    return timedelta(hours=int(hours or 0), minutes=int(minutes or 0)) * (-1 if sign == "-" else 1)


def _january(name: str) -> timedelta | None:
    return datetime(2026, 1, 1, tzinfo=zoneinfo.ZoneInfo(name)).utcoffset()


def _fixed(ahead: timedelta) -> str:
    """The name of a zone that is always `ahead` of UTC; empty for one that is nowhere on Earth."""
    minutes = ahead // timedelta(minutes=1)
    if not -12 * 60 <= minutes <= 14 * 60:
        return ""
    hours, rest = divmod(abs(minutes), 60)
    if not rest:
        # The signs of Etc are those of POSIX, the other way round.
        return f"Etc/GMT{-minutes // 60:+d}"
    offset = f"{'-' if minutes < 0 else '+'}{hours:02}{rest:02}"
    definition = (
        f"TZID:{offset}\nBEGIN:STANDARD\nDTSTART:16010101T000000\n"
        f"TZOFFSETFROM:{offset}\nTZOFFSETTO:{offset}\nEND:STANDARD\n"
    )
    name = f"x-utc{offset}"
    return name if _define(name, definition.encode()) else ""


def _city(place: str) -> str:
    return place.strip().replace(" ", "_").replace(".", "")


@lru_cache(maxsize=1)
def _by_lower_name() -> dict[str, str]:
    return {name.lower(): name for name in zoneinfo.available_timezones()}


@lru_cache(maxsize=1)
def _by_city() -> dict[str, str]:
    return {name.rpartition("/")[2].lower(): name for name in sorted(zoneinfo.available_timezones())}


@lru_cache(maxsize=1)
def _by_windows_name() -> dict[str, str]:
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

    return {windows.lower(): olson for windows, olson in WINDOWS_TO_OLSON.items()}
