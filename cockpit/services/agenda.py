"""The agenda for whoever asks: what a feed would give, what is stored, and how it is told to a program."""

from __future__ import annotations

import sqlite3
from codecs import BOM_UTF8
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from cockpit.domain.agenda import (
    Card,
    Event,
    Issue,
    Occurrence,
    Span,
    instance_id,
    merge,
    midnight,
    moments,
    span,
    touches,
)
from cockpit.locale import _
from cockpit.services.agenda_sync import FeedOutcome, apply_body
from cockpit.services.agenda_windows import extend, roll_window
from cockpit.sources.ical.decode import MAX_BYTES, FeedRefused
from cockpit.sources.ical.read import Block, read_feed
from cockpit.store import agenda as store

__all__ = [
    "FeedCheck", "FeedOutcome", "FeedRefused", "apply_body", "check", "events", "extend", "load_path",
    "roll_window", "to_json",
]  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class FeedCheck:
    """What a feed gives, without any of it being stored."""

    events: tuple[Event, ...]
    repairs: tuple[Issue, ...]
    blocks: int
    """How many events the whole feed holds, in any period."""
    truncated: bool


def events(
    conn: sqlite3.Connection, lo: date, hi: date, *, zone: str, hidden: frozenset[str] = frozenset()
) -> tuple[Event, ...]:
    """The stored events of the days from `lo` up to `hi` (excluded) as lived in `zone`, sorted.

    The same meeting in several feeds is one event. `hidden` names the feeds to leave out.
    """
    here = ZoneInfo(zone)
    instants = int(midnight(lo, here).timestamp()), int(midnight(hi, here).timestamp())
    found = store.occurrences(conn, instants, (_midnight_in_seconds(lo), _midnight_in_seconds(hi)), hidden)
    return tuple(event for event in merge(found, here) if touches(event, lo, hi))


def _midnight_in_seconds(day: date) -> int:
    return span(day, day).starts


def check(
    body: bytes, lo: date, hi: date, *, zone: str, feed: str = "", emails: tuple[str, ...] = ()
) -> FeedCheck:
    """What `body` holds from `lo` up to `hi` (excluded) as lived in `zone`, storing nothing.

    Raises FeedRefused when it is no calendar.
    """
    from cockpit.sources.ical.series import Budget, read_series

    text = read_feed(body)
    by_uid: dict[str, list[Block]] = {}
    for block in text.blocks:
        by_uid.setdefault(block.outline.uid, []).append(block)
    mine, budget = frozenset(email.lower() for email in emails), Budget()
    found: list[Occurrence] = []
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


def _occurrence(feed: str, uid: str, rid: str, card: Card, placed: Span) -> Occurrence:
    said: dict[str, Any] = {name: getattr(card, name) for name in Card.__slots__}
    return Occurrence(feed=feed, uid=uid, rid=rid, **said, **moments(placed))


def to_json(event: Event) -> dict[str, object]:
    """`event` for a program: times in ISO 8601 with their offset; all day, dates with the end excluded."""
    said = event.occurrence
    if said.day_from is not None and said.day_to_excl is not None:
        start, end = said.day_from.isoformat(), said.day_to_excl.isoformat()
    else:
        start, end = event.start.isoformat(), event.end.isoformat()
    return {
        "uid": said.uid,
        "title": said.title,
        "start": start,
        "end": end,
        "all_day": event.all_day,
        "status": said.status,
        "busy": said.busy,
        "participation": said.participation,
        "location": said.location,
        "link": said.link,
        "organizer": said.organizer,
        "attendees": list(said.attendees),
        "feeds": list(event.feeds),
        "notes": said.notes,
    }


def load_path(path: Path) -> bytes:
    """The calendar in a file, or in the .ics files of a folder (vdir), one after the other.

    Raises FeedRefused when there is none, when it cannot be read or when it is too large.
    """
    try:
        files = sorted(path.glob("*.ics")) if path.is_dir() else [path]
        if sum(file.stat().st_size for file in files) > MAX_BYTES:
            raise FeedRefused(_("the calendar is larger than 64 MB: publish a shorter period"))
        parts = [file.read_bytes().removeprefix(BOM_UTF8) for file in files]
    except OSError as error:
        raise FeedRefused(
            _("the calendar cannot be read on this machine: {reason}").format(reason=error.strerror)
        ) from error
    if not parts:
        raise FeedRefused(_("the folder holds no .ics file"))
    return parts[0] if len(parts) == 1 else b"\n".join(parts)
