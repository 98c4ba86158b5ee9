"""FigureHistory over thirteen periods: what is red, what is missing, what is late."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cockpit.domain.figures import goals
from cockpit.domain.figures.scorecard import PERIODS, FigureHistory, FigureVerdict, figures, target
from cockpit.domain.time import cadences

CADENCES = st.sampled_from(["week", "month", "quarter"])
DAYS = st.dates(date(2001, 1, 1), date(2090, 12, 31))


@given(DAYS, CADENCES)
def test_a_day_lies_in_its_period_and_in_no_other(day: date, cadence: str) -> None:
    first = cadences.first_day(day, cadence)
    assert first <= day < cadences.shifted(first, cadence, 1)
    assert cadences.first_day(first, cadence) == first
    assert cadences.shifted(cadences.shifted(first, cadence, 5), cadence, -5) == first


@given(DAYS, CADENCES, st.integers(1, 40))
def test_periods_follow_one_another_up_to_today(day: date, cadence: str, count: int) -> None:
    found = cadences.until(day, cadence, count)
    assert len(found) == count
    assert found[-1] == cadences.first_day(day, cadence)
    assert all(cadences.shifted(one, cadence, 1) == following for one, following in pairwise(found))


@pytest.mark.parametrize(
    ("aim", "number", "ceiling", "value", "verdict"),
    [
        ("at_least", 150.0, None, 149.9, FigureVerdict.RED), ("at_least", 150.0, None, 150.0, FigureVerdict.KEPT),
        ("at_most", 10.0, None, 10.0, FigureVerdict.KEPT), ("at_most", 10.0, None, 10.1, FigureVerdict.RED),
        ("between", 1.0, 3.0, 0.9, FigureVerdict.RED), ("between", 1.0, 3.0, 2.0, FigureVerdict.KEPT),
        ("between", 1.0, 3.0, 3.1, FigureVerdict.RED), ("between", 1.0, None, 9.0, FigureVerdict.WATCHED),
        ("none", None, None, 5.0, FigureVerdict.WATCHED), ("at_least", None, None, 5.0, FigureVerdict.WATCHED),
        ("at_least", 0.0, None, 0.0, FigureVerdict.KEPT), ("at_least", 1.0, None, None, FigureVerdict.MISSING),
    ],
)  # fmt: skip
def test_a_value_is_judged_by_its_target(
    aim: str, number: float | None, ceiling: float | None, value: float | None, verdict: FigureVerdict
) -> None:
    assert target(aim, number, ceiling).judge(value) is verdict


MONDAY = date(2026, 11, 30)


def _weeks(values: dict[date, float], today: date = MONDAY, since: date = date(2026, 1, 1)) -> FigureHistory:
    return figures(
        "week", target("at_least", 10.0, None), today, lambda first: (values.get(first), ""), since
    )


def test_thirteen_weeks_end_with_the_one_that_runs() -> None:
    found = _weeks({})
    assert len(found.cells) == PERIODS
    assert found.cells[-1].period == MONDAY
    assert found.cells[0].period == date(2026, 9, 7)


def test_a_value_is_late_three_days_after_its_week_and_not_before() -> None:
    last = {MONDAY - timedelta(weeks=2): 12.0}
    assert _weeks(last, MONDAY + timedelta(days=2)).late is None
    assert _weeks(last, MONDAY + timedelta(days=3)).late == MONDAY - timedelta(weeks=1)


def test_a_value_that_came_since_excuses_an_older_one() -> None:
    assert _weeks({MONDAY - timedelta(weeks=1): 12.0}, MONDAY + timedelta(days=4)).late is None


def test_nothing_is_late_from_before_the_figure_was_watched() -> None:
    thursday = MONDAY + timedelta(days=3)
    assert _weeks({}, thursday, since=MONDAY).late is None
    assert _weeks({}, thursday, since=MONDAY - timedelta(days=1)).late == MONDAY - timedelta(weeks=1)


def test_the_last_value_says_whether_a_figure_is_red_and_where_it_goes() -> None:
    one, two = MONDAY - timedelta(weeks=3), MONDAY - timedelta(weeks=1)
    falling = _weeks({one: 12.0, two: 9.0})
    assert falling.is_red
    assert falling.trend == -1
    rising = _weeks({one: 9.0, two: 12.0})
    assert not rising.is_red
    assert rising.trend == 1
    assert _weeks({}).trend == 0


@pytest.mark.parametrize(
    ("state", "said", "due"),
    [
        ("unsaid", None, True), ("on_track", date(2026, 11, 24), False), ("on_track", date(2026, 11, 23), True),
        ("reached", None, False), ("dropped", None, False),
    ],
)  # fmt: skip
def test_a_goal_is_spoken_of_every_week_until_it_is_over(state: str, said: date | None, due: bool) -> None:
    assert goals.is_due(state, said, date(2026, 12, 31), MONDAY) is due


def test_a_goal_of_next_quarter_waits_and_one_of_last_quarter_is_past() -> None:
    assert not goals.is_due("unsaid", None, date(2027, 1, 5), MONDAY)
    assert goals.is_past("on_track", date(2026, 9, 30), MONDAY)
    assert not goals.is_past("on_track", date(2026, 10, 1), MONDAY)
    assert not goals.is_past("reached", date(2026, 1, 1), MONDAY)
