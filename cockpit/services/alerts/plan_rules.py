"""What continuity and risks ask for: plans that are missing or never tried, drills that failed, reviews past."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import date, timedelta
from typing import ClassVar

from cockpit.domain.alerts.alerts import Alert, AlertLevel
from cockpit.domain.dataclasses import dataclass
from cockpit.domain.organisation.readiness import CRITICAL, FRESH_DAYS
from cockpit.locale import N_
from cockpit.services.alerts.lines import DatedAlert, about

_DRILL = N_("{me}: choose a day with {who}, try it out and write the drill down (c)")
_AGAIN = N_("{me}: open it, correct what has changed, and date the next review")


@dataclass(frozen=True, kw_only=True)
class PlanMissing(Alert):
    """A critical function without a continuity plan."""

    KIND: ClassVar[str] = "plan_missing"
    MADE: ClassVar[tuple[str, str]] = ("continuity", "function")
    TEXT: ClassVar[str] = N_("Write the continuity plan of {subject}")
    NEXT: ClassVar[str] = N_("{me}: write who takes over, in which steps, within how many hours (c)")
    MANY: ClassVar[str] = N_("{n} critical functions have no continuity plan")


@dataclass(frozen=True, kw_only=True)
class PlanUntried(Alert):
    """A continuity plan that was never tried out."""

    KIND: ClassVar[str] = "plan_untried"
    MADE: ClassVar[tuple[str, str]] = ("drill", "plan")
    TEXT: ClassVar[str] = N_("Try out the continuity plan of {subject}")
    NEXT: ClassVar[str] = _DRILL
    MANY: ClassVar[str] = N_("{n} continuity plans were never tried out")


def of_plans(functions: Sequence[sqlite3.Row], old: str) -> Sequence[Alert]:
    """Critical functions without a plan that says what is done, or whose plan was never tried out."""
    late = [row for row in functions if row["criticality"] >= CRITICAL and row["created_at"] <= old]
    missing = [
        about(row, PlanMissing, AlertLevel.TO_COMPLETE, severity=5 - row["criticality"])
        for row in late if not row["plan"]
    ]  # fmt: skip
    untried = [
        about(row, PlanUntried, AlertLevel.TO_COMPLETE, target=row["plan"], who=row["owner"] or "")
        for row in late if row["plan"] and not row["drilled"] and (row["plan_at"] or "") <= old
    ]  # fmt: skip
    return missing + untried


@dataclass(frozen=True, kw_only=True)
class DrillFailed(DatedAlert):
    """A plan whose last drill failed."""

    KIND: ClassVar[str] = "drill_failed"
    MADE: ClassVar[tuple[str, str]] = ("drill", "plan")
    TEXT: ClassVar[str] = N_("The last drill failed: {subject}")
    NEXT: ClassVar[str] = N_("{me}: mend what failed, then try it out again and write the drill down (c)")
    MANY: ClassVar[str] = N_("{n} continuity plans failed their last drill")


@dataclass(frozen=True, kw_only=True)
class DrillOld(DatedAlert):
    """A plan whose last drill proves nothing any more."""

    KIND: ClassVar[str] = "drill_old"
    MADE: ClassVar[tuple[str, str]] = ("drill", "plan")
    TEXT: ClassVar[str] = N_("Try out again, the last drill is {days} old: {subject}")
    NEXT: ClassVar[str] = _DRILL
    MANY: ClassVar[str] = N_("{n} continuity plans were not tried out for a year")


def of_drills(conn: sqlite3.Connection, today: date) -> Sequence[Alert]:
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
    found: list[Alert] = []
    for row in rows:
        ago = (today - date.fromisoformat(row["held_on"])).days
        kind = DrillFailed if row["verdict"] == "failed" else DrillOld
        found.append(about(row, kind, who=row["who"], on=date.fromisoformat(row["held_on"]), days=ago))
    return found


@dataclass(frozen=True, kw_only=True)
class PlanReview(DatedAlert):
    """A plan that was to be read again."""

    KIND: ClassVar[str] = "plan_review"
    TEXT: ClassVar[str] = N_("Read the continuity plan again, {days} late: {subject}")
    NEXT: ClassVar[str] = _AGAIN
    MANY: ClassVar[str] = N_("{n} continuity plans are to be read again")


@dataclass(frozen=True, kw_only=True)
class RiskReview(DatedAlert):
    """A risk that was to be looked at again."""

    KIND: ClassVar[str] = "risk_review"
    TEXT: ClassVar[str] = N_("Look at the risk again, {days} late: {subject}")
    NEXT: ClassVar[str] = _AGAIN
    MANY: ClassVar[str] = N_("{n} risks are to be looked at again")


def of_reviews(conn: sqlite3.Connection, today: date) -> Sequence[Alert]:
    """Plans and risks that were to be looked at again by a day that is past."""
    found: list[Alert] = []
    for table, kind in (("continuity", PlanReview), ("risk", RiskReview)):
        rows = conn.execute(
            f"SELECT code, name, conf, review_on FROM {table} WHERE archived_at IS NULL AND review_on < ?"
            " AND NOT EXISTS (SELECT 1 FROM function AS f WHERE f.code = function AND f.archived_at IS NOT NULL)"
            " ORDER BY review_on",
            (today.isoformat(),),
        )
        for row in rows:
            on = date.fromisoformat(row["review_on"])
            found.append(about(row, kind, on=on, days=(today - on).days))
    return found
