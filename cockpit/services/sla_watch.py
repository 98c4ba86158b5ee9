"""What happens to clocks while nobody does anything: promises break, reports fall due, calendars change."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from cockpit.domain import sla_clock
from cockpit.domain.business_time import Calendar
from cockpit.domain.registers.blocker import Blocker
from cockpit.domain.registers.clock import Clock
from cockpit.domain.registers.policy import DELIVERY, PERIODS, Policy
from cockpit.domain.sla_target import parse_target
from cockpit.services import clocks
from cockpit.services.board import OPEN
from cockpit.services.calendars import Calendars
from cockpit.services.clocks import Change
from cockpit.services.promises import Promise
from cockpit.services.workspace import PROGRAM, Workspace
from cockpit.store.connection import transaction
from cockpit.store.records import instant


def sweep(workspace: Workspace) -> int:
    """Note what the passing of time did. Twice at once or twice in a row, it is noted once; how much was."""
    calendars = Calendars(workspace, freeze=True)
    with transaction(workspace.conn):
        done = _adopt(workspace)
        done += _recalendar(workspace, calendars)
        done += _open_deliveries(workspace, calendars)
        return done + _record_breaches(workspace, calendars)


def _adopt(workspace: Workspace) -> int:
    """Deadlines of before there were clocks get one."""
    orphans = workspace.select(
        Blocker,
        "blocker",
        "sla_due IS NOT NULL AND closed_at IS NULL AND archived_at IS NULL"
        " AND NOT EXISTS (SELECT 1 FROM clock WHERE clock.blocker = blocker.code)",
    )
    for blocker in orphans:
        case = {field.name: getattr(blocker, field.name) for field in clocks.BLOCKER.fields}
        case["since"] = blocker.sla_started_at
        _blocker, *opened = clocks.with_new(workspace, blocker.code, case)
        if opened:
            workspace.change_all(opened, "clock.open", by=PROGRAM)
    return len(orphans)


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
        changes = clocks.moved(workspace, [clock], "calendar_changed", calendars=calendars, calendar=version)
        changes += clocks.refresh_blocker(workspace, clock.blocker, changes)
        workspace.change_all(changes, "clock.calendar", by=PROGRAM)
        moved += 1
    return moved


def _is_moved(workspace: Workspace, calendars: Calendars, clock: Clock, name: str) -> bool:
    today, then = calendars.named(name), calendars.version(clock.calendar)
    if (today.week, today.tz) == (then.week, then.tz) and clock.due is not None:
        lo, hi = workspace.today(), clock.due.date() + timedelta(days=1)
        days = (date.fromordinal(n) for n in range(lo.toordinal(), hi.toordinal() + 1))
        return any(today.spans(day) != then.spans(day) for day in days)
    return (today.week, today.tz) != (then.week, then.tz)


def _record_breaches(workspace: Workspace, calendars: Calendars) -> int:
    """Once each: the instant it broke, which no later event takes back."""
    broken = workspace.select(
        Clock, "clock", f"{OPEN} AND breached_at IS NULL AND until < ?", (instant(workspace.clock()),)
    )
    changes: list[Change] = [
        (clocks.CLOCK, clock, {"state": sla_clock.BREACHED, "breached_at": clock.due}) for clock in broken
    ]
    if changes:
        workspace.change_all(changes, "clock.breached", by=PROGRAM)
    return len(changes)


def _open_deliveries(workspace: Workspace, calendars: Calendars) -> int:
    """The report of the current week, month or quarter is owed, unless its day had passed when promised."""
    changes: list[Change] = []
    for policy in workspace.select(Policy, "policy", "period != 'none' AND archived_at IS NULL"):
        contract = calendars.contracts.get(policy.contract)
        name = calendars.name((), contract, policy.hours)
        calendar, target = calendars.named(name), parse_target(policy.target)
        if target is None or policy.period not in PERIODS:
            continue
        label, first = period_of(policy.period, workspace.clock(), calendar)
        start = datetime.combine(first, time(), calendar.zone).astimezone(UTC)
        due = target.due(calendar, start, [])
        known = "policy = ? AND period = ?"
        if due is None or (policy.created_at and due < policy.created_at):
            continue
        if workspace.select(Clock, "clock", known, (policy.code, label)):
            continue
        promise = Promise(
            DELIVERY, policy.target, name, contract.provider if contract else "", policy.code, policy.warn
        )
        title = f"{policy.name} · {label}"
        opened = clocks.opened_with(
            workspace, calendars, promise, start, title=title, period=label, function=policy.function or ""
        )
        changes += [opened] if opened else []
    if changes:
        workspace.change_all(changes, "clock.open", by=PROGRAM)
    return len(changes)


def period_of(period: str, at: datetime, calendar: Calendar) -> tuple[str, date]:
    """The name of the period that `at` is in, in the calendar's zone, and its first day."""
    day = at.astimezone(calendar.zone).date()
    if period == "week":
        monday = day - timedelta(days=day.weekday())
        return f"{monday:%G-W%V}", monday
    if period == "quarter":
        quarter = (day.month - 1) // 3
        return f"{day.year}-Q{quarter + 1}", date(day.year, quarter * 3 + 1, 1)
    return f"{day:%Y-%m}", day.replace(day=1)
