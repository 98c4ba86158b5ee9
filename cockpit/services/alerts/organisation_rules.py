"""What the map of the organisation asks for: audits and reviews due, plans, handovers, accesses, reports.

A map that was drawn yesterday is not late: what is merely missing is told a month after its function was
entered, in one line for many. Each rule is one query by index, asked at each board.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import ClassVar

from cockpit.domain.alerts.alerts import Alert, AlertLevel, folded
from cockpit.domain.audits.function_audit import MONTHS
from cockpit.domain.dataclasses import dataclass
from cockpit.domain.organisation.readiness import CRITICAL
from cockpit.domain.promises import expected
from cockpit.domain.time.contract_terms import add_months
from cockpit.locale import N_, _
from cockpit.services.alerts import document_rules, people_rules, plan_rules
from cockpit.services.alerts.lines import DatedAlert, about, dated, day
from cockpit.services.desk.workspace import Workspace
from cockpit.store.records import instant

GRACE_DAYS = 30
"""A function entered since then is given time before what it lacks is told."""
_AUDIT = N_("{me}: open it, A begins the audit (20 min)")
_LEVEL = N_("{me}: open it, L begins the review")
_REASONS = {
    "outside": N_("carried outside only"), "backup": N_("no backup"), "document": N_("nothing written"),
}  # fmt: skip

_WRITES = {"document": ("document", "function"), "backup": ("continuity", "function")}


def gather(workspace: Workspace, today: date) -> list[Alert]:
    """Every alert about the organisation that holds on that day."""
    conn = workspace.conn
    functions = _functions(conn)
    old = instant(workspace.clock() - timedelta(days=GRACE_DAYS))
    return [
        *people_rules.of_gone(conn, today),
        *people_rules.of_ended_contracts(conn, today),
        *folded(of_audits(functions, today, old)),
        *folded(of_levels(functions, today)),
        *folded(of_core(conn, functions, old)),
        *folded(plan_rules.of_plans(functions, old)),
        *folded(people_rules.of_missions(conn, today)),
        *people_rules.of_steps(conn, today),
        *folded(people_rules.of_accesses(conn, today)),
        *folded(of_trials(conn, today)),
        *folded(of_reports(conn, today)),
        *folded(list(document_rules.of_links(conn)), apart=1),
        *folded(document_rules.of_signatures(workspace, today, old), apart=1),
        *folded(plan_rules.of_drills(conn, today), apart=1),
        *folded(plan_rules.of_reviews(conn, today), apart=1),
    ]


@dataclass(frozen=True, kw_only=True)
class AuditNever(Alert):
    """A critical function outsourced and never audited."""

    KIND: ClassVar[str] = "audit_never"
    TEXT: ClassVar[str] = N_("Audit {subject}: it was never done")
    NEXT: ClassVar[str] = _AUDIT
    MANY: ClassVar[str] = N_("{n} critical functions were never audited")


@dataclass(frozen=True, kw_only=True)
class AuditDue(DatedAlert):
    """An audit that comes near."""

    KIND: ClassVar[str] = "audit_due"
    TEXT: ClassVar[str] = N_("Audit {subject} within {days}")
    NEXT: ClassVar[str] = _AUDIT
    MANY: ClassVar[str] = N_("{n} audits are due")


@dataclass(frozen=True, kw_only=True)
class AuditLate(DatedAlert):
    """An audit that is past its day."""

    KIND: ClassVar[str] = "audit_late"
    CASE: ClassVar[str] = AuditDue.KIND
    STAGE: ClassVar[int] = 1
    TEXT: ClassVar[str] = N_("Audit {subject}: {days} late")
    NEXT: ClassVar[str] = _AUDIT
    MANY: ClassVar[str] = N_("{n} audits are late")


def of_audits(functions: Sequence[sqlite3.Row], today: date, old: str) -> Sequence[Alert]:
    """Outsourced functions whose next audit is past; critical ones also when it comes near, or none was held."""
    found: list[Alert] = []
    for row in functions:
        if row["mode"] == "internal":
            continue
        critical = row["criticality"] >= CRITICAL
        if row["audited_on"] is None:
            if critical and row["created_at"] <= old:
                found.append(about(row, AuditNever, AlertLevel.TO_COMPLETE, severity=5 - row["criticality"]))
            continue
        due = day(row["next_on"]) or add_months(date.fromisoformat(row["audited_on"]), MONTHS)
        alert = dated(row, AuditDue, AuditLate, due, today)
        found += [alert] if alert is not None and (critical or due < today) else []
    return found


@dataclass(frozen=True, kw_only=True)
class LevelDue(DatedAlert):
    """A function to be looked at again soon."""

    KIND: ClassVar[str] = "level_due"
    TEXT: ClassVar[str] = N_("Look again at how far {subject} is outsourced, within {days}")
    NEXT: ClassVar[str] = _LEVEL
    MANY: ClassVar[str] = N_("{n} functions are to be looked at again")


@dataclass(frozen=True, kw_only=True)
class LevelLate(DatedAlert):
    """A function that was to be looked at again."""

    KIND: ClassVar[str] = "level_late"
    CASE: ClassVar[str] = LevelDue.KIND
    STAGE: ClassVar[int] = 1
    TEXT: ClassVar[str] = N_("Look again at how far {subject} is outsourced: {days} late")
    NEXT: ClassVar[str] = _LEVEL
    MANY: ClassVar[str] = N_("{n} reviews of functions are late")


def of_levels(functions: Sequence[sqlite3.Row], today: date) -> Sequence[Alert]:
    """Functions to be looked at again, from a month before."""
    days = ((row, day(row["review_due"])) for row in functions)
    alerts = (dated(row, LevelDue, LevelLate, due, today) for row, due in days if due is not None)
    return [alert for alert in alerts if alert is not None]


@dataclass(frozen=True, kw_only=True)
class CoreExposed(Alert):
    """A core-value function that one could lose."""

    KIND: ClassVar[str] = "core_exposed"
    TEXT: ClassVar[str] = N_("Core value exposed, {reasons}: {subject}")
    NEXT: ClassVar[str] = N_("{me}: name a backup in-house, and have it written down (c)")
    MANY: ClassVar[str] = N_("{n} core-value functions are exposed")

    reasons: str
    lacks: tuple[str, ...] = ()
    """The reasons as keys of `_REASONS`."""

    @property
    def made(self) -> tuple[str, str]:
        """The first thing that can be written down: a document, a plan that names a backup."""
        return next((_WRITES[each] for each in self.lacks if each in _WRITES), self.MADE)


def of_core(conn: sqlite3.Connection, functions: Sequence[sqlite3.Row], old: str) -> Sequence[Alert]:
    """Core-value functions that only others carry, that nobody could take over, or of which nothing is written."""
    core = [row for row in functions if row["core_value"] and row["created_at"] <= old]
    if not core:
        return []
    hands = _carriers(conn, [row["code"] for row in core])
    outside = {
        row["code"]
        for row in conn.execute(
            "SELECT code FROM person WHERE kind = 'external' OR coalesce(provider, '') != ''"
        )
    }
    written = {
        row["function"]
        for row in conn.execute(
            "SELECT function FROM document WHERE archived_at IS NULL UNION SELECT p.function FROM document AS d"
            " JOIN process AS p ON p.code = d.process WHERE d.archived_at IS NULL AND p.archived_at IS NULL"
        )
    }
    found: list[Alert] = []
    for row in core:
        carriers = hands.get(row["code"], set()) | ({row["owner"]} if row["owner"] else set())
        only = bool(carriers) and all(who.startswith("PR-") or who in outside for who in carriers)
        lacks = {
            "outside": row["mode"] == "external" or only,
            "backup": not row["backup"],
            "document": row["code"] not in written,
        }
        said = [_(word) for key, word in _REASONS.items() if lacks[key]]
        if said:
            found.append(
                about(
                    row,
                    CoreExposed,
                    AlertLevel.TO_COMPLETE,
                    reasons=", ".join(said),
                    lacks=_lacking(lacks),
                )
            )
    return found


@dataclass(frozen=True, kw_only=True)
class TrialOver(Alert):
    """A trial that is over and of which nobody said keep or stop."""

    KIND: ClassVar[str] = "trial_over"
    TEXT: ClassVar[str] = N_("Say keep or stop: {subject}")
    NEXT: ClassVar[str] = N_("{who}: keep or stop, and what was learned (a)")
    MANY: ClassVar[str] = N_("{n} trials are over without a verdict")


def of_trials(conn: sqlite3.Connection, today: date) -> Sequence[Alert]:
    """Trials that are over and of which nobody said keep or stop."""
    rows = conn.execute(
        "SELECT code, name, conf, coalesce(owner, '') AS who FROM trial WHERE archived_at IS NULL"
        " AND ends_on < ? AND coalesce(verdict, 'open') = 'open' ORDER BY ends_on",
        (today.isoformat(),),
    )
    return [about(row, TrialOver, who=row["who"]) for row in rows]


@dataclass(frozen=True, kw_only=True)
class ReportOwed(DatedAlert):
    """A report that was due and did not come."""

    KIND: ClassVar[str] = "report_owed"
    TEXT: ClassVar[str] = N_("Report late from {who}, {days}: {subject}")
    NEXT: ClassVar[str] = N_("{me}: remind {who} (l), or note that it came (a)")
    MANY: ClassVar[str] = N_("{n} expected reports are late")


def of_reports(conn: sqlite3.Connection, today: date) -> Sequence[Alert]:
    """Reports that were due and did not come; those that have a clock are told by it (`promise_rules`)."""
    rows = conn.execute(
        "SELECT code, name, conf, coalesce(source, '') AS who, due, received_on, period FROM report"
        " WHERE archived_at IS NULL AND due < ? AND NOT EXISTS (SELECT 1 FROM clock WHERE clock.report ="
        " report.code AND clock.ended_at IS NULL AND clock.archived_at IS NULL) ORDER BY due",
        (today.isoformat(),),
    )
    found: list[Alert] = []
    for row in rows:
        due, received = date.fromisoformat(row["due"]), day(row["received_on"])
        if not expected.covers(received, due, row["period"]):
            found.append(about(row, ReportOwed, who=row["who"], on=due, days=(today - due).days))
    return found


def _functions(conn: sqlite3.Connection) -> list[sqlite3.Row]:
    """Each function with its last audit, its plan that says something, its drill and backup."""
    audit = (
        "FROM audit WHERE audit.function = f.code AND audit.archived_at IS NULL AND held_on IS NOT NULL"
        " AND verdict != 'open'"
    )
    plans = "FROM continuity WHERE continuity.function = f.code AND continuity.archived_at IS NULL"
    written = "(coalesce(steps, '') != '' OR coalesce(link, '') != '')"
    return conn.execute(
        "SELECT f.code, f.name, f.conf, coalesce(f.mode, 'internal') AS mode, coalesce(f.owner, '') AS owner,"
        " coalesce(f.criticality, 2) AS criticality, f.core_value, f.review_due, f.created_at,"
        f" (SELECT held_on {audit} ORDER BY held_on DESC LIMIT 1) AS audited_on,"
        f" (SELECT next_on {audit} ORDER BY held_on DESC LIMIT 1) AS next_on,"
        f" (SELECT code {plans} AND {written} ORDER BY number LIMIT 1) AS plan,"
        f" (SELECT created_at {plans} AND {written} ORDER BY number LIMIT 1) AS plan_at,"
        f" EXISTS (SELECT 1 {plans} AND EXISTS (SELECT 1 FROM drill WHERE drill.plan = continuity.code"
        " AND drill.archived_at IS NULL)) AS drilled,"
        f" (EXISTS (SELECT 1 {plans} AND coalesce(backup, '') != '') OR EXISTS (SELECT 1 FROM person"
        " WHERE person.code = f.owner AND coalesce(person.backup, '') != '')) AS backup"
        " FROM function AS f WHERE f.archived_at IS NULL ORDER BY criticality DESC, f.number",
    ).fetchall()


def _carriers(conn: sqlite3.Connection, functions: Sequence[str]) -> dict[str, set[str]]:
    marks = ", ".join("?" * len(functions))
    found: dict[str, set[str]] = {}
    for row in conn.execute(
        "SELECT function, coalesce(responsible, '[]') AS responsible FROM process WHERE archived_at IS NULL"
        f" AND function IN ({marks})",
        tuple(functions),
    ):
        found.setdefault(row["function"], set()).update(json.loads(row["responsible"]))
    return found


def _lacking(lacks: Mapping[str, bool]) -> tuple[str, ...]:
    return tuple(key for key, is_so in lacks.items() if is_so)
