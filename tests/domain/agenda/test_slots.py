"""A free slot is free for those it names, and nothing better was left out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
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


FREE_OR_NOT: list[tuple[float, float, bool]] = [
    (9, 10, True), (8.9, 10, False), (9, 12, False), (9, 10.1, False), (10.9, 12, False), (11, 12, True),
    (11, 12.1, False), (10, 11, False), (10.25, 10.75, False), (9.5, 11.5, False), (14, 15, True), (12, 14, False),
]  # fmt: skip


def test_one_is_free_where_one_is_there_and_nothing_is_on() -> None:
    for lo, hi, free in FREE_OR_NOT:
        person = Agenda("Claire", (span(9, 12), span(14, 15)), (span(10, 11),))
        assert person.is_free(*span(lo, hi)) is free


def test_of_an_agenda_that_is_read_nothing_is_on_unless_it_says_so() -> None:
    person = Agenda("Claire", (WINDOW,))
    assert (person.busy, person.known, person.is_free(*WINDOW)) == ((), True, True)


def offered(*people: Agenda, windows: Sequence[Span] = (WINDOW,), **how: Any) -> list[str]:
    """The times that are offered, as `9:15-9:45 -Marc`."""
    length = how.pop("length", 2 * QUARTER)
    return [
        f"{slot.start:%-H:%M}-{slot.end:%-H:%M}" + "".join(f" -{name}" for name in slot.missing)
        for slot in slots(people, windows, length, **how)
    ]


def test_of_each_stretch_its_beginning_is_offered_up_to_the_end_of_the_window() -> None:
    claire = Agenda("Claire", (span(8, 9.5), span(9.75, 10.25), span(11, 20)))
    assert offered(claire) == ["9:00-9:30", "9:45-10:15", "11:00-11:30"]
    assert offered(claire, windows=[span(9.25, 9.75)]) == []
    assert offered(claire, windows=[span(9.25, 10.25)]) == ["9:45-10:15"]
    assert offered(claire, windows=[span(9.25, 10.2)]) == []
    # A step counts from the beginning of its window.
    assert offered(claire, windows=[span(9.25, 10.25)], step=timedelta(minutes=20)) == []
    assert offered(claire, windows=[span(9.75, 10.25), span(9, 9.5)]) == ["9:00-9:30", "9:45-10:15"]


def test_fewest_missing_first_then_the_earliest_and_eight_at_most() -> None:
    claire, marc = Agenda("Claire", (span(9, 12),)), Agenda("Marc", (span(10, 18),))
    sophie = Agenda("Sophie", (span(9, 10.5), span(11, 18)))
    assert offered(claire, marc, sophie) == [
        "10:00-10:30", "11:00-11:30", "9:00-9:30 -Marc", "10:15-10:45 -Sophie", "11:45-12:15 -Claire",
    ]  # fmt: skip
    assert offered(claire, marc, sophie, limit=3) == ["10:00-10:30", "11:00-11:30", "9:00-9:30 -Marc"]
    often = Agenda("Claire", tuple(span(9 + n, 9.5 + n) for n in range(9)))
    assert offered(often) == [f"{9 + n}:00-{9 + n}:30" for n in range(8)]


def test_nobody_meets_without_people_and_of_two_both_are_wanted() -> None:
    assert offered() == []
    claire, marc = Agenda("Claire", (span(9, 10),)), Agenda("Marc", (span(9.5, 11),))
    assert offered(claire, marc) == ["9:30-10:00"]
    assert offered(claire) == ["9:00-9:30"]


MINUTES_OF_DAYS: list[tuple[float, float, tuple[int, int]]] = [
    (9, 10, (540, 600)), (0, 24, (0, 1440)), (-2, 3, (0, 180)), (22, 30, (1320, 1440)), (-5, 30, (0, 1440)),
    (9, 9, (540, 555)), (9, 9.2, (540, 555)), (9, 9.25, (540, 555)), (9, 9.5, (540, 570)), (0, 0, (0, 15)),
    (23.75, 24, (1425, 1440)), (23.9, 24, (1425, 1440)), (23.9, 23.95, (1425, 1440)), (-2, 0, (0, 15)),
    (23.5, 23.75, (1410, 1425)),
]  # fmt: skip


def test_the_minutes_of_a_day_that_an_event_covers() -> None:
    for lo, hi, minutes in MINUTES_OF_DAYS:
        assert minutes_of(*span(lo, hi), DAY.date()) == minutes


@pytest.mark.parametrize(
    ("events", "stand"),
    [
        ("", ""),
        ("a 1-2", "a 1-2 0/1"),
        ("a 1-2, b 2-3", "a 1-2 0/1, b 2-3 0/1"),
        ("b 1-3, a 1-3", "a 1-3 0/2, b 1-3 1/2"),
        ("a 1-2, b 1-3", "b 1-3 0/2, a 1-2 1/2"),
        ("a 1-4, b 2-3, c 3-5", "a 1-4 0/2, b 2-3 1/2, c 3-5 1/2"),
        ("a 1-3, b 2-5, c 3-4, d 5-6", "a 1-3 0/2, b 2-5 1/2, c 3-4 0/2, d 5-6 0/1"),
        ("a 1-9, b 2-3, c 2-4, d 4-5", "a 1-9 0/3, c 2-4 1/3, b 2-3 2/3, d 4-5 1/3"),
        ("c 7-8, a 1-3, b 2-4", "a 1-3 0/2, b 2-4 1/2, c 7-8 0/1"),
    ],
)
def test_what_overlaps_stands_side_by_side_and_what_follows_takes_the_first_free_lane(
    events: str, stand: str
) -> None:
    spans = [(key, *at.split("-")) for key, at in map(str.split, filter(None, events.split(", ")))]
    found = lanes((str(key), int(start), int(end)) for key, start, end in spans)
    assert ", ".join(f"{p.key} {p.start}-{p.end} {p.lane}/{p.lanes}" for p in found) == stand
