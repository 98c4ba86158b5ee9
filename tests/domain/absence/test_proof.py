"""What absences prove: whose they are, and what was closed with and without somebody."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cockpit.domain.absence import leave, proof

MONDAY = date(2026, 11, 2)


@pytest.mark.parametrize(
    "title",
    ["Congés", "CONGÉS PAYÉS", "Congé Marc", "Vacances de Noël", "Absent", "Absente (RTT)", "RTT", "OOO",
     "Out of office", "Annual leave", "Day off", "Sophie off"],
)  # fmt: skip
def test_these_titles_say_that_somebody_is_away(title: str) -> None:
    assert leave.says_away(title)


@pytest.mark.parametrize(
    "title",
    ["Salon Batimat", "Point congés", "Planning des congés", "Demande de congés à valider", "Jour férié",
     "Bank holiday", "Anniversaire de Paul", "Kick-off", "", "Offsite", "Office closed"],
)  # fmt: skip
def test_these_do_not(title: str) -> None:
    assert not leave.says_away(title)


def test_a_title_names_who_is_away_when_it_names_one_person() -> None:
    people = {"PE-1": "Claire Morel", "PE-2": "Marc Delvaux", "PE-3": "Marc Petit", "PE-4": "Éloïse N'Guyen"}
    assert leave.whose("Congés Claire", people) == "PE-1"
    assert leave.whose("absence de Marc Petit", people) == "PE-3"
    assert leave.whose("Congés eloise n’guyen", people) == "PE-4"
    assert leave.whose("Congés Marc", people) is None, "two are called so"
    assert leave.whose("Congés", people) is None


SPANS = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 9)).map(
        lambda pair: (MONDAY + timedelta(days=pair[0]), MONDAY + timedelta(days=pair[0] + pair[1]))
    ),
    max_size=8,
)


@given(SPANS)
def test_joined_spans_hold_the_same_days_and_do_not_touch(spans: list[proof.Days]) -> None:
    found = proof.joined(spans)
    days = [MONDAY + timedelta(days=n) for n in range(80)]
    assert [proof.holds(spans, day) for day in days] == [proof.holds(found, day) for day in days]
    assert all(one[1] + timedelta(days=1) < two[0] for one, two in pairwise(found))


def _works(day: date) -> bool:
    return day.weekday() < 5


def test_a_week_away_is_compared_with_the_weeks_there() -> None:
    """Worked by hand: 15 working days there with 6 closed, 0.4 a day; 5 away with 1, 0.2 a day: half."""
    away = ((MONDAY + timedelta(weeks=1), MONDAY + timedelta(weeks=1, days=4)),)
    closed = (
        [MONDAY, MONDAY, MONDAY + timedelta(days=3), MONDAY + timedelta(weeks=2)]
        + [MONDAY + timedelta(weeks=3)] * 2
        + [MONDAY + timedelta(weeks=1, days=2)]
    )
    found = proof.compared(closed, away, _works, MONDAY, MONDAY + timedelta(weeks=4, days=-1))
    assert (found.away.days, found.away.closed) == (5, 1)
    assert (found.there.days, found.there.closed) == (15, 6)
    assert found.ratio == pytest.approx(0.5)
    assert found.is_weak


def test_what_is_closed_on_a_sunday_counts_with_the_friday_before() -> None:
    away = ((MONDAY, MONDAY + timedelta(days=4)),)
    found = proof.compared([MONDAY + timedelta(days=6)], away, _works, MONDAY, MONDAY + timedelta(days=13))
    assert (found.away.closed, found.there.closed) == (1, 0)


@pytest.mark.parametrize("days", [0, 4])
def test_a_few_days_of_absence_say_nothing(days: int) -> None:
    away = ((MONDAY, MONDAY + timedelta(days=days - 1)),) if days else ()
    found = proof.compared([MONDAY + timedelta(days=9)], away, _works, MONDAY, MONDAY + timedelta(days=20))
    assert found.ratio is None
    assert not found.is_weak


def test_nothing_closed_in_presence_says_nothing() -> None:
    away = ((MONDAY, MONDAY + timedelta(days=6)),)
    assert proof.compared([], away, _works, MONDAY, MONDAY + timedelta(days=20)).ratio is None
