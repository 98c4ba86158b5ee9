"""Raised on two weeks in a row, three new ones a week, the weightiest first; gauges; the two statistical tests."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cockpit.domain.dataclasses import replace
from cockpit.domain.signals import gauges, rules, statistics
from cockpit.domain.signals.every import SIGNALS
from cockpit.domain.signals.rules import WeekBefore
from cockpit.domain.signals.score import GaugeName, SignalScore, SignalState
from tests.domain.signals.given import MONDAY, told

WEEK = timedelta(days=7)
S1 = "S1"


def score(subject: str, state: SignalState, signal: str = S1) -> SignalScore:
    return SignalScore(signal=signal, subject=subject, week=MONDAY, state=state)


def test_a_signal_is_raised_when_it_is_true_in_two_weeks_in_a_row() -> None:
    seen = {
        (S1, "PR-1"): WeekBefore(SignalState.WATCH, None),
        (S1, "PR-2"): WeekBefore(SignalState.CALM, None),
    }
    now = [score(f"PR-{n}", SignalState.WATCH) for n in (1, 2, 3)]
    assert rules.raised(now, seen, SIGNALS) == {(S1, "PR-1"): MONDAY}


def test_what_stays_true_stays_raised_since_the_same_week_and_what_calms_is_over() -> None:
    since = MONDAY - 5 * WEEK
    seen = {
        (S1, "PR-1"): WeekBefore(SignalState.WATCH, since),
        (S1, "PR-2"): WeekBefore(SignalState.WATCH, since),
    }
    now = [score("PR-1", SignalState.WATCH), score("PR-2", SignalState.CALM)]
    assert rules.raised(now, seen, SIGNALS) == {(S1, "PR-1"): since}


def test_no_more_than_three_are_new_in_a_week_the_worst_and_weightiest_first() -> None:
    now = [score(f"PR-{n}", SignalState.WATCH) for n in range(5)]
    now += [score("IF-1", SignalState.CONTROL, "S2"), score("IF-2", SignalState.WATCH, "S2")]
    seen = {rules.key(each): WeekBefore(SignalState.WATCH, None) for each in now}
    found = rules.raised(now, seen, SIGNALS)
    assert set(found) == {("S2", "IF-1"), (S1, "PR-0"), (S1, "PR-1")}


def test_in_a_week_that_runs_nothing_is_raised_anew_but_what_cannot_wait() -> None:
    seen = {
        (S1, "PR-1"): WeekBefore(SignalState.WATCH, None),
        (S1, "PR-2"): WeekBefore(SignalState.WATCH, MONDAY - WEEK),
    }
    now = [score("PR-1", SignalState.WATCH), score("PR-2", SignalState.WATCH)]
    assert rules.raised(now, seen, SIGNALS, is_whole=False) == {(S1, "PR-2"): MONDAY - WEEK}


STATES = st.sampled_from(list(SignalState))
WEEKS = st.lists(st.lists(STATES, min_size=6, max_size=6), min_size=1, max_size=20)


@given(WEEKS)
@settings(max_examples=40)
def test_over_any_weeks_the_rules_hold(weeks: list[list[SignalState]]) -> None:
    before: dict[rules.Key, WeekBefore] = {}
    for n, states in enumerate(weeks):
        week: date = MONDAY + n * WEEK
        now = [SignalScore(signal=S1, subject=f"PR-{at}", week=week, state=s) for at, s in enumerate(states)]
        found = rules.raised(now, before, SIGNALS)
        assert sum(since == week for since in found.values()) <= rules.NEW_A_WEEK
        for each in now:
            if rules.key(each) in found:
                assert each.state >= SignalState.WATCH
                assert n
                assert before[rules.key(each)].state >= SignalState.WATCH
        before = {rules.key(each): WeekBefore(each.state, found.get(rules.key(each))) for each in now}


WEIGHTS = {
    "S1": 7, "S2": 5, "S3": 6, "S4": 6, "S5": 6, "S6": 5, "S7": 5, "S8": 5, "S9": 4, "S10": 7, "S11": 8,
    "S12": 8, "S13": 7, "S14": 4, "S15": 3, "S16": 9, "S17": 8, "S18": 8, "S19": 4, "S20": 5, "S21": 4,
    "S22": 5, "S23": 3, "S24": 2, "S25": 1, "S26": 5, "S27": 4
}  # fmt: skip


def test_what_may_stop_the_company_weighs_most() -> None:
    assert {name: each.weight for name, each in SIGNALS.items()} == WEIGHTS


def test_the_mean_of_a_gauge_is_weighted_by_its_signals_and_of_their_subjects() -> None:
    # Of resilience: S4 weighs 6, S10 7, S11 8, S17 8. Two subjects of S11 are 100 and 0; S10 is asked for from
    # control on, so that watched is as good as calm.
    scores = [
        score("", SignalState.WATCH, "S4"), score("PR-1", SignalState.WATCH, "S10"),
        score("a", SignalState.CALM, "S11"), score("b", SignalState.DANGER, "S11"),
        score("", SignalState.CONTROL, "S17"), score("x", SignalState.UNKNOWN, "S17"),
    ]  # fmt: skip
    (found,) = [
        each for each in gauges.gauges(MONDAY, scores, SIGNALS) if each.signal == GaugeName.RESILIENCE
    ]
    assert found.value == round((6 * 60 + 7 * 100 + 8 * 50 + 8 * 30) / (6 + 7 + 8 + 8))
    assert [(row.code, row.value, row.why) for row in found.proof.rows] == [
        ("S4", 60, "part"), ("S10", 100, "part"), ("S11", 50, "part"), ("S17", 30, "part"),
    ]  # fmt: skip
    assert (found.n, found.threshold, found.proof.figures) == (4, 80, {"known": 4.0, "parts": 4.0})


def test_a_gauge_is_the_weighted_mean_of_its_signals_and_says_of_which() -> None:
    parts = {name: each for name, each in SIGNALS.items() if each.gauge is GaugeName.RESILIENCE}
    calm = [score("", SignalState.CALM, name) for name in parts]
    (found,) = [each for each in gauges.gauges(MONDAY, calm, SIGNALS) if each.signal == GaugeName.RESILIENCE]
    assert (found.value, found.state) == ((100, SignalState.CALM) if parts else (None, SignalState.UNKNOWN))
    assert [row.code for row in found.proof.rows] == list(parts)


@pytest.mark.parametrize(
    ("value", "state"),
    [
        (80, SignalState.CALM), (79, SignalState.WATCH), (60, SignalState.WATCH), (59, SignalState.CONTROL),
        (40, SignalState.CONTROL), (39, SignalState.DANGER), (0, SignalState.DANGER),
    ],
)  # fmt: skip
def test_a_gauge_is_itself_calm_watched_controlled_or_in_danger(value: int, state: SignalState) -> None:
    # Of a hundred subjects of one signal alone, as many calm as the gauge is to show, the rest in danger.
    scores = [score(f"PR-{n}", SignalState.CALM if n < value else SignalState.DANGER) for n in range(100)]
    alone = {S1: replace(SIGNALS[S1], gauge=GaugeName.STEERING, weight=1)}
    (found,) = [each for each in gauges.gauges(MONDAY, scores, alone) if each.signal == GaugeName.STEERING]
    assert (found.value, found.state) == (value, state)


def test_a_gauge_says_nothing_while_less_than_half_of_its_signals_are_known() -> None:
    for found in gauges.gauges(MONDAY, [], SIGNALS):
        assert found.value is None
        assert found.state is SignalState.UNKNOWN
        assert found.proof.missing == "parts"


def test_each_gauge_tells_of_which_signals_it_is_and_how_many_of_them_are_known() -> None:
    scores = [
        score("", SignalState.WATCH, "S22"), score("", SignalState.CALM, "S6"), score("FN-1", SignalState.DANGER, "S6"),
        score("", SignalState.UNKNOWN, "S26"), score("PR-1", SignalState.CONTROL, "S10"),
        score("PR-2", SignalState.WATCH, "S10"), score("", SignalState.DANGER, "S4"),
        score("", SignalState.CALM, "S18"),
        score("", SignalState.UNKNOWN, "S8"), score("", SignalState.CALM, "S1"),
    ]  # fmt: skip
    # (5 x 60 + 5 x 50) / 10; (7 x 65 + 6 x 0) / 13; one of three is too few.
    assert told(gauges.gauges(MONDAY, scores, SIGNALS)) == (
        "alignment company: 55 of 80 | n 2 | control | known 2, parts 3 | S6 50 part, S22 60 part, S26 unknown\n"
        "resilience company: 35 of 80 | n 2 | danger | known 2, parts 4 |"
        " S4 0 part, S10 65 part, S11 unknown, S17 unknown\n"
        "steering company: ? of 80 | n 1 | unknown parts | known 1, parts 3 | S8 unknown, S13 unknown, S18 100 part"
    )
    assert told(gauges.gauges(MONDAY, scores, {})) == "\n".join(
        f"{name} company: ? of 80 | n 0 | unknown parts | known 0, parts 0" for name in GaugeName
    )


def test_the_worst_state_is_told_first_then_the_weightiest_signal_then_by_number_and_subject() -> None:
    told_ = [
        score("b", SignalState.DANGER, "S14"), score("", SignalState.CONTROL, "S16"),
        score("", SignalState.WATCH, "S11"),
        score("", SignalState.WATCH, "S9"), score("", SignalState.WATCH, "S14"), score("a", SignalState.WATCH, "S21"),
        score("b", SignalState.WATCH, "S21"),
    ]  # fmt: skip
    mixed = list(reversed(told_))
    mixed.sort(key=lambda each: rules.urgency(each, SIGNALS[each.signal]))
    assert mixed == told_


@pytest.mark.parametrize(
    ("signal", "now", "before", "is_whole", "is_raised"),
    [
        ("S1", SignalState.WATCH, SignalState.WATCH, True, True),
        ("S1", SignalState.WATCH, SignalState.CALM, True, False),
        ("S1", SignalState.CALM, SignalState.WATCH, True, False), ("S1", SignalState.WATCH, None, True, False),
        ("S1", SignalState.CONTROL, SignalState.DANGER, True, True),
        ("S1", SignalState.WATCH, SignalState.WATCH, False, False),
        # From control on; of the week that runs, only what cannot wait.
        ("S10", SignalState.CONTROL, SignalState.CONTROL, True, True),
        ("S10", SignalState.CONTROL, SignalState.WATCH, True, False),
        ("S10", SignalState.WATCH, SignalState.CONTROL, True, False),
        ("S10", SignalState.DANGER, SignalState.DANGER, True, True),
        ("S16", SignalState.DANGER, None, False, True), ("S16", SignalState.DANGER, SignalState.CALM, True, True),
        ("S16", SignalState.WATCH, SignalState.DANGER, True, False),
        ("S99", SignalState.DANGER, SignalState.DANGER, True, False),
    ],
)  # fmt: skip
def test_a_signal_is_raised_by_its_state_of_both_weeks(
    signal: str, now: SignalState, before: SignalState | None, is_whole: bool, is_raised: bool
) -> None:
    seen = {} if before is None else {(signal, "x"): WeekBefore(before, None)}
    found = rules.raised([score("x", now, signal)], seen, SIGNALS, is_whole=is_whole)
    assert found == ({(signal, "x"): MONDAY} if is_raised else {})


def test_an_unknown_number_hides_none_of_those_behind_it() -> None:
    now = [score("a", SignalState.WATCH, "S99"), score("b", SignalState.CALM), score("c", SignalState.WATCH)]
    seen = {(S1, "c"): WeekBefore(SignalState.WATCH, None)}
    assert rules.raised(now, seen, SIGNALS) == {(S1, "c"): MONDAY}


VALUES = st.lists(st.integers(0, 6), min_size=1, max_size=9)


@given(VALUES, VALUES)
@settings(max_examples=60)
def test_the_test_counts_the_pairs_of_which_the_recent_one_is_greater(
    one: list[int], other: list[int]
) -> None:
    pairs = sum(1 if a > b else 0.5 if a == b else 0 for a in one for b in other)
    n, m, every = len(one), len(other), one + other
    same = [every.count(each) for each in set(every)]
    spread = n * m / 12 * ((n + m + 1) - sum(t * t * t - t for t in same) / ((n + m) * (n + m - 1)))
    expected = (pairs - n * m / 2) / spread**0.5 if len(set(every)) > 1 else 0
    assert statistics.slower(one, other) == pytest.approx(expected)


@pytest.mark.parametrize("share", [0.0, 0.25, 1 / 3, 0.5, 1.0])
def test_the_chance_of_so_few_is_that_of_all_ways_in_which_they_may_fall(share: float) -> None:
    for n in range(6):
        for k in range(n + 1):
            ways = [each for each in product((True, False), repeat=n) if sum(each) <= k]
            chance = sum(share ** sum(each) * (1 - share) ** (n - sum(each)) for each in ways)
            found = statistics.at_most(k, n, share)
            assert found == pytest.approx(chance)
            assert found <= 1


@pytest.mark.parametrize(
    ("kept", "n", "share", "z"),
    [
        (8, 10, 0.9, 1 / 0.9**0.5), (10, 10, 0.9, -1 / 0.9**0.5), (9, 10, 0.9, 0), (12, 25, 0.5, 0.2), (0, 4, 0.5, 2),
        (0, 0, 0.9, 0), (3, 10, 0.0, 0), (3, 10, 1.0, 0), (2.5, 4, 0.8, 0.7 / 0.64**0.5),
    ],
)  # fmt: skip
def test_how_sure_a_shortfall_is_by_hand(kept: float, n: int, share: float, z: float) -> None:
    assert statistics.short_of(kept, n, share) == pytest.approx(z)


def test_mann_whitney_by_hand() -> None:
    # Ranks of 10 and 9 among 1 to 5, 9, 10 are 7 and 6: U = 13 - 3 = 10 of 10; the spread is sqrt(2*5*8/12).
    assert statistics.slower([10, 9], [1, 2, 3, 4, 5]) == pytest.approx(5 / (80 / 12) ** 0.5)
    assert statistics.slower([1, 1], [1, 1, 1]) == 0
    # One against one: U = 1 of 1, half of it expected, and the spread is sqrt(1*1*3/12).
    assert statistics.slower([2], [1]) == pytest.approx(0.5 / 0.25**0.5)


@given(
    st.lists(st.integers(0, 50), min_size=2, max_size=9), st.lists(st.integers(0, 50), min_size=2, max_size=9)
)
def test_the_test_turns_its_sign_when_its_sides_are_swapped(one: list[int], other: list[int]) -> None:
    assert statistics.slower(one, other) == pytest.approx(-statistics.slower(other, one))


def test_the_binomial_law_by_hand() -> None:
    assert statistics.at_most(0, 3, 1 / 3) == pytest.approx(8 / 27)
    assert statistics.at_most(1, 3, 1 / 3) == pytest.approx(20 / 27)
    assert statistics.at_most(3, 3, 1 / 3) == pytest.approx(1)
