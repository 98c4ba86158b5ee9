"""One event's lines mended until a strict reader accepts them; every repair is said."""

from __future__ import annotations

import re
from datetime import date, datetime

from cockpit.domain.agenda.events import Issue
from cockpit.domain.dataclasses import dataclass, field
from cockpit.domain.text import clean
from cockpit.locale import N_
from cockpit.sources.ical.decode import text
from cockpit.sources.ical.rules import Start, safe_rule
from cockpit.sources.ical.zones import Zones

NO_START = N_("this event has no readable start and was left out")
NOT_A_LINE = N_("this line is not a property and was left out")
TWICE = N_("this property appears twice; the first one counts")
BAD_DATE = N_("this date is not readable and was left out")
MENDED_DATE = N_("this date was written wrongly; its meaning was kept")
UNKNOWN_ZONE = N_("this time zone is unknown; the hour is kept wherever one is")
BAD_VALUE = N_("this value is not readable and was left out")
NO_EXRULE = N_("rules of exception are obsolete and not applied")
TOO_MUCH = N_("more of these than a meeting can have; the rest was left out")

_ONCE = {
    "DTSTART", "DTEND", "DURATION", "RECURRENCE-ID", "SEQUENCE", "STATUS", "TRANSP", "SUMMARY", "LOCATION",
    "URL", "DESCRIPTION", "ORGANIZER", "X-ALT-DESC", "X-GOOGLE-CONFERENCE",
    "X-MICROSOFT-SKYPETEAMSMEETINGURL", "X-MICROSOFT-CDO-BUSYSTATUS",
}  # fmt: skip
_OFTEN = {"RRULE", "EXDATE", "RDATE", "ATTENDEE", "CONFERENCE", "EXRULE"}
_REPEATING = {"RRULE", "EXDATE", "RDATE", "EXRULE"}
_DATES = ("DTSTART", "DTEND", "RECURRENCE-ID", "EXDATE", "RDATE")
_MOST = 500
"""Lines of one kind that an event may have."""
_MOST_DATES = 5_000
"""Dates that one line may list."""
_LONGEST = 50_000
"""Characters of a text that are read."""

_NAME = re.compile(r"([A-Za-z0-9_-]+)(?=[;:])")
_DATED = re.compile(r"([^;:]+)(;.*?)?:([^:\"]*|\d{4}-?\d\d-?\d\d[T ]\d\d:\d\d(?::\d\d)?[^:]*)")
_DATE = re.compile(
    r"(\d{4})(-?)(\d{2})-?(\d{2})(?:([T ])(\d{2}):?(\d{2})(?::?(\d{2})(?:[.,]\d+)?)?\s*(Z)?)?", re.IGNORECASE
)
_ZONE = re.compile(r";TZID=(\"[^\"]*\"|[^;]*)", re.IGNORECASE)
_DURATION = re.compile(
    r"\+?P(?:\d{1,3}W|(?=\d|T\d)(?:\d{1,4}D)?(?:T(?=\d)(?:\d{1,5}H)?(?:\d{1,6}M)?(?:\d{1,8}S)?)?)"
)


@dataclass(kw_only=True)
class Repaired:
    """What is left of an event: lines that can be read, and what was said about the others."""

    uid: str
    lines: list[str] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    readable: bool = False

    def say(self, line: str, what: str) -> None:
        """Record a repair."""
        self.issues.append(Issue(self.uid, clean(line[:400], 120), what))


def repair(source: bytes, uid: str, zones: Zones) -> Repaired:
    """The event whose text is `source`, mended. Not readable when it has no usable DTSTART."""
    event = Repaired(uid=uid)
    found = _properties(text(source), event)
    started = found.pop("DTSTART", None)
    reader = _DateReader(event, zones)
    start = reader.start(started[0]) if started else None
    if start is None:
        event.say(started[0] if started else "", NO_START)
        return event
    if "RECURRENCE-ID" in found:
        found = {name: lines for name, lines in found.items() if name not in _REPEATING}
    for name, lines in found.items():
        for line in lines:
            _keep(name, line, start, reader)
    event.readable = True
    return event


def _properties(source: str, event: Repaired) -> dict[str, list[str]]:
    """The lines that matter, by property name."""
    found: dict[str, list[str]] = {}
    name = ""
    for line in source.split("\n"):
        match = _NAME.match(line)
        if match:
            name = match[1].upper()
            lines = found.setdefault(name, []) if name in _ONCE or name in _OFTEN else []
            if lines and name in _ONCE:
                event.say(line, TWICE)
            elif len(lines) == _MOST:
                event.say(line, TOO_MUCH)
            elif len(lines) < _MOST:
                lines.append(line[:_LONGEST] if name not in _REPEATING else line)
        elif line.strip():
            event.say(line, NOT_A_LINE)
            if name == "DESCRIPTION":
                # A line break that its writer forgot to escape: the text goes on.
                found[name][0] = f"{found[name][0]}\\n{line}"[:_LONGEST]
    return found


def _keep(name: str, line: str, start: Start, reader: _DateReader) -> None:
    event = reader.event
    value = line.rpartition(":")[2].strip()
    if name in _DATES:
        reader.dates(name, line, start)
    elif name == "RRULE":
        rule, said = safe_rule(value, start)
        if said:
            event.say(line, said)
        if rule:
            event.lines.append(f"RRULE:{rule}")
    elif name == "EXRULE":
        event.say(line, NO_EXRULE)
    elif name == "DURATION" and not _DURATION.fullmatch(value.upper()):
        event.say(line, BAD_VALUE)
    elif name == "DURATION":
        event.lines.append(f"DURATION:{value.upper()}")
    elif name == "SEQUENCE" and not re.fullmatch(r"\d{1,9}", value):
        event.say(line, BAD_VALUE)
    else:
        event.lines.append(line)


