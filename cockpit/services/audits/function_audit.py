"""Auditing an outsourced function: begun from what the registers know, ended with a verdict and dated actions."""

from __future__ import annotations

import json
from collections.abc import Mapping

from cockpit.domain.audits import function_audit as rules
from cockpit.domain.audits.answer_sheet import AnswerSheet
from cockpit.domain.audits.questionnaire import NO, PARTLY, YES
from cockpit.domain.dataclasses import dataclass
from cockpit.domain.records.record import Value
from cockpit.domain.registers.audit import Audit
from cockpit.domain.registers.contract import Contract
from cockpit.domain.text import TYPED_LIMIT, clean
from cockpit.locale import _
from cockpit.services.audits import answer_sheets
from cockpit.services.changes.batch import Coming
from cockpit.services.desk.workspace import Workspace
from cockpit.services.organisation.function_facts import FunctionFacts, codes, facts, is_recent
from cockpit.store.transaction import transaction

ACCESS_DAYS = 90
REVIEW_DAYS = 180
YEAR_DAYS = 365
KnownAnswers = Mapping[str, tuple[str, str]]
"""By question, an answer that the registers give, and the codes of the records that say so."""


@dataclass(frozen=True)
class ClosedAudit:
    """An audit that was closed, and how many actions follow of it."""

    code: str
    actions: int


def begin(workspace: Workspace, function: str) -> AnswerSheet:
    """The audit of a function as it was left, else a new one. Raises UnknownCode."""
    answer_sheets.function_of(workspace, function)
    found = answer_sheets.kept(workspace, answer_sheets.AUDIT, function)
    day = answer_sheets.next_day(workspace, rules.MONTHS)
    return found or AnswerSheet(
        function=function, started_at=workspace.clock(), next_on=day, row=rules.QUESTIONS[0].key
    )


def answers(sheet: AnswerSheet, known: KnownAnswers) -> dict[str, str]:
    """What was answered; what the registers say where nobody answered."""
    return {question: answer for question, (answer, _source) in known.items()} | dict(sheet.answers)


def verdict(sheet: AnswerSheet, known: KnownAnswers) -> str:
    """The one that was chosen, else the one that the answers propose."""
    return sheet.verdict or rules.proposed(answers(sheet, known))


def finish(workspace: Workspace, sheet: AnswerSheet) -> ClosedAudit:
    """Write the audit, its actions, and when the provider was audited last: one change, one undo."""
    function = answer_sheets.function_of(workspace, sheet.function)
    with transaction(workspace.conn):
        found = facts(workspace, function)
        known = relied_on(found)
        coming = Coming(workspace)
        today = workspace.today()
        values: dict[str, Value] = {
            "name": _("Audit of {function} {month}").format(function=function.name, month=f"{today:%m/%Y}"),
            "function": function.code,
            "held_on": today,
            "answers": json.dumps(answers(sheet, known), ensure_ascii=False),
            "verdict": verdict(sheet, known),
            "next_on": sheet.next_on,
            "note": clean(sheet.note, TYPED_LIMIT, lines=True),
            "conf": function.conf,
        }
        if found.provider:
            values["provider"] = found.provider
        code = coming.add("audit", values)
        for provider in found.providers:
            coming.change("provider", provider.code, {"last_audit": today})
        answer_sheets.add_actions(workspace, coming, sheet, code, function.conf)
        workspace.change_all(coming.puts, "audit.done")
        answer_sheets.end(workspace, answer_sheets.AUDIT, sheet, code)
    return ClosedAudit(code, len(sheet.actions))


def given(audit: Audit) -> dict[str, str]:
    """The answers of an audit; none where they cannot be read."""
    try:
        read = json.loads(audit.answers)
    except ValueError:
        return {}
    return {str(question): str(answer) for question, answer in read.items()} if isinstance(read, dict) else {}


