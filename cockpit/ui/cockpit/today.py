"""Today's agenda: the merged feeds, where we are in the day, overlaps and free stretches."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from textual.content import Content

from cockpit.domain.agenda.events import Event
from cockpit.domain.dataclasses import dataclass
from cockpit.domain.registers.hold import Hold
from cockpit.locale import N_, _
from cockpit.services.agenda import rows
from cockpit.services.agenda.feeds import Gap
from cockpit.services.boards.board import Board
from cockpit.services.work.rows import hold
from cockpit.ui.kit import painted
from cockpit.ui.kit.host import Target
from cockpit.ui.kit.kinds import Kind
from cockpit.ui.kit.pane import Pane
from cockpit.ui.week.day_rows import DayEvent, Now
from cockpit.ui.widgets.rows import Item


@dataclass(frozen=True)
class AllDay:
    """Everything that lasts all day."""

    events: tuple[Event, ...]


DayRow = Now | Gap | Hold | DayEvent | AllDay
_ANY = frozenset({Kind.AGENDA})


class Today(Pane[DayRow]):
    """What the day holds."""

    NUMBER = 5
    TITLE = N_("Today")
    EMPTY = N_(
        "Nothing in the agenda today. R opens the settings: an agenda is added there; s reads them all."
    )

    def items_of(self, board: Board) -> Sequence[Item[DayRow]]:
        """Events, free gaps and the now-line, in the order of the day; all-day first."""
        timed: list[tuple[datetime, int, Item[DayRow]]] = [
            (
                item.start,
                2,
                Item(
                    f"event:{item.uid}:{item.start.isoformat()}",
                    DayEvent(item, item.uid in board.today.clashing, item.end <= board.at),
                ),
            )
            for item in board.today.events
            if not item.all_day
        ]
        if not board.today.events and not board.today.holds:
            return []
        timed += [
            (gap.start, 1, Item(f"gap:{gap.start.isoformat()}", gap, heading=True))
            for gap in board.today.gaps
        ]
        timed += [(hold.starts_at or board.at, 2, Item(hold.code, hold)) for hold in board.today.holds]
        timed.append((board.at, 0, Item("now", Now(board.at.replace(second=0, microsecond=0)), heading=True)))
        timed.sort(key=lambda entry: entry[:2])
        return [*self._all_day(board), *(item for _at, _order, item in timed)]

    def _all_day(self, board: Board) -> list[Item[DayRow]]:
        """What lasts all day: in one line, each in its own where the keys are."""
        whole = tuple(item for item in board.today.events if item.all_day)
        if len(whole) > 1 and not self.has_focus and self.filter is None:
            return [Item("all-day", AllDay(whole), heading=True)]
        return [Item(f"event:{item.uid}:day", DayEvent(item, False, False)) for item in whole]

    def watch_has_focus(self, has_focus: bool) -> None:
        """Whoever comes here can open each of what lasts all day."""
        super().watch_has_focus(has_focus)
        if self.board is not None:
            self.show(self.items_of(self.board))

    def draw(self, data: DayRow, width: int, board: Board) -> Content:
        """One line each."""
        if isinstance(data, Now):
            return painted.now_line(data.at, width)
        if isinstance(data, AllDay):
            return painted.line(rows.all_day(data.events), width)
        if isinstance(data, Gap):
            return painted.line(rows.gap(data), width)
        if isinstance(data, Hold):
            return painted.line(hold(data, board.at), width)
        return painted.line(rows.event(data.event, clash=data.clash, past=data.past), width)

    def show_board(self, board: Board) -> None:
        """The day opens where one is in it: on the event that runs, else on the next one."""
        first = self.board is None or not self.items
        super().show_board(board)
        if first:
            for item in self.items:
                if isinstance(item.data, DayEvent) and not item.data.past and not item.data.event.all_day:
                    self.select(item.key)
                    break

    def counts(self, board: Board) -> str:
        """The age of the oldest feed and its repairs; of the past, that no agenda is kept as it once was."""
        if self.cockpit.workspace.stands_at is not None:
            return _("agendas as they are known now")
        return rows.feeds_note(board.outside.feeds, board.at)

    def target_of(self, item: Item[DayRow]) -> Target:
        """An event, or time that is kept."""
        if isinstance(item.data, Hold):
            return Target(_ANY | {Kind.RECORD}, item.key, item.data, record=item.data)
        if not isinstance(item.data, DayEvent):
            return Target(_ANY)
        link = {Kind.EVENT} if item.data.event.occurrence.link else set()
        return Target(_ANY | link, item.key, item.data)

    def target(self) -> Target:
        """The agendas can be looked at on a day without events too."""
        found = super().target()
        return found if found.kinds else Target(_ANY)
