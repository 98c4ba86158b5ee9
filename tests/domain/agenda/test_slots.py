"""A free slot is free for those it names, and nothing better was left out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from cockpit.domain.agenda.slots import Agenda, Span, slots
from cockpit.domain.agenda.week_grid import lanes, minutes_of

DAY = datetime(2026, 11, 23, tzinfo=UTC)
QUARTER = timedelta(minutes=15)


def span(lo: float, hi: float) -> Span:
    return DAY + timedelta(hours=lo), DAY + timedelta(hours=hi)


WINDOW = span(9, 18)


def test_the_earliest_time_with_everybody_comes_first() -> None:
    one = Agenda("Claire", (WINDOW,), (span(9, 10), span(11, 12)))
    two = Agenda("Sophie", (span(10, 12),), (span(10, 10.5),))
    best, *others = slots([one, two], [WINDOW], QUARTER)
    assert (best.start, best.missing) == (span(10.5, 0)[0], ())
    assert all(other.missing for other in others)


def test_who_is_missing_is_said_when_not_all_can_together() -> None:
    one, two = Agenda("Claire", (span(9, 10), span(14, 15))), Agenda("Marc", (span(14, 15),))
    three = Agenda("Sophie", (span(9, 10),))
    assert [(slot.start.hour, slot.missing) for slot in slots([one, two, three], [WINDOW], QUARTER)] == [
        (9, ("Marc",)),
        (14, ("Sophie",)),
    ]


def test_a_time_that_leaves_one_alone_is_no_meeting() -> None:
    one, two = Agenda("Claire", (span(9, 10),)), Agenda("Marc", (span(14, 15),))
    assert slots([one, two], [WINDOW], QUARTER) == ()


def test_times_where_nobody_can_are_not_offered() -> None:
    assert slots([Agenda("Claire", ())], [WINDOW], QUARTER) == ()


quarters = st.integers(36, 71)
busy = st.lists(st.tuples(quarters, st.integers(1, 8)), max_size=6)


@given(st.lists(busy, min_size=1, max_size=3), st.integers(1, 6))
def test_a_slot_is_free_for_all_it_does_not_name(days: list[list[tuple[int, int]]], quarters: int) -> None:
    length = quarters * QUARTER
    people = [
        Agenda(
            str(n), (WINDOW,), tuple((DAY + at * QUARTER, DAY + (at + long) * QUARTER) for at, long in day)
        )
        for n, day in enumerate(days)
    ]
    found = slots(people, [WINDOW], length, limit=100)
    for slot in found:
        able = {person.name for person in people if person.is_free(slot.start, slot.end)}
        assert able == {person.name for person in people} - set(slot.missing)
    starts = [WINDOW[0] + n * QUARTER for n in range(36)]
    together = [
        s for s in starts if s + length <= WINDOW[1] and all(p.is_free(s, s + length) for p in people)
    ]
    assert [slot.start for slot in found if not slot.missing][:1] == together[:1]


spans = st.lists(st.tuples(st.integers(0, 1400), st.integers(1, 300)), max_size=12)


@given(spans)
def test_lanes_never_share_a_minute(found: list[tuple[int, int]]) -> None:
    placed = lanes((str(n), at, min(1440, at + long)) for n, (at, long) in enumerate(found))
    assert len(placed) == len(found)
    for one in placed:
        assert 0 <= one.lane < one.lanes
        for two in placed:
            if one.key < two.key and one.start < two.end and two.start < one.end:
                assert one.lane != two.lane
                assert one.lanes == two.lanes


def test_an_event_over_midnight_is_cut() -> None:
    start, end = span(22, 26)
    assert minutes_of(start, end, DAY.date()) == (1320, 1440)
    assert minutes_of(start, end, DAY.date() + timedelta(days=1)) == (0, 120)
    assert minutes_of(start, start, DAY.date()) == (1320, 1335)
