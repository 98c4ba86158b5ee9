"""What partners without an account sent in, until somebody says what becomes of it."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from cockpit.domain.registers.statement import Statement
from cockpit.locale import N_, _
from cockpit.services.boards.board import Board
from cockpit.services.desk.workspace import Workspace
from cockpit.services.messages import rows
from cockpit.services.messages.unsorted import statements
from cockpit.ui.kit import painted
from cockpit.ui.kit.host import Target
from cockpit.ui.kit.kinds import Kind
from cockpit.ui.kit.pane import Pane
from cockpit.ui.widgets.rows import Item


class Inbox(Pane[Statement]):
    """One key each: a blocker, an alert, a note, or refused with a reason."""

    NUMBER = 8
    TITLE = N_("Inbox")
    EMPTY = N_("What partners send you: R, the settings, opens a way in, a folder or a mailbox.")

    def items_of(self, board: Board) -> Sequence[Item[Statement]]:
        """Worst first."""
        return [Item(item.code, item) for item in board.inbox.statements]

    def is_cut(self, board: Board) -> bool:
        """Whether there are more than the board holds."""
        return board.inbox.count > len(board.inbox.statements)

    def every_item(self, workspace: Workspace, board: Board) -> Sequence[Item[Statement]]:
        """All of them, worst first."""
        return [Item(item.code, item) for item in statements(workspace, -1)]

    def words_of(self, item: Item[Statement]) -> str:
        """As the shell prints it."""
        return rows.statement(item.data, (self.board or self.cockpit.board).at).printed

    def draw(self, data: Statement, width: int, board: Board) -> Content:
        """Who says what."""
        return painted.line(rows.statement(data, board.at), width)

    def counts(self, board: Board) -> str:
        """How many are to be sorted."""
        return _("{n} to sort").format(n=board.inbox.count) if board.inbox.count else ""

    def target_of(self, item: Item[Statement]) -> Target:
        """The statement."""
        return Target(frozenset({Kind.STATEMENT}), item.key, item.data, record=item.data)
