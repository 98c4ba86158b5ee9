"""The clocks of service. Each event on a clock is stored, together with the due instant and state that follow.

A blocker's clocks change in the same journaled batch as the blocker, so that one undo takes back both.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from cockpit.domain.dataclasses import replace
from cockpit.domain.promises import sla_clock
from cockpit.domain.promises.sla_clock import ClockEvent, Halt
from cockpit.domain.records.record import Record, Register, Value
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.blocker import Blocker
from cockpit.domain.registers.clock import Clock
from cockpit.domain.registers.escalation import Escalation
from cockpit.domain.registers.policy import ACKNOWLEDGEMENT, UPDATE
from cockpit.domain.time.business_time import NoBusinessTime
from cockpit.services.desk.calendars import Calendars
from cockpit.services.desk.workspace import Workspace
from cockpit.services.promises.promises import Promise, promises
from cockpit.store import records
from cockpit.store.journal import next_code
from cockpit.store.transaction import transaction

RecordChange = tuple[Register, Record | None, Mapping[str, Value]]
CLOCK = REGISTERS["clock"]
BLOCKER = REGISTERS["blocker"]
_CASE = ("waiting_on", "sla", "function", "severity", "since")
"""Fields of a blocker that decide which promises count for it."""
_PROJECTED = ("sla_started_at", "sla_due", "sla_until", "sla_target_s")


def add_blocker(workspace: Workspace, values: Mapping[str, Value]) -> str:
    """Make a blocker with the clocks that its promises start; its code."""
    with transaction(workspace.conn):
        code = next_code(workspace.conn, BLOCKER.prefix)
        return workspace.change_all(with_new(workspace, code, values), "blocker.add")[0].code


def with_new(workspace: Workspace, code: str, values: Mapping[str, Value]) -> list[RecordChange]:
    """A new blocker and its clocks, which run from its `since`."""
    start = values.get("since") or workspace.clock()
    assert isinstance(start, datetime)
    changes = _opened(workspace, Calendars(workspace, freeze=True), code, values, start)
    return [(BLOCKER, None, {**values, **_projection([each[2] for each in changes])}), *changes]


def with_changed(workspace: Workspace, blocker: Blocker, values: Mapping[str, Value]) -> list[RecordChange]:
    """A change to a blocker, and what it does to its clocks."""
    workspace.may_change(blocker)
    after: dict[str, Any] = {name: values.get(name, getattr(blocker, name)) for name in _CASE}
    clocks = of_blocker(workspace, blocker.code)
    if values.get("closed_at") is not None and blocker.closed_at is None:
        changes = _closed(workspace, clocks, str(values.get("status", "solved")))
    elif values.get("archived_at") is not None:
        changes = [
            change for clock in clocks if clock.ended_at is None
            for change in moved(workspace, [clock], "cancelled")
        ]  # fmt: skip
    elif "closed_at" in values and values["closed_at"] is None and blocker.closed_at is not None:
        changes = _reopened(workspace, blocker, clocks, after)
    elif any(after[name] != getattr(blocker, name) for name in _CASE):
        changes = _bound_again(workspace, blocker, clocks, after)
    else:
        return [(BLOCKER, blocker, values)]
    if values.get("closed_at") is not None or values.get("archived_at") is not None:
        changes += _escalations_ended(workspace, blocker.code)
    return [(BLOCKER, blocker, {**values, **_projected(clocks, changes)}), *changes]


def _escalations_ended(workspace: Workspace, code: str) -> list[RecordChange]:
    live = workspace.select(Escalation, "escalation", "blocker = ? AND ended_at IS NULL", (code,))
    return [(REGISTERS["escalation"], each, {"ended_at": workspace.clock()}) for each in live]


def of_blocker(workspace: Workspace, code: str) -> tuple[Clock, ...]:
    """Every clock of a blocker, the oldest first."""
    return workspace.select(Clock, "clock", "blocker = ? AND archived_at IS NULL ORDER BY number", (code,))


def events_of(clock: Clock) -> list[ClockEvent]:
    """The stored events of a clock."""
    return [
        ClockEvent(
            datetime.fromisoformat(each["at"]),
            each["kind"],
            each.get("data", {}),
            datetime.fromisoformat(each["recorded_at"]) if each.get("recorded_at") else None,
            each.get("author", ""),
        )
        for each in json.loads(clock.events or "[]")
    ]


def state_of(workspace: Workspace, clock: Clock) -> sla_clock.ClockState:
    """The state of a clock, worked out anew of its events."""
    return sla_clock.fold(events_of(clock), Calendars(workspace).version)


def moved(
    workspace: Workspace,
    clocks: Iterable[Clock],
    kind: str,
    at: datetime | None = None,
    *,
    calendars: Calendars | None = None,
    by: str = "",
    **data: str,
) -> list[RecordChange]:
    """The changes that add one event to each of those clocks, at `at` or now, signed `by` or by the person here."""
    calendars = calendars or Calendars(workspace)
    now = _now(workspace)
    event = ClockEvent(at.replace(microsecond=0) if at else now, kind, data, now, by or workspace.actor)
    changes: list[RecordChange] = []
    for clock in clocks:
        workspace.may_change(clock)
        events = [*events_of(clock), event]
        changes.append((CLOCK, clock, _stored(calendars, events, now)))
    return changes


def opened_with(
    workspace: Workspace, calendars: Calendars, promise: Promise, start: datetime,
    *, held: Iterable[Halt] = (), by: str = "", **fields: Value,
) -> RecordChange | None:  # fmt: skip
    """The change that makes a clock for a promise, paused from its start by `held`; None if its calendar never opens.

    Within a transaction.
    """
    now, by = _now(workspace), by or workspace.actor
    start = start.replace(microsecond=0)
    data = {"target": promise.target, "calendar": str(calendars.keep(promise.calendar))}
    pauses = [
        ClockEvent(start, "paused", {"reason": halt.reason, "note": halt.note}, now, by) for halt in held
    ]
    try:
        stored = _stored(calendars, [ClockEvent(start, "opened", data, now, by), *pauses], now)
    except NoBusinessTime:
        return None
    values: dict[str, Value] = {
        "metric": promise.metric, "policy": promise.policy, "provider": promise.provider,
        "warn": promise.warn, **fields,
    }  # fmt: skip
    return CLOCK, None, {**values, **stored}


def _opened(
    workspace: Workspace, calendars: Calendars, code: str, case: Mapping[str, Any], start: datetime,
    *, wanted: Iterable[Promise] | None = None, cycle: int = 1, among: Sequence[Clock] = (),
) -> list[RecordChange]:  # fmt: skip
    if wanted is None:
        wanted = promises(workspace, calendars, case).values()
    fields: dict[str, Any] = {
        "blocker": code, "title": case.get("title", ""), "function": case.get("function") or "",
        "cycle": cycle, "conf": case.get("conf", 1),
    }  # fmt: skip
    opened = (
        opened_with(workspace, calendars, each, start, held=held_now(workspace, among, each), **fields)
        for each in wanted
    )
    return [change for change in opened if change is not None]


def held_now(workspace: Workspace, clocks: Iterable[Clock], promise: Promise) -> tuple[Halt, ...]:
    """The pauses that a new clock of this case takes over from the provider's others; a first answer takes none."""
    if promise.metric == ACKNOWLEDGEMENT:
        return ()
    paused = (
        clock for clock in clocks
        if clock.pause and clock.ended_at is None and clock.metric != ACKNOWLEDGEMENT
        and clock.provider == promise.provider
    )  # fmt: skip
    halts = {
        halt.reason: halt
        for clock in paused for halt in state_of(workspace, clock).halts if halt.until is None
    }  # fmt: skip
    return tuple(halts.values())


