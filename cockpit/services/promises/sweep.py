"""What time does to clocks by itself: promises are broken, reports fall due, calendars change."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from cockpit.domain.promises import sla_clock
from cockpit.domain.promises.sla_target import parse_target
from cockpit.domain.registers.blocker import Blocker
from cockpit.domain.registers.clock import Clock
from cockpit.domain.registers.policy import DELIVERY, PERIODS, RESOLUTION, Policy
from cockpit.domain.time import cadences
from cockpit.domain.time.business_time import Calendar
from cockpit.services.desk.calendars import Calendars
from cockpit.services.desk.workspace import PROGRAM, Workspace
from cockpit.services.promises import clocks
from cockpit.services.promises.clocks import RecordChange
from cockpit.services.promises.open import OPEN
from cockpit.services.promises.promises import Promise, promises
from cockpit.store.records import instant
from cockpit.store.transaction import transaction

MISSED_PERIODS = 3
"""How many periods back a report is still looked for."""


def sweep(workspace: Workspace) -> int:
    """Write down what time did since the last call; returns how many changes. Safe to call again or twice at once."""
    calendars = Calendars(workspace, freeze=True)
    with transaction(workspace.conn):
        done = _adopt(workspace, calendars)
        done += _recalendar(workspace, calendars)
        done += _open_deliveries(workspace, calendars)
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


def _open_deliveries(workspace: Workspace, calendars: Calendars) -> int:
    """The reports of the current period and of those just before are owed, each once."""
    changes: list[RecordChange] = []
    for policy in workspace.select(Policy, "policy", "period != 'none' AND archived_at IS NULL"):
        contract = calendars.contracts.get(policy.contract)
        if (contract is not None and contract.archived_at is not None) or policy.period not in PERIODS:
            continue
        name = calendars.name((), contract, policy.hours)
        provider = contract.provider if contract else ""
        promise = Promise(DELIVERY, policy.target, name, provider, policy.code, policy.warn)
        at = workspace.clock()
        # A cockpit that was closed for a while missed no report.
        for _back in range(1 + MISSED_PERIODS):
            label, first = period_of(policy.period, at, calendars.named(name))
            opened = _delivery(workspace, calendars, policy, promise, (label, first))
            changes += [opened] if opened else []
            at = datetime.combine(first, time(), calendars.named(name).zone) - timedelta(hours=12)
    if changes:
        workspace.change_all(changes, "clock.open", by=PROGRAM)
    return len(changes)


def _delivery(
    workspace: Workspace, calendars: Calendars, policy: Policy, promise: Promise, period: tuple[str, date]
) -> RecordChange | None:
    """The clock of one period; none when it has one, or when its day had passed when it was promised."""
    label, first = period
    calendar, target = calendars.named(promise.calendar), parse_target(policy.target)
    start = datetime.combine(first, time(), calendar.zone).astimezone(UTC)
    due = target.due(calendar, start, []) if target else None
    if due is None or (policy.created_at and due < policy.created_at):
        return None
    if workspace.select(Clock, "clock", "policy = ? AND period = ?", (policy.code, label)):
        return None
    return clocks.opened_with(
        workspace, calendars, promise, start, by=PROGRAM, title=f"{policy.name} · {label}", period=label,
        function=policy.function or "",
    )  # fmt: skip


def period_of(period: str, at: datetime, calendar: Calendar) -> tuple[str, date]:
    """The name of the period that `at` is in, in the calendar's zone, and its first day."""
    first = cadences.first_day(at.astimezone(calendar.zone).date(), period)
    if period == "week":
        return f"{first:%G-W%V}", first
    if period == "quarter":
        return f"{first.year}-Q{first.month // 3 + 1}", first
    return f"{first:%Y-%m}", first
