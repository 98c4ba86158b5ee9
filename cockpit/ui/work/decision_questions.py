"""What the one-line bar asks about decisions: what is decided on a blocker, what takes the place of a decision."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from textual.content import Content

from cockpit.domain.dataclasses import replace
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.blocker import Blocker
from cockpit.domain.registers.decision import Decision
from cockpit.domain.text import fold
from cockpit.domain.work.entry import Entry
from cockpit.locale import _, pgettext
from cockpit.services.desk import dates, forms, refusal
from cockpit.services.desk.workspace import Workspace
from cockpit.services.records import find
from cockpit.services.work import decisions, entry
from cockpit.ui.widgets.entry_bar import Offer, Question
from cockpit.ui.work.questions import new_record


def arbitrate(workspace: Workspace, code: str) -> Question:
    """What is decided; the question and its options stand under the line. Raises UnknownCode, NotPossible."""
    _register, found = find.find(workspace, code)
    if not isinstance(found, Blocker):
        raise refusal.NotPossible(code, _("it is no blocker"))
    if found.closed_at is not None:
        raise refusal.closed(code)
    options = decisions.options_of(found)
    asked = Content.styled("? ", "bold $accent") + Content(decisions.question_of(workspace, found))
    if options:
        asked += Content.styled(" · ", "$quiet") + Content(" / ".join(options))

    def save(said: Entry) -> str:
        made = decisions.arbitrate(workspace, code, said)
        return _("{code} decided on {blocker} · u undoes").format(code=made, blocker=code)

    title = _("decide {code}").format(code=code)
    question = _decided(workspace, place=f"arbitrate:{code}", title=title, asked=asked, save=save, about=code)

    def complete(text: str, cursor: int) -> Offer | None:
        fits = tuple(each for each in options if fold(each).startswith(fold(text[:cursor])))
        return Offer(0, cursor, fits) if fits else question.complete(text, cursor)

    return replace(question, complete=complete)


def supersede(workspace: Workspace, code: str) -> Question:
    """What is decided instead. Raises UnknownCode, NotPossible."""
    _register, found = find.find(workspace, code)
    later = decisions.superseded_by(workspace)
    if not isinstance(found, Decision):
        raise refusal.NotPossible(code, _("it is no decision"))
    if code in later:
        return supersede(workspace, later[code])
    asked = Content.styled(_("instead of: {title}").format(title=found.title), "$quiet")

    def save(said: Entry) -> str:
        made = decisions.supersede(workspace, code, said)
        return _("{code} supersedes {old} · u undoes").format(code=made, old=code)

    title = _("instead of {code}").format(code=code)
    return _decided(workspace, place=f"supersede:{code}", title=title, asked=asked, save=save)


def holds(workspace: Workspace, code: str) -> Question:
    """When is it looked at again? An empty answer: no more."""
    field = REGISTERS["decision"].field("review_on")

    def read(text: str) -> date | None:
        found = forms.read(workspace, field, text, {})
        if isinstance(found, date) and found <= workspace.today():
            raise forms.WrongValue(_("that day is past"))
        return found if isinstance(found, date) else None

    def accept(text: str) -> str:
        decisions.holds(workspace, code, read(text))
        return _("{code} still holds · u undoes").format(code=code)

    def hint(text: str) -> Content:
        try:
            day = read(text)
        except forms.WrongValue as error:
            return Content.styled(str(error), "$quiet")
        said = dates.long_date(day) if day else _("it is not looked at again")
        return Content.styled("→ ", "$accent") + Content(said)

    return Question(
        place=f"holds:{code}", title=_("{code} still holds, look again on").format(code=code), accept=accept,
        hint=hint, keeps_draft=False, text=pgettext("typed", "in 6 months"),
    )  # fmt: skip


def _decided(
    workspace: Workspace,
    *,
    place: str,
    title: str,
    asked: Content,
    save: Callable[[Entry], str],
    about: str = "",
) -> Question:
    line = new_record(workspace, "decision", REGISTERS["decision"])

    def accept(text: str) -> str:
        said = entry.understand(workspace, text)
        if not said.title:
            raise forms.WrongValue(_("the line needs a title"))
        return save(said)

    def hint(text: str) -> Content:
        if not text.strip():
            return asked
        said = entry.understand(workspace, text)
        judged = decisions.preview(workspace.shown, said, decisions.Details(), about)
        return line.hint(text) + Content.styled(f"  · {judged}", "$quiet")

    return replace(line, place=place, title=title, accept=accept, hint=hint)
