"""The chief executive's yearly signature on key processes: which are key, and how a signature stands."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from cockpit.domain.organisation.readiness import CRITICAL
from cockpit.domain.time.contract_terms import add_months

if TYPE_CHECKING:
    from cockpit.domain.registers.process import Process

MONTHS = 12
"""How long a signature holds."""
SIGNED, CHANGED, LATE, NEVER = "signed", "changed", "late", "never"
"""It holds; the process was changed since; it is older than a year; there never was one."""


def is_key(process: Process) -> bool:
    """Whether the chief executive vouches for it each year: core value, or of criticality 3 or 4."""
    return process.core_value or process.criticality >= CRITICAL


def due(process: Process, zone: ZoneInfo) -> date | None:
    """The last day on which its signature holds; None without one."""
    if process.signed_at is None:
        return None
    return add_months(process.signed_at.astimezone(zone).date(), MONTHS)


def judge(process: Process, today: date, zone: ZoneInfo) -> str:
    """How its signature stands. A change taken back counts as a change: only who signs knows what they vouch for."""
    until = due(process, zone)
    if until is None or process.signed_at is None:
        return NEVER
    if until < today:
        return LATE
    if process.updated_at is not None and process.updated_at > process.signed_at:
        return CHANGED
    return SIGNED
