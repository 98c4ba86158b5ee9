"""What the one-line bar asks in a live meeting; what is typed is never interrupted, and never lost."""

from __future__ import annotations

from collections.abc import Callable

from textual.content import Content

from cockpit.domain.text import clean
from cockpit.domain.time.written_hours import translated
from cockpit.domain.work.entry import Entry
from cockpit.locale import _, current
from cockpit.services.desk import forms, identities
from cockpit.services.desk.refusal import NotPossible, closed
from cockpit.services.desk.workspace import Workspace
from cockpit.services.meetings import facilitation, running_order, templates
from cockpit.services.meetings.live import Live
from cockpit.services.work import decisions, entry, ladder
from cockpit.ui.kit.questions import offers, who_is_meant
from cockpit.ui.widgets.entry_bar import Offer, Question

MeetingChange = Callable[[Live], Live]
Apply = Callable[[MeetingChange], None]
"""Runs a change on the meeting as it stands, and shows it."""


def decide(workspace: Workspace, seen: Live, kind: str, apply: Apply) -> Question:
    """A decision, or an action (kind `priority`), in the grammar of every other line."""
    known = entry.known(workspace)

    def accept(text: str) -> str:
        made: list[str] = []

        def change(now: Live) -> Live:
            after, code = facilitation.decide(workspace, now, kind, text)
            made.append(code)
            return after

        apply(change)
        return _("{code} saved · u undoes").format(code=made[0])

    def hint(text: str) -> Content:
        warning = _circuit(workspace, seen) if kind == "decision" else ""
        if not text.strip():
            return Content.styled(warning or _("what, @who, due:when, p1"), "$quiet")
        said = entry.understand(workspace, text, known)
        shown = Content.styled("→ ", "$accent") + Content(entry.summary(workspace, said))
        if kind == "decision" and said.title:
            warning = _judged(workspace, seen, said) or warning
        missing = not (said.owner or said.waiting_on) or said.due is None
        note = " · ".join(filter(None, (_("who and for when are missing") if missing else "", warning)))
        return shown + Content.styled(f"  ! {note}", "$warning") if note else shown

    def complete(text: str, cursor: int) -> Offer | None:
        found = entry.complete(text, cursor, known)
        return Offer(*found) if found else None

    return Question(
        place=f"live:{seen.code}:{kind}", title=_("decision") if kind == "decision" else _("action"),
        accept=accept, hint=hint, complete=complete, gives_way=False,
        refuse=lambda text: entry.refuse_last(workspace, text, known),
    )  # fmt: skip


def _judged(workspace: Workspace, seen: Live, said: Entry) -> str:
    """That an amount is above what whoever decides may decide, and who could."""
    blocker = seen.subject()
    open_one = blocker.code if blocker is not None and blocker.closed_at is None else ""
    return decisions.warning(workspace.shown, said, open_one)


def _circuit(workspace: Workspace, seen: Live) -> str:
    """Who decides such a thing, where it is not the person at the keyboard."""
    blocker = seen.subject()
    if blocker is None:
        return ""
    code = ladder.ladder(workspace, blocker).circuit
    circuit = next((each for each in ladder.circuits(workspace) if each.code == code), None)
    names = workspace.names()
    if circuit is None or not circuit.decider or circuit.decider == workspace.me:
        return ""
    who = names.get(circuit.decider, circuit.decider)
    return _("circuit {name}: {who} decides").format(name=circuit.name, who=who)


def park(workspace: Workspace, seen: Live, apply: Apply) -> Question:
    """A word for later."""

    def accept(text: str) -> str:
        apply(lambda now: facilitation.park(workspace, now, text))
        return _("noted for later")

    return Question(place=f"live:{seen.code}:park", title=_("parking"), accept=accept)


def wait(workspace: Workspace, seen: Live, apply: Apply) -> Question:
    """On whom does the subject wait?"""
    names = workspace.names()

    def accept(text: str) -> str:
        who = identities.listed(names, ("provider", "person"), text)
        if not who:
            raise forms.WrongValue(_("a name is needed here"))
        apply(lambda now: facilitation.wait(workspace, now, who))
        return _("{code} waits for {who} · u undoes").format(
            code=seen.meeting.step.code, who=identities.called(names, *who)
        )

    def hint(text: str) -> Content:
        if not text.strip():
            return Content.styled(_("names, separated by commas"), "$quiet")
        return who_is_meant(names, ("provider", "person"), text)

    return Question(
        place=f"live:{seen.code}:wait", title=_("{code} waits for").format(code=seen.meeting.step.code),
        accept=accept, keeps_draft=False,
        complete=offers(lambda typed: identities.named(names, ("provider", "person"), typed), several=True),
        hint=hint,
    )  # fmt: skip


