"""What the one-line bar asks about a clock of service: why it pauses, what is asked at the next level."""

from __future__ import annotations

from textual.content import Content

from cockpit.domain.dataclasses import replace
from cockpit.domain.registers.clock import PAUSES
from cockpit.domain.text import fold, typed
from cockpit.locale import _
from cockpit.services.desk import forms
from cockpit.services.desk.workspace import Workspace
from cockpit.services.promises import engagements
from cockpit.services.records import find
from cockpit.services.work import escalation
from cockpit.services.work.escalation import TOP
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
            return Content.styled(str(error), "$foreground 50%")
        return Content.styled("→ ", "$accent") + Content(f"{_(PAUSES[reason])} · {note or '…'}")

    return Question(
        place=f"pause:{code}", title=_("pause {code}: why").format(code=code), accept=accept, hint=hint,
        complete=offers(_reasons_beginning, several=False),
    )  # fmt: skip


def escalate(workspace: Workspace, code: str) -> Question | None:
    """What is asked of whom at the next level; None at the top."""
    _register, found = find.find(workspace, code)
    level = int(getattr(found, "level", 0)) + 1
    if level > TOP:
        return None
    names = workspace.shown.names()
    ladder = escalation.ladder(workspace, found)  # type: ignore[arg-type]
    who = names.get(ladder.people[level - 1], ladder.people[level - 1])

    def accept(text: str) -> str:
        escalation.escalate(workspace, code, text)
        return _("{code} escalated to level {level}: {who} is asked · u undoes").format(
            code=code, level=level, who=who
        )

    asked = Question(
        place=f"escalate:{code}", title=_("ask {who} (level {level})").format(who=who, level=level),
        accept=accept, keeps_draft=False,
        hint=lambda _text: Content.styled(
            _("what must be decided or done; ⏎ takes the step, d records the decision that ends it"),
            "$foreground 50%",
        ),
    )  # fmt: skip
    return replace(asked, text=str(getattr(found, "next_step", "") or getattr(found, "title", "")))


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
