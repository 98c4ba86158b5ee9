"""A guided form: a few stages, one key an answer, left at any key and resumed on the same row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Protocol

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget

from cockpit.assets import asset_dir
from cockpit.domain.audits.questionnaire import NO, PARTLY, YES
from cockpit.locale import _
from cockpit.services.boards.board import Board
from cockpit.services.desk import refusal
from cockpit.ui.audits.questionnaire import Asked, Questionnaire
from cockpit.ui.kit import visuals
from cockpit.ui.kit.host import Target
from cockpit.ui.kit.kinds import Kind
from cockpit.ui.kit.place import Place
from cockpit.ui.widgets.panel import Panel
from cockpit.ui.widgets.rows import Item, Rows

GLYPHS: Mapping[str, tuple[str, str]] = {
    YES: ("✓", visuals.GOOD),
    PARTLY: ("◐", visuals.WARN),
    NO: ("✗", visuals.BAD),
}
"""Symbol and colour of an answer; what is not known has neither."""
UNKNOWN_GLYPH = ("?", visuals.MUTED)


_ASKING = frozenset({Kind.ASK})
"""What every row of a form is."""


class Form(Protocol):
    """What is asked, stage by stage, and what becomes of each answer. Each form of a job is one of these."""

    @property
    def stages(self) -> Sequence[str]:
        """The names of its stages, to be translated."""

    @property
    def stage(self) -> int:
        """The one that is shown."""

    @property
    def row(self) -> str:
        """The key of the row on which one stands."""

    @property
    def parting(self) -> str:
        """What is said when it is left."""

    def heading(self) -> str:
        """What the border says."""

    def questions(self) -> Sequence[Asked] | None:
        """What is asked at this stage; None where it shows rows of its own."""

    def items(self) -> Sequence[Item[Any]]:
        """The rows of a stage that asks nothing."""

    def paint(self, data: Any, width: int) -> Sequence[Content]:
        """One of those rows."""

    def kinds(self, item: Item[Any] | None) -> frozenset[Kind]:
        """What keys act on, on a row of its own."""

    def stand(self, stage: int, row: str) -> None:
        """Keep where one stands."""

    def answer(self, answer: str, place: Guided) -> None:
        """Yes, partly, no or not known, to the question under the cursor."""

    def mark(self, mark: int, place: Guided) -> None:
        """A mark from 1 to 4, to what is under the cursor."""

    def add(self, place: Guided) -> None:
        """One more of what this stage lists."""

    def remove(self, place: Guided) -> None:
        """The row under the cursor goes."""

    def chosen(self, item: Item[Any], place: Guided) -> None:
        """Enter on a row."""

    def read_again(self) -> None:
        """What is stored may have changed."""

    @property
    def is_open(self) -> bool:
        """Whether it is still being answered: nothing of it is written yet."""

    def take_back(self) -> bool:
        """Take back the last answer of this sitting; False when there is none."""


class Guided(Place):
    """The screen of every form. Escape leaves, Tab goes on, Enter is what the row under it says."""

    CSS_PATH = asset_dir("styles") / "guided.tcss"
    NAME = "guided"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("tab,right", "stage(1)", show=False),
        Binding("shift+tab,left", "stage(-1)", show=False),
    ]

    def __init__(self, form: Form) -> None:
        super().__init__()
        self.form = form
        self.over = False
        """Whether it was left: nothing more is kept of it."""

    def body(self) -> list[Widget]:
        """The stages in a line, and what the current one shows."""
        return [
            Panel(lambda width: [self._strip(width)], id="steps"),
            Questionnaire(id="questions"),
            Rows(self.form.paint, id="rows"),
        ]

    def begin(self) -> None:
        """On the row where it was left."""
        self.show_stage(self.form.row)

    def show_board(self, board: Board) -> None:
        """Behind a veil it shows nothing: it is left, and kept."""
        super().show_board(board)
        if self.cockpit.workspace.is_veiled:
            if self.is_current:
                self.cockpit.tell(_("what is asked here may be restricted: v lifts the veil"))
                self.call_later(self.leave)
            return
        if not self.over and self.query("#rows"):
            self.form.read_again()
            self.refresh_rows()

    def target(self) -> Target:
        """What keys act on."""
        if not self.query("#rows"):
            return Target(_ASKING)
        asked = self.query_one(Questionnaire)
        if asked.display:
            current = asked.current
            return Target(_ASKING | {current.kind} if current else _ASKING, "", current)
        selected = self.query_one("#rows", Rows).selected
        return Target(_ASKING | self.form.kinds(selected), "", selected.data if selected else None)

    @property
    def shown_rows(self) -> Rows[Any]:
        """The list that has the cursor now."""
        asked = self.query_one(Questionnaire)
        return asked.rows if asked.display else self.query_one("#rows", Rows)

    @property
    def cursor_key(self) -> str:
        """The key of the row under the cursor."""
        selected = self.shown_rows.selected
        return selected.key if selected is not None else ""

    def show_stage(self, row: str = "") -> None:
        """Show the current stage, with the cursor on a row of it, else on the first."""
        questions = self.form.questions()
        asked, rows = self.query_one(Questionnaire), self.query_one("#rows", Rows)
        asked.display, rows.display = questions is not None, questions is None
        self.refresh_rows()
        if not (row and self.shown_rows.select(row)):
            self.shown_rows.action_move(-1_000_000)
        self.shown_rows.focus()
        self.show_keys()

    def refresh_rows(self) -> None:
        """Draw what differs."""
        questions = self.form.questions()
        asked, rows = self.query_one(Questionnaire), self.query_one("#rows", Rows)
        if questions is not None:
            asked.show(questions)
        else:
            rows.repaint()
            rows.show(self.form.items())
        shown = asked.rows if questions is not None else rows
        shown.entitle(Content(self.form.heading()), Content(_("⇥ next · ← back · esc leaves, all is kept")))
        self.query_one("#steps", Panel).refresh()
        self.show_keys()

    @property
    def has_own_undo(self) -> bool:
        """Until it ends, undo is about its answers; then about all that it wrote."""
        return self.form.is_open

    def take_back(self) -> bool:
        """Take back the last answer."""
        taken = self.form.take_back()
        if taken:
            self.show_stage(self.form.row)
        return taken

    def answered(self) -> None:
        """An answer was given: it is shown, and the cursor goes on."""
        self.refresh_rows()
        if not self.query_one(Questionnaire).forward():
            self.cockpit.tell(_("that was the last question: ⇥ goes on"))

    def go_on(self) -> None:
        """To the next question, once what was asked in the bar is shown."""
        self.call_after_refresh(self.query_one(Questionnaire).forward)

    def action_stage(self, by: int) -> None:
        """The next stage, or the one before."""
        to = self.form.stage + by
        if self.asking or not 0 <= to < len(self.form.stages):
            return
        self.form.stand(to, "")
        self.show_stage()

    def action_leave(self) -> None:
        """Back to where one came from; it goes on from here."""
        self.leave()
        self.cockpit.done(self.form.parting)

    def leave(self) -> None:
        """Away from the screen, if it was not left yet."""
        if self in self.app.screen_stack:
            self.over = True
            self.app.pop_screen()

    @on(Rows.Moved)
    def _moved(self) -> None:
        selected = self.shown_rows.selected
        if not self.over and selected is not None:
            self.query_one(Questionnaire).turn()
            if selected.key != self.form.row:
                self.form.stand(self.form.stage, selected.key)

    @on(Rows.Opened)
    def _opened(self, event: Rows.Opened) -> None:
        try:
            self.form.chosen(event.item, self)
        except refusal.ORDINARY as error:
            self.cockpit.done(refusal.explain(error))

    def _strip(self, width: int) -> Content:
        marks = [
            Content.styled(f"▸ {n} {_(name)}", "bold $accent")
            if n - 1 == self.form.stage
            else Content.styled(f"{'✓' if n - 1 < self.form.stage else '○'} {n} {_(name)}", visuals.MUTED)
            for n, name in enumerate(self.form.stages, 1)
        ]
        return Content(" ") + Content("  ").join(marks)


def shown_answer(answer: str) -> tuple[str, str]:
    """Symbol and colour of an answer."""
    return GLYPHS.get(answer, UNKNOWN_GLYPH)
