"""What waits for somebody's yes: submitted by one, to whom the decision circuit names."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.records.record import FieldKind, Record, declare
from cockpit.locale import N_

WAITING, ASKED, APPROVED, REFUSED, WITHDRAWN = "waiting", "asked", "approved", "refused", "withdrawn"
STATES: Mapping[str, str] = {
    WAITING: N_("to approve"),
    ASKED: N_("question put"),
    APPROVED: N_("approved"),
    REFUSED: N_("not approved"),
    WITHDRAWN: N_("withdrawn"),
}
KINDS: Mapping[str, str] = {
    "decision": N_("decision"),
    "expense": N_("expense"),
    "document": N_("document"),
    "minutes": N_("minutes"),
    "answer": N_("answer to a provider"),
    "other": N_("other"),
}
ABOUT = (
    "decision",
    "cost",
    "document",
    "occurrence",
    "statement",
    "blocker",
    "priority",
    "contract",
    "process",
)
"""Registers of which a record is submitted."""


@dataclass(frozen=True, kw_only=True)
class Approval(Record):
    """One thing submitted to one person at a time. It is never edited: it is answered, or asked again."""

    title: str = declare(N_("Submitted"), required=True, column=True)
    kind: str = declare(N_("Kind"), FieldKind.CHOICE, default="other", choices=KINDS, column=True, width=14)
    about: str = declare(N_("About"), ref=ABOUT, column=True, width=8)
    amount: int | None = declare(N_("Amount"), FieldKind.MONEY, default=None, column=True, width=12)
    function: str = declare(N_("Function"), FieldKind.REF, ref=("function",))
    circuit: str = declare(N_("Circuit"), ref=("circuit",))
    submitted_by: str = declare(N_("Submitted by"), ref=("person",), column=True, width=16)
    submitted_at: datetime | None = declare(N_("When"), FieldKind.INSTANT, default=None)
    state: str = declare(
        N_("State"), FieldKind.CHOICE, default=WAITING, choices=STATES, column=True, width=14
    )
    approver: str = declare(N_("To be approved by"), ref=("person",), column=True, width=16)
    waiting_since: datetime | None = declare(N_("Waits for them since"), FieldKind.INSTANT, default=None)
    answer_by: datetime | None = declare(N_("Answer by"), FieldKind.INSTANT, default=None)
    passed_at: datetime | None = declare(
        N_("Passed to somebody else"), FieldKind.INSTANT, default=None, help=N_("The delay had passed."),
    )  # fmt: skip
    sent_at: datetime | None = declare(N_("Request sent"), FieldKind.INSTANT, default=None)
    question: str = declare(N_("Question put"), FieldKind.LONG)
    reply: str = declare(N_("Answer to the question"), FieldKind.LONG)
    reason: str = declare(N_("Reason"))
    answered_by: str = declare(N_("Answered by"), ref=("person",))
    proof: str = declare(N_("How it was answered"))
    closed_at: datetime | None = declare(N_("Closed"), FieldKind.INSTANT, default=None)
    content: str = declare(N_("Fingerprint of what was submitted"), told=False)
    case: str = declare(N_("Sensitive file"))
    note: str = declare(N_("What is to be approved"), FieldKind.LONG)
