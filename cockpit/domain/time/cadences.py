"""Weeks, months, quarters and years: the first day of each stands for the whole."""

from __future__ import annotations

from datetime import date, timedelta

from cockpit.domain.time.contract_terms import add_months

MONTHS = {"month": 1, "quarter": 3, "year": 12}


def first_day(day: date, cadence: str) -> date:
    """The first day of the week (a Monday), month, quarter or year that holds `day`."""
    if cadence == "week":
        return day - timedelta(days=day.weekday())
    if cadence == "year":
        return date(day.year, 1, 1)
    month = day.month if cadence == "month" else (day.month - 1) // 3 * 3 + 1
    return date(day.year, month, 1)


def shifted(first: date, cadence: str, count: int) -> date:
    """The first day of the period that comes so many periods later; earlier where `count` is negative."""
    if cadence == "week":
        return first + timedelta(weeks=count)
    return add_months(first, MONTHS[cadence] * count)


def until(day: date, cadence: str, count: int) -> tuple[date, ...]:
    """The first days of so many periods, the last of which holds `day`."""
    last = first_day(day, cadence)
    return tuple(shifted(last, cadence, back) for back in range(1 - count, 1))
