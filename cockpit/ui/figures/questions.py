"""What the one-line bar asks about a figure or a goal."""

from __future__ import annotations

from textual.content import Content

from cockpit.domain.refusal import Refusal
from cockpit.domain.text import fold
from cockpit.locale import _
from cockpit.services.desk import forms
from cockpit.services.desk.workspace import Workspace
from cockpit.services.figures import goals, line, reports, scorecard, values
from cockpit.services.figures.goals import GOAL
from cockpit.services.figures.scorecard import FigureLine
from cockpit.services.promises import expected
from cockpit.ui.kit.questions import offers
from cockpit.ui.widgets.entry_bar import Question


def value(workspace: Workspace, found: FigureLine) -> Question:
    """The value of the period that runs, with a word on it after //; `24/11 = 142k` is of another day."""
    record = found.record

    def accept(text: str) -> str:
        said = line.value_of(workspace, record, text)
        values.write(workspace, record, said.value, on=said.on, note=said.note)
        return _("{name}: {value} · u undoes").format(
            name=record.name, value=scorecard.amount(record, said.value)
        )

    def hint(text: str) -> Content:
        if not text.strip():
            return Content.styled(_("182k // why; 24/11 = 182k for an earlier period"), "$quiet")
        try:
            said = line.value_of(workspace, record, text)
        except line.LineNotUnderstood as error:
            return Content.styled(str(error), "$quiet")
        period = scorecard.period_name(said.on or workspace.today(), record.cadence)
        return Content.styled("→ ", "$accent") + Content(f"{period} · {scorecard.amount(record, said.value)}")

    return Question(place=f"figure:{record.code}", title=record.name, accept=accept, hint=hint)


def say(workspace: Workspace, code: str, name: str) -> Question:
    """How a goal stands, with a word on it after //."""
    states = {state: _(label) for state, label in GOAL.field("state").choices.items() if state != "unsaid"}

    def read(text: str) -> tuple[str, str]:
        said, _slashes, note = text.partition("//")
        wanted = fold(said).strip()
        found = [state for state, word in states.items() if wanted and fold(word).startswith(wanted)]
        if len(found) != 1:
            raise forms.WrongValue(_("choose one of: {choices}").format(choices=", ".join(states.values())))
        return found[0], note.strip()

    def accept(text: str) -> str:
        state, note = read(text)
        goals.say(workspace, code, state, note)
        return _("{code} {state} · u undoes").format(code=code, state=states[state])

    def hint(text: str) -> Content:
        try:
            return Content.styled("→ ", "$accent") + Content(states[read(text)[0]])
        except forms.WrongValue:
            return Content.styled(" · ".join(states.values()), "$quiet")

    words = tuple(states.values())
    return Question(
        place=f"goal:{code}", title=name, accept=accept, hint=hint, keeps_draft=False,
        complete=offers(lambda typed: tuple(w for w in words if fold(w).startswith(fold(typed))), several=False),
    )  # fmt: skip


def report(workspace: Workspace, code: str) -> Question:
    """A report that came: how complete it is, what it took, then its figures."""
    record = expected.named(workspace, code)

    def accept(text: str) -> str:
        reports.receive(workspace, code, reports.understand(workspace, text))
        return _("{code} came · u undoes").format(code=record.code)

    def hint(text: str) -> Content:
        if not text.strip():
            return Content.styled(
                _("90 % 20m ; cash 182k: complete, minutes, figures; all may be left out"), "$quiet"
            )
        try:
            said = reports.understand(workspace, text)
        except Refusal as error:
            return Content.styled(str(error), "$quiet")
        parts = [] if said.complete is None else [f"{said.complete} %"]
        parts += [] if said.minutes is None else [_("{n} min").format(n=said.minutes)]
        parts += [f"{each.record.name} {scorecard.amount(each.record, each.value)}" for each in said.figures]
        return Content.styled("→ ", "$accent") + Content(" · ".join(parts) or record.name)

    return Question(place=f"report:{record.code}", title=record.name, accept=accept, hint=hint)
