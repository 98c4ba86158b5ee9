"""What the bar asks about the records of the registers: a field, a new one, several at once, one that goes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from textual.content import Content

from cockpit.domain.changes.soundness import Doubt
from cockpit.domain.dataclasses import replace
from cockpit.domain.promises import sla_clock
from cockpit.domain.records.identities import in_short
from cockpit.domain.records.record import LINES, Field, FieldKind, Record, Register, Value
from cockpit.domain.refusal import Refusal
from cockpit.domain.registers.tool import Tool
from cockpit.domain.text import clean, fold
from cockpit.locale import _, ngettext
from cockpit.services.changes import bulk, edit, linking, outsourcing_gate, references, soundness
from cockpit.services.costs import added
from cockpit.services.desk import forms, identities, refusal
from cockpit.services.desk.workspace import Workspace
from cockpit.services.meetings import templates
from cockpit.services.promises import engagements
from cockpit.services.records import find
from cockpit.ui.kit.link_questions import link_names
from cockpit.ui.kit.questions import offers, why_now
from cockpit.ui.widgets.entry_bar import Offer, Question

HINT = "$quiet"
Judge = Callable[[Mapping[str, Value]], tuple[Doubt, ...]]


def edit_field(workspace: Workspace, found: Record, field: Field) -> Question:
    """Another value for one field, checked as it is typed."""
    register, _found = find.find(workspace, found.code)
    names = workspace.shown.names()
    shown_now = forms.show(field, getattr(found, field.name), names, workspace.zone)

    def accept(text: str) -> str | Question:
        # What is shown does not always say everything: an answer left as it stood changes nothing.
        if text == shown_now:
            return ""
        values = {field.name: forms.read(workspace, field, text, names)}
        said = _changed(
            lambda reason: bool(edit.edit(workspace, found.code, values, reason)),
            _("{code}: {field} changed · u undoes").format(code=found.code, field=_(field.label)),
            found.code,
        )
        if said and isinstance(said, str) and register.name == "policy" and field.name == "target":
            return _open_ones(workspace, found.code) or said
        if said and isinstance(said, str):
            return _priced(workspace, said, register, found.code, field.name)
        return said

    return Question(
        place=f"edit:{found.code}:{field.name}",
        title=_(field.label),
        accept=accept,
        hint=_used_for(
            workspace,
            found,
            field,
            _judged_hint(workspace, field, names, judge_of(workspace, register, found)),
        ),
        complete=_field_completer(field, names),
        text=shown_now,
        written_as=(found.code, field.name) if field.kind in LINES else None,
        # What may turn out to be a secret is kept nowhere before it is judged.
        keeps_draft=field.name != "vault",
    )


def _priced(workspace: Workspace, told: str, register: Register, code: str, changed: str = "") -> str:
    """The same, with what one more of it costs a year, where it is one of those."""
    return " · ".join(filter(None, (told, added.notice(workspace.shown, register.name, code, changed))))


def _used_for(
    workspace: Workspace, found: Record, field: Field, hint: Callable[[str], Content]
) -> Callable[[str], Content]:
    """While the use of a tool is typed: which others do the same."""
    if not isinstance(found, Tool) or field.name != "usage":
        return hint

    def said(text: str) -> Content:
        others = added.one_use(workspace.shown, replace(found, usage=clean(text)))
        return hint(text) + Content.styled(f"  ⚠ {others}", "$warning") if others else hint(text)

    return said


def _open_ones(workspace: Workspace, policy: str) -> Question | None:
    """What becomes of the deadlines that a promise opened before it was changed; None when none is open."""
    n = len(engagements.bound_by(workspace, policy))
    if not n:
        return None
    ways = {
        _("leave them as they were"): "", _("from now on"): sla_clock.PROSPECTIVE,
        _("from their start"): sla_clock.RETROACTIVE,
    }  # fmt: skip

    def accept(text: str) -> str:
        wanted = fold(text).strip()
        chosen = [way for words, way in ways.items() if wanted and fold(words).startswith(wanted)]
        if len(chosen) != 1:
            raise forms.WrongValue(_("choose one of: {choices}").format(choices=", ".join(ways)))
        if not chosen[0]:
            return ngettext(
                "{n} open deadline stays as it was promised",
                "{n} open deadlines stay as they were promised",
                n,
            ).format(n=n)
        engagements.follow(workspace, policy, chosen[0])
        return ngettext(
            "{n} open deadline counted anew · u undoes", "{n} open deadlines counted anew · u undoes", n
        ).format(n=n)

    title = ngettext(
        "{n} open deadline has the promise of before", "{n} open deadlines have the promise of before", n
    )
    return Question(
        place=f"open:{policy}", title=title.format(n=n), accept=accept, keeps_draft=False,
        text=next(iter(ways)), complete=offers(
            lambda typed: tuple(each for each in ways if fold(each).startswith(fold(typed).strip())), several=False
        ),
        hint=lambda _text: Content.styled(" · ".join(ways), HINT),
    )  # fmt: skip


def create(
    workspace: Workspace,
    register: Register,
    opened: Callable[[str], None],
    text: str = "",
    known: Mapping[str, Value] | None = None,
) -> Question:
    """The first required field of a new record; each answer asks the next one, the last opens the record.

    `text` is offered for the first field; fields that are `known` are not asked.
    """
    given: dict[str, Value] = dict(known or {})
    fields = [f for f in register.fields if f.required and f.name not in given]

    def step(index: int) -> Question:
        field = fields[index]
        is_template = register.name == "ritual" and field.name == register.subject
        names = workspace.shown.names()

        def accept(text: str) -> str | Question:
            template = templates.exactly(text) if is_template else None
            if template is not None:
                soundness.refuse(workspace, register, None, template.values(""))
                code = templates.add(workspace, template)
                opened(code)
                return _priced(workspace, _("{code} saved · u undoes").format(code=code), register, code)
            given[field.name] = forms.read(workspace, field, text, names)
            soundness.refuse(workspace, register, None, given)
            if index + 1 < len(fields):
                return step(index + 1)
            code = edit.add(workspace, register, given)
            told = _priced(workspace, _("{code} saved · u undoes").format(code=code), register, code)
            asked = register.name in linking.WHO and link_names(workspace, told, lambda: opened(code))
            if not asked:
                opened(code)
            return asked or told

        judge = judge_of(workspace, register, None)
        complete = _field_completer(field, names)
        if is_template:
            complete = offers(templates.beginning, several=False)
        title = _("new {register}").format(register=_(register.singular))
        return Question(
            place=f"create:{register.name}:{field.name}",
            title=f"{title} · {_(field.label)}",
            accept=accept,
            hint=_judged_hint(workspace, field, names, lambda values: judge({**given, **values}), new=True),
            complete=complete,
            text=text if index == 0 else "",
            gives_way=False,
        )

    return step(0)


def judge_of(workspace: Workspace, register: Register, found: Record | None) -> Judge:
    """The doubts on values for a record, as one types: the other records are read once."""
    known = soundness.known_of(workspace, register)
    return lambda values: soundness.judge(workspace, register, found, values, known)


def edit_several(workspace: Workspace, register: Register, codes: Sequence[str]) -> Question:
    """Which field, then its value, for all of them."""
    fields = [f for f in register.fields if not f.computed]

    def accept(text: str) -> str | Question:
        return _value_of_several(workspace, register, codes, field_named(fields, text))

    def hint(text: str) -> Content:
        found = [_(f.label) for f in fields if fold(_(f.label)).startswith(fold(text).strip())]
        return Content.styled(", ".join(found) or _("no such field"), HINT)

    return Question(
        place=f"several:{register.name}", title=_("{what}: which field").format(what=_those(register, codes)),
        accept=accept, hint=hint, keeps_draft=False,
        complete=offers(lambda typed: labels(fields, typed), several=False),
    )  # fmt: skip


def _value_of_several(
    workspace: Workspace, register: Register, codes: Sequence[str], field: Field
) -> Question:
    names = workspace.shown.names()
    found = [find.find(workspace.shown, code)[1] for code in codes]
    hidden = any(map(workspace.shown.hides, found))
    shown = (
        set()
        if hidden
        else {forms.show(field, getattr(each, field.name), names, workspace.zone) for each in found}
    )
    judge = judge_of(workspace, register, found[0])

    def accept(text: str) -> str | Question:
        values = {field.name: forms.read(workspace, field, text, names)}
        what = _those(register, codes)
        return _changed(
            lambda reason: bool(bulk.edit_all(workspace, codes, values, reason)),
            _("{what}: {field} changed · u undoes").format(what=what, field=_(field.label)),
            ",".join(codes),
        )

    return Question(
        place=f"several:{register.name}:{field.name}",
        title=f"{_those(register, codes)} · {_(field.label)}",
        accept=accept,
        hint=_judged_hint(workspace, field, names, judge),
        complete=_field_completer(field, names),
        text=shown.pop() if len(shown) == 1 else "",
        keeps_draft=False,
    )


def copy(workspace: Workspace, code: str, opened: Callable[[str], None]) -> Question:
    """Another record like this one: under which name?"""
    register, found = find.find(workspace.shown, code)
    if not register.editable or register.subject != "name":
        raise refusal.NotPossible(code, _("records of this kind are not copied"))
    if workspace.shown.hides(found):
        raise refusal.NotPossible(code, _("it is veiled: take the veil off first"))
    judge = judge_of(workspace, register, None)

    def accept(text: str) -> str:
        made = bulk.duplicate(workspace, code, text)
        opened(made)
        return _("{made} is a copy of {code} · u undoes").format(code=code, made=made)

    def hint(text: str) -> Content:
        values = {f.name: getattr(found, f.name) for f in register.fields if f.name in ("function", "holder")}
        doubts = judge({**values, "name": clean(text)}) if text.strip() else ()
        return _doubt(doubts) if doubts else Content.styled(_("all its other fields are copied"), HINT)

    return Question(
        place=f"copy:{code}", title=_("copy of {code} · its name").format(code=code), accept=accept,
        hint=hint, text=str(getattr(found, register.subject)), gives_way=False, keeps_draft=False,
    )  # fmt: skip


def archive(workspace: Workspace, codes: Sequence[str], done: Callable[[], None]) -> Question | None:
    """Who takes their place, where they are still referred to; None when nothing refers to them."""
    uses = references.uses(workspace, codes)
    if not uses:
        return None
    register, _found = find.find(workspace, codes[0])
    names = workspace.shown.names()
    used = in_short([use.record.code for use in uses])
    n = len(uses)

    def accept(text: str) -> str:
        to = identities.one(names, (register.name,), clean(text)) if text.strip() else ""
        bulk.archive_all(workspace, codes, to)
        done()
        told = _("{what} archived · u undoes").format(what=in_short(codes))
        if not to:
            return told
        moved = ngettext("{name} in {n} record", "{name} in {n} records", n)
        return f"{told} · {moved.format(name=names.get(to, to), n=n)}"

    def hint(text: str) -> Content:
        if not text.strip():
            words = _("used by {codes} · a name takes its place there · empty: archived all the same")
            return Content.styled(words.format(codes=used), HINT)
        try:
            to = identities.one(names, (register.name,), clean(text))
        except forms.WrongValue as error:
            return Content.styled(str(error), "$error")
        words = ngettext("{name} in {n} record", "{name} in {n} records", n)
        return Content.styled("→ ", "$accent") + Content(words.format(name=names.get(to, to), n=n))

    return Question(
        place=f"archive:{codes[0]}",
        title=_("archive {what} · replaced by").format(what=in_short(codes, 2)),
        accept=accept, hint=hint, keeps_draft=False,
        complete=offers(lambda typed: identities.named(names, (register.name,), typed), several=False),
    )  # fmt: skip


def _changed(change: Callable[[str], bool], told: str, about: str) -> str | Question:
    """Do it, or ask for the reason that the gate wants first."""
    try:
        return told if change("") else ""
    except outsourcing_gate.MapIncomplete as error:
        return why_now(f"gate:{about}", lambda reason: told if change(reason) else "", error.listed)


def _judged_hint(
    workspace: Workspace, field: Field, names: Mapping[str, str], judge: Judge, *, new: bool = False
) -> Callable[[str], Content]:
    """How a value is understood, and what is doubted of it, while it is typed."""

    def hint(text: str) -> Content:
        if new and not text.strip():
            return Content.styled(_help(field), HINT)
        try:
            value = forms.read(workspace, field, text, names)
        except Refusal as error:
            return Content.styled(str(error), "$error")
        doubts = judge({field.name: value})
        if doubts and doubts[0].refused:
            return _doubt(doubts)
        shown = forms.show(field, value, names, workspace.zone) or _("empty")
        understood = Content.styled("→ ", "$accent") + Content(shown)
        if doubts:
            return understood + "  " + _doubt(doubts)
        return understood + Content.styled(f"   {_help(field)}", HINT)

    return hint


def _doubt(doubts: Sequence[Doubt]) -> Content:
    first = doubts[0]
    mark, colour = ("✗", "$error") if first.refused else ("!", "$warning")
    return Content.styled(f"{mark} {first.words}", colour)


def _those(register: Register, codes: Sequence[str]) -> str:
    if len(codes) == 1:
        return codes[0]
    return _("{n} of “{register}”").format(n=len(codes), register=_(register.title))


def field_named(fields: Sequence[Field], text: str) -> Field:
    """The field that a person named by its label or its one beginning. Raises WrongValue."""
    wanted = fold(clean(text))
    exact = [f for f in fields if wanted in (fold(_(f.label)), f.name)]
    close = exact or [f for f in fields if wanted and fold(_(f.label)).startswith(wanted)]
    if len(close) != 1:
        offered = ", ".join(_(f.label) for f in close or fields)
        raise forms.WrongValue(_("choose one of: {choices}").format(choices=offered))
    return close[0]


def labels(fields: Sequence[Field], typed: str) -> tuple[str, ...]:
    """The labels that begin so, in the order of the declaration."""
    return tuple(_(f.label) for f in fields if fold(_(f.label)).startswith(fold(typed).strip()))


def _help(field: Field) -> str:
    if field.choices:
        return ", ".join(_(label) for label in field.choices.values())
    return _(field.help) if field.help else ""


def _field_completer(field: Field, names: Mapping[str, str]) -> Callable[[str, int], Offer | None]:
    return offers(lambda typed: forms.suggestions(field, names, typed), several=field.kind is FieldKind.NAMES)
