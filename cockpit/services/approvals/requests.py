"""The request that goes to somebody who has no cockpit: what is to be approved, and how to answer it."""

from __future__ import annotations

import base64
import hashlib
import hmac

from cockpit.domain.registers import REGISTERS, register_of
from cockpit.domain.registers.approval import ASKED, KINDS, Approval
from cockpit.domain.registers.person import Person
from cockpit.domain.text import clean
from cockpit.locale import _
from cockpit.services.approvals.answering import open_of
from cockpit.services.desk import dates, forms
from cockpit.services.desk.refusal import NotPossible
from cockpit.services.desk.workspace import Workspace
from cockpit.services.promises.letter import Letter
from cockpit.services.records import keyed
from cockpit.store import records

_PERSON = REGISTERS["person"]
_PROOF = 10
"""Letters of the proof in a reference: fifty bits, of which a forger has one try a mail."""


def request(workspace: Workspace, code: str) -> Letter:
    """The request of an open approval, ready to send. Raises UnknownCode, NotPossible, and OSError without a key."""
    found = open_of(workspace, code)
    if found.state == ASKED:
        raise NotPossible(found.code, _("its question waits for an answer first"))
    keyed.make_key(workspace)
    names = workspace.names()
    asks = names.get(found.submitted_by, found.submitted_by)
    token = reference(workspace, found)
    lines = [_("Hello,"), "", _ask(asks, found.kind),
             "", f"  {found.title}"]  # fmt: skip
    if found.amount is not None:
        lines.append("  " + _("{name}: {value}").format(name=_("Amount"), value=forms.money(found.amount)))
    lines += [f"  {each}" for each in _of_record(workspace, found)]
    lines += [f"  {each}" for each in found.note.splitlines()]
    if found.question:
        lines += ["", _("You asked: {question}").format(question=found.question), found.reply]
    if found.answer_by is not None and found.answer_by > workspace.clock():
        at = found.answer_by.astimezone(workspace.zone)
        lines += [
            "",
            _("We need your answer by {when}.").format(when=f"{dates.long_date(at.date())} {at:%H:%M}"),
        ]
    lines += [
        "", _("Answer this message with one word alone on the first line:"),
        "  " + _("YES: you approve it as it is written here;"),
        "  " + _("NO: and why, behind it or on the next line;"),
        "  " + _("QUESTION: and which one. A yes with a condition is a question too."),
        "", _("Keep this reference in your answer: [{token}]").format(token=token), "", _("Thank you,"),
        workspace.my_name,
    ]  # fmt: skip
    subject = _("For your approval: {title} [{token}]").format(title=found.title, token=token)
    return Letter(found.code, names.get(found.approver, found.approver), address(workspace, found.approver), subject,
                  "\n".join(lines))  # fmt: skip


def reference(workspace: Workspace, found: Approval) -> str:
    """What an answer carries: the code, and a proof that only this request, to this person, of this content has."""
    return f"{found.code}-{_proof(workspace, found)}"


def is_of(workspace: Workspace, found: Approval, proof: str) -> bool:
    """Whether a proof is that of the request as it would be written now."""
    now = _proof(workspace, found)
    return bool(now) and hmac.compare_digest(now, proof.upper())


def address(workspace: Workspace, code: str) -> str:
    """The e-mail address of a person; empty when none is known."""
    rows = workspace.conn.execute("SELECT contact FROM person WHERE code = ?", (code,)).fetchall()
    for word in clean(rows[0]["contact"] or "").replace(",", " ").replace(";", " ").split() if rows else ():
        if "@" in word.strip("<>") and "." in word.rpartition("@")[2]:
            return word.strip("<>()")
    return ""


def is_outside(workspace: Workspace, code: str) -> bool:
    """Whether somebody has no cockpit: the request has to be sent to them."""
    found = records.get(workspace.conn, _PERSON, code) if code.startswith("PE-") else None
    return isinstance(found, Person) and (found.kind == "external" or bool(found.provider))


def _ask(who: str, kind: str) -> str:
    if kind == "other":
        return _("{who} asks for your approval.").format(who=who)
    return _("{who} asks for your approval: {kind}.").format(who=who, kind=_(KINDS[kind]))


def _proof(workspace: Workspace, found: Approval) -> str:
    text = "\n".join(("request", found.code, found.approver, found.content, found.question, found.reply))
    made = keyed.digest(workspace, text)
    if not made:
        return ""
    short = hashlib.sha256(bytes.fromhex(made)).digest()
    return base64.b32encode(short).decode()[:_PROOF]


def _of_record(workspace: Workspace, found: Approval) -> list[str]:
    """Where the record is, and what it says beside its title."""
    register = register_of(found.about) if found.about else None
    record = records.get(workspace.conn, register, found.about) if register else None
    if record is None or register is None:
        return []
    said = []
    for name in ("question", "options", "note", "link", "body"):
        value = getattr(record, name, "")
        if isinstance(value, str) and value:
            label = _(register.field(name).label)
            said += _("{name}: {value}").format(name=label, value=value).splitlines()
    return said
