"""Reading a feed once, from an address, a file or a folder, and what it would give; nothing is stored."""

from __future__ import annotations

import os
from codecs import BOM_UTF8
from datetime import date, datetime
from errno import ENOENT
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from cockpit import files
from cockpit.domain.agenda.copies import merge
from cockpit.domain.agenda.events import (
    Event,
    EventCard,
    EventInstance,
    Issue,
    Span,
    instance_id,
    moments,
    touches,
)
from cockpit.domain.dataclasses import dataclass
from cockpit.locale import _
from cockpit.sources.address import local_path
from cockpit.sources.ical.decode import MAX_BYTES, FeedRefused
from cockpit.sources.ical.read import EventBlock, read_feed


@dataclass(frozen=True, kw_only=True)
class FeedCheck:
    """What a feed gives, without any of it being stored."""

    events: tuple[Event, ...]
    repairs: tuple[Issue, ...]
    blocks: int
    """How many events the whole feed holds, in any period."""
    truncated: bool


async def read_source(source: str, *, now: datetime) -> tuple[bytes | None, str]:
    """The body of a feed and an empty text, or None and what went wrong."""
    path = local_path(source)
    if path is not None:
        try:
            return load_path(path), ""
        except FeedRefused as refusal:
            return None, str(refusal)
    from cockpit.sources.fetch import FEED_DEADLINE_S, FEED_LIMIT, Fetched, Fetcher, Request

    request = Request(
        url=source, wants="calendar", internal=True, limit=FEED_LIMIT, deadline_s=FEED_DEADLINE_S
    )
    async with Fetcher(now=lambda: now) as fetcher:
        outcome = await fetcher.fetch(request)
    if isinstance(outcome, Fetched):
        return outcome.body, ""
    return None, getattr(outcome, "message", "")


def load_path(path: Path) -> bytes:
    """The calendar in a file, or in the .ics files of a folder (vdir), one after the other.

    Raises FeedRefused when there is none, when it cannot be read or when it is too large.
    """
    try:
        listed = sorted(path.glob("*.ics")) if path.is_dir() else [path]
        parts: list[bytes] = []
        for file in listed:
            parts.append(_read_bounded(file, MAX_BYTES - sum(map(len, parts))).removeprefix(BOM_UTF8))
    except OSError as error:
        raise FeedRefused(
            _("the calendar cannot be read on this machine: {reason}").format(reason=files.why(error))
        ) from error
    if not parts:
        raise FeedRefused(_("the folder holds no .ics file"))
    return parts[0] if len(parts) == 1 else b"\n".join(parts)


def _read_bounded(file: Path, most: int) -> bytes:
    """A file of at most that many bytes, whatever it says its size is. Raises FeedRefused, OSError."""
    if not file.is_file():
        if file.exists():
            raise FeedRefused(_("this is not a file that can be read to its end"))
        raise FileNotFoundError(ENOENT, os.strerror(ENOENT))
    with file.open("rb") as opened:
        body = opened.read(most + 1)
    if len(body) > most:
        raise FeedRefused(_("the calendar is larger than 64 MB: publish a shorter period"))
    return body


def check(
    body: bytes, lo: date, hi: date, *, zone: str, feed: str = "", emails: tuple[str, ...] = ()
) -> FeedCheck:
    """What `body` holds from `lo` up to `hi` (excluded) as lived in `zone`, storing nothing.

    Raises FeedRefused when it is no calendar.
    """
    from cockpit.sources.ical.series import Budget, read_series

    text = read_feed(body)
    by_uid: dict[str, list[EventBlock]] = {}
    for block in text.blocks:
        by_uid.setdefault(block.outline.uid, []).append(block)
    mine, budget = frozenset(email.lower() for email in emails), Budget()
    found: list[EventInstance] = []
    repairs = list(text.issues)
    for uid, blocks in by_uid.items():
        texts = [block.text for block in blocks]
        reading = read_series(uid, texts, text.zones, [(lo, hi)], emails=mine, budget=budget)
        repairs.extend(reading.issues)
        for position, placed in reading.spans:
            rid, card = reading.cards[position]
            rid = rid or (instance_id(placed) if blocks[position].outline.recurring else "")
            found.append(_occurrence(feed, uid, rid, card, placed))
    merged = merge(found, ZoneInfo(zone))
    return FeedCheck(
        events=tuple(event for event in merged if touches(event, lo, hi)),
        repairs=tuple(repairs),
        blocks=len(text.blocks),
        truncated=text.truncated,
    )


def _occurrence(feed: str, uid: str, rid: str, card: EventCard, placed: Span) -> EventInstance:
    said: dict[str, Any] = {name: getattr(card, name) for name in EventCard.__slots__}
    return EventInstance(feed=feed, uid=uid, rid=rid, **said, **moments(placed))
