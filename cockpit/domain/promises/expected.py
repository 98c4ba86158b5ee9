"""When an expected report is due, whether it came, and which one is owed next.

A report that comes within half a period before its day counts for that day. Once it came the next one is owed,
a period later.
"""

from __future__ import annotations

from datetime import date, timedelta

from cockpit.domain.time import cadences
from cockpit.domain.time.contract_terms import add_months

DAYS = {"week": 7, "month": 31, "quarter": 92, "year": 366}
"""The length of each period, in days, at its longest."""


def covers(received: date | None, due: date | None, period: str) -> bool:
    """Whether what came on that day is the report of that due day, and not the one before it."""
    if received is None:
        return False
    return due is None or received > due - timedelta(days=DAYS.get(period, 31) // 2)


def next_due(due: date, period: str) -> date:
    """The day on which the report after this one is due."""
    return stepped(due, period, 1)


def stepped(due: date, period: str, count: int) -> date:
    """The day on which it is due so many periods later, earlier where `count` is negative: the same day of that
    period, the last one of a month for one that is due on the last."""
    if period == "week":
        return due + timedelta(weeks=count)
    months = count * cadences.MONTHS.get(period, 1)
    following = due + timedelta(days=1)
    if following.day == 1:
        return add_months(following, months) - timedelta(days=1)
    return add_months(due, months)


def label(period: str, first: date) -> str:
    """How a period is called on its clock: `2026-W49`, `2026-12`, `2026-Q4`, `2026`."""
    if period == "week":
        return f"{first:%G-W%V}"
    if period == "quarter":
        return f"{first.year}-Q{first.month // 3 + 1}"
    return f"{first:%Y-%m}" if period == "month" else str(first.year)
