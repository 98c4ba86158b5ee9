"""What belongs to a record beside its fields: what took its place, what it settles, what a file holds."""

from __future__ import annotations

from dataclasses import dataclass

from cockpit.domain.record import Record, Register
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.audit import Audit
from cockpit.domain.registers.blocker import Blocker
from cockpit.domain.registers.decision import Decision
from cockpit.domain.registers.dossier import Dossier
from cockpit.domain.registers.handover import Handover
from cockpit.domain.registers.selfaudit import Selfaudit
from cockpit.locale import _
from cockpit.services import audit_lines, dates, decisions, dossiers, handovers
from cockpit.services.workspace import Workspace


@dataclass(frozen=True)
class Related:
    """One line: what it is to the record, its words, and the code that opens it."""

    label: str
    text: str
    code: str = ""


def related(workspace: Workspace, record: Record) -> tuple[Related, ...]:
    """The lines of one record; nothing for one whose words the room may not read."""
    if workspace.hides(record):
        return ()
    if isinstance(record, Decision):
        return _of_decision(workspace, record)
    if isinstance(record, Dossier):
        return tuple(_in_file(workspace, *each) for each in dossiers.contents(workspace, record))
    if isinstance(record, Handover):
        return tuple(Related(*line) for line in handovers.lines(workspace, record))
    if isinstance(record, Audit | Selfaudit):
        return tuple(Related(*line) for line in audit_lines.lines(workspace, record))
    if isinstance(record, Blocker):
        settled = workspace.select(
            Decision, "decision", "EXISTS (SELECT 1 FROM json_each(blocks) WHERE value = ?) ORDER BY number",
            (record.code,),
        )  # fmt: skip
        return tuple(Related(_("Decision"), f"{each.code} {each.title}", each.code) for each in settled)
    return ()


def _of_decision(workspace: Workspace, decision: Decision) -> tuple[Related, ...]:
    lines = [Related(_("Authority"), decisions.authority(workspace, decision)[1])]
    codes = [each.code for each in decisions.chain(workspace, decision.code)]
    at = codes.index(decision.code) if decision.code in codes else 0
    for place, each in enumerate(decisions.chain(workspace, decision.code)):
        if place != at:
            label = _("Superseded by") if place == at + 1 else _("Later") if place > at else _("Before it")
            lines.append(Related(label, f"{each.code} {each.title}", each.code))
    return tuple(lines)


def _in_file(workspace: Workspace, register: Register, record: Record) -> Related:
    at = dossiers.when(record)
    day = dates.day_and_month(at.astimezone(workspace.zone)) if at else ""
    year = f" {at.astimezone(workspace.zone).year}" if at else ""
    title = str(getattr(record, REGISTERS[register.name].subject))
    return Related(f"{day}{year}", f"{record.code} {title}", record.code)
