"""A feed cut into its events and time zones, without reading them: nothing here can fail on one of them."""

from __future__ import annotations

import io

from cockpit.domain.agenda.events import ONLY_BUSY, ONLY_OTHERS, Issue
from cockpit.domain.dataclasses import dataclass, field
from cockpit.domain.text import clean
from cockpit.locale import N_, _
from cockpit.sources.ical.decode import MAX_LINE, MAX_LINES, FeedRefused, text, unfold
from cockpit.sources.ical.zones import mark, tzid_of

MAX_EVENTS = 100_000
_MOST_ZONES = 200
"""Definitions of zones that are told apart in one calendar."""

CUT_SHORT = N_("the calendar stops before its end: nothing was deleted this time")
UNCLOSED = N_("an event was not closed; it was closed where the next thing begins")
CUT_EVENT = N_("the last event is incomplete and was left out")
NO_EVENTS = N_("this calendar holds no event")
NOT_GREGORIAN = N_("the calendar says that it is not Gregorian; it was read as if it were")

# DTSTAMP says when the answer was made, not what it says, and many servers write the current time in it.
# Attachments are not ours to keep.
_IGNORED = {b"DTSTAMP", b"dtstamp", b"ATTACH:", b"ATTACH;"}
_BOUNDARIES = {b"BEGI", b"begi", b"Begi", b"END:", b"end:", b"End:"}
_KEPT = {b"VEVENT", b"VTIMEZONE"}
ZONES_OF = "X-COCKPIT-ZONES"
"""The property by which an event says which of several definitions of its zones it was written with."""
_ZONE_PARTS = {b"STANDARD", b"DAYLIGHT"}


@dataclass(kw_only=True)
class Components:
    """What a feed is made of. Texts are the lines between BEGIN and END, as bytes."""

    events: list[bytes] = field(default_factory=list)
    zones: list[bytes] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    truncated: bool = False
    """Whether it stopped early, so that what it lacks may still exist."""


def split(body: bytes) -> Components:
    """The events and time zones of `body`, of all its calendars in order.

    An event inside another closes it; other components (alarms, tasks...) are left out. Raises FeedRefused
    when the body is no calendar or goes beyond the limits.
    """
    content = unfold(body)
    _refuse_what_is_no_calendar(content)
    reader = _Splitter()
    for number, line in enumerate(io.BytesIO(content)):
        if len(line) > MAX_LINE or number >= MAX_LINES:
            raise FeedRefused(_("the calendar is too large to read: publish a shorter period"))
        if line[:4] in _BOUNDARIES:
            reader.boundary(line)
        elif reader.lines is not None:
            if not reader.skipped and line[:7] not in _IGNORED:
                reader.lines.append(line)
        else:
            reader.header(line)
    return reader.finish()


def _refuse_what_is_no_calendar(content: bytes) -> None:
    head = content[:2_000].lstrip().upper()
    beginning = content[:100_000].upper()
    if b"BEGIN:VCARD" in beginning and b"BEGIN:VCALENDAR" not in beginning:
        raise FeedRefused(_("these are contacts (vCard), not a calendar: take the address of a calendar"))
    if b"BEGIN:V" in beginning:
        return
    if not head:
        raise FeedRefused(_("the answer is empty: the address may have changed, check it in the calendar"))
    if b"MULTISTATUS" in head:
        raise FeedRefused(
            _("this address lists folders of a CalDAV server: take the address of one calendar in it")
        )
    if head.startswith((b"<!DOCTYPE", b"<HTML", b"<?XML")) or b"<HTML" in head:
        raise FeedRefused(
            _("a web page came instead of a calendar: sign-in may be required, renew the private address")
        )
    raise FeedRefused(_("the answer is not a calendar: check the address, it should end in .ics"))


@dataclass
class _Calendar:
    """One VCALENDAR of a feed: the place of its first event among all, and its definitions of zones, each by
    its TZID, its mark and the place of the event that follows it."""

    begins: int
    zones: list[tuple[str, str, int]] = field(default_factory=list)

    def marks(self, event: int, doubtful: set[str]) -> list[str]:
        """The definitions with which the event at a place was written: the last ones before it, else the
        first ones after; of several that stand together, the first."""
        chosen: dict[str, tuple[str, int]] = {}
        for tzid, name, at in self.zones:
            if tzid in doubtful and (tzid not in chosen or chosen[tzid][1] < at <= event):
                chosen[tzid] = name, at
        return [name for name, _at in chosen.values()]


