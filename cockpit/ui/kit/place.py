"""What every place has: the banner, the one-line bar, the key bar, and the item that keys act on."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from textual import events, getters, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.content import Content
from textual.reactive import Reactive
from textual.widget import Widget

from cockpit.domain.dataclasses import replace
from cockpit.locale import _
from cockpit.services.boards.board import Board
from cockpit.services.desk import refusal
from cockpit.services.desk.row import Row
from cockpit.store.journal import Overtaken
from cockpit.ui.kit import heading, keys, visuals
from cockpit.ui.kit.collided import Collided
from cockpit.ui.kit.host import Cockpit, Target
from cockpit.ui.kit.pane import Pane
from cockpit.ui.kit.sheets import StyledOnce
from cockpit.ui.kit.view import View
from cockpit.ui.widgets.banner import Banner
from cockpit.ui.widgets.entry_bar import EntryBar, EntryInput, Question
from cockpit.ui.widgets.key_bar import Hint, KeyBar
from cockpit.ui.widgets.rows import Item, Rows


class Place(StyledOnce[None]):
    """A place of the cockpit. Sub-classes give a body, say what the cursor is on, and show boards."""

    cockpit = getters.app(Cockpit)
    NAME: ClassVar[str] = ""
    # The panes draw their own focus; without this, Textual draws the whole screen again at each change.
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (90, "-medium"), (130, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-short"), (28, "-tall")]  # noqa: RUF012

    _shown: Board | None = None
    _banner_width = 0
    """The width for which the banner was drawn."""
    _keys_asked = False

    def __init__(self) -> None:
        super().__init__()
        # Made with the theme of now: Textual styles every screen once more for one that may be older.
        self._css_update_count = self.app._css_update_count

    def compose(self) -> ComposeResult:
        """Banner, body, entry bar, key bar."""
        # Textual gives these classes when it hears of the size, and styles every widget once more.
        width, height = self.app.size
        fits = {
            *self._get_breakpoint_classes(width, self.HORIZONTAL_BREAKPOINTS),
            *self._get_breakpoint_classes(height, self.VERTICAL_BREAKPOINTS),
        }
        self.add_class(*fits, update=False)
        yield Banner(id="banner")
        with Container(id="body"):
            yield from self.body()
        yield EntryBar(
            id="entry",
            footer=_("⏎ save · tab complete · ^r literal · esc keep for later"),
            keep=self.cockpit.keep_draft,
            refusals=refusal.ORDINARY,
            explain=refusal.explain,
            undo_keys=lambda: keys.of(self.cockpit, "undo"),
        )
        yield KeyBar(id="keys")

    def body(self) -> list[Widget]:
        """The widgets between banner and bars."""
        return []

    def target(self) -> Target:
        """What keys act on now."""
        return Target()

    @property
    def view(self) -> View | None:
        """The view that is looked at, in a place that has several."""
        return None

    def want(self, name: str) -> None:
        """The view that is to be looked at next, in a place that has several."""

    async def look_at(self, name: str = "") -> None:
        """Show another view, in a place that has several."""

    def go_beside(self, by: int) -> None:
        """To the view so many further, in a place that has several."""

    def go_number(self, number: int) -> None:
        """To the pane or the view with that number, in the places that have some."""

    def day(self) -> date | None:
        """The day that the cursor is on, in the place that has days: what is entered there is for it."""
        return None

    def zoom(self) -> None:
        """The pane where the keys are alone on the screen, and back, in the place that has panes."""

    def next_layout(self) -> None:
        """Other panes on the screen, in the place that has panes."""

    def name_layout(self) -> None:
        """Make a layout of one's own, in the place that has panes."""

    def again(self) -> bool:
        """Its key was pressed while it is shown; whether it made something of that."""
        return False

    @property
    def has_own_undo(self) -> bool:
        """Whether undo takes back what was said here and is not written yet, rather than the last change."""
        return False

    def take_back(self) -> bool:
        """Take back the last thing that was said here; False when nothing was."""
        return False

    def do_again(self) -> bool:
        """Say again what was taken back here last; False when nothing was."""
        return False

    def follow(self, code: str) -> None:
        """Show where a record that was just written stands, in the places that list it."""

    def whereabouts(self) -> Content:
        """Where we are in this place, when the terminal shows only a part of it."""
        return Content("")

    def show_board(self, board: Board) -> None:
        """Show a new snapshot."""
        self._shown = board
        self.show_banner(board)

    def on_mount(self) -> None:
        """Show what is known at once."""
        self.bindings_updated_signal.subscribe(self, lambda _screen: self.show_keys())
        self.show_board(self.cockpit.board)
        self.begin()
        self.show_keys()

    def begin(self) -> None:
        """What this place does once, when it shows its first board.

        Not a handler of its own for Mount: Textual runs those of every class, one after the other.
        """

    def _compositor_refresh(self) -> None:
        """Nothing is drawn that would not be shown: what is gathered meanwhile is drawn when the batch ends."""
        if not self.app._batch_count:
            super()._compositor_refresh()

    @on(events.Resize)
    def _other_width(self) -> None:
        """Another width has room for other words."""
        if self.is_mounted and self.size.width != self._banner_width:
            self.show_banner(self.cockpit.board)

    @on(events.ScreenResume)
    def _shown_again(self) -> None:
        """Back here: what changed meanwhile is shown."""
        if self._shown is not self.cockpit.board:
            self.show_board(self.cockpit.board)
        self.show_keys()

    @property
    def asking(self) -> bool:
        """Whether the bar is open."""
        return self.query_one(EntryBar).question is not None

    def ask(self, question: Question) -> None:
        """Ask in the bar; what was begun before is there again."""
        draft = self.cockpit.draft(question.place) if question.keeps_draft else ""
        self.query_one(EntryBar).ask(self._told_of_others(question), draft)
        self.show_keys()

    def _told_of_others(self, question: Question) -> Question:
        """The same, whose answer is not written over what somebody else wrote there since it was asked."""
        workspace = self.cockpit.workspace
        seen = self.cockpit.seen_when_begun(question.place)

        def accept(text: str) -> str | Question:
            nonlocal seen
            try:
                with workspace.as_of(seen):
                    return question.accept(text)
            except Overtaken as error:
                # Told once: the same answer again is the choice to write it all the same.
                seen = workspace.written
                from cockpit.services.desk import meanwhile

                raise Collided(meanwhile.in_words(workspace, error)) from error

        return replace(question, accept=accept)

    @on(EntryBar.Accepted)
    def _accepted(self, event: EntryBar.Accepted) -> None:
        self.cockpit.done(event.text)
        self.follow(event.text.partition(" ")[0])

    @on(EntryBar.Asked)
    def _asked(self, event: EntryBar.Asked) -> None:
        self.ask(event.question)

    @on(EntryBar.TakenBack)
    def _taken_back(self) -> None:
        self.cockpit.action_do("undo")

    @on(EntryBar.Elsewhere)
    def _elsewhere(self, event: EntryBar.Elsewhere) -> None:
        from cockpit.ui.kit import editor

        try:
            editor.answer(self.cockpit, self.ask, event.question, event.text)
        except refusal.ORDINARY as error:
            self.cockpit.done(refusal.explain(error))

    @on(EntryBar.Closed)
    def _answered(self) -> None:
        for rows in self.query(Rows):
            rows.settle()
        self.show_keys()

    @property
    def listed(self) -> Rows[Any] | None:
        """The list where the keys are."""
        return self.focused if isinstance(self.focused, Rows) else None

    def target_of(self, item: Item[Any]) -> Target | None:
        """What keys act on when a row is selected; None in the places whose keys act on one row at a time."""
        return self.listed.target_of(item) if isinstance(self.listed, Pane) else None

    def on_descendant_focus(self) -> None:
        """Other keys work on another pane; while something is asked, the keys stay in the bar."""
        if self.asking and not isinstance(self.focused, EntryInput):
            self.query_one(EntryInput).focus()
        self.show_keys()

    @property
    def has_selection(self) -> bool:
        """Whether keys act on other rows than the one under the cursor."""
        rows = self.listed
        if rows is None or not rows.marked:
            return False
        return rows.selected is None or tuple(rows.marked) != (rows.selected.key,)

    def selection(self) -> tuple[Target, ...]:
        """What keys act on: the rows that are selected, in the order of the list, else what the cursor is on."""
        rows = self.listed
        if rows is None or not rows.marked:
            return (self.target(),)
        return tuple(filter(None, map(self.target_of, rows.chosen)))

    def codes(self) -> list[str]:
        """The codes of the selection, each once."""
        return list(dict.fromkeys(target.code for target in self.selection() if target.code))

    def unmark(self) -> None:
        """It is done: nothing is selected any more."""
        if self.listed is not None and self.listed.marked:
            self.listed.mark(())

    @on(Rows.Moved)
    @on(Rows.Narrowed)
    def _cursor_moved(self) -> None:
        self.show_keys()

    def show_keys(self) -> None:
        """What works now: drawn once, however many messages of one key ask for it."""
        if not self._keys_asked:
            self._keys_asked = self.call_later(self._draw_keys)

    def _draw_keys(self) -> None:
        self._keys_asked = False
        if self.is_mounted and self.query(KeyBar):
            self.query_one(KeyBar).show(*(([], []) if self.asking else self.hints()))

    def hints(self) -> tuple[list[Hint], list[Hint]]:
        """The keys that work now, and those that are always said."""
        return keys.bar(self.cockpit.offered(self.target()))

    def show_banner(self, board: Board) -> None:
        """Company, day and how it is; then the places and the pulse, or what is to be said."""
        app = self.cockpit
        width = self._banner_width = self.size.width or app.size.width
        first = heading.first_line(app, board, width)
        said = Content.styled(app.told, "$success") if app.told else self.whereabouts()
        beside = not app.told and not app.standing_note
        if app.standing_note:
            said = Content.styled(app.standing_note, "bold $error")
        elif app.told and len(app.told) > width - 36:
            # What was asked for is read whole: over both lines where it needs them.
            start, *more = visuals.wrapped(app.told, width - 4)
            if more:
                first, start = Content.styled(f" {start}", "$success"), " ".join(more)
            self.query_one(Banner).show(
                first, Content.styled(f" {start}", "$success").truncate(width, ellipsis=True)
            )
            return
        self.query_one(Banner).show(
            first, heading.second_line(app, board, width, self.NAME, said, beside=beside)
        )


class Page(Place):
    """What Enter opens of one thing. Escape goes back, Tab to its next list."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", show=False),
        Binding("tab", "app.focus_next", show=False),
        Binding("shift+tab", "app.focus_previous", show=False),
    ]

    def action_back(self) -> None:
        """Where one came from."""
        self.app.pop_screen()

    @on(Rows.Opened)
    def _open_row(self, event: Rows.Opened) -> None:
        """The record that a row of the page names."""
        if isinstance(event.item.data, Row) and event.item.data.code:
            self.cockpit.open_target(Target(code=event.item.data.code))