def _closed(workspace: Workspace, clocks: Sequence[Clock], status: str) -> list[RecordChange]:
    """Solving answers too; news are no longer owed. What is refused is owed no more."""
    live = [clock for clock in clocks if clock.ended_at is None]
    kept = [clock for clock in live if clock.metric != UPDATE and status != "refused"]
    gone = [clock for clock in live if clock not in kept]
    return [*moved(workspace, kept, "fulfilled"), *moved(workspace, gone, "cancelled")]


def _reopened(
    workspace: Workspace, blocker: Blocker, clocks: Sequence[Clock], case: Mapping[str, Any]
) -> list[RecordChange]:
    """A new cycle: the verdicts of the one before are final."""
    calendars = Calendars(workspace, freeze=True)
    cycle = max((clock.cycle for clock in clocks), default=0) + 1
    wanted = [
        each for each in promises(workspace, calendars, case).values() if each.metric != ACKNOWLEDGEMENT
    ]
    about = _about(blocker, case)
    return _opened(workspace, calendars, blocker.code, about, workspace.clock(), wanted=wanted, cycle=cycle)


def _bound_again(
    workspace: Workspace, blocker: Blocker, clocks: Sequence[Clock], case: Mapping[str, Any]
) -> list[RecordChange]:
    """Other promises count from now on: what was consumed carries over, unless it is another provider's.

    Whoever is asked now did not owe anything before; a target of the blocker's own counts from its start.
    """
    calendars = Calendars(workspace, freeze=True)
    wanted = promises(workspace, calendars, case)
    changes: list[RecordChange] = []
    asked = case["waiting_on"] != blocker.waiting_on
    start = case["since"] if case["sla"] != blocker.sla or not (clocks or asked) else workspace.clock()
    for clock in clocks:
        if clock.ended_at is not None:
            # A first answer is given once.
            if clock.metric == ACKNOWLEDGEMENT and clock.state != sla_clock.CANCELLED:
                wanted.pop(ACKNOWLEDGEMENT, None)
            continue
        promise = wanted.get(clock.metric)
        if promise is None or promise.provider != clock.provider:
            changes += moved(workspace, [clock], "cancelled")
            continue
        del wanted[clock.metric]
        since = case["since"] if case["since"] != blocker.since == clock.started_at else None
        changes.append(_rebound(workspace, calendars, clock, promise, {**case, "since": since}))
    about = _about(blocker, case)
    return [
        *changes,
        *_opened(
            workspace, calendars, blocker.code, about, start or workspace.clock(), wanted=wanted.values(),
            cycle=max((clock.cycle for clock in clocks), default=1), among=clocks,
        ),
    ]  # fmt: skip


