"""What the bar asks of a blocker or a priority."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.content import Content

from cockpit.domain.records.identities import in_short
from cockpit.domain.records.record import Register
from cockpit.domain.severity import SEVERITIES
from cockpit.domain.text import fold, typed
from cockpit.locale import _, pgettext
from cockpit.services.changes import edit
from cockpit.services.desk import dates, forms, identities
from cockpit.services.desk.date_phrases import who_and_when, why_later
from cockpit.services.desk.workspace import Workspace
from cockpit.services.morning import prepared_lines
from cockpit.services.records import find
from cockpit.services.work import capture, decisions, entry, escalation, ladder, lessons, moves, trials
from cockpit.ui.kit.questions import date_hint, future, nothing_more, offers, who_is_meant
from cockpit.ui.widgets.entry_bar import Offer, Question


def new_record(workspace: Workspace, kind: str, register: Register, text: str = "") -> Question:
    """A blocker, a priority or a decision in one line of the grammar, which may begin with `text`."""
    known = entry.known(workspace.shown)

    def accept(text: str) -> str:
        understood = entry.understand(workspace, text, known)
        if not understood.title:
            raise forms.WrongValue(_("the line needs a title"))
        double = entry.duplicate(workspace, understood) if kind == "blocker" else None
        code = capture.save(workspace, kind, understood)
        note = _(" · {code} looks the same").format(code=double) if double else ""
        learned = lessons.recalled(workspace, understood.title) if kind == "blocker" else None
        note += _(" · lesson {code}: {text}").format(code=learned[0], text=learned[1]) if learned else ""
        return _("{code} saved · u undoes").format(code=code) + note

    def hint(text: str) -> Content:
        if not text.strip():
            return Content.styled(_("@who +function p1 due:tomorrow owner:name next:step"), "$quiet")
        understood = entry.understand(workspace, text, known)
        warnings = list(entry.explain(workspace, understood, kind))
        if kind == "decision" and understood.title:
            # Judged by what a shared screen may say of circuits and posts.
            warnings += filter(None, (decisions.warning(workspace.shown, understood),))
        shown = Content.styled("→ ", "$accent") + Content(entry.summary(workspace, understood))
        return shown + Content.styled("  ! " + " · ".join(warnings), "$warning") if warnings else shown

    def complete(text: str, cursor: int) -> Offer | None:
        found = entry.complete(text, cursor, known)
        return Offer(*found) if found else None

    return Question(
        place=f"new:{kind}",
        title=_(register.singular),
        accept=accept,
        hint=hint,
        complete=complete,
        refuse=lambda text: entry.refuse_last(workspace, text, known),
        text=text,
        gives_way=False,
    )


def lesson(workspace: Workspace, code: str) -> Question:
    """What a case that lasted, or came back, has taught; nothing is an answer too."""

    def accept(text: str) -> str:
        if not text.strip():
            return ""
        return _("{code} kept · u undoes").format(code=lessons.keep(workspace, code, text))

    def hint(_text: str) -> Content:
        return Content.styled(_("so that it is learned once; ⏎ alone skips"), "$quiet")

    return Question(
        place=f"lesson:{code}", title=_("{code} · the lesson").format(code=code), accept=accept, hint=hint
    )


def verdict(workspace: Workspace, code: str) -> Question:
    """Whether what was tried out is kept, and what was learned."""
    record = trials.trial(workspace, code)

    def accept(text: str) -> str:
        said, learned = trials.understand(text)
        trials.say(workspace, code, said, learned)
        return _("{code} {state} · u undoes").format(code=record.code, state=trials.verdicts()[said])

    def hint(text: str) -> Content:
        try:
            said, learned = trials.understand(text)
        except forms.WrongValue:
            return Content.styled(_("{keep} or {stop}, then // what was learned").format(
                **trials.verdicts()), "$quiet")  # fmt: skip
        return Content.styled("→ ", "$accent") + Content(
            " · ".join(filter(None, (trials.verdicts()[said], learned)))
        )

    return Question(place=f"trial:{record.code}", title=record.name, accept=accept, hint=hint)


def snooze(workspace: Workspace, codes: Sequence[str], then: Callable[[], None] = nothing_more) -> Question:
    """Until when? `then` is done when it is."""
    code = in_short(codes)

    def accept(text: str) -> str:
        until = future(workspace, text)
        with workspace.together():
            for each in codes:
                moves.snooze(workspace, each, until)
        then()
        when = dates.moment(until, workspace.now())
        if later := why_later(workspace, text, until):
            when = f"{when} ({later})"
        return _("{code} comes back {when} · u undoes").format(code=code, when=when)

    return Question(
        place=f"snooze:{code}", title=_("snooze {code} until").format(code=code), accept=accept,
        hint=lambda text: date_hint(workspace, text), keeps_draft=False, text=pgettext("typed", "tomorrow"),
    )  # fmt: skip


def delegate(workspace: Workspace, codes: Sequence[str], then: Callable[[], None] = nothing_more) -> Question:
    """To whom, and when to ask about it?"""
    code = in_short(codes)
    names = workspace.shown.names()

    def accept(text: str) -> str:
        who, remind_at = who_and_when(workspace, text)
        if not who:
            raise forms.WrongValue(_("a name is needed here"))
        if remind_at is not None and remind_at <= workspace.now():
            raise forms.WrongValue(_("that moment is past"))
        with workspace.together():
            for each in codes:
                moves.delegate(workspace, each, who, remind_at)
        then()
        return _("{code} delegated to {who} · u undoes").format(code=code, who=identities.called(names, who))

    def hint(text: str) -> Content:
        try:
            who, remind_at = who_and_when(workspace, text)
        except identities.SeveralNames as several:
            return Content.styled(f"? {several}", "$warning")
        when = dates.moment(remind_at, workspace.now()) if remind_at else _("no reminder")
        if remind_at and (later := why_later(workspace, text, remind_at, who=who)):
            when = f"{when} ({later})"
        return Content.styled("→ ", "$accent") + Content(
            f"{identities.called(names, who) if who else '…'} · {when}"
        )

    return Question(
        place=f"delegate:{code}", title=_("delegate {code} to").format(code=code), accept=accept, hint=hint,
        complete=_completer(workspace, ("person", "provider")), keeps_draft=False,
    )  # fmt: skip


def wait(workspace: Workspace, codes: Sequence[str], then: Callable[[], None] = nothing_more) -> Question:
    """On whom? What stands there is offered where it is the same in all."""
    code = in_short(codes)
    names = workspace.shown.names()
    held = {getattr(find.find(workspace, each)[1], "waiting_on", ()) for each in codes}
    now_on = ", ".join(names.get(name, name) for name in next(iter(held))) if len(held) == 1 else ""

    def accept(text: str) -> str:
        people = identities.listed(names, ("provider", "person"), text)
        with workspace.together():
            for each in codes:
                moves.wait_for(workspace, each, people)
        then()
        who = identities.called(names, *people) or _("nobody")
        return _("{code} waits for {who} · u undoes").format(code=code, who=who)

    def hint(text: str) -> Content:
        if not text.strip():
            return Content.styled(_("names, separated by commas; empty: nobody"), "$quiet")
        return who_is_meant(names, ("provider", "person"), text)

    return Question(
        place=f"wait:{code}", title=_("{code} waits for").format(code=code), accept=accept, text=now_on,
        complete=_completer(workspace, ("provider", "person")), keeps_draft=False, hint=hint,
    )  # fmt: skip


def severity(workspace: Workspace, codes: Sequence[str], then: Callable[[], None]) -> Question:
    """How severe?"""
    code = in_short(codes)
    words = {key: (key, fold(_(word))) for key, word in SEVERITIES.items()}

    def meant(text: str) -> str:
        typed_ = fold(text).strip()
        found = [key for key, names in words.items() if typed_ and any(n.startswith(typed_) for n in names)]
        return found[0] if len(found) == 1 else ""

    def accept(text: str) -> str:
        chosen = meant(text)
        if not chosen:
            raise forms.WrongValue(_("one of p1, p2, p3, p4"))
        with workspace.together():
            for each in codes:
                edit.edit(workspace, each, {"severity": chosen})
        then()
        return _("{code}: {severity} · u undoes").format(code=code, severity=_(SEVERITIES[chosen]))

    def hint(text: str) -> Content:
        chosen = meant(text)
        every = " · ".join(f"{key} {_(word)}" for key, word in SEVERITIES.items())
        if not chosen:
            return Content.styled(every, "$quiet")
        return Content.styled("→ ", "$accent") + Content(f"{chosen} {_(SEVERITIES[chosen])}")

    return Question(
        place=f"severity:{code}", title=_("severity of {code}").format(code=code), accept=accept, hint=hint,
        keeps_draft=False,
    )  # fmt: skip


def next_step(workspace: Workspace, code: str) -> Question:
    """What happens next?"""
    _register, found = find.find(workspace, code)

    def accept(text: str) -> str:
        moves.next_step(workspace, code, typed(text))
        return _("{code}: next step noted · u undoes").format(code=code)

    return Question(
        place=f"next:{code}", title=_("next step of {code}").format(code=code), accept=accept,
        text=str(getattr(found, "next_step", "")),
    )  # fmt: skip


def escalate(workspace: Workspace, code: str) -> Question | None:
    """What is asked of whom at the next level; None at the top. Raises NotPossible when I am all that is left."""
    _register, found = find.find(workspace, code)
    if int(getattr(found, "level", 0)) >= ladder.TOP:
        return None
    names = workspace.shown.names()
    steps = ladder.ladder(workspace, found)  # type: ignore[arg-type]
    level = steps.above(int(getattr(found, "level", 0)), workspace.me)
    if not level:
        raise ladder.nobody_to_ask(code)
    who = names.get(steps.people[level - 1], steps.people[level - 1])

    def accept(text: str) -> str:
        escalation.escalate(workspace, code, text)
        return _("{code} escalated to level {level}: {who} is asked · u undoes").format(
            code=code, level=level, who=who
        )

    return Question(
        place=f"escalate:{code}", title=_("ask {who} (level {level})").format(who=who, level=level),
        accept=accept, keeps_draft=False,
        text=str(getattr(found, "next_step", "") or getattr(found, "title", "")),
        hint=lambda _text: Content.styled(
            _("what must be decided or done; ⏎ takes the step, d records the decision that ends it"),
            "$quiet",
        ),
    )  # fmt: skip


def line_about(workspace: Workspace, code: str) -> Question:
    """What the chief executive should know of it."""
    known = prepared_lines.prepared(workspace).lines.get(code)

    def accept(text: str) -> str:
        if not text.strip() and known is None:
            return ""
        prepared_lines.prepare(workspace, code, text)
        return _("{code} prepared · u undoes").format(code=code)

    return Question(
        place=f"prepare:{code}", title=_("line on {code} for the review").format(code=code), accept=accept,
        text=known.line if known else "",
    )  # fmt: skip


def _completer(workspace: Workspace, tables: tuple[str, ...]) -> Callable[[str, int], Offer | None]:
    names = workspace.shown.names()
    return offers(lambda typed: identities.named(names, tables, typed), several=True)
