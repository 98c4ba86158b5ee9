"""Seven days: their events, rituals, who is there, what is closed or under maintenance."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

from cockpit.domain.agenda.events import FREE, Event, by_day, clashes, midnight
from cockpit.domain.dataclasses import dataclass
from cockpit.domain.registers.hold import Hold
from cockpit.services.agenda import events as agenda_events
from cockpit.services.agenda import rows
from cockpit.services.agenda.presence import DAYS, away, part_time, present
from cockpit.services.audits.due import Due, due
from cockpit.services.boards import due_work
from cockpit.services.desk.calendars import company_calendar
from cockpit.services.desk.workspace import Workspace
from cockpit.services.meetings import rituals
from cockpit.services.meetings.rituals import PlannedMeeting
from cockpit.services.work.holds import holds
from cockpit.store.holidays import names as holiday_names
from cockpit.store.outside import agenda as store
from cockpit.store.outside import provider_history
from cockpit.store.outside.provider_history import PlannedWork


@dataclass(frozen=True, kw_only=True)
class WeekDay:
    """One day of the week."""

    day: date
    events: tuple[Event, ...]
    """Timed and all-day, in the order of the day."""
    meetings: tuple[PlannedMeeting, ...]
    """Ritual meetings that no event stands for."""
    present: tuple[tuple[str, str], ...]
    """Name and hours of the people who are there only on some days."""
    holiday: str
    due: tuple[Due, ...]
    """What is to be done or decided by that day: work, audits, reviews, handovers, notices."""
    works: tuple[PlannedWork, ...]
    """Maintenances of providers that touch that day."""
    hours: int = 24
    """How long it lasts: 23 or 25 where the time changes."""


@dataclass(frozen=True, kw_only=True)
class Week:
    """Seven days from a Monday on, with all that a week shows of them."""

    at: datetime
    monday: date
    days: tuple[WeekDay, ...]
    clashing: frozenset[tuple[str, datetime]]
    """Uid and start of the events that overlap another one of mine."""
    rituals: Mapping[str, str]
    """Uid of an event to the ritual that it stands for."""
    holds: tuple[Hold, ...]
    """What is kept for priorities."""
    stored: bool
    """Whether every feed was read for these days."""


def week(workspace: Workspace, monday: date) -> Week:
    """The week that begins on `monday`, as stored."""
    after = monday + timedelta(days=DAYS)
    found = agenda_events.followed(workspace, monday, after)
    found = agenda_events.with_owners(found, workspace.settings)
    meetings = rituals.week(workspace, monday, found, company_calendar(workspace))
    people = part_time(workspace)
    company = workspace.settings.company
    closed = holiday_names(workspace.conn, company.holidays, monday, after)
    works = provider_history.maintenances(workspace.conn)
    falling = (*due_work.days(workspace, monday, after), *due(workspace, monday, after))
    days = [
        WeekDay(
            day=day,
            events=events,
            meetings=tuple(m for m in meetings if m.event is None and m.planned.date() == day),
            present=present(people, day, away(events, day)),
            due=tuple(each for each in falling if each.day == day),
            holiday=closed.get(day, ""),
            works=tuple(work for work in works if _touches(work, day, workspace)),
            hours=_hours(workspace, day),
        )
        for day, events in by_day(found, monday, after).items()
    ]
    return Week(
        at=workspace.now(),
        monday=monday,
        days=tuple(days),
        clashing=frozenset(
            (each.uid, each.start)
            for pair in clashes(agenda_events.mine(found, workspace.settings))
            for each in pair
        ),
        rituals={m.event.uid: m.ritual.name for m in meetings if m.event is not None},
        holds=holds(workspace, monday, after),
        stored=is_stored(workspace.conn, monday, after),
    )


def is_background(found: Week, event: Event) -> bool:
    """Whether an event only says that somebody else is there: free time of another person's agenda."""
    return event.occurrence.busy == FREE and not event.all_day and bool(event.owner)


def signs(found: Week, event: Event) -> tuple[tuple[str, str], ...]:
    """What is particular about an event, each as a sign and a word: no colour says it alone."""
    clash = (event.uid, event.start) in found.clashing
    return rows.signs(event, clash=clash, ritual=event.uid in found.rituals)


def is_stored(conn: sqlite3.Connection, lo: date, hi: date) -> bool:
    """Whether the days from `lo` up to `hi` (excluded) are stored for every feed that was ever read."""
    return all(_covers(store.windows(conn, feed), lo, hi) for feed in store.feeds(conn))


def _touches(work: PlannedWork, day: date, workspace: Workspace) -> bool:
    if work.starts is None:
        return False
    first = work.starts.astimezone(workspace.zone).date()
    # What ends at midnight does not touch the day that opens then.
    ends = max(work.starts, (work.ends or work.starts) - timedelta(seconds=1))
    return first <= day <= ends.astimezone(workspace.zone).date()


def _hours(workspace: Workspace, day: date) -> int:
    zone = workspace.zone
    length = midnight(day + timedelta(days=1), zone).astimezone(UTC) - midnight(day, zone).astimezone(UTC)
    return round(length / timedelta(hours=1))


def _covers(ranges: list[tuple[str, str]], lo: date, hi: date) -> bool:
    cursor = lo
    for first, last in ranges:
        if date.fromisoformat(first) <= cursor:
            cursor = max(cursor, date.fromisoformat(last))
    return cursor >= hi
