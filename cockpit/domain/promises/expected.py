"""When an expected report is due, whether it came, and which one is owed next.

A report that comes within half a period before its day counts for that day. Once it came the next one is owed,
a period later.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

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


class Arrival(NamedTuple):
    """One time a report came."""

    on: date
    complete: int
    """Percent; 100 where nobody said."""
    reminders: int
    """How often it was asked for, since it had come before."""
    minutes: int | None
    due: date | None = None
    """The day for which it came, where the register moved on from it then."""

    @property
    def anchor(self) -> date:
        """The day by which it is told for which period it came."""
        return self.due or self.on


class Arrivals(NamedTuple):
    """Every time a report came, oldest first, and how often it was asked for since."""

    each: tuple[Arrival, ...]
    asked_since: int


TOLD = ("received_on", "completeness", "spent_minutes")
"""The columns that tell of a coming."""


def arrivals(state: Mapping[str, Any], told: Iterable[Mapping[str, Any]], period: str) -> Arrivals:
    """Each time a report came: as it stood (columns of TOLD), then by what entries of the journal gave it."""
    now = {name: state.get(name) for name in TOLD}
    found: dict[date, Arrival] = {}
    _keep(found, now, 0, None)
    asked = 0
    for after in told:
        now |= {name: after[name] for name in TOLD if name in after}
        if after.get("received_on"):
            # An entry that makes the whole record moves nothing on.
            moved = after.get("due") if "name" not in after else None
            _keep(found, now, asked, stepped(date.fromisoformat(moved), period, -1) if moved else None)
            asked = 0
        elif "completeness" in after or "spent_minutes" in after:
            _keep(found, now, 0, None)
        if "reminders" in after and not after.get("received_on"):
            asked = int(after["reminders"] or 0)
    return Arrivals(tuple(found[day] for day in sorted(found)), asked)


def _keep(found: dict[date, Arrival], state: Mapping[str, Any], asked: int, due: date | None) -> None:
    told, complete, minutes = (state[name] for name in TOLD)
    day = date.fromisoformat(told) if isinstance(told, str) and told else told
    if isinstance(day, date):
        if day in found:
            asked, due = max(asked, found[day].reminders), due or found[day].due
        share = 100 if complete is None else int(complete)
        found[day] = Arrival(day, share, asked, None if minutes is None else int(minutes), due)
