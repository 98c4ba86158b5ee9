"""Clocks of service: what their events make of them (docs/promises.md)."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cockpit.domain.promises.sla_clock import (
    BREACHED,
    CANCELLED,
    MET,
    PAUSED,
    PROSPECTIVE,
    RESTART,
    RETROACTIVE,
    RUNNING,
    ClockEvent,
    ClockState,
    NeverOpened,
    fold,
)
from cockpit.domain.time.business_time import Calendar, NoBusinessTime, calendar_from_mapping
from tests.places import DATA

VECTORS: dict[str, Any] = json.loads((DATA / "sla_vectors.json").read_text())
CALENDARS = {key: calendar_from_mapping(data) for key, data in VECTORS["calendars"].items()}
FRENCH = CALENDARS["FR_35H"]
GOLDEN = Calendar(
    "golden", "Europe/Paris", (((540, 750), (840, 1080)),) * 5 + ((), ()), FRENCH.holidays
)  # fmt: skip
CALENDARS |= {"golden": GOLDEN}
HOUR = timedelta(hours=1)
SOME = settings(max_examples=40)


def named(version: str) -> Calendar:
    return CALENDARS[version]


def paris(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=FRENCH.zone)


def event(at: datetime | str, kind: str, **data: str) -> ClockEvent:
    return ClockEvent(paris(at) if isinstance(at, str) else at, kind, data)


def opened(at: datetime | str, target: str = "7h", calendar: str = "FR_35H") -> ClockEvent:
    return event(at, "opened", target=target, calendar=calendar)


def clock_of(*events: ClockEvent) -> ClockState:
    return fold(events, named)


# The oracle's vectors, through a clock whose pauses are events.


def target_text(target: dict[str, Any]) -> str:
    if target["kind"] == "business_seconds":
        return f"{target['seconds'] // 60}min"
    cutoff = f" cutoff {target['cutoff']}" if "cutoff" in target else ""
    return f"J+{target['n']} {target['at']}{cutoff}"


def events_of(vector: dict[str, Any]) -> list[ClockEvent]:
    found = [
        opened(datetime.fromisoformat(vector["start"]), target_text(vector["target"]), vector["calendar"])
    ]
    for n, pause in enumerate(vector["pauses"]):
        if pause["from"] == pause["to"]:
            # Of one instant, what stops comes after what goes on: no pair of events says an empty pause.
            continue
        found.append(event(datetime.fromisoformat(pause["from"]), "paused", reason=f"r{n}"))
        found.append(event(datetime.fromisoformat(pause["to"]), "resumed", reason=f"r{n}"))
    return found


@pytest.mark.parametrize("vector", VECTORS["due"], ids=lambda vector: vector["id"])
def test_every_vector_holds_for_a_clock(vector: dict[str, Any]) -> None:
    clock = fold(events_of(vector), named)
    if "error" in vector:
        with pytest.raises(NoBusinessTime):
            _ = clock.due
        return
    assert clock.due is not None
    assert clock.until is not None
    assert int(clock.due.timestamp()) == vector["due_utc"]
    assert int(clock.until.timestamp()) == vector["last_on_time_utc"]
    second = timedelta(seconds=1)
    after = max([clock.until, *(e.at for e in events_of(vector))])
    assert fold([*events_of(vector), event(clock.until, "fulfilled")], named).state(after) == MET
    late = fold([*events_of(vector), event(clock.until + second, "fulfilled")], named)
    assert late.state(after + second) == BREACHED


def test_some_vectors_tell_the_due_instant_from_the_verdict() -> None:
    """An answer after the due instant, which is a closing, and before the next opening is in time."""
    apart = [v for v in VECTORS["due"] if "error" not in v and v["due_utc"] != v["last_on_time_utc"]]
    assert len(apart) == 7
    for vector in apart:
        between = datetime.fromtimestamp((vector["due_utc"] + vector["last_on_time_utc"]) // 2, UTC)
        clock = fold([*events_of(vector), event(between, "fulfilled")], named)
        assert clock.due is not None
        assert (clock.state(between), between <= clock.due) == (MET, False)


@pytest.mark.parametrize(
    ("start", "target", "pause", "due"),
    [
        ("2026-03-02 10:00", "4h", (), "2026-03-02 15:30"),
        ("2026-03-06 17:00", "4h", (), "2026-03-09 12:00"),
        ("2026-04-30 16:00", "7h30", (), "2026-05-04 16:00"),
        ("2026-05-13 15:00", "8h", (), "2026-05-15 15:30"),
        ("2026-03-27 17:00", "2h", (), "2026-03-30 10:00"),
        ("2026-03-02 10:00", "4h", ("2026-03-02 11:00", "2026-03-03 15:00"), "2026-03-03 18:00"),
        ("2026-03-07 11:00", "1h", (), "2026-03-09 10:00"),
        ("2026-03-02 12:29", "2min", (), "2026-03-02 14:01"),
    ],
    ids=[f"G{n}" for n in range(1, 9)],
)
def test_golden_cases(start: str, target: str, pause: tuple[str, ...], due: str) -> None:
    kinds = ("paused", "resumed")
    halts = [event(at, kind) for at, kind in zip(pause, kinds, strict=False)]
    assert clock_of(opened(start, target, "golden"), *halts).due == paris(due)


@pytest.mark.parametrize(
    ("start", "target", "hours"),
    [("2026-03-02 10:00", "4h", 4), ("2026-03-02 10:00", "J+1 18h", 14), ("2026-03-02 18:30", "J+0 18h", 0)],
)
def test_a_target_in_days_allows_the_business_hours_until_its_day(
    start: str, target: str, hours: float
) -> None:
    clock = clock_of(opened(start, target, "golden"))
    assert clock.allowed() == hours * 3_600
    assert clock.left(paris(start)) == hours * 3_600


def test_a_pause_that_is_over_is_not_ended_again_by_the_next_one() -> None:
    halts = [
        event(paris(f"2026-03-02 {at}"), kind, **said)
        for at, kind, said in (
            ("10:30", "paused", {"reason": "waiting_us"}), ("11:00", "resumed", {"reason": "waiting_us"}),
            ("11:30", "paused", {"reason": "waiting_us"}), ("12:00", "resumed", {}),
            ("12:10", "paused", {"reason": "agreed"}), ("12:20", "resumed", {"reason": "waiting_us"}),
            ("12:25", "resumed", {"reason": "agreed"}),
        )
    ]  # fmt: skip
    # Four hours from 10:00, lunch from 12:30 to 14:00, and pauses of 30, 30 and 15 minutes.
    assert clock_of(opened(paris("2026-03-02 10:00"), "4h", "golden"), *halts).due == paris(
        "2026-03-02 16:45"
    )


# Stories: anything that may happen to a clock.

START = paris("2026-05-11 10:00")
TARGETS = ("0h", "30min", "4h", "7h", "40h", "J+0 12:00", "J+1 18h", "J+3 close", "J+2 open cutoff 09:30")
SITES = ("FR_35H", "FR_BRIDGE", "FR_OUVRABLES", "H24_PARIS", "NY_8H")
REASONS = ("waiting_us", "waiting_third", "agreed")
moments = st.integers(1, 14 * 24 * 4).map(lambda quarter: START + timedelta(minutes=15 * quarter))
policies = st.fixed_dictionaries(
    {
        "target": st.sampled_from(TARGETS),
        "calendar": st.sampled_from(SITES),
        "mode": st.sampled_from((PROSPECTIVE, RESTART)),
    }
)
data_of: dict[str, st.SearchStrategy[dict[str, str]]] = {
    "paused": st.fixed_dictionaries({"reason": st.sampled_from(REASONS)}),
    "resumed": st.fixed_dictionaries({"reason": st.sampled_from(("", *REASONS))}),
    "policy_changed": policies,
    "calendar_changed": st.fixed_dictionaries({"calendar": st.sampled_from(SITES)}),
    "fulfilled": st.just({}),
    "reopened": st.just({}),
    "cancelled": st.just({}),
    "waived": st.just({"why": "storm"}),
    "escalated": st.just({"level": "1"}),
}
happenings = st.one_of(
    *(st.builds(ClockEvent, moments, st.just(kind), data) for kind, data in data_of.items())
)  # fmt: skip
openings = st.builds(opened, st.just(START), st.sampled_from(TARGETS), st.sampled_from(SITES))
stories = st.tuples(openings, st.lists(happenings, max_size=7, unique_by=lambda e: e.at)).map(
    lambda story: [story[0], *sorted(story[1], key=lambda e: e.at)]
)


@given(stories, st.randoms(use_true_random=False))
@SOME
def test_a_clock_is_made_of_a_set_of_events(story: list[ClockEvent], random: Any) -> None:
    shuffled = story[:]
    random.shuffle(shuffled)
    assert fold(shuffled, named) == fold(story, named)


@given(stories, moments)
@SOME
def test_a_verdict_against_it_is_never_taken_back(story: list[ClockEvent], at: datetime) -> None:
    """By nothing that happens later: reopening, another policy or calendar, a pause, a cancelling."""
    then = fold([e for e in story if e.at <= at], named)
    assume(then.state(at) == BREACHED)
    clock = fold(story, named)
    for later in (at, at + HOUR, START + timedelta(days=60)):
        if later >= max(e.at for e in story):
            assert clock.state(later) == BREACHED
    assert clock.broken in (None, then.due)


@given(stories, moments)
@SOME
def test_met_is_ended_by_the_last_instant_that_keeps_it(story: list[ClockEvent], at: datetime) -> None:
    clock = fold([*(e for e in story if e.at < at), event(at, "fulfilled")], named)
    assume(clock.ended is not None and not clock.cancelled and clock.broken is None)
    assert clock.ended is not None
    assert clock.until is not None
    assert (clock.state(at) == MET) == (clock.ended <= clock.until)


@given(stories, moments, st.sampled_from(SITES))
@SOME
def test_another_calendar_changes_nothing_before_it_comes(
    story: list[ClockEvent], at: datetime, site: str
) -> None:
    story = [e for e in story if e.at < at]
    before, after = fold(story, named), fold([*story, event(at, "calendar_changed", calendar=site)], named)
    assert after.consumed(at) == before.consumed(at)
    assert after.state(at) == before.state(at)
    assert after.halts == before.halts
    if before.due is not None and before.due <= at:
        assert after.due == before.due
    elif after.due is not None:
        assert after.due >= at


@given(stories, moments, policies)
@SOME
def test_another_promise_carries_what_was_consumed_and_keeps_the_pauses(
    story: list[ClockEvent], at: datetime, policy: dict[str, str]
) -> None:
    story = [e for e in story if e.at < at and e.kind != "waived"]
    before = fold(story, named)
    after = fold([*story, ClockEvent(at, "policy_changed", {**policy, "mode": PROSPECTIVE})], named)
    if before.ended or before.cancelled:
        assert after == before
        return
    assert after.halts == before.halts
    assert after.carried == before.consumed(at)
    if before.state(at) == BREACHED:
        assert (after.state(at), after.due) == (BREACHED, before.due)
    elif after.due is not None and after.target != before.target:
        assert after.due >= at
        if (seconds := after.target.seconds) is not None:
            left = max(0, seconds - after.carried)
            assert after.due == after.calendar.due(at, left, after.pauses)


@given(stories, moments, st.sampled_from(("30min", "7h", "40h")), st.sampled_from(SITES))
@SOME
def test_from_the_start_or_anew_is_said_so(
    story: list[ClockEvent], at: datetime, target: str, site: str
) -> None:
    story = [e for e in story if e.at < at and e.kind in ("paused", "resumed")]
    before = fold([opened(START, "400h"), *story], named)
    assume(before.halted is None)

    def changed(mode: str) -> ClockState:
        data = {"target": target, "calendar": site, "mode": mode}
        return fold([opened(START, "400h"), *story, ClockEvent(at, "policy_changed", data)], named)

    seconds = changed(RESTART).target.seconds
    assert seconds is not None
    calendar = CALENDARS[site]
    assert changed(RETROACTIVE).due == calendar.due(START, seconds, before.pauses)
    assert changed(RESTART).due == calendar.due(at, seconds, before.pauses)
    assert changed(RESTART).consumed(at) == 0


@given(st.lists(st.tuples(moments, moments, st.sampled_from(REASONS)), max_size=4), moments)
@SOME
def test_pauses_are_a_set(pauses: list[tuple[datetime, datetime, str]], at: datetime) -> None:
    """Their union counts, not their sum; each said twice is said once."""
    distinct = {reason: sorted((a, b)) for a, b, reason in pauses}
    events = [
        one
        for reason, (a, b) in distinct.items()
        for one in (event(a, "paused", reason=reason), event(b, "resumed", reason=reason))
    ]
    clock = fold([opened(START, "40h"), *events], named)
    union = [(a, b) for a, b in distinct.values() if a < b]
    assume(len(union) == len(distinct))
    assert clock.due == FRENCH.due(START, 40 * 3600, union)
    assert clock.consumed(at) == FRENCH.elapsed(START, at, union)
    assert fold([opened(START, "40h"), *reversed(events)], named).due == clock.due
    again = [replace(e, at=e.at + HOUR / 60) for e in events if e.kind == "paused"]
    twice = fold([opened(START, "40h"), *events, *(e for e in again if _within(e, distinct))], named)
    assert twice == clock


def _within(again: ClockEvent, pauses: dict[str, list[datetime]]) -> bool:
    a, b = pauses[again.data["reason"]]
    return a < again.at < b


@given(st.integers(0, 13), st.sampled_from([(18, 20), (12, 14), (0, 9)]), st.sampled_from(["7h", "40h"]))
@SOME
def test_a_pause_outside_hours_is_neutral(day: int, hours: tuple[int, int], target: str) -> None:
    midnight = paris("2026-05-11 00:00") + timedelta(days=day)
    a, b = (midnight.replace(hour=hour) for hour in hours)
    assume(a > START)
    plain = clock_of(opened(START, target))
    held = clock_of(opened(START, target), event(a, "paused"), event(b, "resumed"))
    assert held.due == plain.due
    assert held.until == plain.until


@given(stories, st.tuples(moments, moments).map(sorted))
@SOME
def test_one_more_pause_never_makes_it_due_earlier(story: list[ClockEvent], span: Sequence[datetime]) -> None:
    story = [e for e in story if e.kind in ("opened", "policy_changed", "calendar_changed")]
    more = [event(span[0], "paused", reason="x"), event(span[1], "resumed", reason="x")]
    assume(span[0] < span[1])
    plain, held = fold(story, named), fold([*story, *more], named)
    assume(plain.broken is None)
    assert plain.due is not None
    assert held.due is not None
    assert held.due >= plain.due


# One instant, several events.

KINDS: dict[str, Callable[[datetime], ClockEvent]] = {
    "policy": lambda at: event(at, "policy_changed", target="2h", calendar="FR_35H", mode=PROSPECTIVE),
    "resumed": lambda at: event(at, "resumed"),
    "fulfilled": lambda at: event(at, "fulfilled"),
    "cancelled": lambda at: event(at, "cancelled"),
    "paused": lambda at: event(at, "paused"),
    "waived": lambda at: event(at, "waived", why="storm"),
}


@pytest.mark.parametrize("pair", [*permutations(KINDS, 2)], ids="-".join)
def test_events_of_one_instant_have_an_order_of_their_own(pair: tuple[str, str]) -> None:
    at = paris("2026-11-23 11:00")
    one, other = (KINDS[kind](at) for kind in pair)
    start = opened("2026-11-23 09:00")
    assert clock_of(start, one, other) == clock_of(other, one, start)


def test_an_answer_beats_the_pause_and_the_cancelling_of_its_second() -> None:
    at = paris("2026-11-23 11:00")
    start = opened("2026-11-23 09:00")
    held = clock_of(start, event(at, "paused"), event(at, "fulfilled"))
    assert (held.ended, held.halts, held.state(at)) == (at, (), MET)
    kept = clock_of(start, event(at, "cancelled"), event(at, "fulfilled"))
    assert (kept.cancelled, kept.state(at)) == (False, MET)


def test_a_pause_that_ends_as_another_begins_holds_the_clock() -> None:
    at = paris("2026-11-23 11:00")
    clock = clock_of(
        opened("2026-11-23 09:00"),
        event("2026-11-23 10:00", "paused", reason="agreed"),
        event(at, "paused", reason="waiting_us"),
        event(at, "resumed"),
    )
    assert clock.state(at + HOUR) == PAUSED
    assert clock.consumed(at + HOUR) == 3600


# Pauses.


def test_all_reasons_must_end_before_it_goes_on() -> None:
    events = [
        opened("2026-11-23 09:00"),
        event("2026-11-23 10:00", "paused", reason="waiting_us"),
        event("2026-11-23 11:00", "paused", reason="waiting_third"),
        event("2026-11-23 14:30", "resumed", reason="waiting_us"),
    ]
    now = paris("2026-11-23 15:00")
    held = clock_of(*events)
    assert (held.state(now), held.due, held.until, held.consumed(now)) == (PAUSED, None, None, 3600)
    assert held.halted is not None
    assert held.halted.reason == "waiting_third"
    free = clock_of(*events, event("2026-11-23 16:00", "resumed", reason="waiting_third"))
    assert (free.state(paris("2026-11-23 17:00")), free.due) == (RUNNING, paris("2026-11-24 15:00"))


def test_what_was_said_before_the_start_counts_from_the_start() -> None:
    """A start that was mistyped may be moved after a pause."""
    clock = clock_of(
        opened("2026-11-23 11:00", "2h"),
        event("2026-11-23 10:00", "paused"),
        event("2026-11-23 15:00", "resumed"),
    )
    assert clock.due == paris("2026-11-23 17:00")


def test_a_pause_that_began_before_it_hides_what_is_due() -> None:
    """Also where less is promised than was consumed, which else is due at once."""
    clock = clock_of(
        opened("2026-11-23 09:00", "7h"),
        event("2026-11-23 14:30", "paused"),
        event("2026-11-23 15:00", "policy_changed", target="1h", calendar="FR_35H", mode=PROSPECTIVE),
    )
    assert (clock.due, clock.until) == (None, None)
    assert clock.state(paris("2026-11-23 17:00")) == PAUSED
    assert clock_of(opened("2026-11-23 14:00", "4h"), event("2026-11-23 18:30", "paused")).due == paris(
        "2026-11-23 18:00"
    )


# What changes on the way.


def test_less_time_than_was_consumed_is_due_at_the_change_and_never_before() -> None:
    at = paris("2026-11-23 15:00")
    change = event(at, "policy_changed", target="1h", calendar="FR_35H", mode=PROSPECTIVE)
    clock = clock_of(opened("2026-11-23 09:00", "7h"), change)
    assert (clock.due, clock.until, clock.state(at)) == (at, at, RUNNING)
    assert clock.state(at + HOUR) == BREACHED
    assert clock.overrun(at + HOUR) == 3600


def test_a_due_instant_that_was_reached_stays_where_it_was() -> None:
    """A closing that is added in the evening keeps what was due at six, and saves who answers at dawn."""
    CALENDARS["tuesday off"] = replace(FRENCH, exceptions={paris("2026-11-24").date(): ()})
    start = opened("2026-11-23 14:00", "4h")
    clock = clock_of(start, event("2026-11-23 20:00", "calendar_changed", calendar="tuesday off"))
    assert clock.due == paris("2026-11-23 18:00")
    assert clock.until == paris("2026-11-25 09:00")
    answered = paris("2026-11-24 15:00")
    assert clock_of(start, event(answered, "fulfilled")).state(answered) == BREACHED
    assert replace(clock, ended=answered).state(answered) == MET


def test_a_day_that_is_closed_afterwards_counted_all_the_same() -> None:
    CALENDARS["tuesday off"] = replace(FRENCH, exceptions={paris("2026-11-24").date(): ()})
    start = opened("2026-11-23 09:00", "J+3 18h")
    seen = clock_of(start, event("2026-11-25 10:00", "calendar_changed", calendar="tuesday off"))
    assert seen.due == clock_of(start).due == paris("2026-11-26 18:00")
    known = clock_of(start, event("2026-11-23 10:00", "calendar_changed", calendar="tuesday off"))
    assert known.due == paris("2026-11-27 18:00")


def test_days_are_counted_from_the_start_whatever_was_promised_before() -> None:
    change = event("2026-11-24 10:00", "policy_changed", target="J+2 12:00", calendar="FR_35H")
    assert clock_of(opened("2026-11-23 09:00", "4h"), change).state(paris("2026-11-25 12:00")) == BREACHED
    assert clock_of(opened("2026-11-23 09:00", "40h"), change).due == paris("2026-11-25 12:00")


def test_from_the_start_is_the_one_thing_that_judges_again() -> None:
    now = paris("2026-11-24 10:00")
    late = [opened("2026-11-23 09:00", "1h"), event(now, "paused")]
    assert clock_of(*late).state(now) == BREACHED

    def changed(mode: str) -> ClockState:
        data = {"target": "40h", "calendar": "FR_35H", "mode": mode}
        return clock_of(late[0], ClockEvent(now, "policy_changed", data))

    assert changed(PROSPECTIVE).state(now + HOUR) == BREACHED
    assert changed(RESTART).state(now + HOUR) == BREACHED
    assert changed(RETROACTIVE).state(now + HOUR) == RUNNING


# Ends.


def test_an_excuse_leaves_the_breach() -> None:
    clock = clock_of(
        opened("2026-11-23 09:00", "1h"),
        event("2026-11-23 17:00", "fulfilled"),
        event("2026-11-24 09:00", "waived", why="storm"),
    )
    assert (clock.state(paris("2026-11-25 09:00")), clock.waived) == (BREACHED, "storm")


def test_what_is_cancelled_in_time_is_no_breach_and_what_is_late_is_one() -> None:
    start = opened("2026-11-23 09:00", "4h")
    later = paris("2026-12-01 09:00")
    assert clock_of(start, event("2026-11-23 11:00", "cancelled")).state(later) == CANCELLED
    assert clock_of(start, event("2026-11-23 17:00", "cancelled")).state(later) == BREACHED


def test_reopened_goes_on_where_it_was_and_the_time_between_is_a_pause() -> None:
    for end in ("fulfilled", "cancelled"):
        clock = clock_of(
            opened("2026-11-23 09:00", "4h"),
            event("2026-11-23 11:00", end),
            event("2026-11-25 10:00", "reopened"),
        )
        assert clock.state(paris("2026-11-25 11:00")) == RUNNING
        assert clock.due == paris("2026-11-25 12:00")


def test_the_overrun_counts_no_pause_and_no_time_that_it_was_solved() -> None:
    late = [opened("2026-11-23 09:00", "1h"), event("2026-11-23 11:00", "paused")]
    freed = event("2026-11-23 15:00", "resumed")
    assert clock_of(*late, freed).overrun(paris("2026-11-23 16:00")) == 2 * 3600
    again = [event("2026-11-23 16:00", "fulfilled"), event("2026-11-24 09:00", "reopened")]
    assert clock_of(*late, freed, *again).overrun(paris("2026-11-24 10:00")) == 3 * 3600


def test_shares_of_the_target_are_reached_in_business_time() -> None:
    clock = clock_of(opened("2026-11-23 09:00", "4h"))
    assert [clock.reached(n) for n in (50, 75, 100)] == [
        paris("2026-11-23 11:00"), paris("2026-11-23 12:00"), paris("2026-11-23 15:00"),
    ]  # fmt: skip
    now = paris("2026-11-23 11:00")
    assert (clock.left(now), clock.consumed(now), clock.allowed()) == (2 * 3600, 2 * 3600, 4 * 3600)
    assert clock_of(opened("2026-11-23 09:00"), event("2026-11-23 09:30", "paused")).reached(75) is None


@pytest.mark.parametrize(
    "events",
    [[], [event("2026-11-23 09:00", "paused")], [opened("2026-11-23 09:00", "soon")]],
    ids=["nothing", "no opening", "no target"],
)
def test_what_was_never_opened_is_no_clock(events: list[ClockEvent]) -> None:
    with pytest.raises(NeverOpened):
        fold(events, named)


def test_a_pause_that_begins_at_the_due_instant_moves_nothing() -> None:
    due = clock_of(opened("2026-11-23 10:00", "2h")).due
    assert due is not None
    assert clock_of(opened("2026-11-23 10:00", "2h"), event(due, "paused")).due == due
    assert clock_of(opened("2026-11-23 10:00", "2h"), event(due - HOUR / 60, "paused")).due is None
