"""Answers from outside: recognised by the reference that the request carried, taken where they are clear.

What is not clear stays to be sorted, and is said on the approval: somebody reads it and says what it means.
"""

from __future__ import annotations

from cockpit.domain.approvals.replies import Reply, ReplyKind, read_reply, token_in
from cockpit.domain.dataclasses import dataclass
from cockpit.domain.records.record import Value
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.approval import APPROVED, ASKED, REFUSED, Approval
from cockpit.domain.registers.statement import NEW, Statement
from cockpit.domain.text import clean, fold
from cockpit.locale import _
from cockpit.services.approvals import answering, requests, rewording
from cockpit.services.approvals.cases import Cases
from cockpit.services.approvals.submitting import APPROVAL, own_refused
from cockpit.services.desk.refusal import NotPossible, UnknownCode
from cockpit.services.desk.workspace import PROGRAM, Workspace
from cockpit.store import records
from cockpit.store.transaction import transaction

STATEMENT = REGISTERS["statement"]
_REFERENCE = "%AP-%"
_FEW = 100
"""Characters of an answer that are shown beside the question what it means."""
MOST = 200
"""Statements to sort that are looked through in one turn."""


@dataclass(frozen=True)
class Unclear:
    """An answer that somebody has to read, and why."""

    statement: Statement
    approval: str
    why: str


def take(workspace: Workspace) -> int:
    """Take the answers that came and are clear; how many."""
    taken = 0
    for each in _to_sort(workspace):
        taken += _take(workspace, each)
    return taken


def unclear(workspace: Workspace) -> tuple[Unclear, ...]:
    """The answers to open approvals that wait for somebody to read them."""
    found = []
    for each in _to_sort(workspace):
        approval = about(workspace, each)
        if approval is not None and approval.closed_at is None:
            found.append(Unclear(each, approval.code, why_unclear(workspace, each, approval)))
    return tuple(found)


def about(workspace: Workspace, statement: Statement) -> Approval | None:
    """The approval that a statement names by its reference, whatever its proof is worth."""
    token = token_in(statement.title, statement.body)
    found = records.get(workspace.conn, APPROVAL, token[0]) if token else None
    return found if isinstance(found, Approval) and found.archived_at is None else None


def said_in(workspace: Workspace, code: str) -> str:
    """Who says what in an answer, in a few words: what somebody reads before they say what it means."""
    found = records.get(workspace.conn, STATEMENT, code)
    if not isinstance(found, Statement):
        raise UnknownCode(code)
    return _("{name}: {value}").format(name=found.sender or "?", value=clean(found.body or found.title, _FEW))


def names_approval(workspace: Workspace, code: str) -> bool:
    """Whether the statement of that code names an approval by its reference, and nobody sorted it yet."""
    found = records.get(workspace.conn, STATEMENT, code)
    if not isinstance(found, Statement) or found.closed_at is not None:
        return False
    return about(workspace, found) is not None


def why_unclear(workspace: Workspace, statement: Statement, approval: Approval) -> str:
    """Why an answer is not taken by itself, in a sentence; empty when it is."""
    token = token_in(statement.title, statement.body)
    if approval.closed_at is not None:
        return _("it has its answer already")
    if approval.state == ASKED:
        return _("its question waits for an answer first")
    if token is None or not requests.is_of(workspace, approval, token[1]):
        return _("it answers an earlier request, or none of ours")
    if not _is_from(workspace, statement, approval):
        who = workspace.names().get(approval.approver, approval.approver)
        return _("it comes from {sender}, {who} was asked").format(sender=statement.sender or "?", who=who)
    if read_reply(statement.title, statement.body).kind is ReplyKind.UNCLEAR:
        return _("it says neither yes, no nor a question by its first line alone")
    return ""


def means(workspace: Workspace, code: str, kind: ReplyKind, words: str = "") -> str:
    """What an answer means that somebody read, as they say; the code of the approval. Raises UnknownCode, NotPossible.

    Who submitted it does not read a yes for themselves, unless its circuit says so.
    """
    found = records.get(workspace.conn, STATEMENT, code)
    if not isinstance(found, Statement):
        raise UnknownCode(code)
    if found.closed_at is not None:
        raise NotPossible(code, _("it is sorted already"))
    approval = about(workspace, found)
    if approval is None:
        raise NotPossible(code, _("it names no approval by its reference"))
    answering.open_of(workspace, approval.code)
    if rewording.ask_again(workspace, approval):
        raise NotPossible(approval.code, _("it was reworded: it is asked again as it reads now"))
    cases = Cases(workspace)
    case, me = cases.of_approval(approval), cases.code(workspace.me)
    if kind is ReplyKind.YES and me == approval.submitted_by and not case.circuit.approves_own:
        raise NotPossible(approval.code, own_refused(case))
    if kind is ReplyKind.NO and not words.strip():
        raise NotPossible(approval.code, _("say why it is not approved"))
    read_by = _("read by {who}").format(who=workspace.my_name)
    _write(workspace, found, approval, Reply(kind, words), f"{_proof(found)} · {read_by}", by="")
    return approval.code


def _to_sort(workspace: Workspace) -> tuple[Statement, ...]:
    return workspace.select(
        Statement, "statement",
        "triage = ? AND closed_at IS NULL AND archived_at IS NULL AND (title LIKE ? OR body LIKE ?)"
        " ORDER BY number LIMIT ?",
        (NEW, _REFERENCE, _REFERENCE, MOST),
    )  # fmt: skip


def _take(workspace: Workspace, statement: Statement) -> bool:
    with transaction(workspace.conn):
        approval = about(workspace, statement)
        if approval is None or approval.closed_at is not None:
            return False
        # An answer is to what was written in the request: a content that changed since is asked again.
        if rewording.ask_again(workspace, approval) or why_unclear(workspace, statement, approval):
            return False
        reply = read_reply(statement.title, statement.body)
        _write(workspace, statement, approval, reply, _proof(statement), by=PROGRAM)
        return True


def _write(
    workspace: Workspace, statement: Statement, approval: Approval, reply: Reply, proof: str, *, by: str
) -> None:
    if reply.kind is ReplyKind.QUESTION:
        values, told, action = answering.asked(approval, reply.words), proof, "approval.ask"
    else:
        state = APPROVED if reply.kind is ReplyKind.YES else REFUSED
        reason = reply.words or (_("no reason given") if state == REFUSED else "")
        values, told = answering.answered_outside(workspace, approval, state, reason, proof)
        action = "approval.approve" if state == APPROVED else "approval.decline"
    sorted_: dict[str, Value] = {"triage": "answer", "became": approval.code, "closed_at": workspace.clock()}
    workspace.change_all([(APPROVAL, approval, values), (STATEMENT, statement, sorted_)], action, told, by=by)


def _proof(statement: Statement) -> str:
    """By which way it came, from whom, and what a server of ours confirmed of the sender."""
    checked = statement.proof or _("sender not checked")
    return f"{statement.code} · {statement.sender} · {checked}"


def _is_from(workspace: Workspace, statement: Statement, approval: Approval) -> bool:
    """Whether the sender is who was asked: their address, or, where none is known, their name."""
    sender = fold(statement.sender)
    known = fold(requests.address(workspace, approval.approver))
    if known and "@" in sender:
        return sender.rpartition("<")[2].rstrip(">").strip() == known
    if "@" in sender:
        return False
    return Cases(workspace).code(statement.sender) == approval.approver
