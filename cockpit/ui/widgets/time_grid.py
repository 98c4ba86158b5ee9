"""Columns of hours with blocks in them, drawn line by line; knows nothing of what the blocks are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual

GUTTER = 6
"""Cells of the hours on the left."""
ROW_MINUTES = 30
ROWS = 24 * 60 // ROW_MINUTES


@dataclass(frozen=True)
class Block:
    """A thing in a column, from minute `start` to `end` of its day, in lane `lane` of `lanes`."""

    key: str
    column: int
    start: int
    end: int
    lane: int
    lanes: int
    text: str
    style: str
    """Of its text and of what is behind it."""
    edge: str
    """Colour of its left edge."""
    data: object = None
    behind: bool = False
    """Drawn as an edge beside what stands in front of it, as text where nothing does."""

    @property
    def rows(self) -> range:
        """The lines it covers."""
        return range(self.start // ROW_MINUTES, -(-self.end // ROW_MINUTES))


@dataclass(frozen=True)
class Grid:
    """What is shown: how many columns, the blocks, the open minutes of each column, and where now is."""

    columns: int
    blocks: tuple[Block, ...] = ()
    open: tuple[tuple[tuple[int, int], ...], ...] = ()
    now: tuple[int, int] | None = None
    """Column and minute."""


class TimeGrid(ScrollView, can_focus=True):
    """A cursor over blocks: up and down in a column, left and right to the next one."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"grid--cursor", "grid--hour", "grid--closed", "grid--now"}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("left", "across(-1)", show=False),
        Binding("right", "across(1)", show=False),
        Binding("enter", "open", show=False),
    ]

    class Opened(Message):
        """The block under the cursor was chosen."""

        def __init__(self, block: Block) -> None:
            super().__init__()
            self.block = block

    class Moved(Message):
        """The cursor is elsewhere."""

    class Left(Message):
        """The cursor went out of the columns, by -1 or 1."""

        def __init__(self, by: int) -> None:
            super().__init__()
            self.by = by

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self.grid = Grid(7)
        self.column = 0
        self.key = ""
        self._lines: dict[tuple[int, int], Strip] = {}

    @property
    def selected(self) -> Block | None:
        """The block under the cursor."""
        return next((b for b in self.grid.blocks if b.key == self.key and b.column == self.column), None)

    def show(self, grid: Grid) -> None:
        """Show other blocks; the cursor stays where it can."""
        if grid == self.grid:
            return
        self.grid = grid
        self.column = min(self.column, grid.columns - 1)
        self.virtual_size = Size(0, ROWS)
        if self.selected is None:
            self._nearest(None)
        self._repaint()

    def go(self, column: int, minute: int | None = None) -> None:
        """The cursor to a column, on what stands nearest to a minute."""
        self.column = max(0, min(column, self.grid.columns - 1))
        self._nearest(minute)
        self._moved()

    def reveal(self, minute: int) -> None:
        """Scroll so that a minute is the first line."""
        self.scroll_to(y=minute // ROW_MINUTES, animate=False, force=True)

    def action_move(self, by: int) -> None:
        """The next or previous block of the day; without one, the grid scrolls."""
        mine = self._of_column()
        at = next((n for n, block in enumerate(mine) if block.key == self.key), None)
        if at is None or not 0 <= at + by < len(mine):
            self.scroll_relative(y=by * 2, animate=False)
            return
        self.key = mine[at + by].key
        self._moved()

    def action_across(self, by: int) -> None:
        """The column beside; out of the last one, somebody else decides."""
        if not 0 <= self.column + by < self.grid.columns:
            self.post_message(self.Left(by))
            return
        block = self.selected
        self.go(self.column + by, block.start if block else None)

    def action_open(self) -> None:
        """Choose the block under the cursor."""
        if self.selected is not None:
            self.post_message(self.Opened(self.selected))

    def on_click(self, event: events.Click) -> None:
        """A click chooses; a second one opens."""
        width = self._column_width()
        column = (event.x - GUTTER) // max(1, width)
        row = event.y + self.scroll_offset.y
        inside = (event.x - GUTTER) % max(1, width)
        for block in self.grid.blocks:
            lane = width // block.lanes
            here = block.lane * lane <= inside < (block.lane + 1) * lane
            if block.column == column and row in block.rows and here:
                again = block == self.selected
                self.column, self.key = column, block.key
                self._moved()
                if again:
                    self.action_open()
                return

    def on_focus(self) -> None:
        """The cursor shows."""
        self._repaint()

    def on_blur(self) -> None:
        """The cursor hides."""
        self._repaint()

    def on_resize(self) -> None:
        """Columns have another width."""
        self.virtual_size = Size(0, ROWS)
        self._repaint()

    def render_line(self, y: int) -> Strip:
        """One half-hour."""
        row, width = y + self.scroll_offset.y, self.scrollable_content_region.width
        strip = self._lines.get((row, width))
        if strip is None:
            content = self._line(row, width) if row < ROWS else Content("")
            style = self.visual_style
            strip = Visual.to_strips(self, content, width, 1, style)[0]
            strip = strip.adjust_cell_length(width, style.rich_style).simplify()
            self._lines[row, width] = strip
        return strip

    def _line(self, row: int, width: int) -> Content:
        minute = row * ROW_MINUTES
        hour = f" {minute // 60:02}:00" if minute % 60 == 0 else ""
        column_width = self._column_width()
        line = Content.styled(f"{hour:<{GUTTER}}", "$foreground 60%")
        for column in range(self.grid.columns):
            line += self._cell(column, row, column_width)
        return line

    def _cell(self, column: int, row: int, width: int) -> Content:
        here = [b for b in self.grid.blocks if b.column == column and row in b.rows]
        minute = row * ROW_MINUTES
        now = self.grid.now
        is_now = now is not None and now[0] == column and minute <= now[1] < minute + ROW_MINUTES
        if not here:
            return self._free(column, minute, width, is_now=is_now)
        front = [block for block in here if not block.behind]
        back = sorted((block for block in here if block.behind), key=lambda block: block.lane)
        if not front:
            return self._beside(back[:-1]) + self._slice(back[-1], row, width - len(back)) + " "
        cell, width = self._beside(back), width - len(back)
        lanes = max(block.lanes for block in front)
        lane_width = max(1, (width - 1) // lanes)
        for lane in range(lanes):
            room = lane_width if lane < lanes - 1 else width - 1 - lane_width * (lanes - 1)
            block = next((b for b in front if b.lane == lane), None)
            cell += self._slice(block, row, room) if block else Content(" " * room)
        return cell + " "

    def _beside(self, blocks: Sequence[Block]) -> Content:
        return Content("").join(
            Content.styled("▏", "$accent" if self.has_focus and block == self.selected else block.edge)
            for block in blocks
        )

    def _free(self, column: int, minute: int, width: int, *, is_now: bool) -> Content:
        if is_now:
            return Content.styled("─" * (width - 1) + " ", "$accent")
        spans = self.grid.open[column] if column < len(self.grid.open) else ()
        is_open = any(start < minute + ROW_MINUTES and minute < end for start, end in spans)
        mark = "┊" if is_open else " "
        return Content.styled(f"{mark:<{width}}", "$foreground 35%")

    def _slice(self, block: Block, row: int, room: int) -> Content:
        at = row - block.rows.start
        lines = wrap(block.text, max(1, room - 1)) or [""]
        tall = len(block.rows)
        if at == tall - 1 and len(lines) > tall:
            text = " ".join(lines[at:])
            text = text if len(text) < room else f"{text[: max(0, room - 2)]}…"
        else:
            text = lines[at] if at < len(lines) else ""
        chosen = self.has_focus and block == self.selected
        body = (
            Content(text)
            .truncate(room - 1, pad=True)
            .stylize("bold $background on $accent" if chosen else block.style)
        )
        return Content.styled("▌", f"{block.edge} on $accent" if chosen else block.edge) + body

    def _column_width(self) -> int:
        return max(6, (self.scrollable_content_region.width - GUTTER) // max(1, self.grid.columns))

    def _of_column(self) -> list[Block]:
        return sorted(
            (b for b in self.grid.blocks if b.column == self.column), key=lambda b: (b.start, b.lane)
        )

    def _nearest(self, minute: int | None) -> None:
        mine: Sequence[Block] = self._of_column()
        if minute is None:
            minute = self.grid.now[1] if self.grid.now and self.grid.now[0] == self.column else 0
            ahead = [block for block in mine if block.end > minute]
            mine = ahead[:1] or mine
        nearest = min(mine, key=lambda block: abs(block.start - minute), default=None)
        self.key = nearest.key if nearest else ""

    def _moved(self) -> None:
        self._repaint()
        block = self.selected
        if block is not None and self.scrollable_content_region.height:
            region = Region(0, block.rows.start, 1, min(len(block.rows), 4))
            self.scroll_to_region(region, animate=False, force=True)
        self.post_message(self.Moved())

    def _repaint(self) -> None:
        self._lines.clear()
        self.refresh()
