"""Running deadlines in business hours, the nearest first."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from cockpit.locale import N_, _
from cockpit.services.boards.board import Board
from cockpit.services.promises.open import SlaRow
from cockpit.ui.kit.host import Target
from cockpit.ui.kit.pane import Pane
from cockpit.ui.promises import rows
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
        return [Item(row.record.code, row) for row in board.slas]

    def draw(self, data: SlaRow, width: int, board: Board) -> Content:
        """One line each."""
        return rows.sla_row(data, width, board.at, board.names)

    def counts(self, board: Board) -> str:
        """How many run, and how many were kept."""
        kept, closed = board.sla_kept
        if not board.slas_running and not closed:
            return ""
        text = _("{n} running").format(n=board.slas_running)
        # A percentage of a handful says nothing: counts until there are ten.
        if not closed:
            return text
        if closed >= 10:
            return f"{text} · " + _("{n} % kept (90 d)").format(n=kept * 100 // closed)
        return f"{text} · " + _("{kept}/{closed} kept (90 d)").format(kept=kept, closed=closed)

    def target_of(self, item: Item[SlaRow]) -> Target:
        """The clock, and the blocker behind it."""
        return target_of(item.data)
