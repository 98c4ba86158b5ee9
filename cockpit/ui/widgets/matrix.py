"""A table of small cells with a cursor in two directions; its head and its labels stay in view."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.strip import Strip

from cockpit.domain.dataclasses import dataclass, field
from cockpit.ui.widgets.ruled import Ruled
from cockpit.ui.widgets.strips import one_line

Place = tuple[int, int]
"""Row and column."""


@dataclass(frozen=True)
class MatrixContent:
    """What a matrix shows."""

    rows: tuple[Content, ...] = ()
    columns: tuple[Content, ...] = ()
    """Headings, each of one line or of several."""
    cells: Mapping[Place, Content] = field(default_factory=dict)
    blank: str = "·"
    """Where there is nothing."""
    tails: Mapping[int, Content] = field(default_factory=dict)
    """A word after the cells of a row."""
    cell: int = 3
    """Cells of the terminal that one takes, its space included."""
    label: int = 24
    """Cells of the labels of rows, at most."""
    height: int = 1
    """Lines of a row; a cell has as many, separated by line feeds."""


_SMALL = 3
"""Letters of the words that tell nothing of a name."""


def heading(name: str, width: int, lines: int) -> Content:
    """A name in a column of `width` cells: a word a line, cut, without small words such as `et`."""
    words = [word for word in name.split() if len(word) > _SMALL or word.isupper()] or [name]
    return Content("\n".join(word[: max(1, width - 1)] for word in words[:lines]))


class Matrix(Ruled, can_focus=True):
    """Arrows move from cell to cell. Says `Moved` when the cursor does, `Opened` on Enter or a second click."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"matrix--cursor"}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1, 0)", show=False),
        Binding("down", "move(1, 0)", show=False),
        Binding("left", "move(0, -1)", show=False),
        Binding("right", "move(0, 1)", show=False),
        Binding("home", "move(0, -1000)", show=False),
        Binding("end", "move(0, 1000)", show=False),
        Binding("pageup", "move(-10, 0)", show=False),
        Binding("pagedown", "move(10, 0)", show=False),
        Binding("enter", "open", show=False),
    ]

    class Moved(Message):
        """The cursor is on another cell."""

        def __init__(self, matrix: Matrix) -> None:
            super().__init__()
            self.matrix = matrix

        @property
        def control(self) -> Matrix:
            """The matrix that says so."""
            return self.matrix

    class Opened(Moved):
        """The cell under the cursor was chosen."""

    def __init__(self, *, empty: str = "", id: str | None = None) -> None:
        super().__init__(id=id)
        self.sheet = MatrixContent()
        self.at: Place = (0, 0)
        self.empty = empty
        """Said instead of a sheet without rows."""
        self._first: Place = (0, 0)

    def show(self, sheet: MatrixContent) -> None:
        """Show another sheet; the cursor stays where it can."""
        if sheet == self.sheet:
            return
        self.sheet = sheet
        self._put(*self.at)
        self.refresh()

    def go(self, at: Place) -> None:
        """Put the cursor on a cell."""
        before = self.at
        self._put(*at)
        if self.at != before:
            self.refresh()
            self.post_message(self.Moved(self))

    def action_move(self, down: int, right: int) -> None:
        """To the cell beside."""
        self.go((self.at[0] + down, self.at[1] + right))

    def action_open(self) -> None:
        """Choose the cell."""
        if self.sheet.rows and self.sheet.columns:
            self.post_message(self.Opened(self))

    def on_click(self, event: events.Click) -> None:
        """A click moves the cursor, a second one opens."""
        offset = event.get_content_offset(self)
        if offset is None or offset.y < self._head or offset.x < self._label:
            return
        row = (offset.y - self._head) // self.sheet.height
        self.go((self._first[0] + row, self._first[1] + (offset.x - self._label) // self.sheet.cell))
        if event.chain >= 2:
            self.action_open()

    def on_resize(self) -> None:
        """The cursor stays in view, with all that fits before it."""
        self._first = (0, 0)
        self._put(*self.at)
        self.refresh()

    def on_focus(self) -> None:
        """The cursor shows more where the keys go."""
        self.refresh()

    def on_blur(self) -> None:
        """See on_focus."""
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        width = self.content_size.width
        if not self.sheet.rows:
            wrapped = Content(self.empty).wrap(max(1, width - 1))
            return one_line(
                Content(" ") + wrapped[y] if y < len(wrapped) else Content(""), width, self.visual_style
            )
        if y < self._head:
            return one_line(self._heading(y), width, self.visual_style)
        row, line = divmod(y - self._head, self.sheet.height)
        row += self._first[0]
        return one_line(
            self._line(row, line) if row < len(self.sheet.rows) else Content(""), width, self.visual_style
        )

    @property
    def _head(self) -> int:
        return max((len(each.split("\n")) for each in self.sheet.columns), default=0)

    @property
    def _label(self) -> int:
        longest = max((row.cell_length for row in self.sheet.rows), default=0) + 1
        return min(longest, self.sheet.label, max(8, self.content_size.width // 2))

    @property
    def _visible(self) -> tuple[int, int]:
        """How many rows and columns fit."""
        tail = max((each.cell_length for each in self.sheet.tails.values()), default=0)
        # One cell is kept for the sign that there is more.
        room = self.content_size.width - self._label - 1 - min(tail, self.content_size.width // 4)
        lines = (self.content_size.height - self._head) // self.sheet.height
        return max(1, lines), max(1, room // self.sheet.cell)

    def _put(self, row: int, column: int) -> None:
        self.at = (
            max(0, min(row, len(self.sheet.rows) - 1)), max(0, min(column, len(self.sheet.columns) - 1))
        )  # fmt: skip
        counts = (len(self.sheet.rows), len(self.sheet.columns))
        self._first = tuple(  # type: ignore[assignment]
            max(0, min(first, at, max(0, count - visible)) if at < first + visible else at - visible + 1)
            for first, at, visible, count in zip(self._first, self.at, self._visible, counts, strict=True)
        )

    def _columns(self) -> range:
        first = self._first[1]
        return range(first, min(len(self.sheet.columns), first + self._visible[1]))

    def _heading(self, y: int) -> Content:
        last = y == self._head - 1
        before = "‹" if last and self._first[1] else " "
        line = Content(before.rjust(self._label))
        for column in self._columns():
            words = self.sheet.columns[column].split("\n")
            # Short names stand right above their column, as long ones do.
            at = y - (self._head - len(words))
            word = words[at] if at >= 0 else Content("")
            shown = word.truncate(self.sheet.cell - 1, ellipsis=False, pad=True)
            line += (
                shown.stylize("bold $accent") if column == self.at[1] and self.has_focus else shown
            ) + " "
        more = last and self._columns().stop < len(self.sheet.columns)
        return line + "›" if more else line

    def _line(self, row: int, line: int) -> Content:
        sheet = self.sheet
        label = sheet.rows[row] if line == 0 else Content("")
        drawn = label.truncate(self._label - 1, ellipsis=True, pad=True) + " "
        for column in self._columns():
            blank = Content.styled(sheet.blank if line == 0 else "", "$foreground 30%")
            lines = sheet.cells[row, column].split("\n") if (row, column) in sheet.cells else [blank]
            shown = lines[line] if line < len(lines) else Content("")
            cell = shown.truncate(sheet.cell - 1, ellipsis=False, pad=True)
            if (row, column) == self.at:
                cell = cell.stylize("reverse" if self.has_focus else "underline")
            drawn += cell + " "
        return drawn + sheet.tails.get(row, Content("")) if line == 0 else drawn
