"""Terms of a contract: the last day of the current one, and until when notice surely takes effect.

Three days, never one. The *last day* of a term is the day before the anniversary of the start, or the last
day of a month that has no such day. The *last sure day* of notice is counted back from it: months from the
anniversary, then one day earlier, since the day of the same number is disputed; weeks and days from the last
day, then one day earlier. The *last day to post it* is the working day before that, since a registered letter
counts from its presentation. Renewals are counted from the start, so that a 31st stays a 31st.
Worked cases: docs/notice-dates.md.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.time.periods import Period, PeriodUnit

TACIT, EXPRESS, NONE = "tacit", "express", "none"
"""Renewed unless someone gives notice; renewed only if both say so; never renewed."""
NO_NOTICE = Period(0)
_DAY = timedelta(days=1)
_LOOKED_BACK = 60
"""Days among which a working day is looked for."""


@dataclass(frozen=True)
class Terms:
    """What a contract says of its length. Raises ValueError for what no contract says."""

    start: date
    initial_months: int
    """0: it runs on without an end."""
    renewal: str = TACIT
    renewal_months: int | None = None
    """None: as long as the initial term. 0: nothing is renewed."""
    notice: Period = NO_NOTICE

    def __post_init__(self) -> None:
        if self.renewal not in (TACIT, EXPRESS, NONE):
            raise ValueError(f"unknown renewal {self.renewal!r}")
        if self.initial_months < 0 or (self.renewal_months or 0) < 0 or self.notice.count < 0:
            raise ValueError("no number of months is negative")

    @property
    def is_indefinite(self) -> bool:
        """Whether it has no end: notice may be given on any day."""
        return self.initial_months == 0

    @property
    def step(self) -> int:
        """Months of a renewal; 0 when nothing renews by itself."""
        if self.renewal != TACIT or self.is_indefinite:
            return 0
        return self.initial_months if self.renewal_months is None else self.renewal_months


@dataclass(frozen=True)
class Term:
    """The term in force on a day, or the last one when all are over."""

    starts: date
    last_day: date | None
    """None: it runs on."""
    notice_by: date | None
    """Last sure day of notice; None where no notice ends anything at a date: without automatic renewal."""
    missed: bool
    """The last sure day of this term is past."""
    bound_until: date | None
    """The day on which it can end at the earliest: the next last day when notice was missed."""
    next_notice_by: date | None
    """Last sure day for `bound_until`; None without automatic renewal."""
    over: bool
    """It has ended and nothing renews it by itself."""


def term_at(terms: Terms, on: date) -> Term:
    """The term in force `on` a day; before the start, the first one."""
    if terms.is_indefinite:
        end = noticed_on(terms, max(on, terms.start))
        return Term(terms.start, None, None, missed=False, bound_until=end, next_notice_by=None, over=False)
    months, step = terms.initial_months, terms.step
    if step:
        elapsed = (on.year - terms.start.year) * 12 + on.month - terms.start.month
        months += max(0, (elapsed - months) // step - 1) * step
        while last_day(terms.start, months) < on:
            months += step
    last = last_day(terms.start, months)
    sure = last_sure_day(terms, months) if step else None
    missed = sure is not None and on > sure
    until, next_sure = months, sure
    # No later term ends a notice that is given in the last months of the calendar.
    while next_sure is not None and next_sure < on and last_day(terms.start, until) < date.max:
        until += step
        next_sure = last_sure_day(terms, until)
    before = months - step if step and months > terms.initial_months else 0
    return Term(
        starts=last_day(terms.start, before) + _DAY if before else terms.start,
        last_day=last,
        notice_by=sure,
        missed=missed,
        bound_until=last_day(terms.start, until),
        next_notice_by=next_sure,
        over=on > last,
    )


def term_before(terms: Terms, term: Term) -> Term | None:
    """The term that was renewed into `term`; None for the first."""
    return term_at(terms, term.starts - _DAY) if term.starts > terms.start else None


def noticed_on(terms: Terms, sent: date) -> date | None:
    """The last day of the contract when notice is given on `sent`; None when no notice ends it."""
    if terms.is_indefinite:
        count = terms.notice
        return add_months(sent, count.count) if count.unit is PeriodUnit.MONTHS else _later(sent, count.days)
    return term_at(terms, sent).bound_until


def last_day(start: date, months: int) -> date:
    """The last day of what lasts `months` from `start`: 27/08 for a 28/08, 28/02 for a 31/08."""
    end = add_months(start, months)
    if end in (date.min, date.max):
        return end
    return end - _DAY if end.day == start.day else end


def last_sure_day(terms: Terms, months: int) -> date:
    """The last day on which notice surely ends the term of `months` from the start."""
    anniversary, notice = add_months(terms.start, months), terms.notice
    if notice.count == 0 or notice.unit is PeriodUnit.MONTHS:
        return _later(add_months(anniversary, -notice.count), -1)
    return _later(last_day(terms.start, months), -notice.days - 1)


def last_day_to_post(sure: date, works: Callable[[date], bool]) -> date:
    """The working day before the last sure day; the day before it where none is found."""
    for back in range(1, _LOOKED_BACK):
        day = _later(sure, -back)
        if works(day):
            return day
    return _later(sure, -1)


def add_months(day: date, months: int) -> date:
    """The same day `months` later, or the last day of a shorter month; kept within years 1 to 9999."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        return date.max if months > 0 else date.min
    if day.day <= 28 or month == 11:
        return date(year, month + 1, day.day)
    last = date(year, month + 2, 1) - timedelta(days=1)
    return min(last, date(year, month + 1, 28) + timedelta(days=day.day - 28))


def _later(day: date, days: int) -> date:
    ordinal = day.toordinal() + days
    return date.fromordinal(min(max(ordinal, date.min.toordinal()), date.max.toordinal()))


def months_until(start: date, last: date) -> int | None:
    """The months of a term from `start` to its last day, or to its anniversary; None for no whole number of them."""
    elapsed = (last.year - start.year) * 12 + last.month - start.month
    return next(
        (
            each
            for each in (elapsed, elapsed + 1)
            if each > 0 and last in (last_day(start, each), add_months(start, each))
        ),
        None,
    )
