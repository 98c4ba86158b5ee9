"""What contracts ask for: notices to decide on, certificates to renew."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import ClassVar, TypedDict

from cockpit.domain.alerts.alerts import Alert, InReview, Level, level_of_expiry, level_of_notice
from cockpit.domain.dataclasses import dataclass
from cockpit.domain.registers.contract import Contract
from cockpit.domain.time.contract_terms import NONE, term_at
from cockpit.locale import N_, _
from cockpit.services.desk import dates, forms
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


@dataclass(frozen=True, kw_only=True)
class ContractEnds(Alert):
    """A contract that ends and that nothing renews."""

    KIND: ClassVar[str] = "contract_ends"
    TEXT: ClassVar[str] = N_("The contract ends within {days} days: {subject}")
    NEXT: ClassVar[str] = N_("{me}: decide what follows: another contract, another provider, nothing")
    IN_REVIEW: ClassVar[InReview] = InReview.ALWAYS

    on: date
    days: int

    @property
    def about(self) -> str:
        """That day: what follows it has another one."""
        return self.on.isoformat()


@dataclass(frozen=True, kw_only=True)
class CertificateMissing(Alert):
    """A provider above the threshold of compliance of which no certificate is written down."""

    KIND: ClassVar[str] = "certificate_missing"
    TEXT: ClassVar[str] = N_("Ask for the compliance certificate: {subject}, {amount} a year")
    NEXT: ClassVar[str] = N_("{me}: ask {subject} for it, write its last day on the contract")
    MANY: ClassVar[str] = N_("{n} providers cost enough to need a compliance certificate, and have none")
    IN_REVIEW: ClassVar[InReview] = InReview.ALWAYS

    amount: str


COMPLIANCE_THRESHOLD = 500_000
"""Cents a year with one provider from which a certificate is to be asked for every six months
(article D8222-5 of the French code of labour)."""


def of_contracts(workspace: Workspace, today: date) -> Iterator[Alert]:
    """Notice dates and ends that come near, and certificates that run out."""
    for contract in in_force.contracts(workspace):
        of: _OfContract = {
            "subject": contract.name, "target": contract.code, "cost": contract.amount or 0, "severity": 2,
            "conf": contract.conf,
        }  # fmt: skip
        yield from _notice(contract, of, today)
        until = contract.vigilance_expiry
        level = level_of_expiry(until, today) if until is not None else None
        if level is not None and until is not None:
            yield CertificateDue(level=level, **of, until=until)


class _OfContract(TypedDict):
    subject: str
    target: str
    cost: int
    severity: int
    conf: int


def _notice(contract: Contract, of: _OfContract, today: date) -> Iterator[Alert]:
    ends = contract.ended_on
    # Once its end is known there is nothing left to decide by a notice.
    if contract.starts_on is not None and ends is None:
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
            yield NoticeDue(level=level, **of, by=term.notice_by, days=days)
        if contract.renewal == NONE:
            ends = term.ends - timedelta(days=1)
    level = level_of_notice(ends, today) if ends is not None else None
    # What was ended on purpose is known: only its last month asks for what follows.
    told = level is not None and (contract.ended_on is None or level is Level.RED)
    if told and ends is not None:
        yield ContractEnds(level=Level.ORANGE, **of, on=ends, days=(ends - today).days)


def of_missing_certificates(workspace: Workspace) -> Iterator[Alert]:
    """Providers that cost more than the threshold and of which no contract in force names a certificate."""
    names = workspace.names()
    by_provider: dict[str, list[Contract]] = {}
    for contract in in_force.contracts(workspace):
        by_provider.setdefault(contract.provider, []).append(contract)
    for provider, contracts in by_provider.items():
        amount = sum(each.amount or 0 for each in contracts)
        if amount < COMPLIANCE_THRESHOLD or any(each.vigilance_expiry for each in contracts):
            continue
        first = max(contracts, key=lambda each: each.amount or 0)
        yield CertificateMissing(
            level=Level.ORANGE, subject=names.get(provider, provider), target=first.code, cost=amount,
            severity=2, conf=max(each.conf for each in contracts), amount=forms.money(amount),
        )  # fmt: skip


def costs(workspace: Workspace) -> dict[str, int]:
    """What each provider costs a year, in cents, by its code."""
    rows = workspace.conn.execute(
        "SELECT provider, sum(amount) AS cents FROM contract WHERE archived_at IS NULL"
        " AND (ended_on IS NULL OR ended_on >= ?) AND amount IS NOT NULL GROUP BY provider",
        (workspace.today().isoformat(),),
    )
    return {row["provider"]: row["cents"] for row in rows}