class _Splitter:
    """Where the reading of lines stands."""

    def __init__(self) -> None:
        self.found = Components()
        self.lines: list[bytes] | None = None
        self.skipped: dict[bytes, int] = {}
        """The components that are open within one another and left out, by name: how deep the outermost lies."""
        self._depth = 0
        self._kind = b""
        self._cancelling = False
        self._open = 0
        self._other_kinds: set[bytes] = set()
        self._calendars: list[_Calendar] = [_Calendar(0)]

    def boundary(self, line: bytes) -> None:
        begins, name = line[:1] in b"Bb", line.partition(b":")[2].strip().upper()
        if name == b"VCALENDAR":
            self._close(complete=False)
            self._open += 1 if begins else -1
            self._cancelling = False
            if begins and self._calendars[-1].zones:
                self._calendars.append(_Calendar(len(self.found.events)))
        elif name in _KEPT:
            self._close(complete=not begins)
            if begins:
                self.lines, self._kind = [], name
        elif begins:
            if self._kind == b"VTIMEZONE" and name in _ZONE_PARTS and self.lines is not None:
                self.lines.append(line.upper())
            else:
                self.skipped.setdefault(name, self._depth)
                self._depth += 1
                if self.lines is None:
                    self._other_kinds.add(name)
        elif name in self.skipped:
            # With the outermost of that name ends all that was opened within it; each is looked at once.
            self._depth = self.skipped[name]
            while self.skipped and next(reversed(self.skipped.values())) >= self._depth:
                self.skipped.popitem()
        elif self._kind == b"VTIMEZONE" and self.lines is not None:
            self.lines.append(line.upper())

    def header(self, line: bytes) -> None:
        """A line outside events: only METHOD and CALSCALE matter, and only outside skipped components."""
        if self.skipped:
            return
        name, _colon, value = line.partition(b":")
        if name.upper() == b"METHOD":
            self._cancelling = value.strip().upper() == b"CANCEL"
        elif name.upper() == b"CALSCALE" and value.strip().upper() != b"GREGORIAN":
            self.found.issues.append(Issue("", clean(text(line)), NOT_GREGORIAN))

    def finish(self) -> Components:
        if self.lines is not None:
            self.found.truncated = True
            self.found.issues.append(Issue("", _first_words(self.lines), CUT_EVENT))
        if self._open > 0:
            self.found.truncated = True
        if self.found.truncated:
            self.found.issues.append(Issue("", "", CUT_SHORT))
        elif not self.found.events:
            said = ONLY_OTHERS if self._other_kinds & {b"VTODO", b"VJOURNAL"} else NO_EVENTS
            said = ONLY_BUSY if b"VFREEBUSY" in self._other_kinds else said
            self.found.issues.append(Issue("", "", said))
        self._tell_zones_apart()
        return self.found

    def _tell_zones_apart(self) -> None:
        """Where one name is defined in several ways, have each event say which one stood with it."""
        events = self.found.events
        ways: dict[str, set[str]] = {}
        for calendar in self._calendars:
            for tzid, name, _at in calendar.zones:
                ways.setdefault(tzid, set()).add(name)
        doubtful = {tzid for tzid, names in ways.items() if len(names) > 1}
        if not doubtful:
            return
        ends = [calendar.begins for calendar in self._calendars[1:]] + [len(events)]
        for calendar, end in zip(self._calendars, ends, strict=True):
            for n in range(calendar.begins, end):
                marks = calendar.marks(n, doubtful)
                events[n] = f"{ZONES_OF}:{' '.join(marks)}\n".encode() + events[n] if marks else events[n]

    def _close(self, *, complete: bool) -> None:
        lines, self.lines = self.lines, None
        self.skipped, self._depth = {}, 0
        if lines is None:
            return
        if self._kind == b"VTIMEZONE":
            definition = b"".join(lines)
            self.found.zones.append(definition)
            place = len(self.found.events)
            if len(self._calendars[-1].zones) < _MOST_ZONES:
                self._calendars[-1].zones.append((tzid_of(definition), mark(definition), place))
            return
        if not complete:
            self.found.issues.append(Issue("", _first_words(lines), UNCLOSED))
        if self._cancelling:
            # First of its name wins, so this outweighs what the event itself says (RFC 5546 3.2.5).
            lines.insert(0, b"STATUS:CANCELLED\n")
        self.found.events.append(b"".join(lines))
        if len(self.found.events) > MAX_EVENTS:
            raise FeedRefused(_("the calendar has over 100,000 events: publish a shorter period"))


def _first_words(lines: list[bytes]) -> str:
    named = [line for line in lines if line[:7].upper() == b"SUMMARY"] or lines[:1]
    return clean(text(named[0][:400]), 120) if named else ""
