"""A reminder that is ready to send: what is owed, since when, and what we ask for by when."""

from __future__ import annotations

from datetime import datetime

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.blocker import Blocker
from cockpit.domain.registers.clock import Clock
from cockpit.domain.registers.escalation import Escalation
from cockpit.domain.registers.figure import COMPUTED, Figure
from cockpit.domain.registers.policy import METRICS
from cockpit.domain.registers.priority import Priority
from cockpit.domain.registers.report import Report
from cockpit.locale import _
from cockpit.services.desk import dates
from cockpit.services.desk.date_phrases import understand_return
from cockpit.services.desk.refusal import NotPossible, UnknownCode
from cockpit.services.desk.workspace import Workspace
from cockpit.services.promises import clocks, expected
from cockpit.services.promises import letter as letters
from cockpit.services.promises.letter import Letter
from cockpit.services.work import escalation, ladder
from cockpit.store import people, records
from cockpit.store.journal import JournalEntry
from cockpit.store.transaction import transaction


@dataclass(frozen=True)
class _Case:
    """What a reminder is about: a blocker, a priority or a clock alone, and the question nobody answered."""

    work: Blocker | Priority | None
    clock: Clock | None
    asked: Escalation | None
    report: Report | None = None

    @property
    def code(self) -> str:
        """The code of the record that the reminder is about."""
        found = self.work or self.report or self.clock
        return found.code if found else ""


def reminder(workspace: Workspace, code: str) -> Letter:
    """The reminder about a blocker, a priority or a clock. Raises UnknownCode, NotPossible when nobody is asked.

    It goes to whom the clock of that code is about; else to who was asked last and did not answer in time,
    to whoever the blocker waits for first, to whom it was delegated. It tells of no promise of somebody else's.
    """
    case = _case(workspace, code)
    names = workspace.names()
    whom = _whom(workspace, code, case)
    if not whom:
        raise NotPossible(code, _("it waits for nobody: say first for whom"))
    work = case.work
    title = (
        work.title if work else case.clock.title if case.clock else case.report.name if case.report else ""
    )
    lines = [_("Hello,"), "", _("We are waiting for you about “{title}” ({code}).").format(
        title=title, code=case.code)]  # fmt: skip
    now = workspace.now()
    if case.asked is not None and case.asked.asked_of == whom:
        lines.append(_("We asked you: {question}").format(question=case.asked.question))
    if isinstance(work, Blocker) and work.since is not None:
        since = work.since.astimezone(workspace.zone).date()
        lines.append(_("It has been open since {when}.").format(when=dates.long_date(since)))
    clock = case.clock
    if clock is not None and clock.due is not None and clock.provider in ("", whom):
        due = clock.due.astimezone(workspace.zone)
        when = f"{dates.long_date(due.date())} {due:%H:%M}"
        passed = clock.until is not None and now > clock.until
        text = _("What you owe us ({what}) was due on {when}.") if passed else _(
            "What you owe us ({what}) is due on {when}.")  # fmt: skip
        lines.append(text.format(what=_(METRICS[clock.metric]), when=when))
    elif case.report is not None and case.report.due is not None:
        text = _("It was due on {when}.") if case.report.due < now.date() else _("It is due on {when}.")
        lines.append(text.format(when=dates.long_date(case.report.due)))
    if case.report is not None:
        lines += _figures_of(workspace, case.report)
    lines += ["", _("Could you tell us today what is being done, by whom, and when it will be settled?"),
              "", _("Thank you,"), workspace.my_name]  # fmt: skip
    subject = _("Reminder: {title} ({code})").format(title=title, code=case.code)
    return Letter(
        case.code, names.get(whom, whom), letters.address(workspace, whom), subject, "\n".join(lines)
    )


def _figures_of(workspace: Workspace, report: Report) -> list[str]:
    """What a report is known by when it comes, and the figures that whoever owes it gives."""
    theirs = workspace.select(Figure, "figure", "archived_at IS NULL AND owner = ?", (report.source,))
    names = [each.name for each in theirs if each.source not in COMPUTED]
    said = [_("Name {code} in the subject when you send it.").format(code=report.code)]
    if names:
        words = _("Please give its figures, one a line, as in “name = number”: {names}.")
        said.append(words.format(names=", ".join(names)))
    return said


