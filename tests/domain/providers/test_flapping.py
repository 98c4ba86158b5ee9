"""A state that goes back and forth is one piece of news, not ten."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cockpit.domain.providers.flapping import LOOK_BACK, is_flapping

START = datetime(2026, 11, 23, 8, tzinfo=UTC)


def at(minutes: float) -> datetime:
    return START + timedelta(minutes=minutes)


def test_four_changes_within_half_an_hour_are_unstable() -> None:
    assert is_flapping([at(0), at(8), at(16), at(24)], at(25))
    assert not is_flapping([at(0), at(8), at(16)], at(25))


def test_four_changes_over_more_than_half_an_hour_are_four_events() -> None:
    assert not is_flapping([at(0), at(11), at(22), at(33)], at(34))


def test_it_stays_unstable_until_half_an_hour_without_a_change() -> None:
    changes = [at(0), at(1), at(2), at(3)]
    assert is_flapping(changes, at(32))
    assert not is_flapping(changes, at(33))


def test_a_lone_change_during_the_quiet_half_hour_prolongs_it() -> None:
    changes = [at(0), at(1), at(2), at(3), at(25)]
    assert is_flapping(changes, at(50))
    assert not is_flapping(changes, at(55))


def test_after_a_steady_half_hour_it_takes_four_changes_again() -> None:
    assert not is_flapping([at(0), at(1), at(2), at(3), at(40)], at(41))


minutes = st.lists(st.integers(0, 60), max_size=12)


@given(minutes, st.integers(0, 90))
def test_the_order_of_what_is_known_does_not_matter(found: list[int], now: int) -> None:
    changes = [at(each) for each in found]
    assert is_flapping(changes, at(now)) == is_flapping(changes[::-1], at(now))


@given(minutes)
def test_it_always_calms_down(found: list[int]) -> None:
    assert not is_flapping([at(each) for each in found], at(60 + 30))


@given(st.lists(st.integers(0, 130), max_size=14), st.integers(0, 160))
def test_four_within_half_an_hour_hold_until_half_an_hour_without_any(found: list[int], now: int) -> None:
    times = sorted(each for each in found if each <= now)
    pauses = [
        *(later - before for before, later in itertools.pairwise(times)),
        now - times[-1] if times else 99,
    ]
    restless = [
        last
        for last in range(3, len(times))
        if times[last] - times[last - 3] <= 30 and all(pause < 30 for pause in pauses[last:])
    ]
    assert is_flapping([at(each) for each in found], at(now)) == bool(restless)


@pytest.mark.parametrize(
    ("changes", "now", "unstable"),
    [
        ((0, 10, 20, 30), 31, True), ((0, 10, 20, 31), 32, False), ((0, 1, 2, 3, 32), 33, True),
        ((0, 1, 2, 3, 33), 34, False), ((0, 1, 2, 3, 34), 35, False), ((0, 1, 2, 3, 25, 45), 60, True),
        ((0, 1, 2, 3, 25, 45, 75), 76, False), ((), 0, False), ((0,), 1, False), ((5, 5, 5, 5), 4, False),
        ((5, 5, 5, 5), 5, True),
    ],
)  # fmt: skip
def test_restless_or_calm_again_at_the_very_minute(
    changes: tuple[int, ...], now: int, unstable: bool
) -> None:
    assert is_flapping([at(each) for each in changes], at(now)) is unstable


def test_changes_of_an_hour_and_a_half_are_asked_for() -> None:
    assert timedelta(minutes=90) == LOOK_BACK
