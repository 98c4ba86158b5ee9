"""A pane: one list under a titled rule that shows its part of a snapshot."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import ClassVar, TypeVar

from textual import getters, on, work
from textual.content import Content
from textual.message import Message

from cockpit.domain.text import fold
from cockpit.locale import _
from cockpit.services.boards.board import Board
from cockpit.services.desk.workspace import Workspace
from cockpit.ui.kit.host import Cockpit, Target
from cockpit.ui.widgets.rows import Item, RowFilter, Rows

T = TypeVar("T")


class Pane(Rows[T]):
    """Sub-classes say their title, what an item looks like, and what the board holds for them."""

    cockpit = getters.app(Cockpit)
    TITLE: ClassVar[str] = ""
    EMPTY: ClassVar[str] = ""
    """What the pane is for and which key adds the first row."""
    ROW_HEIGHT: ClassVar[int] = 1
    GOES: ClassVar[bool] = False
    """Whether it is not there at all while it holds nothing."""
    NUMBER: ClassVar[int] = 0
    """The digit that brings the keys here, printed in the title; none has it where it is 0."""

    class Unfolded(Message):
        """It holds more rows than before, or fewer, without another snapshot."""

    def __init__(self) -> None:
        super().__init__(
            self._paint,
            row_height=self.ROW_HEIGHT,
            empty=lambda: _(self.EMPTY),
            id=type(self).__name__.lower(),
        )
        self.board: Board | None = None
        self._whole: tuple[Item[T], ...] = ()
        """All the rows, where a filter looks through more than the board holds."""

    def on_mount(self) -> None:
        """Show the snapshot that is known already, so that no pane is ever blank."""
        self.show_board(self.cockpit.board)

    def items_of(self, board: Board) -> Sequence[Item[T]]:
        """The rows for this pane."""
        raise NotImplementedError

    def draw(self, data: T, width: int, board: Board) -> Content | list[Content]:
        """An item, as one or more lines."""
        raise NotImplementedError

    def every_item(self, workspace: Workspace, board: Board) -> Sequence[Item[T]] | None:
        """All the rows that there are, where the board holds the first of them only; read by a thread."""
        return None

    def is_cut(self, board: Board) -> bool:
        """Whether there are more rows than the board holds."""
        return False

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
        items = self.items_of(board)
        if self.looks_further:
            self.read_whole()
            if self._whole:
                items = self._whole_as_of(items, before)
        self.show(items)
        self.show_title()

    @property
    def looks_further(self) -> bool:
        """Whether all the rows are needed, for a filter or an order, and the board holds only the first of them."""
        return (
            bool(self.filter is not None or self.order) and self.board is not None and self.is_cut(self.board)
        )

    def _look_as_far_as_needed(self) -> None:
        if self.board is None:
            return
        if not self.looks_further:
            self._whole = ()
            self.show(self.items_of(self.board))
        elif not self._whole:
            self.read_whole()

    def narrow(self, wanted: RowFilter | None, *, trying: bool = False) -> None:
        """A filter looks through all there is, also what is folded and what the board has no room for."""
        self.filter = wanted
        if self.board is not None:
            self._look_as_far_as_needed()
        super().narrow(wanted, trying=trying)

    @work(group="whole", exclusive=True, exit_on_error=False)
    async def read_whole(self) -> None:
        """Have all the rows read beside the screen; they show when they are there."""
        board = self.board or self.cockpit.board
        every, texts = await asyncio.to_thread(self._whole_beside, self.cockpit.workspace.shown, board)
        if self.looks_further and board is self.board:
            self._whole = every
            self._texts |= texts
            self.show(every)
            self.show_title()
            self.post_message(self.Narrowed())

    def _whole_beside(
        self, workspace: Workspace, board: Board
    ) -> tuple[tuple[Item[T], ...], dict[str, tuple[Item[T], str]]]:
        with workspace.beside() as mine:
            every = tuple(self.every_item(mine, board) or ())
        return every, {item.key: (item, fold(self.words_of(item))) for item in every}

    def _whole_as_of(self, items: Sequence[Item[T]], before: Board | None) -> Sequence[Item[T]]:
        """All the rows until they are read again: what the board holds anew, without what it holds no more."""
        known = {item.key: item for item in items}
        gone = {item.key for item in self.items_of(before)} - set(known) if before is not None else set()
        self._whole = tuple(known.get(each.key, each) for each in self._whole if each.key not in gone)
        return self._whole

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

    @on(Rows.Narrowed)
    def _other_title(self) -> None:
        self.show_title()

    def on_resize(self) -> None:
        """Another room folds other rows."""
        self.show_title()

    def _paint(self, data: T, width: int) -> Sequence[Content]:
        drawn = self.draw(data, width, self.board or self.cockpit.board)
        return [drawn] if isinstance(drawn, Content) else drawn
