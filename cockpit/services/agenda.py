"""The stored agenda, for whoever shows it: events of some days, and how they are told to a program."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import date
from zoneinfo import ZoneInfo

from cockpit.domain.agenda import Event, merge, midnight, span, touches
from cockpit.store import agenda as store


def events(
    conn: sqlite3.Connection,
    lo: date,
    hi: date,
    *,
    zone: str,
    hidden: frozenset[str] = frozenset(),
    titled: Callable[[str], bool] | None = None,
) -> tuple[Event, ...]:
    """The stored events of the days from `lo` up to `hi` (excluded) as lived in `zone`, sorted.

    The same meeting in several feeds is one event. `hidden` names the feeds to leave out; `titled`
    says which titles are wanted, and spares the reading of the others.
    """
    here = ZoneInfo(zone)
    instants = int(midnight(lo, here).timestamp()), int(midnight(hi, here).timestamp())
    found = store.occurrences(
        conn, instants, (_midnight_in_seconds(lo), _midnight_in_seconds(hi)), hidden, titled
    )
    return tuple(event for event in merge(found, here) if touches(event, lo, hi))


def _midnight_in_seconds(day: date) -> int:
    return span(day, day).starts


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
        "feeds": [feed for feed in event.feeds if feed],
        "notes": said.notes,
    }
