"""One event's lines mended until a strict reader accepts them; every repair is said."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime

from cockpit.domain.agenda.events import Issue
from cockpit.domain.dataclasses import dataclass, field
from cockpit.domain.text import clean
from cockpit.locale import N_
from cockpit.sources.ical.decode import text
from cockpit.sources.ical.rules import safe_rule
from cockpit.sources.ical.split import ZONES_OF
from cockpit.sources.ical.until import Start, day_meant, in_utc
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

_WHOLE_DAY = {"X-MICROSOFT-CDO-ALLDAYEVENT", "X-MICROSOFT-MSNCALENDAR-ALLDAYEVENT", "X-FUNAMBOL-ALLDAY"}
"""What says of an event from midnight to midnight that it is of whole days."""
_ONCE = {
    "DTSTART", "DTEND", "DURATION", "RECURRENCE-ID", "SEQUENCE", "STATUS", "TRANSP", "SUMMARY", "LOCATION",
    "URL", "DESCRIPTION", "ORGANIZER", "X-ALT-DESC", "X-GOOGLE-CONFERENCE", "CLASS",
    "X-MICROSOFT-SKYPETEAMSMEETINGURL", "X-MICROSOFT-CDO-BUSYSTATUS", ZONES_OF,
    *_WHOLE_DAY,
}  # fmt: skip
_OFTEN = {"RRULE", "EXDATE", "RDATE", "ATTENDEE", "CONFERENCE", "EXRULE"}
_REPEATING = {"RRULE", "EXDATE", "RDATE", "EXRULE"}
_DATES = ("DTSTART", "DTEND", "RECURRENCE-ID", "EXDATE", "RDATE")
_MOST = 500
"""Lines of one kind that an event may have."""
_MOST_DATES = 5_000
"""Dates that one line may list."""
_MOST_SAID = 100
"""Repairs of one event that are told; a million of its lines may be wrong."""
_LONGEST = 50_000
"""Characters of a text that are read."""

_NAME = re.compile(r"([A-Za-z0-9_-]+)(?=[;:])")
_DATED = re.compile(
    r"([^;:]+)(;.*?)?:([^:\"]*|\s*\d{4}-?\d\d-?\d\d[T ]\d\d:\d\d(?::\d\d)?[^:]*(?::\d\d\s*)?"
    r"|[^:\"]*[+-]\d\d:\d\d\s*)",
    re.ASCII,
)
_DATE = re.compile(
    r"(\d{4})(-?)(\d{2})-?(\d{2})"
    r"(?:([T ])\s*(\d{2}):?(\d{2})(?::?(\d{2})(?:[.,]\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?)?",
    re.IGNORECASE | re.ASCII,
)
_ZONE = re.compile(r";\s*TZID\s*=\s*(\"[^\"]*\"|[^;]*)", re.IGNORECASE)
_LENGTH = re.compile(r"\+?P((?:\d+[WDHMST]|T)+)", re.ASCII)
_PIECE = re.compile(r"(\d+)([WDHMS])", re.ASCII)
_MOST_DIGITS = {"W": 3, "D": 4, "H": 5, "M": 6, "S": 8}


@dataclass(kw_only=True)
class Repaired:
    """What is left of an event: lines that can be read, and what was said about the others."""

    uid: str
    lines: list[str] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    readable: bool = False

    def say(self, line: str, what: str) -> None:
        """Record a repair."""
        if len(self.issues) < _MOST_SAID:
            self.issues.append(Issue(self.uid, clean(line[:400], 120), what))


def repair(source: bytes, uid: str, zones: Zones) -> Repaired:
    """The event whose text is `source`, mended. Not readable when it has no usable DTSTART."""
    event = Repaired(uid=uid)
    found = _properties(text(source), event)
    started = found.pop("DTSTART", None)
    marks = next(iter(found.pop(ZONES_OF, ())), "").partition(":")[2].split()
    flags = [found.pop(name, [""])[0] for name in _WHOLE_DAY]
    reader = _DateReader(event, zones, frozenset(marks))
    if any(flag.rpartition(":")[2].strip().upper() in ("TRUE", "1") for flag in flags):
        started = reader.whole_days(found, started)
    start = reader.start(started[0]) if started else None
    if start is None:
        event.say(started[0] if started else "", NO_START)
        return event
    if "RECURRENCE-ID" in found:
        # A rule of its own tells an instance that came with a former version of the series.
        found = {name: lines for name, lines in found.items() if name not in _REPEATING or name == "RRULE"}
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
            if name == "DESCRIPTION" and len(found[name][0]) < _LONGEST:
                # A line break that its writer forgot to escape: the text goes on.
                found[name][0] = f"{found[name][0]}\\n{line}"[:_LONGEST]
    return found


def _keep(name: str, line: str, start: Start, reader: _DateReader) -> None:
    event = reader.event
    value = line.rpartition(":")[2].strip()
    if name in _DATES:
        reader.dates(name, line, start)
    elif name == "RRULE":
        rule = safe_rule(value, start)
        if rule.said:
            event.say(line, rule.said)
        if rule.text:
            event.lines.append(f"RRULE:{rule.text}")
        reader.repeat(rule.days)
    elif name == "EXRULE":
        event.say(line, NO_EXRULE)
    elif name == "DURATION":
        length = duration(value)
        if length:
            event.lines.append(f"DURATION:{length}")
        else:
            event.say(line, BAD_VALUE)
    elif name == "SEQUENCE" and not re.fullmatch(r"\d{1,9}", value, re.ASCII):
        event.say(line, BAD_VALUE)
    else:
        event.lines.append(line)


def duration(value: str) -> str:
    """`value` as RFC 5545 3.3.6 writes it, also where its T is missing or misplaced; empty for no duration.

    Months and years do not exist there: M is minutes.
    """
    whole = _LENGTH.fullmatch("".join(value.upper().split()))
    if not whole:
        return ""
    counts: dict[str, int] = {}
    for count, unit in _PIECE.findall(whole[1]):
        if unit in counts or len(count) > _MOST_DIGITS[unit]:
            return ""
        counts[unit] = int(count)
    if not counts:
        return ""
    days = counts.get("W", 0) * 7 + counts.get("D", 0)
    hours = "".join(f"{counts[unit]}{unit}" for unit in "HMS" if unit in counts)
    return f"P{days}D" + (f"T{hours}" if hours else "")


class _DateReader:
    """Writes the dates of one event again, in the few forms that nobody misreads."""

    def __init__(self, event: Repaired, zones: Zones, marks: frozenset[str] = frozenset()) -> None:
        self.event = event
        self._zones = zones
        self._marks = marks
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

    def repeat(self, days: Sequence[date]) -> None:
        """Have the event take place again on each of `days`, as its start does."""
        if not days or any(line.startswith("RECURRENCE-ID") for line in self.event.lines):
            return
        begin, _colon, stamp = self.event.lines[0].partition(":")
        stamps = ",".join(f"{day:%Y%m%d}{stamp[8:]}" for day in days)
        self.event.lines.append(f"RDATE{begin.removeprefix('DTSTART')}:{stamps}")

    def whole_days(self, found: dict[str, list[str]], started: list[str] | None) -> list[str] | None:
        """DTSTART as a date, and DTEND in `found` too, for an event flagged so that goes from midnight to
        midnight; as they are when it does not."""
        lines = [*(started or ()), *found.get("DTEND", ())]
        days = [self._midnight(line) for line in lines]
        if not started or not all(days) or not (len(days) == 2 or "DURATION" in found):
            return started
        if len(days) == 2:
            found["DTEND"] = [f"DTEND;VALUE=DATE:{days[1]}"]
        return [f"DTSTART;VALUE=DATE:{days[0]}"]

    def _midnight(self, line: str) -> str:
        """The day that begins at the time of `line`, as `20260305`; empty when none does."""
        parts = _DATED.fullmatch(line.strip())
        stamp = self._stamp(parts[3], parts[2] or "") if parts else None
        if stamp is None or len(stamp) == 8:
            return stamp or ""
        if stamp.endswith("Z"):
            return self._day(stamp) if stamp[11:15] in ("0000", "3000") else ""
        return stamp[:8] if stamp[9:15] == "000000" else ""

    def _day(self, stamp: str) -> str:
        """The date that a stamp means where dates are wanted."""
        if not stamp.endswith("Z"):
            return stamp[:8]
        at = datetime.strptime(stamp[:15], "%Y%m%dT%H%M%S")  # noqa: DTZ007 - in UTC, as day_meant wants it
        return f"{day_meant(at):%Y%m%d}".rjust(8, "0")

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
        if not start.timed and not (name.startswith("RECURRENCE-ID") and len(stamp) > 8):
            return f"{name};VALUE=DATE:{self._day(stamp)}"
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
        end = duration(last) or self._stamp(last, params)
        if begin and end and len(begin) == len(end) == 8:
            # Days where times are due: from midnight to midnight.
            zulu = "Z" if self._suffix == "Z" else ""
            begin, end = f"{begin}T000000{zulu}", f"{end}T000000{zulu}"
        return f"{begin}/{end}" if begin and end and len(begin) > 8 and len(end) != 8 else ""

    def _stamp(self, value: str, params: str) -> str | None:
        """`20260305` or `20260305T100000[Z]` for what `value` means; None when it means no date."""
        match = _DATE.fullmatch(value.strip())
        if not match:
            return None
        year, dash, month, day, letter, hour, minute, second, zone = match.groups()
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
        stamp = f"{year}{month}{day}T{hour}{minute}{second}"
        if zone and zone.upper() != "Z":
            self.event.say(value, MENDED_DATE)
            return in_utc(stamp, zone)
        return f"{stamp}Z" if zone else stamp

    def _zone(self, params: str, line: str) -> str:
        found = _ZONE.search(params)
        if not found:
            return ""
        name = self._zones.name(found[1].strip('"'), self._marks)
        if not name:
            self.event.say(line, UNKNOWN_ZONE)
        return name