def relied_on(found: FunctionFacts) -> KnownAnswers:
    """What the registers answer. What they do not hold is not answered: it may exist all the same."""
    known: dict[str, tuple[str, str]] = {}
    _of_contracts(found, known)
    _of_accesses(found, known)
    _of_documents(found, known)
    _of_plans(found, known)
    if found.providers:
        other = tuple(each for each in found.providers if each.alternative)
        if other:
            known["alternative"] = (YES if len(other) == len(found.providers) else PARTLY, codes(other))
        listed = tuple(each for each in found.providers if each.subprocessors and each.data_country)
        if listed:
            known["who_reads"] = (PARTLY, codes(listed))
    if found.interfaces:
        full = tuple(i for i in found.interfaces if i.owner and i.cadence_days and i.documented)
        known["interfaces"] = (_share(len(full), len(found.interfaces)), codes(full or found.interfaces))
    if found.reports:
        late = tuple(r for r in found.reports if r.due is not None and r.due < found.today)
        whole = tuple(r for r in found.reports if r not in late and (r.completeness or 0) >= 90)
        known["reports"] = (_share(len(whole), len(found.reports)), codes(late or found.reports))
    return known


def _of_contracts(found: FunctionFacts, known: dict[str, tuple[str, str]]) -> None:
    if not found.contracts:
        return

    def all_of(field: str) -> tuple[str, str]:
        without: tuple[Contract, ...] = tuple(each for each in found.contracts if not getattr(each, field))
        share = _share(len(found.contracts) - len(without), len(found.contracts))
        return share, codes(without or found.contracts)

    known["nda"] = all_of("nda")
    known["exit"] = all_of("exit_plan")
    if any(provider.personal_data for provider in found.providers):
        known["dpa"] = all_of("dpa")
    elif all(contract.dpa for contract in found.contracts):
        known["dpa"] = (YES, codes(found.contracts))


def _of_accesses(found: FunctionFacts, known: dict[str, tuple[str, str]]) -> None:
    if not found.accesses:
        return
    fresh = tuple(a for a in found.accesses if is_recent(a.reviewed_on, found.today, ACCESS_DAYS))
    stale = tuple(a for a in found.accesses if a not in fresh)
    known["accesses"] = (_share(len(fresh), len(found.accesses)), codes(stale or fresh))
    shared = tuple(a for a in found.accesses if a.shared)
    if shared:
        known["shared"] = (NO, codes(shared))
    admins = tuple(a for a in found.accesses if a.level == "admin")
    if admins:
        second = tuple(a for a in admins if a.second_admin)
        alone = tuple(a for a in admins if not a.second_admin)
        known["admin"] = (_share(len(second), len(admins)), codes(alone or admins))


def _of_documents(found: FunctionFacts, known: dict[str, tuple[str, str]]) -> None:
    if found.documents:
        linked = tuple(d for d in found.documents if d.link)
        known["exists"] = (_share(len(linked), len(found.documents)), codes(linked or found.documents))
        fresh = tuple(d for d in found.documents if is_recent(d.reviewed_on, found.today, REVIEW_DAYS))
        known["reviewed"] = (_share(len(fresh), len(found.documents)), codes(fresh or found.documents))
        tested = tuple(d for d in found.documents if is_recent(d.tested_on, found.today, YEAR_DAYS))
        known["second"] = (_share(len(tested), len(found.documents)), codes(tested or found.documents))
    owned = tuple(p for p in found.processes if p.accountable and p.responsible)
    if found.processes:
        whole = len(owned) == len(found.processes) and bool(found.circuits)
        known["raci"] = (YES if whole else PARTLY if owned else NO, codes(owned or found.processes))


def _of_plans(found: FunctionFacts, known: dict[str, tuple[str, str]]) -> None:
    written = tuple(plan for plan in found.plans if plan.steps or plan.link)
    leaving = tuple(plan for plan in written if plan.scenario in ("provider", "interim"))
    if found.plans:
        known["plan"] = (YES if leaving else PARTLY, codes(leaving or found.plans))
        named = tuple(plan for plan in found.plans if plan.backup)
        known["backup"] = (YES, codes(named)) if named else (NO, codes(found.plans))
        held = tuple(d for d in found.drills if is_recent(d.held_on, found.today, YEAR_DAYS))
        passed = tuple(d for d in held if d.verdict == "passed")
        answer = YES if passed else PARTLY if any(d.verdict == "partly" for d in held) else NO
        known["drill"] = (answer, codes(passed or held or found.plans))


def _share(good: int, every: int) -> str:
    return YES if good == every else PARTLY if good else NO
