"""What becomes of a 30th, a 31st or a 29 February where there is none (SKIP, RFC 7529 4.2): the days of such a
rule, counted out, since the expander knows no rule of that kind."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from itertools import islice, takewhile

from cockpit.sources.ical.until import Start

FIRST_YEAR, LAST_YEAR = 1970, 2100
"""Outside of them nothing is shown."""
_MOST = 2_000
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_TOLD = frozenset(
    {"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "SKIP", "BYMONTH", "BYMONTHDAY", "BYDAY", "BYSETPOS"}
)
"""The parts that are counted with."""
_ONE_DAY = timedelta(days=1)


def applies(parts: Mapping[str, str], start: Start) -> bool:
    """Whether the rule may meet a day that does not exist, and does not just leave it out."""
    if parts.get("SKIP", "OMIT") == "OMIT" or parts["FREQ"] not in ("MONTHLY", "YEARLY"):
        return False
    return any(abs(day) > 28 for day in _month_days(parts, start))


def days(parts: Mapping[str, str], start: Start) -> tuple[date, ...]:
    """The days of a rule to which `applies` is true, from its start on; none where they cannot be told."""
    weekdays = set(filter(None, parts.get("BYDAY", "").split(",")))
    if not parts.keys() <= _TOLD or not weekdays <= set(_WEEKDAYS):
        return ()
    first = start.at.date() if isinstance(start.at, datetime) else start.at
    found: Iterator[date] = (
        day for period in _periods(parts, start, weekdays) for day in period if day > first
    )
    if "UNTIL" in parts:
        found = takewhile(lambda day: not _is_after(day, start, parts["UNTIL"]), found)
    if "COUNT" in parts:
        found = islice(found, int(parts["COUNT"]) - 1)
    shown = (day for day in found if day.year >= FIRST_YEAR)
    return (first, *islice(shown, _MOST))


def _periods(parts: Mapping[str, str], start: Start, weekdays: Collection[str]) -> Iterator[list[date]]:
    """The days of each month or year of the rule, in order; a day may have been moved into the next one."""
    wanted = _month_days(parts, start)
    months = sorted({int(n) for n in parts.get("BYMONTH", "").split(",") if n})
    step, year, month = int(parts.get("INTERVAL", 1)), start.at.year, start.at.month
    forward, last = parts["SKIP"] == "FORWARD", date.min
    while year <= LAST_YEAR:
        if parts["FREQ"] == "YEARLY":
            held = [(year, n) for n in months or [start.at.month]]
            year += step
        else:
            held = [(year, month)] if not months or month in months else []
            years, at = divmod(month - 1 + step, 12)
            year, month = year + years, at + 1
        placed = {_placed(*each, day, forward=forward) for each in held for day in wanted}
        found = sorted(day for day in placed if not weekdays or _WEEKDAYS[day.weekday()] in weekdays)
        chosen = [day for day in _chosen(found, parts.get("BYSETPOS", "")) if day > last]
        last = max([last, *chosen])
        yield chosen


def _placed(year: int, month: int, day: int, *, forward: bool) -> date:
    """That day of the month, from its end where negative; else the first day after where it would stand, or the
    last one before."""
    first, after = date(year, month, 1), date(year + month // 12, month % 12 + 1, 1)
    at = first + (day - 1) * _ONE_DAY if day > 0 else after + day * _ONE_DAY
    if first <= at < after:
        return at
    edge = after if day > 0 else first
    return edge if forward else edge - _ONE_DAY


def _chosen(found: list[date], places: str) -> list[date]:
    if not places:
        return found
    wanted = {int(n) for n in places.split(",")}
    return [day for n, day in enumerate(found) if wanted & {n + 1, n - len(found)}]


def _month_days(parts: Mapping[str, str], start: Start) -> list[int]:
    """The days of a month that are asked for, from its begin, or negative and from its end."""
    if "BYMONTHDAY" in parts:
        return [int(n) for n in parts["BYMONTHDAY"].split(",")]
    return [] if parts.keys() & {"BYDAY", "BYYEARDAY", "BYWEEKNO"} else [start.at.day]


def _is_after(day: date, start: Start, until: str) -> bool:
    """Whether the instance of `day` begins after UNTIL, which has the type of the start (`until.until`)."""
    if not isinstance(start.at, datetime):
        return f"{day:%Y%m%d}" > until
    at = datetime.combine(day, start.at.time(), start.zone)
    at = at.astimezone(UTC) if start.zone is not None else at
    return f"{at:%Y%m%dT%H%M%S}" > until.removesuffix("Z")
