"""All that is known of one clock, for its page: what is left, its story, and how such promises were kept."""

from __future__ import annotations

from datetime import datetime

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.promises import sla_clock
from cockpit.domain.promises.sla_clock import ClockEvent
from cockpit.domain.registers.blocker import Blocker
from cockpit.domain.registers.clock import PAUSES, Clock
from cockpit.domain.registers.escalation import Escalation
from cockpit.domain.time.business_time import Calendar
from cockpit.locale import N_, _
from cockpit.services.desk.calendars import Calendars
from cockpit.services.desk.workspace import Workspace
from cockpit.services.promises import clocks, left
from cockpit.services.promises.kept import Respect, respect
from cockpit.services.promises.left import ClockReading
from cockpit.services.promises.open import SlaRow
from cockpit.store import records

KINDS = {
    "opened": N_("opened: {target}"),
    "paused": N_("paused: {reason}"),
    "resumed": N_("goes on"),
    "fulfilled": N_("done"),
    "reopened": N_("opened again"),
    "policy_changed": N_("promise changed: {target}, {mode}"),
    "calendar_changed": N_("calendar changed"),
    "cancelled": N_("cancelled"),
    "waived": N_("excused: {why}"),
    "escalated": N_("escalated to level {level}"),
    "reminded": N_("{who} was reminded"),
}
MODES = {
    sla_clock.PROSPECTIVE: N_("from then on"),
    sla_clock.RETROACTIVE: N_("from the start"),
    sla_clock.RESTART: N_("counted anew"),
}


@dataclass(frozen=True)
class ClockMoment:
    """One moment of a clock's story; `level` is one of those of `left.ClockReading`."""

    at: datetime
    text: str
    by: str = ""
    level: int = left.CALM


@dataclass(frozen=True, kw_only=True)
class ClockView:
    """The page of one clock at one moment."""

    at: datetime
    row: SlaRow
    said: ClockReading
    projected: datetime | None
    """When it would be due if it went on now, for one that is paused."""
    steps: tuple[ClockMoment, ...]
    """Its story, oldest first, with the thresholds to come."""
    halts: tuple[tuple[str, int], ...]
    """Reason of each pause and the business seconds it held the clock."""
    blocker: Blocker | None
    siblings: tuple[Clock, ...]
    escalations: tuple[Escalation, ...]
    respect: tuple[Respect, ...]

    @property
    def calendar(self) -> Calendar:
        """The hours in which it counts."""
        return self.row.calendar


def view(workspace: Workspace, code: str) -> ClockView | None:
    """The page of the clock with that code; None when there is none."""
    found = records.get(workspace.conn, clocks.CLOCK, code)
    if not isinstance(found, Clock) or workspace.hides(found):
        return None
    now = workspace.now()
    row = SlaRow(found, Calendars(workspace).version(found.calendar))
    blocker = records.get(workspace.conn, clocks.BLOCKER, found.blocker) if found.blocker else None
    state = clocks.state_of(workspace, found)
    return ClockView(
        at=now,
        row=row,
        said=left.reading(found, row.calendar, now),
        projected=left.projected_due(found, row.calendar, now) if found.pause else None,
        steps=_steps(found, state, now),
        halts=_halts(state, row.calendar, now),
        blocker=blocker if isinstance(blocker, Blocker) else None,
        siblings=tuple(c for c in clocks.of_blocker(workspace, found.blocker) if c.code != found.code)
        if found.blocker
        else (),
        escalations=workspace.select(
            Escalation, "escalation", "blocker = ? AND archived_at IS NULL ORDER BY number", (found.blocker,)
        ),
        respect=respect(workspace),
    )


def _steps(found: Clock, state: sla_clock.ClockState, now: datetime) -> tuple[ClockMoment, ...]:
    steps = [_told(event) for event in clocks.events_of(found)]
    if found.breached_at is not None:
        steps.append(ClockMoment(found.breached_at, _("passed"), level=left.RED))
    if found.ended_at is None and found.pause == "":
        for percent in left.thresholds(found):
            at = state.reached(percent)
            if at is not None and found.breached_at is None:
                steps.append(ClockMoment(at, _("{percent} % used").format(percent=percent), level=left.AMBER))
        if found.due is not None and found.breached_at is None:
            steps.append(ClockMoment(found.due, _("due"), level=left.RED))
    return tuple(sorted(steps, key=lambda step: step.at))


def _told(event: ClockEvent) -> ClockMoment:
    reason = event.data.get("reason", "")
    text = _(KINDS.get(event.kind, event.kind)).format(
        target=event.data.get("target", ""),
        reason=_(PAUSES.get(reason, reason)),
        mode=_(MODES.get(event.data.get("mode", ""), "")),
        why=event.data.get("why", ""),
        level=event.data.get("level", ""),
        who=event.data.get("who", ""),
    )
    note = event.data.get("note", "")
    return ClockMoment(event.at, f"{text} · {note}" if note else text, event.author)


def _halts(state: sla_clock.ClockState, calendar: Calendar, now: datetime) -> tuple[tuple[str, int], ...]:
    spent: dict[str, int] = {}
    for halt in state.halts:
        held = calendar.between(halt.since, halt.until or now)
        spent[halt.reason] = spent.get(halt.reason, 0) + max(0, held)
    return tuple(spent.items())
