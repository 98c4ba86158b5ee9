"""What rituals ask for: those that were missed, and agendas to share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import ClassVar

from cockpit.domain.alerts.alerts import Alert, AlertLevel
from cockpit.domain.dataclasses import dataclass
from cockpit.domain.time.business_time import Calendar, NoBusinessTime
from cockpit.locale import N_, _
from cockpit.services.desk import dates
from cockpit.services.meetings.rituals import PlannedMeeting

SHARED_AHEAD = {"kickoff": timedelta(hours=24), "flash": timedelta(hours=2)}
"""How long before a meeting its agenda should be with those who come."""
MEETING = "meeting:"
"""What a target is that opens on a meeting, before its key."""


@dataclass(frozen=True, kw_only=True)
class _OfMeeting(Alert):
    planned: datetime

    @property
    def key(self) -> str:
        """Its target says which meeting of which ritual."""
        return f"{self.case}:{self.target.removeprefix(MEETING)}"


@dataclass(frozen=True, kw_only=True)
class Missed(_OfMeeting):
    """A ritual that was not held."""

    KIND: ClassVar[str] = "missed"
    TEXT: ClassVar[str] = N_("Ritual missed: {subject}")
    NEXT: ClassVar[str] = N_("{me}: hold it this week, or say that it was held (⏎)")


@dataclass(frozen=True, kw_only=True)
class AgendaToShare(_OfMeeting):
    """A running order that should be with those who come."""

    KIND: ClassVar[str] = "not_shared"
    TEXT: ClassVar[str] = N_("Share the agenda: {subject}")
    NEXT: ClassVar[str] = N_("{me}: open it (⏎), o sends it to those who come")


@dataclass(frozen=True, kw_only=True)
class Unsaid(_OfMeeting):
    """A ritual that is over and of which nobody said whether it was held."""

    KIND: ClassVar[str] = "unsaid"
    TEXT: ClassVar[str] = N_("Was it held, {day}? {subject}")
    NEXT: ClassVar[str] = N_("{me}: say whether it was held (⏎)")
    MANY: ClassVar[str] = N_("{n} rituals: was each held?")

    def text(self, names: Mapping[str, str] | None = None) -> str:
        """With its day as a person says it."""
        day = dates.day_and_month(self.planned.date())
        return _(self.TEXT).format(subject=self.subject, day=day)


@dataclass(frozen=True, kw_only=True)
class Unclosed(_OfMeeting):
    """A meeting that somebody began to lead, and that nobody ended."""

    KIND: ClassVar[str] = "unclosed"
    TEXT: ClassVar[str] = N_("Started at {hour}, not closed: {subject}")
    NEXT: ClassVar[str] = N_("{me}: take it up again (⏎), c closes it and makes the minutes")

    hour: str


def of_meetings(meetings: Iterable[PlannedMeeting], now: datetime, calendar: Calendar) -> Iterator[Alert]:
    """Rituals that were missed, and agendas that should have been shared by now.

    `meetings` are those of this week and the next: an agenda for Monday is shared on the working day before.
    """
    meetings = tuple(meetings)
    for meeting in meetings:
        name, code = meeting.ritual.name, f"{MEETING}{meeting.key}"
        if not meeting.has_agenda:
            continue
        if meeting.status == "unclosed" and meeting.occurrence and meeting.occurrence.started_at:
            began = meeting.occurrence.started_at.astimezone(now.tzinfo)
            yield Unclosed(
                level=AlertLevel.ORANGE,
                subject=name,
                target=code,
                planned=meeting.planned,
                conf=meeting.ritual.conf,
                hour=f"{began:%H:%M}",
            )
        if meeting.status == "missed" and not _made_up_for(meeting, meetings):
            yield Missed(
                level=AlertLevel.ORANGE,
                subject=name,
                target=code,
                planned=meeting.planned,
                conf=meeting.ritual.conf,
            )
        if meeting.shared or meeting.status not in ("next", "planned"):
            continue
        if meeting.starts > now >= _share_from(meeting, calendar):
            yield AgendaToShare(
                level=AlertLevel.ORANGE,
                subject=name,
                target=code,
                planned=meeting.planned,
                conf=meeting.ritual.conf,
            )


def _made_up_for(missed: PlannedMeeting, meetings: Iterable[PlannedMeeting]) -> bool:
    """Whether the same ritual was held since."""
    return any(
        each.ritual.code == missed.ritual.code and each.status == "held" and each.planned > missed.planned
        for each in meetings
    )


def of_unsaid(meetings: Iterable[PlannedMeeting], now: datetime) -> Iterator[Alert]:
    """Rituals that are over since a day and of which nobody said anything: of each, the latest.

    Of what a ritual would have been before somebody wrote it down, nobody is asked.
    """
    unsaid: dict[str, PlannedMeeting] = {}
    for meeting in meetings:
        if meeting.ritual.created_at is not None and meeting.starts < meeting.ritual.created_at:
            continue
        if meeting.has_agenda and meeting.status == "unknown" and now - meeting.starts >= timedelta(days=1):
            unsaid[meeting.ritual.code] = meeting
    for meeting in unsaid.values():
        yield Unsaid(
            level=AlertLevel.ORANGE, subject=meeting.ritual.name, target=f"{MEETING}{meeting.key}",
            conf=meeting.ritual.conf, planned=meeting.planned,
        )  # fmt: skip


def _share_from(meeting: PlannedMeeting, calendar: Calendar) -> datetime:
    """From when its agenda should be with those who come; never, for kinds that need none."""
    ahead = SHARED_AHEAD.get(meeting.ritual.kind)
    if ahead is None:
        return meeting.starts
    day = meeting.starts.date()
    if ahead < timedelta(days=1) or calendar.is_business_day(day - timedelta(days=1)):
        return meeting.starts - ahead
    # Nobody shares anything on a Sunday: the working day before counts, from the same hour on.
    try:
        return datetime.combine(calendar.add_business_days(day, -1), meeting.starts.timetz())
    except NoBusinessTime:
        return meeting.starts - ahead
