"""What a phase changes: each limit one notch tighter, and dates counted back from what it leads to."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from cockpit.domain.dataclasses import fields, replace
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


NOTCHES = (
    ("s1_ratio", 2.0, 1.75, 1), ("s2_watch", 2.0, 1.75, 1), ("s2_control", 3.0, 2.5, 1),
    ("s3_share", 15, 11, 0), ("s4_share", 80, 85, 100), ("s5_ratio", 0.6, 0.7, 1),
    ("s6_fall", 0.2, 0.15, 0), ("s6_dead", 30, 22, 0), ("s6_hub", 60, 45, 0), ("s7_present", 75, 82, 100),
    ("s7_fall", 0.15, 0.1125, 0), ("s7_roti", 2.0, 2.75, 5), ("s8_complete", 90, 93, 100),
    ("s8_reminders", 2, 1, 1), ("s9_watch", 15, 11, 0), ("s9_control", 30, 22, 0),
    ("s10_control", 1.5, 1.125, 0), ("s10_danger", 4.0, 3.0, 0), ("s11_share", 40, 30, 0),
    ("s11_concentration", 0.25, 0.1875, 0), ("s12_alone", 70, 52, 0), ("s12_waiting", 30, 22, 0),
    ("s12_absent", 0.8, 0.85, 1), ("s13_within", 80, 85, 100), ("s14_more", 2, 1, 1),
    ("s15_doubles", 3, 2, 1), ("s15_open", 60, 70, 100), ("s16_days", 90, 67, 0),
    ("s17_share", 70, 78, 100), ("s18_share", 90, 93, 100), ("s19_up", 99.5, 99.625, 100),
    ("s20_times", 3, 2, 2), ("s21_times", 3, 2, 1), ("s22_urgent", 3, 2, 1), ("s22_churn", 40, 30, 0),
    ("s23_days", 90, 159, 365), ("s24_days", 183, 137, 0), ("s26_mark", 3.0, 3.5, 5),
    ("s26_gap", 1.5, 1.125, 0), ("s27_days", 1.0, 0.75, 0),
)  # fmt: skip
"""Each limit that moves, as it is, one notch tighter, and the strictest that it may be."""


def test_a_notch_is_a_quarter_of_the_way_to_the_strictest() -> None:
    limits, tight = Limits(), phase.limits_in(Limits(), GROWTH)
    assert [(name, getattr(limits, name), getattr(tight, name)) for name, *_rest in NOTCHES] == [
        each[:3] for each in NOTCHES
    ]


def test_what_is_strictest_already_stays() -> None:
    strictest = replace(Limits(), **{name: strict for name, _was, _tighter, strict in NOTCHES})
    assert phase.limits_in(strictest, GROWTH) == strictest


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


TODAY = date(2026, 11, 23)


def begun(code: str, since: date | None, **more: Any) -> Phase:
    return Phase(code=code, phase=GROWTH, since=since, **more)


def test_of_phases_that_began_on_one_day_the_one_that_was_said_last_counts() -> None:
    noon = datetime(2026, 11, 23, 12, tzinfo=UTC)
    first, second = (
        begun("PH-9", TODAY, created_at=noon),
        begun("PH-2", TODAY, created_at=noon + timedelta(seconds=1)),
    )
    assert phase.of((second, first), TODAY) is second
    third = begun("PH-3", TODAY, created_at=second.created_at)
    assert phase.of((third, second), TODAY) is third
    taken_back = begun("PH-4", TODAY, archived_at=noon)
    assert phase.of((taken_back, begun("PH-5", None)), TODAY) is None
    assert phase.of((), TODAY) is None


@pytest.mark.parametrize(
    ("value", "strict", "tighter"),
    [
        (100, 0, 75), (0, 100, 25), (3, 1, 2), (2, 1, 1), (1, 1, 1), (1, 0, 0), (99, 100, 100), (7, 9, 8), (9, 7, 8),
        (1.0, 0, 0.75), (0.2, 0.2, 0.2), (0.33333, 1, 0.5), (0.1234, 0, 0.0925), (0.12344, 0, 0.0926),
    ],
)  # fmt: skip
def test_a_whole_number_moves_by_one_at_least_and_others_keep_four_decimals(
    value: float, strict: float, tighter: float
) -> None:
    found = phase.tightened(value, strict)
    assert (found, type(found)) == (tighter, type(value))


def test_a_date_without_a_time_before_it_is_the_day_that_is_aimed_at() -> None:
    for ahead in ("", "0"):
        assert phase.counted(LegalDate(key="x", name="x", phase=SALE, ahead=ahead), TODAY) == TODAY


def test_a_date_says_what_must_be_done_and_of_which_contract() -> None:
    legal = LegalDate(key="x", name="Tell the staff", phase=SALE, ahead="2m")
    assert phase.CountedDate(legal=legal, day=TODAY).text == "Tell the staff"
    assert phase.CountedDate(legal=legal, day=TODAY, about="Payroll").text == "Tell the staff · Payroll"


def test_continuity_counts_twice_when_a_sale_is_in_view() -> None:
    assert phase.CONTINUITY_WEIGHT == 2
