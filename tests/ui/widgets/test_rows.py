"""The list of rows: what is under the cursor is on the screen, however little room there is."""

from __future__ import annotations

import pytest
from textual.app import App, ComposeResult
from textual.content import Content

from cockpit.ui.widgets.rows import Item, Rows


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
