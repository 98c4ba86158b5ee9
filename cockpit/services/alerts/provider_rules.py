"""What providers report or people see of them, and what is wrong with the reading of their pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import ClassVar, TypedDict

from cockpit.domain.alerts import alerts as rules
from cockpit.domain.alerts.alerts import Alert, AlertLevel, InReview
from cockpit.domain.dataclasses import dataclass
from cockpit.domain.providers.state import Freshness, State
from cockpit.locale import N_, _
from cockpit.services.desk import dates
from cockpit.services.providers.provider_line import ProviderLine
from cockpit.services.providers.state_words import STATES
from cockpit.store.records import instant

_ORDER = (State.DEGRADED, State.PARTIAL_OUTAGE, State.MAJOR_OUTAGE)
"""States in trouble, worse ones last."""


@dataclass(frozen=True, kw_only=True)
class ProviderFault(Alert):
    """A fault that a provider reports."""

    KIND: ClassVar[str] = "provider"
    ON_ITS_ROW: ClassVar[bool] = True
    JOINS: ClassVar[str] = "provider"
    BRIEFLY: ClassVar[str] = N_("its page says: {state}")
    TEXT: ClassVar[str] = N_("{subject}: {state}")
    NEXT: ClassVar[str] = N_("{me}: tell those who use it, say who follows it (space)")
    IN_REVIEW: ClassVar[InReview] = InReview.NEVER

    state: State

    @property
    def stage(self) -> int:
        """Down is worse than slow."""
        return _ORDER.index(self.state)

    def _said(self, names: Mapping[str, str], nobody: str) -> dict[str, object]:
        return super()._said(names, nobody) | {"state": _(STATES[self.state][1])}


@dataclass(frozen=True, kw_only=True)
class SeenProblem(Alert):
    """A problem that we see ourselves, whatever the provider says."""

    KIND: ClassVar[str] = "provider_seen"
    JOINS: ClassVar[str] = "provider"
    BRIEFLY: ClassVar[str] = N_("we see a problem: {what}")
    TEXT: ClassVar[str] = N_("We see a problem at {subject}: {what}")
    NEXT: ClassVar[str] = N_("{me}: ask the provider, settle it when it is over (⏎, p)")
    IN_REVIEW: ClassVar[InReview] = InReview.NEVER

    what: str
    mark: str
    """The word that says so: the next problem is another one."""

    @property
    def about(self) -> str:
        """The mark that says it: another mark is another alert."""
        return self.mark


@dataclass(frozen=True, kw_only=True)
class Unstable(Alert):
    """A provider that goes back and forth."""

    KIND: ClassVar[str] = "unstable"
    JOINS: ClassVar[str] = "provider"
    BRIEFLY: ClassVar[str] = N_("unstable")
    TEXT: ClassVar[str] = N_("{subject} is unstable: it goes back and forth")
    NEXT: ClassVar[str] = N_("{me}: ask the provider for an explanation")


@dataclass(frozen=True, kw_only=True)
class StatusLost(Alert):
    """A status page that could not be read for too long."""

    KIND: ClassVar[str] = "stale_status"
    JOINS: ClassVar[str] = "provider"
    BRIEFLY: ClassVar[str] = N_("its page is not read")
    TEXT: ClassVar[str] = N_("Status not read since {last}, what broke since then is missed: {subject}")
    NEXT: ClassVar[str] = N_("{me}: look at the reason, then read again (s)")

    last: str
    """When it was last read, in words."""


@dataclass(frozen=True, kw_only=True)
class StatusNeverRead(StatusLost):
    """A status page of which nothing was ever read."""

    TEXT: ClassVar[str] = N_("Status never read, all of its outages are missed: {subject}")

    last: str = ""


@dataclass(frozen=True, kw_only=True)
class PageNotUnderstood(Alert):
    """A status page that answers, and of which nothing can be understood."""

    KIND: ClassVar[str] = "not_understood"
    JOINS: ClassVar[str] = "provider"
    BRIEFLY: ClassVar[str] = N_("its page is not understood")
    TEXT: ClassVar[str] = N_("Status page not understood: {subject}")
    NEXT: ClassVar[str] = N_("{me}: see on its page what was seen, then change its address or its engine")


@dataclass(frozen=True, kw_only=True)
class PageMoved(Alert):
    """A status page that says that it is somewhere else."""

    KIND: ClassVar[str] = "moved"
    JOINS: ClassVar[str] = "provider"
    BRIEFLY: ClassVar[str] = N_("its page moved")
    TEXT: ClassVar[str] = N_("{subject}: {why}")
    NEXT: ClassVar[str] = N_("{me}: take the new address (h), or remove the source from the configuration")

    why: str


@dataclass(frozen=True, kw_only=True)
class PageAstray(PageMoved):
    """A status page that sends where nobody can be sent: in circles, or to an address without encryption."""

    KIND: ClassVar[str] = "astray"
    BRIEFLY: ClassVar[str] = N_("its page sends astray")
    NEXT: ClassVar[str] = N_("{me}: correct the address in the configuration, or remove the source")


@dataclass(frozen=True, kw_only=True)
class NameLost(PageMoved):
    """A status page whose name is not known on the network any more."""

    KIND: ClassVar[str] = "name_lost"
    BRIEFLY: ClassVar[str] = N_("the name of its page is lost")
    NEXT: ClassVar[str] = N_("{me}: ask the provider, or correct the address in the configuration")


@dataclass(frozen=True, kw_only=True)
class CertificateEnds(Alert):
    """The certificate of a probed service that ends."""

    KIND: ClassVar[str] = "certificate_ends"
    TEXT: ClassVar[str] = N_("Certificate of {subject} ends within {days}")
    NEXT: ClassVar[str] = N_("{me}: have the provider renew it")

    on: date
    days: int

    @property
    def about(self) -> str:
        """The day it ends: the next certificate has another one."""
        return self.on.isoformat()


_SEVERITY: Mapping[str, int] = {"vital": 1, "important": 2, "comfort": 4}


class _OfProvider(TypedDict):
    subject: str
    target: str
    severity: int
    cost: int


def of_providers(
    lines: Iterable[ProviderLine], now: datetime, costs: Mapping[str, int], *, offline: bool
) -> Iterator[Alert]:
    """Faults that providers report, by criticality and duration, and those that we see ourselves.

    What was acknowledged or muted raises none; a source that goes back and forth raises one, and one only.
    While nothing at all can be reached, only what people saw counts.
    """
    for line in lines:
        of: _OfProvider = {
            "subject": line.name, "target": f"status:{line.key}",
            "severity": _SEVERITY[line.criticality], "cost": costs.get(line.code, 0),
        }  # fmt: skip
        if line.ours.muted is not None:
            continue
        problem = line.ours.problem
        if problem is not None:
            level = AlertLevel.RED if problem.state == State.MAJOR_OUTAGE else AlertLevel.ORANGE
            yield SeenProblem(level=level, **of, what=problem.reason, mark=problem.code)
        if offline or line.quiet:
            continue
        if line.unstable and line.criticality != "comfort":
            yield Unstable(level=AlertLevel.ORANGE, **of)
        elif line.has_page:
            since = line.row.since if line.row and line.row.since else now
            found = rules.level_of_fault(line.state, line.criticality, lasts=now - since)
            if found is not None:
                yield ProviderFault(level=found, **of, state=line.state, since=instant(since))
        yield from _of_page(line, of, now)


def _of_page(line: ProviderLine, of: _OfProvider, now: datetime) -> Iterator[Alert]:
    """What is wrong with the reading of a page, whatever it says: its certificate ends, it moved, its name is
    gone, its form is not understood, it was not read."""
    row = line.row
    if not line.has_page or row is None:
        return
    expiry = row.certificate_expiry
    level = rules.level_of_certificate(expiry, now) if expiry is not None else None
    if level is not None and expiry is not None and line.criticality != "comfort":
        days = max(0, (expiry - now).days)
        yield CertificateEnds(level=level, **of, on=expiry.astimezone(now.tzinfo).date(), days=days)
    if row.last_failure == "redirect":
        moved = PageMoved if row.moved_to else PageAstray
        yield moved(level=AlertLevel.ORANGE, **of, why=row.last_error)
    elif row.last_failure == "dns" and row.fails >= _NAME_TRIES:
        red = line.criticality == "vital"
        yield NameLost(level=AlertLevel.RED if red else AlertLevel.ORANGE, **of, why=row.last_error)
    elif row.last_failure == "not_understood" or (row.last_failure in _FORMLESS and row.fails >= _FORM_TRIES):
        yield PageNotUnderstood(level=AlertLevel.ORANGE, **of)
    elif line.fresh is Freshness.LOST and row.last_ok is None:
        yield StatusNeverRead(level=AlertLevel.ORANGE, **of)
    elif line.fresh is Freshness.LOST and row.last_ok is not None:
        last = dates.moment(row.last_ok, now)
        yield StatusLost(level=AlertLevel.ORANGE, **of, last=last, since=instant(row.last_ok))


_NAME_TRIES, _FORM_TRIES = 2, 3
"""Tries in a row before it is told: some minutes."""
_FORMLESS = frozenset({"broken_body", "html"})
