"""Everything the cockpit screen and the brief show, read at once into one frozen snapshot."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, tzinfo

from cockpit.domain.agenda.events import Event, clashes, free_gaps, midnight
from cockpit.domain.beginning import FirstThing
from cockpit.domain.dataclasses import dataclass
from cockpit.domain.morning.review import ReviewProgress, load
from cockpit.domain.registers.hold import Hold
from cockpit.domain.time.business_time import Calendar
from cockpit.services.agenda import events as agenda_events
from cockpit.services.agenda.feeds import FeedLine, Gap, feed_lines
from cockpit.services.alerts.gather import AlertsNow, gather
from cockpit.services.audits.due import Due, due
from cockpit.services.beginning import next_things
from cockpit.services.desk.calendars import company_calendar
from cockpit.services.desk.workspace import Names, Workspace
from cockpit.services.meetings import rituals
from cockpit.services.meetings.rituals import RitualsOfWeek
from cockpit.services.messages.unsorted import Unsorted, unsorted
from cockpit.services.promises import kept
from cockpit.services.promises.open import OpenPromises, every, slas
from cockpit.services.providers.lines import provider_lines
from cockpit.services.providers.provider_line import ProviderLine
from cockpit.services.reading import connection
from cockpit.services.signals.gauge_lines import GaugeLine, read_gauges
from cockpit.services.work.holds import holds, without
from cockpit.services.work.open_work import OpenWork, open_work
from cockpit.store.state import reviews

KEPT_DAYS = 90
"""How far back the share of kept promises looks."""
DUE_DAYS = 7
"""How far ahead audits and reviews are shown."""


@dataclass(frozen=True)
class TodaysAgenda:
    """What today holds: meetings of feeds, what is free between them, and what is kept for priorities."""

    events: tuple[Event, ...]
    clashing: frozenset[str]
    """Uids of events that overlap another one."""
    gaps: tuple[Gap, ...]
    holds: tuple[Hold, ...]
    """What is kept of today for priorities."""


@dataclass(frozen=True)
class Outside:
    """What is read from elsewhere, and whether it can be heard."""

    providers: tuple[ProviderLine, ...]
    feeds: tuple[FeedLine, ...]
    connection: str
    """What is wrong with our own connection (a value of `domain.state.FAMILIES`), empty when nothing is."""

    @property
    def offline(self) -> bool:
        """Whether our own connection is at fault: what is shown is frozen."""
        return bool(self.connection)


@dataclass(frozen=True, kw_only=True)
class Board:
    """What is known at `at`, one part a wing."""

    at: datetime
    day: date
    company: str
    names: Names
    work: OpenWork
    promises: OpenPromises
    meetings: RitualsOfWeek
    due: tuple[Due, ...]
    """Audits, reviews and ends of handovers of the coming days."""
    today: TodaysAgenda
    outside: Outside
    alerts: AlertsNow
    inbox: Unsorted
    gauges: tuple[GaugeLine, ...]
    """Alignment, resilience, steering, as they were measured last."""
    next_things: tuple[FirstThing, ...]
    """What a new cockpit lacks most, at most five."""
    review: ReviewProgress | None
    """Where the morning review of today was left."""


def board(workspace: Workspace) -> Board:
    """The snapshot of now. Reads only what is visible, whatever is stored."""
    now, today = workspace.now(), workspace.today()
    calendar = company_calendar(workspace)
    monday = workspace.monday()
    meant = rituals.titles(workspace)
    named = agenda_events.followed(workspace, monday, monday + timedelta(days=7), titled=meant)
    running = every(workspace)
    outside = Outside(
        provider_lines(workspace, now, running),
        feed_lines(workspace),
        connection.fault(workspace.conn, workspace.settings, now),
    )
    meetings = rituals.week(workspace, monday, named, calendar)
    alerts = gather(
        workspace, slas=running, providers=outside.providers, feeds=outside.feeds,
        meetings=rituals.around(workspace, meetings, calendar), connection=outside.connection,
    )  # fmt: skip
    return Board(
        at=now,
        day=today,
        company=workspace.settings.company.name,
        names=workspace.names(),
        work=open_work(workspace),
        promises=OpenPromises(slas(workspace), len(running), kept.over(workspace, KEPT_DAYS)),
        meetings=RitualsOfWeek(meetings, rituals.attendance(workspace)),
        due=due(workspace, today, today + timedelta(days=DUE_DAYS)),
        today=todays_agenda(workspace, today, calendar),
        outside=outside,
        alerts=alerts,
        inbox=unsorted(workspace),
        gauges=read_gauges(workspace),
        next_things=next_things.todo(workspace),
        review=review_begun(workspace),
    )


def todays_agenda(workspace: Workspace, today: date, calendar: Calendar) -> TodaysAgenda:
    """The events of today in the person's zone, and what is free of the working hours."""
    events = agenda_events.followed(workspace, today, today + timedelta(days=1))
    events = agenda_events.with_owners(events, workspace.settings)
    own = agenda_events.mine(events, workspace.settings)
    held = holds(workspace, today, today + timedelta(days=1))
    gaps = free_gaps(own, _hours(calendar, today, workspace.zone), workspace.zone)
    clashing = frozenset(each.uid for pair in clashes(own) for each in pair)
    return TodaysAgenda(events, clashing, without(gaps, held), held)


def _hours(calendar: Calendar, day: date, zone: tzinfo) -> Iterator[tuple[datetime, datetime]]:
    """The working hours that fall on `day` in the person's zone, which may be another than the company's."""
    begins, ends = midnight(day, zone), midnight(day + timedelta(days=1), zone)
    for each in (day - timedelta(days=1), day, day + timedelta(days=1)):
        for opens, closes in calendar.open_on(each):
            if opens < ends and closes > begins:
                yield max(opens, begins.astimezone(UTC)), min(closes, ends.astimezone(UTC))


def review_begun(workspace: Workspace) -> ReviewProgress | None:
    """The morning review that the person at the keyboard began today and did not end."""
    found = load(reviews.state(workspace.conn, workspace.actor))
    return found if found is not None and found.day == workspace.today() else None
