"""What continuity and risks ask for: plans that are missing or never tried, drills that failed, reviews past."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import date, timedelta

from cockpit.domain.alerts.alerts import Alert
from cockpit.domain.organisation.readiness import CRITICAL, FRESH_DAYS
from cockpit.services.alerts.lines import about

_REVIEWED = {"continuity": "plan_review", "risk": "risk_review"}


def of_plans(functions: Sequence[sqlite3.Row], old: str) -> list[Alert]:
    """Critical functions without a plan that says what is done, or whose plan was never tried out."""
    late = [row for row in functions if row["criticality"] >= CRITICAL and row["created_at"] <= old]
    missing = [about(row, 1, "plan_missing") for row in late if not row["plan"]]
    untried = [
        about(row, 1, "plan_untried", target=row["plan"], who=row["owner"] or "")
        for row in late if row["plan"] and not row["drilled"] and (row["plan_at"] or "") <= old
    ]  # fmt: skip
    return missing + untried


def of_drills(conn: sqlite3.Connection, today: date) -> list[Alert]:
    """Plans whose last drill failed, or proves nothing any more."""
    rows = conn.execute(
        "SELECT c.code, c.name, max(c.conf, d.conf) AS conf, coalesce(c.owner, '') AS who, d.verdict, d.held_on"
        " FROM continuity AS c JOIN function AS f ON f.code = c.function JOIN drill AS d ON d.id ="
        " (SELECT id FROM drill WHERE plan = c.code AND archived_at IS NULL AND held_on IS NOT NULL"
        " ORDER BY held_on DESC, number DESC LIMIT 1)"
        " WHERE c.archived_at IS NULL AND f.archived_at IS NULL AND (d.verdict = 'failed' OR d.held_on < ?)"
        " ORDER BY f.criticality DESC, d.held_on",
        ((today - timedelta(days=FRESH_DAYS)).isoformat(),),
    )
    found = []
    for row in rows:
        ago = (today - date.fromisoformat(row["held_on"])).days
        kind = "drill_failed" if row["verdict"] == "failed" else "drill_old"
        found.append(about(row, 1, kind, who=row["who"], days=ago, stage=row["held_on"]))
    return found


def of_reviews(conn: sqlite3.Connection, today: date) -> list[Alert]:
    """Plans and risks that were to be looked at again by a day that is past."""
    found = []
    for table, kind in _REVIEWED.items():
        rows = conn.execute(
            f"SELECT code, name, conf, review_on FROM {table} WHERE archived_at IS NULL AND review_on < ?"
            " AND NOT EXISTS (SELECT 1 FROM function AS f WHERE f.code = function AND f.archived_at IS NOT NULL)"
            " ORDER BY review_on",
            (today.isoformat(),),
        )
        for row in rows:
            late = (today - date.fromisoformat(row["review_on"])).days
            found.append(about(row, 1, kind, days=late, stage=row["review_on"]))
    return found
