"""The first hour on the screen: the questions of `cockpit init`, what is known of each, and the one that is asked."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Iterable
from importlib import import_module
from textwrap import wrap
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget

from cockpit.domain.agenda.makers import HIDES
from cockpit.domain.dataclasses import dataclass
from cockpit.domain.refusal import Refusal
from cockpit.locale import N_, _
from cockpit.services.beginning import first_hour
from cockpit.services.beginning.first_hour import BY_ID, STEPS, FirstQuestion
from cockpit.services.desk import refusal
from cockpit.services.desk.refusal import WrongValue
from cockpit.ui.kit import visuals
from cockpit.ui.kit.place import Page
from cockpit.ui.widgets.entry_bar import EntryBar, Question
from cockpit.ui.widgets.rows import Item, Rows

BOARD, DEMO = "board", "demo"
_UNDER = "     "
"""Before what is said under a question."""


@dataclass(frozen=True)
class BeginningRow:
    """One line: a question, what an answer gave, or a way on."""

    left: Content
    right: Content = Content("")


class FirstHourScreen(Page):
    """Opened by itself where there is no company yet. Escape leaves, and what was answered stays."""

    NAME = "first-hour"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "back", show=False)]

    def __init__(self, step: str = "") -> None:
        """Ask one question alone, or all that are left."""
        super().__init__()
        self.alone = step if step in BY_ID else ""
        self.told: dict[str, list[str]] = {}
        """What the answers gave, by question."""
        self.asked = ""
        self.address = ""
        """The address of an agenda that could not be read."""
        self.error: Refusal | None = None
        """Why it could not."""
        self.allows_local = False

    def body(self) -> list[Widget]:
        """One list."""
        rows = Rows(self._paint, id="first-hour")
        rows.entitle(Content(_("The first hour")), Content(_("⏎ asks · esc to the cockpit; all of it stays")))
        return [rows]

    def begin(self) -> None:
        """Ask what comes first."""
        self._show()
        self.query_one(Rows).focus()
        step = BY_ID.get(self.alone) or next(iter(first_hour.left(self.cockpit.workspace)), None)
        if step is not None:
            self._ask(step)

    def on_resize(self) -> None:
        """What is said is cut into other lines."""
        self._show()

    def action_back(self) -> None:
        """To the cockpit, which reads what was given."""
        super().action_back()
        app = self.cockpit
        app.follow_settings(app.workspace.settings)

    @on(Rows.Opened)
    def _open(self, event: Rows.Opened) -> None:
        key = event.item.key
        if key == BOARD:
            self.action_back()
        elif key == DEMO:
            self._demo()
        elif key in BY_ID:
            self._ask(BY_ID[key])

    @on(EntryBar.Closed)
    def _question_closed(self) -> None:
        self._show()

    def _ask(self, step: FirstQuestion) -> None:
        self.asked = step.id
        self.ask(self._question(step))
        self._show()

    def _question(self, step: FirstQuestion) -> Question:
        workspace = self.cockpit.workspace

        def accept(text: str) -> str | Question:
            if not text.strip():
                first_hour.pass_over(workspace, step.id)
                return self._next()
            if step.id == "agenda":
                return self._try(text.strip())
            found = first_hour.answer(workspace, step.id, text)
            self._tell(step.id, found.told)
            if found.look_at:
                self.run_worker(self._look(step.id, found.look_at), group="pages", exit_on_error=False)
            return self._again(step) if found.more else self._next()

        return Question(
            place=f"first:{step.id}",
            title=_(step.question),
            accept=accept,
            hint=lambda text: self._hint(step, text),
            text=self.address if step.id == "agenda" else first_hour.proposed(workspace, step.id),
            # The address of an agenda is a secret: no draft of it is kept.
            keeps_draft=step.id != "agenda",
        )

    def _hint(self, step: FirstQuestion, text: str) -> Content:
        if step.id == "agenda" and self.error is not None and text.strip() == self.address:
            return Content.styled(str(self.error), "$warning") + Content.styled(f" · {self._way()}", "bold")
        passes = _("⏎ alone passes it over")
        return Content.styled(f"{_(step.help)} · {passes}", "$quiet")

    def _way(self) -> str:
        """What Enter does with an address that could not be read."""
        return _(_WAYS[self._choice()])

    def _choice(self) -> str:
        error = self.error
        if getattr(error, "is_local", False):
            return "local"
        if getattr(error, "moved_to", ""):
            return "moved"
        return "keep" if getattr(error, "may_pass", False) else "other"

    def _again(self, step: FirstQuestion) -> Question:
        self._show()
        return self._question(step)

    def _next(self) -> str | Question:
        """The question that comes next; none when one alone was asked, or all were."""
        self.address, self.error = "", None
        left = () if self.alone else first_hour.left(self.cockpit.workspace)
        self.asked = left[0].id if left else ""
        # The banner bears the company's name from the moment it has one.
        self.cockpit.reload()
        self._show()
        if left:
            return self._question(left[0])
        self.query_one(Rows).select(BOARD)
        return _("that is all: ⏎ opens the cockpit")

    def _try(self, text: str) -> str:
        """Read an address beside the screen; the same again is a choice."""
        workspace = self.cockpit.workspace
        if self.error is not None and text == self.address:
            match self._choice():
                case "local":
                    self.allows_local = True
                case "moved":
                    text = str(getattr(self.error, "moved_to", ""))
                case "keep":
                    first_hour.keep_agenda(workspace, first_hour.agenda_for_later(workspace, text))
                    self._tell("agenda", [_("kept: it is tried at each sync")])
                    self.call_after_refresh(self._go_on)
                    return ""
                case _:
                    raise WrongValue(str(self.error))
        self.told["agenda"] = [_("reading…")]
        self._show()
        self.run_worker(self._read(text), group="agenda", exclusive=True, exit_on_error=False)
        return ""

    async def _read(self, text: str) -> None:
        # What reads agendas takes a moment to load: no key waits for it.
        trial = await asyncio.to_thread(import_module, "cockpit.services.agenda.trial")
        workspace = self.cockpit.workspace
        try:
            tried = await first_hour.try_agenda(workspace, text, internal=self.allows_local, beside=True)
            first_hour.keep_agenda(workspace, tried.source)
        except refusal.ORDINARY as error:
            self.address, self.error = text, error if isinstance(error, Refusal) else WrongValue(str(error))
            self.told["agenda"] = [f"✗ {self.error}"]
            self._show()
            if self.is_current and not self.asking:
                self._ask(BY_ID["agenda"])
            return
        self.told["agenda"] = []
        self._tell("agenda", trial.lines(tried, workspace.now()))
        self._go_on()

    def _go_on(self) -> None:
        """Ask what comes next, once an address was read."""
        found = self._next()
        if isinstance(found, Question) and self.is_current and not self.asking:
            self.ask(found)

    async def _look(self, step: str, names: Iterable[str]) -> None:
        """The status pages of those providers, one after the other."""
        for name in names:
            try:
                said = await first_hour.watch(self.cockpit.workspace, name, beside=True)
            except OSError as error:
                said = refusal.explain(error)
            self._tell(step, [said])
            self._show()

    def _demo(self) -> None:
        """The demonstration in this terminal; leaving it comes back here."""
        program = self.cockpit.command[: self.cockpit.command.index("cockpit") + 1]
        if program:
            with self.app.suspend():
                sys.stdout.write(_("The demonstration is being made: a few seconds…") + "\n")
                sys.stdout.flush()
                # Our own interpreter with our own options; no shell reads them.
                subprocess.run([*program, "demo"], check=False)  # noqa: S603

    def _tell(self, step: str, lines: Iterable[str]) -> None:
        self.told.setdefault(step, []).extend(lines)

    def _show(self) -> None:
        if not self.is_attached:
            return
        rows = self.query_one(Rows)
        rows.repaint()
        rows.show(list(self._items()))

    def _items(self) -> Iterable[Item[BeginningRow]]:
        workspace = self.cockpit.workspace
        left = {each.id for each in first_hour.left(workspace)}
        for step in STEPS:
            known = first_hour.known(workspace, step.id)
            mark, style = (
                ("✓", visuals.GOOD) if known else ("○", "") if step.id in left else ("–", visuals.MUTED)
            )
            if step.id == self.asked:
                mark, style = "▶", "bold $accent"
            words = Content.styled(f" {mark} ", style) + Content.styled(_(step.question), style)
            yield Item(step.id, BeginningRow(words, Content.styled(f"{known} ", "bold")))
            if step.id == "agenda" == self.asked and self.error is None:
                yield from self._notes("where", (f"· {_(where)}" for where in HIDES.values()))
            yield from self._notes(step.id, self.told.get(step.id, ()))
        yield Item(BOARD, BeginningRow(Content.styled(" → " + _("to the cockpit"), "bold")))
        if not self.cockpit.is_demo and self.cockpit.command:
            demo = _("a demonstration first, of a fictional company; q comes back")
            yield Item(DEMO, BeginningRow(Content(f" → {demo}")))

    def _notes(self, about: str, lines: Iterable[str]) -> Iterable[Item[BeginningRow]]:
        """What is said under a question, none of it cut."""
        room = max(30, (self.size.width or self.app.size.width) - len(_UNDER) - 1)
        for n, line in enumerate(lines):
            for part, text in enumerate(wrap(line, room, subsequent_indent="  ")):
                shown = BeginningRow(Content.styled(f"{_UNDER}{text}", visuals.MUTED))
                yield Item(f"{about}:{n}.{part}", shown, heading=True)

    @staticmethod
    def _paint(data: BeginningRow, width: int) -> list[Content]:
        return [visuals.spread(width, data.left, data.right)]


_WAYS = {
    "local": N_("⏎ again reads it: it is of your own network"),
    "moved": N_("⏎ again takes the address to which it sends"),
    "keep": N_("⏎ again keeps it, to be tried later"),
    "other": N_("another address, or none: ⏎ passes it over"),
}
"""What Enter does with an address that could not be read, by why."""
