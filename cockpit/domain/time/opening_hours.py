"""Opening hours as a person writes them: `mon-fri 09:00-12:30 14:00-18:00; sat 9h-12h`, or `24x7`."""

from __future__ import annotations

import re
from datetime import date, time
from itertools import pairwise
from typing import TYPE_CHECKING

from cockpit.domain.text import fold
from cockpit.domain.time.weekdays import SHORT, parse_weekdays
from cockpit.locale import _

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

Span = tuple[int, int]
"""Half-open span of local wall minutes, `0 <= start < end <= 1440`."""
Week = tuple[tuple[Span, ...], ...]
"""Spans of Monday to Sunday."""

USUAL_DAY = (time(9), time(18))
"""When a working day begins and ends where no hours say it."""

_CLOCK = r"([0-9]{1,2})(?:(?::|h)([0-9]{2})|h)"
_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}"
_FROM_TO = rf"(?:\b(?:du|from)\s+)?\b({_DAY})\s+(?:au|to)\s+({_DAY})\b"
_CLOSED = {"closed", "ferme", "fermee", "fermeture"}
_LONGEST_CLOSING = 366
_ALWAYS = {"24x7", "24/7", "7j/7 24h/24", "24h/24 7j/7"}


def minute_of_day(text: str) -> int:
    """Minutes since midnight of `09:00`, `9h` or `24:00`. Raises ValueError."""
    found = re.fullmatch(_CLOCK, text.strip().lower())
    minutes = int(found[1]) * 60 + int(found[2] or 0) if found else -1
    if not found or int(found[2] or 0) > 59 or not 0 <= minutes <= 1440:
        raise ValueError(_("“{text}” is not a time such as 09:00").format(text=text))
    return minutes


def wall_time(minutes: int) -> str:
    """`09:00` for 540; `24:00` ends a day."""
    return f"{minutes // 60:02}:{minutes % 60:02}"


def zone_named(name: str) -> ZoneInfo:
    """The zone of an IANA name. Raises ValueError when this machine knows no such zone."""
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(name)
    except (LookupError, OSError, ValueError) as error:
        raise ValueError(_("“{name}” is not a time zone").format(name=name)) from error


def is_always(text: str) -> bool:
    """Whether hours are those of a service that never closes."""
    return fold(text).strip() in _ALWAYS


def parse_week(text: str) -> Week:
    """The spans of each day: clauses apart by `;`, each of days, then hours. Raises ValueError."""
    if is_always(text):
        return (((0, 1440),),) * 7
    week: dict[int, tuple[Span, ...]] = {}
    for clause in re.split(r"[;\n]", text):
        words = clause.split()
        if not words:
            continue
        days = parse_weekdays(words[0])
        if again := sorted(days & week.keys()):
            raise ValueError(_("“{day}” is given twice").format(day=SHORT[again[0]]))
        spans = _spans(words)
        week.update(dict.fromkeys(days, spans))
    if not week:
        raise ValueError(_("no opening hours are given"))
    return tuple(week.get(day, ()) for day in range(7))


def day_edges(text: str) -> tuple[time, time]:
    """When the day begins and ends for those hours: their first opening and last closing of the week.

    The usual 09:00 and 18:00 for a service that never closes. Raises ValueError.
    """
    if is_always(text):
        return USUAL_DAY
    spans = [span for day in parse_week(text) for span in day]
    opens, closes = min(start for start, _end in spans), max(end for _start, end in spans)
    return time(opens // 60, opens % 60), time(closes // 60, closes % 60) if closes < 1440 else time(23, 59)


def parse_exceptions(text: str) -> dict[date, tuple[Span, ...]]:
    """Dated hours, apart by `;`: `24/12/2026 09:00-12:00`, `2026-08-03..2026-08-14 closed`. Raises ValueError.

    A day comes before its month. Two days may also stand as `du 03/08/2026 au 14/08/2026`.
    """
    found: dict[date, tuple[Span, ...]] = {}
    for clause in re.split(r"[;\n]", text):
        words = re.sub(_FROM_TO, r"\1..\2", clause, flags=re.IGNORECASE).split()
        if not words:
            continue
        days = _dates(words[0])
        if again := [day for day in days if day in found]:
            raise ValueError(_("“{day}” is given twice").format(day=again[0].isoformat()))
        closed = len(words) == 2 and fold(words[1]) in _CLOSED
        found.update(dict.fromkeys(days, () if closed else _spans(words)))
    return found


def _dates(text: str) -> list[date]:
    first, dots, last = text.partition("..")
    try:
        start = _date(first)
        end = _date(last) if dots else start
    except ValueError as error:
        raise ValueError(
            _("“{text}” is not a date such as 24/12/2026, or two with .. between").format(text=text)
        ) from error
    if not 0 <= (end - start).days <= _LONGEST_CLOSING:
        raise ValueError(_("“{text}” must end after it starts, within a year").format(text=text))
    return [date.fromordinal(day) for day in range(start.toordinal(), end.toordinal() + 1)]


def _date(text: str) -> date:
    if found := re.fullmatch(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})", text):
        return date(int(found[3]), int(found[2]), int(found[1]))
    day = date.fromisoformat(text)
    if day.isoformat() != text:
        # Python also reads 2026-W52, but as one Monday, and whoever writes that means the week.
        raise ValueError(text)
    return day


def _spans(words: list[str]) -> tuple[Span, ...]:
    spans = tuple(sorted(_span(word) for word in words[1:]))
    if not spans:
        raise ValueError(_("hours such as 09:00-12:30 are missing after “{days}”").format(days=words[0]))
    for (_start, end), (start, _end) in pairwise(spans):
        if start < end:
            raise ValueError(_("hours overlap in “{clause}”").format(clause=" ".join(words)))
    return spans


def _span(word: str) -> Span:
    first, dash, last = word.strip(",").replace("–", "-").partition("-")
    if not dash:
        raise ValueError(_("“{text}” is not a span such as 09:00-12:30").format(text=word))
    start, end = minute_of_day(first), minute_of_day(last)
    if start >= end:
        raise ValueError(_("“{text}” does not end after it starts").format(text=word))
    return start, end
