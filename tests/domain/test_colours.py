"""Contrast as WCAG 2.2 computes it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cockpit.domain.colours import contrast, rgb

PART = st.integers(0, 255)
COLOUR = st.tuples(PART, PART, PART)


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#FFF", "#000", 21.0),
        ("#777777", "#FFFFFF", 4.48),
        ("#767676", "#FFFFFF", 4.54),
        ("#00F", "#FFF", 8.59),
    ],
)
def test_known_pairs(one: str, other: str, ratio: float) -> None:
    assert contrast(rgb(one), rgb(other)) == pytest.approx(ratio, abs=0.01)


@given(COLOUR, COLOUR)
def test_a_contrast_is_the_same_both_ways_and_between_one_and_twenty_one(
    one: tuple[int, int, int], other: tuple[int, int, int]
) -> None:
    assert contrast(one, other) == contrast(other, one)
    assert 1 <= contrast(one, other) <= 21 + 1e-9


@pytest.mark.parametrize("written", ["", "red", "#12", "#12345", "#GGGGGG", "123456", "#1234567", "#FFF\n"])
def test_anything_else_is_no_colour(written: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        rgb(written)
