"""The present state of a live meeting, worked out of its events, with the records that it is about.

What happens in it is written by `facilitation`, one event a key.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC
from typing import Any

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.meetings.facilitation import PRIORITIES, LedMeeting
from cockpit.domain.records.record import Record
from cockpit.domain.registers import REGISTERS, register_of
from cockpit.domain.registers.blocker import Blocker
from cockpit.domain.registers.decision import Decision
from cockpit.domain.registers.occurrence import Occurrence
from cockpit.domain.registers.priority import Priority
from cockpit.domain.registers.ritual import Ritual
from cockpit.domain.seats.rights import Right
from cockpit.services.desk import refusal
from cockpit.services.desk.workspace import Workspace
from cockpit.services.meetings.running_order import commitments_of, folded, last_held
from cockpit.store import records
from cockpit.store.records import AWAKE, instant
from cockpit.store.state import live

OCCURRENCE = REGISTERS["occurrence"]
_OFFERED = 12


@dataclass(frozen=True, kw_only=True)
class Live:
    """A meeting as it stands, with the records that it is about."""

    occurrence: Occurrence
    ritual: Ritual
    meeting: LedMeeting
    """As of its last event: `meeting.later(now)` is its present second."""
    records: Mapping[str, Record]
    """By code; what was unmade is not there."""
    commitments: tuple[str, ...]
    offered: tuple[str, ...]
    """Priorities that can be chosen, in a kick-off."""

    @property
    def code(self) -> str:
        """The code of the meeting."""
        return self.occurrence.code

    @property
    def made(self) -> tuple[Decision | Priority, ...]:
        """The decisions and actions of this meeting that still hold, then the priorities it chose."""
        codes = [note.text for note in (*self.meeting.decisions, *self.meeting.actions)]
        found = (self.records.get(code) for code in dict.fromkeys((*codes, *self.meeting.chosen)))
        return tuple(each for each in found if isinstance(each, Decision | Priority))

    def kept(self, code: str) -> bool:
        """Whether a commitment of last time was kept: what was said, else what the record says."""
        found = self.records.get(code)
        done = (isinstance(found, Priority) and found.status == "done") or (
            isinstance(found, Decision) and found.done_at is not None
        )
        return self.meeting.checked.get(code, done)

    def subject(self) -> Blocker | None:
        """The record of the current subject."""
        found = self.records.get(self.meeting.step.code)
        return found if isinstance(found, Blocker) else None


def running(workspace: Workspace, which: str) -> str:
    """The code of the meeting of a ritual, or of a kind, that goes on; empty when none does."""
    found = workspace.select(
        Occurrence, "occurrence",
        "status = 'planned' AND started_at IS NOT NULL AND archived_at IS NULL"
        " AND ritual IN (SELECT code FROM ritual WHERE kind = ? OR code = ?) ORDER BY started_at DESC LIMIT 5",
        (which, which),
    )  # fmt: skip
    return next((each.code for each in found if live.last(workspace.conn, each.code)), "")


def view(workspace: Workspace, code: str) -> Live:
    """The meeting as it stands. Raises UnknownCode."""
    occurrence = records.get(workspace.conn, OCCURRENCE, code)
    if not isinstance(occurrence, Occurrence):
        raise refusal.UnknownCode(code)
    (ritual,) = workspace.select(Ritual, "ritual", "code = ?", (occurrence.ritual,))
    meeting = folded(workspace, code)
    if meeting.closed_at is not None and occurrence.status == "planned":
        # Its closing was taken back.
        if workspace.writes:
            _append(workspace, code, meeting.seq + 1, "reopened", {})
        meeting = folded(workspace, code)
    commitments = meeting.promised
    if commitments is None:
        commitments = commitments_of(workspace, ritual, code)
    offered = _offered(workspace) if any(step.kind == PRIORITIES for step in meeting.steps) else ()
    notes = [note.text for note in (*meeting.decisions, *meeting.actions)]
    codes = [*(step.code for step in meeting.steps), *notes, *meeting.chosen, *commitments, *offered]
    return Live(
        occurrence=occurrence, ritual=ritual, meeting=meeting, commitments=commitments, offered=offered,
        records=_records(workspace, codes),
    )  # fmt: skip


def append(workspace: Workspace, code: str, seq: int, kind: str, data: Mapping[str, Any]) -> None:
    """Write one event of a meeting, now. Raises store.live.Overtaken, NotAllowed."""
    workspace.require(Right.LEAD)
    _append(workspace, code, seq, kind, data)


def _append(workspace: Workspace, code: str, seq: int, kind: str, data: Mapping[str, Any]) -> None:
    at = workspace.clock().astimezone(UTC).isoformat(timespec="milliseconds")
    live.append(workspace.conn, code, seq, at=at, kind=kind, data=data)


def now_of(workspace: Workspace, seen: Live) -> LedMeeting:
    """The state of the meeting at this second, its clocks moved on."""
    return seen.meeting.later(workspace.clock().astimezone(UTC))


def week_plan(workspace: Workspace, ritual: Ritual) -> tuple[tuple[Priority, bool], ...]:
    """The priorities that the kick-off of this week chose, each with whether it is done: Friday's close."""
    last = last_held(workspace, ritual)
    if last is None or last.ended_at is None:
        return ()
    if last.ended_at.astimezone(workspace.zone).date() < workspace.monday():
        return ()
    found = _records(workspace, folded(workspace, last.code).chosen)
    return tuple((each, each.status == "done") for each in found.values() if isinstance(each, Priority))


def _records(workspace: Workspace, codes: Sequence[str]) -> dict[str, Record]:
    found: dict[str, Record] = {}
    for code in dict.fromkeys(codes):
        register = register_of(code)
        record = records.get(workspace.conn, register, code) if register else None
        if record is not None:
            found[code] = record
    return found


def _offered(workspace: Workspace) -> tuple[str, ...]:
    found = workspace.select(
        Priority, "priority",
        "status = 'open' AND closed_at IS NULL AND archived_at IS NULL"
        f" AND {AWAKE}"
        " ORDER BY severity, due IS NULL, due, number LIMIT ?",
        (instant(workspace.clock()), _OFFERED),
    )  # fmt: skip
    return tuple(each.code for each in found)
