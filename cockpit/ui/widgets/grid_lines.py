"""The lines of a time grid, out of what it holds: what stands where, what gives way where room is short."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from textual.content import Content

from cockpit.domain.agenda.week_grid import DAY_MINUTES, lanes
from cockpit.domain.dataclasses import dataclass
from cockpit.ui.widgets.grid import Bar, Entry, Grid, GridBlock

GUTTER = 6
"""Cells of the hours on the left."""
BARS = 3
"""Lines at most of what lasts for days."""
LEAST_LANE = 6
"""Cells under which nothing can be read: what stands further to the right is counted instead."""
SHADES = (26, 14)
"""Percent of a block's colour behind its text: the second one where it follows a block of the same colour."""
STRIPS = 3
"""Blocks behind others of which an edge is shown."""
MUTED = "$quiet"
CHOSEN = "bold $background on $accent"


@dataclass(frozen=True)
class _Placed:
    """A block on its lines, in a lane."""

    block: GridBlock
    rows: range
    lane: int
    lanes: int
    follows: bool = False
    """Whether it stands right under one of its colour, from which its shade tells it apart."""


class GridLines:
    """Draws a grid at one width and one number of minutes a line."""

    def __init__(self, grid: Grid, width: int, row_minutes: int) -> None:
        self.grid = grid
        self.width = width
        self.row_minutes = row_minutes
        self.rows = DAY_MINUTES // row_minutes
        count = max(1, len(grid.columns))
        base, rest = divmod(max(0, width - GUTTER), count)
        self.widths = [base + (column < rest) for column in range(count)]
        placed = lanes((bar.key, bar.first, bar.last + 1) for bar in grid.bars)
        self._bar_lanes = {each.key: each.lane for each in placed}
        deepest = max((each.lane + 1 for each in placed), default=0)
        self.bar_lines = min(BARS, deepest)
        self._is_cut = deepest > BARS
        self.has_feet = any(column.feet for column in grid.columns)
        self.has_dues = bool(grid.dues)
        self.head = 1 + self.bar_lines + self.has_dues + self.has_feet
        """Lines above the hours."""
        self._texts: dict[tuple[str, int, int], list[Content]] = {}

    def rows_of(self, entry: Entry) -> range:
        """The lines of a block under the head; none for a bar."""
        found = (each.rows for cell in self._cells.values() for each in cell if each.block == entry)
        return next(found, range(0))

    def column_at(self, x: int) -> int:
        """The column at a cell of the width; -1 in the gutter."""
        left = GUTTER
        for column, width in enumerate(self.widths):
            if left <= x < left + width:
                return column
            left += width
        return -1

    def entry_at(self, column: int, x: int, line: int) -> Entry | None:
        """What is drawn at a cell; lines are counted from the head's first."""
        if line < self.head:
            if self.has_dues and line == self.bar_lines + 1:
                return next((each for each in self.grid.dues if each.first == column), None)
            here = [b for b in self.grid.bars if b.first <= column <= b.last]
            return next((b for b in here if self._bar_lanes[b.key] == line - 1), None)
        cell = self._cells.get((column, line - self.head), [])
        front = [each for each in cell if not each.block.behind]
        if not front:
            return cell[-1].block if cell else None
        inside = x - GUTTER - sum(self.widths[:column])
        lane = inside * front[0].lanes // max(1, self.widths[column])
        return next((each.block for each in front if each.lane == lane), front[0].block)

    def head_line(self, line: int, chosen: Entry | None, unseen: Sequence[tuple[int, int]]) -> Content:
        """A line above the hours; `unseen` counts, per column, the blocks above and below what is visible."""
        if line == 0:
            return self._names(unseen)
        if self.has_feet and line == self.head - 1:
            return self._feet()
        if self.has_dues and line == self.bar_lines + 1:
            return self._dues(chosen)
        if self._is_cut and line == self.bar_lines:
            return self._cut_bars(line - 1, chosen)
        return self._bars(line - 1, chosen)

    def line(self, row: int, chosen: Entry | None, *, focused: bool) -> Content:
        """A line of the hours."""
        minute, now = row * self.row_minutes, self.grid.now
        hour = Content.styled(f"{minute // 60:02}:00 " if minute % 60 == 0 else " " * GUTTER, MUTED)
        if now is not None and row == now[1] // self.row_minutes:
            hour = Content.styled(f"{now[1] // 60:02}:{now[1] % 60:02}▸", "bold $accent")
        cells = [self._cell(column, row, chosen if focused else None) for column in range(len(self.widths))]
        return Content("").join([hour, *cells])

    # -- the head

    def _names(self, unseen: Sequence[tuple[int, int]]) -> Content:
        line = Content(" " * GUTTER)
        for column, width, (above, below) in zip(self.grid.columns, self.widths, unseen, strict=False):
            more = " ".join(
                f"{sign}{count}" for sign, count in (("↑", above), ("↓", below)) if count
            )  # fmt: skip
            name = _fitting(column.names, width - 1)
            room = width - 1 - len(name)
            more = more if room > len(more) else ""
            line += Content.styled(name, column.style)
            line += Content.styled(f"{more:>{max(0, room)}} ", MUTED)
        return line

    def _feet(self) -> Content:
        line = Content.styled(self.grid.foot, MUTED).truncate(GUTTER - 1, pad=True) + " "
        for column, width in zip(self.grid.columns, self.widths, strict=False):
            line += Content.styled(_fitting(column.feet, width - 1), MUTED).truncate(width - 1, pad=True)
            line += " "
        return line

    def _bars(self, lane: int, chosen: Entry | None) -> Content:
        line, column = Content(" " * GUTTER), 0
        while column < len(self.widths):
            bar = next(
                (b for b in self.grid.bars if b.first == column and self._bar_lanes[b.key] == lane), None
            )
            last = bar.last if bar else column
            line += _bar(bar, sum(self.widths[column : last + 1]), chosen)
            column = last + 1
        return line

    def _cut_bars(self, lane: int, chosen: Entry | None) -> Content:
        """The last line where bars are more than lines: the one that is chosen or first, and how many more."""
        line = Content(" " * GUTTER)
        for column, width in enumerate(self.widths):
            here = [
                b for b in self.grid.bars if b.first <= column <= b.last and self._bar_lanes[b.key] >= lane
            ]
            line += _folded(here, width, chosen)
        return line

    def _dues(self, chosen: Entry | None) -> Content:
        """What falls on each day: the one that is chosen or first, and how many more."""
        line = Content.styled(self.grid.due, MUTED).truncate(GUTTER - 1, pad=True) + " "
        for column, width in enumerate(self.widths):
            line += _folded([each for each in self.grid.dues if each.first == column], width, chosen)
        return line

    # -- the hours

    @cached_property
    def _cells(self) -> dict[tuple[int, int], list[_Placed]]:
        """What stands in each column and line, behind before front, by lane."""
        cells: dict[tuple[int, int], list[_Placed]] = {}
        for column in range(len(self.widths)):
            mine = [block for block in self.grid.blocks if block.column == column]
            for behind in (True, False):
                for placed in self._placed([block for block in mine if block.behind == behind]):
                    for row in placed.rows:
                        cells.setdefault((column, row), []).append(placed)
        for cell in cells.values():
            cell.sort(key=lambda placed: (not placed.block.behind, placed.lane))
        return cells

    def _placed(self, blocks: Sequence[GridBlock]) -> list[_Placed]:
        by_key = {block.key: block for block in blocks}
        begun: dict[int, int] = {}
        for block in blocks:
            row = block.start // self.row_minutes
            begun[row] = max(block.start, begun.get(row, 0))
        rows = {block.key: self._rows(block, begun) for block in blocks}
        found: list[_Placed] = []
        above: dict[int, _Placed] = {}
        for each in lanes((key, span.start, span.stop) for key, span in rows.items()):
            block, mine, before = by_key[each.key], rows[each.key], above.get(each.lane)
            touches = (
                before is not None and before.rows.stop == mine.start and before.block.ground == block.ground
            )
            follows = touches and before is not None and not before.follows
            above[each.lane] = _Placed(block, mine, each.lane, each.lanes, follows)
            found.append(above[each.lane])
        return found

    def _rows(self, block: GridBlock, begun: Mapping[int, int]) -> range:
        """The lines it covers; a last one that it only begins is left to what starts there after it.

        `begun` has, for each line, the latest minute at which something starts in it.
        """
        first, last = block.start // self.row_minutes, -(-block.end // self.row_minutes)
        shared = begun.get(last - 1, -1) >= block.end
        return range(first, last - 1 if shared and last - first > 1 else max(last, first + 1))

    def _cell(self, column: int, row: int, chosen: Entry | None) -> Content:
        width, here = self.widths[column], self._cells.get((column, row), [])
        if not here:
            return self._free(column, row, width)
        front = [each for each in here if not each.block.behind]
        back = [each.block for each in here if each.block.behind][-STRIPS:]
        if not front:
            shown = chosen if isinstance(chosen, GridBlock) and chosen in back else back[-1]
            strips = _strips([block for block in back if block != shown], chosen)
            seen = [r for r in here[-1].rows if all(e.block.behind for e in self._cells[column, r])]
            of = next(each.rows for each in here if each.block == shown)
            lines = [r for r in seen if r in of] or list(of)
            at = lines.index(row) if row in lines else 0
            room = width - 1 - strips.cell_length
            return strips + self._slice(_Placed(shown, of, 0, 1), at, len(lines), room, chosen) + " "
        strips = _strips(back, chosen)
        return strips + self._abreast(front, row, width - 1 - strips.cell_length, chosen) + " "

    def _abreast(self, front: Sequence[_Placed], row: int, room: int, chosen: Entry | None) -> Content:
        """Blocks side by side; those that would be too narrow share the last lane, and are counted."""
        count = front[0].lanes
        fits = max(1, min(count, room // LEAST_LANE))
        base, rest = divmod(room, fits)
        cell = Content("")
        for lane in range(fits):
            width = base + (lane < rest)
            here = [each for each in front if each.lane == lane or (lane == fits - 1 and each.lane > lane)]
            if not here:
                cell += Content(" " * width)
                continue
            shown = next((each for each in here if each.block == chosen), here[0])
            more = f"+{len(here) - 1}" if len(here) > 1 else ""
            at, tall = row - shown.rows.start, len(shown.rows)
            cell += self._slice(shown, at, tall, width - len(more), chosen)
            cell += Content.styled(more, "bold $warning")
        return cell

    def _free(self, column: int, row: int, width: int) -> Content:
        minute, now = row * self.row_minutes, self.grid.now
        if now is not None and now[0] == column and row == now[1] // self.row_minutes:
            return Content.styled("─" * (width - 1) + " ", "$accent")
        spans = self.grid.columns[column].open if column < len(self.grid.columns) else ()
        is_open = any(start < minute + self.row_minutes and minute < end for start, end in spans)
        return Content.styled(f"{'┊' if is_open else ' ':<{width}}", "$foreground 35%")

    def _slice(self, placed: _Placed, at: int, tall: int, room: int, chosen: Entry | None) -> Content:
        """One line of a block: its edge, then a piece of its text."""
        block = placed.block
        lines = self._lines(block, tall, max(1, room - 1))
        body = lines[at] if at < len(lines) else Content("")
        body = body.truncate(max(0, room - 1), pad=True)
        if block == chosen:
            return Content.styled("▶" if at == 0 else "█", CHOSEN if at == 0 else "$accent") + body.stylize(
                CHOSEN
            )
        # Two of one colour that touch are told apart by their shade, and each begins with its hour.
        ground = f" on {block.ground} {SHADES[placed.follows]}%" if block.ground else ""
        body = body.stylize(block.style + ground)
        return Content.styled("▏" if block.behind else "┇" if block.dashed else "▌", block.edge) + body

    def _lines(self, block: GridBlock, tall: int, room: int) -> list[Content]:
        key = (block.key, tall, room)
        if key not in self._texts:
            # The hour is never lost: a reader compares days by it.
            said = f"{block.hour} {block.text}"
            lines = Content(said).wrap(room)
            if len(lines) > tall:
                rest = Content(" ").join(lines[tall - 1 :]) if tall > 1 else Content(said)
                lines = [*lines[: tall - 1], rest.truncate(room, ellipsis=True)]
            self._texts[key] = lines
        return self._texts[key]


def _bar(bar: Bar | None, width: int, chosen: Entry | None) -> Content:
    if bar is None:
        return Content(" " * width)
    style = CHOSEN if bar == chosen else bar.style
    return Content(f" {bar.text}").truncate(width - 1, ellipsis=True, pad=True).stylize(style) + " "


def _folded(here: Sequence[Bar], width: int, chosen: Entry | None) -> Content:
    """Several bars in the place of one: the one that is chosen or first, and how many more."""
    shown = next((each for each in here if each == chosen), next(iter(here), None))
    more = f"+{len(here) - 1} " if len(here) > 1 else ""
    return _bar(shown, max(1, width - len(more)), chosen) + Content.styled(more, "bold")


def _strips(blocks: Sequence[GridBlock], chosen: Entry | None) -> Content:
    edges = [Content.styled("▏", "$accent" if block == chosen else block.edge) for block in blocks]
    return Content("").join(edges)


def _fitting(texts: Sequence[str], room: int) -> str:
    """The first text that fits, else the last one, cut."""
    for text in texts:
        if Content(text).cell_length <= room:
            return text
    return Content(texts[-1]).truncate(max(0, room), ellipsis=True).plain if texts else ""
