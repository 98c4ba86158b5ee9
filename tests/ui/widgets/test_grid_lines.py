"""How the hours of a week are drawn: no block loses its hour, none melts into its neighbour."""

from __future__ import annotations

import pytest

from cockpit.ui.widgets.grid import Bar, Grid, GridBlock, GridColumn
from cockpit.ui.widgets.grid_lines import GUTTER, GridLines


def block(key: str, start: int, end: int, *, behind: bool = False) -> GridBlock:
    hour = f"{start // 60:02}:{start % 60:02}"
    return GridBlock(key, 0, start, end, hour, f"Meeting {key}", "", "red", ground="red", behind=behind)


def five_days(*blocks: GridBlock, dues: tuple[Bar, ...] = ()) -> Grid:
    return Grid(
        columns=tuple(GridColumn((f"day {n}",)) for n in range(5)), blocks=blocks, dues=dues, due="due"
    )


@pytest.mark.parametrize("width", [80, 100, 150])
@pytest.mark.parametrize("minutes", [15, 30])
def test_every_block_says_its_hour_beside_one_that_overlaps_it_too(width: int, minutes: int) -> None:
    grid = five_days(block("a", 540, 600), block("b", 570, 660), block("c", 690, 720))
    lines = GridLines(grid, width, minutes)
    drawn = "\n".join(lines.line(row, None, focused=False).plain for row in range(lines.rows))
    assert all(hour in drawn.replace("09:00 ", "", 1) for hour in ("09:00", "09:30", "11:30"))


def grounds(lines: GridLines, row: int) -> set[str]:
    """The colours behind the first column in a line."""
    spans = lines.line(row, None, focused=False).spans
    return {str(span.style) for span in spans if " on " in str(span.style)}


def test_blocks_of_one_colour_that_touch_stand_on_other_shades() -> None:
    lines = GridLines(five_days(block("a", 540, 600), block("b", 600, 660), block("c", 660, 720)), 100, 30)
    first, second, third = (grounds(lines, row) for row in (18, 20, 22))
    assert first
    assert second
    assert not first & second
    assert first == third


def test_what_falls_on_a_day_is_one_line_that_counts_the_rest() -> None:
    dues = tuple(Bar(f"due {n}", 1, 1, f"◷ Due {n}", "") for n in range(3))
    lines = GridLines(five_days(block("a", 540, 600), dues=dues), 100, 30)
    shown = lines.head_line(1, None, [(0, 0)] * 5).plain
    assert shown.startswith("due")
    assert "◷ Due 0" in shown
    assert "+2" in shown
    assert "◷ Due 2" in lines.head_line(1, dues[2], [(0, 0)] * 5).plain
    assert lines.entry_at(1, GUTTER + 25, 1) == dues[0]
    assert lines.grid.of_column(1) == dues
