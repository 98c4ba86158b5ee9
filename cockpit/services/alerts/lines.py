"""An alert on the record of a row, as the rules about the organisation make them."""

from __future__ import annotations

import sqlite3
from datetime import date, datetime
from typing import Any, TypeVar

from cockpit.domain.alerts.alerts import EXPIRY_DAYS, Alert, AlertLevel
from cockpit.domain.dataclasses import dataclass

VITAL = 4
VERY_LATE_DAYS = 90
A = TypeVar("A", bound=Alert)


@dataclass(frozen=True, kw_only=True)
class DatedAlert(Alert):
    """One about a day, so many days ahead or so many days past."""

    on: date
    days: int

    @property
    def about(self) -> str:
        """The day it is about: the same trouble about another day is another alert."""
        return self.on.isoformat()


def about(row: sqlite3.Row, kind: type[A], level: AlertLevel = AlertLevel.ORANGE, **more: Any) -> A:
    """An alert of that kind on the record of a row; `more` gives the fields of the kind."""
    return kind(level=level, **{"subject": row["name"], "target": row["code"], "conf": row["conf"], **more})


def dated(
    row: sqlite3.Row,
    due_kind: type[DatedAlert],
    late_kind: type[DatedAlert],
    due: date,
    today: date,
    *,
    who: str = "",
) -> DatedAlert | None:
    """From a month before its day; red long after it, for what is vital."""
    left = (due - today).days
    if left > EXPIRY_DAYS:
        return None
    if left >= 0:
        return about(row, due_kind, who=who, on=due, days=left)
    red = -left > VERY_LATE_DAYS and row["criticality"] >= VITAL
    level = AlertLevel.RED if red else AlertLevel.ORANGE
    return about(row, late_kind, level, who=who, on=due, days=-left)


def day(text: str | None) -> date | None:
    """The day of a stored date or instant."""
    return datetime.fromisoformat(text).date() if text else None
