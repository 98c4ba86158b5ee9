"""What contracts ask for: notices to decide on, certificates to renew."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from cockpit.domain.alerts.alerts import Alert, InReview, level_of_expiry, level_of_notice
from cockpit.domain.registers.contract import Contract
from cockpit.domain.time.contract_terms import term_at
from cockpit.locale import N_, _
from cockpit.services.desk import dates
from cockpit.services.desk.workspace import Workspace
from cockpit.services.records import in_force


@dataclass(frozen=True, kw_only=True)
class NoticeDue(Alert):
    """The last day on which notice can be given comes near."""

    KIND: ClassVar[str] = "notice"
    TEXT: ClassVar[str] = N_("Notice within {days} days: {subject}")
    NEXT: ClassVar[str] = N_("{me}: decide whether to give notice, in writing")
    IN_REVIEW: ClassVar[InReview] = InReview.ALWAYS

    by: date
    days: int

    @property
    def about(self) -> str:
        """That day: the next term has another one."""
        return self.by.isoformat()


@dataclass(frozen=True, kw_only=True)
class CertificateDue(Alert):
    """A certificate that runs out, or ran out."""

    KIND: ClassVar[str] = "certificate"
    TEXT: ClassVar[str] = N_("Certificate until {day}: {subject}")
    NEXT: ClassVar[str] = N_("{me}: ask the provider for a new one")
    IN_REVIEW: ClassVar[InReview] = InReview.ALWAYS

    until: date

    @property
    def about(self) -> str:
        """The day it runs out: the next certificate has another one."""
        return self.until.isoformat()

    def text(self, names: Mapping[str, str] | None = None) -> str:
        """With its day as a person writes it."""
        day = f"{self.until.day} {dates.short_month(self.until)} {self.until.year}"
        return _(self.TEXT).format(subject=self.subject, day=day)


def of_contracts(workspace: Workspace, today: date) -> Iterator[Alert]:
    """Notice dates that come near, and certificates that run out."""
    for contract in in_force.contracts(workspace):
        yield from _notice(contract, today)
        until = contract.vigilance_expiry
        level = level_of_expiry(until, today) if until is not None else None
        if level is not None and until is not None:
            yield CertificateDue(level=level, subject=contract.name, target=contract.code, until=until)


def _notice(contract: Contract, today: date) -> Iterator[Alert]:
    # Once its end is known there is nothing left to decide by a notice.
    if contract.starts_on is None or contract.renewal == "none" or contract.ended_on is not None:
        return
    term = term_at(
        contract.starts_on,
        contract.initial_months,
        contract.renewal,
        contract.renewal_months,
        contract.notice_months,
        today,
    )
    level = level_of_notice(term.notice_by, today) if term.notice_by else None
    if level is not None and term.notice_by is not None:
        days = (term.notice_by - today).days
        yield NoticeDue(
            level=level, subject=contract.name, target=contract.code, by=term.notice_by, days=days
        )
