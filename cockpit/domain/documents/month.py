"""The month that a report tells of, and those it is compared with."""

from __future__ import annotations

from datetime import date, datetime, timedelta, tzinfo

from cockpit.domain.agenda.events import midnight
from cockpit.domain.dataclasses import dataclass
from cockpit.domain.time.contract_terms import add_months

GRACE = timedelta(days=10)
"""After the end of a month: what is received until then is of that month, and then it can be closed."""


@dataclass(frozen=True)
class ReportMonth:
    """A calendar month, by its first day."""

    first: date

    @property
    def key(self) -> str:
        """`2026-10`."""
        return f"{self.first:%Y-%m}"

    @property
    def next(self) -> ReportMonth:
        """The month after it."""
        return ReportMonth(add_months(self.first, 1))

    @property
    def before(self) -> ReportMonth:
        """The month before it."""
        return ReportMonth(add_months(self.first, -1))

    @property
    def year_ago(self) -> ReportMonth:
        """The same month of the year before."""
        return ReportMonth(add_months(self.first, -12))

    @property
    def last(self) -> date:
        """Its last day."""
        return self.next.first - timedelta(days=1)

    @property
    def closes_on(self) -> date:
        """The day from which on it can be closed: what was owed for it had its time to come."""
        return self.next.first + GRACE

    def start(self, zone: tzinfo) -> datetime:
        """The instant at which it begins."""
        return midnight(self.first, zone)

    def end(self, zone: tzinfo) -> datetime:
        """The instant at which the next one begins."""
        return midnight(self.next.first, zone)

    def owes(self, day: date) -> bool:
        """Whether what is due on that day is of this month: from its eleventh day to the tenth of the next."""
        return self.first + GRACE <= day < self.closes_on


def of_day(day: date) -> ReportMonth:
    """The month that holds a day."""
    return ReportMonth(day.replace(day=1))
