"""Uptime is never flattered, and what nobody saw is said."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cockpit.domain.providers.state import State
from cockpit.domain.providers.uptime import Sample, Stretch, Uptime, days, stretches, uptime

PARIS = ZoneInfo("Europe/Paris")
START = datetime(2026, 11, 2, tzinfo=UTC)
HOUR = timedelta(hours=1)


def hourly(*states: State) -> list[Sample]:
    return [(START + n * HOUR, state) for n, state in enumerate(states)]


def over(*states: State) -> Uptime:
    return uptime(stretches(hourly(*states), START, START + len(states) * HOUR))


UP, DOWN, PART, SLOW, WORK = (
    State.OPERATIONAL, State.MAJOR_OUTAGE, State.PARTIAL_OUTAGE, State.DEGRADED, State.MAINTENANCE,
)  # fmt: skip


@pytest.mark.parametrize(
    ("states", "percent"),
    [
        ((UP,) * 10, "100.00"),
        ((UP,) * 9 + (DOWN,), "90.00"),
        ((UP,) * 9 + (PART,), "97.00"),
        ((UP,) * 9 + (SLOW,), "100.00"),
        ((UP,) * 9 + (DOWN, WORK), "90.00"),
        ((UP,) * 9 + (DOWN, State.UNKNOWN), "90.00"),
        ((State.UNKNOWN,) * 9, "-"),
        ((WORK,) * 9, "-"),
    ],
)
def test_weights(states: tuple[State, ...], percent: str) -> None:
    assert over(*states).percent == percent


def test_it_is_floored_never_rounded() -> None:
    assert Uptime(0.99998, 1).percent == "99.99"
    assert Uptime(0.9999999, 1).percent == "99.99"
    assert Uptime(1.0, 1).percent == "100.00"


def test_less_than_an_hour_is_no_figure() -> None:
    found = stretches([(START, UP)], START, START + timedelta(minutes=59))
    assert uptime(found).percent == "-"


def test_a_word_is_believed_for_two_hours() -> None:
    found = stretches([(START, UP)], START, START + 8 * HOUR)
    assert [(each.state, each.seconds) for each in found] == [(UP, 7200), (State.UNKNOWN, 6 * 3600)]
    assert uptime(found).coverage == 0.25


def test_the_sample_before_the_window_counts_in_it() -> None:
    found = stretches([(START - HOUR, DOWN)], START, START + HOUR)
    assert found == (Stretch(DOWN, START, START + HOUR),)


def test_days_are_those_of_the_zone_with_their_23_and_25_hours() -> None:
    lo, hi = datetime(2026, 10, 24, tzinfo=PARIS), datetime(2026, 10, 27, tzinfo=PARIS)
    samples = [(lo.astimezone(UTC) + n * HOUR, UP) for n in range(80)]
    cells = days(stretches(samples, lo, hi), date(2026, 10, 24), date(2026, 10, 26), PARIS)
    assert [cell.seconds[UP] / 3600 for cell in cells] == [24, 25, 24]


def test_a_day_shows_its_worst_state() -> None:
    (cell,) = days(stretches(hourly(UP, DOWN, UP), START, START + 3 * HOUR), START.date(), START.date(), UTC)
    assert cell.worst is DOWN
    assert days((), START.date(), START.date(), UTC)[0].worst is State.UNKNOWN


states = st.lists(st.sampled_from(list(State)), min_size=1, max_size=40)


@given(states)
def test_stretches_cover_the_time_exactly_once(found: list[State]) -> None:
    hi = START + len(found) * HOUR
    parts = stretches(hourly(*found), START, hi)
    assert parts[0].start == START
    assert parts[-1].end == hi
    assert all(one.end == two.start and one.state is not two.state for one, two in itertools.pairwise(parts))


@given(states)
def test_a_share_is_a_share(found: list[State]) -> None:
    said = over(*found)
    assert 0 <= said.coverage <= 1
    assert said.share is None or 0 <= said.share <= 1


@given(states, st.integers(1, 20))
def test_what_nobody_saw_changes_the_coverage_only(found: list[State], unseen: int) -> None:
    before, after = over(*found), over(*found, *(State.UNKNOWN,) * unseen)
    assert after.share == before.share
    assert after.coverage <= before.coverage


@given(states, st.data())
def test_a_worse_hour_never_helps(found: list[State], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(found) - 1))
    before = over(*[UP if n == at else state for n, state in enumerate(found)])
    after = over(*[DOWN if n == at else state for n, state in enumerate(found)])
    assert before.share is not None
    assert after.share is not None
    assert after.share <= before.share


MINUTE = timedelta(minutes=1)
MINUTES = st.lists(st.tuples(st.integers(-200, 500), st.sampled_from(list(State))), max_size=12)


def minute_by_minute(samples: list[tuple[int, State]], lo: int, hi: int) -> list[State]:
    """What was shown in each minute: the last word, while it is not older than two hours."""
    shown = []
    for minute in range(lo, hi):
        heard = [(at, state) for at, state in samples if at <= minute]
        shown.append(heard[-1][1] if heard and minute - heard[-1][0] < 120 else State.UNKNOWN)
    return shown


@given(MINUTES.map(lambda found: sorted(found, key=lambda each: each[0])), st.integers(0, 400))
def test_each_minute_counts_as_it_was_shown(samples: list[tuple[int, State]], length: int) -> None:
    shown = minute_by_minute(samples, 0, length)
    found = stretches([(START + at * MINUTE, state) for at, state in samples], START, START + length * MINUTE)
    assert [each.state for each in found for _minute in range(round(each.seconds / 60))] == shown
    assert all(one.end == two.start for one, two in itertools.pairwise(found))
    said = uptime(found)
    counted = [each for each in shown if each not in (State.UNKNOWN, State.QUIET, WORK)]
    seen = len(counted) + shown.count(WORK)
    assert said.coverage == pytest.approx(seen / length if length else 0)
    if len(counted) < 60:
        assert said.share is None
    else:
        lost = shown.count(DOWN) + 0.3 * shown.count(PART)
        assert said.share == pytest.approx(1 - lost / len(counted))


@given(MINUTES.map(lambda found: sorted(found, key=lambda each: each[0])))
def test_each_minute_counts_on_its_own_day(samples: list[tuple[int, State]]) -> None:
    """Around the end of summer time in Paris, whose day has 25 hours; a day that is not asked for is left out."""
    lo = datetime(2026, 10, 24, 21, tzinfo=UTC)
    found = stretches([(lo + at * MINUTE, state) for at, state in samples], lo, lo + 27 * HOUR)
    cells = days(found, date(2026, 10, 24), date(2026, 10, 25), PARIS)
    assert [cell.day for cell in cells] == [date(2026, 10, 24), date(2026, 10, 25)]
    expected: list[dict[State, float]] = [{}, {}]
    for minute, state in enumerate(minute_by_minute(samples, 0, 27 * 60)):
        # Midnight is an hour after the beginning, and the next one 25 hours after that.
        if minute < 26 * 60:
            day = expected[minute >= 60]
            day[state] = day.get(state, 0) + 60
    assert [dict(cell.seconds) for cell in cells] == expected


def test_a_window_of_no_time_shows_nothing() -> None:
    assert stretches([(START, UP)], START, START) == stretches([(START, UP)], START + HOUR, START) == ()


def test_an_hour_is_enough_for_a_figure_and_nothing_is_none() -> None:
    assert uptime([Stretch(UP, START, START + HOUR)]) == Uptime(1.0, 1.0)
    assert uptime([Stretch(UP, START, START + HOUR - timedelta(seconds=1))]) == Uptime(None, 1.0)
    assert uptime([]) == Uptime(None, 0.0)


@pytest.mark.parametrize(
    ("share", "percent"),
    [(0.0, "0.00"), (0.5, "50.00"), (0.12345, "12.34"), (0.07, "7.00"), (0.57, "57.00"), (None, "-")],
)
def test_percents_have_two_decimals(share: float | None, percent: str) -> None:
    assert Uptime(share, 1).percent == percent
