"""How good an interface is by the marks of its sides. Worked by hand, and what holds whatever the marks."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cockpit.domain.organisation.quality import Quality, SideMarks, of_meeting, quality, tally
from cockpit.domain.registers.feedback import INSIDE, OUTSIDE

FIRST = date(2026, 1, 5)


def said(side: str, *marks: int) -> list[SideMarks]:
    """One mark a week."""
    return [
        SideMarks(FIRST + timedelta(weeks=n), side, mark, 1, f"FB-{n}-{side}") for n, mark in enumerate(marks)
    ]


def test_the_last_five_count_and_the_gap_is_between_the_means() -> None:
    found = quality([*said(INSIDE, 1, 5, 4, 4, 3, 4), *said(OUTSIDE, 2, 3)])
    assert (found.inside.mean, found.inside.count) == (4.0, 5)
    assert (found.outside.mean, found.low, found.gap) == (2.5, 2.5, 1.5)


def test_a_side_falls_against_what_it_said_before() -> None:
    # Two marks: the last against the first. Six: the mean of five, 3.4, against the one before, 5.
    assert quality(said(INSIDE, 4, 3)).inside.trend == -1
    assert quality(said(INSIDE, 5, 4, 4, 3, 3, 3)).inside.trend == -1
    assert quality(said(INSIDE, 3, 4)).inside.trend == 1
    assert quality(said(INSIDE, 4)).inside.trend == 0
    assert quality([*said(INSIDE, 3, 4), *said(OUTSIDE, 4, 2)]).trend == -1


def test_a_meeting_says_both_sides_by_its_sums() -> None:
    inside, outside = of_meeting(FIRST, "RO-1", '{"roti": [8, 2], "inward": [6, 2], "outward": [9, 3]}')
    assert (inside.side, inside.total, inside.votes) == (INSIDE, 9, 3)
    assert (outside.side, outside.total, outside.votes) == (OUTSIDE, 6, 2)
    assert of_meeting(FIRST, "RO-1", '{"roti": "many"}') == ()


@given(st.lists(st.tuples(st.sampled_from([INSIDE, OUTSIDE]), st.integers(1, 5)), max_size=30), st.randoms())
def test_the_order_of_what_is_read_changes_nothing_and_means_stay_among_the_marks(
    told: list[tuple[str, int]], chance: object
) -> None:
    marks = [
        SideMarks(FIRST + timedelta(days=n), side, mark, 1, f"FB-{n}") for n, (side, mark) in enumerate(told)
    ]
    mixed = list(marks)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    found = quality(marks)
    assert quality(mixed) == found
    for side in (found.inside, found.outside):
        assert side.mean is None or 1 <= side.mean <= 5
    assert (found.low is None) == (not told)


@pytest.mark.parametrize(
    ("marks", "mean", "count", "trend"),
    [
        ((), None, 0, 0), ((4,), 4.0, 1, 0),
        # Of five or fewer the last against the rest: half a point is a move.
        ((4, 4, 3, 4, 4), 3.8, 5, 0), ((3, 4), 3.5, 2, 1), ((4, 4, 4, 4, 5), 4.2, 5, 1),
        ((5, 4, 4, 5, 4), 4.4, 5, -1),
        ((3, 4, 4), 3.67, 3, 1), ((4, 3, 3), 3.33, 3, -1), ((3, 3, 4, 4), 3.5, 4, 1), ((4, 4, 5, 3, 4), 4.0, 5, 0),
        # Of more the last five against the five before.
        ((4, 4, 4, 4, 4, 4), 4.0, 5, 0), ((4, 4, 4, 4, 4, 1), 3.4, 5, -1), ((1, 4, 4, 4, 4, 4), 4.0, 5, 1),
        ((1, 1, 1, 1, 1, 3, 3, 3, 3, 3), 3.0, 5, 1), ((5, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3), 3.0, 5, 0),
        ((3, 3, 3, 3, 3, 3, 3, 3, 4, 5), 3.6, 5, 1), ((3, 3, 3, 3, 3, 3, 3, 3, 4, 4), 3.4, 5, 0),
        ((4, 3, 3, 3, 3, 3, 3, 3, 4, 4), 3.4, 5, 0),
    ],
)  # fmt: skip
def test_what_becomes_of_the_marks_of_a_side(
    marks: tuple[int, ...], mean: float | None, count: int, trend: int
) -> None:
    for one, side in (
        (INSIDE, quality(said(INSIDE, *marks)).inside),
        (OUTSIDE, quality(said(OUTSIDE, *marks)).outside),
    ):
        found = side.mean if side.mean is None else round(side.mean, 2)
        assert (found, side.count, side.trend) == (mean, count, trend), one


UP, LEVEL, DOWN = (3, 4), (4, 4), (4, 3)


@pytest.mark.parametrize(
    ("inside", "outside", "trend"),
    [
        (UP, UP, 1), (UP, LEVEL, 1), (LEVEL, UP, 1), (LEVEL, LEVEL, 0), (DOWN, UP, -1), (UP, DOWN, -1),
        (DOWN, LEVEL, -1), (LEVEL, DOWN, -1), (DOWN, DOWN, -1), (UP, (), 1), ((), DOWN, -1),
    ],
)  # fmt: skip
def test_an_interface_falls_with_either_side_and_rises_when_none_falls(
    inside: tuple[int, ...], outside: tuple[int, ...], trend: int
) -> None:
    assert quality([*said(INSIDE, *inside), *said(OUTSIDE, *outside)]).trend == trend


def test_the_lower_side_their_gap_and_what_we_say_of_them_once_it_is_more_than_a_word() -> None:
    both = quality([*said(INSIDE, 5, 4, 3), *said(OUTSIDE, 2, 3)])
    assert (both.low, both.gap, both.count, both.of_them) == (2.5, 1.5, 5, 4.0)
    other = quality([*said(INSIDE, 2, 3), *said(OUTSIDE, 5, 4, 3)])
    assert (other.low, other.gap, other.count, other.of_them) == (2.5, 1.5, 5, None)
    assert quality(said(INSIDE, 5, 4, 3, 4)).of_them == 4.0
    alone = quality(said(OUTSIDE, 4))
    assert (alone.low, alone.gap, alone.count, alone.of_them) == (4.0, None, 1, None)
    alone = quality(said(INSIDE, 4))
    assert (alone.low, alone.gap, alone.count, alone.of_them) == (4.0, None, 1, None)


def test_without_a_mark_nothing_is_known() -> None:
    assert quality([]) == Quality()
    assert (Quality().low, Quality().gap, Quality().count, Quality().trend) == (None, None, 0, 0)


def test_the_newest_occasions_count_a_meeting_with_all_its_votes() -> None:
    day = FIRST
    meeting = SideMarks(day, INSIDE, 12, 4, "RO-2")
    marks = [
        SideMarks(day, INSIDE, 5, 1, "RO-1"), meeting, SideMarks(day, OUTSIDE, 2, 1, "RO-3"),
        SideMarks(day + timedelta(days=1), INSIDE, 0, 0, "RO-4"),
        SideMarks(day - timedelta(days=1), OUTSIDE, 3, 1, "RO-5"),
    ]  # fmt: skip
    found = quality(marks)
    assert [each.code for each in found.counted] == ["RO-3", "RO-2", "RO-1", "RO-5"]
    assert (found.inside.mean, found.inside.count) == (3.4, 5)
    many = [*said(INSIDE, 1, 2, 3, 4, 5, 4, 3), *said(OUTSIDE, 5)]
    assert [(each.day - FIRST).days // 7 for each in quality(many).counted if each.side == INSIDE] == [
        6,
        5,
        4,
        3,
        2,
    ]
    assert len(quality(many).counted) == 6


@pytest.mark.parametrize(
    ("stored", "found"),
    [
        ("", {}), ("{}", {}), ("[]", {}), ("none", {}), ('{"roti": null}', {}), ('{"roti": [1]}', {}),
        ('{"roti": {}}', {}),
        ('{"roti": ["4", "2"], "inward": [3, 1, 9]}', {"roti": (4, 2), "inward": (3, 1)}),
    ],
)  # fmt: skip
def test_the_votes_of_a_meeting_are_read_or_there_are_none(
    stored: str, found: dict[str, tuple[int, int]]
) -> None:
    assert tally(stored) == found


def test_a_side_of_which_nobody_voted_says_nothing() -> None:
    assert of_meeting(FIRST, "RO-1", '{"inward": [0, 0], "outward": [9, 3]}') == (
        SideMarks(FIRST, INSIDE, 9, 3, "RO-1"),
    )
    assert of_meeting(FIRST, "RO-1", '{"inward": [5, 1]}') == (SideMarks(FIRST, OUTSIDE, 5, 1, "RO-1"),)
    assert of_meeting(FIRST, "RO-1", "") == ()
