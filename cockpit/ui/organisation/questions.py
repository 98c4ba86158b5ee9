"""What the bar asks about the organisation."""

from __future__ import annotations

from collections.abc import Callable

from textual.content import Content

from cockpit.domain.registers.feedback import INSIDE
from cockpit.locale import _
from cockpit.services.desk import forms, identities
from cockpit.services.desk.workspace import Workspace
from cockpit.services.organisation import feedback as marks
from cockpit.services.organisation import what_if
from cockpit.ui.kit import questions
from cockpit.ui.widgets.entry_bar import Question


def who_leaves(workspace: Workspace, opened: Callable[[str], None]) -> Question:
    """Whose leaving is thought through?"""
    names = workspace.shown.names()

    def accept(text: str) -> str:
        code = what_if.who(workspace.shown, text)
        if code is None:
            raise forms.WrongValue(_("a person or a provider of the registers is expected; Tab completes"))
        opened(code)
        return ""

    def hint(text: str) -> Content:
        try:
            code = what_if.who(workspace.shown, text) if text.strip() else None
        except identities.SeveralNames as several:
            return Content.styled(f"? {several}", "$warning")
        if code is None:
            return Content.styled(_("a person or a provider; Tab completes"), "$quiet")
        return Content.styled("→ ", "$accent") + Content(what_if.what_if(workspace.shown, code).verdict)

    return Question(
        place="what-if", title=_("What if … leaves?"), accept=accept, hint=hint,
        complete=questions.offers(lambda typed: identities.named(names, what_if.WHO, typed), several=False),
        keeps_draft=False,
    )  # fmt: skip


def feedback(workspace: Workspace, code: str) -> Question:
    """How good an interface is, by one of its sides."""
    record = marks.interface(workspace, code)

    def accept(text: str) -> str:
        kept = marks.note(workspace, code, marks.understand(text))
        return _("{code} kept · u undoes").format(code=kept)

    def hint(text: str) -> Content:
        if not text.strip():
            return Content.styled(_("4 // why; what they say of us: them 3 // why"), "$quiet")
        try:
            said = marks.understand(text)
        except forms.WrongValue as error:
            return Content.styled(str(error), "$quiet")
        who = _("we say {mark}") if said.side == INSIDE else _("they say {mark}")
        return Content.styled("→ ", "$accent") + Content(
            f"{record.code} · {who.format(mark=said.mark)} · {said.note}"
        )

    return Question(
        place=f"feedback:{record.code}", title=_("{name}: from 1 to 5").format(name=record.name), accept=accept,
        hint=hint,
    )  # fmt: skip
