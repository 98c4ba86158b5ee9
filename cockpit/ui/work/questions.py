"""What the bar asks of a blocker or a priority."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from textual.content import Content

from cockpit.domain.records.record import Register
from cockpit.domain.text import clean, typed
from cockpit.locale import _, pgettext
from cockpit.services.desk import dates, forms
from cockpit.services.desk.date_phrases import understand_return
from cockpit.services.desk.workspace import Workspace
from cockpit.services.morning import prepared_lines
from cockpit.services.records import find
from cockpit.services.work import capture, entry, escalation, ladder, moves
from cockpit.ui.kit.questions import date_hint, future, offers
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
        return _("{code} saved · u undoes").format(code=code) + note

    def hint(text: str) -> Content:
        if not text.strip():
            return Content.styled(_("@who +function p1 due:tomorrow owner:name next:step"), "$foreground 50%")
        understood = entry.understand(workspace, text, known)
        warnings = entry.explain(understood, kind)
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


def snooze(workspace: Workspace, code: str) -> Question:
    """Until when?"""

    def accept(text: str) -> str:
        until = future(workspace, text)
        moves.snooze(workspace, code, until)
        return (_("{code} comes back {when} · u undoes").format(
            code=code, when=dates.moment(until, workspace.now())))  # fmt: skip

    return Question(
        place=f"snooze:{code}", title=_("snooze {code} until").format(code=code), accept=accept,
        hint=lambda text: date_hint(workspace, text), keeps_draft=False, text=pgettext("typed", "tomorrow"),
    )  # fmt: skip


def delegate(workspace: Workspace, code: str) -> Question:
    """To whom, and when to ask about it?"""
    names = workspace.shown.names()

    def accept(text: str) -> str:
        who, remind_at = _who_and_when(workspace, text)
        if not who:
            raise forms.WrongValue(_("a name is needed here"))
        if remind_at is not None and remind_at <= workspace.now():
            raise forms.WrongValue(_("that moment is past"))
        moves.delegate(workspace, code, forms.resolve(names, ("person",), who) or who, remind_at)
        return _("{code} delegated to {who} · u undoes").format(code=code, who=who)

    def hint(text: str) -> Content:
        who, remind_at = _who_and_when(workspace, text)
        when = dates.moment(remind_at, workspace.now()) if remind_at else _("no reminder")
        return Content.styled("→ ", "$accent") + Content(f"{who or '…'} · {when}")

    return Question(
        place=f"delegate:{code}", title=_("delegate {code} to").format(code=code), accept=accept, hint=hint,
        complete=_completer(workspace, ("person", "provider")), keeps_draft=False,
    )  # fmt: skip


def wait(workspace: Workspace, code: str) -> Question:
    """On whom?"""
    names = workspace.shown.names()
    _register, found = find.find(workspace, code)
    now_on = ", ".join(names.get(name, name) for name in getattr(found, "waiting_on", ()))

    def accept(text: str) -> str:
        words = [clean(word) for word in text.split(",") if word.strip()]
        people = tuple(forms.resolve(names, ("provider", "person"), word) or word for word in words)
        moves.wait_for(workspace, code, people)
        return _("{code} waits for {who} · u undoes").format(code=code, who=text or _("nobody"))

    return Question(
        place=f"wait:{code}", title=_("{code} waits for").format(code=code), accept=accept, text=now_on,
        complete=_completer(workspace, ("provider", "person")), keeps_draft=False,
        hint=lambda _text: Content.styled(_("names, separated by commas; empty: nobody"), "$foreground 50%"),
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
    """What is asked of whom at the next level; None at the top."""
    _register, found = find.find(workspace, code)
    level = int(getattr(found, "level", 0)) + 1
    if level > ladder.TOP:
        return None
    names = workspace.shown.names()
    steps = ladder.ladder(workspace, found)  # type: ignore[arg-type]
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
            "$foreground 50%",
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
    return offers(lambda typed: forms.named(names, tables, typed), several=True)


def _who_and_when(workspace: Workspace, text: str) -> tuple[str, datetime | None]:
    """`Sophie vendredi`: the longest end of the line that is a date is the reminder."""
    words = typed(text).split()
    for at in range(1, len(words)):
        who = " ".join(words[:at])
        code = forms.resolve(workspace.names(), ("person",), who) or who
        when = understand_return(workspace, " ".join(words[at:]), who=code)
        if when is not None:
            return who, when
    return " ".join(words), None
