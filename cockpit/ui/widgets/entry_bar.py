"""The one line in which everything is typed: a new blocker, a date, a name, the value of a field."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import ClassVar

from textual import events, on
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input, Static

from cockpit.domain.dataclasses import dataclass, field
from cockpit.locale import _


@dataclass(frozen=True)
class Offer:
    """What completes the words between two places of the line."""

    start: int
    end: int
    candidates: tuple[str, ...]


def nothing_to_complete(text: str, cursor: int) -> Offer | None:
    """A question whose answer is free text."""
    return None


@dataclass(frozen=True, kw_only=True)
class Question:
    """One thing asked in the bar."""

    place: str
    """Where an unfinished answer is kept."""
    title: str
    accept: Callable[[str], str | Question]
    """Takes the answer and gives what to say, or what to ask next. It raises when the answer will not do."""
    hint: Callable[[str], Content] = field(default=lambda _text: Content(""))
    """How the answer is understood so far."""
    complete: Callable[[str, int], Offer | None] = nothing_to_complete
    text: str = ""
    gives_way: bool = True
    """Whether what is offered is replaced by what is typed; else it is the beginning of the answer."""
    keeps_draft: bool = True
    is_hidden: bool = False
    """Whether what is typed is a password, and is not shown."""
    written_as: tuple[str, str] | None = None
    """The code and the field of a text that may have several lines; None for an answer in one."""
    undoes: bool = False
    """Whether it follows a change unasked: the undo key takes that back as long as nothing was typed."""
    refuse: Callable[[str], str | None] = field(default=lambda _text: None)
    """The line with its last understood mark made literal; None when there is none."""


HINT_LINES = 3


_LATE = {"enter": "submit", "backspace": "delete_left", "tab": "complete", "escape": "leave",
         "ctrl+n": "save_and_more"}  # fmt: skip
"""What a key that is no letter does in the line: on its way to something else, no binding is looked up for it."""


class EntryInput(Input):
    """The input, with Tab to complete and Escape to leave without losing a word."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "complete", show=False, priority=True),
        Binding("escape", "leave", show=False, priority=True),
        Binding("ctrl+n", "save_and_more", show=False, priority=True),
        Binding("ctrl+r", "refuse", show=False, priority=True),
        Binding("ctrl+t", "elsewhere", show=False, priority=True),
    ]

    def __init__(self, id: str) -> None:
        super().__init__(id=id, compact=True, select_on_focus=False)
        self._late: list[events.Key] = []

    def take_late(self, event: events.Key) -> None:
        """Take a key that was typed before the line had the focus, behind those that it took already."""
        late = events.Key(event.key, event.character)
        self._late.append(late)
        self.post_message(late)

    async def _on_key(self, event: events.Key) -> None:
        """A question that nobody asked for does not keep one from undoing."""
        is_late = event in self._late
        if is_late:
            self._late.remove(event)
        if is_late and event.key in _LATE:
            event.prevent_default()
            event.stop()
            await self.run_action(_LATE[event.key])
        elif self.bar.takes_back(event.key):
            event.prevent_default()
            event.stop()

    def _on_paste(self, event: events.Paste) -> None:
        """Several lines become one: none is lost."""
        self.replace(" ".join(event.text.split()), *sorted(self.selection))
        event.prevent_default()
        event.stop()

    def action_complete(self) -> None:
        """Ask the bar for the next candidate."""
        self.bar.complete()

    def action_leave(self) -> None:
        """Close the bar; the text stays as a draft."""
        self.bar.leave()

    def action_save_and_more(self) -> None:
        """Save and ask the same again."""
        self.bar.submit(again=True)

    def action_refuse(self) -> None:
        """Take the last mark as plain words."""
        self.bar.refuse()

    def action_elsewhere(self) -> None:
        """Go on in an editor, where the answer may have several lines."""
        self.bar.elsewhere()

    @property
    def bar(self) -> EntryBar:
        """The bar around this input."""
        return next(node for node in self.ancestors if isinstance(node, EntryBar))


