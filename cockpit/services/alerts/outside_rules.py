"""What comes from outside or leaves and needs somebody: providers, partners, messages, agendas, the network."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import ClassVar, TypedDict

from cockpit.domain.agenda.events import ONLY_BUSY, ONLY_OTHERS
from cockpit.domain.alerts import alerts as rules
from cockpit.domain.alerts.alerts import Alert, AlertLevel, Counted, InReview
from cockpit.domain.dataclasses import dataclass
from cockpit.domain.providers.state import Freshness, State
from cockpit.domain.registers.statement import LEFT, Statement
from cockpit.locale import N_, _
from cockpit.services.agenda.feeds import FeedLine
from cockpit.services.desk import dates
from cockpit.services.desk.workspace import Workspace
from cockpit.services.messages import ways_in
from cockpit.services.providers.provider_line import ProviderLine
from cockpit.services.providers.state_words import STATES
from cockpit.services.reading.connection import words
from cockpit.store.outside import outbox
from cockpit.store.records import instant
from cockpit.store.state import memos
from cockpit.store.state.memos import CLOCK_OFFSET

CLOCK_OFF_MIN = 2
UNREAD = timedelta(days=1)
"""How long a way in may stay unread before somebody is told."""
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
            "severity": _SEVERITY.get(line.criticality, 3), "cost": costs.get(line.code, 0),
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
    )  # fmt: skip
    for each in rows:
        level = AlertLevel.RED if each.severity == "p1" else AlertLevel.ORANGE
        yield PartnerAlert(level=level, subject=each.title, target=each.code, who=each.sender, conf=each.conf)


@dataclass(frozen=True, kw_only=True)
class InboxUnread(Alert):
    """A folder or a mailbox for partners that could not be read for a day or longer."""

    KIND: ClassVar[str] = "inbox_unread"
    TEXT: ClassVar[str] = N_("What partners send was not read for {hours} h: {subject}")
    NEXT: ClassVar[str] = N_("{me}: look at [inbox] in the configuration, then read again (s)")

    hours: int


@dataclass(frozen=True, kw_only=True)
class LeftAside(Alert):
    """What a partner sent and could not be taken."""

    KIND: ClassVar[str] = "statement_refused"
    TEXT: ClassVar[str] = N_("Could not be taken from {subject}: {why}")
    NEXT: ClassVar[str] = N_("{me}: read it (⏎), take it all the same (g) or refuse it (x)")
    MANY: ClassVar[str] = N_("{n} messages of partners could not be taken")

    why: str


def of_ways_in(workspace: Workspace) -> Iterator[Alert]:
    """What is wrong with the folder and the mailbox that partners write to, and what could not be taken."""
    now = workspace.now()
    unread = ways_in.unread(workspace) if workspace.settings.inbox.is_open else None
    if unread is not None and now - unread.since >= UNREAD:
        hours = int((now - unread.since).total_seconds()) // 3600
        yield InboxUnread(level=AlertLevel.ORANGE, subject=unread.why, hours=hours, target="inbox")
    rows = workspace.select(
        Statement, "statement", "triage = ? AND closed_at IS NULL AND archived_at IS NULL"
        " ORDER BY severity, number", (LEFT,),
    )  # fmt: skip
    for each in rows:
        # What anybody may send wakes nobody up.
        level = AlertLevel.ORANGE if each.severity == "p4" else AlertLevel.RED
        yield LeftAside(
            level=level, subject=each.sender or each.title, target=each.code, why=each.reason, conf=each.conf
        )


@dataclass(frozen=True, kw_only=True)
class Undelivered(Counted):
    """Messages that could not be delivered."""

    KIND: ClassVar[str] = "undelivered"
    TEXT: ClassVar[str] = N_("Messages not delivered: {n}")
    NEXT: ClassVar[str] = N_("{me}: look at the outbox (K)")


def of_outbox(workspace: Workspace) -> Iterator[Alert]:
    """What could not be delivered."""
    lost = outbox.count(workspace.conn, "failed")
    if lost:
        yield Undelivered(level=AlertLevel.ORANGE, target="outbox", n=lost)


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


@dataclass(frozen=True, kw_only=True)
class ClockBehind(Alert):
    """A machine whose clock is behind what was last written, here or from another seat."""

    KIND: ClassVar[str] = "clock_behind"
    TEXT: ClassVar[str] = N_(
        "{minutes} min from now, says the last entry: one clock is wrong, deadlines depend on it"
    )
    NEXT: ClassVar[str] = N_("{me}: set the clock of this machine, or of the one that wrote it ({host})")

    minutes: int
    host: str


@dataclass(frozen=True, kw_only=True)
class OurConnection(Alert):
    """Our own connection, which fails alike everywhere."""

    KIND: ClassVar[str] = "connection"
    TEXT: ClassVar[str] = ""
    NEXT: ClassVar[str] = N_("{me}: check this computer's network, then read again (s)")

    def text(self, names: Mapping[str, str] | None = None) -> str:
        """What is wrong with it, as its banner says it."""
        return self.subject


def of_network(workspace: Workspace, connection: str) -> Iterator[Alert]:
    """What all sources tell together: a network that wants a sign-in or a proxy that vouches for all, a clock
    that is wrong. That nothing can be reached is said where it is shown: no message would leave."""
    if connection == "portal":
        yield SignIn(level=AlertLevel.RED)
    elif connection in ("untrusted", "reset"):
        yield OurConnection(level=AlertLevel.ORANGE, subject=words(connection), target=connection)
    minutes = abs(int(memos.get(workspace.conn, CLOCK_OFFSET) or 0)) // 60
    if minutes >= CLOCK_OFF_MIN:
        yield ClockOff(level=AlertLevel.ORANGE, minutes=minutes)
        return
    last = workspace.conn.execute("SELECT at, host FROM journal ORDER BY seq DESC LIMIT 1").fetchone()
    ahead = datetime.fromisoformat(last["at"]) - workspace.now() if last is not None else timedelta()
    if ahead >= timedelta(minutes=CLOCK_OFF_MIN):
        ahead_min = int(ahead.total_seconds()) // 60
        yield ClockBehind(level=AlertLevel.ORANGE, minutes=ahead_min, host=last["host"] or "?")


@dataclass(frozen=True, kw_only=True)
class AgendaShrank(Alert):
    """An agenda whose last answer lost so much that the old one was kept."""

    KIND: ClassVar[str] = "doubted"
    TEXT: ClassVar[str] = N_("Agenda shrank, old one kept: {subject}")
    NEXT: ClassVar[str] = N_("{me}: look at the agenda (i), accept it or mend the feed")


@dataclass(frozen=True, kw_only=True)
class AgendaMoved(Alert):
    """An agenda whose server sends to another host: it has moved, or wants a sign-in there."""

    KIND: ClassVar[str] = "agenda_moved"
    TEXT: ClassVar[str] = N_("Agenda sent on to {to}: {subject}")
    NEXT: ClassVar[str] = N_("{me}: take the new address (h) if you know {to}, else ask who keeps the agenda")

    to: str

    @property
    def about(self) -> str:
        """The address it moved to: a move to another one is another alert."""
        return self.to


@dataclass(frozen=True, kw_only=True)
class AgendaLost(Alert):
    """An agenda that was not read for too long."""

    KIND: ClassVar[str] = "stale"
    TEXT: ClassVar[str] = N_("Agenda not read for {hours} h, what moved since is missed: {subject}")
    NEXT: ClassVar[str] = N_("{me}: look at the reason, then read again (s)")

    hours: int


@dataclass(frozen=True, kw_only=True)
class AgendaNeverRead(Alert):
    """An agenda of which nothing was ever read."""

    KIND: ClassVar[str] = "never_read"
    TEXT: ClassVar[str] = N_("Agenda never read, all of its meetings are missed: {subject}")
    NEXT: ClassVar[str] = N_("{me}: look at the reason, then read again (s)")


@dataclass(frozen=True, kw_only=True)
class AgendaWithoutMeetings(Alert):
    """An agenda that is read well and holds busy times, tasks or notes alone: an empty day proves nothing."""

    KIND: ClassVar[str] = "no_meetings"
    TEXT: ClassVar[str] = N_("Agenda without any meeting to read, whatever the day holds: {subject}")
    NEXT: ClassVar[str] = N_("{me}: look at the reason (i), then give the address that has its meetings")


def of_feeds(lines: Sequence[FeedLine], now: datetime) -> Iterator[Alert]:
    """Agendas that have moved or were not read for too long, and those whose last answer is doubted."""
    for line in lines:
        target, state = f"feed:{line.key}", line.state
        if line.doubted:
            yield AgendaShrank(level=AlertLevel.ORANGE, subject=line.name, target=target)
        if state is None:
            continue
        if line.moved_to and state.last_failure is not None:
            yield AgendaMoved(level=AlertLevel.ORANGE, subject=line.name, target=target, to=line.moved_to)
            continue
        if line.last_ok is None:
            if state.fails > 0:
                yield AgendaNeverRead(level=AlertLevel.ORANGE, subject=line.name, target=target)
            continue
        if {ONLY_BUSY, ONLY_OTHERS} & set(line.remarks):
            yield AgendaWithoutMeetings(level=AlertLevel.ORANGE, subject=line.name, target=target)
        if rules.is_stale(line.last_ok, now, state.interval_s):
            hours = int((now - line.last_ok).total_seconds() // 3600)
            yield AgendaLost(level=AlertLevel.ORANGE, subject=line.name, target=target, hours=hours)
