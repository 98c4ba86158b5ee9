"""What rituals ask for: those that were missed, and agendas to share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from cockpit.domain.alerts.alerts import Alert, Level
from cockpit.locale import N_
from cockpit.services.meetings.rituals import Meeting
from cockpit.store.records import instant

SHARED_AHEAD = {"kickoff": timedelta(hours=24), "flash": timedelta(hours=2)}
"""How long before a meeting its agenda should be with those who come."""


@dataclass(frozen=True, kw_only=True)
class _OfMeeting(Alert):
    planned: datetime

    @property
    def about(self) -> str:
        """This meeting, not the next one."""
        return instant(self.planned)


@dataclass(frozen=True, kw_only=True)
class Missed(_OfMeeting):
    """A ritual that was not held."""

    KIND: ClassVar[str] = "missed"
    TEXT: ClassVar[str] = N_("Ritual missed: {subject}")
    NEXT: ClassVar[str] = N_("{me}: hold it this week, or say that it was held (space)")


@dataclass(frozen=True, kw_only=True)
class AgendaToShare(_OfMeeting):
    """A running order that should be with those who come."""

    KIND: ClassVar[str] = "not_shared"
    TEXT: ClassVar[str] = N_("Share the agenda: {subject}")
    NEXT: ClassVar[str] = N_("{me}: send it to those who come")


def of_meetings(meetings: Iterable[Meeting], now: datetime) -> Iterator[Alert]:
    """Rituals that were missed, and agendas that should have been shared by now."""
    for meeting in meetings:
        name, code = meeting.ritual.name, meeting.ritual.code
        if not meeting.has_agenda:
            continue
        if meeting.status == "missed":
            yield Missed(level=Level.ORANGE, subject=name, target=code, planned=meeting.planned)
        ahead = SHARED_AHEAD.get(meeting.ritual.kind)
        if ahead is None or meeting.shared or meeting.status not in ("next", "planned"):
            continue
        if timedelta() < meeting.planned - now <= ahead:
            yield AgendaToShare(level=Level.ORANGE, subject=name, target=code, planned=meeting.planned)
