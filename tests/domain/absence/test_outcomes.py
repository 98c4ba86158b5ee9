"""Days of absence against a naive count, and the two rates that are compared, at and beside every limit."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cockpit.domain.absence import leave, proof
from cockpit.domain.absence.proof import DaysCompared, Rate

MONDAY = date(2026, 11, 2)


def day(n: int) -> date:
    return MONDAY + timedelta(days=n)


def spans(*pairs: tuple[int, int]) -> tuple[proof.Days, ...]:
    return tuple((day(first), day(last)) for first, last in pairs)


@pytest.mark.parametrize(
    ("given_", "found"),
    [
        ((), ()), (((3, 5),), ((3, 5),)), (((5, 3),), ()), (((3, 3),), ((3, 3),)),
        # Those that touch are one, with a day between they are two, and one within another changes nothing.
        (((0, 2), (3, 5)), ((0, 5),)), (((0, 2), (4, 5)), ((0, 2), (4, 5))), (((0, 9), (3, 5)), ((0, 9),)),
        (((4, 5), (0, 2)), ((0, 2), (4, 5))), (((0, 5), (5, 9)), ((0, 9),)), (((0, 2), (9, 4)), ((0, 2),)),
        (((0, 1), (2, 3), (4, 6), (9, 9)), ((0, 6), (9, 9))), (((0, 1), (5, 6), (7, 9)), ((0, 1), (5, 9))),
    ],
)  # fmt: skip
def test_spans_are_joined(given_: tuple[tuple[int, int], ...], found: tuple[tuple[int, int], ...]) -> None:
    assert proof.joined(spans(*given_)) == spans(*found)


def test_only_the_part_of_a_span_that_lies_within_counts() -> None:
    given_ = spans((0, 1), (0, 3), (4, 5), (6, 9), (0, 9), (8, 9), (3, 3), (7, 7))
    assert proof.within(given_, day(3), day(7)) == spans((3, 3), (4, 5), (6, 7), (3, 7), (3, 3), (7, 7))


def test_a_span_holds_its_first_and_its_last_day() -> None:
    assert [proof.holds(spans((2, 3), (6, 6)), day(n)) for n in range(1, 8)] == [
        False, True, True, False, False, True, False,
    ]  # fmt: skip
    assert not proof.holds((), day(0))


@pytest.mark.parametrize(("closed", "is_away"), [(4, True), (5, True), (6, True), (7, False), (3, False)])
def test_what_is_closed_at_the_end_of_a_week_counts_with_its_friday(closed: int, is_away: bool) -> None:
    found = proof.compared([day(closed)], spans((4, 4)), lambda each: each.weekday() < 5, day(0), day(13))
    assert (found.away.closed, found.there.closed) == (int(is_away), int(not is_away))


NUMBERS = st.lists(st.integers(-9, 40), max_size=9)


@given(
    st.lists(st.tuples(st.integers(-5, 35), st.integers(0, 8)), max_size=4),
    NUMBERS,
    st.sets(st.integers(0, 30)),
)
@settings(max_examples=60)
def test_days_and_closings_are_counted_as_a_person_would_count_them(
    away: list[tuple[int, int]], closed: list[int], holidays: set[int]
) -> None:
    gone = spans(*((first, first + more) for first, more in away))
    works = {day(n) for n in range(31) if n not in holidays}
    found = proof.compared(map(day, closed), gone, works.__contains__, day(0), day(30))
    counts = {False: [0, 0], True: [0, 0]}
    for n in range(31):
        is_away = any(first <= day(n) <= last for first, last in gone)
        if day(n) in works:
            counts[is_away][0] += 1
    for n in closed:
        if 0 <= n <= 30:
            worked = max((m for m in range(n + 1) if day(m) in works), default=0)
            is_away = day(worked) in works and any(first <= day(worked) <= last for first, last in gone)
            counts[is_away][1] += 1
    assert found == DaysCompared(Rate(*counts[True]), Rate(*counts[False]))


def test_the_first_and_the_last_day_count_with_what_was_closed_on_them_and_no_day_beside_them() -> None:
    gone = spans((0, 0), (9, 9))
    for first, last, away, there in (
        (0, 9, Rate(2, 2), Rate(8, 3)), (1, 9, Rate(1, 1), Rate(8, 3)), (0, 8, Rate(1, 1), Rate(8, 3)),
        (1, 8, Rate(0, 0), Rate(8, 3)), (0, 0, Rate(1, 1), Rate(0, 0)),
    ):  # fmt: skip
        closed = [day(n) for n in (-1, 0, 1, 4, 8, 9, 10)]
        found = proof.compared(closed, gone, lambda _day: True, day(first), day(last))
        assert found == DaysCompared(away, there)


@pytest.mark.parametrize(
    ("away", "there", "ratio", "is_weak"),
    [
        (Rate(5, 2), Rate(10, 5), 0.8, False), (Rate(10, 3), Rate(10, 4), 0.75, True),
        (Rate(4, 9), Rate(10, 5), None, False),
        (Rate(5, 0), Rate(10, 5), 0.0, True), (Rate(5, 5), Rate(10, 0), None, False),
        (Rate(5, 5), Rate(0, 0), None, False),
        (Rate(5, 10), Rate(10, 5), 4.0, False), (Rate(0, 0), Rate(10, 5), None, False),
        (Rate(6, 5), Rate(0, 3), None, False),
        (Rate(5, 1), Rate(10, 1), 2.0, False),
    ],
)  # fmt: skip
def test_less_than_four_fifths_of_the_pace_is_weak_and_under_five_days_nothing_is_said(
    away: Rate, there: Rate, ratio: float | None, is_weak: bool
) -> None:
    found = DaysCompared(away, there)
    assert (found.ratio, found.is_weak) == (ratio if ratio is None else pytest.approx(ratio), is_weak)


def test_a_rate_is_what_was_closed_on_a_working_day() -> None:
    assert [Rate(days, closed).per_day for days, closed in ((0, 0), (0, 3), (1, 3), (2, 3), (4, 0))] == [
        None, None, 3.0, 1.5, 0.0,
    ]  # fmt: skip


def test_whose_leave_it_is_by_the_whole_name_before_the_first_name() -> None:
    people = {"PE-1": "Marc Petit", "PE-2": "Marc", "PE-3": "Ann", "PE-4": "", "PE-5": "Jean-Luc Roy"}
    for title, code in (
        ("Congés Marc Petit", None), ("Congés Ann", "PE-3"), ("Congés Annie", None), ("Congés Jean Luc Roy", "PE-5"),
        ("Congés de Jean", "PE-5"), ("Ann et Jean-Luc Roy", None), ("", None),
    ):  # fmt: skip
        assert leave.whose(title, people) == code, title
    assert leave.whose("Marc Petit", {"PE-1": "Marc Petit", "PE-2": "Marc Roy"}) == "PE-1"
