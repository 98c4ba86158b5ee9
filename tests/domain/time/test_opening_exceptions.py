"""Dated hours as a person writes them, and the form in which a calendar is frozen."""

from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cockpit.domain.time.business_time import calendar_from_mapping, calendar_to_mapping, parse_hours
from cockpit.domain.time.opening_hours import day_edges, parse_exceptions
from tests.places import DATA

VECTORS: dict[str, Any] = json.loads((DATA / "sla_vectors.json").read_text())
EVE = date(2026, 12, 24)


@pytest.mark.parametrize(
    "text",
    ["2026-12-24 closed", "2026-12-24 fermé", "2026-12-24 FERMEE", "\n 2026-12-24  fermeture ;\n;"],
)
def test_a_closed_day(text: str) -> None:
    assert parse_exceptions(text) == {EVE: ()}


@pytest.mark.parametrize(
    "text", ["2026-12-24 09:00-12:00 14:00-16:00", "2026-12-24 14h-16h 9h-12h", "2026-12-24 9h–12h, 14:00-16:00"]
)  # fmt: skip
def test_other_hours_on_a_day(text: str) -> None:
    assert parse_exceptions(text) == {EVE: ((540, 720), (840, 960))}


@pytest.mark.parametrize(
    ("text", "first", "last", "hours"),
    [
        ("24/12/2026 9h-12h", EVE, EVE, ((540, 720),)),
        ("1/2/2027 fermé", date(2027, 2, 1), date(2027, 2, 1), ()),
        ("03/08/2026..14/08/2026 fermé", date(2026, 8, 3), date(2026, 8, 14), ()),
        ("du 3/8/2026 au 14/8/2026 fermé", date(2026, 8, 3), date(2026, 8, 14), ()),
        ("from 2026-08-03 to 2026-08-14 closed", date(2026, 8, 3), date(2026, 8, 14), ()),
    ],
)
def test_a_day_is_written_as_people_write_it_before_its_month(
    text: str, first: date, last: date, hours: tuple[tuple[int, int], ...]
) -> None:
    found = parse_exceptions(text)
    assert (min(found), max(found), {*found.values()}) == (first, last, {hours})
    assert len(found) == (last - first).days + 1


@pytest.mark.parametrize(
    ("hours", "begins", "ends"),
    [
        ("mon-fri 09:00-12:30 14:00-18:00", time(9), time(18)),
        ("mar-sam 5h-13h; dim 6h30-12h", time(5), time(13)),
        ("mon-sun 22:00-24:00", time(22), time(23, 59)),
        ("24x7", time(9), time(18)),
    ],
)
def test_a_day_begins_and_ends_with_the_hours_of_the_week(hours: str, begins: time, ends: time) -> None:
    assert day_edges(hours) == (begins, ends)


def test_ranges_hold_both_their_ends() -> None:
    found = parse_exceptions(
        "2026-08-03..2026-08-14 closed; 2026-08-15 10:00-12:00; 2026-12-24..2026-12-24 closed"
    )
    assert [*found] == [*(date(2026, 8, day) for day in range(3, 16)), EVE]
    assert found[date(2026, 8, 14)] == ()
    assert found[date(2026, 8, 15)] == ((600, 720),)


def test_nothing_is_no_exception() -> None:
    assert parse_exceptions(" ;\n ; ") == {}


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("2026-12-24", "hours such as"),
        ("closed", "closed"),
        ("12/24/2026 closed", "12/24/2026"),
        ("2026-02-30 closed", "2026-02-30"),
        ("2026-12-24 closed 09:00-10:00", "closed"),
        ("2026-12-24 09:00", "09:00"),
        ("2026-12-24 12:00-09:00", "does not end"),
        ("2026-12-24 09:00-25:00", "25:00"),
        ("2026-12-24 09:00-12:00 11:00-13:00", "overlap"),
        ("2026-12-24 closed; 2026-12-24 closed", "2026-12-24.* twice"),
        ("2026-12-01..2026-12-31 closed; 2026-12-24 09:00-12:00", "2026-12-24.* twice"),
        ("2026-12-24.. closed", "2026-12-24.."),
        ("..2026-12-24 closed", "..2026-12-24"),
        ("2026-12-24...2026-12-26 closed", "2026-12-24"),
        ("2026-12-26..2026-12-24 closed", "after it starts"),
        ("0001-01-01..9999-12-31 closed", "within a year"),
        ("2026-01-01..2027-06-01 closed", "within a year"),
        ("2026-W52 closed", "2026-W52"),
        ("20261224 closed", "20261224"),
    ],
)
def test_what_is_wrong_is_named(text: str, part: str) -> None:
    with pytest.raises(ValueError, match=part):
        parse_exceptions(text)


@given(st.text(alphabet="2026-1234.:;h closedfrm", max_size=40) | st.text(max_size=30))
@settings(max_examples=80)
def test_dated_hours_are_understood_or_refused(text: str) -> None:
    try:
        found = parse_exceptions(text)
    except ValueError:
        return
    calendar = parse_hours("mon 09:00-10:00", "Europe/Paris", exceptions=text)
    assert calendar.exceptions == found


@given(st.dates(date(2026, 1, 1), date(2027, 12, 31)), st.integers(0, 366))
@settings(max_examples=30)
def test_a_range_closes_each_of_its_days(first: date, length: int) -> None:
    last = first + timedelta(days=length)
    found = parse_exceptions(f"{first}..{last} closed")
    assert (min(found), max(found), len(found)) == (first, last, length + 1)
    assert not any(found.values())


def test_a_dated_day_wins_over_a_holiday_and_over_the_week() -> None:
    christmas, sunday = date(2026, 12, 25), date(2026, 12, 27)
    calendar = parse_hours(
        "mon-fri 09:00-12:00", "Europe/Paris", [christmas],
        exceptions="2026-12-24 closed; 2026-12-25 10:00-11:00; 2026-12-27 10:00-11:00",
    )  # fmt: skip
    assert [calendar.spans(day) for day in (EVE, christmas, sunday)] == [(), ((600, 660),), ((600, 660),)]


@pytest.mark.parametrize("name", VECTORS["calendars"])
def test_a_frozen_calendar_is_the_calendar(name: str) -> None:
    calendar = calendar_from_mapping(VECTORS["calendars"][name])
    spec = json.loads(json.dumps(calendar_to_mapping(calendar)))
    again = calendar_from_mapping(spec)
    assert again == calendar
    assert calendar_to_mapping(again) == spec
    lo = datetime.fromisoformat("2026-01-01T00:00+00:00")
    assert again.between(lo, lo + timedelta(days=400)) == calendar.between(lo, lo + timedelta(days=400))


def test_the_end_of_a_day_is_frozen_too() -> None:
    calendar = parse_hours("24x7", "Europe/Paris", exceptions="2026-12-24 20:00-24:00")
    assert calendar_from_mapping(calendar_to_mapping(calendar)) == calendar


def test_a_service_that_never_closes_is_open_on_holidays_too() -> None:
    christmas = [date(2026, 12, 25)]
    assert parse_hours("24x7", "Europe/Paris", christmas).is_business_day(christmas[0])
    assert not parse_hours("mon-sun 00:00-24:00", "Europe/Paris", christmas).is_business_day(christmas[0])
