"""What the one-line bar asks for each action, how it reads the answer, and what it does with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from textual.content import Content

from cockpit.domain.record import Register
from cockpit.domain.text import clean, typed
from cockpit.locale import _
from cockpit.services import dates, entry, forms, work
from cockpit.services.returns import understand_return
from cockpit.services.workspace import Workspace
from cockpit.ui.widgets.entry_bar import Offer, Question


def why_now(place: str, go_on: Callable[[str], str], lacking: str = "") -> Question:
    """Why a function leaves the house before its map is complete; `lacking` is what the map lacks, in words."""

    def accept(text: str) -> str:
        reason = typed(text)
        if not reason:
            raise forms.WrongValue(_("a reason is needed, which the journal keeps; esc leaves it inside"))
        return go_on(reason)

    def hint(_text: str) -> Content:
        missing = _("missing: {what}").format(what=lacking) if lacking else ""
        return Content.styled(missing, "$warning")

    return Question(place=place, title=_("the map is incomplete · why now"), accept=accept, hint=hint)


def new_record(workspace: Workspace, kind: str, register: Register, text: str = "") -> Question:
    """A blocker, a priority or a decision in one line of the grammar, which may begin with `text`."""
    known = entry.known(workspace.shown)

    def accept(text: str) -> str:
        understood = entry.understand(workspace, text, known)
        if not understood.title:
            raise forms.WrongValue(_("the line needs a title"))
        double = entry.duplicate(workspace, understood) if kind == "blocker" else None
        code = entry.save(workspace, kind, understood)
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
        work.snooze(workspace, code, until)
        return (_("{code} comes back {when} · u undoes").format(
            code=code, when=dates.moment(until, workspace.now())))  # fmt: skip

    return Question(
        place=f"snooze:{code}", title=_("snooze {code} until").format(code=code), accept=accept,
        hint=lambda text: date_hint(workspace, text), keeps_draft=False, text=_("tomorrow|typed").partition("|")[0],
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
        work.delegate(workspace, code, forms.resolve(names, ("person",), who) or who, remind_at)
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
    _register, found = work.find(workspace, code)
    now_on = ", ".join(names.get(name, name) for name in getattr(found, "waiting_on", ()))

    def accept(text: str) -> str:
        words = [clean(word) for word in text.split(",") if word.strip()]
        people = tuple(forms.resolve(names, ("provider", "person"), word) or word for word in words)
        work.wait_for(workspace, code, people)
        return _("{code} waits for {who} · u undoes").format(code=code, who=text or _("nobody"))

    return Question(
        place=f"wait:{code}", title=_("{code} waits for").format(code=code), accept=accept, text=now_on,
        complete=_completer(workspace, ("provider", "person")), keeps_draft=False,
        hint=lambda _text: Content.styled(_("names, separated by commas; empty: nobody"), "$foreground 50%"),
    )  # fmt: skip


def next_step(workspace: Workspace, code: str) -> Question:
    """What happens next?"""
    _register, found = work.find(workspace, code)

    def accept(text: str) -> str:
        work.next_step(workspace, code, typed(text))
        return _("{code}: next step noted · u undoes").format(code=code)

    return Question(
        place=f"next:{code}", title=_("next step of {code}").format(code=code), accept=accept,
        text=str(getattr(found, "next_step", "")),
    )  # fmt: skip


def _completer(workspace: Workspace, tables: tuple[str, ...]) -> Callable[[str, int], Offer | None]:
    names = workspace.shown.names()
    return offers(lambda typed: forms.named(names, tables, typed), several=True)


def offers(
    candidates: Callable[[str], tuple[str, ...]], *, several: bool
) -> Callable[[str, int], Offer | None]:
    """Completion by candidates for what is typed; `several` are separated by commas."""

    def complete(text: str, cursor: int) -> Offer | None:
        start = text[:cursor].rfind(",") + 1 if several else 0
        lead = " " if start else ""
        found = candidates(text[start:cursor])
        return Offer(start, cursor, tuple(lead + each for each in found)) if found else None

    return complete


def future(workspace: Workspace, text: str, *, any_day: bool = False) -> datetime:
    """The moment to come at which something is back; `any_day` is for what is no working matter. Raises WrongValue."""
    until = understand_return(workspace, text, any_day=any_day)
    if until is None:
        raise forms.WrongValue(_("a date is expected, such as tomorrow, monday, +1s or 12/12"))
    if until <= workspace.now():
        raise forms.WrongValue(_("that moment is past"))
    return until


def date_hint(workspace: Workspace, text: str, *, any_day: bool = False) -> Content:
    """When a phrase means that something is back, while it is typed."""
    until = understand_return(workspace, text, any_day=any_day)
    if until is None:
        return Content.styled(
            _("a date is expected, such as tomorrow, monday, +1s or 12/12"), "$foreground 50%"
        )
    return Content.styled("→ ", "$accent") + Content(f"{dates.long_date(until.date())} {until:%H:%M}")


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
