"""What whoever is asked says: yes, no and why, a question, or somebody else's turn. Each call is one undo."""

from __future__ import annotations

from cockpit.domain.approvals import routing
from cockpit.domain.approvals.content import Wording
from cockpit.domain.approvals.routing import ApprovalCase
from cockpit.domain.records.record import Value
from cockpit.domain.registers.approval import (
    APPROVED,
    ASKED,
    REFUSED,
    STATES,
    WAITING,
    WITHDRAWN,
    Approval,
)
from cockpit.domain.text import TYPED_LIMIT, clean, typed
from cockpit.locale import _
from cockpit.services.approvals import contents, rewording
from cockpit.services.approvals.cases import Cases
from cockpit.services.approvals.submitting import APPROVAL, handed, own_refused, refuse_unfit, when_due
from cockpit.services.desk import dates
from cockpit.services.desk.refusal import NotPossible, UnknownCode
from cockpit.services.desk.workspace import Workspace
from cockpit.store import records
from cockpit.store.journal import JournalEntry
from cockpit.store.transaction import transaction


def approve(workspace: Workspace, code: str, seen: str = "") -> list[JournalEntry]:
    """Yes, to what it is about as it reads now. `seen` is the digest of what the screen showed.

    What was reworded since it was submitted is asked again instead. Raises UnknownCode, NotPossible, and OSError
    without a key.
    """
    if rewording.ask_again(workspace, open_of(workspace, code)):
        raise NotPossible(code.upper(), _("it was reworded: it is asked again as it reads now"))
    with transaction(workspace.conn):
        found, case = _mine(workspace, code)
        content = _content(workspace, found)
        if seen and content != seen:
            raise NotPossible(found.code, _("it was reworded meanwhile: read it again first"))
        values = _closed(workspace, found, APPROVED, Cases(workspace).code(workspace.me))
        return workspace.change(
            APPROVAL, found, {**values, "content": content}, "approval.approve", _by(case)
        )


def refuse(workspace: Workspace, code: str, reason: str) -> list[JournalEntry]:
    """No, and why. Raises UnknownCode, NotPossible without a reason."""
    with transaction(workspace.conn):
        found, _case = _mine(workspace, code)
        if not clean(reason):
            raise NotPossible(found.code, _("say why it is not approved"))
        values = _closed(workspace, found, REFUSED, Cases(workspace).code(workspace.me))
        return workspace.change(
            APPROVAL, found, {**values, "reason": typed(reason)}, "approval.decline", typed(reason)
        )


def ask(workspace: Workspace, code: str, question: str) -> list[JournalEntry]:
    """A question back to whoever submitted it: the time to answer stands still. Raises UnknownCode, NotPossible."""
    with transaction(workspace.conn):
        found, _case = _mine(workspace, code)
        if not clean(question):
            raise NotPossible(found.code, _("write the question"))
        return workspace.change(APPROVAL, found, asked(found, question), "approval.ask")


def asked(found: Approval, question: str) -> dict[str, Value]:
    """What an approval is while its question waits."""
    values: dict[str, Value] = {"state": ASKED, "question": clean(question, TYPED_LIMIT, lines=True)}
    return values | {"answer_by": None} | ({"reply": ""} if found.reply else {})


def reply(workspace: Workspace, code: str, text: str) -> list[JournalEntry]:
    """The answer to the question that was put: whoever put it decides, with the whole delay again.

    Raises UnknownCode, NotPossible.
    """
    with transaction(workspace.conn):
        found = open_of(workspace, code)
        if found.state != ASKED:
            raise NotPossible(found.code, _("no question waits for an answer"))
        if not clean(text):
            raise NotPossible(found.code, _("write the answer"))
        case = Cases(workspace).of_approval(found)
        values: dict[str, Value] = {
            "state": WAITING, "reply": clean(text, TYPED_LIMIT, lines=True), "sent_at": None,
            "waiting_since": workspace.clock(), "answer_by": when_due(workspace, case),
        }  # fmt: skip
        return workspace.change(APPROVAL, found, values, "approval.answer")


