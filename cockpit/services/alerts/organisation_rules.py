"""What the map of the organisation asks for: audits and reviews due, plans, handovers, accesses, reports.

A map that was drawn yesterday is not late: what is merely missing is told a month after its function was
entered, in one line for many. Each rule is one query by index, asked at each board.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from cockpit.domain.alerts.alerts import Alert
from cockpit.domain.audits.function_audit import MONTHS
from cockpit.domain.organisation.readiness import CRITICAL
from cockpit.domain.time.contract_terms import add_months
from cockpit.locale import N_, _
from cockpit.services.alerts import plan_rules
from cockpit.services.alerts.lines import about, dated, day, folded
from cockpit.services.desk.workspace import Workspace
from cockpit.store.records import instant

GRACE_DAYS = 30
"""A function entered since then is given time before what it lacks is told."""
HANDOVER_DAYS, SOON_DAYS = 45, 15
ACCESS_DAYS = 90
MOST = 50
_PERIODS = {"week": 7, "month": 31, "quarter": 92, "year": 366}
_REASONS = {
    "outside": N_("carried outside only"), "backup": N_("no backup"), "document": N_("nothing written"),
}  # fmt: skip


def gather(workspace: Workspace, today: date) -> list[Alert]:
    """Every alert about the organisation that holds on that day."""
    conn = workspace.conn
    functions = _functions(conn)
    old = instant(workspace.clock() - timedelta(days=GRACE_DAYS))
    return [
        *of_gone(conn, today),
        *of_ended_contracts(conn, today),
        *folded(of_audits(functions, today, old)),
        *folded(of_levels(functions, today)),
        *folded(of_core(conn, functions, old)),
        *folded(plan_rules.of_plans(functions, old)),
        *folded(of_missions(conn, today)),
        *of_steps(conn, today),
        *folded(of_accesses(conn, today)),
        *folded(of_trials(conn, today)),
        *folded(of_reports(conn, today)),
        *folded(plan_rules.of_drills(conn, today), apart=1),
        *folded(plan_rules.of_reviews(conn, today), apart=1),
    ]


def of_audits(functions: Sequence[sqlite3.Row], today: date, old: str) -> list[Alert]:
    """Outsourced functions whose next audit is past; critical ones also when it comes near, or none was held."""
    found = []
    for row in functions:
        if row["mode"] == "internal":
            continue
        critical = row["criticality"] >= CRITICAL
        if row["audited_on"] is None:
            if critical and row["created_at"] <= old:
                found.append(about(row, 1, "audit_never"))
            continue
        due = day(row["next_on"]) or add_months(date.fromisoformat(row["audited_on"]), MONTHS)
        alert = dated(row, "audit", due, today)
        found += [alert] if alert is not None and (critical or due < today) else []
    return found


def of_levels(functions: Sequence[sqlite3.Row], today: date) -> list[Alert]:
    """Functions to be looked at again, from a month before."""
    days = ((row, day(row["review_due"])) for row in functions)
    alerts = (dated(row, "level", due, today) for row, due in days if due is not None)
    return [alert for alert in alerts if alert is not None]


def of_core(conn: sqlite3.Connection, functions: Sequence[sqlite3.Row], old: str) -> list[Alert]:
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
    found = []
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
            found.append(about(row, 1, "core_exposed", detail=", ".join(said)))
    return found


def of_missions(conn: sqlite3.Connection, today: date) -> list[Alert]:
    """People who leave within HANDOVER_DAYS and whose handover nobody began."""
    rows = conn.execute(
        "SELECT code, name, conf, ends_on FROM person WHERE archived_at IS NULL AND ends_on > ? AND ends_on <= ?"
        " AND NOT EXISTS (SELECT 1 FROM handover WHERE giver = person.code AND handover.archived_at IS NULL)"
        " ORDER BY ends_on LIMIT ?",
        (today.isoformat(), (today + timedelta(days=HANDOVER_DAYS)).isoformat(), MOST),
    )
    found = []
    for row in rows:
        left = (date.fromisoformat(row["ends_on"]) - today).days
        found.append(about(row, 2 if left <= SOON_DAYS else 1, "handover_none", days=left))
    return found


def of_steps(conn: sqlite3.Connection, today: date) -> list[Alert]:
    """Handovers of which steps are late: red once the handover itself should be over."""
    rows = conn.execute(
        "SELECT h.code, h.name, h.conf, h.due, count(*) AS late"
        " FROM step AS s JOIN handover AS h ON h.code = s.handover"
        " WHERE s.done_on IS NULL AND s.archived_at IS NULL AND s.due < ? AND h.archived_at IS NULL"
        " GROUP BY h.code ORDER BY h.due LIMIT ?",
        (today.isoformat(), MOST),
    )
    return [
        about(row, 2 if row["due"] < today.isoformat() else 1, "handover_late", days=row["late"])
        for row in rows
    ]


def of_gone(conn: sqlite3.Connection, today: date) -> list[Alert]:
    """Missions that are over: accesses go the same day. Quiet once each access that is known was revoked."""
    rows = conn.execute(
        "SELECT code, name, conf, (SELECT count(*) FROM access WHERE holder = person.code AND revoked_on IS NULL"
        " AND access.archived_at IS NULL) AS open FROM person WHERE archived_at IS NULL AND ends_on <= ?"
        " AND (open OR NOT EXISTS (SELECT 1 FROM access WHERE holder = person.code)) ORDER BY ends_on LIMIT ?",
        (today.isoformat(), MOST),
    )
    return [
        about(row, 2, "revoke_open", days=row["open"]) if row["open"] else about(row, 2, "revoke")
        for row in rows
    ]


def of_ended_contracts(conn: sqlite3.Connection, today: date) -> list[Alert]:
    """Providers whose last contract ended and who, or whose people, still hold accesses."""
    ended = conn.execute(
        "SELECT p.code, p.name, p.conf FROM contract AS c JOIN provider AS p ON p.code = c.provider"
        " WHERE c.archived_at IS NULL AND p.archived_at IS NULL"
        " GROUP BY p.code HAVING max(coalesce(c.ended_on, '9999')) <= ? ORDER BY p.number",
        (today.isoformat(),),
    ).fetchall()
    if not ended:
        return []
    held = Counter(
        row["holder"]
        for row in conn.execute("SELECT holder FROM access WHERE revoked_on IS NULL AND archived_at IS NULL")
    )
    # Whoever is gone is told by name already.
    there = conn.execute(
        "SELECT code, provider FROM person WHERE provider != '' AND (ends_on IS NULL OR ends_on > ?)",
        (today.isoformat(),),
    )
    by_provider = Counter({row["code"]: held[row["code"]] for row in ended})
    for row in there:
        by_provider[row["provider"]] += held[row["code"]]
    return [
        about(row, 2, "revoke_contract", days=by_provider[row["code"]])
        for row in ended if by_provider[row["code"]]
    ][:MOST]  # fmt: skip


def of_accesses(conn: sqlite3.Connection, today: date) -> list[Alert]:
    """Administrator rights that nobody looked at for ACCESS_DAYS."""
    seen = "coalesce(reviewed_on, granted_on, substr(created_at, 1, 10))"
    rows = conn.execute(
        f"SELECT code, name, conf, coalesce(holder, '') AS who FROM access WHERE level = 'admin'"
        f" AND revoked_on IS NULL AND archived_at IS NULL AND {seen} < ? ORDER BY {seen} LIMIT ?",
        ((today - timedelta(days=ACCESS_DAYS)).isoformat(), MOST),
    )
    return [about(row, 1, "access_review", who=row["who"]) for row in rows]


def of_trials(conn: sqlite3.Connection, today: date) -> list[Alert]:
    """Trials that are over and of which nobody said keep or stop."""
    rows = conn.execute(
        "SELECT code, name, conf, coalesce(owner, '') AS who FROM trial WHERE archived_at IS NULL"
        " AND ends_on < ? AND coalesce(verdict, 'open') = 'open' ORDER BY ends_on LIMIT ?",
        (today.isoformat(), MOST),
    )
    return [about(row, 1, "trial_over", who=row["who"]) for row in rows]


def of_reports(conn: sqlite3.Connection, today: date) -> list[Alert]:
    """Reports that were due and did not come: one that came within half a period before was on time."""
    rows = conn.execute(
        "SELECT code, name, conf, coalesce(source, '') AS who, due, received_on, period FROM report"
        " WHERE archived_at IS NULL AND due < ? ORDER BY due",
        (today.isoformat(),),
    )
    found = []
    for row in rows:
        due, received = date.fromisoformat(row["due"]), day(row["received_on"])
        early = timedelta(days=_PERIODS.get(row["period"], 31) // 2)
        if received is None or received <= due - early:
            found.append(about(row, 1, "report_owed", who=row["who"], days=(today - due).days))
    return found[:MOST]


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
