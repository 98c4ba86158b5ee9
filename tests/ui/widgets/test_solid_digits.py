"""The clock of a shared screen: solid, and never wider than what it is given."""

from __future__ import annotations

import pytest

from cockpit.ui.widgets.solid_digits import HEIGHT, drawn, width_of


@pytest.mark.parametrize("scale", [0, 1, 2, 3])
@pytest.mark.parametrize("text", ["0:00", "2:24", "14:59", "-1:07", "63:58"])
def test_every_line_of_a_time_is_as_wide_as_it_says(text: str, scale: int) -> None:
    lines = drawn(text, scale)
    gap = 2 * scale or 1
    assert len(lines) == HEIGHT * max(1, scale)
    assert {len(line) for line in lines} == {width_of(text, scale) - gap}


def test_ten_digits_are_ten_drawings_of_full_blocks() -> None:
    shapes = {digit: "\n".join(drawn(digit, 1)) for digit in "0123456789"}
    assert len(set(shapes.values())) == 10
    assert set("".join(shapes.values())) == set("█ \n")


def test_what_is_no_digit_takes_no_room() -> None:
    assert drawn("1 2", 1) == drawn("12", 1)
    assert width_of("", 1) == 0
