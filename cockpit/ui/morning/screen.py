"""The morning review: one step at a time, left at any key and resumed where it was, to the second."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget

from cockpit.assets import asset_dir
from cockpit.domain.dataclasses import replace
from cockpit.domain.morning import review as steps
from cockpit.domain.morning.review import ReviewProgress
from cockpit.domain.registers.hold import Hold
from cockpit.locale import _
from cockpit.services.agenda.feeds import Gap
from cockpit.services.boards.board import Board
from cockpit.services.desk.workspace import Workspace
from cockpit.services.morning import news, review
from cockpit.services.morning.news_line import News
from cockpit.services.morning.review import ReviewView, Stopwatch
from cockpit.ui.kit.host import Target
from cockpit.ui.kit.place import Place
from cockpit.ui.morning import page, rows
from cockpit.ui.widgets.panel import Panel
from cockpit.ui.widgets.rows import Item, Rows
from cockpit.ui.work import priority_questions


def opened(workspace: Workspace, board: Board) -> ReviewView:
    """The review of today as it was left, or at its first step that has something to show."""
    progress = review.begin(workspace)
    found = review.view(workspace.shown, progress, board)
    if progress.visited:
        return found
    return replace(found, progress=progress.begin(found.empty))


class MorningReview(Place):
    """Opened by `m`; Escape leaves, Enter on the last step ends it."""

    CSS_PATH = asset_dir("styles") / "morning_review.tcss"
    NAME = "review"
    BEAT: ClassVar[float] = 1.0
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("tab,right", "step(1)", show=False),
        Binding("shift+tab,left", "step(-1)", show=False),
    ]

    def __init__(self, found: ReviewView) -> None:
        super().__init__()
        self.found = found
        self.over = False
        """Whether it was ended, or left: nothing more is kept of it."""
        self._watch = Stopwatch()

    @property
    def progress(self) -> ReviewProgress:
        """Where it stands."""
        return self.found.progress

    def body(self) -> list[Widget]:
        """The six steps in a line, and the rows of one of them."""
        rows = Rows(self._paint, id="review", empty=lambda: page.empty_text(self.found))
        return [Panel(lambda width: [page.strip(self.found, width)], id="steps"), rows]

    def begin(self) -> None:
        """On the row where it was left."""
        rows = self.query_one("#review", Rows)
        rows.focus()
        if self.progress.subject:
            rows.select(self.progress.subject)
        self._keep(self.progress)
        self.set_interval(self.BEAT, self.beat)

    def on_unmount(self) -> None:
        """Left by whatever way, it is kept as it stands."""
        self.beat()

    def show_board(self, board: Board) -> None:
        """Read the steps again."""
        super().show_board(board)
        if self.over:
            return
        if self.found.board is not board:
            self.found = review.view(self.cockpit.workspace.shown, self.progress, board)
        if self.found.window.from_seq != self.progress.from_seq:
            self._ended_elsewhere()
            return
        self._show()

    def target(self) -> Target:
        """What the cursor is on."""
        rows = self.query("#review")
        return page.target_of(rows.first(Rows).selected) if rows else Target()

    def target_of(self, item: Item[Any]) -> Target | None:
        """What a row of the step is about."""
        return page.target_of(item)

    def beat(self) -> None:
        """The time goes by, and is kept: a crash costs a second."""
        lap = self._watch.lap()
        if not self.over:
            self._keep(self.progress.spend(lap))
            if self.is_mounted:
                self._show_title()

    def mark(self) -> None:
        """The news under the cursor is seen, or not after all; the cursor goes on."""
        item = self.target().data
        if not isinstance(item, News):
            return
        now_seen = news.toggle_seen(self.cockpit.workspace, item)
        self._read_again()
        if now_seen:
            self.query_one("#review", Rows).action_move(1)

    def mark_all(self) -> None:
        """All of them, those that are left out too."""
        workspace = self.cockpit.workspace
        every = news.told(workspace, self.found.window, everything=True).news
        news.mark_seen(workspace, every)
        self._read_again()
        self.cockpit.tell(_("all seen: ⇥ goes on"))

    def action_step(self, by: int) -> None:
        """The next or the previous step that has something to show."""
        before = self.progress.spend(self._watch.lap())
        empty = self.found.empty
        moved = before.forward(empty) if by > 0 else before.back(empty)
        self._keep(moved)
        if moved.step == before.step:
            if by > 0:
                self.cockpit.tell(_("this is the last step: ⏎ ends the review"))
            return
        self._show(first=True)

    def action_leave(self) -> None:
        """Back to the cockpit; it goes on from here."""
        self.beat()
        self.over = True
        self.app.pop_screen()
        self.cockpit.done(_("the review is kept: m goes on with it"))

    @on(Rows.Moved)
    def _subject(self) -> None:
        selected = self.query_one("#review", Rows).selected
        if selected is not None and not self.over and selected.key != self.progress.subject:
            self._keep(replace(self.progress, subject=selected.key))

    @on(Rows.Opened)
    def _open(self, event: Rows.Opened) -> None:
        data = event.item.data
        if self.progress.name == steps.PRIORITIES:
            self._end()
        elif event.item.key == page.REST:
            self._keep(replace(self.progress, everything=True))
            self._read_again()
        elif isinstance(data, Gap):
            self.ask(priority_questions.hold(self.cockpit.workspace, data))
        elif isinstance(data, Hold):
            self.cockpit.open_code(data.priority)
        elif isinstance(data, News):
            self.cockpit.open_code(data.code)
        else:
            self.cockpit.open_target(page.target_of(event.item))

    def _end(self) -> None:
        from cockpit.ui.morning.end_screen import ReviewEnd

        self.beat()
        ended = review.finish(self.cockpit.workspace, self.progress)
        self.over = True
        app = self.cockpit
        self.app.pop_screen()
        app.done(ended.summary)
        app.push_screen(ReviewEnd(app.workspace, ended))

    def _ended_elsewhere(self) -> None:
        self.over = True
        review.let_go(self.cockpit.workspace)
        app = self.cockpit
        if self.is_current:
            app.pop_screen()
        app.tell(_("this review was ended from elsewhere"))

    def _keep(self, progress: ReviewProgress) -> None:
        """What is not kept while another process writes is kept at the next beat."""
        if progress.name == steps.NEWS and self.found.told.head > progress.upto_seq:
            progress = replace(progress, upto_seq=self.found.told.head)
        self.found = replace(self.found, progress=progress)
        review.save(self.cockpit.workspace, progress)

    def _read_again(self) -> None:
        self.found = review.view(self.cockpit.workspace.shown, self.progress, self.cockpit.board)
        self._show()

    def _show(self, *, first: bool = False) -> None:
        rows = self.query_one("#review", Rows)
        rows.repaint()
        rows.show(page.items(self.found))
        if first:
            rows.action_move(-1_000_000)
        self.query_one("#steps", Panel).refresh()
        self._show_title()
        self.show_keys()

    def _show_title(self) -> None:
        rows = self.query("#review")
        if rows:
            rows.first(Rows).entitle(page.title(self.found), page.subtitle(self.found))

    def _paint(self, data: object, width: int) -> Sequence[Content]:
        return rows.draw(self.found, data, width)
