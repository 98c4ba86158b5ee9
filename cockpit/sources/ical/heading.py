"""What a feed says of itself as a whole: what it is called, and the zone in which its owner lives."""

from __future__ import annotations

import re

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.text import clean
from cockpit.sources.ical.decode import text, unfold

_HEAD = 64 * 1024
"""Bytes in which a heading stands, when there is one."""
_NAME = re.compile(rb"^(?:X-WR-CALNAME|NAME)(?:;[^:\n]*)?:([^\n]*)", re.MULTILINE | re.IGNORECASE)
_ZONE = re.compile(rb"^(?:X-WR-TIMEZONE|TIMEZONE-ID)(?:;[^:\n]*)?:([^\n]*)", re.MULTILINE | re.IGNORECASE)
_TZID = re.compile(rb"^TZID(?:;[^:\n]*)?:([^\n]*)", re.MULTILINE | re.IGNORECASE)
_FIRST_EVENT = re.compile(rb"^BEGIN:VEVENT", re.MULTILINE | re.IGNORECASE)
_ESCAPED = re.compile(r"\\([,;\\nN])")


@dataclass(frozen=True)
class FeedHeading:
    """Both are empty where the feed does not say."""

    name: str
    zone: str


def heading(body: bytes) -> FeedHeading:
    """The heading of a feed, or of the first of several; RFC 7986 5.1, and what calendars wrote before it."""
    content = unfold(body[:_HEAD])
    first = _FIRST_EVENT.search(content)
    head = content[: first.start()] if first else content
    zone = _said(_ZONE.search(head)) or _said(_TZID.search(head))
    return FeedHeading(_said(_NAME.search(head)), zone)


def _said(found: re.Match[bytes] | None) -> str:
    if found is None:
        return ""
    return clean(_ESCAPED.sub(lambda sign: " " if sign[1] in "nN" else sign[1], text(found[1])), 120).strip()