def delegate(workspace: Workspace, code: str, to: str) -> list[JournalEntry]:
    """Somebody else answers, within what they may decide. Raises UnknownCode, NotPossible, WrongValue."""
    with transaction(workspace.conn):
        found, case = _mine(workspace, code)
        if not clean(to):
            raise NotPossible(found.code, _("say to whom"))
        cases = Cases(workspace)
        who = cases.named(typed(to))
        if who == found.approver:
            raise NotPossible(found.code, _("it waits for them already"))
        refuse_unfit(cases, case, who)
        return workspace.change(APPROVAL, found, handed(workspace, case, who), "approval.delegate")


def withdraw(workspace: Workspace, code: str, reason: str = "") -> list[JournalEntry]:
    """It is not asked any more. Raises UnknownCode, NotPossible for what somebody else submitted."""
    with transaction(workspace.conn):
        found = open_of(workspace, code)
        cases = Cases(workspace)
        if cases.code(workspace.me) not in (found.submitted_by, cases.chief):
            who = cases.names.get(found.submitted_by, found.submitted_by)
            raise NotPossible(found.code, _("{who} submitted it: refuse it, or ask").format(who=who))
        values: dict[str, Value] = {"state": WITHDRAWN, "closed_at": workspace.clock()}
        if reason:
            values["reason"] = typed(reason)
        return workspace.change(APPROVAL, found, values, "approval.withdraw", typed(reason))


def note_sent(workspace: Workspace, code: str) -> list[JournalEntry]:
    """Write down that the request left. Raises UnknownCode, NotPossible."""
    found = open_of(workspace, code)
    return workspace.change(APPROVAL, found, {"sent_at": workspace.clock()}, "approval.send")


def open_of(workspace: Workspace, code: str) -> Approval:
    """The open approval of that code. Raises UnknownCode, and NotPossible for one that has its answer, whose, when."""
    found = records.get(workspace.conn, APPROVAL, code)
    if not isinstance(found, Approval) or found.archived_at is not None:
        raise UnknownCode(code)
    if found.closed_at is not None:
        names = workspace.names()
        who = names.get(found.answered_by or found.submitted_by, found.answered_by or found.submitted_by)
        when = dates.moment(found.closed_at, workspace.now())
        words = _("it has its answer: {state}, {who}, {when}")
        raise NotPossible(found.code, words.format(state=_(STATES[found.state]), who=who, when=when))
    return found


def why_not_mine(cases: Cases, found: Approval, me: str) -> str:
    """Why somebody does not answer this one, in a sentence; empty when they do."""
    case = cases.of_approval(found)
    if routing.may_answer(case, found.approver, me):
        return ""
    if me == found.submitted_by:
        return own_refused(case)
    return _("it waits for {who}").format(who=cases.names.get(found.approver, found.approver))


def _mine(workspace: Workspace, code: str) -> tuple[Approval, ApprovalCase]:
    """An open approval that whoever is at the keyboard may answer."""
    found = open_of(workspace, code)
    cases = Cases(workspace)
    if why := why_not_mine(cases, found, cases.code(workspace.me)):
        raise NotPossible(found.code, why)
    if found.state == ASKED:
        raise NotPossible(found.code, _("its question waits for an answer first"))
    return found, cases.of_approval(found)


def _content(workspace: Workspace, found: Approval) -> str:
    if contents.wording(workspace, found) is Wording.GONE:
        raise NotPossible(
            found.code, _("what it is about is not there any more: {code}").format(code=found.about)
        )
    return contents.sealed(workspace, found.title, found.amount, found.note, found.about)


def _closed(workspace: Workspace, found: Approval, state: str, who: str) -> dict[str, Value]:
    values: dict[str, Value] = {"state": state, "answered_by": who, "closed_at": workspace.clock()}
    # What an earlier wording was answered is told by the journal.
    return values | {name: "" for name in ("proof", "reason") if getattr(found, name)}


def _by(case: ApprovalCase) -> str:
    """Under which circuit it was approved, where there is one: told in the journal."""
    return _("circuit {name}").format(name=case.circuit.name) if case.circuit.code else ""


def answered_outside(
    workspace: Workspace, found: Approval, state: str, reason: str, proof: str
) -> tuple[dict[str, Value], str]:
    """The values of an answer that came from outside, and the reason that the journal keeps."""
    values = _closed(workspace, found, state, found.approver)
    told = " · ".join(filter(None, (proof, reason)))
    return {**values, "proof": proof, **({"reason": reason} if reason else {})}, told
