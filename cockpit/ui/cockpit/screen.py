"""The cockpit: eight panes over one snapshot, three columns, two, or one at a time."""

from __future__ import annotations

from typing import Any, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget

from cockpit.assets import asset_dir
from cockpit.domain.morning.review import STEPS
from cockpit.locale import _
from cockpit.services.boards.board import Board
from cockpit.ui.cockpit.alerts import Alerts
from cockpit.ui.cockpit.blockers import Blockers
from cockpit.ui.cockpit.inbox import Inbox
from cockpit.ui.cockpit.meetings import Meetings
from cockpit.ui.cockpit.priorities import Priorities
from cockpit.ui.cockpit.providers import Providers
from cockpit.ui.cockpit.slas import Slas
from cockpit.ui.cockpit.today import Today
from cockpit.ui.kit import visuals
from cockpit.ui.kit.host import Target
from cockpit.ui.kit.pane import Pane
from cockpit.ui.kit.place import Place
from cockpit.ui.widgets.rows import Rows


class CockpitScreen(Place):
    """The screen that stays open."""

    CSS_PATH = asset_dir("styles") / "cockpit.tcss"
    NAME = "cockpit"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab,right", "pane(1)", show=False, priority=False),
        Binding("shift+tab,left", "pane(-1)", show=False, priority=False),
    ]
    # In the order of the morning: what I do, what stops me, what runs out, what the day holds.
    ORDER: ClassVar[tuple[type[Pane[Any]], ...]] = (
        Priorities, Blockers, Slas, Meetings, Today, Providers, Inbox, Alerts,
    )  # fmt: skip
    COLUMNS: ClassVar[tuple[tuple[type[Pane[Any]], ...], ...]] = (
        (Priorities, Blockers),
        (Slas, Meetings, Providers),
        (Today, Alerts, Inbox),
    )

    def __init__(self) -> None:
        super().__init__()
        self.panes: list[Pane[Any]] = [kind() for kind in self.ORDER]
        """In the order of Tab."""

    def body(self) -> list[Widget]:
        """Three columns; the style sheet stacks them in smaller terminals."""
        by_kind = {type(pane): pane for pane in self.panes}
        # The first one is shown where only one is: born so, nothing is styled twice.
        self.panes[0].add_class("-current", update=False)
        return [
            Vertical(
                *(by_kind[kind] for kind in column),
                id=f"column-{index}",
                classes="-current" if self.ORDER[0] in column else None,
            )
            for index, column in enumerate(self.COLUMNS, 1)
        ]

    def begin(self) -> None:
        """Start on the first pane."""
        self.panes[0].focus()

    def show_board(self, board: Board) -> None:
        """Every pane shows its part."""
        super().show_board(board)
        for pane in self.panes:
            pane.show_board(board)
        self.show_keys()

    def target(self) -> Target:
        """What the cursor of the focused pane is on."""
        return self.focused.target() if isinstance(self.focused, Pane) else Target()

    def follow(self, code: str) -> None:
        """Put the cursor on a record that was just written, in the pane that shows it."""
        for pane in self.panes:
            if pane.select(code):
                return

    def whereabouts(self) -> Content:
        """Which of the panes is shown, when they are shown one at a time; the review that was left."""
        left = self.cockpit.board.review
        if left is not None:
            at, count = left.step + 1, len(STEPS)
            return Content.styled(
                _("m goes on with the review ({at}/{all})").format(at=at, all=count), "$accent"
            )
        if not self.one_at_a_time or not isinstance(self.focused, Pane):
            return Content("")
        at = self.panes.index(self.focused) + 1
        return Content.styled(
            _("Tab: next pane ({at}/{all})").format(at=at, all=len(self.ORDER)), visuals.MUTED
        )

    def action_pane(self, by: int) -> None:
        """The next pane."""
        panes = self.panes
        at = panes.index(self.focused) if isinstance(self.focused, Pane) else -by
        self._enter(panes[(at + by) % len(panes)])

    def on_descendant_focus(self) -> None:
        """One pane is shown at a time in a small terminal: the focused one."""
        if isinstance(self.focused, Pane) and self.one_at_a_time and not self.asking:
            self._show_only(self.focused)
            self.cockpit.refresh_banner()

    def on_resize(self) -> None:
        """The focused pane is the one that stays when the terminal becomes small."""
        if isinstance(self.focused, Pane):
            self._show_only(self.focused)

    @property
    def one_at_a_time(self) -> bool:
        """Whether the terminal is too small for more than one pane."""
        return self.has_class("-narrow") or self.has_class("-short")

    def _show_only(self, pane: Pane[Any]) -> None:
        for other in self.panes:
            other.set_class(other is pane, "-current")
        for column in self.query("#body > Vertical"):
            column.set_class(pane in column.children, "-current")

    def _enter(self, pane: Pane[Any]) -> None:
        if self.one_at_a_time:
            self._show_only(pane)
        pane.focus()

    @on(Rows.Opened)
    def _open(self, event: Rows.Opened) -> None:
        if isinstance(event.rows, Pane):
            self.cockpit.open_target(event.rows.target_of(event.item))
