"""How good an interface is by the marks of its sides. Worked by hand, and what holds whatever the marks."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from cockpit.domain.organisation.quality import SideMarks, of_meeting, quality
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
