"""The three priorities of the day, then the rest."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from cockpit.locale import N_, _, ngettext
from cockpit.services.boards.board import Board
from cockpit.services.desk.workspace import Workspace
from cockpit.services.promises.open import VISIBLE
from cockpit.services.work import open_work, rows
from cockpit.services.work.rows import PriorityRow
from cockpit.ui.kit import painted
from cockpit.ui.kit.host import Target
from cockpit.ui.kit.kinds import Kind
from cockpit.ui.kit.pane import Pane
from cockpit.ui.widgets.rows import Item


class Priorities(Pane[PriorityRow]):
    """What the chief executive means to get done."""

    NUMBER = 1
    TITLE = N_("Priorities · the 3 of the day")
    EMPTY = N_(
        "What must move forward, by you or by others. n writes the first one; space makes it one of the day's three."
    )

    def items_of(self, board: Board) -> Sequence[Item[PriorityRow]]:
        """Numbers first, then by due date."""
        return [Item(row.record.code, row) for row in board.work.priorities]

    def is_cut(self, board: Board) -> bool:
        """Whether there are more than the board holds."""
        return len(board.work.priorities) >= VISIBLE

    def every_item(self, workspace: Workspace, board: Board) -> Sequence[Item[PriorityRow]]:
        """All of them, in their order."""
        return [Item(row.record.code, row) for row in open_work.every_priority(workspace)]

    def words_of(self, item: Item[PriorityRow]) -> str:
        """As the shell prints it."""
        board = self.board or self.cockpit.board
        return rows.of_priority(item.data, board.at, board.names).printed

    def draw(self, data: PriorityRow, width: int, board: Board) -> Content:
        """One line each."""
        return painted.line(rows.of_priority(data, board.at, board.names), width)

    def counts(self, board: Board) -> str:
        """Open and delegated."""
        if not board.work.priorities_open + board.work.priorities_delegated:
            return ""
        count = ngettext("{n} open", "{n} open", board.work.priorities_open)
        parts = [count.format(n=board.work.priorities_open)]
        if board.work.priorities_delegated:
            parts.append(_("{n} del.").format(n=board.work.priorities_delegated))
        if board.work.priorities_snoozed:
            snoozed = ngettext("{n} snoozed", "{n} snoozed", board.work.priorities_snoozed)
            parts.append(snoozed.format(n=board.work.priorities_snoozed))
        return " · ".join(parts)

    def target_of(self, item: Item[PriorityRow]) -> Target:
        """A priority."""
        return Target(frozenset({Kind.PRIORITY, Kind.RECORD}), item.key, item.data, record=item.data.record)
