"""When a report is due, and each time it came: by the day, once."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from cockpit.domain.promises import expected
from cockpit.domain.promises.expected import Arrival

DUE = date(2026, 12, 1)
CAME = date(2026, 11, 28)


@pytest.mark.parametrize(("period", "days"), [("week", 3), ("month", 15), ("quarter", 46), ("year", 183)])
def test_what_comes_within_half_a_period_is_of_that_day(period: str, days: int) -> None:
    assert not expected.covers(None, DUE, period)
    assert expected.covers(CAME, None, period)
    assert not expected.covers(DUE - timedelta(days=days), DUE, period)
    assert expected.covers(DUE - timedelta(days=days - 1), DUE, period)


@pytest.mark.parametrize(
    ("due", "period", "following"),
    [
        (date(2026, 11, 30), "week", date(2026, 12, 7)), (date(2026, 11, 15), "month", date(2026, 12, 15)),
        (date(2026, 11, 30), "month", date(2026, 12, 31)), (date(2026, 11, 30), "quarter", date(2027, 2, 28)),
        (date(2026, 11, 15), "year", date(2027, 11, 15)),
    ],
)  # fmt: skip
def test_the_next_one_is_due_a_period_later_and_at_the_end_of_a_month_at_its_end(
    due: date, period: str, following: date
) -> None:
    assert expected.next_due(due, period) == following
    assert expected.stepped(due, period, 0) == due


@pytest.mark.parametrize(
    ("period", "first", "called"),
    [
        ("week", date(2027, 1, 1), "2026-W53"), ("month", DUE, "2026-12"), ("quarter", date(2026, 1, 1), "2026-Q1"),
        ("quarter", date(2026, 10, 1), "2026-Q4"), ("year", DUE, "2026"),
    ],
)  # fmt: skip
def test_a_period_is_called_by_its_first_day(period: str, first: date, called: str) -> None:
    assert expected.label(period, first) == called


def test_a_report_came_once_a_day_however_often_it_is_told_of() -> None:
    told: list[dict[str, Any]] = [
        {"reminders": 2},
        {"received_on": "2026-11-28", "due": "2027-01-01", "completeness": None},
        {"completeness": 60},
        {"spent_minutes": 30},
        {"reminders": 1},
    ]
    found = expected.arrivals({"received_on": "2026-11-02", "completeness": 90}, told, "month")
    assert found.each == (
        Arrival(date(2026, 11, 2), 90, 0, None), Arrival(CAME, 60, 2, 30, due=DUE),
    )  # fmt: skip
    assert found.asked_since == 1
    assert [each.anchor for each in found.each] == [date(2026, 11, 2), DUE]


def test_what_makes_the_whole_record_moves_nothing_on_and_what_never_came_is_none() -> None:
    made = {"name": "a", "received_on": "2026-11-28", "due": "2027-01-01"}
    assert expected.arrivals({}, [made], "month").each == (Arrival(CAME, 100, 0, None),)
    assert expected.arrivals({}, [{"completeness": 50}], "month") == ((), 0)
