"""What contracts ask for: a notice to post, one that was missed, a renewal to ask for, an end, a certificate."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import ClassVar, TypedDict

from cockpit.domain.alerts.alerts import NOTICE_RED_DAYS, Alert, AlertLevel, InReview, level_of_expiry
from cockpit.domain.dataclasses import dataclass
from cockpit.domain.registers.contract import OPEN, RENEGOTIATING, Contract
from cockpit.locale import N_, _
from cockpit.services.desk import dates
from cockpit.services.desk.workspace import Workspace
from cockpit.services.organisation import standings
from cockpit.services.organisation.standings import ContractStanding, bound_words
from cockpit.services.records import in_force


@dataclass(frozen=True, kw_only=True)
class OfTerm(Alert):
    """An alert on a day of a contract's term, such as the last day to give notice."""

    IN_REVIEW: ClassVar[InReview] = InReview.ALWAYS

    on: date
    """The day that is said."""
    term: date
    """The last day of the term that it is about."""

    @property
    def about(self) -> str:
        """The term it is about: the same trouble in the next term is another alert."""
        return self.term.isoformat()

    def _said(self, names: Mapping[str, str], nobody: str) -> dict[str, object]:
        return super()._said(names, nobody) | {"day": dates.whole_day(self.on)}


_DECIDE = N_("{me}: decide, p says it: renewed on purpose, notice sent on…, renegotiating")


@dataclass(frozen=True, kw_only=True)
class NoticeDue(OfTerm):
    """The last working day to post a notice comes near."""

    KIND: ClassVar[str] = "notice"
    TEXT: ClassVar[str] = N_("Notice to post by {day}: {subject}")
    NEXT: ClassVar[str] = _DECIDE


@dataclass(frozen=True, kw_only=True)
class NoticeByHand(OfTerm):
    """Too late for the post, not yet for a notice handed over."""

    KIND: ClassVar[str] = "notice_by_hand"
    CASE: ClassVar[str] = NoticeDue.KIND
    STAGE: ClassVar[int] = 1
    TEXT: ClassVar[str] = N_("Too late to post, hand the notice over by {day}: {subject}")
    NEXT: ClassVar[str] = N_("{me}: have it handed over against a receipt, then p: notice sent on…")


@dataclass(frozen=True, kw_only=True)
class NoticeMissed(OfTerm):
    """The last sure day went by and nobody decided: it binds, and stays red until somebody does."""

    KIND: ClassVar[str] = "notice_missed"
    CASE: ClassVar[str] = NoticeDue.KIND
    STAGE: ClassVar[int] = 2
    TEXT: ClassVar[str] = N_("Notice missed, {bound}: {subject}")
    NEXT: ClassVar[str] = _DECIDE

    bound: str
    """Until when it binds, and the next window, in words."""


@dataclass(frozen=True, kw_only=True)
class RenewalToAsk(OfTerm):
    """A contract that goes on only if somebody asks for it: the opposite act of a notice."""

    KIND: ClassVar[str] = "renewal_ask"
    TEXT: ClassVar[str] = N_("Ask for the renewal, else it ends on {day}: {subject}")
    NEXT: ClassVar[str] = N_(
        "{me}: ask in writing for the renewal; it ends by itself otherwise (p says what was decided)"
    )


@dataclass(frozen=True, kw_only=True)
class ContractEnds(OfTerm):
    """A contract that ends and that nothing renews."""

    KIND: ClassVar[str] = "contract_ends"
    TEXT: ClassVar[str] = N_("Ends on {day}, nothing follows: {subject}")
    NEXT: ClassVar[str] = N_("{me}: write down the contract that follows, or say that nothing does (space)")


@dataclass(frozen=True, kw_only=True)
class ContractOver(OfTerm):
    """A contract whose term is over, and of which no last day was written down."""

    KIND: ClassVar[str] = "contract_over"
    TEXT: ClassVar[str] = N_("Over since {day}, what binds us now? {subject}")
    NEXT: ClassVar[str] = N_("{me}: write down its last day, or the new term")


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
        day = dates.whole_day(self.until)
        return _(self.TEXT).format(subject=self.subject, day=day)


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
    """One alert at most of the term of each contract in force, and one of its certificate."""
    bound = in_force.contracts(workspace)
    works = standings.working_days(workspace) if bound else None
    for contract in bound:
        of: _OfContract = {
            "subject": contract.name, "target": contract.code, "cost": contract.amount or 0, "severity": 2,
            "conf": contract.conf,
        }  # fmt: skip
        ended = contract.ended_on
        # Once its end is known there is nothing left to decide by a notice: its last month asks what follows.
        follows = _is_followed(contract, bound)
        if ended is not None and ended - today <= timedelta(days=NOTICE_RED_DAYS) and not follows:
            yield ContractEnds(level=AlertLevel.ORANGE, **of, on=ended, term=ended)
        if ended is None and works is not None:
            standing = standings.standing(workspace, contract, works)
            found = _of_term(standing, of, today) if standing else ()
            yield from (each for each in found if not (follows and isinstance(each, ContractEnds)))
        until = contract.vigilance_expiry
        level = level_of_expiry(until, today) if until is not None else None
        if level is not None and until is not None:
            yield CertificateDue(level=level, **of, until=until)


def _is_followed(contract: Contract, others: Iterable[Contract]) -> bool:
    """Whether a later contract with the same provider, or for the same functions, was written down."""
    return any(
        (other.provider == contract.provider or set(other.functions) & set(contract.functions))
        and (other.starts_on or date.min) > (contract.starts_on or date.min)
        and (other.ended_on or date.max) > (contract.ended_on or date.min)
        for other in others
    )


class _OfContract(TypedDict):
    subject: str
    target: str
    cost: int
    severity: int
    conf: int


def _of_term(standing: ContractStanding, of: _OfContract, today: date) -> Iterator[Alert]:
    term, last = standing.term, standing.term.last_day
    if last is None:
        return
    if term.over:
        yield ContractOver(level=AlertLevel.ORANGE, **of, on=last, term=last)
    elif standing.is_missed:
        assert term.bound_until is not None
        words = bound_words(standing)
        yield NoticeMissed(level=AlertLevel.RED, **of, on=term.bound_until, term=last, bound=words)
    elif standing.post_by is None:
        if today >= last - standing.lead and standing.decided == OPEN:
            kind = RenewalToAsk if standing.asks_for_renewal else ContractEnds
            yield kind(level=_level(last, today), **of, on=last, term=last)
    elif standing.decided in (OPEN, RENEGOTIATING) and not term.missed:
        assert term.notice_by is not None
        if today > standing.post_by:
            yield NoticeByHand(level=AlertLevel.RED, **of, on=term.notice_by, term=last)
        elif today >= standing.post_by - standing.lead:
            calm = standing.decided == RENEGOTIATING
            level = AlertLevel.ORANGE if calm else _level(standing.post_by, today)
            yield NoticeDue(level=level, **of, on=standing.post_by, term=last)


def _level(by: date, today: date) -> AlertLevel:
    return AlertLevel.RED if by - today <= timedelta(days=NOTICE_RED_DAYS) else AlertLevel.ORANGE


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
        # Writing an amount is loaded where one is written: every brief reads these rules.
        from cockpit.services.desk import forms

        yield CertificateMissing(
            level=AlertLevel.ORANGE, subject=names.get(provider, provider), target=first.code, cost=amount,
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
