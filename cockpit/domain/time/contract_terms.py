"""Terms of a contract: when the current one ends and until when notice can be given.

Ends are anniversaries of the start, that is the first day outside the term. They are always counted from
the start date, so that a 31st cut to 28 February is a 31st again at the next end.
"""

from __future__ import annotations

from datetime import date, timedelta

from cockpit.domain.dataclasses import dataclass

TACIT, EXPRESS, NONE = "tacit", "express", "none"
"""Renewed unless someone gives notice; renewed only if both say so; never renewed."""


@dataclass(frozen=True)
class Term:
    """The term in force on a day, or the last one when all are over."""

    starts: date
    ends: date
    """First day outside the term."""
    notice_by: date | None
    """Last day to give notice (tacit renewal) or to ask for a renewal (express); None without renewal."""
    missed: bool
    """The notice of this term can no longer be given."""
    committed_until: date
    """The day on which the contract can end at the earliest: the next end when notice was missed."""
    next_notice_by: date | None
    """Last day to give notice for `committed_until`; None without tacit renewal."""
    over: bool
    """The contract has ended and nothing renews it by itself."""


def term_at(  # noqa: PLR0917 - the columns of a contract, in their order
    start: date, initial_months: int, renewal: str, renewal_months: int, notice_months: int, on: date
) -> Term:
    """The term in force `on` a day; before `start`, the first one.

    `renewal` is TACIT, EXPRESS or NONE. A tacit renewal of no month renews nothing. Raises ValueError for
    another renewal, an initial term under one month, or negative months.
    """
    if renewal not in (TACIT, EXPRESS, NONE):
        raise ValueError(f"unknown renewal {renewal!r}")
    if initial_months < 1 or renewal_months < 0 or notice_months < 0:
        raise ValueError("a term lasts one month or more, and no number of months is negative")
    renews = renewal == TACIT and renewal_months > 0
    months = initial_months
    if renews:
        elapsed = (on.year - start.year) * 12 + on.month - start.month
        months += max(0, (elapsed - initial_months) // renewal_months) * renewal_months
        while add_months(start, months) <= on < date.max:
            months += renewal_months
    ends = add_months(start, months)
    notice_by = None if renewal == NONE else add_months(ends, -notice_months)
    missed = notice_by is not None and on > notice_by
    committed_until = add_months(start, months + renewal_months) if renews and missed else ends
    return Term(
        starts=start if months == initial_months else add_months(start, months - renewal_months),
        ends=ends,
        notice_by=notice_by,
        missed=missed,
        committed_until=committed_until,
        next_notice_by=add_months(committed_until, -notice_months) if renews else None,
        over=on >= ends,
    )


def add_months(day: date, months: int) -> date:
    """The same day `months` later, or the last day of a shorter month; kept within years 1 to 9999."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        return date.max if months > 0 else date.min
    if day.day <= 28 or month == 11:
        return date(year, month + 1, day.day)
    last = date(year, month + 2, 1) - timedelta(days=1)
    return min(last, date(year, month + 1, 28) + timedelta(days=day.day - 28))
