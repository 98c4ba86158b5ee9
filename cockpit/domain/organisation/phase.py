"""What the phase of the company changes: limits are tightened by one notch, and dates are counted back.

A notch is a quarter of the way from a limit to the strictest that it may be (`strict` in its declaration: 100 %
for a share that must be high, none for a trouble); whole numbers are rounded to the stricter side, so that each
moves by one at least. What only guards against chance (`s1_sure`, the least amounts of data) stays.
"""

from __future__ import annotations

import math
from datetime import date, timedelta
from typing import Any

from cockpit.domain.dataclasses import dataclass, fields, replace
from cockpit.domain.registers.phase import SALE, STEADY, Phase
from cockpit.domain.settings import LegalDate, Limits
from cockpit.domain.time import periods
from cockpit.domain.time.contract_terms import add_months

NOTCH = 0.25
"""Of the way to the strictest."""
CONTINUITY_WEIGHT = 2
"""By how much the signal of continuity (S17) counts more when a sale is in view."""


@dataclass(frozen=True, kw_only=True)
class CountedDate:
    """A day by which something must be done."""

    legal: LegalDate
    day: date
    contract: str = ""
    """The code of the contract that it is about, where it is about one."""
    about: str = ""
    """The name of that contract."""

    @property
    def text(self) -> str:
        """What must be done, and of which contract."""
        return f"{self.legal.name} · {self.about}" if self.about else self.legal.name


def of(phases: tuple[Phase, ...], today: date) -> Phase | None:
    """The phase that the company is in: of those that were not archived, the one that began last."""
    begun = [each for each in phases if each.archived_at is None and each.since and each.since <= today]
    return max(begun, key=lambda each: (str(each.since), each.created_at or 0, each.code), default=None)


def limits_in(limits: Limits, phase: str) -> Limits:
    """The limits of signals in a phase: as they are on a steady course, one notch tighter in any other one."""
    if phase == STEADY:
        return limits
    changed: dict[str, Any] = {}
    for declared in fields(Limits):
        strict = declared.metadata.get("strict")
        if strict is None:
            continue
        value = getattr(limits, declared.name)
        changed[declared.name] = tightened(value, strict)
    if phase == SALE:
        changed["s17_share"] = 100
    return replace(limits, **changed)


def tightened(value: float, strict: float) -> float:
    """One notch towards the strictest; a whole number stays whole, and moves unless it is there already."""
    moved = value + NOTCH * (strict - value)
    if isinstance(value, int):
        return math.ceil(moved) if strict > value else math.floor(moved)
    return round(moved, 4)


def counted(legal: LegalDate, target: date) -> date:
    """The last day on which it may be done, so long before the day aimed at."""
    period = periods.stored(legal.ahead)
    if period is None:
        return target
    months = period.unit is periods.PeriodUnit.MONTHS
    return add_months(target, -period.count) if months else target - timedelta(days=period.days)
