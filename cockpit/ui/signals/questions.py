"""What the one-line bar asks about a signal: the action, until when it is accepted, how the team was told."""

from __future__ import annotations

from textual.content import Content

from cockpit.domain.dataclasses import replace
from cockpit.domain.registers import REGISTERS
from cockpit.locale import _, pgettext
from cockpit.services.desk import dates
from cockpit.services.desk.workspace import Workspace
from cockpit.services.signals import acknowledgement
from cockpit.services.signals.listing import SignalLine
from cockpit.ui.kit.questions import date_hint, future
from cockpit.ui.widgets.entry_bar import Question
from cockpit.ui.work.questions import new_record


def act(workspace: Workspace, line: SignalLine) -> Question:
    """What is done about it, in one line of the grammar."""
    function = line.score.subject if line.score.subject.startswith("FN-") else ""

    def accept(text: str) -> str:
        code = acknowledgement.act(workspace, line.key, line.score.state, text, function)
        return _("{code} saved: it answers {signal} · u undoes").format(code=code, signal=line.signal.id)

    asked = new_record(workspace, "priority", REGISTERS["priority"])
    title = _("what is done about {signal}").format(signal=line.signal.id)
    return replace(asked, place=f"act:{line.key}", title=title, accept=accept)


def accept(workspace: Workspace, line: SignalLine) -> Question:
    """Until when, then why."""

    def accept(text: str) -> Question:
        until = future(workspace, text, any_day=True)

        def save(reason: str) -> str:
            acknowledgement.accept(workspace, line.key, line.score.state, until, reason)
            day = dates.day_and_month(until.date())
            return _("{signal} accepted until {day} · u undoes").format(signal=line.signal.id, day=day)

        return Question(
            place=f"accept:{line.key}:why", title=_("why"), accept=save, keeps_draft=False,
            hint=lambda _text: Content.styled(
                _("a few words, for whoever reads it later"), "$quiet"),
        )  # fmt: skip

    return Question(
        place=f"accept:{line.key}", title=_("accepted until"), accept=accept, keeps_draft=False,
        hint=lambda text: date_hint(workspace, text, any_day=True), text=pgettext("typed", "+1m"),
    )  # fmt: skip


def told(workspace: Workspace) -> Question:
    """How the team was told."""

    def save(text: str) -> str:
        acknowledgement.tell_team(workspace, text)
        return _("noted: S5 to S7 are measured from the next time on · u undoes")

    return Question(
        place="told", title=_("the team was told: how, when"), accept=save,
        hint=lambda _text: Content.styled(
            _("for example: at the meeting of 3 March; team figures only, never a person's"), "$quiet"),
    )  # fmt: skip
