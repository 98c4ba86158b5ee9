"""The week's rituals: planned by their rules, matched with the agenda, held or not."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta

from cockpit.domain.agenda.events import Event
from cockpit.domain.dataclasses import dataclass
from cockpit.domain.meetings.ritual_plan import occurrences, parse_rule
from cockpit.domain.records.record import Value
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.occurrence import Occurrence
from cockpit.domain.registers.ritual import Ritual
from cockpit.domain.text import fold
from cockpit.domain.time.business_time import Calendar
from cockpit.locale import _
from cockpit.services.desk.calendars import company_calendar
from cockpit.services.desk.refusal import NotPossible
from cockpit.services.desk.workspace import Workspace
from cockpit.store import records
from cockpit.store.records import instant

DAYS = 90
"""How far back attendance is counted."""
PEOPLE = 3
"""Fewer people are never counted."""
NEAR = timedelta(minutes=90)
"""How far from its planned hour an agenda event may be and still be the ritual."""


@dataclass(frozen=True)
class PlannedMeeting:
    """One meeting of a ritual in the week."""

    ritual: Ritual
    planned: datetime
    """In the company's zone."""
    status: str
    """planned, next, now, held, missed, unclosed (led, and nobody ended it), unknown (over, and nobody said)."""
    event: Event | None
    occurrence: Occurrence | None

    @property
    def starts(self) -> datetime:
        """When it begins: as the agenda has it, else as it is planned."""
        return self.event.start if self.event is not None else self.planned

    @property
    def has_agenda(self) -> bool:
        """Whether it has one at all: an informal moment has neither agenda nor minutes."""
        return self.ritual.kind != "informal"

    @property
    def shared(self) -> bool:
        """Whether its agenda is with those who come."""
        return self.occurrence is not None and self.occurrence.agenda_shared_at is not None

    @property
    def key(self) -> str:
        """The identity of this meeting: its ritual, and when it was planned."""
        return f"{self.ritual.code}@{instant(self.planned)}"


def week(
    workspace: Workspace, monday: date, events: Sequence[Event], calendar: Calendar
) -> tuple[PlannedMeeting, ...]:
    """The meetings of the week that begins on `monday`, in their order."""
    now = workspace.now()
    rituals = workspace.select(Ritual, "ritual", "archived_at IS NULL ORDER BY number")
    said = _said(workspace, monday)
    # A ritual is planned in the company's hours, wherever the reader is.
    company = calendar.zone
    planned = sorted(
        (
            (at.replace(tzinfo=company).astimezone(workspace.zone), ritual)
            for ritual in rituals
            for at in _plan(ritual, monday, calendar)
        ),
        key=lambda pair: (pair[0], pair[1].code),
    )
    # One that was led at another hour than planned was led all the same.
    by_code, known = (
        {ritual.code: ritual for ritual in rituals},
        {(ritual.code, instant(at)) for at, ritual in planned},
    )
    led = [
        (each.planned_at.astimezone(workspace.zone), by_code[each.ritual])
        for key, each in said.items()
        if key not in known and each.ritual in by_code and each.planned_at is not None
        and monday <= each.planned_at.astimezone(workspace.zone).date() < monday + timedelta(days=7)
        and (each.started_at is not None or each.status == "held")
    ]  # fmt: skip
    planned = sorted((*planned, *led), key=lambda pair: (pair[0], pair[1].code))
    meetings = []
    next_seen = False
    for at, ritual in planned:
        occurrence = said.get((ritual.code, instant(at)))
        event = matching(ritual, at, events)
        status = _status(at, ritual, occurrence, event, now)
        if status == "planned" and not next_seen:
            status, next_seen = "next", True
        meetings.append(PlannedMeeting(ritual, at, status, event, occurrence))
    return tuple(meetings)


@dataclass(frozen=True)
class Weeks:
    """The meetings of last week, of this one and of the next."""

    last: tuple[PlannedMeeting, ...]
    this: tuple[PlannedMeeting, ...]
    next: tuple[PlannedMeeting, ...]


def around(workspace: Workspace, this: tuple[PlannedMeeting, ...], calendar: Calendar) -> Weeks:
    """This week's meetings between those of the weeks beside it, as their rituals plan them."""
    monday = workspace.monday()
    if not this and not records.count(workspace.conn, "ritual", "archived_at IS NULL"):
        return Weeks((), (), ())
    before, after = (week(workspace, monday + timedelta(days=away), (), calendar) for away in (-7, 7))
    return Weeks(before, this, after)


def titles(workspace: Workspace) -> Callable[[str], bool]:
    """Which titles of events can be that of a ritual's meeting."""
    rituals = workspace.select(Ritual, "ritual", "archived_at IS NULL")
    wanted = [fold(ritual.matches or ritual.name).split() for ritual in rituals]

    def suits(title: str) -> bool:
        folded = fold(title)
        return any(all(word in folded for word in words) for words in wanted)

    return suits


@dataclass(frozen=True)
class Attended:
    """Who came to the rituals of a while, in numbers that name nobody."""

    present: int
    expected: int

    @property
    def percent(self) -> int:
        """The share of those expected who came."""
        return 100 * self.present // self.expected


@dataclass(frozen=True)
class RitualsOfWeek:
    """The meetings of this week in their order, and who came to rituals lately, as one number."""

    planned: tuple[PlannedMeeting, ...]
    attended: Attended | None