def _rebound(
    workspace: Workspace, calendars: Calendars, clock: Clock, promise: Promise, case: Mapping[str, Any]
) -> RecordChange:
    """The promise as it is now; a `since` in the case moves the start."""
    version = calendars.keep(promise.calendar)
    events = events_of(clock)
    if case["since"] is not None:
        # The start was mistyped: the journal keeps what it was.
        events[0] = replace(events[0], at=case["since"].replace(microsecond=0))
    if (promise.target, version) != (clock.target, clock.calendar):
        data = {"target": promise.target, "calendar": str(version), "mode": sla_clock.PROSPECTIVE}
        events.append(ClockEvent(_now(workspace), "policy_changed", data, _now(workspace), workspace.actor))
    values: dict[str, Value] = {
        "policy": promise.policy, "warn": promise.warn, "function": case.get("function") or ""
    }  # fmt: skip
    return CLOCK, clock, {**values, **_stored(calendars, events, _now(workspace))}


def _about(blocker: Blocker, case: Mapping[str, Any]) -> dict[str, Any]:
    return {"title": blocker.title, "conf": blocker.conf, **case}


def _now(workspace: Workspace) -> datetime:
    """Now, to the second: events are kept so, and a verdict is the same before and after."""
    return workspace.clock().replace(microsecond=0)


def _stored(calendars: Calendars, events: list[ClockEvent], now: datetime) -> dict[str, Value]:
    """The columns of a clock's row that follow from its events at `now`."""
    clock = sla_clock.fold(events, calendars.version)
    state = clock.state(now)
    last = next(e for e in reversed(events) if "calendar" in e.data)
    target = next(e for e in reversed(events) if "target" in e.data)
    halted = clock.halted if clock.ended is None else None
    return {
        "events": json.dumps([_plain(event) for event in events], ensure_ascii=False),
        "state": state,
        "target": target.data["target"],
        "calendar": int(last.data["calendar"]),
        "started_at": clock.started,
        "due": clock.due,
        "until": clock.until,
        "target_s": clock.allowed(),
        "consumed_s": clock.consumed(now),
        "pause": halted.reason if halted else "",
        "pause_note": halted.note if halted else "",
        "ended_at": clock.ended,
        "breached_at": clock.due if state == sla_clock.BREACHED else None,
        "overrun_s": clock.overrun(now) if clock.ended else 0,
        "waived": clock.waived,
    }


def _plain(event: ClockEvent) -> dict[str, object]:
    return {
        "at": records.instant(event.at),
        "kind": event.kind,
        "data": dict(event.data),
        "recorded_at": records.instant(event.recorded_at) if event.recorded_at else None,
        "author": event.author,
    }


def _projected(clocks: Sequence[Clock], changes: Sequence[RecordChange]) -> dict[str, Value]:
    """What the blocker shows of its clocks: the nearest that runs."""
    changed = {record.code: values for _register, record, values in changes if record is not None}
    every = [
        {name: changed.get(clock.code, {}).get(name, getattr(clock, name)) for name in _SHOWN}
        for clock in clocks
    ]
    return _projection([*every, *(values for _register, record, values in changes if record is None)])


_SHOWN = ("started_at", "due", "until", "target_s", "ended_at", "state")


def _projection(clocks: Iterable[Mapping[str, Any]]) -> dict[str, Value]:
    running = [each for each in clocks if each["ended_at"] is None and each["due"] is not None]
    if not running:
        return dict.fromkeys(_PROJECTED)
    nearest = min(running, key=lambda each: each["due"])
    shown = ("started_at", "due", "until", "target_s")
    return dict(zip(_PROJECTED, (nearest[name] for name in shown), strict=True))


def refresh_blocker(workspace: Workspace, code: str, changes: Sequence[RecordChange]) -> list[RecordChange]:
    """The change that brings the blocker's own deadline columns up to date after those changes to its clocks."""
    found = records.get(workspace.conn, BLOCKER, code) if code else None
    if not isinstance(found, Blocker):
        return []
    return [(BLOCKER, found, _projected(of_blocker(workspace, code), changes))]
