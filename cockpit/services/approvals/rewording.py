"""An approval is of a content: where that is another one now, it is asked again, of whom it then belongs to."""

from __future__ import annotations

from cockpit.domain.approvals import routing
from cockpit.domain.approvals.content import Wording
from cockpit.domain.records.record import Value
from cockpit.domain.registers.approval import APPROVED, Approval
from cockpit.domain.text import TITLE_LIMIT, clean
from cockpit.locale import _
from cockpit.services.approvals import contents
from cockpit.services.approvals.cases import Cases
from cockpit.services.approvals.submitting import APPROVAL, handed
from cockpit.services.desk import dates
from cockpit.services.desk.workspace import PROGRAM, Workspace
from cockpit.services.records import history
from cockpit.services.records.find import find
from cockpit.store.journal import JournalEntry


def ask_again(workspace: Workspace, found: Approval) -> list[JournalEntry]:
    """Ask again what was reworded since it was submitted or approved; nothing where it still is what it was."""
    if contents.wording(workspace, found) is not Wording.CHANGED:
        return []
    values = _as_it_reads(workspace, found)
    amount = values["amount"] if isinstance(values["amount"], int) else None
    cases = Cases(workspace)
    case = cases.of(
        circuit=cases.circuit(found.circuit, found.function), amount=amount, function=found.function,
        submitter=found.submitted_by,
    )  # fmt: skip
    who = found.approver
    if not routing.may_decide(case, who) or case.is_gone(who):
        who = routing.route(case).who or who
    content = contents.sealed(workspace, str(values["title"]), amount, found.note, found.about)
    values |= {
        **handed(workspace, case, who), "content": content, "closed_at": None, "answered_by": "", "proof": "",
        "passed_at": None, "reason": _reason(workspace, found),
    }  # fmt: skip
    return workspace.change_all([(APPROVAL, found, values)], "approval.reword", by=PROGRAM)


def _as_it_reads(workspace: Workspace, found: Approval) -> dict[str, Value]:
    """Title, amount and level of the record that it is about."""
    if not found.about:
        return {"title": found.title, "amount": found.amount}
    register, record = find(workspace, found.about)
    title = clean(history.title_of(workspace, register, record, workspace.names()), TITLE_LIMIT)
    amount = getattr(record, "amount", None)
    return {
        "title": title or record.code,
        "amount": amount if isinstance(amount, int) else found.amount,
        "conf": max(found.conf, record.conf),
    }


def _reason(workspace: Workspace, found: Approval) -> str:
    if found.state != APPROVED or found.closed_at is None:
        return _("reworded since it was submitted")
    who = workspace.names().get(found.answered_by, found.answered_by)
    day = dates.whole_day(found.closed_at.astimezone(workspace.zone).date())
    return _("approved on an earlier wording: {who}, {day}").format(who=who, day=day)
