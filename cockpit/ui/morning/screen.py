"""The morning review: one step at a time, left at any key and resumed where it was, to the second."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget

from cockpit.assets import asset_dir
from cockpit.domain.dataclasses import replace
from cockpit.domain.morning import review as steps
from cockpit.domain.morning.review import ReviewProgress
from cockpit.domain.registers import register_of
from cockpit.domain.registers.hold import Hold
from cockpit.locale import _
from cockpit.services.agenda.feeds import Gap
from cockpit.services.approvals.queue import ApprovalLine
from cockpit.services.boards.board import Board
from cockpit.services.desk.workspace import Workspace
from cockpit.services.morning import news, review
from cockpit.services.morning.news_line import News
from cockpit.services.morning.review import ReviewView, Stopwatch
from cockpit.services.records.history import JournalLine, history
from cockpit.services.work.rows import BlockerRow, PriorityRow
from cockpit.ui.kit import visuals
from cockpit.ui.kit.host import Target
from cockpit.ui.kit.place import Place
from cockpit.ui.morning import coming as to_come
from cockpit.ui.morning import page, rows, strip
from cockpit.ui.morning import subject as subject_page
from cockpit.ui.widgets.key_bar import Hint
from cockpit.ui.widgets.next_rows import NextRows
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


FIRST = {
    steps.BLOCKERS: (
        "approval.approve", "approval.refuse", "decision.arbitrate", "clock.remind", "work.escalate", "work.done",
        "work.snooze", "work.next",
    ),
    steps.SLAS: ("clock.remind", "clock.answer", "clock.pause"),
    steps.PRIORITIES: ("priority.pick", "priority.of_blocker", "work.delegate", "work.snooze"),
}  # fmt: skip
"""What one does most in a step, before all else in the key bar."""


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

    _large: Sequence[Content] = ()
    """What is drawn of the blocker or the approval that is large."""
    _below: Sequence[Content] = ()
    """What is drawn in the room that the rows of the step leave."""
    _ends = ""
    """What the review would leave if it were ended now."""

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
        """The six steps in a line, the one thing that is drawn large, the rows of a step, and what is still to come."""
        return [
            Horizontal(
                Panel(lambda width: [strip.strip(self.found, width)], id="names"),
                Panel(lambda width: [strip.spent(self.found, width)], id="spent"),
                id="steps",
            ),
            Panel(lambda _width: self._large, id="large"),
            NextRows(self._paint, id="review", empty=lambda: page.empty_text(self.found)),
            Panel(lambda _width: self._below, id="coming"),
        ]

    def begin(self) -> None:
        """On the row where it was left."""
        rows = self.rows
        rows.focus()
        if self.progress.subject:
            rows.select(self.progress.subject)
            self._share_room()
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

    @property
    def rows(self) -> NextRows[Any]:
        """The rows of the step."""
        return self.query_one("#review", NextRows)

    @property
    def subject(self) -> ApprovalLine | BlockerRow | None:
        """What is drawn large: the blocker or the approval under the cursor of their step."""
        if self.progress.name != steps.BLOCKERS or not self.query("#review"):
            return None
        data = self.rows.selected.data if self.rows.selected else None
        return data if isinstance(data, ApprovalLine | BlockerRow) else None

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
            if self.is_mounted and self.query("#spent"):
                self.query_one("#spent", Panel).refresh()

    def mark(self) -> None:
        """The news under the cursor is seen, or not after all; the cursor goes on."""
        item = self.target().data
        if not isinstance(item, News):
            return
        now_seen = news.toggle_seen(self.cockpit.workspace, item)
        self._read_again()
        if now_seen:
            self.rows.action_move(1)

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
        selected = self.rows.selected
        if selected is not None and not self.over and selected.key != self.progress.subject:
            self._keep(replace(self.progress, subject=selected.key))
        if self.subject is not None:
            self._share_room()

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
        rows = self.rows
        if self.progress.step == steps.LAST:
            self._ends = review.left_behind(self.cockpit.workspace.shown, self.progress)
        before = rows.selected
        beside = rows.items[rows.cursor + 1 :] if before is not None else ()
        rows.repaint()
        rows.show(page.items(self.found))
        if first:
            rows.action_move(-1_000_000)
        elif before is not None and self._was_chosen(before):
            # It went up among the three: whoever chooses goes on from where it stood.
            any(rows.select(item.key) for item in beside if not item.heading)
        for panel in ("names", "spent"):
            self.query_one(f"#{panel}", Panel).refresh()
        self._share_room()
        self.show_keys()

    def _was_chosen(self, before: Item[Any]) -> bool:
        """Whether the row that the cursor was on has become one of the three since."""
        now = self.rows.selected
        return (
            now is not None and isinstance(before.data, PriorityRow) and isinstance(now.data, PriorityRow)
            and now.key == before.key and now.data.top and not before.data.top
        )  # fmt: skip

    def _share_room(self) -> None:
        """What is drawn large takes what it needs; where the rows leave room, its story, or what is to come."""
        rows, large, coming = self.rows, self.query_one("#large", Panel), self.query_one("#coming", Panel)
        subject = self.subject
        large.display = subject is not None
        rows.lead(subject is not None)
        # The two lines of the banner, the steps and the keys; then the rule over the rows.
        width, room = self.size.width or self.app.size.width, (self.size.height or self.app.size.height) - 5
        if subject is None:
            count = max(1, len(rows.items))
            high = 2 if self.progress.step == steps.LAST and 2 * count <= room else 1
            rows.set_row_height(high)
            rows.entitle(page.title(self.found), page.subtitle(self.found))
            self._below = to_come.lines(self.found, self._ends, width, room - count * high)
            _fit(coming, len(self._below))
            _fit(rows, count * high + 1 if self._below else room + 1)
            return
        words = [Content.styled(f"   {word}", visuals.MUTED) for word in page.words(self.found)]
        told = [*words, *subject_page.lines(self.found, subject, width)]
        left = room - len(told) - 1
        rows.set_row_height(2 if 2 * rows.following <= left else 1)
        story = min(subject_page.MOST_STORY, left - rows.row_height * rows.following - 1)
        past = subject_page.story(self._history(subject)[:story], width) if story > 0 else []
        self._large = (*told, *past)
        left -= len(past)
        self._below = to_come.lines(self.found, self._ends, width, left - rows.row_height * rows.following)
        _fit(large, len(self._large) + 1)
        _fit(coming, len(self._below))
        _fit(rows, (rows.row_height * rows.following if self._below else left) + 1)
        subjects = [item.data for item in rows.items if not item.heading]
        place = f"{subjects.index(subject) + 1}/{len(subjects)}"
        large.entitle(*subject_page.heading(self.found, subject, place, width))
        rows.entitle(page.following(rows.following), page.subtitle(self.found))

    def _history(self, subject: ApprovalLine | BlockerRow) -> tuple[JournalLine, ...]:
        workspace = self.cockpit.workspace.shown
        register = register_of(subject.record.code)
        return history(workspace, register, subject.record) if register is not None else ()

    def on_resize(self) -> None:
        """Another room."""
        if self.query("#coming"):
            self._share_room()

    def hints(self) -> tuple[list[Hint], list[Hint]]:
        """What one does in this step first, in its order; then how one goes on."""
        shown, pinned = super().hints()
        order = FIRST.get(self.progress.name, ())
        rank = {f"app.do({action!r})": n for n, action in enumerate(order)}
        shown.sort(key=lambda hint: rank.get(hint.action, len(rank)))
        last = self.progress.step == steps.LAST
        on = Hint("⏎", _("end"), "screen.end") if last else Hint("⇥", _("next step"), "screen.step(1)")
        kept = [hint for hint in pinned if hint.action in ("app.do('undo')", "app.do('help')")]
        return shown, [on, *kept]

    def action_end(self) -> None:
        """The last step is over."""
        self._end()

    def _paint(self, data: object, width: int) -> Sequence[Content]:
        drawn = rows.draw(self.found, data, width)
        return [*drawn, *rows.facts(self.found, data, width)] if self.rows.row_height > 1 else drawn


def _fit(widget: Widget, lines: int) -> None:
    """As many lines as it needs, none where it has nothing: the screen is laid out anew only where that differs."""
    widget.display = lines > 0
    if widget.styles.height is None or widget.styles.height.value != lines:
        widget.styles.height = lines
    else:
        widget.refresh()
