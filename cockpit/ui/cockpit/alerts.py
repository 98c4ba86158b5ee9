"""A handful of lines about what needs somebody now."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from cockpit.domain.alerts.alerts import Alert
from cockpit.locale import N_, _, ngettext
from cockpit.services.boards.board import Board
from cockpit.ui.alerts import rows
from cockpit.ui.kit.host import Target
from cockpit.ui.kit.kinds import OF_CODE, Kind
from cockpit.ui.kit.pane import Pane
from cockpit.ui.widgets.rows import Item


class Alerts(Pane[Alert]):
    """Derived from everything else; opening one opens what it is about."""

    TITLE = N_("Alerts")
    EMPTY = N_("Nothing needs you now.")

    def items_of(self, board: Board) -> Sequence[Item[Alert]]:
        """Worst first."""
        return [Item(item.key, item) for item in board.urgent]

    def draw(self, data: Alert, width: int, board: Board) -> Content:
        """One line each."""
        return rows.alert(data, width, board.names)

    def counts(self, board: Board) -> str:
        """How many, and how many more are held back."""
        if not board.alerts:
            return ""
        shown = len(board.urgent)
        text = ngettext("{n} alert", "{n} alerts", shown).format(n=shown)
        return f"{text} · " + _("{n} more").format(n=board.alerts_more) if board.alerts_more else text

    def target_of(self, item: Item[Alert]) -> Target:
        """What the alert is about."""
        target = item.data.target
        about = OF_CODE.get(target.partition("-")[0], frozenset())
        return Target(about | {Kind.ALERT}, target, item.data)
