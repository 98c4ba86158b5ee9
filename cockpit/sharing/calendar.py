"""Rituals and due dates as calendars that any agenda program imports or subscribes to (RFC 5545)."""

from __future__ import annotations

import errno
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from icalendar import Calendar, Event, Timezone, vRecur

from cockpit import files
from cockpit.domain.dataclasses import dataclass
from cockpit.locale import _

_PRODUCT = "-//Cockpit//"
"""How the line begins in which a calendar says what made it."""


@dataclass(frozen=True, kw_only=True)
class Series:
    """A meeting that comes back. Times are walls of the calendar's zone."""

    uid: str
    title: str
    notes: str
    starts: datetime
    """The first one that takes place."""
    minutes: int
    rrule: str | None
    """None: `dates` says every one."""
    dates: tuple[datetime, ...] = ()
    except_on: tuple[datetime, ...] = ()
    changed: datetime


@dataclass(frozen=True)
class DatedLine:
    """Something that is due: on a day, or at an instant."""

    uid: str
    title: str
    notes: str
    on: date
    changed: datetime


def dated(name: str, lines: Iterable[DatedLine]) -> bytes:
    """A calendar of due dates, none of which takes time; the same lines give the same bytes."""
    calendar = _empty(name, "Due dates")
    for each in lines:
        event = Event()
        event.add("uid", each.uid)
        event.add("dtstamp", each.changed.astimezone(UTC))
        event.add("summary", each.title)
        event.add("dtstart", each.on.astimezone(UTC) if isinstance(each.on, datetime) else each.on)
        event.add("transp", "TRANSPARENT")
        if each.notes:
            event.add("description", each.notes)
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def ics(name: str, zone: str, series: Iterable[Series]) -> bytes:
    """The calendar file, in the zone of that IANA name; the same rituals give the same bytes."""
    from zoneinfo import ZoneInfo

    calendar = _empty(name, "Rituals")
    calendar.add("x-wr-timezone", zone)
    place = ZoneInfo(zone)
    every = list(series)
    if every:
        first = min(each.starts for each in every).date()
        last = max((*each.dates, each.starts)[0] for each in every).date() + timedelta(days=3 * 366)
        calendar.add_component(Timezone.from_tzinfo(place, zone, first, last))
    for each in every:
        calendar.add_component(_event(each, place))
    return bytes(calendar.to_ical())


def write(path: Path, calendar: bytes) -> None:
    """Have a file hold a calendar, whole or not at all: a program that subscribes never reads half of it.

    Raises OSError; FileExistsError where the file is there and none of our calendars.
    """
    if path.exists() and _PRODUCT.encode() not in path.read_bytes():
        raise FileExistsError(errno.EEXIST, _("it is there, and no calendar of Cockpit"), str(path))
    files.write(path, calendar)


def _empty(name: str, product: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", f"{_PRODUCT}{product}//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval;value=duration", "P1D")
    return calendar


def _event(each: Series, zone: object) -> Event:
    def placed(walls: Sequence[datetime]) -> list[datetime]:
        return [wall.replace(tzinfo=zone) for wall in walls]  # type: ignore[arg-type]

    event = Event()
    (start,) = placed([each.starts])
    event.add("uid", each.uid)
    event.add("dtstamp", each.changed.astimezone(UTC))
    event.add("last-modified", each.changed.astimezone(UTC))
    event.add("summary", each.title)
    event.add("dtstart", start)
    event.add("duration", timedelta(minutes=each.minutes))
    if each.rrule:
        event.add("rrule", vRecur.from_ical(each.rrule))
    for wall in placed(each.dates):
        event.add("rdate", wall)
    for wall in placed(each.except_on):
        event.add("exdate", wall)
    if each.notes:
        event.add("description", each.notes)
    return event
