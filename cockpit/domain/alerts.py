"""What deserves a red line now: derived from what is known, a handful at most, each with its next step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from cockpit.domain.state import State

BUDGET = 7
"""Lines on the screen at once: more of them and none is read."""
NOTICE_DAYS = 90
OLD_BLOCKER_DAYS = 7


@dataclass(frozen=True)
class Alert:
    """One line: how bad (2 red, 1 orange), what kind, about whom, and the record it opens on."""

    level: int
    kind: str
    subject: str
    detail: str = ""
    target: str = ""
    """Code of the record, or `status:KEY`, `feed:KEY`."""
    days: int = 0


def ranked(alerts: list[Alert]) -> tuple[tuple[Alert, ...], int]:
    """The alerts that fit the attention budget, worst first, and how many are left out."""
    order = sorted(alerts, key=lambda alert: -alert.level)
    return tuple(order[:BUDGET]), max(0, len(order) - BUDGET)


def provider_alert(key: str, name: str, state: State, criticality: str, detail: str) -> Alert | None:
    """An alert about a provider's reported state; comfort tools raise none, unknown is never one."""
    if criticality == "comfort" or state in (State.OPERATIONAL, State.MAINTENANCE, State.UNKNOWN):
        return None
    red = state is State.MAJOR_OUTAGE or (criticality == "vital" and state is State.PARTIAL_OUTAGE)
    return Alert(2 if red else 1, "provider", name, detail, f"status:{key}")


def notice_alert(code: str, name: str, notice_by: date, today: date) -> Alert | None:
    """An alert from 90 days before the last day on which notice can be given; red in the last 30."""
    left = (notice_by - today).days
    if not 0 <= left <= NOTICE_DAYS:
        return None
    return Alert(2 if left <= 30 else 1, "notice", name, notice_by.isoformat(), code, left)


def is_old(age: timedelta) -> bool:
    """Whether a blocker has been open too long without being settled."""
    return age >= timedelta(days=OLD_BLOCKER_DAYS)


def is_stale(last_ok: datetime | None, now: datetime, interval_s: int) -> bool:
    """Whether an agenda was read too long ago: more than two intervals, six hours at least."""
    return last_ok is not None and now - last_ok > max(timedelta(seconds=2 * interval_s), timedelta(hours=6))
