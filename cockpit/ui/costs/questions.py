"""What the one-line bar asks about time."""

from __future__ import annotations

from textual.content import Content

from cockpit.locale import _
from cockpit.services.costs import spending
from cockpit.services.desk.forms import WrongValue
from cockpit.services.desk.workspace import Workspace
from cockpit.ui.widgets.entry_bar import Question


def spend(workspace: Workspace, code: str) -> Question:
    """How many minutes were spent."""

    def accept(text: str) -> str:
        total = spending.spend(workspace, code, spending.minutes_of(text or "15"))
        if not spending.keeps_sum(code):
            return _("{code}: {n} min noted as a cost · u undoes").format(code=code, n=total)
        return _("{code}: {n} min in all · u undoes").format(code=code, n=total)

    def hint(text: str) -> Content:
        try:
            minutes = spending.minutes_of(text or "15")
        except WrongValue as error:
            return Content.styled(str(error), "$quiet")
        return Content.styled("→ ", "$accent") + Content(_("{n} min").format(n=minutes))

    return Question(
        place=f"spent:{code}", title=_("{code} time spent").format(code=code), accept=accept, hint=hint
    )
