"""A pane: one bordered list that shows its part of a snapshot."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.content import Content

from cockpit.locale import _
from cockpit.services.boards.board import Board
from cockpit.ui.kit.place import Target
from cockpit.ui.widgets.rows import Item, Rows


class Pane(Rows):
    """Sub-classes say their title, what an item looks like, and what the board holds for them."""

    TITLE: ClassVar[str] = ""
    EMPTY: ClassVar[str] = ""
    """What the pane is for and which key adds the first row."""
    ROW_HEIGHT: ClassVar[int] = 1

    def __init__(self) -> None:
        super().__init__(
            self._paint, row_height=self.ROW_HEIGHT, empty=self.empty_text, id=type(self).__name__.lower()
        )
        self.board: Board | None = None

    def on_mount(self) -> None:
        """Draw what is known from the first time on."""
        self.show_board(self.screen.cockpit.board)  # type: ignore[attr-defined]

    def empty_text(self) -> str:
        """What an empty pane says."""
        return _(self.EMPTY)

    def items_of(self, board: Board) -> Sequence[Item]:
        """The rows for this pane."""
        raise NotImplementedError

    def draw(self, data: object, width: int, board: Board) -> Content | list[Content]:
        """An item, as one or more lines."""
        raise NotImplementedError

    def counts(self, board: Board) -> str:
        """What the border says at the bottom."""
        return ""

    def target_of(self, item: Item) -> Target:
        """What keys act on when the cursor is on `item`."""
        return Target(code=item.key, data=item.data)

    def target(self) -> Target:
        """What keys act on now."""
        return self.target_of(self.selected) if self.selected and not self.selected.heading else Target()

    def show_board(self, board: Board) -> None:
        """Show what differs from the last snapshot."""
        before, self.board = self.board, board
        if before is None or before.at.minute != board.at.minute or before.names != board.names:
            self.repaint()
        self.show(self.items_of(board))
        self.entitle(Content(_(self.TITLE)), Content(self.counts(board)))

    def _paint(self, data: object, width: int) -> Sequence[Content]:
        assert self.board is not None
        drawn = self.draw(data, width, self.board)
        return [drawn] if isinstance(drawn, Content) else drawn
