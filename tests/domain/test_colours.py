"""Contrast as WCAG 2.2 computes it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cockpit.domain.colours import READABLE, contrast, rgb

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


def test_red_green_and_blue_are_read_from_two_signs_each_or_one_that_stands_for_two() -> None:
    assert rgb("#1A2b3C") == (26, 43, 60)
    assert rgb("#A0f") == rgb("#AA00FF") == (170, 0, 255)
    # The colours at the knee of the curve, and what WCAG calls readable.
    assert contrast((10, 10, 10), (0, 0, 0)) == pytest.approx(1 + 10 / 255 / 12.92 / 0.05)
    assert contrast((11, 11, 11), (0, 0, 0)) == pytest.approx(1 + ((11 / 255 + 0.055) / 1.055) ** 2.4 / 0.05)
    assert contrast((255, 0, 0), (0, 0, 0)) == pytest.approx(5.252)
    assert contrast((0, 255, 0), (0, 0, 0)) == pytest.approx(15.304)
    assert contrast((0, 0, 255), (0, 0, 0)) == pytest.approx(2.444)
    assert READABLE == 4.5
