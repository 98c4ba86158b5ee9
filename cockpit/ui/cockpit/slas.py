"""Running deadlines in business hours, the nearest first."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from cockpit.locale import N_, _
from cockpit.services.boards.board import Board
from cockpit.services.desk.row import Row
from cockpit.services.promises import rows
from cockpit.services.promises.kept import in_words
from cockpit.services.promises.open import SlaRow
from cockpit.ui.kit import painted
from cockpit.ui.kit.host import Target
from cockpit.ui.kit.pane import Pane
from cockpit.ui.promises.target import target_of
from cockpit.ui.widgets.rows import Item


class Slas(Pane[SlaRow | Row]):
    """What providers owe, in the hours of their contracts."""

    NUMBER = 3
    TITLE = N_("Service agreements (SLA)")
    EMPTY = N_(
        "What providers owe you, in the business hours of their contracts."
        " Add sla:4ho to a blocker, or a resolution target to a contract (F3)."
    )

    def items_of(self, board: Board) -> Sequence[Item[SlaRow | Row]]:
        """Nearest due first: all of them where the keys are, else those that no blocker tells, and how many do."""
        told = {row.record.code for row in board.work.blockers} if not self._sees_all else frozenset()
        alone = [row for row in board.promises.slas if row.record.blocker not in told]
        items: list[Item[SlaRow | Row]] = [Item(row.record.code, row) for row in alone]
        if len(alone) < len(board.promises.slas):
            items.append(Item("told", rows.elsewhere(len(board.promises.slas) - len(alone))))
        return items

    @property
    def _sees_all(self) -> bool:
        return self.has_focus or self.filter is not None

    def wanted(self, width: int) -> int:
        """Clocks that blockers tell ask for no line of their own: their number stands in the title."""
        told = [item for item in self.items if isinstance(item.data, Row)]
        return 0 if len(told) == len(self.items) > 0 else super().wanted(width)

    def draw(self, data: SlaRow | Row, width: int, board: Board) -> Content:
        """One line each."""
        return painted.line(data if isinstance(data, Row) else rows.sla(data, board.at, board.names), width)

    def watch_has_focus(self, has_focus: bool) -> None:
        """Whoever comes here sees all of them."""
        super().watch_has_focus(has_focus)
        if self.board is not None:
            self.show(self.items_of(self.board))

    def counts(self, board: Board) -> str:
        """How many run, and how many were kept."""
        if not board.promises.running and not board.promises.kept.count:
            return ""
        text = _("{n} running").format(n=board.promises.running)
        if not board.promises.kept.count:
            return text
        return f"{text} · " + _("{share} kept (90 d)").format(share=in_words(board.promises.kept))

    def target_of(self, item: Item[SlaRow | Row]) -> Target:
        """The clock, and the blocker behind it."""
        return Target() if isinstance(item.data, Row) else target_of(item.data)
