"""When a goal should be spoken of again, and when its quarter is over."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cockpit.domain.figures import goals

TODAY = date(2026, 11, 23)
THIS, LAST, NEXT = date(2026, 10, 1), date(2026, 9, 30), date(2027, 1, 1)


@pytest.mark.parametrize(
    ("state", "ago", "quarter", "due"),
    [
        ("on_track", None, THIS, True), ("on_track", 6, THIS, False), ("on_track", 7, THIS, True),
        ("off_track", 7, LAST, True), ("on_track", None, NEXT, False), ("reached", None, THIS, False),
        ("dropped", 30, THIS, False), ("", None, date(2026, 12, 31), True),
    ],
)  # fmt: skip
def test_a_goal_that_runs_and_of_which_nobody_spoke_for_a_week_is_due(
    state: str, ago: int | None, quarter: date, due: bool
) -> None:
    said_on = None if ago is None else TODAY - timedelta(days=ago)
    assert goals.is_due(state, said_on, quarter, TODAY) is due


@pytest.mark.parametrize(
    ("state", "quarter", "past"),
    [
        ("on_track", LAST, True),
        ("on_track", THIS, False),
        ("on_track", NEXT, False),
        ("reached", LAST, False),
    ],
)
def test_a_goal_is_past_when_its_quarter_is_over_and_it_is_neither_reached_nor_dropped(
    state: str, quarter: date, past: bool
) -> None:
    assert goals.is_past(state, quarter, TODAY) is past
