"""A feed cut into blocks that can be compared with those of its last read, before any of them is read."""

from __future__ import annotations

import re
from datetime import date
from functools import cached_property
from hashlib import blake2b

from cockpit.domain.agenda.events import Issue
from cockpit.domain.dataclasses import dataclass
from cockpit.domain.text import clean
from cockpit.sources.ical.decode import text
from cockpit.sources.ical.split import split
from cockpit.sources.ical.zones import Zones

PARSER_VERSION = "3"
"""Moves when the same feed would be read otherwise; every feed is then read again."""

_FIELDS = {case(name) for name in (b"uid", b"dts", b"dte", b"dur", b"rru", b"rda", b"rec")
           for case in (bytes.upper, bytes.lower, bytes.title)}  # fmt: skip
"""How the properties that matter begin."""
_DAY = re.compile(rb":\s*(\d{4})-?(\d\d)-?(\d\d)(?!\d)")
_UNTIL = re.compile(rb"UNTIL=(\d{4})-?(\d\d)-?(\d\d)", re.IGNORECASE)
_EPOCH = date(1970, 1, 1).toordinal()
_DURATION = re.compile(
    rb"\s*\+?P(?:(\d{1,4})W)?(?:(\d{1,5})D)?(?:T(?:(\d{1,5})H)?(?:\d{1,4}M)?(?:\d{1,5}S)?)?\s*", re.IGNORECASE
)
_MARGIN = 3
"""Days around a block's dates, for zones and hours."""


@dataclass(frozen=True)
class EventBlock:
    """One VEVENT as it came, named by its content."""

    text: bytes
    hash: bytes

    @cached_property
    def outline(self) -> Outline:
        """What can be told without reading it all."""
        return _outline(self.text, self.hash)


@dataclass(frozen=True)
class Outline:
    """Identity of a block, and the days outside which it has no instance, in seconds; None: unknown."""

    uid: str
    rid: str
    recurring: bool
    lo: int | None
    hi: int | None


@dataclass(frozen=True, kw_only=True)
class FeedText:
    """A feed cut into blocks, none of them read yet."""

    blocks: tuple[EventBlock, ...]
    zones: Zones
    truncated: bool
    issues: tuple[Issue, ...]

    @property
    def fingerprint(self) -> str:
        """Names the content, whatever the order and the time of the answer."""
        return blake2b(b"".join(sorted(block.hash for block in self.blocks)), digest_size=16).hexdigest()


def read_feed(body: bytes, reader: str = "") -> FeedText:
    """The blocks of a feed. Their hashes depend on its time zones and on `reader`, not on DTSTAMP.

    Raises FeedRefused when `body` is no calendar.
    """
    found = split(body)
    zones = Zones(found.zones)
    key = blake2b(f"{PARSER_VERSION} {reader} ".encode() + zones.source, digest_size=32).digest()
    blocks = {}
    for event in found.events:
        digest = blake2b(event, key=key, digest_size=16).digest()
        blocks[digest] = EventBlock(event, digest)
    return FeedText(
        blocks=tuple(blocks.values()),
        zones=zones,
        truncated=found.truncated,
        issues=(*found.issues, *zones.issues),
    )


def _outline(source: bytes, digest: bytes) -> Outline:
    fields: dict[bytes, bytes] = {}
    for line in source.split(b"\n"):
        if line[:3] in _FIELDS:
            name = re.split(rb"[;:]", line, maxsplit=1)[0].upper()
            fields.setdefault(name, line)
    uid = clean(text(fields.get(b"UID", b"").partition(b":")[2][:2_000]), 1_000)
    repeats = b"RRULE" in fields or b"RDATE" in fields
    override = b"RECURRENCE-ID" in fields
    start = _ordinal(_DAY.search(fields.get(b"DTSTART", b"")))
    lo = hi = None
    if start is not None:
        lo = (start - _MARGIN) * 86_400
        last = _ordinal(_UNTIL.search(fields[b"RRULE"])) if b"RRULE" in fields and not override else start
        length = _days(fields, start)
        if last is not None and length is not None and b"RDATE" not in fields:
            hi = (max(last, start) + length + _MARGIN) * 86_400
    rid = clean(text(fields[b"RECURRENCE-ID"][:200].rpartition(b":")[2])) if override else ""
    return Outline(uid or f"cockpit-{digest.hex()}", rid, repeats and not override, lo, hi)


def _days(fields: dict[bytes, bytes], start: int) -> int | None:
    """Whole days that a block lasts; None when it does not say so clearly."""
    if b"DTEND" in fields:
        end = _ordinal(_DAY.search(fields[b"DTEND"]))
        return None if end is None else max(end - start, 0)
    if b"DURATION" in fields:
        match = _DURATION.fullmatch(fields[b"DURATION"].rpartition(b":")[2])
        return int(match[1] or 0) * 7 + int(match[2] or 0) + int(match[3] or 0) // 24 + 4 if match else None
    return 1


def _ordinal(match: re.Match[bytes] | None) -> int | None:
    """Days since 1970 of a date; None when there is none."""
    if match is None:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3])).toordinal() - _EPOCH
    except ValueError:
        return None


def seconds(window: tuple[date, date]) -> tuple[int, int]:
    """The window in seconds, a day more on each side, as blocks' and instances' bounds are compared."""
    lo, hi = window
    return (lo.toordinal() - _EPOCH - 1) * 86_400, (hi.toordinal() - _EPOCH + 1) * 86_400
