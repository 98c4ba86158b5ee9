"""A pane: one list under a titled rule that shows its part of a snapshot."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, TypeVar

from textual import getters
from textual.content import Content
from textual.message import Message

from cockpit.locale import _
from cockpit.services.boards.board import Board
from cockpit.ui.kit.host import Cockpit, Target
from cockpit.ui.widgets.rows import Item, Rows

T = TypeVar("T")


class Pane(Rows[T]):
    """Sub-classes say their title, what an item looks like, and what the board holds for them."""

    cockpit = getters.app(Cockpit)
    TITLE: ClassVar[str] = ""
    EMPTY: ClassVar[str] = ""
    """What the pane is for and which key adds the first row."""
    ROW_HEIGHT: ClassVar[int] = 1
    NUMBER: ClassVar[int] = 0
    """The digit that brings the keys here, printed in the title; none has it where it is 0."""

    class Unfolded(Message):
        """It holds more rows than before, or fewer, without another snapshot."""

    def __init__(self) -> None:
        super().__init__(
            self._paint, row_height=self.ROW_HEIGHT, empty=self.empty_text, id=type(self).__name__.lower()
        )
        self.board: Board | None = None

    def on_mount(self) -> None:
        """Show the snapshot that is known already, so that no pane is ever blank."""
        self.show_board(self.cockpit.board)

    def empty_text(self) -> str:
        """What an empty pane says."""
        return _(self.EMPTY)

    def items_of(self, board: Board) -> Sequence[Item[T]]:
        """The rows for this pane."""
        raise NotImplementedError

    def draw(self, data: T, width: int, board: Board) -> Content | list[Content]:
        """An item, as one or more lines."""
        raise NotImplementedError

    def counts(self, board: Board) -> str:
        """What stands beside the title."""
        return ""

    def wanted(self, width: int) -> int:
        """Lines that all of it would take."""
        if self.items:
            return len(self.items) * self.row_height
        return len(Content(self.empty_text()).wrap(max(1, width - 2)))

    def target_of(self, item: Item[T]) -> Target:
        """What keys act on when the cursor is on `item`."""
        return Target(code=item.key, data=item.data)

    def target(self) -> Target:
        """What keys act on now."""
        return self.target_of(self.selected) if self.selected and not self.selected.heading else Target()

    def show_board(self, board: Board) -> None:
        """Show what differs from the last snapshot."""
        if board is self.board:
            return
        before, self.board = self.board, board
        if before is None or before.at.minute != board.at.minute or before.names != board.names:
            self.repaint()
        self.show(self.items_of(board))
        self.show_title()

    def show_title(self) -> None:
        """The number and name, what it counts, how many rows are folded away: `2 Blockers · 9 open · + 3`."""
        if self.board is None:
            return
        number = f" {self.NUMBER}" if self.NUMBER else ""
        parts = [self.counts(self.board)]
        hidden = len(self.items) - self.content_size.height // self.row_height
        if self.is_mounted and self.size and hidden > 0:
            parts.append(f"+ {hidden}")
        said = " · ".join(part for part in parts if part)
        self.entitle(Content(f"{number} {_(self.TITLE)}"), Content(said))

    def on_resize(self) -> None:
        """Another room folds other rows."""
        self.show_title()

    def _paint(self, data: T, width: int) -> Sequence[Content]:
        drawn = self.draw(data, width, self.board or self.cockpit.board)
        return [drawn] if isinstance(drawn, Content) else drawn
