"""What the bar asks to begin a handover from a template: of whom, of which kind, until when, to whom."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from textual.content import Content

from cockpit.domain.records.record import Field, FieldKind
from cockpit.domain.registers.handover import HANDOVERS
from cockpit.domain.text import fold
from cockpit.locale import _
from cockpit.services.audits import handovers
from cockpit.services.desk import forms, identities
from cockpit.services.desk.workspace import Workspace
from cockpit.services.records import find
from cockpit.ui.kit.questions import offers
from cockpit.ui.widgets.entry_bar import Question

_WHO = ("person", "provider")


def whose(workspace: Workspace, opened: Callable[[str], None]) -> Question:
    """Of whom?"""
    names = workspace.shown.names()

    def accept(text: str) -> Question:
        return kind_of(workspace, identities.one(names, _WHO, text), opened)

    return Question(
        place="handover:who", title=_("handover of"), accept=accept, keeps_draft=False,
        complete=offers(lambda typed: identities.named(names, _WHO, typed), several=False),
    )  # fmt: skip


def kind_of(workspace: Workspace, code: str, opened: Callable[[str], None]) -> Question:
    """Arrival, departure, end of mission? Of somebody whom the veil hides it would tell the name and the day."""
    _register, found = find.find(workspace.shown, code)
    if workspace.shown.hides(found):
        raise forms.WrongValue(
            _("{code} is above the level of this room: v lifts the veil").format(code=code)
        )
    words = [_(word) for word in HANDOVERS.values()]
    name = str(getattr(found, "name", code))

    def accept(text: str) -> Question:
        kind = handovers.kind_named(text)
        if kind is None:
            raise forms.WrongValue(_("choose one of: {choices}").format(choices=", ".join(words)))
        return _due(workspace, code, kind, opened)

    return Question(
        place=f"handover:{code}", title=_("handover of {who}").format(who=name), accept=accept,
        text=_(HANDOVERS[handovers.usual_kind(workspace, found)]), keeps_draft=False,
        hint=lambda _text: Content.styled(", ".join(words), "$quiet"),
        complete=offers(
            lambda typed: tuple(word for word in words if fold(word).startswith(fold(typed))), several=False
        ),
    )  # fmt: skip


def _due(workspace: Workspace, code: str, kind: str, opened: Callable[[str], None]) -> Question:
    """When does it end?"""
    _register, found = find.find(workspace, code)
    field = Field(name="due", label="", kind=FieldKind.DATE, required=True)
    title = _("first day") if kind == "arrival" else _("last day")

    def accept(text: str) -> Question:
        day = forms.read(workspace, field, text, {})
        assert isinstance(day, date)
        return _taker(workspace, code, kind, day, opened)

    return Question(
        place=f"handover:{code}:due", title=title, accept=accept, keeps_draft=False,
        text=forms.show(field, handovers.usual_due(workspace, found, kind), {}, workspace.zone),
    )  # fmt: skip


def _taker(workspace: Workspace, code: str, kind: str, day: date, opened: Callable[[str], None]) -> Question:
    """Who takes over, or who welcomes?"""
    names = workspace.shown.names()
    title = _("who welcomes") if kind == "arrival" else _("who takes over")

    def accept(text: str) -> str:
        other = identities.one(names, _WHO, text) if text.strip() else ""
        if other == code:
            raise forms.WrongValue(_("nobody hands over to themselves"))
        made = handovers.start(workspace, code, kind, day, other)
        opened(made)
        return _("{code} saved · u undoes").format(code=made)

    return Question(
        place=f"handover:{code}:taker", title=title, accept=accept, keeps_draft=False,
        hint=lambda _text: Content.styled(_("a name, completed by ⇥; empty: nobody yet"), "$quiet"),
        complete=offers(lambda typed: identities.named(names, _WHO, typed), several=False),
    )  # fmt: skip
