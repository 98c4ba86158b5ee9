"""Leading a flash point or a kick-off: prepare, one subject at a time, read back, close. Left and taken up at will."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget

from cockpit.assets import asset_dir
from cockpit.domain.meetings import facilitation as rules
from cockpit.domain.meetings.facilitation import LedMeeting
from cockpit.domain.meetings.minutes import clock
from cockpit.domain.records.record import Record
from cockpit.locale import _
from cockpit.services.boards.board import Board
from cockpit.services.desk import refusal
from cockpit.services.desk.workspace import Workspace
from cockpit.ui.kit import visuals
from cockpit.ui.kit.host import Target
from cockpit.ui.kit.kinds import Kind
from cockpit.ui.kit.place import Place
from cockpit.ui.meetings import page
from cockpit.ui.widgets.banner import Banner
from cockpit.ui.widgets.key_bar import Hint
from cockpit.ui.widgets.panel import Panel
from cockpit.ui.widgets.rows import Item, Rows
from cockpit.ui.widgets.solid_digits import SolidDigits

_DIGITS = {"1": 1, "ampersand": 1, "2": 2, "é": 2, "3": 3, "quotation_mark": 3, "4": 4, "apostrophe": 4,
           "5": 5, "left_parenthesis": 5}  # fmt: skip


class Stage:
    """Where a meeting is: what the screen shows of it, and what the keys that move do there."""

    name: str = ""
    """The kind of its step, or what comes before and after the steps."""
    kinds: frozenset[Kind] = frozenset()
    closes: bool = False
    """Whether what comes next, as a rule, is its end."""

    def __init__(self, screen: LiveScreen) -> None:
        self.screen = screen

    @property
    def workspace(self) -> Workspace:
        """What is read and written."""
        return self.screen.workspace

    @property
    def names(self) -> Mapping[str, str]:
        """Code to name."""
        return self.screen.cockpit.board.names

    @property
    def meeting(self) -> LedMeeting | None:
        """The meeting at this second, while its clock runs."""
        return None

    @property
    def record(self) -> Record | None:
        """The record that the step is about."""
        return None

    def opened(self) -> None:
        """Its screen was opened."""

    def read_again(self) -> Stage:
        """As it is stored now: another process may have written in it."""
        return self

    def rows(self) -> list[page.MeetingRow]:
        """What can be chosen or read."""
        return []

    def head(self, width: int) -> list[Content]:
        """What it is, and who is there."""
        return []

    @property
    def title(self) -> str:
        """What stands over its lines."""
        return ""

    def subject(self, width: int) -> list[Content]:
        """The one thing that is talked about."""
        return []

    def talk(self) -> list[Content]:
        """The question to settle, and what is written of it."""
        return []

    def foot(self, width: int) -> list[Content]:
        """What is next."""
        return []

    def empty(self) -> str:
        """What a stage without rows says."""
        return _("Nothing here: → goes on.")

    def moves(self) -> list[Hint]:
        """The keys that move: without them nothing goes on."""
        return []

    def tick(self) -> None:
        """A second goes by."""

    def enter(self) -> None:
        """Enter."""

    def go(self, by: int) -> None:
        """The next step, or the one before."""

    def aside(self, by: int) -> None:
        """Right, or left."""
        self.go(by)

    def mark(self, mark: int) -> None:
        """A mark from 1 to 5, where one votes."""


class LiveScreen(Place):
    """Opened by f or k. Escape leaves: a meeting that was begun goes on, and the same key takes it up."""

    CSS_PATH = asset_dir("styles") / "live.tcss"
    NAME = "live"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", show=False),
        # Before the list, which would scroll sideways; `check_action` leaves them to a line that is typed in.
        Binding("right", "aside(1)", show=False, priority=True),
        Binding("left", "aside(-1)", show=False, priority=True),
        Binding("tab", "go(1)", show=False),
        Binding("shift+tab", "go(-1)", show=False),
        Binding("enter", "enter", show=False),
        *(Binding(key, f"mark({mark})", show=False) for key, mark in _DIGITS.items()),
    ]

    _ticked: tuple[Content, ...] = ()
    """What was said last of the time beside the clock."""
    _listed = ""
    """The stage whose list was shown last: another one begins at its top."""

    def __init__(self, workspace: Workspace, begin: Callable[[LiveScreen], Stage]) -> None:
        super().__init__()
        self.workspace = workspace
        self.veiled = True
        self._begin = begin
        self.stage = begin(self)

    def body(self) -> list[Widget]:
        """The head, the one clock beside the subject, its question, what can be chosen, and what is next."""
        return [
            Panel(self._head, id="live-head"),
            Horizontal(SolidDigits(id="box"), Panel(self._subject, id="subject"), id="now"),
            Panel(self._pace, id="pace"),
            Panel(lambda _width: self.stage.talk(), id="talk"),
            Rows(page.draw, id="items", empty=self._empty),
            Panel(self._foot, id="foot"),
        ]

    def begin(self) -> None:
        """A tick a second: only what is read of a clock is drawn again."""
        self.stage.opened()
        self.show()
        self.set_interval(1.0, self.tick)

    def on_unmount(self) -> None:
        """Whoever leaves it is in the cockpit again."""
        self.cockpit.be_in("")

    def begin_again(self) -> Stage:
        """What this screen begins with, when the meeting that was led is not there any more."""
        return self._begin(self)

    def target(self) -> Target:
        """What keys act on: the stage, and the line under the cursor."""
        return Target(self.stage.kinds, self.about, self.stage, record=self.stage.record)

    @property
    def cursor(self) -> int:
        """The line under the cursor."""
        return self.query_one("#items", Rows).cursor

    @property
    def about(self) -> str:
        """The code or the name that this line is about."""
        selected: Item[page.MeetingRow] | None = (
            self.query_one("#items", Rows).selected if self.query("#items") else None
        )
        return selected.data.about if selected is not None else ""

    def turn(self, stage: Stage) -> None:
        """Show another stage, or what has changed in this one."""
        self.stage = stage
        self.show()

    def show_board(self, board: Board) -> None:
        """Read the meeting again: another process may have written in it."""
        self.workspace = self.cockpit.workspace
        self.stage = self.stage.read_again()
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

    def toggle_veil(self) -> None:
        """Show what is restricted, or hide it again."""
        self.veiled = not self.veiled
        self.show_banner(self.cockpit.board)
        self.show()

    def show(self) -> None:
        """Everything, after a key or after somebody else's."""
        if not self.query("#foot"):
            return
        name, alone = self.stage.name, self.stage.name == rules.SUBJECT
        for each in (BEFORE, AFTER, rules.SUBJECT):
            self.set_class(name == each, f"-{each}")
        self.set_class(name not in (BEFORE, AFTER, rules.SUBJECT), "-listing")
        rows = self.query_one("#items", Rows)
        rows.repaint()
        rows.show(
            [Item(f"{name}:{row.about or n}", row, row.heading) for n, row in enumerate(self.stage.rows())]
        )
        rows.entitle(Content(self.stage.title))
        if name != self._listed:
            self._listed = name
            self.to_the_top()
        if not self.asking:
            self.set_focus(None if alone else rows)
        for panel in ("live-head", "subject", "talk", "foot"):
            self.query_one(f"#{panel}", Panel).refresh(layout=True)
        self.tick()
        self.show_keys()

    def to_the_top(self) -> None:
        """The cursor on the first line."""
        rows = self.query_one("#items", Rows)
        rows.action_move(-len(rows.items))

    def tick(self) -> None:
        """The clocks, and nothing else: who types is not interrupted."""
        if not self.query("#box"):
            return
        self.stage.tick()
        now = self.stage.meeting
        if now is None:
            return
        box = self.query_one("#box", SolidDigits)
        box.update(clock(now.box_s() - now.in_step_s))
        for pace in page.PACES:
            box.set_class(now.colour == pace, f"-{pace}")
        # Both say minutes and cells of a bar: most seconds change nothing in them.
        said = (*self._head(self.size.width), *self._pace(self.size.width))
        if len(said) != len(self._ticked) or not all(map(Content.is_same, said, self._ticked)):
            self._ticked = said
            self.query_one("#live-head", Panel).refresh()
            self.query_one("#pace", Panel).refresh()

    def hints(self) -> tuple[list[Hint], list[Hint]]:
        """The keys that move first."""
        hints, pinned = super().hints()
        moves = self.stage.moves()
        named = {hint.key for hint in moves}
        return [*moves, *(hint for hint in hints if hint.key not in named)], pinned

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While a line is typed, every key is its own."""
        return not (self.asking and action in ("aside", "go", "enter", "mark", "back"))

    def action_back(self) -> None:
        """Where one came from; the meeting goes on."""
        self.app.pop_screen()

    def action_go(self, by: int) -> None:
        """Next, or back."""
        self._done(lambda: self.stage.go(by))

    def action_aside(self, by: int) -> None:
        """Next, or back; another mark while one votes."""
        self._done(lambda: self.stage.aside(by))

    def action_mark(self, mark: int) -> None:
        """A mark for the question under the cursor."""
        self._done(lambda: self.stage.mark(mark))

    def action_enter(self) -> None:
        """Start, go on, note a vote, or complete the line in red."""
        self._done(self.stage.enter)

    def _done(self, deed: Callable[[], None]) -> None:
        """What a key of the stage does; why not, where it is refused."""
        try:
            deed()
        except refusal.ORDINARY as error:
            self.cockpit.tell(refusal.explain(error))

    @on(Rows.Opened)
    def _opened(self) -> None:
        self.action_enter()

    # The stage changes under them: none of these is a method of the stage itself.
    def _head(self, width: int) -> list[Content]:
        return self.stage.head(width)

    def _empty(self) -> str:
        return self.stage.empty()

    def _pace(self, width: int) -> list[Content]:
        return [page.pace(self.stage.meeting, width)] if self.stage.meeting is not None else []

    def _subject(self, width: int) -> list[Content]:
        return self.stage.subject(width)

    def _foot(self, width: int) -> list[Content]:
        return self.stage.foot(width)

    def on_resize(self) -> None:
        """As large as the room allows."""
        if self.query("#box"):
            self.query_one("#box", SolidDigits).set_scale(scale_for(*self.size))


def scale_for(width: int, height: int) -> int:
    """How large the digits of the clock are in a terminal of that size."""
    for scale, cells, lines in ((3, 150, 42), (2, 120, 32)):
        if width >= cells and height >= lines:
            return scale
    return 1 if width >= 70 else 0


BEFORE, AFTER = "before", "after"
"""The names of what comes before the steps and after them."""
