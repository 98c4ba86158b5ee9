"""Running deadlines in business hours, the nearest first."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from cockpit.locale import N_, _
from cockpit.services.boards.board import Board
from cockpit.services.promises import rows
from cockpit.services.promises.kept import in_words
from cockpit.services.promises.open import SlaRow
from cockpit.ui.kit import painted
from cockpit.ui.kit.host import Target
from cockpit.ui.kit.pane import Pane
from cockpit.ui.promises.target import target_of
from cockpit.ui.widgets.rows import Item


class Slas(Pane[SlaRow]):
    """What providers owe, in the hours of their contracts."""

    TITLE = N_("Service agreements (SLA)")
    EMPTY = N_(
        "What providers owe you, in the business hours of their contracts."
        " Add sla:4ho to a blocker, or a resolution target to a contract (3)."
    )

    def items_of(self, board: Board) -> Sequence[Item[SlaRow]]:
        """Nearest due first."""
        return [Item(row.record.code, row) for row in board.promises.slas]

    def draw(self, data: SlaRow, width: int, board: Board) -> Content:
        """One line each."""
        return painted.line(rows.sla(data, board.at, board.names), width)

    def counts(self, board: Board) -> str:
        """How many run, and how many were kept."""
        if not board.promises.running and not board.promises.kept.count:
            return ""
        text = _("{n} running").format(n=board.promises.running)
        if not board.promises.kept.count:
            return text
        return f"{text} · " + _("{share} kept (90 d)").format(share=in_words(board.promises.kept))

    def target_of(self, item: Item[SlaRow]) -> Target:
        """The clock, and the blocker behind it."""
        return target_of(item.data)
