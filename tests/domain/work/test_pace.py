"""How slow an open case is among closed ones like it (S1b). Worked by hand."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cockpit.domain.work.pace import LEAST, rank


def test_longer_than_nine_in_ten_is_slow_and_seven_say_nothing() -> None:
    ten = [float(n) for n in range(1, 11)]
    assert (found := rank(9.5, ten)) is not None
    assert (found.shorter, found.closed, found.is_slow) == (9, 10, True)
    assert (found := rank(8.5, ten)) is not None
    assert not found.is_slow
    assert rank(100, ten[:7]) is None
    assert (found := rank(100, ten[:8])) is not None
    assert found.is_slow


@given(st.lists(st.floats(0, 1_000), min_size=LEAST, max_size=40), st.floats(0, 1_000), st.floats(0, 1_000))
def test_a_case_that_lasts_longer_never_ranks_lower(closed: list[float], one: float, more: float) -> None:
    low, high = rank(one, closed), rank(one + more, closed)
    assert low is not None
    assert high is not None
    assert low.shorter <= high.shorter


def test_cases_that_took_as_long_took_no_less() -> None:
    assert rank(5.0, [5.0] * 8) == (0, 8)
    assert rank(5.0, [4.0, 5.0, 6.0] * 3) == (3, 9)
    assert rank(5.0, []) is None
