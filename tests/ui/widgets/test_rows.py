"""The list of rows: what is under the cursor is on the screen, however little room there is."""

from __future__ import annotations

import pytest
from textual.app import App, ComposeResult
from textual.content import Content
from textual.style import Style

from cockpit.ui.widgets.next_rows import NextRows
from cockpit.ui.widgets.rows import Item, Rows
from cockpit.ui.widgets.strips import one_line


class Listed(App[None]):
    """Three groups of one item each, in a window of a few lines."""

    def __init__(self, height: int) -> None:
        super().__init__()
        self.height = height

    def compose(self) -> ComposeResult:
        rows: Rows[int] = Rows(lambda data, _width: [Content(str(data))], row_height=2)
        rows.styles.height, rows.styles.overflow_x = self.height, "hidden"
        yield rows


@pytest.mark.parametrize("height", [2, 3, 4, 8])
async def test_the_cursor_is_seen_and_its_heading_where_both_have_room(height: int) -> None:
    items = [Item(f"{group}{at}", at, heading=not at) for group in "abc" for at in (0, 1)]
    app = Listed(height)
    async with app.run_test() as pilot:
        rows = app.query_one(Rows)
        rows.show(items)
        rows.focus()
        for key in ("end", "home", "down", "down", "up"):
            await pilot.press(key)
            await pilot.pause()
            top, first = rows.scroll_offset.y, rows.cursor * 2
            assert top <= first < top + height
            if height >= 4:
                assert top <= first - 2, "its heading"


def test_a_text_of_several_lines_is_told_in_one() -> None:
    strip = one_line(Content("first\n\nsecond"), 20, Style())
    assert strip.text == "first ⏎ second      "


class Leading(App[None]):
    """Five items, of which the one under the cursor is drawn elsewhere."""

    def compose(self) -> ComposeResult:
        rows: NextRows[str] = NextRows(lambda data, _width: [Content(data)])
        rows.styles.height, rows.styles.overflow_x, rows.styles.overflow_y = 3, "hidden", "hidden"
        yield rows


async def test_what_follows_the_one_under_the_cursor_is_seen_until_the_last() -> None:
    app = Leading()
    async with app.run_test() as pilot:
        rows = app.query_one(NextRows)
        rows.show([Item(name, name) for name in "abcde"])
        rows.lead(True)
        rows.focus()
        seen = []
        for _turn in range(5):
            await pilot.pause()
            seen.append("".join(rows.render_line(y).text.strip() for y in range(3)))
            await pilot.press("down")
        assert seen == ["bcd", "cde", "de", "e", ""]
        assert [rows.following, rows.selected and rows.selected.key] == [0, "e"]
        rows.lead(False)
        await pilot.pause()
        assert rows.render_line(2).text.strip() == "e", "seen again where nothing else draws it"
