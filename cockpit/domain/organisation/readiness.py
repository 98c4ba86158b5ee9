"""Whether a function would be back in time if it stopped: its plan, who takes over, and the last drill."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cockpit.domain.registers.continuity import Continuity
    from cockpit.domain.registers.drill import Drill
    from cockpit.domain.registers.function import Function

CRITICAL = 3
"""From this criticality on, a function must have a plan."""
FRESH_DAYS = 365
"""A drill proves something for a year (docs/signals.md, S17)."""
READY, SLOW, FAILED, PARTLY, UNMEASURED, STALE, UNTRIED, NO_BACKUP, NO_PLAN = (
    "ready", "slow", "failed", "partly", "unmeasured", "stale", "untried", "no_backup", "no_plan",
)  # fmt: skip


def allowed_hours(function: Function, plan: Continuity | None) -> int | None:
    """How long the company can do without it: the shorter of what the function asks and what the plan says."""
    hours = [h for h in (function.recovery_hours, plan.recovery_hours if plan else None) if h is not None]
    return min(hours, default=None)


def last(drills: Sequence[Drill], plan: Continuity) -> Drill | None:
    """The last drill of a plan that was held."""
    held = [each for each in drills if each.plan == plan.code and each.held_on is not None]
    return max(held, key=lambda each: (str(each.held_on), each.code), default=None)


def judge(
    function: Function,
    plan: Continuity | None,
    drill: Drill | None,
    today: date,
    gone: frozenset[str] = frozenset(),
) -> str:
    """How ready a function is by one of its plans; `gone` are those nobody can count on any more.

    Only a fresh drill that succeeded, measured within the time allowed, is READY.
    """
    if plan is None:
        return NO_PLAN
    if not plan.backup or plan.backup in gone:
        return NO_BACKUP
    if drill is None or drill.held_on is None:
        return UNTRIED
    if drill.verdict == "failed":
        return FAILED
    allowed = allowed_hours(function, plan)
    if drill.measured_hours is not None and allowed is not None and drill.measured_hours > allowed:
        return SLOW
    if drill.verdict != "passed":
        return PARTLY
    if allowed is not None and drill.measured_hours is None:
        return UNMEASURED
    return STALE if (today - drill.held_on).days > FRESH_DAYS else READY
