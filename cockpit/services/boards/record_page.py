"""What belongs to a record beside its fields: what took its place, what it settles, what a file holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from cockpit.domain.documents.link_state import LINKED
from cockpit.domain.organisation import signature as rules
from cockpit.domain.records.record import Record, Register
from cockpit.domain.registers import ORGANISATION, REGISTERS, register_of
from cockpit.domain.registers.approval import Approval
from cockpit.domain.registers.audit import Audit
from cockpit.domain.registers.blocker import Blocker
from cockpit.domain.registers.decision import Decision
from cockpit.domain.registers.dossier import Dossier
from cockpit.domain.registers.figure import Figure
from cockpit.domain.registers.goal import Goal
from cockpit.domain.registers.handover import Handover
from cockpit.domain.registers.interface import Interface
from cockpit.domain.registers.process import Process
from cockpit.domain.registers.provider import Provider
from cockpit.domain.registers.ritual import Ritual
from cockpit.domain.registers.selfaudit import Selfaudit
from cockpit.domain.registers.tool import Tool
from cockpit.locale import _, ngettext
from cockpit.services.approvals import queue
from cockpit.services.approvals import rows as approval_rows
from cockpit.services.audits import audit_lines, handovers
from cockpit.services.changes import references
from cockpit.services.costs import added
from cockpit.services.desk import dates, forms
from cockpit.services.desk.workspace import Workspace
from cockpit.services.documents import links
from cockpit.services.organisation import feedback, signatures
from cockpit.services.organisation.feedback import InterfaceQuality
from cockpit.services.providers import threats
from cockpit.services.records import sensitive_files
from cockpit.services.records.related import Related
from cockpit.services.work import decisions

FACTS = 3
"""Columns of its table that such a line gives."""
EACH = 12
"""Records of one register that are listed; the table shows the rest."""


def related(workspace: Workspace, record: Record) -> tuple[Related, ...]:
    """The lines of one record; nothing for one whose words the room may not read."""
    if workspace.hides(record):
        return ()
    return (*_approvals(workspace, record), *_own(workspace, record))


def _approvals(workspace: Workspace, record: Record) -> tuple[Related, ...]:
    """What was asked about it of whom, and what they said."""
    if isinstance(record, Approval):
        (line,) = queue.lines(workspace, (record,))
        stands = approval_rows.approval(line, workspace.now(), workspace.names())
        return (Related(_("As it stands"), stands.printed, record.about),)
    names, now = workspace.names(), workspace.now()
    return tuple(
        Related(_("Approval"), approval_rows.approval(line, now, names).printed, line.record.code)
        for line in queue.about(workspace, record.code)
        if not line.hidden
    )


def _own(workspace: Workspace, record: Record) -> tuple[Related, ...]:
    if isinstance(record, Decision):
        return _of_decision(workspace, record)
    if isinstance(record, Dossier):
        return tuple(_in_file(workspace, *each) for each in sensitive_files.contents(workspace, record))
    if isinstance(record, Blocker):
        settled = workspace.select(
            Decision, "decision", "EXISTS (SELECT 1 FROM json_each(blocks) WHERE value = ?) ORDER BY number",
            (record.code,),
        )  # fmt: skip
        told = tuple(Related(_("Decision"), f"{each.code} {each.title}", each.code) for each in settled)
        return (*told, *_tagged(workspace, record))
    register = register_of(record.code)
    if register is None or register.name not in ORGANISATION:
        return ()
    own: tuple[Related, ...] = ()
    if isinstance(record, Provider):
        quality = _quality(feedback.of_provider(workspace, record.code))
        own = (*_threat(workspace, record), *quality, *_price(workspace, record))
    elif isinstance(record, Figure | Goal):
        own = _about(workspace, record.code)
    elif isinstance(record, Interface):
        own = _quality(feedback.qualities(workspace, record.code))
    elif isinstance(record, Tool | Ritual):
        own = _price(workspace, record)
    elif isinstance(record, Audit | Selfaudit):
        own = tuple(Related(*line) for line in audit_lines.lines(workspace, record))
    elif isinstance(record, Handover):
        own = _progress(workspace, record)
    elif isinstance(record, Process):
        own = _signature(workspace, record)
    elif register.name in LINKED:
        said = links.of_record(workspace, record)
        own = (Related(_("Link"), said),) if said else ()
    return (*own, *_named(workspace, register, record), *_naming(workspace, record))


def _progress(workspace: Workspace, handover: Handover) -> tuple[Related, ...]:
    """How far a handover is, then its steps in the order of their days."""
    first, *steps = handovers.lines(workspace, handover)
    title = f"{_(REGISTERS['step'].title)} · {len(steps)}"
    return (Related(*first), *(Related(*line, title) for line in steps))


def _signature(workspace: Workspace, process: Process) -> tuple[Related, ...]:
    """Who vouches for a key process, and until when."""
    if not rules.is_key(process):
        return ()
    return (
        Related(
            _("Yearly signature"), signatures.in_words(signatures.of(workspace, process, workspace.names()))
        ),
    )


def _price(workspace: Workspace, record: Record) -> tuple[Related, ...]:
    """What a year of it costs, and which tools do the same."""
    words = added.said(workspace, record)
    return (Related(_("Yearly price"), words),) if words else ()


def _threat(workspace: Workspace, provider: Provider) -> tuple[Related, ...]:
    """The threat level of a provider, and how it comes about."""
    found, group = threats.threat_of(workspace, provider), _("Threat level")
    return (
        Related(_("Level"), threats.in_words(found), group=group),
        Related(_("≈ worked out"), threats.sum_in_words(found), group=group),
    )


def _tagged(workspace: Workspace, record: Blocker) -> tuple[Related, ...]:
    """The figures whose code is among its tags: what it was made of."""
    names = workspace.names()
    codes = [tag for tag in record.tags if tag.startswith("FG-")]
    return tuple(Related(_("Figure"), f"{code} {names.get(code, '')}".strip(), code) for code in codes)


def _about(workspace: Workspace, code: str) -> tuple[Related, ...]:
    """The blockers that were made of a figure, open ones first."""
    found = workspace.select(
        Blocker, "blocker",
        "archived_at IS NULL AND EXISTS (SELECT 1 FROM json_each(tags) WHERE value = ?)"
        " ORDER BY closed_at IS NOT NULL, number DESC LIMIT ?",
        (code, EACH),
    )  # fmt: skip
    return tuple(
        Related(_("Open blocker") if each.closed_at is None else _("Closed blocker"),
                f"{each.code} {each.title}", each.code)
        for each in found
    )  # fmt: skip


def _quality(found: Sequence[InterfaceQuality]) -> tuple[Related, ...]:
    """What both sides say of each interface that has marks, or was asked about."""
    group = _("How it is to work together")
    told = [each for each in found if each.said.count or each.waits_since]
    return tuple(
        Related(
            each.record.name, feedback.in_words(each.said) or _("they were asked"), each.record.code, group
        )
        for each in told
    )


def _named(workspace: Workspace, register: Register, record: Record) -> tuple[Related, ...]:
    """The records that this one names."""
    names, group = workspace.names(), _("Names")
    return tuple(
        Related(_(field.label), f"{code} {names[code]}", code, group)
        for field in register.fields
        if field.ref
        for code in _codes(getattr(record, field.name))
        if code in names
    )


def _codes(value: object) -> tuple[str, ...]:
    every = value if isinstance(value, tuple) else (value,)
    return tuple(each for each in every if isinstance(each, str))


def _naming(workspace: Workspace, record: Record) -> tuple[Related, ...]:
    """The records that name this one, register by register."""
    lines: list[Related] = []
    names = workspace.names()
    for register, found in groupby(references.uses(workspace, record.code, ended=True), lambda u: u.register):
        if register.name == "step" and isinstance(record, Handover):
            continue
        every = list(found)
        title = f"{_(register.title)} · {len(every)}"
        lines += [_use(workspace, use, title, names) for use in every[:EACH]]
        if len(every) > EACH:
            more = len(every) - EACH
            lines.append(
                Related("", ngettext("and {n} more", "and {n} more", more).format(n=more), group=title)
            )
    return tuple(lines)


def _use(workspace: Workspace, use: references.Use, group: str, names: Mapping[str, str]) -> Related:
    """One of them: as what it names the record, its own name, and what its table says first."""
    register, record = use.register, use.record
    label = ", ".join(_(field.label) for field in use.fields)
    words = str(getattr(record, register.subject))
    if not workspace.hides(record):
        used = {field.name for field in use.fields}
        facts = [
            said
            for field in register.fields
            if field.column and field.name not in used and field.name != register.subject
            and (said := forms.show(field, getattr(record, field.name), names, workspace.zone))
        ]  # fmt: skip
        words = " · ".join([words, *facts[:FACTS]])
    over = _("(over)") if references.is_over(record, workspace.today()) else ""
    return Related(label, " ".join(filter(None, (record.code, words, over))), record.code, group)


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
    at = sensitive_files.when(record)
    day = dates.day_and_month(at.astimezone(workspace.zone)) if at else ""
    year = f" {at.astimezone(workspace.zone).year}" if at else ""
    title = str(getattr(record, REGISTERS[register.name].subject))
    return Related(f"{day}{year}", f"{record.code} {title}", record.code)
