"""The next five things of a new cockpit: gone by themselves, one by one, as they are done or put aside."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from cockpit.domain.beginning import FirstThing
from cockpit.locale import N_, _
from cockpit.services.beginning import next_things
from cockpit.services.boards.board import Board
from cockpit.ui.kit import painted
from cockpit.ui.kit.host import Target
from cockpit.ui.kit.kinds import Kind
from cockpit.ui.kit.pane import Pane
from cockpit.ui.widgets.rows import Item


class NextThings(Pane[FirstThing]):
    """What a cockpit that is being set up lacks most."""

    GOES = True
    TITLE = N_("The next five things")

    def items_of(self, board: Board) -> Sequence[Item[FirstThing]]:
        """What helps most first."""
        return [Item(each.id, each) for each in board.next_things]

    def draw(self, data: FirstThing, width: int, board: Board) -> Content:
        """What to do, and what it gives."""
        return painted.line(next_things.row(data), width)

    def counts(self, board: Board) -> str:
        """How one moves in it."""
        return _("⏎ does it · x not for us") if board.next_things else ""

    def target_of(self, item: Item[FirstThing]) -> Target:
        """The thing."""
        return Target(frozenset({Kind.FIRST_THING}), "", item.data)
