"""Where the panes of the cockpit stand in a terminal of a size, and who gets the lines that lack."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cockpit.domain.dataclasses import dataclass
from cockpit.locale import N_
from cockpit.ui.cockpit.heights import shared
from cockpit.ui.kit.pane import Pane

Turn = tuple[str, int]
AROUND = 3
"""Lines of the screen that are no pane's: the two of the banner and the keys."""
WORK, DAY, ASKS = (
    ("priorities", "blockers", "slas", "meetings", "nextthings"),
    ("today",),
    ("alerts", "providers", "inbox"),
)
TURNS: tuple[Turn, ...] = (
    ("priorities", 3), ("blockers", 3), ("today", 3), ("alerts", 2), ("nextthings", 2), ("slas", 1), ("providers", 1),
    ("meetings", 1), ("inbox", 1), ("blockers", 5), ("today", 0), ("alerts", 0), ("priorities", 5),
    ("blockers", 0), ("priorities", 0), ("meetings", 0), ("slas", 0), ("nextthings", 0),
    ("inbox", 0), ("providers", 0),
)  # fmt: skip
"""What is given in turn: first what a glance needs, then the rest, and last what folds first."""
_FIRST = {"priorities": 3}
"""Rows that the pane takes at once where the keys are, where that is not all of them: the three of the day."""
_LEFT = 0.6
"""The share of a wide terminal that the work takes."""


ALL = "all"
LAYOUTS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    ALL: (N_("everything"), (*WORK, *DAY, *ASKS)),
    "morning": (N_("morning"), ("priorities", "blockers", "today", "alerts")),
    "wall": (N_("on the wall"), ("blockers", "slas", "meetings", "today", "providers")),
}
"""Which panes stand on the screen: by name, what it is called and its panes. The others come by their number."""


@dataclass(frozen=True)
class Arrangement:
    """The room that the panes have, in one of three shapes."""

    width: int
    height: int
    shown: frozenset[str] = frozenset(LAYOUTS[ALL][1])
    """The panes that have some."""

    @property
    def wide(self) -> bool:
        """Whether the work stands at the left of all the rest."""
        return self.width >= 130

    @property
    def narrow(self) -> bool:
        """Whether every pane stands under the one before."""
        return self.width < 90

    def width_of(self, pane: str) -> int:
        """Cells of a pane, from edge to edge."""
        if self.narrow or (pane in WORK and not self.wide):
            return self.width
        left = int(self.width * _LEFT)
        return (left if pane in WORK else self.width - left) if self.wide else self.width // 2

    def row_height(self, kind: type[Pane[Any]]) -> int:
        """Lines of a row: one where lines are dear."""
        return 1 if self.narrow else kind.ROW_HEIGHT

    def heights(
        self, wants: Mapping[str, int], *, first: str | None, alone: str, step: Mapping[str, int]
    ) -> dict[str, int]:
        """The height of each pane; `first` is given its rows before the others, `alone` has it all."""
        room = max(0, self.height - AROUND)
        if alone:
            return {alone: room}
        wants = {pane: lines for pane, lines in wants.items() if pane in self.shown or pane == first}
        if self.wide:
            left = self._column(room, WORK, wants, TURNS, step)
            return left | self._column(room, DAY + ASKS, wants, TURNS, step)
        turns: tuple[Turn, ...] = ((first, _FIRST.get(first, 0)), *TURNS) if first else TURNS
        if self.narrow:
            return self._column(room, (*WORK, *DAY, *ASKS), wants, turns, step)
        below = max(self._whole(DAY, wants), self._whole(ASKS, wants))
        above = self._whole(WORK, wants)
        # The work comes first, yet what is around it keeps two fifths of what both cannot have.
        above = (
            min(above, max(room - below, room * 3 // 5))
            if first not in (*DAY, *ASKS)
            else min(above, max(room - below, room * 2 // 5))
        )
        lower = room - above
        return (
            self._column(above, WORK, wants, turns, step)
            | self._column(lower, DAY, wants, turns, step)
            | self._column(lower, ASKS, wants, turns, step)
        )

    @staticmethod
    def _whole(panes: tuple[str, ...], wants: Mapping[str, int]) -> int:
        return sum(wants[pane] + 1 for pane in panes if pane in wants)

    @staticmethod
    def _column(
        room: int,
        panes: tuple[str, ...],
        wants: Mapping[str, int],
        turns: tuple[Turn, ...],
        step: Mapping[str, int],
    ) -> dict[str, int]:
        return shared(room, {pane: wants[pane] for pane in panes if pane in wants}, turns, step)
