"""A handful of lines about what needs somebody now."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from cockpit.domain.alerts.alerts import Alert
from cockpit.locale import N_
from cockpit.services.alerts import rows
from cockpit.services.boards.board import Board
from cockpit.services.desk.row import Row
from cockpit.ui.cockpit.pane import Pane
from cockpit.ui.kit import painted
from cockpit.ui.kit.place import Target
from cockpit.ui.widgets.rows import Item


class Alerts(Pane):
    """Derived from everything else; opening one opens what it is about."""

    TITLE = N_("Alerts")
    EMPTY = N_("Nothing needs you now.")

    def __init__(self) -> None:
        super().__init__()
        self.unfolded: set[str] = set()
        """Which of the lines that stand for others were opened."""

    def items_of(self, board: Board) -> Sequence[Item]:
        """The worst that fit; a line for the others and one for what is to complete, each followed by them."""
        shown = board.urgent
        items = [Item(item.key, item) for item in shown.lines]
        asking = board.alerts[len(shown.lines) : len(shown.lines) + shown.rest]
        behind = {"rest": asking, "to_complete": board.alerts[len(shown.lines) + shown.rest :]}
        for key, row in rows.folds(shown):
            items.append(Item(key, row))
            if key in self.unfolded:
                items += [Item(item.key, item) for item in behind[key]]
        return items + [
            Item(f"over:{each.key}", rows.over(each, board.at), heading=True) for each in board.alerts_over
        ]

    def draw(self, data: object, width: int, board: Board) -> Content:
        """One line each."""
        if isinstance(data, Row):
            return painted.line(data, width)
        assert isinstance(data, Alert)
        return painted.line(rows.alert(data, board.names), width)

    def counts(self, board: Board) -> str:
        """How many are shown of how many."""
        return rows.count(board.urgent)

    def action_open(self) -> None:
        """Open what an alert is about; a line that stands for others opens on them, and closes again."""
        item = self.selected
        if item is None or not isinstance(item.data, Row) or self.board is None:
            super().action_open()
            return
        self.unfolded ^= {item.key}
        self.show(self.items_of(self.board))

    def target_of(self, item: Item) -> Target:
        """What the alert is about."""
        if isinstance(item.data, Row):
            return Target()
        assert isinstance(item.data, Alert)
        target = item.data.target
        kinds = {"B": {"blocker", "record"}, "P": {"priority", "record"}}
        return Target(frozenset({"alert"} | kinds.get(target.partition("-")[0], set())), target, item.data)