def note_reminder(workspace: Workspace, code: str) -> list[JournalEntry]:
    """Write down that somebody was reminded: on the open clocks of the case, on the question that was not
    answered, which has its delay anew, and on what was delegated, which comes back two working days later."""
    letter = reminder(workspace, code)
    case = _case(workspace, code)
    work, now = case.work, workspace.clock()
    live = (
        clocks.of_blocker(workspace, work.code)
        if isinstance(work, Blocker)
        else (case.clock,)
        if case.clock
        else ()
    )
    still = [each for each in live if each.ended_at is None]
    with transaction(workspace.conn):
        changes = clocks.moved(workspace, still, "reminded", who=letter.who)
        if case.report is not None:
            changes += expected.asked(workspace, case.report)
        if case.asked is not None:
            changes.append(
                (escalation.ESCALATION, case.asked, {"answer_by": _asked_again(workspace, case.asked)})
            )
        if work is not None and work.remind_at is not None and work.remind_at <= now:
            at = understand_return(workspace, _AGAIN, who=work.delegated_to)
            changes.append(
                (REGISTERS["blocker" if isinstance(work, Blocker) else "priority"], work, {"remind_at": at})
            )
        return workspace.change_all(changes, "clock.remind") if changes else []


_AGAIN = "+2jo"
"""When who was asked is asked again about what was delegated to them: in two working days."""


def _asked_again(workspace: Workspace, asked: Escalation) -> datetime | None:
    circuit = records.get(workspace.conn, REGISTERS["circuit"], asked.circuit) if asked.circuit else None
    return escalation.answer_by(workspace, getattr(circuit, "max_delay", "") or ladder.ANSWER)


def _case(workspace: Workspace, code: str) -> _Case:
    code = code.upper()
    if code.startswith(f"{expected.REPORT.prefix}-"):
        report = expected.named(workspace, code)
        return _Case(None, next(iter(expected.owed(workspace, code)), None), None, report)
    clock = records.get(workspace.conn, clocks.CLOCK, code) if code.startswith("CK-") else None
    if isinstance(clock, Clock) and clock.report:
        return _Case(None, clock, None, expected.named(workspace, clock.report))
    of_clock = clock.blocker if isinstance(clock, Clock) else ""
    register = REGISTERS["priority"] if code.startswith("P-") else clocks.BLOCKER
    found = records.get(workspace.conn, register, of_clock or code)
    work = found if isinstance(found, Blocker | Priority) else None
    if work is None and clock is None:
        raise UnknownCode(code)
    asked = None
    if isinstance(work, Blocker):
        late = [each for each in ladder.open_of(workspace, work.code) if _is_late(workspace, each)]
        asked = late[-1] if late else None
        if clock is None:
            theirs = ("", *work.waiting_on[:1])
            live = [
                c
                for c in clocks.of_blocker(workspace, work.code)
                if c.ended_at is None and (c.provider in theirs or not work.waiting_on)
            ]
            clock = min(live, key=lambda c: (c.due is None, str(c.due)), default=None)
    return _Case(work, clock if isinstance(clock, Clock) else None, asked)


def _is_late(workspace: Workspace, asked: Escalation) -> bool:
    return asked.answer_by is not None and asked.answer_by < workspace.clock()


def _whom(workspace: Workspace, code: str, case: _Case) -> str:
    owed_by = case.report.source if case.report else case.clock.provider if case.clock else ""
    if owed_by and code.upper().startswith(("CK-", f"{expected.REPORT.prefix}-")):
        return owed_by
    asked = case.asked.asked_of if case.asked else ""
    waiting = case.work.waiting_on if isinstance(case.work, Blocker) else ()
    delegated = case.work.delegated_to if case.work else ""
    found = [each for each in (asked, *waiting, delegated, owed_by) if each]
    others = [each for each in found if each not in people.called(workspace.conn, workspace.actor)]
    if found and not others:
        raise NotPossible(code, _("it waits for you: do it, or record what you decide (d)"))
    return next(iter(others), "")
