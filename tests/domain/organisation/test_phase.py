"""What a phase changes: each limit one notch tighter, and dates counted back from what it leads to."""

from __future__ import annotations

from datetime import date

import pytest

from cockpit.domain.dataclasses import fields
from cockpit.domain.organisation import phase
from cockpit.domain.registers.phase import GROWTH, PHASES, SALE, STEADY, TRANSFORMATION, Phase
from cockpit.domain.settings import PHASES as CONFIGURED
from cockpit.domain.settings import LegalDate, Limits

DEMANDING = [GROWTH, TRANSFORMATION, SALE]


def test_the_configuration_knows_every_phase() -> None:
    assert tuple(PHASES) == CONFIGURED


def test_on_a_steady_course_limits_are_as_they_were_written() -> None:
    limits = Limits(s1_ratio=3.0)
    assert phase.limits_in(limits, STEADY) is limits


@pytest.mark.parametrize(
    ("name", "was", "tighter"),
    [
        ("s1_ratio", 2.0, 1.75), ("s3_share", 15, 11), ("s4_share", 80, 85), ("s8_complete", 90, 93),
        ("s8_reminders", 2, 1), ("s10_danger", 4.0, 3.0), ("s12_absent", 0.8, 0.85), ("s15_doubles", 3, 2),
        ("s18_share", 90, 93), ("s19_up", 99.5, 99.625), ("s21_times", 3, 2), ("s24_days", 183, 137),
        ("s26_mark", 3.0, 3.5),
    ],
)  # fmt: skip
def test_a_notch_is_a_quarter_of_the_way_to_the_strictest(name: str, was: float, tighter: float) -> None:
    assert getattr(Limits(), name) == was
    assert getattr(phase.limits_in(Limits(), GROWTH), name) == tighter


@pytest.mark.parametrize("name", DEMANDING)
def test_every_limit_moves_to_its_strict_side_and_keeps_its_bounds(name: str) -> None:
    limits = Limits()
    tight = phase.limits_in(limits, name)
    for declared in fields(Limits):
        strict, value = declared.metadata.get("strict"), getattr(tight, declared.name)
        if strict is None:
            assert value == getattr(limits, declared.name), declared.name
            continue
        assert type(value) is type(getattr(limits, declared.name)), declared.name
        assert abs(value - strict) < abs(getattr(limits, declared.name) - strict), declared.name
        low, high = declared.metadata["low"], declared.metadata["high"]
        assert low <= value <= (value if high is None else high), declared.name


def test_what_is_strictest_already_stays() -> None:
    assert phase.tightened(100, 100) == 100
    assert phase.tightened(1, 1) == 1


def test_with_a_sale_in_view_every_critical_function_is_to_be_proved() -> None:
    assert phase.limits_in(Limits(), SALE).s17_share == 100
    assert phase.limits_in(Limits(), TRANSFORMATION).s17_share == 78


@pytest.mark.parametrize(
    ("ahead", "day"), [("2m", date(2027, 4, 30)), ("6w", date(2027, 5, 19)), ("30d", date(2027, 5, 31))]
)
def test_a_date_is_counted_back_in_its_own_unit(ahead: str, day: date) -> None:
    legal = LegalDate(key="x", name="x", phase=SALE, ahead=ahead)
    assert phase.counted(legal, date(2027, 6, 30)) == day


def test_the_phase_is_the_one_that_began_last_and_no_later_than_today() -> None:
    steady = Phase(code="PH-1", phase=STEADY, since=date(2026, 1, 1))
    growth = Phase(code="PH-2", phase=GROWTH, since=date(2026, 11, 1))
    sale = Phase(code="PH-3", phase=SALE, since=date(2027, 1, 1))
    assert phase.of((sale, growth, steady), date(2026, 11, 23)) == growth
    assert phase.of((sale,), date(2026, 11, 23)) is None
