"""What the one-line bar asks about a clock of service: why it pauses."""

from __future__ import annotations

from textual.content import Content

from cockpit.domain.registers.clock import PAUSES
from cockpit.domain.text import fold, typed
from cockpit.locale import _
from cockpit.services.desk import forms
from cockpit.services.desk.workspace import Workspace
from cockpit.services.promises import engagements
from cockpit.ui.kit.questions import offers
from cockpit.ui.widgets.entry_bar import Question


def pause(workspace: Workspace, code: str) -> Question:
    """Why it pauses: one of the closed list, then a word after a colon."""

    def accept(text: str) -> str:
        reason, note = _reason(text)
        try:
            engagements.pause(workspace, code, reason, note)
        except engagements.CannotPause as error:
            raise forms.WrongValue(str(error)) from error
        return _("{code} paused: {why} · h goes on · u undoes").format(code=code, why=_(PAUSES[reason]))

    def hint(text: str) -> Content:
        try:
            reason, note = _reason(text)
        except forms.WrongValue as error:
            return Content.styled(str(error), "$quiet")
        return Content.styled("→ ", "$accent") + Content(f"{_(PAUSES[reason])} · {note or '…'}")

    return Question(
        place=f"pause:{code}", title=_("pause {code}: why").format(code=code), accept=accept, hint=hint,
        complete=offers(_reasons_beginning, several=False),
    )  # fmt: skip


def _reason(text: str) -> tuple[str, str]:
    """The reason that the words before a colon mean, and the note after it. Raises WrongValue."""
    word, _colon, note = typed(text).partition(":")
    wanted = fold(word)
    found = [
        reason
        for reason in engagements.REASONS
        if any(fold(each).startswith(wanted) for each in (_(PAUSES[reason]), reason.replace("_", " ")))
    ]
    if not wanted or len(found) != 1:
        raise forms.WrongValue(
            _("choose one of: {choices}").format(choices=", ".join(_reasons_beginning("")))
        )
    return found[0], note.strip()


def _reasons_beginning(typed: str) -> tuple[str, ...]:
    words = (_(PAUSES[reason]) for reason in engagements.REASONS)
    return tuple(word for word in words if fold(word).startswith(fold(typed)))
