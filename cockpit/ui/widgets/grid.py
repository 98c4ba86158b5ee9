"""What a time grid shows: columns of days, blocks in them, bars that last for several."""

from __future__ import annotations

from cockpit.domain.agenda.week_grid import DAY_MINUTES
from cockpit.domain.dataclasses import dataclass


@dataclass(frozen=True)
class GridBlock:
    """A thing in a column, from minute `start` to `end` of its day."""

    key: str
    column: int
    start: int
    end: int
    hour: str
    """Its start as text."""
    text: str
    style: str
    """Of its text."""
    edge: str
    """Colour of its left edge."""
    ground: str = ""
    """Colour behind its text, weakened to a shade; none where it is empty."""
    data: object = None
    behind: bool = False
    """Drawn as a thin edge beside what stands in front of it, as text where nothing does."""
    dashed: bool = False
    """Whether its left edge is broken: not certain."""


@dataclass(frozen=True)
class Bar:
    """A thing that lasts for days, over the columns from `first` to `last`, both included."""

    key: str
    first: int
    last: int
    text: str
    style: str
    data: object = None


Entry = GridBlock | Bar


@dataclass(frozen=True)
class GridColumn:
    """A day: its name and what stands under the bars, each the first that fits; its open minutes."""

    names: tuple[str, ...]
    style: str = "bold"
    feet: tuple[str, ...] = ()
    open: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class Grid:
    """What is shown; `now` is a column and a minute, `span` the minutes that one wants to see at once."""

    columns: tuple[GridColumn, ...] = ()
    blocks: tuple[GridBlock, ...] = ()
    bars: tuple[Bar, ...] = ()
    dues: tuple[Bar, ...] = ()
    """What falls on a day: one line under the bars for all of a day's."""
    now: tuple[int, int] | None = None
    span: tuple[int, int] = (0, DAY_MINUTES)
    foot: str = ""
    """Before the feet of the columns."""
    due: str = ""
    """Before the line of what falls on a day."""

    def of_column(self, column: int) -> tuple[Entry, ...]:
        """What a cursor goes through in a column, from top to bottom."""
        bars = [bar for bar in (*self.bars, *self.dues) if bar.first <= column <= bar.last]
        blocks = [block for block in self.blocks if block.column == column]
        return *bars, *sorted(blocks, key=lambda block: (block.start, block.behind, -block.end, block.key))
