"""Alerts about records, each on a line; many of one kind on one."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from cockpit.domain.alerts.alerts import EXPIRY_DAYS, Alert

VITAL = 4
VERY_LATE_DAYS = 90
APART = 2
"""Alerts of one kind that stand each on a line; more become one."""


def folded(found: Sequence[Alert], apart: int = APART) -> list[Alert]:
    """More than `apart` of one kind become one line, as bad as the worst, which opens on it."""
    kinds = dict.fromkeys(each.kind for each in found)
    told: list[Alert] = []
    for kind in kinds:
        same = sorted((each for each in found if each.kind == kind), key=lambda each: -each.level)
        if len(same) <= apart:
            told += same
        else:
            told.append(Alert(same[0].level, f"{kind}_many", "", target=same[0].target, days=len(same)))
    return told


def dated(row: sqlite3.Row, kind: str, due: date, today: date) -> Alert | None:
    """From a month before its day; red long after it, for what is vital."""
    left = (due - today).days
    if left > EXPIRY_DAYS:
        return None
    if left >= 0:
        return about(row, 1, f"{kind}_due", days=left, stage=due.isoformat())
    red = -left > VERY_LATE_DAYS and row["criticality"] >= VITAL
    return about(row, 2 if red else 1, f"{kind}_late", days=-left, stage=due.isoformat())


def about(row: sqlite3.Row, level: int, kind: str, **more: Any) -> Alert:
    """One that opens on the record of that row."""
    return Alert(level, kind, row["name"], **{"target": row["code"], "conf": row["conf"], **more})


def day(text: str | None) -> date | None:
    """The day of a stored date or instant."""
    return datetime.fromisoformat(text).date() if text else None
