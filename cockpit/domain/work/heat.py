"""Which blocker first: a weighted sum, always shown with its parts. The formula: docs/heat.md."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.registers.blocker import Blocker
from cockpit.locale import N_

SEVERITY_WEIGHT = {"p1": 1.0, "p2": 0.6, "p3": 0.3, "p4": 0.1}
EXPECTED_HOURS = {"p1": 8, "p2": 24, "p3": 72, "p4": 168}
"""Hours after which a blocker of that severity counts as old, when no SLA says otherwise."""
DEFAULT_CRITICALITY = 2
REASONS: Mapping[str, str] = {
    "severity": N_("severity and criticality of the function"),
    "age": N_("age against what is expected"),
    "sla": N_("SLA passed, or less than a quarter of it left"),
    "blocks": N_("blocks two others or more"),
    "waits_for_me": N_("waits for you"),
    "due": N_("due within two days"),
    "touched": N_("changed since yesterday"),
    "later": N_("put off until later"),
}
"""What each part is called."""


@dataclass(frozen=True)
class HeatPart:
    """One reason for a rank, a key of REASONS, and what it adds."""

    reason: str
    points: float


@dataclass(frozen=True)
class Heat:
    """The heat of a blocker, which is the sum of its parts."""

    parts: tuple[HeatPart, ...]

    @property
    def total(self) -> float:
        """Points, rounded so that equal reasons sort as equal."""
        return round(sum(part.points for part in self.parts), 3)


def heat(blocker: Blocker, *, now: datetime, criticality: int | None, waits_for_me: bool) -> Heat:
    """The heat of `blocker` at `now`.

    3 severity x function criticality / 4 + 4 min(2, age / expected age) + 3 (less than a quarter of the SLA
    left) + 2 (blocks two others or more) + 2 (waits for the chief executive) + 1 (due within two days)
    + 1 (touched since yesterday) - 4 (snoozed or waiting until a later date).
    `criticality` is the function's, 1 to 4; None when the blocker has no function.
    """
    weight = SEVERITY_WEIGHT.get(blocker.severity, SEVERITY_WEIGHT["p3"])
    parts = [HeatPart("severity", 3 * weight * (criticality or DEFAULT_CRITICALITY) / 4)]
    since = blocker.since or blocker.created_at or now
    hours = max(0.0, (now - since) / timedelta(hours=1))
    parts.append(HeatPart("age", 4 * min(2.0, hours / EXPECTED_HOURS.get(blocker.severity, 72))))
    if _sla_is_short(blocker, now):
        parts.append(HeatPart("sla", 3))
    if len(blocker.blocks) >= 2:
        parts.append(HeatPart("blocks", 2))
    if waits_for_me:
        parts.append(HeatPart("waits_for_me", 2))
    if blocker.due is not None and blocker.due - now <= timedelta(days=2):
        parts.append(HeatPart("due", 1))
    if blocker.updated_at is not None and timedelta() <= now - blocker.updated_at <= timedelta(days=1):
        parts.append(HeatPart("touched", 1))
    if blocker.snoozed_until is not None and blocker.snoozed_until > now:
        parts.append(HeatPart("later", -4))
    return Heat(tuple(part for part in parts if part.points))


def _sla_is_short(blocker: Blocker, now: datetime) -> bool:
    if blocker.sla_due is None or blocker.sla_started_at is None:
        return False
    whole = blocker.sla_due - blocker.sla_started_at
    return blocker.sla_due - now < whole / 4