class _DateReader:
    """Writes the dates of one event again, in the few forms that nobody misreads."""

    def __init__(self, event: Repaired, zones: Zones) -> None:
        self.event = event
        self._zones = zones
        self._suffix = ""

    def start(self, line: str) -> Start | None:
        """DTSTART, to which the other dates are fitted; None when it is not readable."""
        parts = _DATED.fullmatch(line.strip())
        stamp = self._stamp(parts[3], parts[2] or "") if parts else None
        if parts is None or stamp is None:
            return None
        if len(stamp) == 8:
            self.event.lines.append(f"DTSTART;VALUE=DATE:{stamp}")
            return Start(date(int(stamp[:4]), int(stamp[4:6]), int(stamp[6:])))
        zone = "" if stamp.endswith("Z") else self._zone(parts[2] or "", line)
        self._suffix = "Z" if stamp.endswith("Z") else (f";TZID={zone}" if zone else "")
        self.event.lines.append(f"DTSTART{';TZID=' + zone if zone else ''}:{stamp}")
        at = datetime.strptime(stamp[:15], "%Y%m%dT%H%M%S")  # noqa: DTZ007 - its zone goes beside it
        known = "UTC" if stamp.endswith("Z") else zone
        return Start(at, self._zones.zone(known) if known else None)

    def dates(self, name: str, line: str, start: Start) -> None:
        """Keep the readable dates of `line`, in the type of the event's start where that is surely meant."""
        parts = _DATED.fullmatch(line.strip())
        if not parts:
            self.event.say(line, BAD_DATE)
            return
        params = parts[2] or ""
        stamps: list[str] = []
        periods: list[str] = []
        pieces = parts[3].split(",", _MOST_DATES)
        if len(pieces) > _MOST_DATES:
            self.event.say(line, TOO_MUCH)
        for piece in pieces[:_MOST_DATES]:
            if "/" in piece and name == "RDATE":
                period = self._period(piece, params)
                periods.extend([period] if period else [])
                readable = bool(period)
            else:
                stamp = self._stamp(piece, params)
                stamps.extend([stamp] if stamp else [])
                readable = stamp is not None
            if not readable:
                self.event.say(line, BAD_DATE)
        zone = self._zone(params, line) if ";TZID" in params.upper() and (stamps or periods) else ""
        later = (
            ";RANGE=THISANDFUTURE" if name == "RECURRENCE-ID" and "THISANDFUTURE" in params.upper() else ""
        )
        for stamp in stamps:
            self.event.lines.append(self._line(name + later, stamp, zone, start))
        for period in periods:
            tzid = f";TZID={zone}" if zone and not period.partition("/")[0].endswith("Z") else ""
            self.event.lines.append(f"{name};VALUE=PERIOD{tzid}:{period}")

    def _line(self, name: str, stamp: str, zone: str, start: Start) -> str:
        if not start.timed:
            return f"{name};VALUE=DATE:{stamp[:8]}"
        if len(stamp) == 8:
            if name != "DTEND":
                return f"{name};VALUE=DATE:{stamp}"
            stamp += "T000000"
        if stamp.endswith("Z"):
            # A floating event that ends at an instant has lost its zone on the way.
            return f"{name}:{stamp}" if start.zone or name != "DTEND" else f"{name}:{stamp[:-1]}"
        if zone and (start.zone or name != "DTEND"):
            return f"{name};TZID={zone}:{stamp}"
        return f"{name}:{stamp}Z" if self._suffix == "Z" else f"{name}{self._suffix}:{stamp}"

    def _period(self, piece: str, params: str) -> str:
        first, _slash, last = piece.strip().partition("/")
        begin = self._stamp(first, params)
        end = last.upper() if _DURATION.fullmatch(last.upper()) else self._stamp(last, params)
        return f"{begin}/{end}" if begin and end and len(begin) > 8 and len(end) != 8 else ""

    def _stamp(self, value: str, params: str) -> str | None:
        """`20260305` or `20260305T100000[Z]` for what `value` means; None when it means no date."""
        match = _DATE.fullmatch(value.strip())
        if not match:
            return None
        year, dash, month, day, letter, hour, minute, second, zulu = match.groups()
        try:
            date(int(year), int(month), int(day))
            if hour and (int(hour) > 23 or int(minute) > 59 or int(second or 0) > 60):
                return None
        except ValueError:
            return None
        whole_day = not hour or ("VALUE=DATE" in params.upper().split(";") and f"{hour}{minute}" == "0000")
        if dash or (hour and (second is None or second == "60" or letter != "T" or whole_day)):
            self.event.say(value, MENDED_DATE)
        if whole_day:
            return f"{year}{month}{day}"
        second = "59" if second == "60" else second or "00"
        return f"{year}{month}{day}T{hour}{minute}{second}{'Z' if zulu else ''}"

    def _zone(self, params: str, line: str) -> str:
        found = _ZONE.search(params)
        if not found:
            return ""
        name = self._zones.name(found[1].strip('"'))
        if not name:
            self.event.say(line, UNKNOWN_ZONE)
        return name
