"""A handful of lines about what needs somebody now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.content import Content

from cockpit.domain.alerts.alerts import Alert, ShownAlerts, within_budget
from cockpit.locale import N_
from cockpit.services.alerts import rows
from cockpit.services.boards.board import Board
from cockpit.services.boards.once import told_and_not
from cockpit.services.desk.row import Row
from cockpit.ui.kit import painted
from cockpit.ui.kit.host import Target
from cockpit.ui.kit.kinds import OF_CODE, Kind
from cockpit.ui.kit.pane import Pane
from cockpit.ui.widgets.rows import Item


class Alerts(Pane[Alert | Row]):
    """Derived from everything else; opening one opens what it is about."""

    NUMBER = 6
    TITLE = N_("Alerts")
    EMPTY = N_("Nothing needs you now.")

    def __init__(self) -> None:
        super().__init__()
        self.unfolded: set[str] = set()
        """Which of the lines that stand for others were opened."""

    def items_of(self, board: Board) -> Sequence[Item[Alert | Row]]:
        """The worst that fit; a line for the others, for those that other rows tell, and for what is to complete.

        Each of these lines opens on them.
        """
        said, asking, shown = self._sorted(board)
        if self.filter is not None:
            # A filter looks under what is folded too.
            return [Item(item.key, item) for item in (*asking, *said)]
        items: list[Item[Alert | Row]] = [Item(item.key, item) for item in shown.lines]
        calls = len(shown.lines) + shown.rest
        behind = {"rest": asking[len(shown.lines) : calls], "told": said, "to_complete": asking[calls:]}
        for key, row in rows.folds(shown, len(said)):
            items.append(Item(key, row))
            if key in self.unfolded:
                items += [Item(item.key, item) for item in behind[key]]
        over = (
            Item(f"over:{each.key}", rows.over(each, board.at), heading=True) for each in board.alerts.over
        )
        return [*items, *over]

    def draw(self, data: Alert | Row, width: int, board: Board) -> Content:
        """One line each."""
        return painted.line(data if isinstance(data, Row) else rows.alert(data, board.names), width)

    def counts(self, board: Board) -> str:
        """How many are shown of how many."""
        said, _asking, shown = self._sorted(board)
        return rows.count(shown, len(said))

    @staticmethod
    def _sorted(board: Board) -> tuple[list[Alert], list[Alert], ShownAlerts]:
        """Those that other rows tell, the others, and what of these is shown."""
        said, asking = told_and_not(board)
        return said, asking, within_budget(asking)

    def action_open(self) -> None:
        """Open what an alert is about; a line that stands for others opens on them, and closes again."""
        item = self.selected
        if item is None or not isinstance(item.data, Row) or self.board is None:
            super().action_open()
            return
        self.unfolded ^= {item.key}
        self.show(self.items_of(self.board))
        self.post_message(self.Unfolded())

    def mark(self, keys: Iterable[str]) -> None:
        """Alerts only: a line that stands for others is none."""
        folds = {item.key for item in self.items if isinstance(item.data, Row)}
        super().mark(set(keys) - folds)

    def target_of(self, item: Item[Alert | Row]) -> Target:
        """What the alert is about."""
        if isinstance(item.data, Row):
            return Target()
        target = item.data.target
        about = OF_CODE.get(target.partition("-")[0], frozenset())
        return Target(about | {Kind.ALERT}, target, item.data)
