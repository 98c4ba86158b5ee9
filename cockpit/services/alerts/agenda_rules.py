"""Agendas that are not read as they should be: moved, lost, shrunk, without a meeting."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import ClassVar

from cockpit.domain.agenda.events import ONLY_BUSY, ONLY_OTHERS
from cockpit.domain.alerts import alerts as rules
from cockpit.domain.alerts.alerts import Alert, AlertLevel
from cockpit.domain.dataclasses import dataclass
from cockpit.locale import N_
from cockpit.services.agenda.feeds import FeedLine


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
