"""What time does to clocks by itself: promises are broken, reports fall due, calendars change."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from cockpit.domain.promises import expected as naming
from cockpit.domain.promises import sla_clock
from cockpit.domain.registers.blocker import Blocker
from cockpit.domain.registers.clock import Clock
from cockpit.domain.registers.policy import DELIVERY, RESOLUTION
from cockpit.domain.registers.report import Report
from cockpit.domain.time import cadences
from cockpit.services.desk.calendars import Calendars
from cockpit.services.desk.workspace import PROGRAM, Workspace
from cockpit.services.promises import clocks, expected
from cockpit.services.promises.clocks import RecordChange
from cockpit.services.promises.open import OPEN
from cockpit.services.promises.promises import Promise, promises
from cockpit.store.records import instant
from cockpit.store.transaction import transaction

MISSED_PERIODS = 3
"""How many periods back a report is still looked for."""


def sweep(workspace: Workspace) -> int:
    """Write down what time did since the last call; returns how many changes. Safe to call again or twice at once."""
    with workspace.as_program():
        calendars = Calendars(workspace, freeze=True)
        with transaction(workspace.conn):
            done = _adopt(workspace, calendars)
            done += _recalendar(workspace, calendars)
            done += _open_reports(workspace, calendars)
            return done + _record_breaches(workspace, calendars)


def _adopt(workspace: Workspace, calendars: Calendars) -> int:
    """Deadlines of before there were clocks get one, of what is promised today or else of what was stored."""
    orphans = workspace.select(
        Blocker,
        "blocker",
        "sla_due IS NOT NULL AND closed_at IS NULL AND archived_at IS NULL"
        " AND NOT EXISTS (SELECT 1 FROM clock WHERE clock.blocker = blocker.code)",
    )
    done = 0
    for blocker in orphans:
        case = {field.name: getattr(blocker, field.name) for field in clocks.BLOCKER.fields}
        contract = calendars.contract(blocker.waiting_on, blocker.function or "")
        stored = Promise(
            RESOLUTION,
            f"{(blocker.sla_target_s or 0) // 60}min",
            calendars.name(blocker.waiting_on, contract),
            next(iter(blocker.waiting_on), ""),
        )
        start = blocker.sla_started_at or blocker.since or workspace.clock()
        opened = clocks.opened_with(
            workspace, calendars, promises(workspace, calendars, case).get(RESOLUTION, stored), start,
            by=PROGRAM, blocker=blocker.code, title=blocker.title, function=blocker.function or "",
            conf=blocker.conf,
        )  # fmt: skip
        if opened is not None:
            changes = [opened, *clocks.refresh_blocker(workspace, blocker.code, [opened])]
            workspace.change_all(changes, "clock.open", by=PROGRAM)
            done += 1
    return done


def _recalendar(workspace: Workspace, calendars: Calendars) -> int:
    """A holiday or dated closing that was added moves what is due after it, and nothing before."""
    moved = 0
    for clock in workspace.select(Clock, "clock", f"{OPEN} AND calendar != 0"):
        found = workspace.conn.execute(
            "SELECT name FROM calendar_version WHERE id = ?", (clock.calendar,)
        ).fetchone()
        if found is None or not _is_moved(workspace, calendars, clock, found["name"]):
            continue
        version = str(calendars.keep(found["name"]))
        changes = clocks.moved(
            workspace, [clock], "calendar_changed", calendars=calendars, by=PROGRAM, calendar=version
        )
        changes += clocks.refresh_blocker(workspace, clock.blocker, changes)
        workspace.change_all(changes, "clock.calendar", by=PROGRAM)
        moved += 1
    return moved


def _is_moved(workspace: Workspace, calendars: Calendars, clock: Clock, name: str) -> bool:
    today, then = calendars.named(name), calendars.version(clock.calendar)
    if (today.week, today.tz) == (then.week, then.tz) and clock.due is not None:
        # What is due at a closing is kept until the next opening: a closing added between moves that.
        lo = workspace.clock().astimezone(today.zone).date()
        hi = max(clock.due, clock.until or clock.due).astimezone(today.zone).date()
        days = (date.fromordinal(n) for n in range(lo.toordinal(), hi.toordinal() + 1))
        return any(today.spans(day) != then.spans(day) for day in days)
    return (today.week, today.tz) != (then.week, then.tz)


def _record_breaches(workspace: Workspace, calendars: Calendars) -> int:
    """Once each: the instant it broke, which no later event takes back."""
    broken = workspace.select(
        Clock, "clock", f"{OPEN} AND breached_at IS NULL AND until < ?", (instant(workspace.clock()),)
    )
    changes: list[RecordChange] = [
        (clocks.CLOCK, clock, {"state": sla_clock.BREACHED, "breached_at": clock.due}) for clock in broken
    ]
    if changes:
        workspace.change_all(changes, "clock.breached", by=PROGRAM)
    return len(changes)


def _open_reports(workspace: Workspace, calendars: Calendars) -> int:
    """The reports that were promised for a day are owed in this period and in those just before, each once."""
    changes: list[RecordChange] = []
    for report in workspace.select(Report, "report", "coalesce(target, '') != '' AND archived_at IS NULL"):
        contract = calendars.contracts.get(report.contract)
        if contract is not None and contract.archived_at is not None:
            continue
        name = expected.calendar_name(calendars, report)
        calendar, at = calendars.named(name), workspace.clock()
        promise = Promise(DELIVERY, report.target, name, report.source, "", report.warn)
        opened: list[RecordChange] = []
        # A cockpit that was closed for a while missed no report.
        for _back in range(1 + MISSED_PERIODS):
            first = cadences.first_day(at.astimezone(calendar.zone).date(), report.period)
            opened += _owed(workspace, calendars, report, promise, first)
            at = datetime.combine(first, time(), calendar.zone) - timedelta(hours=12)
        if opened:
            changes += [*opened, *_next_due(workspace, report, opened)]
    if changes:
        workspace.change_all(changes, "clock.open", by=PROGRAM)
    return sum(register is clocks.CLOCK for register, _record, _values in changes)


def _owed(
    workspace: Workspace, calendars: Calendars, report: Report, promise: Promise, first: date
) -> list[RecordChange]:
    """The clock of one period; none when it has one, or when its day had passed when it was promised."""
    calendar, label = calendars.named(promise.calendar), naming.label(report.period, first)
    due = expected.due_at(report, calendar, first)
    since = _promised_at(workspace, report)
    if due is None or (since and due < since):
        return []
    if workspace.select(Clock, "clock", "report = ? AND period = ?", (report.code, label)):
        return []
    start = datetime.combine(first, time(), calendar.zone).astimezone(UTC)
    opened = clocks.opened_with(
        workspace, calendars, promise, start, by=PROGRAM, title=f"{report.name} · {label}", period=label,
        report=report.code, function=report.function or "", conf=report.conf,
    )  # fmt: skip
    return [opened] if opened else []


def _promised_at(workspace: Workspace, report: Report) -> datetime | None:
    """When it was promised for that day: when it was written down, or when the day was added to what it says."""
    row = workspace.conn.execute(
        "SELECT at FROM journal WHERE entity = 'report' AND entity_id = ? AND after LIKE '%\"target\"%'"
        " ORDER BY seq DESC LIMIT 1",
        (report.id,),
    ).fetchone()
    return datetime.fromisoformat(row["at"]) if row else report.created_at


def _next_due(workspace: Workspace, report: Report, opened: Sequence[RecordChange]) -> list[RecordChange]:
    """The day that the register shows is the first that is owed."""
    days = [values["due"] for _register, _record, values in opened] + [
        each.due for each in expected.owed(workspace, report.code)
    ]
    first = min((day for day in days if isinstance(day, datetime)), default=None)
    if first is None:
        return []
    return [(expected.REPORT, report, {"due": first.astimezone(workspace.zone).date()})]
