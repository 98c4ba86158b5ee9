"""The scorecard and the goals of quarters: whole answers, at and beside every limit."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cockpit.domain.figures import goals
from cockpit.domain.figures.scorecard import (
    FigureCell,
    FigureHistory,
    FigureTarget,
    FigureVerdict,
    figures,
    target,
)

TODAY = date(2026, 11, 23)


def shown(history: FigureHistory) -> str:
    cells = [
        f"{cell.period:%d.%m} {'-' if cell.value is None else cell.value:} {cell.verdict.value} {cell.note}".strip()
        for cell in history.cells
    ]
    return ", ".join(cells) + (f"; late {history.late:%d.%m}" if history.late else "")


def test_a_figure_is_told_period_by_period_with_its_notes() -> None:
    values = {date(2026, 9, 1): (9.0, "low"), date(2026, 10, 1): (10.0, "")}
    found = figures(
        "month", target("at_least", 10, None), TODAY, lambda first: values.get(first, (None, "?")), date(2026, 1, 1), 4
    )  # fmt: skip
    assert shown(found) == "01.08 - missing ?, 01.09 9.0 red low, 01.10 10.0 kept, 01.11 - missing ?"
    assert (found.latest, found.is_red, found.trend) == (
        FigureCell(date(2026, 10, 1), 10.0, FigureVerdict.KEPT), False, 1,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("cadence", "today", "late"),
    [
        # Three days after a week, ten after a month, twenty after a quarter.
        ("week", date(2026, 11, 25), date(2026, 11, 9)), ("week", date(2026, 11, 26), date(2026, 11, 16)),
        ("month", date(2026, 12, 10), date(2026, 10, 1)), ("month", date(2026, 12, 11), date(2026, 11, 1)),
        ("quarter", date(2027, 1, 20), date(2026, 7, 1)), ("quarter", date(2027, 1, 21), date(2026, 10, 1)),
    ],
)  # fmt: skip
def test_a_value_may_come_some_days_after_its_period(cadence: str, today: date, late: date) -> None:
    found = figures(cadence, target("none", None, None), today, lambda _first: (None, ""), date(2020, 1, 1))
    assert found.late == late
    assert len(found.cells) == 13


def test_only_what_nobody_wrote_since_is_late_and_nothing_of_a_period_that_was_over_when_it_began() -> None:
    def late(since: date, *weeks: date) -> date | None:
        return figures(
            "week", FigureTarget(), TODAY, lambda first: (1.0 if first in weeks else None, ""), since
        ).late

    second, last = date(2026, 11, 9), date(2026, 11, 16)
    assert late(date(2026, 1, 1)) == second
    assert (late(date(2026, 1, 1), second), late(date(2026, 1, 1), last)) == (None, None)
    assert late(date(2026, 1, 1), date(2026, 11, 2)) == second
    assert [late(last + timedelta(days=n)) for n in (-1, 0, 1)] == [second, None, None]


@pytest.mark.parametrize(
    ("aim", "number", "ceiling", "verdicts"),
    [
        # Of nothing, 0, 1, 2, 3, 4.
        ("at_least", 2, None, "missing red red kept kept kept"), ("at_most", 2, None, "missing kept kept kept red red"),
        ("between", 1, 3, "missing red kept kept kept red"), ("at_least", 2, 3, "missing red red kept kept kept"),
        ("at_most", 2, 3, "missing kept kept kept red red"), ("between", 2, None, "missing" + " watched" * 5),
        ("between", None, 2, "missing" + " watched" * 5), ("at_most", None, 3, "missing" + " watched" * 5),
        ("at_least", None, None, "missing" + " watched" * 5), ("none", 2, 3, "missing" + " watched" * 5),
        ("between", 2, 2, "missing red red kept red red"), ("at_least", 0, None, "missing kept kept kept kept kept"),
        ("other", 2, 3, "missing" + " watched" * 5),
    ],
)  # fmt: skip
def test_values_by_a_target(aim: str, number: float | None, ceiling: float | None, verdicts: str) -> None:
    wanted = target(aim, number, ceiling)
    values = (None, 0, 1, 2, 3, 4)
    assert " ".join(wanted.judge(each).value for each in values) == verdicts
    assert wanted.is_set == ("watched" not in verdicts)


def test_the_bounds_of_a_target_count_by_its_aim_alone() -> None:
    assert target("none", 2, 3) == FigureTarget("none", 2, None)
    assert (target("at_most", 2, 3), target("at_least", 2, 3), target("between", 2, 3)) == (
        FigureTarget("at_most", None, 2), FigureTarget("at_least", 2, None), FigureTarget("between", 2, 3),
    )  # fmt: skip
    assert (
        FigureTarget("at_least", 2, 3).judge(9)
        is FigureTarget("at_most", 2, 3).judge(0)
        is FigureVerdict.KEPT
    )


@pytest.mark.parametrize(
    ("values", "trend", "is_red"),
    [
        ([], 0, False), ([None], 0, False), ([9.0], 0, True), ([9.0, 12.0], 1, False), ([12.0, 9.0], -1, True),
        ([12.0, 12.0], 0, False), ([9.0, None, 12.0, None], 1, False), ([1.0, 12.0, 11.0], -1, False),
        ([1.0, 12.0, 13.0], 1, False),
        ([None, 9.0], 0, True),
    ],
)  # fmt: skip
def test_where_a_figure_goes_is_by_its_last_two_values(
    values: list[float | None], trend: int, is_red: bool
) -> None:
    wanted = target("at_least", 10, None)
    cells = [FigureCell(TODAY, each, wanted.judge(each)) for each in values]
    found = FigureHistory(tuple(cells))
    assert (found.trend, found.is_red) == (trend, is_red)
    assert found.latest == next((cell for cell in reversed(cells) if cell.value is not None), None)
    assert found.late is None


def test_a_figure_without_a_target_is_never_red() -> None:
    assert not FigureHistory((FigureCell(TODAY, 1.0, FigureTarget().judge(1.0)),)).is_red


@pytest.mark.parametrize(
    ("quarter", "has_begun", "is_past"),
    [
        (date(2026, 9, 30), True, True), (date(2026, 10, 1), True, False), (date(2026, 12, 31), True, False),
        (date(2027, 1, 1), False, False), (date(2025, 12, 31), True, True),
    ],
)  # fmt: skip
def test_a_goal_is_of_the_quarter_that_holds_its_day(quarter: date, has_begun: bool, is_past: bool) -> None:
    for today in (date(2026, 10, 1), TODAY, date(2026, 12, 31)):
        assert goals.has_begun(quarter, today) is has_begun
        for state, counts in (
            ("on_track", True),
            ("off_track", True),
            ("unsaid", True),
            ("reached", False),
            ("dropped", False),
        ):
            assert goals.is_past(state, quarter, today) is (is_past and counts)
            for days, is_due in ((None, True), (0, False), (6, False), (7, True), (8, True)):
                said_on = None if days is None else today - timedelta(days=days)
                assert goals.is_due(state, said_on, quarter, today) is (has_begun and counts and is_due)
