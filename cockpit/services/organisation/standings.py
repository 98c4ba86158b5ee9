"""The contracts that bind the company today, their terms, and what was decided of each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.registers.contract import OPEN, Contract
from cockpit.domain.time import periods
from cockpit.domain.time.contract_terms import (
    EXPRESS,
    Term,
    Terms,
    last_day_to_post,
    term_at,
    term_before,
)
from cockpit.locale import _
from cockpit.services.desk import dates
from cockpit.services.desk.workspace import Workspace
from cockpit.services.records import in_force
from cockpit.store import holidays

LEAD_DAYS = 90
"""Days ahead that a notice is warned of, where the contract says no other number."""


def terms_of(contract: Contract) -> Terms | None:
    """What a contract says of its length; None while its start is not known, or for what no contract says."""
    notice = periods.stored(contract.notice)
    if contract.starts_on is None or notice is None:
        return None
    try:
        return Terms(
            contract.starts_on, contract.initial_months, contract.renewal, contract.renewal_months, notice
        )
    except ValueError:
        return None


@dataclass(frozen=True)
class ContractStanding:
    """Where a contract stands on a day: its term, the days of its notice, and what was decided."""

    contract: Contract
    terms: Terms
    term: Term
    post_by: date | None
    """Last working day to post the notice of the term; None where no notice ends it at a date."""
    next_post_by: date | None
    """The same of the term that notice can still end."""
    decided: str
    """What was decided of this very term."""
    renewed_alone: bool
    """The term before this one was renewed by itself since the contract is known here, and nobody decided."""

    @property
    def asks_for_renewal(self) -> bool:
        """Whether it goes on only if somebody asks for it."""
        return self.contract.renewal == EXPRESS and not self.terms.is_indefinite

    @property
    def is_missed(self) -> bool:
        """Whether it binds because nobody gave notice and nobody decided: red until somebody does."""
        return (self.term.missed and self.decided == OPEN) or self.renewed_alone

    @property
    def lead(self) -> timedelta:
        """How long ahead it is warned of."""
        return timedelta(days=self.contract.lead_days or LEAD_DAYS)


def standing(
    workspace: Workspace, contract: Contract, works: Callable[[date], bool]
) -> ContractStanding | None:
    """Where a contract stands today; None while its start is not known. `works` is `working_days`."""
    terms = terms_of(contract)
    if terms is None:
        return None
    term = term_at(terms, workspace.today())
    return ContractStanding(
        contract, terms, term,
        post_by=last_day_to_post(term.notice_by, works) if term.notice_by else None,
        next_post_by=last_day_to_post(term.next_notice_by, works) if term.next_notice_by else None,
        decided=contract.decided if contract.decided_for == term.last_day else OPEN,
        renewed_alone=renewed_alone(workspace, contract, terms, term) is not None,
    )  # fmt: skip


def renewed_alone(workspace: Workspace, contract: Contract, terms: Terms, term: Term) -> Term | None:
    """The term before this one, when it was renewed under our eyes and nobody decided on it."""
    before = term_before(terms, term)
    if before is None or before.notice_by is None or contract.created_at is None:
        return None
    is_seen = before.notice_by >= contract.created_at.astimezone(workspace.zone).date()
    is_open = contract.decided_for not in (before.last_day, term.last_day)
    return before if is_seen and is_open else None


def bound_words(standing: ContractStanding) -> str:
    """`bound until 27 Aug 2027, next window until 25 Jun 2027`."""
    until, again = standing.term.bound_until, standing.next_post_by
    assert until is not None
    if again is None:
        return _("bound until {day}").format(day=dates.whole_day(until))
    return _("bound until {day}, next notice to post by {notice}").format(
        day=dates.whole_day(until), notice=dates.whole_day(again)
    )


def bound_until(workspace: Workspace) -> dict[str, date]:
    """By contract in force, the day on which it can end at the earliest: as was agreed, or by a notice of today."""
    found: dict[str, date] = {}
    for contract in in_force.contracts(workspace):
        terms = terms_of(contract)
        day = contract.ended_on or (term_at(terms, workspace.today()).bound_until if terms else None)
        if day is not None:
            found[contract.code] = day
    return found


def working_days(workspace: Workspace) -> Callable[[date], bool]:
    """Which days a letter can be posted on: from Monday to Friday, but public holidays and company closings."""
    from cockpit.services.desk.calendars import company_calendar

    company = workspace.settings.company
    ours, closed = company_calendar(workspace), holidays.days(workspace.conn, company.holidays)
    return lambda day: day.weekday() < 5 and day not in closed and not ours.is_holiday(day)
