"""What contracts ask for now: a notice to post, one that was missed, a renewal to ask for, an end, a certificate."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import ClassVar, TypedDict

from cockpit.domain.alerts.alerts import Alert, InReview, Level, level_of_expiry
from cockpit.domain.dataclasses import dataclass
from cockpit.domain.registers.contract import OPEN, RENEGOTIATING, Contract
from cockpit.locale import N_, _
from cockpit.services.desk import dates, forms
from cockpit.services.desk.workspace import Workspace
from cockpit.services.organisation import standings
from cockpit.services.organisation.standings import Standing, bound_words
from cockpit.services.records import in_force

RED_DAYS = 30
"""Days before the last day to post a notice from which on it is red."""
_DECIDE = N_("{me}: decide, p says it: renewed on purpose, notice sent on…, renegotiating")


@dataclass(frozen=True, kw_only=True)
class OfTerm(Alert):
    """What the term of a contract asks for. Its day is a part of what it is: what was said of one term is not
    said of the next."""

    IN_REVIEW: ClassVar[InReview] = InReview.ALWAYS

    on: date
    words: str = ""
    """Said in place of the day."""

    @property
    def about(self) -> str:
        """The day it is about."""
        return self.on.isoformat()

    def text(self, names: Mapping[str, str] | None = None) -> str:
        """With its day as a person writes it."""
        return _(self.TEXT).format(subject=self.subject, detail=self.words or dates.whole_day(self.on))


@dataclass(frozen=True, kw_only=True)
class NoticeToPost(OfTerm):
    """The last day on which a notice can be posted comes near."""

    KIND: ClassVar[str] = "notice"
    TEXT: ClassVar[str] = N_("Notice to post by {detail}: {subject}")
    NEXT: ClassVar[str] = _DECIDE


@dataclass(frozen=True, kw_only=True)
class NoticeByHand(OfTerm):
    """A notice can no longer be posted in time, but still be handed over."""

    KIND: ClassVar[str] = "notice_by_hand"
    TEXT: ClassVar[str] = N_("Too late to post, hand the notice over by {detail}: {subject}")
    NEXT: ClassVar[str] = N_("{me}: have it handed over against a receipt, then p: notice sent on…")


@dataclass(frozen=True, kw_only=True)
class NoticeMissed(OfTerm):
    """The last day for a notice went by and nothing was decided."""

    KIND: ClassVar[str] = "notice_missed"
    TEXT: ClassVar[str] = N_("Notice missed, {detail}: {subject}")
    NEXT: ClassVar[str] = _DECIDE


@dataclass(frozen=True, kw_only=True)
class RenewalToAsk(OfTerm):
    """A contract that goes on only when both say so."""

    KIND: ClassVar[str] = "renewal_ask"
    TEXT: ClassVar[str] = N_("Ask for the renewal, else it ends on {detail}: {subject}")
    NEXT: ClassVar[str] = N_(
        "{me}: ask in writing for the renewal; it ends by itself otherwise (p says what was decided)"
    )


@dataclass(frozen=True, kw_only=True)
class ContractEnds(OfTerm):
    """A contract that ends and that nothing renews."""

    KIND: ClassVar[str] = "contract_ends"
    TEXT: ClassVar[str] = N_("Ends on {detail}, nothing follows: {subject}")
    NEXT: ClassVar[str] = N_("{me}: say who does the work afterwards, sign anew or prepare the end (p)")


@dataclass(frozen=True, kw_only=True)
class ContractOver(OfTerm):
    """A contract whose term is over and of which nobody said what follows."""

    KIND: ClassVar[str] = "contract_over"
    TEXT: ClassVar[str] = N_("Over since {detail}, what binds us now? {subject}")
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
        day = f"{self.until.day} {dates.short_month(self.until)} {self.until.year}"
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
        # What was ended on purpose is known: only its last month asks for what follows.
        ends = contract.ended_on
        if ends is not None and ends - today <= timedelta(days=RED_DAYS):
            yield ContractEnds(level=Level.ORANGE, **of, on=ends)
        elif ends is None and works is not None:
            standing = standings.standing(workspace, contract, works)
            if standing is not None:
                yield from _of_term(standing, of, today)
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


def _of_term(standing: Standing, of: _OfContract, today: date) -> Iterator[Alert]:
    term = standing.term
    if term.last_day is None:
        return
    if term.over:
        yield ContractOver(level=Level.ORANGE, **of, on=term.last_day)
    elif standing.is_missed:
        assert term.bound_until is not None
        yield NoticeMissed(level=Level.RED, **of, on=term.bound_until, words=bound_words(standing))
    elif standing.post_by is None:
        if today >= term.last_day - standing.lead and standing.decided == OPEN:
            kind = RenewalToAsk if standing.asks_for_renewal else ContractEnds
            yield kind(level=_level(term.last_day, today), **of, on=term.last_day)
    elif standing.decided in (OPEN, RENEGOTIATING) and not term.missed:
        assert term.notice_by is not None
        if today > standing.post_by:
            yield NoticeByHand(level=Level.RED, **of, on=term.notice_by)
        elif today >= standing.post_by - standing.lead:
            negotiating = standing.decided == RENEGOTIATING
            level = Level.ORANGE if negotiating else _level(standing.post_by, today)
            yield NoticeToPost(level=level, **of, on=standing.post_by)


def _level(by: date, today: date) -> Level:
    return Level.RED if by - today <= timedelta(days=RED_DAYS) else Level.ORANGE


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
