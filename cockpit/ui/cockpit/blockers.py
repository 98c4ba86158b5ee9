"""Blockers by heat, then age."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from cockpit.domain.dataclasses import replace
from cockpit.locale import N_, _, ngettext
from cockpit.services.boards import once
from cockpit.services.boards.board import Board
from cockpit.services.desk.workspace import Workspace
from cockpit.services.promises.open import VISIBLE
from cockpit.services.work import open_work, orders
from cockpit.services.work.rows import BlockerRow
from cockpit.ui.kit import painted
from cockpit.ui.kit.host import Target
from cockpit.ui.kit.kinds import Kind
from cockpit.ui.kit.pane import Pane
from cockpit.ui.widgets.rows import Item


class Blockers(Pane[BlockerRow]):
    """What stops work until somebody acts."""

    NUMBER = 2
    TITLE = N_("Blockers")
    EMPTY = N_(
        "What stops work: who you wait for, since when, what is next. b writes one in a line, from anywhere;"
        " I reads a spreadsheet of them."
    )
    ROW_HEIGHT = 2

    _order = ""

    def on_mount(self) -> None:
        """In the order that was chosen last."""
        self._order = orders.chosen(self.cockpit.workspace)

    def items_of(self, board: Board) -> Sequence[Item[BlockerRow]]:
        """Hottest first."""
        return [Item(row.record.code, row) for row in board.work.blockers]

    @property
    def order(self) -> str:
        """By heat where it is empty."""
        return self._order

    def put_in_order(self, order: str) -> None:
        """List them so from now on."""
        self._order = order if order in orders.ORDERS else ""
        orders.choose(self.cockpit.workspace, self._order)
        self._look_as_far_as_needed()
        self.show(self.every)
        self._tell_choice()

    def show(self, items: Sequence[Item[BlockerRow]]) -> None:
        """In the order that was chosen."""
        chosen = orders.ORDERS.get(self._order)
        if chosen is not None:
            names = self.cockpit.board.names
            items = sorted(items, key=lambda item: chosen.first(item.data.record, names))  # type: ignore[arg-type,return-value]
        super().show(items)

    def told_of_choice(self) -> str:
        """The order is said too, where it is not by heat."""
        order = orders.ORDERS.get(self._order)
        return " · ".join(filter(None, (f"↑ {_(order.label)}" if order else "", super().told_of_choice())))

    def target(self) -> Target:
        """In any order, another one can be chosen."""
        found = super().target()
        return replace(found, kinds=found.kinds | {Kind.SORTED})

    def is_cut(self, board: Board) -> bool:
        """Whether there are more than the board holds."""
        return len(board.work.blockers) == VISIBLE

    def every_item(self, workspace: Workspace, board: Board) -> Sequence[Item[BlockerRow]]:
        """All of them, hottest first."""
        return [Item(row.record.code, row) for row in open_work.every_blocker(workspace)]

    def words_of(self, item: Item[BlockerRow]) -> str:
        """As the shell prints it."""
        return once.blocker(self.board or self.cockpit.board, item.data.record).printed

    def draw(self, data: BlockerRow, width: int, board: Board) -> list[Content]:
        """Two lines each, with the clock that runs on it; one line in a small terminal."""
        return painted.lines(once.blocker(board, data.record), width)

    def counts(self, board: Board) -> str:
        """How many, and how old the oldest is."""
        if not board.work.blockers_open:
            return ""
        count = ngettext("{n} open", "{n} open", board.work.blockers_open)
        parts = [count.format(n=board.work.blockers_open)]
        if board.work.oldest_days:
            parts.append(_("oldest {n} d").format(n=board.work.oldest_days))
        if board.work.blockers_snoozed:
            parts.append(
                ngettext("{n} snoozed", "{n} snoozed", board.work.blockers_snoozed).format(
                    n=board.work.blockers_snoozed
                )
            )
        if self.is_cut(board):
            parts.append(_("{n} shown, / finds the rest").format(n=VISIBLE))
        return " · ".join(parts)

    def target_of(self, item: Item[BlockerRow]) -> Target:
        """A blocker."""
        kinds = frozenset({Kind.BLOCKER, Kind.CANDIDATE, Kind.RECORD})
        return Target(kinds, item.key, item.data, record=item.data.record)
