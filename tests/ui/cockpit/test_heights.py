"""Panes are as high as what they hold, and what lacks is taken where it matters least."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cockpit.ui.cockpit.heights import shared

TURNS = (("a", 3), ("b", 2), ("c", 1), ("b", 0), ("a", 0), ("c", 0))


def test_with_room_for_all_each_pane_takes_its_rows_and_no_more() -> None:
    assert shared(40, {"a": 5, "b": 6, "c": 2}, TURNS, {}) == {"a": 6, "b": 7, "c": 3}


def test_what_lacks_is_folded_in_the_order_of_the_turns() -> None:
    assert shared(11, {"a": 5, "b": 6, "c": 2}, TURNS, {}) == {"a": 4, "b": 5, "c": 2}


def test_rows_of_two_lines_are_never_cut_in_two() -> None:
    assert shared(9, {"a": 1, "b": 6}, TURNS, {"b": 2})["b"] == 7
    assert shared(8, {"a": 1, "b": 6}, TURNS, {"b": 2})["b"] == 5


def test_titles_stay_when_nothing_else_has_room() -> None:
    assert shared(3, {"a": 5, "b": 6, "c": 2}, TURNS, {}) == {"a": 1, "b": 1, "c": 1}


@given(
    st.integers(0, 60),
    st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 40), min_size=1),
    st.lists(st.tuples(st.sampled_from("abcdefg"), st.integers(0, 9))),
    st.dictionaries(st.sampled_from("abcdef"), st.integers(1, 2)),
)
def test_no_more_is_given_than_there_is_nor_than_is_wanted(
    room: int, wants: dict[str, int], turns: list[tuple[str, int]], step: dict[str, int]
) -> None:
    found = shared(room, wants, turns, step)
    assert list(found) == list(wants)
    assert sum(found.values()) <= room
    assert all(0 <= height <= wants[name] + 1 for name, height in found.items())
