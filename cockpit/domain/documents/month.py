"""The month that a report tells of, and those it is compared with."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, tzinfo

from cockpit.domain.agenda.events import midnight
from cockpit.domain.dataclasses import dataclass
from cockpit.domain.text import fold
from cockpit.domain.time.contract_terms import add_months
from cockpit.domain.time.date_words import CANONICAL

GRACE = timedelta(days=10)
"""After the end of a month: what is received until then is of that month, and then it can be closed."""
_EARLIEST, _LATEST = 1900, 9997
_NUMBERED = re.compile(r"(\d{4})[-/.](\d{1,2})|(\d{1,2})[-/.](\d{4})")
_ABBREVIATED = {"sept": "m9", "mar": "m3"}
"""Words that are a number or a day of the week elsewhere."""
_NAMED = re.compile(r"([^\W\d_]+)\.?(?:\s+(\d{4}))?")


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


def read(text: str, today: date) -> ReportMonth | None:
    """The month that a text means: `2026-10`, `10/2026`, `octobre 2026`, `october` (the last one that began).

    Nothing means the last month that is over. None for what is no month.
    """
    text = " ".join(text.split())
    if not text:
        return of_day(today).before
    if found := _NUMBERED.fullmatch(text):
        year, month = (found[1], found[2]) if found[1] else (found[4], found[3])
        return _month(int(year), int(month))
    named = _NAMED.fullmatch(text)
    word = fold(named[1]) if named else ""
    found = re.fullmatch(r"m(\d{1,2})", _ABBREVIATED.get(word) or CANONICAL.get(word, ""))
    if named is None or found is None:
        return None
    month = int(found[1])
    return _month(int(named[2]) if named[2] else today.year - (month > today.month), month)


def _month(year: int, month: int) -> ReportMonth | None:
    return ReportMonth(date(year, month, 1)) if _EARLIEST <= year <= _LATEST and 1 <= month <= 12 else None
