"""The cockpit: eight panes over one snapshot, each as high as what it holds; a ninth while it is being set up."""

from __future__ import annotations

from typing import Any, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical
from textual.content import Content
from textual.widget import Widget

from cockpit.assets import asset_dir
from cockpit.domain.dataclasses import replace
from cockpit.domain.morning.review import STEPS
from cockpit.domain.text import fold
from cockpit.locale import _
from cockpit.services.boards.board import Board
from cockpit.services.settings import look
from cockpit.ui.cockpit.alerts import Alerts
from cockpit.ui.cockpit.arrangement import ALL, LAYOUTS, Arrangement
from cockpit.ui.cockpit.blockers import Blockers
from cockpit.ui.cockpit.inbox import Inbox
from cockpit.ui.cockpit.meetings import Meetings
from cockpit.ui.cockpit.next_things import NextThings
from cockpit.ui.cockpit.priorities import Priorities
from cockpit.ui.cockpit.providers import Providers
from cockpit.ui.cockpit.slas import Slas
from cockpit.ui.cockpit.today import Today
from cockpit.ui.kit import visuals
from cockpit.ui.kit.host import Target
from cockpit.ui.kit.kinds import Kind
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
    # In the order of the eye: what I do, what stops me, what runs out, what the day holds, what asks for me.
    ORDER: ClassVar[tuple[type[Pane[Any]], ...]] = (
        Priorities, Blockers, Slas, Meetings, NextThings, Today, Alerts, Providers, Inbox,
    )  # fmt: skip

    _worked_on: Pane[Any] | None = None
    """The pane where the keys are, or were before the bar was opened."""
    _zoomed = ""
    """The pane that is alone on the screen, by its id."""
    _layout = ALL
    _shown_panes: tuple[str, ...] = LAYOUTS[ALL][1]
    """The panes of the layout, by their ids."""

    def __init__(self) -> None:
        super().__init__()
        self.panes: list[Pane[Any]] = [kind() for kind in self.ORDER]
        """In the order of Tab."""

    def body(self) -> list[Widget]:
        """The work at the left and what stands around it at the right; the style sheet stacks them where room lacks."""
        priorities, blockers, slas, meetings, first, today, *asks = self.panes
        around = Container(Vertical(today, id="day"), Vertical(*asks, id="asks"), id="around")
        return [Vertical(priorities, blockers, slas, meetings, first, id="work"), around]

    def begin(self) -> None:
        """Start on the first pane of the layout that was chosen."""
        kept = look.layout(self.cockpit.workspace)
        layouts = self._layouts
        self._layout = kept if kept in layouts else ALL
        self._shown_panes = layouts[self._layout][1]
        self._standing[0].focus()
        self.share_room()

    def show_board(self, board: Board) -> None:
        """Every pane shows its part, in the room that it needs."""
        super().show_board(board)
        for pane in self.panes:
            pane.show_board(board)
        if isinstance(self.focused, Pane) and self.focused not in self._there:
            self._enter(self._standing[0])
        self.share_room()
        self.show_keys()

    @property
    def _layouts(self) -> dict[str, tuple[str, tuple[str, ...]]]:
        """Those that come ready, then those of this person's own making."""
        own = look.own_layouts(self.cockpit.workspace)
        ids = {pane.NUMBER: pane.id or "" for pane in self.panes if pane.NUMBER}
        made = {name: (name, tuple(ids[n] for n in numbers if n in ids)) for name, numbers in own.items()}
        return {**LAYOUTS, **made}

    @property
    def _standing(self) -> list[Pane[Any]]:
        """The panes of the layout, in the order of Tab."""
        return [pane for pane in self._there if pane.id in self._shown_panes]

    def share_room(self) -> None:
        """Give each pane the lines that its rows take; what lacks is folded where it matters least."""
        width, height = self.size.width or self.app.size.width, self.size.height or self.app.size.height
        shape = Arrangement(width, height, frozenset(self._shown_panes))
        for pane in self.panes:
            pane.set_row_height(shape.row_height(type(pane)))
        if isinstance(self.focused, Pane):
            self._worked_on = self.focused
        # While something is asked, the rows that it is asked about stay in view.
        focused = self._worked_on if self.asking or isinstance(self.focused, Pane) else None
        there = self._there
        wants = {pane.id or "": pane.wanted(shape.width_of(pane.id or "")) for pane in there}
        step = {pane.id or "": pane.row_height for pane in there}
        heights = shape.heights(wants, first=focused.id if focused else None, alone=self._zoomed, step=step)
        for pane in self.panes:
            lines = heights.get(pane.id or "", 0)
            pane.display = lines > 0
            pane.styles.height = lines

    @on(Rows.Narrowed)
    def _narrowed(self) -> None:
        """Other rows, other heights."""
        self.share_room()

    def target(self) -> Target:
        """What the cursor of the focused pane is on."""
        found = self.focused.target() if isinstance(self.focused, Pane) else Target()
        return replace(found, kinds=found.kinds | {Kind.PANES})

    def follow(self, code: str) -> None:
        """Put the cursor on a record that was just written, in the pane that shows it."""
        for pane in self.panes:
            if pane.select(code):
                return

    def whereabouts(self) -> Content:
        """That one pane is alone on the screen; the review that was left."""
        left = self.cockpit.board.review
        if left is not None:
            at, count = left.step + 1, len(STEPS)
            return Content.styled(
                _("m goes on with the review ({at}/{all})").format(at=at, all=count), "$accent"
            )
        if self._zoomed:
            return Content.styled(_("z brings the other panes back"), visuals.MUTED)
        if self._layout != ALL:
            name = _(LAYOUTS[self._layout][0]) if self._layout in LAYOUTS else self._layout
            return Content.styled(_("layout: {name} · Z").format(name=name), visuals.MUTED)
        return Content("")

    @property
    def _there(self) -> list[Pane[Any]]:
        """The panes, without one that goes when it holds nothing."""
        return [pane for pane in self.panes if pane.items or not pane.GOES]

    def action_pane(self, by: int) -> None:
        """The next pane."""
        here = self.focused
        # A pane that came by its number stands among the others as long as the keys are in it.
        panes = [pane for pane in self.panes if pane in self._standing or pane is here]
        at = panes.index(here) if isinstance(here, Pane) else -by
        self._enter(panes[(at + by) % len(panes)])

    def go_number(self, number: int) -> None:
        """The pane with that number."""
        self._enter(next(pane for pane in self.panes if number == pane.NUMBER))

    def zoom(self) -> None:
        """The focused pane alone on the screen, and back."""
        if isinstance(self.focused, Pane):
            self._zoomed = "" if self._zoomed else self.focused.id or ""
            self.share_room()
            self.cockpit.refresh_banner()

    def next_layout(self) -> None:
        """The next of the layouts, kept for whoever is at the keyboard."""
        names = list(self._layouts)
        at = names.index(self._layout) if self._layout in names else -1
        self._wear(names[(at + 1) % len(names)])

    def name_layout(self) -> None:
        """Ask which panes a layout of one's own has, and how it is called."""
        from cockpit.ui.cockpit.layout_question import own_layout

        def keep(name: str, numbers: tuple[int, ...]) -> str:
            look.keep_own_layout(self.cockpit.workspace, name, numbers)
            if numbers:
                self._wear(name)
                return _("layout {name} kept: Z goes through them").format(name=name)
            self._wear(ALL)
            return _("layout {name} let go").format(name=name)

        titles = {pane.NUMBER: _(pane.TITLE) for pane in self.panes if pane.NUMBER}
        now = " ".join(str(pane.NUMBER) for pane in self._standing if pane.NUMBER)
        taken = frozenset(LAYOUTS) | {fold(_(title)) for title, _panes in LAYOUTS.values()}
        own = frozenset(look.own_layouts(self.cockpit.workspace))
        self.ask(own_layout(now, titles, taken, own, keep))

    def _wear(self, name: str) -> None:
        self._layout, self._zoomed = name, ""
        self._shown_panes = self._layouts[name][1]
        look.keep_layout(self.cockpit.workspace, self._layout)
        if self.focused not in self._standing:
            self._enter(self._standing[0])
        self.share_room()
        self.cockpit.refresh_banner()

    def on_descendant_focus(self) -> None:
        """The pane that is worked on unfolds first where room lacks."""
        if isinstance(self.focused, Pane) and not self.asking:
            self.share_room()

    def on_resize(self) -> None:
        """Another size, another arrangement."""
        self.share_room()

    def _enter(self, pane: Pane[Any]) -> None:
        if self._zoomed:
            self._zoomed = pane.id or ""
        pane.display = True
        pane.focus()
        self.share_room()

    @on(Rows.Opened)
    def _open(self, event: Rows.Opened) -> None:
        if not isinstance(event.rows, Pane):
            return
        target = event.rows.target_of(event.item)
        if Kind.FIRST_THING in target.kinds:
            self.cockpit.action_do("beginning.do")
        else:
            self.cockpit.open_target(target)

    @on(Pane.Unfolded)
    def _unfolded(self) -> None:
        self.share_room()
