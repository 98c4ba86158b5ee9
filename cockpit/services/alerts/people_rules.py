"""Who leaves and who is gone: handovers to prepare, steps that are late, accesses to take away or to look at."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from typing import ClassVar

from cockpit.domain.alerts.alerts import Alert, AlertLevel, Counted, InReview
from cockpit.domain.dataclasses import dataclass
from cockpit.locale import N_
from cockpit.services.alerts.lines import DatedAlert, about

HANDOVER_DAYS, SOON_DAYS = 45, 15
ACCESS_DAYS = 90
_REVOKE = N_("{me}: have each access revoked today, and note it in the register")


@dataclass(frozen=True, kw_only=True)
class HandoverNone(DatedAlert):
    """Somebody who leaves soon and hands over nothing yet."""

    KIND: ClassVar[str] = "handover_none"
    TEXT: ClassVar[str] = N_("Prepare the handover of {subject}: {days} left")
    NEXT: ClassVar[str] = N_("{me}: open it, p begins the handover")
    MANY: ClassVar[str] = N_("{n} people leave soon without a handover")
    IN_REVIEW: ClassVar[InReview] = InReview.ALWAYS


def of_missions(conn: sqlite3.Connection, today: date) -> Sequence[Alert]:
    """People who leave within HANDOVER_DAYS and whose handover nobody began."""
    rows = conn.execute(
        "SELECT code, name, conf, ends_on FROM person WHERE archived_at IS NULL AND ends_on > ? AND ends_on <= ?"
        " AND NOT EXISTS (SELECT 1 FROM handover WHERE giver = person.code AND handover.archived_at IS NULL)"
        " ORDER BY ends_on",
        (today.isoformat(), (today + timedelta(days=HANDOVER_DAYS)).isoformat()),
    )
    found: list[Alert] = []
    for row in rows:
        left = (date.fromisoformat(row["ends_on"]) - today).days
        level = AlertLevel.RED if left <= SOON_DAYS else AlertLevel.ORANGE
        found.append(about(row, HandoverNone, level, on=date.fromisoformat(row["ends_on"]), days=left))
    return found


@dataclass(frozen=True, kw_only=True)
class StepsLate(Counted):
    """A handover of which steps are late."""

    KIND: ClassVar[str] = "handover_late"
    TEXT: ClassVar[str] = N_("Steps late: {n}, {subject}")
    NEXT: ClassVar[str] = N_("{me}: open it, x ticks a step off")


def of_steps(conn: sqlite3.Connection, today: date) -> Sequence[Alert]:
    """Handovers of which steps are late: red once the handover itself should be over."""
    rows = conn.execute(
        "SELECT h.code, h.name, h.conf, h.due, count(*) AS late"
        " FROM step AS s JOIN handover AS h ON h.code = s.handover"
        " WHERE s.done_on IS NULL AND s.archived_at IS NULL AND s.due < ? AND h.archived_at IS NULL"
        " GROUP BY h.code ORDER BY h.due",
        (today.isoformat(),),
    )
    return [
        about(
            row,
            StepsLate,
            AlertLevel.RED if row["due"] < today.isoformat() else AlertLevel.ORANGE,
            n=row["late"],
        )
        for row in rows
    ]


@dataclass(frozen=True, kw_only=True)
class Revoke(Alert):
    """Somebody who is gone and of whose accesses nothing is known."""

    KIND: ClassVar[str] = "revoke"
    TEXT: ClassVar[str] = N_("{subject} has left, with no access written down: does any remain?")
    NEXT: ClassVar[str] = N_("{me}: have each access that remains revoked today, then archive the person")
    IN_REVIEW: ClassVar[InReview] = InReview.ALWAYS


@dataclass(frozen=True, kw_only=True)
class RevokeOpen(Counted):
    """Somebody who is gone and still holds accesses."""

    KIND: ClassVar[str] = "revoke_open"
    TEXT: ClassVar[str] = N_("Take away the accesses of {subject}: {n} still open")
    NEXT: ClassVar[str] = _REVOKE
    IN_REVIEW: ClassVar[InReview] = InReview.ALWAYS


def of_gone(conn: sqlite3.Connection, today: date) -> Sequence[Alert]:
    """Missions that are over: accesses go the same day. Quiet once each access that is known was revoked."""
    rows = conn.execute(
        "SELECT code, name, conf, (SELECT count(*) FROM access WHERE holder = person.code AND revoked_on IS NULL"
        " AND access.archived_at IS NULL) AS open FROM person WHERE archived_at IS NULL AND ends_on <= ?"
        " AND (open OR NOT EXISTS (SELECT 1 FROM access WHERE holder = person.code)) ORDER BY ends_on",
        (today.isoformat(),),
    )
    return [
        about(row, RevokeOpen, AlertLevel.RED, n=row["open"])
        if row["open"]
        else about(row, Revoke, AlertLevel.RED)
        for row in rows
    ]


@dataclass(frozen=True, kw_only=True)
class RevokeContract(Counted):
    """A provider without a contract any more that still holds accesses."""

    KIND: ClassVar[str] = "revoke_contract"
    TEXT: ClassVar[str] = N_("Contract ended, accesses of {subject} still open: {n}")
    NEXT: ClassVar[str] = _REVOKE
    IN_REVIEW: ClassVar[InReview] = InReview.ALWAYS


def of_ended_contracts(conn: sqlite3.Connection, today: date) -> Sequence[Alert]:
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
        about(row, RevokeContract, AlertLevel.RED, n=by_provider[row["code"]])
        for row in ended if by_provider[row["code"]]
    ]  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class AccessReview(Alert):
    """Administrator rights that nobody looked at for long."""

    KIND: ClassVar[str] = "access_review"
    TEXT: ClassVar[str] = N_("Review the administrator access {subject}")
    NEXT: ClassVar[str] = N_("{me}: check level and holder with {who}, then note the day of the review")
    MANY: ClassVar[str] = N_("{n} administrator accesses were not reviewed for 90 days")


def of_accesses(conn: sqlite3.Connection, today: date) -> Sequence[Alert]:
    """Administrator rights that nobody looked at for ACCESS_DAYS."""
    seen = "coalesce(reviewed_on, granted_on, substr(created_at, 1, 10))"
    rows = conn.execute(
        f"SELECT code, name, conf, coalesce(holder, '') AS who FROM access WHERE level = 'admin'"
        f" AND revoked_on IS NULL AND archived_at IS NULL AND {seen} < ? ORDER BY {seen}",
        ((today - timedelta(days=ACCESS_DAYS)).isoformat(),),
    )
    return [about(row, AccessReview, who=row["who"]) for row in rows]
