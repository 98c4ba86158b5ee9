"""What comes from outside or leaves and needs somebody: providers, partners, messages, agendas, the network."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from cockpit.domain.alerts import alerts as rules
from cockpit.domain.alerts.alerts import Alert, InReview, Level
from cockpit.domain.providers.state import Freshness, State
from cockpit.domain.registers.statement import Statement
from cockpit.locale import N_, _
from cockpit.services.agenda.feeds import FeedLine
from cockpit.services.desk.workspace import Workspace
from cockpit.services.providers.provider_line import ProviderLine
from cockpit.services.providers.state_words import STATES
from cockpit.store import memos, outbox
from cockpit.store.memos import CLOCK_OFFSET

CLOCK_OFF_MIN = 2
MOST = 50
"""Records of one rule: more would not be read either."""
_ORDER = (State.DEGRADED, State.PARTIAL_OUTAGE, State.MAJOR_OUTAGE)
"""States in trouble, worse ones last."""


@dataclass(frozen=True, kw_only=True)
class Fault(Alert):
    """A fault that a provider reports."""

    KIND: ClassVar[str] = "provider"
    TEXT: ClassVar[str] = N_("{subject}: {state}")
    NEXT: ClassVar[str] = N_("{me}: tell those who use it, say who follows it (x)")
    IN_REVIEW: ClassVar[InReview] = InReview.NEVER

    state: State

    @property
    def stage(self) -> int:
        """Down is worse than slow."""
        return _ORDER.index(self.state)

    def text(self, names: Mapping[str, str] | None = None) -> str:
        """With the word of its state."""
        return _(self.TEXT).format(subject=self.subject, state=_(STATES[self.state][1]))


@dataclass(frozen=True, kw_only=True)
class SeenProblem(Alert):
    """A problem that we see ourselves, whatever the provider says."""

    KIND: ClassVar[str] = "provider_seen"
    TEXT: ClassVar[str] = N_("We see a problem at {subject}: {what}")
    NEXT: ClassVar[str] = N_("{me}: ask the provider, settle it when it is over (p)")
    IN_REVIEW: ClassVar[InReview] = InReview.NEVER

    what: str
    mark: str
    """The word that says so: the next problem is another one."""

    @property
    def about(self) -> str:
        """See `mark`."""
        return self.mark


@dataclass(frozen=True, kw_only=True)
class Unstable(Alert):
    """A provider that goes back and forth."""

    KIND: ClassVar[str] = "unstable"
    TEXT: ClassVar[str] = N_("{subject} is unstable: it goes back and forth")
    NEXT: ClassVar[str] = N_("{me}: ask the provider for an explanation")


@dataclass(frozen=True, kw_only=True)
class StatusLost(Alert):
    """A status page that could not be read for too long."""

    KIND: ClassVar[str] = "stale_status"
    TEXT: ClassVar[str] = N_("Status not read: {subject}")
    NEXT: ClassVar[str] = N_("{me}: look at the reason, then read again (s)")


def of_providers(lines: Sequence[ProviderLine], now: datetime, *, offline: bool) -> Iterator[Alert]:
    """Faults that providers report, by criticality and duration, and those that we see ourselves.

    What was acknowledged or muted raises none; a source that goes back and forth raises one, and one only.
    While nothing at all can be reached, only what people saw counts.
    """
    for line in lines:
        target, name = f"status:{line.key}", line.name
        if line.ours.muted is not None:
            continue
        problem = line.ours.problem
        if problem is not None:
            level = Level.RED if problem.state == State.MAJOR_OUTAGE else Level.ORANGE
            yield SeenProblem(
                level=level, subject=name, target=target, what=problem.reason, mark=problem.code
            )
        if offline or line.quiet:
            continue
        if line.unstable and line.criticality != "comfort":
            yield Unstable(level=Level.ORANGE, subject=name, target=target)
        elif line.has_page:
            since = line.row.since if line.row and line.row.since else now
            found = rules.level_of_fault(line.state, line.criticality, lasts=now - since)
            if found is not None:
                yield Fault(level=found, subject=name, target=target, state=line.state)
        if line.has_page and line.fresh is Freshness.LOST and line.row is not None:
            yield StatusLost(level=Level.ORANGE, subject=name, target=target)


@dataclass(frozen=True, kw_only=True)
class PartnerAlert(Alert):
    """What a partner raised, put among the alerts by a person."""

    KIND: ClassVar[str] = "partner"
    TEXT: ClassVar[str] = N_("{who} says: {subject}")
    NEXT: ClassVar[str] = N_("{me}: open it and say what becomes of it")
    IN_REVIEW: ClassVar[InReview] = InReview.NEVER


def of_inbox(workspace: Workspace) -> Iterator[Alert]:
    """What partners raised."""
    rows = workspace.select(
        Statement, "statement", "triage = 'alert' AND closed_at IS NULL AND archived_at IS NULL"
        " ORDER BY severity, number LIMIT ?", (MOST,),
    )  # fmt: skip
    for each in rows:
        level = Level.RED if each.severity == "p1" else Level.ORANGE
        yield PartnerAlert(level=level, subject=each.title, target=each.code, who=each.sender, conf=each.conf)


@dataclass(frozen=True, kw_only=True)
class Undelivered(Alert):
    """Messages that could not be delivered."""

    KIND: ClassVar[str] = "undelivered"
    TEXT: ClassVar[str] = N_("{n} messages not delivered")
    NEXT: ClassVar[str] = N_("{me}: look at the outbox (y)")

    n: int

    @property
    def stage(self) -> int:
        """One more is worse."""
        return min(999, self.n)


def of_outbox(workspace: Workspace) -> Iterator[Alert]:
    """What could not be delivered."""
    lost = outbox.count(workspace.conn, "failed")
    if lost:
        yield Undelivered(level=Level.ORANGE, target="outbox", n=lost)


@dataclass(frozen=True, kw_only=True)
class SignIn(Alert):
    """A network that answers everything with its own page."""

    KIND: ClassVar[str] = "portal"
    TEXT: ClassVar[str] = N_("Every source answers with a web page: sign in to this network?")
    NEXT: ClassVar[str] = N_("{me}: sign in to the network, then read again (s)")


@dataclass(frozen=True, kw_only=True)
class ClockOff(Alert):
    """A machine whose clock is wrong."""

    KIND: ClassVar[str] = "clock"
    TEXT: ClassVar[str] = N_("This machine's clock is {minutes} min off: set it, deadlines depend on it")
    NEXT: ClassVar[str] = N_("{me}: set the clock of this machine")

    minutes: int


def of_network(workspace: Workspace, failures: Sequence[str | None]) -> Iterator[Alert]:
    """What all sources tell together: a network that wants a sign-in, a clock that is wrong.

    `failures` holds the kind of failure of each source that was tried, None for one that answered.
    """
    if len(failures) > 1 and all(kind == "html" for kind in failures):
        yield SignIn(level=Level.RED)
    minutes = abs(int(memos.get(workspace.conn, CLOCK_OFFSET) or 0)) // 60
    if minutes >= CLOCK_OFF_MIN:
        yield ClockOff(level=Level.ORANGE, minutes=minutes)


@dataclass(frozen=True, kw_only=True)
class AgendaShrank(Alert):
    """An agenda whose last answer lost so much that the old one was kept."""

    KIND: ClassVar[str] = "doubted"
    TEXT: ClassVar[str] = N_("Agenda shrank, old one kept: {subject}")
    NEXT: ClassVar[str] = N_("{me}: look at the agenda (i), accept it or mend the feed")


@dataclass(frozen=True, kw_only=True)
class AgendaLost(Alert):
    """An agenda that was not read for too long."""

    KIND: ClassVar[str] = "stale"
    TEXT: ClassVar[str] = N_("Agenda not read: {subject}")
    NEXT: ClassVar[str] = N_("{me}: look at the reason, then read again (s)")


def of_feeds(lines: Sequence[FeedLine], now: datetime) -> Iterator[Alert]:
    """Agendas that were not read for too long, and those whose last answer is doubted."""
    for line in lines:
        target, state = f"feed:{line.key}", line.state
        if line.doubted:
            yield AgendaShrank(level=Level.ORANGE, subject=line.name, target=target)
        if state is None:
            continue
        never = line.last_ok is None and state.fails > 0
        if never or rules.is_stale(line.last_ok, now, state.interval_s):
            yield AgendaLost(level=Level.ORANGE, subject=line.name, target=target)
