"""What the one-line bar asks about a contract: what was decided of its term."""

from __future__ import annotations

from textual.content import Content

from cockpit.domain.text import fold
from cockpit.locale import _
from cockpit.services.desk import forms
from cockpit.services.desk.workspace import Workspace
from cockpit.services.organisation import contract_decision
from cockpit.ui.kit.questions import offers
from cockpit.ui.widgets.entry_bar import Question


def decide(workspace: Workspace, code: str) -> Question:
    """Renewed on purpose, notice sent on a day, renegotiating, or nothing yet."""
    words = contract_decision.words()

    def accept(text: str) -> str:
        what, on = contract_decision.read(workspace, text)
        return contract_decision.decide(workspace, code, what, on) + " · " + _("u undoes")

    def hint(text: str) -> Content:
        if not text.strip():
            return Content.styled(" · ".join(words), "$quiet")
        try:
            what, on = contract_decision.read(workspace, text)
        except forms.WrongValue as error:
            return Content.styled(str(error), "$quiet")
        return Content.styled("→ ", "$accent") + Content(contract_decision.meaning(workspace, code, what, on))

    return Question(
        place=f"contract:{code}", title=_("{code} decided").format(code=code), accept=accept, hint=hint,
        complete=offers(lambda typed: tuple(w for w in words if fold(w).startswith(fold(typed))), several=False),
        keeps_draft=False,
    )  # fmt: skip
