"""A feed cut into its events and time zones, without reading them: nothing here can fail on one of them."""

from __future__ import annotations

import io

from cockpit.domain.agenda.events import Issue
from cockpit.domain.dataclasses import dataclass, field
from cockpit.domain.text import clean
from cockpit.locale import N_, _
from cockpit.sources.ical.decode import MAX_LINE, MAX_LINES, FeedRefused, text, unfold

MAX_EVENTS = 100_000

CUT_SHORT = N_("the calendar stops before its end: nothing was deleted this time")
UNCLOSED = N_("an event was not closed; it was closed where the next thing begins")
CUT_EVENT = N_("the last event is incomplete and was left out")
NOT_GREGORIAN = N_("the calendar says that it is not Gregorian; it was read as if it were")

# DTSTAMP says when the answer was made, not what it says, and many servers write the current time in it.
# Attachments are not ours to keep.
_IGNORED = {b"DTSTAMP", b"dtstamp", b"ATTACH:", b"ATTACH;"}
_BOUNDARIES = {b"BEGI", b"begi", b"Begi", b"END:", b"end:", b"End:"}
_KEPT = {b"VEVENT", b"VTIMEZONE"}
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
    if b"BEGIN:V" in content[:100_000].upper():
        return
    if not head:
        raise FeedRefused(_("the answer is empty: the address may have changed, check it in the calendar"))
    if head.startswith((b"<!DOCTYPE", b"<HTML", b"<?XML")) or b"<HTML" in head:
        raise FeedRefused(
            _("a web page came instead of a calendar: sign-in may be required, renew the private address")
        )
    raise FeedRefused(_("the answer is not a calendar: check the address, it should end in .ics"))


class _Splitter:
    """Where the reading of lines stands."""

    def __init__(self) -> None:
        self.found = Components()
        self.lines: list[bytes] | None = None
        self.skipped: list[bytes] = []
        self._kind = b""
        self._cancelling = False
        self._open = 0

    def boundary(self, line: bytes) -> None:
        begins, name = line[:1] in b"Bb", line.partition(b":")[2].strip().upper()
        if name == b"VCALENDAR":
            self._close(complete=False)
            self._open += 1 if begins else -1
            self._cancelling = False
        elif name in _KEPT:
            self._close(complete=not begins)
            if begins:
                self.lines, self._kind = [], name
        elif begins:
            if self._kind == b"VTIMEZONE" and name in _ZONE_PARTS and self.lines is not None:
                self.lines.append(line.upper())
            else:
                self.skipped.append(name)
        elif name in self.skipped:
            del self.skipped[self.skipped.index(name) :]
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
        return self.found

    def _close(self, *, complete: bool) -> None:
        lines, self.lines, self.skipped = self.lines, None, []
        if lines is None:
            return
        if self._kind == b"VTIMEZONE":
            self.found.zones.append(b"".join(lines))
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
