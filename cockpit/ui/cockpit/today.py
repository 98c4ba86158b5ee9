"""Today's agenda: the merged feeds, where we are in the day, overlaps and free stretches."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from textual.content import Content

from cockpit.domain.agenda.events import Event
from cockpit.domain.dataclasses import dataclass
from cockpit.domain.registers.hold import Hold
from cockpit.locale import N_
from cockpit.services.agenda.feeds import Gap
from cockpit.services.boards.board import Board
from cockpit.ui.cockpit.pane import Pane
from cockpit.ui.kit.place import Target
from cockpit.ui.week import rows
from cockpit.ui.widgets.rows import Item


@dataclass(frozen=True)
class Now:
    """The line between what was and what comes."""

    at: datetime


@dataclass(frozen=True)
class Shown:
    """An event with what the day says about it."""

    event: Event
    clash: bool
    past: bool


class Today(Pane):
    """What the day holds."""

    TITLE = N_("Today")
    EMPTY = N_("Nothing in the agenda today. Feeds are listed in config.toml under [[agenda]]; s reads them.")

    def items_of(self, board: Board) -> Sequence[Item]:
        """Events, free gaps and the now-line, in the order of the day; all-day first."""
        timed: list[tuple[datetime, int, Item]] = [
            (
                item.start,
                2,
                Item(
                    f"event:{item.uid}:{item.start.isoformat()}",
                    Shown(item, item.uid in board.clashing, item.end <= board.at),
                ),
            )
            for item in board.events
            if not item.all_day
        ]
        if not board.events and not board.holds:
            return []
        timed += [
            (gap.start, 1, Item(f"gap:{gap.start.isoformat()}", gap, heading=True)) for gap in board.gaps
        ]
        timed += [(hold.starts_at or board.at, 2, Item(hold.code, hold)) for hold in board.holds]
        timed.append((board.at, 0, Item("now", Now(board.at.replace(second=0, microsecond=0)), heading=True)))
        timed.sort(key=lambda entry: entry[:2])
        days = [
            Item(f"event:{item.uid}:day", Shown(item, False, False)) for item in board.events if item.all_day
        ]
        return [*days, *(item for _at, _order, item in timed)]

    def draw(self, data: object, width: int, board: Board) -> Content:
        """One line each."""
        if isinstance(data, Now):
            return rows.now_line(width, data.at)
        if isinstance(data, Gap):
            return rows.gap(data, width)
        if isinstance(data, Hold):
            return rows.hold(data, width, board.at)
        assert isinstance(data, Shown)
        return rows.event(data.event, width, clash=data.clash, past=data.past)

    def show_board(self, board: Board) -> None:
        """The day opens where one is in it: on the event that runs, else on the next one."""
        first = self.board is None or not self.items
        super().show_board(board)
        if first:
            ahead = (item for item in self.items if isinstance(item.data, Shown) and not item.data.past)
            timed = next((item for item in ahead if not item.data.event.all_day), None)  # type: ignore[attr-defined]
            if timed is not None:
                self.select(timed.key)

    def counts(self, board: Board) -> str:
        """The age of the oldest feed and its repairs."""
        return rows.feed_note(board.feeds, board.at)

    def target_of(self, item: Item) -> Target:
        """An event, or time that is kept."""
        if isinstance(item.data, Hold):
            return Target(frozenset({"agenda", "record"}), item.key, item.data)
        assert isinstance(item.data, Shown)
        kinds = {"agenda", "event"} if item.data.event.occurrence.link else {"agenda"}
        return Target(frozenset(kinds), item.key, item.data)

    def target(self) -> Target:
        """The agendas can be looked at on a day without events too."""
        found = super().target()
        return found if found.kinds else Target(frozenset({"agenda"}))