def escalate(workspace: Workspace, seen: Live, apply: Apply) -> Question:
    """What is asked of whom at the next level. Raises NotPossible at the top."""
    blocker = seen.subject()
    if blocker is None:
        raise NotPossible(seen.meeting.step.code, _("no blocker is discussed in this step"))
    if blocker.closed_at is not None:
        raise closed(blocker.code)
    if blocker.level >= ladder.TOP:
        raise NotPossible(blocker.code, _("it is at the top of the ladder: what remains is to decide"))
    names, steps = workspace.names(), ladder.ladder(workspace, blocker)
    level = steps.above(blocker.level, workspace.me)
    if not level:
        raise ladder.nobody_to_ask(blocker.code)
    who = names.get(steps.people[level - 1], steps.people[level - 1])

    def accept(text: str) -> str:
        apply(lambda now: facilitation.escalate(workspace, now, text))
        return _("{code} escalated to level {level}: {who} is asked · u undoes").format(
            code=blocker.code, level=level, who=who
        )

    return Question(
        place=f"live:{seen.code}:escalate", accept=accept, keeps_draft=False, text=seen.meeting.step.question,
        title=_("ask {who} (level {level})").format(who=who, level=level),
    )  # fmt: skip


def complete(workspace: Workspace, code: str, apply: Apply) -> Question:
    """Who carries it, for when."""
    known = entry.known(workspace)

    def accept(text: str) -> str:
        apply(lambda now: facilitation.complete(workspace, now, code, text))
        return _("{code} completed · u undoes").format(code=code)

    def hint(text: str) -> Content:
        if not text.strip():
            return Content.styled(_("who, and for when: Sophie due:thursday"), "$quiet")
        return Content.styled("→ ", "$accent") + Content(
            entry.summary(workspace, entry.understand(workspace, text, known))
        )

    return Question(
        place=f"live:complete:{code}", title=_("{code}: who, for when").format(code=code), accept=accept,
        hint=hint, keeps_draft=False,
    )  # fmt: skip


def person(workspace: Workspace, apply: Apply) -> Question:
    """Who is there too; the register need not know them."""
    names = workspace.names()

    def accept(text: str) -> str:
        if not clean(text):
            raise forms.WrongValue(_("a name is needed here"))
        who = identities.identity(names, ("person",), clean(text))
        apply(lambda now: facilitation.attend(workspace, now, who))
        return ""

    return Question(
        place="live:person", title=_("who is there too"), accept=accept, keeps_draft=False,
        complete=offers(lambda typed: identities.named(names, ("person",), typed), several=False),
    )  # fmt: skip


def which(workspace: Workspace, kind: str, go: Callable[[str], None]) -> Question:
    """Which ritual is led: of that kind, of every kind when it is empty."""
    rituals = running_order.led(workspace, kind)
    names = {each.code: each.name for each in rituals}

    def accept(text: str) -> str:
        found = running_order.named(workspace, kind, text)
        if found is None:
            raise forms.WrongValue(_("one of: {names}").format(names=", ".join(names.values())))
        go(found.code)
        return ""

    return Question(
        place="live:which", title=_("which one"), accept=accept, keeps_draft=False,
        complete=offers(lambda typed: identities.named(names, ("ritual",), typed), several=False),
        hint=lambda _text: Content.styled(" · ".join(names.values()), "$quiet"),
    )  # fmt: skip


def subject(workspace: Workspace, take: Callable[[str], None]) -> Question:
    """Which blocker comes on the agenda."""

    def accept(text: str) -> str:
        take(clean(text).upper())
        return ""

    return Question(
        place="live:subject", title=_("put on the agenda"), accept=accept, keeps_draft=False,
        hint=lambda _text: Content.styled(_("the code of a blocker, such as B-12"), "$quiet"),
    )  # fmt: skip


def which_template(workspace: Workspace) -> Question:
    """Which meeting comes back from now on, and when where it is not as its template says: `flash mon-thu 11:45`."""

    def read(text: str) -> tuple[templates.RitualTemplate | None, str]:
        # Its name may be of several words: the longest beginning that is one.
        words = text.split()
        for n in range(len(words), 0, -1):
            found = templates.named(" ".join(words[:n]))
            if found is not None:
                return found, " ".join(words[n:])
        return None, ""

    def accept(text: str) -> str:
        found, rule = read(text)
        if found is None:
            raise forms.WrongValue(
                _("choose one of: {choices}").format(choices=", ".join(templates.beginning("")))
            )
        try:
            code = templates.add(workspace, found, translated(rule, "en"))
        except ValueError as error:
            raise forms.WrongValue(str(error)) from error
        return _("{code} {name} planned · u undoes").format(code=code, name=found.title)

    def hint(text: str) -> Content:
        found, rule = read(text)
        if found is None:
            return Content.styled(", ".join(templates.beginning(text)) or _("no such template"), "$quiet")
        when = rule or translated(templates.rule_here(workspace, found), current())
        said = _("{name} · {when} · {n} min").format(name=found.title, when=when, n=found.minutes)
        other = Content.styled("  " + _("other hours behind it: mon-thu 11:45"), "$quiet")
        return Content.styled("→ ", "$accent") + Content(said) + (Content("") if rule else other)

    return Question(
        place="ritual:template", title=_("plan a ritual"), accept=accept, hint=hint, keeps_draft=False,
        complete=lambda text, _cursor: Offer(0, len(text), templates.beginning(text)),
    )  # fmt: skip
