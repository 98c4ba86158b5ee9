"""Columns of hours with blocks and bars in them, drawn line by line; knows nothing of what these are."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from cockpit.ui.widgets.grid import Entry, Grid, GridBlock
from cockpit.ui.widgets.grid_lines import GridLines
from cockpit.ui.widgets.strips import one_line

ROW_MINUTES = (15, 30)
"""Minutes a line may stand for: the fewest with which the span that one wants to see is visible."""


class TimeGrid(ScrollView, can_focus=True):
    """A cursor over entries: up and down in a column, left and right to the next one. The head stays."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("left", "across(-1)", show=False),
        Binding("right", "across(1)", show=False),
        Binding("enter", "open", show=False),
    ]

    class Opened(Message):
        """The entry under the cursor was chosen."""

        def __init__(self, entry: Entry) -> None:
            super().__init__()
            self.entry = entry

    class Moved(Message):
        """The cursor is elsewhere."""

    class Left(Message):
        """The cursor went out of the columns, by -1 or 1."""

        def __init__(self, by: int) -> None:
            super().__init__()
            self.by = by

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self.column = 0
        self.key = ""
        self.lines = GridLines(Grid(), 80, ROW_MINUTES[-1])
        self._strips: dict[int, Strip] = {}
        self._is_placed = False

    @property
    def grid(self) -> Grid:
        """What is shown."""
        return self.lines.grid

    @property
    def selected(self) -> Entry | None:
        """The entry under the cursor."""
        return next((entry for entry in self.grid.of_column(self.column) if entry.key == self.key), None)

    def on_mount(self) -> None:
        """Another theme paints every line anew."""
        self.app.theme_changed_signal.subscribe(self, lambda _theme: self._forget_lines())

    def _forget_lines(self) -> None:
        self._strips.clear()
        self.refresh()

    def show(self, grid: Grid) -> None:
        """Show other entries; the cursor stays where it can."""
        if grid == self.grid:
            return
        self.column = max(0, min(self.column, len(grid.columns) - 1))
        self._lay_out(grid)
        if self.selected is None:
            self._nearest(None)
            self.post_message(self.Moved())

    def go(self, column: int, minute: int | None = None) -> None:
        """The cursor to a column, on what stands nearest to a minute, else on what comes next."""
        before = self.selected
        self.column = max(0, min(column, len(self.grid.columns) - 1))
        self._nearest(minute)
        self._moved(before)

    def go_home(self) -> None:
        """Scroll to the span that one wants to see."""
        visible = self.scrollable_content_region.height - self.lines.head
        start, end = (minute // self.lines.row_minutes for minute in self.grid.span)
        # Where there is room to spare, two thirds of it show what comes after.
        spare = max(0, visible - (end - start)) // 3
        self._scroll(start - spare)

    def action_move(self, by: int) -> None:
        """The next or previous entry of the day; without one, the grid scrolls."""
        mine = self.grid.of_column(self.column)
        before = self.selected
        at = mine.index(before) if before in mine else None
        if at is None or not 0 <= at + by < len(mine):
            self._scroll(self.scroll_offset.y + by * 2)
            return
        self.key = mine[at + by].key
        self._moved(before)

    def action_across(self, by: int) -> None:
        """The column beside; out of the last one, somebody else decides."""
        if not 0 <= self.column + by < len(self.grid.columns):
            self.post_message(self.Left(by))
            return
        entry = self.selected
        self.go(self.column + by, entry.start if isinstance(entry, GridBlock) else None)

    def action_open(self) -> None:
        """Choose the entry under the cursor."""
        if self.selected is not None:
            self.post_message(self.Opened(self.selected))

    def on_click(self, event: events.Click) -> None:
        """A click chooses; a second one opens."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        column = self.lines.column_at(offset.x)
        line = offset.y if offset.y < self.lines.head else offset.y + self.scroll_offset.y
        entry = self.lines.entry_at(column, offset.x, line)
        if entry is None:
            return
        before, self.column, self.key = self.selected, column, entry.key
        self._moved(before)
        if event.chain >= 2:
            self.action_open()

    def on_focus(self) -> None:
        """The cursor shows."""
        self._redraw(self.selected)

    def on_blur(self) -> None:
        """The cursor hides."""
        self._redraw(self.selected)

    def on_resize(self) -> None:
        """Columns have another width, lines perhaps another length."""
        self._lay_out(self.grid)

    def render_line(self, y: int) -> Strip:
        """A line of the head, or a stretch of time."""
        width = self.scrollable_content_region.width
        if y < self.lines.head:
            chosen = self.selected if self.has_focus else None
            return one_line(self.lines.head_line(y, chosen, self._unseen()), width, self.visual_style)
        row = y - self.lines.head + self.scroll_offset.y
        if row >= self.lines.rows:
            return Strip.blank(width, self.visual_style.rich_style)
        if row not in self._strips:
            line = self.lines.line(row, self.selected, focused=self.has_focus)
            self._strips[row] = one_line(line, width, self.visual_style)
        return self._strips[row]

    def _unseen(self) -> list[tuple[int, int]]:
        """Per column, how many blocks are above and below the visible lines."""
        top = self.scroll_offset.y * self.lines.row_minutes
        visible = self.scrollable_content_region.height - self.lines.head
        bottom = top + visible * self.lines.row_minutes
        counts = [[0, 0] for _column in self.grid.columns]
        for block in self.grid.blocks:
            counts[block.column][0] += block.end <= top
            counts[block.column][1] += block.start >= bottom
        return [(above, below) for above, below in counts]

    def _lay_out(self, grid: Grid) -> None:
        region = self.scrollable_content_region
        lines = GridLines(grid, region.width, ROW_MINUTES[-1])
        wanted = grid.span[1] - grid.span[0]
        minutes = next(
            (n for n in ROW_MINUTES if wanted <= n * (region.height - lines.head)), ROW_MINUTES[-1]
        )
        top = self.scroll_offset.y * self.lines.row_minutes
        same = minutes == self.lines.row_minutes
        self.lines = lines if minutes == lines.row_minutes else GridLines(grid, region.width, minutes)
        self.virtual_size = Size(0, self.lines.rows + self.lines.head)
        self._strips.clear()
        self.refresh()
        if not self._is_placed and region.height and grid.columns:
            self._is_placed = True
            self.go_home()
        elif not same:
            self._scroll(top // minutes)

    def _nearest(self, minute: int | None) -> None:
        mine = self.grid.of_column(self.column)
        blocks = [entry for entry in mine if isinstance(entry, GridBlock)]
        if minute is None:
            minute = self.grid.now[1] if self.grid.now and self.grid.now[0] == self.column else 0
            front = [block for block in blocks if not block.behind]
            blocks = [block for block in front if block.end > minute][:1] or front or blocks
        nearest = min(blocks, key=lambda block: abs(block.start - minute), default=None)
        self.key = nearest.key if nearest else mine[0].key if mine else ""

    def _moved(self, before: Entry | None) -> None:
        self._redraw(before)
        self._redraw(self.selected)
        self._follow()
        self.post_message(self.Moved())

    def _follow(self) -> None:
        """Scroll as little as shows the beginning of the entry, and its end where there is room."""
        rows = self.lines.rows_of(self.selected) if self.selected else range(0)
        visible = self.scrollable_content_region.height - self.lines.head
        if not rows or visible <= 0:
            return
        top = self.scroll_offset.y
        if rows.stop > top + visible:
            top = rows.stop - visible
        self._scroll(min(top, rows.start))

    def _scroll(self, row: int) -> None:
        if row != self.scroll_offset.y:
            self.scroll_to(y=max(0, row), animate=False, force=True)

    def _redraw(self, entry: Entry | None) -> None:
        """Draw the lines of an entry again."""
        if entry is None:
            return
        width, head = self.size.width, self.lines.head
        if not isinstance(entry, GridBlock):
            self.refresh(Region(0, 0, width, head))
            return
        rows = self.lines.rows_of(entry)
        for row in rows:
            self._strips.pop(row, None)
        self.refresh(Region(0, rows.start + head - self.scroll_offset.y, width, len(rows)))
