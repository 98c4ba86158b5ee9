"""The month that a report tells of: how it is named, and what belongs to it."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from cockpit.domain.documents import month_names
from cockpit.domain.documents.month import ReportMonth, of_day

TODAY = date(2026, 11, 23)
OCTOBER = ReportMonth(date(2026, 10, 1))


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("", "2026-10"), ("2026-10", "2026-10"), ("2026/1", "2026-01"), ("10/2026", "2026-10"),
        ("octobre", "2026-10"), (" Octobre  2025 ", "2025-10"), ("december", "2025-12"), ("déc.", "2025-12"),
        ("November", "2026-11"), ("sept", "2026-09"), ("mar", "2026-03"), ("août 2026", "2026-08"),
    ],
)  # fmt: skip
def test_a_month_is_named_by_numbers_or_words_and_the_last_one_that_began_without_a_year(
    text: str, key: str
) -> None:
    found = month_names.read(text, TODAY)
    assert found is not None
    assert found.key == key


@pytest.mark.parametrize(
    "text", ["foo", "2026", "2026-13", "mardi", "13/2026", "2026-10-23", "0000-01", "x" * 99]
)
def test_what_is_no_month_is_none(text: str) -> None:
    assert month_names.read(text, TODAY) is None


def test_its_neighbours_its_end_and_the_day_from_which_it_can_be_closed() -> None:
    assert (OCTOBER.before.key, OCTOBER.next.key, OCTOBER.year_ago.key) == ("2026-09", "2026-11", "2025-10")
    assert (OCTOBER.last, OCTOBER.closes_on) == (date(2026, 10, 31), date(2026, 11, 11))


def test_every_day_is_of_one_month_of_what_is_owed() -> None:
    owed = [day for day in range(10, 20) if OCTOBER.owes(date(2026, 10, day))]
    assert owed == list(range(11, 20))
    assert OCTOBER.owes(date(2026, 11, 10))
    assert not OCTOBER.owes(date(2026, 11, 11))
    assert [OCTOBER.owes(day) for day in (date(2026, 9, 30), date(2026, 11, 12), date(2027, 1, 1))] == [
        False
    ] * 3
    assert OCTOBER.next.owes(date(2026, 11, 11))


MONTHS_SAID: list[tuple[str, str | None]] = [
    ("1900-01", "1900-01"), ("1899-12", None), ("9997-12", "9997-12"), ("9998-01", None), ("2026-00", None),
    ("2026-12", "2026-12"), ("1.2026", "2026-01"), ("00/2026", None), ("janvier", "2026-01"),
    ("décembre", "2025-12"),
    ("novembre", "2026-11"), ("oct. 2027", "2027-10"), ("octobre 1899", None), ("mars", "2026-03"),
    ("hier", None),
]  # fmt: skip


def test_a_month_is_one_of_twelve_in_a_year_of_four_figures() -> None:
    for text, key in MONTHS_SAID:
        found = month_names.read(text, TODAY)
        assert (found and found.key) == key


def test_a_month_begins_and_ends_at_midnight_where_one_is() -> None:
    paris = ZoneInfo("Europe/Paris")
    assert OCTOBER.start(paris).isoformat() == "2026-10-01T00:00:00+02:00"
    assert OCTOBER.end(paris).isoformat() == "2026-11-01T00:00:00+01:00"
    assert of_day(date(2026, 10, 31)) == of_day(date(2026, 10, 1)) == OCTOBER
    assert (ReportMonth(date(2026, 12, 1)).last, ReportMonth(date(2026, 1, 1)).before.key) == (
        date(2026, 12, 31), "2025-12",
    )  # fmt: skip