class EntryBar(Vertical):
    """Hidden until something is asked."""

    DRAFT_DELAY = 0.3

    class Accepted(Message):
        """An answer was taken; `text` says what was done, or is empty."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class Asked(Message):
        """The answer leads to another question."""

        def __init__(self, question: Question) -> None:
            super().__init__()
            self.question = question

    class Elsewhere(Message):
        """The answer is to be written in an editor, from what stands in the line on."""

        def __init__(self, question: Question, text: str) -> None:
            super().__init__()
            self.question = question
            self.text = text

    class TakenBack(Message):
        """What led to the question is to be undone."""

    class Closed(Message):
        """Nothing is asked any more."""

    def __init__(
        self,
        *,
        footer: str,
        keep: Callable[[str, str], None],
        refusals: tuple[type[Exception], ...],
        explain: Callable[[BaseException], str],
        undo_keys: Callable[[], tuple[str, ...]] = tuple,
        id: str | None = None,
    ) -> None:
        """`keep` stores an unfinished text under its place; `refusals` are what `accept` may raise."""
        super().__init__(id=id)
        self._keep = keep
        self._refusals = refusals
        self._explain = explain
        self._undo_keys = undo_keys
        self.question: Question | None = None
        self._footer = footer
        self._back_to: Widget | None = None
        self._cycle: Iterator[str] | None = None
        self._offer: Offer | None = None
        self._timer: Timer | None = None
        self._typed = ""
        self._completing = False
        self._lines = 1
        self._opened_at = 0.0

    def make(self) -> None:
        """Title and input on a line, how it is understood under them: made once, before the first question.

        Most screens are left without one.
        """
        if self.children:
            return
        line = Horizontal(id="entry-line")
        self.mount(line, Static("", id="entry-hint", markup=False))
        line.mount(
            Static("", id="entry-title", markup=False),
            EntryInput(id="entry-input"),
        )

    def ask(self, question: Question, draft: str = "") -> None:
        """Open on a question; an answer begun before stands in the line again."""
        self.make()
        if self.question is None:
            self._back_to = self.screen.focused
        self.question = question
        self.query_one("#entry-title", Static).update(Content.styled(f" › {question.title} ", "bold $accent"))
        self.add_class("-open")
        line = self.query_one(EntryInput)
        line.password = question.is_hidden
        line.value = self._typed = draft or question.text
        line.cursor_position = len(line.value)
        # At once, before the style sheet is: what is typed right behind the key must find the line.
        self.styles.display = "block"
        self.screen.set_focus(line)
        self._opened_at = Message().time
        if question.text and question.gives_way and not draft:
            # What is offered gives way to what is typed; an arrow keeps it.
            line.select_all()
        self._show_hint()

    def catch_up(self, event: events.Key) -> bool:
        """Give the line a key that was on its way to something else when the bar opened; whether it was one."""
        if self.question is None or event.time > self._opened_at:
            return False
        self.query_one(EntryInput).take_late(event)
        return True

    def takes_back(self, key: str) -> bool:
        """Close, and say that what led here is to be undone, when that key asks for it; whether it did."""
        asked = self.question
        if asked is None or not asked.undoes or self.query_one(EntryInput).value != asked.text:
            return False
        if key not in self._undo_keys():
            return False
        self._close()
        self.post_message(self.TakenBack())
        return True

    def leave(self) -> None:
        """Close without saving; nothing typed is lost."""
        self.flush()
        self._close()

    def elsewhere(self) -> None:
        """Close the line and say what stood in it, where the question takes several lines."""
        if self.question is not None and self.question.written_as:
            question, text = self.question, self.query_one(EntryInput).value
            self.leave()
            self.post_message(self.Elsewhere(question, "" if text == question.text else text))

    def submit(self, *, again: bool = False) -> None:
        """Give the answer; stay open, with the reason and the text kept, when it will not do."""
        if self.question is None:
            return
        question, line = self.question, self.query_one(EntryInput)
        try:
            answer = question.accept(line.value)
        except self._refusals as error:
            self.flush()
            self.say(Content.styled(f" {self._explain(error)}", "$error"))
            return
        self._draft("")
        if isinstance(answer, Question):
            self.post_message(self.Asked(answer))
            return
        if again:
            line.value = ""
            self._show_hint()
        else:
            self._close()
        self.post_message(self.Accepted(answer))

    @property
    def is_typed_in(self) -> bool:
        """Whether a letter was typed a moment ago, and is not kept yet."""
        return self._timer is not None

    def flush(self) -> None:
        """Keep what stands in the line, now."""
        if self.question is not None:
            # What was typed just now is in the line before the bar hears of it; a line that is gone says no more.
            line = next(iter(self.query(EntryInput)), None)
            self._draft(self._typed if line is None else line.value)

    def on_unmount(self) -> None:
        """Nothing typed is lost when the place goes."""
        self.flush()

    def say(self, content: Content) -> None:
        """Show something under the line, on as many lines as it needs up to HINT_LINES."""
        hint = self.query_one("#entry-hint", Static)
        hint.update(content, layout=False)
        width = max(1, self.size.width or self.app.size.width)
        lines = 1 if content.cell_length <= width else min(HINT_LINES, len(content.wrap(width)))
        if lines != self._lines:
            # The rest of the screen makes room for a sentence that would be cut; only then is it laid out anew.
            self._lines = lines
            hint.styles.height, self.styles.height = lines, lines + 1

    def complete(self) -> None:
        """Put the next candidate in the line."""
        if self.question is None:
            return
        line = self.query_one(EntryInput)
        if self._cycle is None:
            offer = self.question.complete(line.value, line.cursor_position)
            if offer is None or not offer.candidates:
                return
            self._offer, self._cycle = offer, _round(offer.candidates)
        assert self._offer is not None
        candidate = next(self._cycle)
        before, after = line.value[: self._offer.start], line.value[self._offer.end :]
        self._completing = True
        line.value = f"{before}{candidate}{after}"
        line.cursor_position = len(before) + len(candidate)
        self._offer = Offer(self._offer.start, line.cursor_position, self._offer.candidates)
        self._show_hint()

    def refuse(self) -> None:
        """Make the last understood mark plain words."""
        line = self.query_one(EntryInput)
        literal = self.question.refuse(line.value) if self.question else None
        if literal is not None:
            line.value = literal
            line.cursor_position = len(literal)

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self._typed = event.value
        if self._completing:
            self._completing = False
        else:
            self._cycle = None
        self._show_hint()
        # A running timer is left to run: who types without a pause is kept too.
        if self._timer is None:
            self._timer = self.set_timer(self.DRAFT_DELAY, self.flush)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.submit()

    def _show_hint(self) -> None:
        if self.question is not None:
            hint = self.question.hint(self.query_one(EntryInput).value)
            longer = _("^t editor") + " · " if self.question.written_as else ""
            keys = longer + self._footer
            room = self.size.width - hint.cell_length - len(keys) - 3
            footer = " " * room + keys if room >= 2 else ""
            self.say(Content(" ") + hint + Content.styled(footer, "$quiet"))

    def _draft(self, text: str) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        if self.question is not None and self.question.keeps_draft:
            # A text that stands as it was offered is no draft: it would come back over later changes.
            self._keep(self.question.place, "" if text == self.question.text else text)

    def _close(self) -> None:
        self.question = None
        self._cycle = None
        self.remove_class("-open")
        self.styles.clear_rule("display")
        if self._lines != 1:
            self.say(Content(""))
            self.styles.clear_rule("height")
        if self._back_to is not None and self._back_to.is_attached:
            self._back_to.focus()
        self.post_message(self.Closed())


def _round(candidates: tuple[str, ...]) -> Iterator[str]:
    while True:
        yield from candidates
