"""What comes in or leaves and needs somebody: partners, the ways in, messages, the network, the clock."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import ClassVar

from cockpit.domain.alerts.alerts import Alert, AlertLevel, Counted, InReview
from cockpit.domain.dataclasses import dataclass
from cockpit.domain.registers.statement import LEFT, Statement
from cockpit.locale import N_
from cockpit.services.desk.workspace import Workspace
from cockpit.services.messages import ways_in
from cockpit.services.reading.connection import words
from cockpit.store.outside import outbox
from cockpit.store.state import memos
from cockpit.store.state.memos import CLOCK_OFFSET

CLOCK_OFF_MIN = 2
UNREAD = timedelta(days=1)
"""How long a way in may stay unread before somebody is told."""


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
