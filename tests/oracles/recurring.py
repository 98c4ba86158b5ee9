"""Occurrences of calendars as recurring-ical-events sees them, run apart since some calendars hang it.

In: [{"id", "text", "windows": [[lo, hi], ...]}], days in ISO. Out, a line each: [id, rows or null].
"""

from __future__ import annotations

import json
import signal
import sys
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from icalendar import Calendar
from recurring_ical_events import CalendarQuery

SECONDS = 10
Row = tuple[str, str, str, str]


def rows(text: str, windows: list[tuple[str, str]]) -> list[Row]:
    """Uid, kind, start and end of each occurrence in some of the windows, two days more on each side."""
    found: set[Row] = set()
    for calendar in Calendar.from_ical(text, multiple=True):
        query = CalendarQuery(calendar, components=["VEVENT"])
        for lo, hi in windows:
            first, last = (datetime.combine(date.fromisoformat(day), time.min, UTC) for day in (lo, hi))
            for event in query.between(first - timedelta(days=2), last + timedelta(days=2)):
                found.add(_row(event))
    return sorted(found)


def _row(event: Any) -> Row:
    start, end = event.start, event.end
    uid = str(event.get("UID", "")).strip()
    if not isinstance(start, datetime):
        return uid, "day", start.isoformat(), max(end, start + timedelta(days=1)).isoformat()
    if start.tzinfo is None:
        return uid, "floating", start.isoformat(), end.replace(tzinfo=None).isoformat()
    return uid, "timed", start.astimezone(UTC).isoformat(), end.astimezone(UTC).isoformat()


def _too_long(*_args: object) -> None:
    raise TimeoutError


def main() -> None:
    """Answer each calendar, whatever happens to the others."""
    signal.signal(signal.SIGALRM, _too_long)
    for calendar in json.load(sys.stdin):
        signal.alarm(SECONDS)
        try:
            answer: list[Row] | None = rows(calendar["text"], calendar["windows"])
        except Exception:  # noqa: BLE001 - it is their answer: they refuse this calendar
            answer = None
        signal.alarm(0)
        print(json.dumps([calendar["id"], answer]), flush=True)


if __name__ == "__main__":
    main()