def attendance(workspace: Workspace) -> Attended | None:
    """How many of those expected came, over the last DAYS; informal moments are never counted.

    None below three different people: a number about two says who.
    """
    row = workspace.conn.execute(
        "SELECT count(*) AS expected, coalesce(sum(a.present), 0) AS present,"
        " count(DISTINCT a.person) AS people"
        " FROM attendance AS a JOIN occurrence AS o ON o.code = a.occurrence"
        " JOIN ritual AS r ON r.code = o.ritual"
        " WHERE a.expected AND a.archived_at IS NULL AND o.archived_at IS NULL AND r.kind != 'informal'"
        " AND o.status = 'held' AND o.planned_at >= ?"
        # A meeting where nobody is present is one where attendance was not taken.
        " AND EXISTS (SELECT 1 FROM attendance AS other WHERE other.occurrence = o.code AND other.present)",
        (instant(workspace.clock() - timedelta(days=DAYS)),),
    ).fetchone()
    return Attended(row["present"], row["expected"]) if row["people"] >= PEOPLE else None


def toggle_shared(workspace: Workspace, meeting: PlannedMeeting) -> bool:
    """Say that the agenda of a meeting was shared; said again, that it was not. Whether it is now.

    Raises NotPossible for an informal moment, which has none.
    """
    if not meeting.has_agenda:
        raise NotPossible(meeting.ritual.code, _("an informal moment has no agenda"))
    register = REGISTERS["occurrence"]
    values: dict[str, Value] = {"agenda_shared_at": None if meeting.shared else workspace.clock()}
    if meeting.occurrence is not None:
        workspace.change(register, meeting.occurrence, values, "ritual.shared")
    else:
        values |= {"ritual": meeting.ritual.code, "planned_at": meeting.planned}
        workspace.add(register, values, "ritual.shared")
    return not meeting.shared


def of_key(workspace: Workspace, key: str) -> PlannedMeeting | None:
    """The meeting of a `Meeting.key`; None when there is no such one any more."""
    try:
        at = datetime.fromisoformat(key.rpartition("@")[2]).astimezone(workspace.zone)
    except ValueError:
        return None
    monday = at.date() - timedelta(days=at.weekday())
    found = week(workspace, monday, (), company_calendar(workspace))
    return next((each for each in found if each.key == key), None)


def toggle_held(workspace: Workspace, meeting: PlannedMeeting) -> str:
    """Say that a meeting was held; said again, that it was missed. Returns the new status."""
    return say_held(workspace, meeting, held=meeting.status != "held")


def say_held(
    workspace: Workspace, meeting: PlannedMeeting, *, held: bool, reason: str = "", by: str = ""
) -> str:
    """Say that a meeting was held, or was missed. Returns the new status."""
    status = "held" if held else "missed"
    values: dict[str, Value] = {"status": status}
    if meeting.occurrence is None:
        values |= {"ritual": meeting.ritual.code, "planned_at": meeting.planned}
    workspace.change_all([(REGISTERS["occurrence"], meeting.occurrence, values)], "ritual.held", reason, by)
    return status


def unspoken(workspace: Workspace, kind: str, weeks: int) -> tuple[PlannedMeeting, ...]:
    """The meetings of rituals of a kind that nobody said anything of: this week's, and of so many weeks before."""
    if not records.count(workspace.conn, "ritual", "archived_at IS NULL AND kind = ?", (kind,)):
        return ()
    monday, calendar = workspace.monday(), company_calendar(workspace)
    found = (
        meeting
        for away in range(-weeks, 1)
        for meeting in week(workspace, monday + timedelta(weeks=away), (), calendar)
    )
    return tuple(
        each for each in found
        if each.ritual.kind == kind and (each.occurrence is None or each.occurrence.status == "planned")
    )  # fmt: skip


def _said(workspace: Workspace, monday: date) -> Mapping[tuple[str, str], Occurrence]:
    start = datetime(monday.year, monday.month, monday.day, tzinfo=workspace.zone) - timedelta(days=1)
    rows = workspace.select(
        Occurrence,
        "occurrence",
        "planned_at >= ? AND planned_at < ? AND archived_at IS NULL",
        (instant(start), instant(start + timedelta(days=10))),
    )
    return {(row.ritual, instant(row.planned_at)): row for row in rows if row.planned_at is not None}


def _plan(ritual: Ritual, monday: date, calendar: Calendar) -> list[datetime]:
    try:
        rule = parse_rule(ritual.rule)
    except ValueError:
        return []
    return [
        at
        for at in occurrences(rule, monday, monday + timedelta(days=7), calendar)
        if ritual.starts_on is None or at.date() >= ritual.starts_on
    ]


def matching(ritual: Ritual, at: datetime, events: Sequence[Event]) -> Event | None:
    """The event of the agenda that is this meeting: its words in the title, near its hour."""
    words = fold(ritual.matches or ritual.name).split()
    near = [
        event
        for event in events
        if not event.all_day
        and abs(event.start - at) <= NEAR
        and all(word in fold(event.title) for word in words)
    ]
    return min(near, key=lambda event: abs(event.start - at), default=None)


def _status(
    at: datetime, ritual: Ritual, occurrence: Occurrence | None, event: Event | None, now: datetime
) -> str:
    if occurrence is not None and occurrence.status != "planned":
        return occurrence.status
    start = event.start if event is not None else at
    if occurrence is not None and occurrence.started_at is not None and occurrence.ended_at is None:
        return "now" if now < occurrence.started_at + timedelta(minutes=ritual.minutes) else "unclosed"
    if start <= now < start + timedelta(minutes=ritual.minutes):
        return "now"
    if now < start:
        return "missed" if event is not None and event.cancelled else "planned"
    # That its hour is over in a calendar says nothing of whether it was held.
    return "missed" if event is not None and event.cancelled else "unknown"
