"""What the one-line bar asks in a guided form: names, amounts, dates, actions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from textual.content import Content

from cockpit.domain.audits.self_audit import AuditedPart
from cockpit.domain.records.record import Field, FieldKind, Record
from cockpit.domain.text import clean
from cockpit.locale import N_, _
from cockpit.services.desk import forms, identities
from cockpit.services.desk.workspace import Workspace
from cockpit.services.work import entry
from cockpit.ui.kit.questions import offers
from cockpit.ui.widgets.entry_bar import Offer, Question

_WHO = {
    "owner": (N_("who answers for {function}"), ("person",)),
    "backup": (N_("who takes over {function}"), ("person", "provider")),
    "provider": (N_("who carries {function} outside"), ("provider",)),
}


_ANYBODY = ("person", "provider")


def _another_kind(names: Mapping[str, str], name: str) -> str:
    """That a name is a provider's where a person is asked for, or the other way round."""
    code = identities.one(names, _ANYBODY, name)
    if code.startswith("PR-"):
        return _("{name} is a provider: a person is asked for here").format(name=names[code])
    return _("{name} is a person: a provider is asked for here").format(name=names[code])


def own_function(workspace: Workspace, put: Callable[[str], None]) -> Question:
    """The name of a function that is not in the list."""

    def accept(text: str) -> str:
        if not clean(text):
            raise forms.WrongValue(_("a name is needed here"))
        put(text)
        return ""

    return Question(place="selfaudit:own", title=_("another function"), accept=accept)


def who(workspace: Workspace, part: AuditedPart, field: str, put: Callable[[str], None]) -> Question:
    """A person or a provider by name; a new name is made a record when the self-audit ends."""
    names = workspace.names()
    title, registers = _WHO[field]
    now = getattr(part, field)

    def accept(text: str) -> str:
        name = clean(text)
        found = identities.identity(names, registers, name)
        other = {"backup": part.owner, "owner": part.backup}.get(field, "")
        if name and found == other:
            raise forms.WrongValue(_("a backup is somebody else than whoever holds the function"))
        if found and found not in names and identities.resolve(names, (*_ANYBODY,), name) is not None:
            raise forms.WrongValue(_another_kind(names, name))
        put(found)
        return ""

    def hint(text: str) -> Content:
        name = clean(text)
        if not name:
            return Content.styled(_("a name, completed by ⇥; empty: nobody yet"), "$quiet")
        found = identities.meant(names, registers, name)
        if len(found) > 1:
            return Content.styled("? " + _(" or ").join(names[code] for code in found), "$warning")
        if not found and identities.resolve(names, _ANYBODY, name) is not None:
            return Content.styled(_another_kind(names, name), "$warning")
        known = names[found[0]] if found else _("{name}, new").format(name=name)
        return Content.styled("→ ", "$accent") + Content(known)

    return Question(
        place=f"selfaudit:{part.key}:{field}", title=_(title).format(function=part.name), accept=accept,
        hint=hint, text=names.get(now, now), keeps_draft=False,
        complete=offers(lambda typed: identities.named(names, registers, typed), several=False),
    )  # fmt: skip


def amount(workspace: Workspace, title: str, now: int | None, put: Callable[[int | None], None]) -> Question:
    """An amount in euros; empty: not known."""
    field = Field(name="amount", label=title, kind=FieldKind.MONEY)

    def accept(text: str) -> str:
        found = forms.read(workspace, field, text, {})
        put(found if isinstance(found, int) else None)
        return ""

    return Question(
        place=f"amount:{title}", title=title, accept=accept, keeps_draft=False,
        text=forms.money(now) if now is not None else "",
        hint=lambda _text: Content.styled(_("euros a year; empty: not known"), "$quiet"),
    )  # fmt: skip


def day(workspace: Workspace, title: str, now: date, put: Callable[[date], None]) -> Question:
    """A day to come."""
    field = Field(name="day", label=title, kind=FieldKind.DATE, required=True)

    def accept(text: str) -> str:
        found = forms.read(workspace, field, text, {})
        if not isinstance(found, date) or found <= workspace.today():
            raise forms.WrongValue(_("that moment is past"))
        put(found)
        return ""

    return Question(
        place=f"day:{title}", title=title, accept=accept, keeps_draft=False,
        text=forms.show(field, now, {}, workspace.zone),
    )  # fmt: skip


def action(workspace: Workspace, title: str, put: Callable[[str], None]) -> Question:
    """One line of the grammar, which becomes a priority when the form ends; it asks for a date."""
    known = entry.known(workspace)

    def accept(text: str) -> str:
        understood = entry.understand(workspace, text, known)
        if not understood.title:
            raise forms.WrongValue(_("the line needs a title"))
        if understood.due is None:
            raise forms.WrongValue(_("an action has a date, such as due:friday"))
        put(text)
        return ""

    def hint(text: str) -> Content:
        if not text.strip():
            return Content.styled(_("what is done, due:30/1, owner:name"), "$quiet")
        understood = entry.understand(workspace, text, known)
        return Content.styled("→ ", "$accent") + Content(entry.summary(workspace, understood))

    def complete(text: str, cursor: int) -> Offer | None:
        found = entry.complete(text, cursor, known)
        return Offer(*found) if found else None

    return Question(
        place=f"action:{title}", title=title, accept=accept, hint=hint, complete=complete, gives_way=False
    )


def which(
    workspace: Workspace, title: str, found: tuple[Record, ...], chosen: Callable[[str], None]
) -> Question:
    """One of a few records, by its name."""
    names = {each.code: str(getattr(each, "name", "")) for each in found}

    def accept(text: str) -> str:
        code = identities.resolve(names, ("function", "person"), text)
        if code is None:
            raise forms.WrongValue(_("say which one: {listed}").format(listed=", ".join(names.values())))
        chosen(code)
        return ""

    return Question(
        place=f"which:{title}", title=title, accept=accept, keeps_draft=False,
        text=next(iter(names.values()), ""),
        hint=lambda _text: Content.styled(", ".join(names.values()), "$quiet"),
        complete=offers(lambda typed: identities.named(names, ("function", "person"), typed), several=False),
    )  # fmt: skip
