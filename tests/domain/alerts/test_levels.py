"""How bad a fault, a certificate, a date or an agenda is, and from which moment on."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from cockpit.domain.alerts.alerts import (
    AlertLevel,
    Counted,
    is_stale,
    level_of_certificate,
    level_of_expiry,
    level_of_fault,
)
from cockpit.domain.providers.state import State

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
ORANGE, RED = AlertLevel.ORANGE, AlertLevel.RED
SECOND = timedelta(seconds=1)
HALF_AN_HOUR, FOUR_HOURS = timedelta(minutes=30), timedelta(hours=4)


@pytest.mark.parametrize(
    ("state", "criticality", "lasts", "level"),
    [
        (State.MAJOR_OUTAGE, "vital", timedelta(), RED), (State.MAJOR_OUTAGE, "important", timedelta(), RED),
        (State.MAJOR_OUTAGE, "comfort", FOUR_HOURS, None),
        (State.PARTIAL_OUTAGE, "vital", timedelta(), RED), (State.PARTIAL_OUTAGE, "important", timedelta(), ORANGE),
        (State.DEGRADED, "vital", HALF_AN_HOUR - SECOND, ORANGE), (State.DEGRADED, "vital", HALF_AN_HOUR, RED),
        (State.DEGRADED, "important", FOUR_HOURS - SECOND, ORANGE), (State.DEGRADED, "important", FOUR_HOURS, RED),
        (State.OPERATIONAL, "vital", FOUR_HOURS, None), (State.UNKNOWN, "vital", FOUR_HOURS, None),
    ],
)  # fmt: skip
def test_a_fault_is_red_by_what_depends_on_it_or_once_it_lasts(
    state: State, criticality: str, lasts: timedelta, level: AlertLevel | None
) -> None:
    assert level_of_fault(state, criticality, lasts=lasts) is level


@pytest.mark.parametrize(
    ("left", "level"),
    [
        (timedelta(days=21) + SECOND, None), (timedelta(days=21), ORANGE),
        (timedelta(days=7) + SECOND, ORANGE), (timedelta(days=7), RED), (-SECOND, RED),
    ],
)  # fmt: skip
def test_a_certificate_is_told_three_weeks_before_and_red_one_week_before(
    left: timedelta, level: AlertLevel | None
) -> None:
    assert level_of_certificate(NOW + left, NOW) is level


@pytest.mark.parametrize(("days", "level"), [(31, None), (30, ORANGE), (0, ORANGE), (-1, RED)])
def test_a_date_is_told_thirty_days_before_and_red_once_it_is_past(
    days: int, level: AlertLevel | None
) -> None:
    today = date(2026, 11, 23)
    assert level_of_expiry(today + timedelta(days=days), today) is level


@pytest.mark.parametrize(
    ("ago", "interval_s", "stale"),
    [
        (timedelta(hours=6), 600, False), (timedelta(hours=6) + SECOND, 600, True),
        (timedelta(hours=8), 4 * 3_600, False), (timedelta(hours=8) + SECOND, 4 * 3_600, True),
    ],
)  # fmt: skip
def test_an_agenda_is_stale_after_two_intervals_and_six_hours(
    ago: timedelta, interval_s: int, stale: bool
) -> None:
    assert is_stale(NOW - ago, NOW, interval_s) is stale


def test_an_agenda_that_was_never_read_is_not_stale() -> None:
    assert not is_stale(None, NOW, 600)


@pytest.mark.parametrize(("n", "stage"), [(1, 1), (998, 998), (999, 999), (1_000, 999)])
def test_one_more_is_worse_up_to_a_thousand(n: int, stage: int) -> None:
    assert Counted(n=n, level=ORANGE, target="B-1").stage == stage
