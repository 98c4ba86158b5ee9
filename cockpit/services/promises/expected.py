"""Expected reports: one comes, one is asked for, and the clocks of those that were promised for a working day.

The register says what is expected. Where it was promised for a day (`target`), each period has a clock, which
ends when the report is noted as come, through whichever door.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time

from cockpit.domain.promises import expected
from cockpit.domain.promises.sla_target import parse_target
from cockpit.domain.records.record import Value
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.clock import Clock
from cockpit.domain.registers.report import Report
from cockpit.domain.time import cadences
from cockpit.domain.time.business_time import Calendar, NoBusinessTime
from cockpit.locale import _
from cockpit.services.desk.calendars import Calendars
from cockpit.services.desk.refusal import NotPossible, UnknownCode
from cockpit.services.desk.workspace import Workspace
from cockpit.services.promises import clocks
from cockpit.services.promises.clocks import RecordChange
from cockpit.store import records
from cockpit.store.journal import JournalEntry
from cockpit.store.transaction import transaction

REPORT = REGISTERS["report"]
_OPEN = "report = ? AND ended_at IS NULL AND archived_at IS NULL ORDER BY due, number"


def named(workspace: Workspace, code: str) -> Report:
    """The report of that code. Raises UnknownCode, NotPossible for one that is archived."""
    found = records.get(workspace.conn, REPORT, code)
    if not isinstance(found, Report):
        raise UnknownCode(code)
    if found.archived_at is not None:
        raise NotPossible(found.code, _("it is archived: nothing is expected of it any more"))
    return found


def owed(workspace: Workspace, code: str) -> tuple[Clock, ...]:
    """The clocks of a report that have not ended, the one that is due first before the others."""
    return workspace.select(Clock, "clock", _OPEN, (code,))


def came(workspace: Workspace, code: str, completeness: int | None = None) -> list[JournalEntry]:
    """The report came today, whole unless a percentage says otherwise; the next one is owed from now on.

    Raises UnknownCode, and NotPossible for one that came already today.
    """
    with transaction(workspace.conn):
        report = named(workspace, code)
        if report.received_on == workspace.today():
            raise NotPossible(report.code, _("it came today already"))
        values: dict[str, Value] = {"received_on": workspace.today(), "completeness": completeness}
        return workspace.change_all(with_changed(workspace, report, values), "report.came")


def of_clock(workspace: Workspace, clock: Clock) -> list[RecordChange]:
    """What the register says once the report of that clock came: nothing, for one that no register expects."""
    report = records.get(workspace.conn, REPORT, clock.report) if clock.report else None
    if not isinstance(report, Report):
        return []
    others = [each for each in owed(workspace, report.code) if each.id != clock.id]
    values: dict[str, Value] = {"received_on": workspace.today(), "completeness": None}
    return [(REPORT, report, {**values, "due": _following(workspace, report, others, clock.due)})]


def with_changed(workspace: Workspace, report: Report, values: Mapping[str, Value]) -> list[RecordChange]:
    """A change to a report. Where it says that one came, its clock ends and the next one is owed."""
    received = values.get("received_on")
    if values.get("archived_at") is not None:
        gone = clocks.moved(workspace, owed(workspace, report.code), "cancelled")
        return [(REPORT, report, values), *gone]
    if not isinstance(received, date) or received == report.received_on:
        return [(REPORT, report, values)]
    due = report.due
    if due is None or "due" in values or not expected.covers(received, due, report.period):
        return [(REPORT, report, values)]
    answered = _answered(workspace, report, received)
    if answered is None:
        due = expected.next_due(due, report.period)
        while due <= received:
            due = expected.next_due(due, report.period)
        return [(REPORT, report, {**values, "due": due})]
    later = [
        each for each in owed(workspace, report.code) if each.due and answered.due and each.due > answered.due
    ]
    ended = clocks.moved(workspace, [answered], "fulfilled", _moment(workspace, received, (answered,)))
    following = _following(workspace, report, later, answered.due)
    return [(REPORT, report, {**values, "due": following}), *ended]


def _answered(workspace: Workspace, report: Report, received: date) -> Clock | None:
    """The clock that a report ends which came on that day: the one whose day is nearest. Those before it stay
    owed: what never came is late until somebody says that it came too."""
    zone = workspace.zone
    return min(
        (each for each in owed(workspace, report.code) if each.due is not None),
        key=lambda each: abs((received - each.due.astimezone(zone).date()).days) if each.due else 0,
        default=None,
    )


def _moment(workspace: Workspace, received: date, owed: tuple[Clock, ...]) -> datetime | None:
    """When a report came that is noted for an earlier day: at the end of it, or when its clock began."""
    if not owed or received >= workspace.today():
        return None
    end = datetime.combine(received, time(23, 59), workspace.zone)
    return max(end, owed[0].started_at or end)


def _following(
    workspace: Workspace, report: Report, others: list[Clock] | tuple[Clock, ...], last: datetime | None
) -> date | None:
    """The day on which the next one is due: of its open clock, else of the next period."""
    if others and others[0].due is not None:
        return others[0].due.astimezone(workspace.zone).date()
    if parse_target(report.target) is None or last is None:
        return expected.next_due(report.due, report.period) if report.due else None
    calendars = Calendars(workspace)
    calendar = calendars.named(calendar_name(calendars, report))
    first = cadences.first_day(last.astimezone(calendar.zone).date(), report.period)
    at = due_at(report, calendar, cadences.shifted(first, report.period, 1))
    return (
        at.astimezone(workspace.zone).date() if at else expected.next_due(report.due or first, report.period)
    )


def calendar_name(calendars: Calendars, report: Report) -> str:
    """The calendar in which a report's day counts: its own hours, its contract's, the company's."""
    return calendars.name((), calendars.contracts.get(report.contract), report.hours)


def due_at(report: Report, calendar: Calendar, first: date) -> datetime | None:
    """When the report of the period that begins on that day is due; None where it was promised for no day."""
    target = parse_target(report.target)
    if target is None:
        return None
    try:
        return target.due(calendar, datetime.combine(first, time(), calendar.zone), [])
    except NoBusinessTime:
        return None


def asked(workspace: Workspace, report: Report) -> list[RecordChange]:
    """One more reminder, counted from the last time that the report came."""
    rows = workspace.conn.execute(
        "SELECT after FROM journal WHERE entity = 'report' AND entity_id = ? AND before IS NOT NULL"
        " AND (after LIKE '%\"received_on\"%' OR after LIKE '%\"reminders\"%') ORDER BY seq DESC LIMIT 1",
        (report.id,),
    ).fetchone()
    is_first = rows is not None and '"reminders"' not in rows["after"]
    return [(REPORT, report, {"reminders": 1 if is_first else report.reminders + 1})]
