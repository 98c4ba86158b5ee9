"""A clock of service, worked out of the events that happened to it. The rules: docs/promises.md.

Nothing here is retroactive unless an event says so: consumed time and verdicts survive a change of policy
or of calendar, and pauses belong to the case, not to the policy.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime

from cockpit.domain.dataclasses import dataclass, field, replace
from cockpit.domain.promises.sla_target import SlaTarget, parse_target
from cockpit.domain.time.business_time import Calendar, Pause

RUNNING, PAUSED, MET, BREACHED, CANCELLED = "running", "paused", "met", "breached", "cancelled"
PROSPECTIVE, RETROACTIVE, RESTART = "prospective", "retroactive", "restart"
WAITING_US, WAITING_THIRD, AGREED, FORCE_MAJEURE, RESOLVED = (
    "waiting_us", "waiting_third", "agreed", "force_majeure", "resolved",
)  # fmt: skip
_RANK = {
    "opened": 0, "reopened": 0, "policy_changed": 1, "calendar_changed": 1, "resumed": 2, "fulfilled": 3,
    "cancelled": 5, "paused": 6,
}  # fmt: skip
"""The order of events of one instant: an answer beats the pause of the same second."""
_FACT = 7


@dataclass(frozen=True)
class ClockEvent:
    """Something that happened to a clock at `at`; it was written down at `recorded_at`, perhaps later."""

    at: datetime
    kind: str
    data: Mapping[str, str] = field(default_factory=dict)
    recorded_at: datetime | None = None
    author: str = ""


@dataclass(frozen=True)
class Halt:
    """A pause: why it began, and its end if it has one. All reasons must end before the clock goes on."""

    since: datetime
    until: datetime | None
    reason: str
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class ClockState:
    """What is known of a clock after its events. Durations are business seconds of its calendar."""

    started: datetime
    target: SlaTarget
    calendar: Calendar
    segment: datetime
    """Since when the current target and calendar count."""
    carried: int = 0
    """Consumed before `segment`."""
    halts: tuple[Halt, ...] = ()
    ended: datetime | None = None
    cancelled: bool = False
    waived: str = ""
    """Why a breach is excused; it stays counted."""
    broken: datetime | None = None
    """The due instant that was passed before the current target or calendar counted."""
    spent: datetime | None = None
    """The due instant that was reached, not passed, before the current calendar counted."""

    @property
    def pauses(self) -> list[Pause]:
        """The halts as pairs of instants; the end is not included, and None while a halt lasts."""
        return [(halt.since, halt.until) for halt in self.halts]

    @property
    def halted(self) -> Halt | None:
        """The latest reason that still holds the clock."""
        return next((halt for halt in reversed(self.halts) if halt.until is None), None)

    @property
    def due(self) -> datetime | None:
        """When the target is used up; None behind an open pause. Never before the target began to count."""
        if (settled := self.broken or self.spent) is not None:
            return settled
        since = self.started if self.target.seconds is None else self.segment
        due = self.target.due(self.calendar, since, self.pauses, self.carried)
        due = due and max(due, self.segment)
        if due is None or any(halt.until is None and halt.since < due for halt in self.halts):
            return None
        return due

    @property
    def until(self) -> datetime | None:
        """The last instant that keeps the target: `met` is `ended <= until`."""
        if self.broken is not None:
            return self.broken
        if self.target.seconds is not None:
            return self.target.last_on_time(self.calendar, self.segment, self.pauses, self.carried)
        return self.due

    def consumed(self, at: datetime) -> int:
        """Business seconds used at `at`, pauses apart."""
        stop = at if self.ended is None else min(at, self.ended)
        return self.carried + self.calendar.elapsed(self.segment, max(stop, self.segment), self.pauses)

    def allowed(self) -> int:
        """Business seconds of the whole target, pauses apart."""
        if self.target.seconds is not None:
            return self.target.seconds
        due = self.target.due(self.calendar, self.started, [])
        assert due is not None
        return max(0, self.calendar.between(self.started, due))

    def left(self, at: datetime) -> int:
        """Business seconds that remain at `at`, negative once it is passed."""
        if (due := self.due) is None or self.broken is not None:
            return self.allowed() - self.consumed(at)
        return self.calendar.between(at, due)

    def state(self, at: datetime) -> str:
        """RUNNING, PAUSED, MET, BREACHED or CANCELLED at `at`. A breach is final, whatever happens later."""
        until = self.until
        judged = self.ended or at
        if self.broken is not None or (until is not None and judged > until):
            return BREACHED
        if self.cancelled:
            return CANCELLED
        if self.ended is not None:
            return MET
        return PAUSED if self.halted is not None else RUNNING

    def overrun(self, at: datetime) -> int:
        """Business seconds beyond the target, pauses apart: what a breach costs. Zero while it holds."""
        if self.state(at) != BREACHED:
            return 0
        due = self.due
        return max(0, self.calendar.elapsed(due, self.ended or at, self.pauses)) if due else 0

    def reached(self, percent: int) -> datetime | None:
        """When `percent` of the target is used; None behind an open pause."""
        seconds = self.allowed() * percent // 100
        if seconds <= self.carried:
            return self.segment
        return self.calendar.due(self.segment, seconds - self.carried, self.pauses)


Calendars = Callable[[str], Calendar]
"""The calendar of a version, as the events name it."""


class NeverOpened(ValueError):
    """The first event of a clock opens it."""


def fold(events: Iterable[ClockEvent], calendars: Calendars) -> ClockState:
    """The clock that `events` make, in the order of their instants, then of their rank, then as they came.

    What is said to have happened before a clock opened counts from its opening on.

    `opened` and `policy_changed` carry `target`, `calendar` and, for the latter, `mode`; `paused` and
    `resumed` a `reason`. Kinds that are only facts (escalated, reminded) change nothing. Raises NeverOpened.
    """
    ordered = sorted(events, key=lambda e: (e.kind != "opened", e.at, _RANK.get(e.kind, _FACT)))
    if not ordered or ordered[0].kind != "opened":
        raise NeverOpened
    first, *others = ordered
    clock = ClockState(
        started=first.at,
        segment=first.at,
        target=_target(first),
        calendar=calendars(first.data["calendar"]),
    )
    for event in others:
        step = _STEPS.get(event.kind)
        if step is not None:
            clock = step(clock, event, calendars)
    return clock


def _target(event: ClockEvent) -> SlaTarget:
    found = parse_target(event.data["target"])
    if found is None:
        raise NeverOpened(event.data["target"])
    return found


def _paused(clock: ClockState, event: ClockEvent, _calendars: Calendars) -> ClockState:
    reason = event.data.get("reason", WAITING_US)
    if clock.ended or any(h.until is None and h.reason == reason for h in clock.halts):
        return clock
    return replace(clock, halts=(*clock.halts, Halt(event.at, None, reason, event.data.get("note", ""))))


def _resumed(clock: ClockState, event: ClockEvent, _calendars: Calendars) -> ClockState:
    """Without a reason, every reason ends."""
    reason = event.data.get("reason", "")
    return replace(clock, halts=tuple(_ended(halt, event.at, reason) for halt in clock.halts))


def _ended(halt: Halt, at: datetime, reason: str = "") -> Halt:
    return replace(halt, until=at) if halt.until is None and reason in ("", halt.reason) else halt


def _fulfilled(clock: ClockState, event: ClockEvent, calendars: Calendars) -> ClockState:
    if clock.ended:
        return clock
    return replace(_resumed(clock, ClockEvent(event.at, "resumed"), calendars), ended=event.at)


def _reopened(clock: ClockState, event: ClockEvent, _calendars: Calendars) -> ClockState:
    """The time it was closed is a pause; a verdict against it stays."""
    if clock.ended is None:
        return clock
    broken = clock.due if clock.state(clock.ended) == BREACHED else None
    halt = Halt(clock.ended, event.at, RESOLVED)
    return replace(
        clock, ended=None, cancelled=False, halts=(*clock.halts, halt), broken=clock.broken or broken
    )


def _policy_changed(clock: ClockState, event: ClockEvent, calendars: Calendars) -> ClockState:
    if clock.ended:
        return clock
    target, calendar = _target(event), calendars(event.data["calendar"])
    mode = event.data.get("mode", PROSPECTIVE)
    if mode == RETROACTIVE:
        return replace(
            clock, segment=clock.started, carried=0, broken=None, spent=None, target=target, calendar=calendar
        )
    changed = _from_now_on(clock, event.at, target, calendar)
    if mode == RESTART:
        return replace(changed, started=changed.segment, carried=0, spent=None, calendar=calendar)
    return changed


def _calendar_changed(clock: ClockState, event: ClockEvent, calendars: Calendars) -> ClockState:
    if clock.ended:
        return clock
    return _from_now_on(clock, event.at, clock.target, calendars(event.data["calendar"]))


def _from_now_on(clock: ClockState, at: datetime, target: SlaTarget, calendar: Calendar) -> ClockState:
    """What was consumed carries over; a target already passed stays passed, and the days already counted."""
    at = max(at, clock.segment)
    due = clock.due
    broken = clock.broken or (due if clock.state(at) == BREACHED else None)
    spent = due if due is not None and due <= at and target == clock.target else None
    if target.seconds is None:
        calendar = _days_kept(clock.calendar, calendar, clock.started, at)
    return replace(
        clock, segment=at, carried=clock.consumed(at), broken=broken, spent=spent, target=target,
        calendar=calendar,
    )  # fmt: skip


def _days_kept(old: Calendar, new: Calendar, start: datetime, change: datetime) -> Calendar:
    """The new calendar, in which the days before the change stay worked or not as they were.

    A target in days counts from its start again, so they must not change. Where the new calendar is of another
    time zone its days are others, and it is taken as it is.
    """
    if old.tz != new.tz:
        return new
    first, end = (at.astimezone(new.zone).date().toordinal() for at in (start, change))
    were = {day: old.spans(day) for day in map(date.fromordinal, range(first, end))}
    kept = {day: spans for day, spans in were.items() if spans != new.spans(day)}
    return replace(new, exceptions={**new.exceptions, **kept}) if kept else new


def _cancelled(clock: ClockState, event: ClockEvent, calendars: Calendars) -> ClockState:
    """A breach is not cancelled away, since `state` tells it first, nor is what was done before."""
    return clock if clock.ended else replace(_fulfilled(clock, event, calendars), cancelled=True)


def _waived(clock: ClockState, event: ClockEvent, _calendars: Calendars) -> ClockState:
    return replace(clock, waived=event.data.get("why", ""))


_STEPS: Mapping[str, Callable[[ClockState, ClockEvent, Calendars], ClockState]] = {
    "paused": _paused,
    "resumed": _resumed,
    "fulfilled": _fulfilled,
    "reopened": _reopened,
    "policy_changed": _policy_changed,
    "calendar_changed": _calendar_changed,
    "cancelled": _cancelled,
    "waived": _waived,
}
