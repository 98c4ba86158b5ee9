"""What the phase of the company asks for: dates of the configuration, counted back from the day it leads to.

All of it is for the chief executive alone: in a room below that level there is no phase, and none of this.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import ClassVar

from cockpit.domain.alerts.alerts import EXPIRY_DAYS, Alert, AlertLevel, InReview
from cockpit.domain.dataclasses import dataclass
from cockpit.domain.records.confidentiality import EVERYTHING
from cockpit.locale import N_, _
from cockpit.services.alerts.lines import DatedAlert
from cockpit.services.desk import dates
from cockpit.services.desk.workspace import Workspace
from cockpit.services.organisation import phase


@dataclass(frozen=True, kw_only=True)
class LegalDue(DatedAlert):
    """Something that must be done by a day comes near."""

    KIND: ClassVar[str] = "legal_date"
    TEXT: ClassVar[str] = N_("{subject}: by {day}")
    NEXT: ClassVar[str] = N_("{me}: do it, then acknowledge it (space); the day aimed at stands in {phase}")
    IN_REVIEW: ClassVar[InReview] = InReview.ALWAYS

    name: str
    """Its key in the configuration."""
    day: str
    """As it is said."""
    phase: str
    """The code of the phase, in which the day aimed at stands."""

    @property
    def about(self) -> str:
        """Which of the dates it is, and when."""
        return f"{self.name}:{self.on.isoformat()}"


@dataclass(frozen=True, kw_only=True)
class LegalLate(LegalDue):
    """Its last day is past."""

    KIND: ClassVar[str] = "legal_date_late"
    CASE: ClassVar[str] = LegalDue.KIND
    STAGE: ClassVar[int] = 1
    TEXT: ClassVar[str] = N_("{subject}: was due by {day}")


@dataclass(frozen=True, kw_only=True)
class NoDayAimedAt(Alert):
    """Dates are configured for the phase, and nothing to count them from."""

    KIND: ClassVar[str] = "phase_day"
    TEXT: ClassVar[str] = N_("No day is aimed at: the dates before it cannot be counted")
    NEXT: ClassVar[str] = N_("{me}: cockpit phase --for DATE, or the form of {target}")


def of_phase(workspace: Workspace, today: date) -> Iterator[Alert]:
    """Dates that come near or are past; and that there is nothing to count them from."""
    found = phase.current(workspace)
    if found is None:
        return
    near = today + timedelta(days=EXPIRY_DAYS)
    for each in (counted for counted in phase.dates(workspace, found) if counted.day <= near):
        left = (each.day - today).days
        kind, level = (LegalDue, AlertLevel.ORANGE) if left >= 0 else (LegalLate, AlertLevel.RED)
        yield kind(
            level=level, subject=each.text, target=each.contract or found.code, name=each.legal.key, on=each.day,
            days=abs(left), day=dates.whole_day(each.day), phase=found.code, severity=1, conf=EVERYTHING,
        )  # fmt: skip
    if phase.awaits_day(workspace):
        yield NoDayAimedAt(
            level=AlertLevel.ORANGE, subject=_("the phase of the company"), target=found.code, conf=EVERYTHING
        )
