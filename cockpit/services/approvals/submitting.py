"""Something is submitted to whom its circuit names: in one line, about a record or not; and asked again."""

from __future__ import annotations

from datetime import datetime

from cockpit.domain.approvals import routing
from cockpit.domain.approvals.routing import ApprovalCase, ApprovalRoute, PassedOver
from cockpit.domain.dataclasses import dataclass, replace
from cockpit.domain.records.record import Record, Register, Value
from cockpit.domain.registers import REGISTERS, register_of
from cockpit.domain.registers.approval import ABOUT, KINDS, WAITING, Approval
from cockpit.domain.text import TITLE_LIMIT, clean
from cockpit.domain.work.entry import Entry
from cockpit.locale import N_, _
from cockpit.services.approvals import contents
from cockpit.services.approvals.cases import DELAY, Cases
from cockpit.services.desk import forms
from cockpit.services.desk.refusal import NotPossible, UnknownCode
from cockpit.services.desk.workspace import Workspace
from cockpit.services.records import history
from cockpit.services.records.find import find
from cockpit.services.work import decisions, entry, escalation
from cockpit.store import records
from cockpit.store.transaction import transaction

APPROVAL = REGISTERS["approval"]
_OPEN = "about = ? AND closed_at IS NULL AND archived_at IS NULL LIMIT 1"
_KINDS = {"decision": "decision", "cost": "expense", "document": "document", "occurrence": "minutes",
          "statement": "answer"}  # fmt: skip
_OVER: dict[PassedOver, str] = {
    PassedOver.SUBMITTED: N_("{who} submitted it"),
    PassedOver.GONE: N_("{who} left"),
    PassedOver.ABOVE: N_("more than {who} decides"),
    PassedOver.LATE: N_("{who} did not answer in time"),
}


@dataclass(frozen=True)
class Submission:
    """What somebody submits: a line, about a record or not."""

    said: Entry
    about: str = ""
    """The code of the record."""
    amount: int | None = None
    """Cents; None: that of the record, else the one that the line gives."""
    kind: str = ""
    """One of `KINDS`; empty: worked out."""


@dataclass(frozen=True)
class Submitted:
    """What a line would submit, to whom, and why to them."""

    values: dict[str, Value]
    who: str
    why: str
    """Whom the circuit named before, and why not them; empty when it is the first."""


def understood(said: Entry) -> Entry:
    """The line as an approval understands it: by whom and by when have places of their own."""
    return replace(said, chips=tuple(each for each in said.chips if each.field not in ("owner", "due")))


def subject_of(line: str) -> tuple[str, str]:
    """The code of the record that a line begins with, and the rest; an empty code where it begins with none."""
    first, _space, rest = line.strip().partition(" ")
    register = register_of(first)
    known = register is not None and register.name in ABOUT and first.partition("-")[2].isdigit()
    return (first.upper(), rest.strip()) if known else ("", line)


def prepared(workspace: Workspace, asked: Submission) -> Submitted:
    """What would be submitted to whom. Raises UnknownCode, and NotPossible where nobody may approve it."""
    said = asked.said
    register, record = find(workspace, asked.about) if asked.about else (None, None)
    if register is not None and register.name not in ABOUT:
        raise NotPossible(asked.about, _("this is not submitted for approval"))
    values = _values(workspace, replace(asked, said=understood(said)), register, record)
    cases = Cases(workspace)
    circuit = cases.circuit(str(getattr(record, "circuit", "") or ""), str(values.get("function") or ""))
    amount = values["amount"] if isinstance(values["amount"], int) else None
    case = cases.of(
        circuit=circuit, amount=amount, function=str(values.get("function") or ""), submitter=workspace.me
    )
    found = _chosen(cases, case, said.owner or "")
    now = workspace.clock()
    by = escalation.answer_by(workspace, circuit.max_delay or DELAY)
    due = said.due if said.due is not None and said.due > now else None
    values |= {
        "circuit": circuit.code, "submitted_by": case.submitter, "submitted_at": now, "state": WAITING,
        "approver": found.who, "waiting_since": now, "answer_by": min(filter(None, (by, due)), default=None),
    }  # fmt: skip
    return Submitted(values, found.who, over_in_words(cases, found))


def submit(workspace: Workspace, asked: Submission) -> str:
    """Submit what a line says; the code of the approval. Raises as `prepared`, and OSError without a key."""
    with transaction(workspace.conn):
        found = prepared(workspace, asked)
        about = asked.about.upper()
        if about and (open_ := workspace.select(Approval, "approval", _OPEN, (about,))):
            raise NotPossible(about, _("it is submitted already: {code}").format(code=open_[0].code))
        values = found.values
        content = contents.sealed(
            workspace, str(values["title"]), values["amount"] if isinstance(values["amount"], int) else None,
            str(values.get("note") or ""), about,
        )  # fmt: skip
        return workspace.add(APPROVAL, {**values, "content": content}, "approval.submit")


