"""Phrases that mean a day, over the vocabulary of `date_words`: each form is one expression and one function.

A function answers None, and may raise ValueError, when its words have the form but mean no day.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.time.business_time import Calendar
from cockpit.domain.time.contract_terms import add_months
from cockpit.domain.time.weekdays import SHORT

_OFFSETS = {
    "overmorrow": 2,
    "after tomorrow": 2,
    "day after tomorrow": 2,
    "tomorrow": 1,
    "today": 0,
    "end day": 0,
    "yesterday": -1,
    "ereyesterday": -2,
    "by yesterday": -2,
}
_STEPS = {"next": 1, "last": -1}
_WEEKDAY = r"(mon|tue|wed|thu|fri|sat|sun|mar)"
_NAMED_MONTH = r"(m[0-9]{1,2}|mar|sept)"
_YEAR = r"(?: ([12][0-9]{3}))?"


@dataclass(frozen=True)
class PhraseContext:
    """What a phrase is read against: today, whether it means the past or the future, and the business days."""

    day: date
    backwards: bool
    calendar: Calendar

    def allows(self, day: date) -> bool:
        """Whether `day` is today or on the side that the phrase looks to."""
        return day == self.day or (day < self.day) == self.backwards


def read_day(text: str, today: PhraseContext) -> date | None:
    """The day that canonical words mean, or None. Raises ValueError or OverflowError for impossible days."""
    if text in _OFFSETS:
        return today.day + timedelta(days=_OFFSETS[text])
    for form, read in _FORMS:
        if found := re.fullmatch(form, text):
            return read(today, *found.groups())
    return None


def _weekday(
    today: PhraseContext, before: str | None, name: str, after: str | None, week: str | None
) -> date | None:
    said = before if before in _STEPS else after
    if week and (today.backwards or said == "last"):
        return None
    if said == "last" or (today.backwards and said is None):
        return today.day - timedelta(days=(today.day.weekday() - _number(name)) % 7 or 7)
    if today.backwards:
        return None
    ahead = (_number(name) - today.day.weekday()) % 7 or 7
    return today.day + timedelta(days=ahead + {None: 0, "8": 7, "15": 14}[week])


def _weekday_of_next_week(today: PhraseContext, name: str) -> date:
    return _period(today.day, "week", 1)[0] + timedelta(days=_number(name))


def _weekday_and_date(today: PhraseContext, name: str, rest: str) -> date | None:
    day = read_day(f"le {rest}" if rest.isdecimal() else rest, today)
    return day if day and day.weekday() == _number(name) else None


def _iso(today: PhraseContext, year: str, month: str, day: str) -> date:
    return date(int(year), int(month), int(day))


def _day_and_month(today: PhraseContext, day: str, month: str, year: str | None) -> date | None:
    number = _month(month)
    if year:
        return date(int(year) + (2000 if len(year) == 2 else 0), number, int(day))
    # Eight years are enough to meet a 29 February, also around 2100.
    for step in range(9):
        try:
            found = date(today.day.year + (-step if today.backwards else step), number, int(day))
        except ValueError:
            continue
        if today.allows(found):
            return found
    return None


def _month_and_day(today: PhraseContext, month: str, day: str, year: str | None) -> date | None:
    return _day_and_month(today, day, month, year)


def _day_of_month(today: PhraseContext, day: str) -> date | None:
    # Two months in a row never both lack a 31st, so three tries meet any real day.
    for step in range(3):
        month = add_months(today.day, -step if today.backwards else step)
        try:
            found = month.replace(day=int(day))
        except ValueError:
            continue
        if today.allows(found):
            return found
    return None


def _business_days(today: PhraseContext, number: str) -> date | None:
    first = today.calendar.first_business_day(today.day)
    return None if today.backwards else today.calendar.add_business_days(first, int(number))


def _quantity(
    today: PhraseContext, lead: str | None, number: str, unit: str, trail: str | None
) -> date | None:
    past = lead == "il y a " or trail is not None
    if lead == "in " and (past or today.backwards):
        return None
    count = ({"a": 1, "sept": 7}.get(number) or int(number)) * (-1 if past or today.backwards else 1)
    if unit == "month":
        return add_months(today.day, count)
    if unit in ("day", "week"):
        return today.day + timedelta(days=count * (7 if unit == "week" else 1))
    return today.calendar.add_business_days(today.day, count)


def _named_period(
    today: PhraseContext, edge: str | None, before: str | None, unit: str, after: str | None
) -> date | None:
    said = before or after
    if said in _STEPS:
        return _edge(today, edge or "start", *_period(today.day, unit, _STEPS[said]))
    if edge is None and said is None:
        return None
    edge = edge or "end"
    first, last = _period(today.day, unit, 0)
    day = _edge(today, edge, first, last)
    if edge == "start" and day == today.day and not today.backwards:
        return _edge(today, edge, *_period(today.day, unit, 1))
    if today.allows(day):
        return day
    if edge == "end" and unit != "week" and not today.backwards:
        return last  # only closed days are left in the month or year
    return _edge(today, edge, *_period(today.day, unit, -1 if today.backwards else 1))


def _edge_of_month(today: PhraseContext, edge: str, month: str, year: str | None) -> date | None:
    this = today.day.year
    for candidate in (int(year),) if year else (this, this - 1 if today.backwards else this + 1):
        day = _edge(today, edge, *_period(date(candidate, _month(month), 1), "month", 0))
        if year or today.allows(day):
            return day
    return None


def _edge(today: PhraseContext, edge: str, first: date, last: date) -> date:
    """The first or last business day of a period, or its middle day (the 15th, a Wednesday, 1 July)."""
    length = (last - first).days + 1
    if edge == "mid":
        return first + timedelta(days={7: 2, 365: 181, 366: 182}.get(length, 14))
    days = [first + timedelta(days=offset) for offset in range(length)]
    ordered = days if edge == "start" else days[::-1]
    return next((day for day in ordered if today.calendar.is_business_day(day)), ordered[0])


def _period(day: date, unit: str, step: int) -> tuple[date, date]:
    """First and last day of the week, month or year of `day`, `step` of them away."""
    if unit == "week":
        first = day + timedelta(days=7 * step - day.weekday())
        return first, first + timedelta(days=6)
    months = 12 if unit == "year" else 1
    first = add_months(day.replace(day=1, month=1 if unit == "year" else day.month), step * months)
    return first, add_months(first, months) - timedelta(days=1)


def _number(name: str) -> int:
    return SHORT.index("tue" if name == "mar" else name)


def _month(name: str) -> int:
    return {"mar": 3, "sept": 9}.get(name) or int(name.removeprefix("m"))


_FORMS: tuple[tuple[str, Callable[..., date | None]], ...] = (
    (rf"(?:(this|next|last) )?{_WEEKDAY}(?: (next|last))?(?: en (8|15))?", _weekday),
    (rf"{_WEEKDAY} (?:week next|next week)", _weekday_of_next_week),
    (r"j\+([0-9]{1,3})", _business_days),
    (r"(in |il y a )?([0-9]{1,4}|a|sept) (day|bday|work day|day work|week|month)( ago)?", _quantity),
    (r"([0-9]{4})-([0-9]{2})-([0-9]{2})", _iso),
    (r"(?:le )?([0-9]{1,2})/([0-9]{1,2})(?:/([0-9]{2}|[12][0-9]{3}))?", _day_and_month),
    (rf"(?:le )?([0-9]{{1,2}}) {_NAMED_MONTH}{_YEAR}", _day_and_month),
    (rf"(m[0-9]{{1,2}}|sept) ([0-9]{{1,2}}){_YEAR}", _month_and_day),
    (r"le ([0-9]{1,2})", _day_of_month),
    (rf"(end|start|mid) {_NAMED_MONTH}{_YEAR}", _edge_of_month),
    (r"(?:(end|start|mid) )?(?:(this|next|last) )?(week|month|year)(?: (next|last))?", _named_period),
    (rf"{_WEEKDAY} (.+)", _weekday_and_date),
)
