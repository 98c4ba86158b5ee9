"""When things happen in the demo: moments written relative to the present, alone or inside a fixture.

`[anchor][shifts] [HH:MM]`, as in `-2bd 15:20`, `mon+2d 14:00` or `now-65min`. The anchors are `now`, `today`
(understood when none is given), `mon` (Monday of the current week) and `workday` (today, or the next business
day); the shifts min, h, d, bd (business days), w and mo. Inside a fixture, `{{moment|form}}`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

import arrow

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.time.business_time import Calendar

_MOMENT = re.compile(r"([a-z]*)((?:[+-]\d+[a-z]+)*)(?:(?:^| )(\d\d:\d\d))?")
_SHIFT = re.compile(r"([+-]\d+)([a-z]+)")
_PLACE = re.compile(r"\{\{([^{}|]+)\|([a-z0-9-]+)\}\}")
_SPANS = {"min": "minutes", "h": "hours"}
_DAYS = {"d": "days", "w": "weeks", "mo": "months"}
_PACIFIC = ZoneInfo("America/Los_Angeles")


@dataclass(frozen=True)
class Moments:
    """Reads moments against a present. The zone is that of `now`."""

    now: datetime
    """Aware, in the company's zone."""
    today: date
    calendar: Calendar
    """Whose business days count."""

    def at(self, text: str, **anchors: datetime) -> datetime:
        """The instant that `text` means, `anchors` being known besides the usual ones. Raises ValueError."""
        found = _MOMENT.fullmatch(text)
        if not found or not text:
            raise ValueError(f"{text!r} is not a moment")
        at = anchors.get(found[1]) or self._anchor(found[1])
        for amount, unit in _SHIFT.findall(found[2]):
            at = self._shifted(at, int(amount), unit)
        if found[3]:
            at = datetime.combine(at.date(), time.fromisoformat(found[3]), self.now.tzinfo)
        return at

    def _anchor(self, name: str) -> datetime:
        if name == "now":
            return self.now
        day = {
            "": self.today,
            "today": self.today,
            "mon": self.today - timedelta(days=self.today.weekday()),
            "workday": self.calendar.first_business_day(self.today),
        }.get(name)
        if day is None:
            raise ValueError(f"{name!r} is not an anchor")
        return datetime.combine(day, time.min, self.now.tzinfo)

    def _shifted(self, at: datetime, amount: Any, unit: str) -> datetime:
        if unit in _SPANS:
            # Through UTC: an hour is an hour on the night when the clocks change, a day is a day.
            return arrow.get(at).to("utc").shift(**{_SPANS[unit]: amount}).to(self.now.tzinfo or UTC).datetime
        if unit in _DAYS:
            return arrow.get(at).shift(**{_DAYS[unit]: amount}).datetime
        if unit == "bd":
            return datetime.combine(self.calendar.add_business_days(at.date(), amount), at.timetz())
        raise ValueError(f"{unit!r} is not a unit")


def _iso(at: datetime, zone: ZoneInfo | None = None, precision: str = "milliseconds") -> str:
    return (at.astimezone(zone) if zone else at).isoformat(timespec=precision)


_FORMS: dict[str, Callable[[datetime], str]] = {
    # iCalendar, RFC 5545 3.3.4 and 3.3.5.
    "date": lambda at: f"{at:%Y%m%d}",
    "local": lambda at: f"{at:%Y%m%dT%H%M%S}",
    "utc": lambda at: f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}",
    # JSON, RFC 3339, in the habits of each status page.
    "iso": _iso,
    "pacific": partial(_iso, zone=_PACIFIC),
    "pacific-s": partial(_iso, zone=_PACIFIC, precision="seconds"),
    "rfc3339": lambda at: at.astimezone(UTC).isoformat(timespec="seconds"),
    "zulu": lambda at: f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.000Z}",
}


def fill(template: str, moments: Moments) -> str:
    """`template` with its moments written out. Raises ValueError or KeyError when one is not understood."""
    return _PLACE.sub(lambda place: _FORMS[place[2]](moments.at(place[1])), template)