def again(workspace: Workspace, code: str) -> str:
    """Ask again what was answered, withdrawn or reworded, as it reads now: a new approval; its code.

    Raises UnknownCode, NotPossible.
    """
    found = records.get(workspace.conn, APPROVAL, code)
    if not isinstance(found, Approval):
        raise UnknownCode(code)
    if found.closed_at is None:
        raise NotPossible(code, _("it waits for an answer already"))
    said = Entry(
        title=found.title, note=found.note or None, confidentiality=found.conf, case=found.case or None
    )
    if found.function:
        said = replace(said, functions=(workspace.names().get(found.function, found.function),))
    amount = None if found.about else found.amount
    return submit(workspace, Submission(said, found.about, amount, found.kind))


def over_in_words(cases: Cases, found: ApprovalRoute) -> str:
    """Who was passed over, and why."""
    words = (_(_OVER[why]).format(who=cases.names.get(who, who)) for who, why in found.over)
    return ", ".join(words)


def _chosen(cases: Cases, case: ApprovalCase, wanted: str) -> ApprovalRoute:
    if wanted:
        who = cases.named(wanted)
        refuse_unfit(cases, case, who)
        return ApprovalRoute(who)
    found = routing.route(case)
    if not found.who:
        why = _("nobody is left to approve it ({why})").format(why=over_in_words(cases, found))
        way = _("name a deputy or a level 3 in its circuit, or let the circuit approve its own")
        raise NotPossible(
            case.circuit.code or cases.names.get(case.submitter, case.submitter), f"{why}: {way}"
        )
    return found


def refuse_unfit(cases: Cases, case: ApprovalCase, who: str) -> None:
    """Raises NotPossible when that person may not decide it, and says why."""
    name = cases.names.get(who, who)
    if case.is_gone(who):
        raise NotPossible(name, _("they left: name somebody else"))
    if routing.may_decide(case, who):
        return
    if who == case.submitter:
        raise NotPossible(name, own_refused(case))
    limit = case.limit if who in (case.circuit.decider, case.circuit.deputy) else case.limit_of(who)
    words = _("they decide up to {limit}, this is {amount}: name somebody else")
    raise NotPossible(name, words.format(limit=forms.money(limit or 0), amount=forms.money(case.amount or 0)))


def own_refused(case: ApprovalCase) -> str:
    """Why somebody does not approve what they submitted, and what would let them."""
    words = _("who submitted it does not approve it, unless its circuit says so")
    return words + (f" ({case.circuit.code})" if case.circuit.code else "")


def _values(
    workspace: Workspace, asked: Submission, register: Register | None, record: Record | None
) -> dict[str, Value]:
    said = asked.said
    values = entry.values_of(workspace, "approval", said)
    values["about"] = record.code if record else ""
    if record is not None and register is not None:
        title = clean(history.title_of(workspace, register, record, workspace.names()), TITLE_LIMIT)
        values["title"] = title or record.code
        values["note"] = " // ".join(filter(None, (said.title, str(values.get("note") or ""))))
        values["function"] = values.get("function") or getattr(record, "function", None) or None
        values["case"] = values.get("case") or getattr(record, "case", "")
        values["conf"] = max(int(str(values["conf"])), record.conf)
    elif not values["title"]:
        raise forms.WrongValue(_("the line needs a title"))
    of_record = getattr(record, "amount", None)
    found = of_record if isinstance(of_record, int) else decisions.amount_in(said.title)
    values["amount"] = asked.amount if asked.amount is not None else found
    of_kind = _KINDS.get(register.name, "other") if register else "expense" if values["amount"] else "other"
    values["kind"] = asked.kind if asked.kind in KINDS else of_kind
    return values


def handed(workspace: Workspace, case: ApprovalCase, who: str) -> dict[str, Value]:
    """What an approval is once it waits for somebody else, with the whole delay."""
    return {
        "state": WAITING, "approver": who, "waiting_since": workspace.clock(), "answer_by": when_due(workspace, case),
        "sent_at": None,
    }  # fmt: skip


def when_due(workspace: Workspace, case: ApprovalCase) -> datetime | None:
    """By when whoever is asked now answers."""
    return escalation.answer_by(workspace, case.circuit.max_delay or DELAY)
