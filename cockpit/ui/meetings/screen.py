"""Leading a flash point or a kick-off: prepare, one subject at a time, read back, close. Left and taken up at will."""

from __future__ import annotations

from textwrap import wrap
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Digits

from cockpit.assets import asset_dir
from cockpit.domain.meetings import facilitation as rules
from cockpit.domain.meetings import minutes as text
from cockpit.locale import _
from cockpit.services.boards.board import Board
from cockpit.services.meetings import live, minutes, running_order
from cockpit.services.meetings.minutes import Filed
from cockpit.ui.kit import keys, visuals
from cockpit.ui.meetings import lists, page
from cockpit.ui.meetings.live_keys import AFTER, BEFORE, LiveKeys
from cockpit.ui.widgets.banner import Banner
from cockpit.ui.widgets.key_bar import Hint, KeyBar
from cockpit.ui.widgets.panel import Panel
from cockpit.ui.widgets.rows import Item, Rows

_DIGITS = {"1": 1, "ampersand": 1, "2": 2, "é": 2, "3": 3, "quotation_mark": 3, "4": 4, "apostrophe": 4,
           "5": 5, "left_parenthesis": 5}  # fmt: skip


class LiveScreen(LiveKeys):
    """Opened by f or k. Escape leaves: a meeting that was begun goes on, and the same key takes it up."""

    CSS_PATH = asset_dir("styles") / "live.tcss"
    NAME = "live"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", show=False),
        # Before the list, which would scroll sideways; `check_action` leaves them to a line that is typed in.
        Binding("right", "right", show=False, priority=True),
        Binding("left", "left", show=False, priority=True),
        Binding("tab", "go(1)", show=False),
        Binding("shift+tab", "go(-1)", show=False),
        Binding("enter", "enter", show=False),
        *(Binding(key, f"mark({mark})", show=False) for key, mark in _DIGITS.items()),
    ]

    _listed = ""
    """The stage whose list was shown last: another one begins at its top."""

    def body(self) -> list[Widget]:
        """The head, two clocks, the subject, what can be chosen, and what is next."""
        return [
            Panel(self._head, id="live-head"),
            Horizontal(
                Digits("", id="total"), Digits("", id="box"), Panel(self._pace, id="pace"), id="clocks"
            ),
            Panel(self._subject, id="subject"),
            Rows(page.draw, id="items", empty=self._empty),
            Panel(self._foot, id="foot"),
        ]

    def on_mount(self) -> None:
        """A tick a second: only what is read of a clock is drawn again."""
        super().on_mount()
        if self.seen is not None:
            self._join(self.seen.code)
        self.set_interval(1.0, self.tick)

    def show_board(self, board: Board) -> None:
        """Read the meeting again: another process may have written in it."""
        self.workspace = self.cockpit.workspace
        if self.seen is not None:
            self.seen = live.view(self.workspace, self.seen.code)
            if self.filed is None and self.seen.meeting.closed_at is not None:
                self._done(minutes.stored(self.workspace, self.seen.code))
            elif self.filed is not None and self.seen.meeting.running:
                self.filed = None
        elif self.before is not None:
            self.before = running_order.prepare(self.workspace, self.kind)
        super().show_board(board)
        self.show()

    def show_banner(self, board: Board) -> None:
        """The screen is shared: what the cockpit says elsewhere is not for everybody."""
        app, width = self.cockpit, self.size.width or self.app.size.width
        left = Content.assemble((" COCKPIT ", "bold $accent"), (f" {board.company}", "bold"))
        right = Content.styled(f"{self.workspace.now():%H:%M} ", "bold")
        veil = _("restricted subjects are veiled (v)") if self.veiled else _("nothing is veiled (v)")
        said = app.told or app.standing_note
        told = Content.styled(said, "$success") if said else Content("")
        self.query_one(Banner).show(
            visuals.spread(width, left, right),
            visuals.spread(width, Content.styled(f" {veil}", visuals.MUTED if self.veiled else visuals.WARN),
                           told + Content(" ")),
        )  # fmt: skip

    def show(self) -> None:
        """Everything, after a key or after somebody else's."""
        if not self.query("#foot"):
            return
        stage = self.stage
        for name in (BEFORE, AFTER, rules.SUBJECT):
            self.set_class(stage == name, f"-{name}")
        self.set_class(stage not in (BEFORE, AFTER, rules.SUBJECT), "-listing")
        rows = self.query_one("#items", Rows)
        rows.repaint()
        rows.show([Item(f"{stage}:{row.about or n}", row, row.heading) for n, row in enumerate(self._rows())])
        if stage != self._listed:
            self._listed = stage
            rows.action_move(-len(rows.items))
        if not self.asking:
            (rows if stage != rules.SUBJECT else self).focus() if stage != rules.SUBJECT else self.set_focus(
                None
            )
        for name in ("live-head", "subject", "foot"):
            self.query_one(f"#{name}", Panel).refresh()
        self.tick()
        self.show_keys()

    def tick(self) -> None:
        """The clocks, and nothing else: who types is not interrupted."""
        if self.seen is None or self.filed is not None or not self.query("#box"):
            return
        pulse = self.cockpit.pulses.get(self.seen.code)
        if pulse is not None and pulse.tick():
            self.seen = live.view(self.workspace, self.seen.code)
        now = self.now
        self.query_one("#total", Digits).update(text.clock(now.total_s - now.elapsed_s))
        box = self.query_one("#box", Digits)
        box.update(text.clock(now.box_s() - now.in_step_s))
        for pace in page.PACES:
            box.set_class(now.colour == pace, f"-{pace}")
        self.query_one("#pace", Panel).refresh()

    def show_keys(self) -> None:
        """The keys that move first: without them nothing goes on."""
        super().show_keys()
        if not self.query(KeyBar) or self.asking:
            return
        hints, pinned = keys.bar(self.cockpit.actions, self.target().kinds)
        moves: list[Hint] = []
        if self.stage == BEFORE:
            moves = [("⏎", _("start"), "screen.enter")]
        elif self.stage != AFTER:
            moves = [("→", _("next"), "screen.go(1)"), ("←", _("back"), "screen.go(-1)")]
            if self.stage in (rules.READBACK, rules.VOTES):
                moves = [("tab", _("next"), "screen.go(1)"), ("c", _("close"), "app.do('live.close')")]
                hints = [hint for hint in hints if hint[0] != "c"]
        self.query_one(KeyBar).show([*moves, *hints], pinned)

    def _rows(self) -> list[page.Row]:
        names = dict(self.cockpit.board.names)
        if self.filed is not None:
            return list(page.texts(self._filed_lines(self.filed)))
        if self.seen is None:
            assert self.before is not None
            return [
                *page.subject_lines(self.before, names, self.veiled),
                *lists.plan(self.workspace, self.before),
            ]
        if self.stage == rules.VOTES:
            return list(page.votes(tuple(self.marks), self.seen.meeting.votes))
        return lists.rows(self.workspace, self.seen, self.cockpit.board, self.veiled)

    def _filed_lines(self, filed: Filed) -> list[str]:
        where = _("filed: {path}").format(path=filed.path) if filed.path else filed.fault
        width = max(20, self.size.width - 6)
        said = [where or _("minutes kept in the cockpit"), "", *filed.markdown.splitlines()]
        return [part for line in said for part in wrap(line, width) or [""]]

    def _empty(self) -> str:
        if self.stage == BEFORE:
            return _("No open blocker: b puts one on the agenda by its code, ⏎ starts all the same.")
        return _("Nothing here: → goes on.")

    def _names(self) -> dict[str, str]:
        return dict(self.cockpit.board.names)

    def _head(self, width: int) -> list[Content]:
        if self.seen is not None:
            return page.head(self.seen, self.now, self._names(), width)
        return page.before_head(self.before, self._names(), width) if self.before else []

    def _pace(self, _width: int) -> list[Content]:
        return [page.pace(self.now)] if self.seen else []

    def _subject(self, _width: int) -> list[Content]:
        return page.subject(self.seen, self.now, self._names(), self.veiled) if self.seen else []

    def _foot(self, _width: int) -> list[Content]:
        return page.foot(self.seen, self.now, self.veiled, self._names()) if self.seen else []

    @on(Rows.Opened)
    def _opened(self) -> None:
        self.action_enter()
