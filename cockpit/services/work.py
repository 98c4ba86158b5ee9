"""What one key does to a blocker or a priority. Each call is one journaled change that `undo` takes back."""

from __future__ import annotations

from datetime import datetime

from cockpit.domain.record import Record, Register, Value
from cockpit.domain.registers import register_of
from cockpit.domain.registers.blocker import Blocker
from cockpit.domain.registers.decision import Decision
from cockpit.domain.registers.priority import Priority
from cockpit.services import sla
from cockpit.services.workspace import Workspace
from cockpit.store import records
from cockpit.store.journal import Entry

TOP = 3
"""Priorities of a day."""


class UnknownCode(LookupError):
    """No record has that code."""


class NotPossible(Exception):
    """The action does not apply to that record; the message, already translated, says why."""


def find(workspace: Workspace, code: str) -> tuple[Register, Record]:
    """The record with that code and its register. Raises UnknownCode."""
    register = register_of(code)
    found = records.get(workspace.conn, register, code) if register else None
    if register is None or found is None:
        raise UnknownCode(code)
    return register, found


def done(workspace: Workspace, code: str, lesson: str = "") -> list[Entry]:
    """A blocker is solved, a priority done."""
    register, found = _work(workspace, code)
    values: dict[str, Value] = {"closed_at": workspace.clock()}
    if isinstance(found, Blocker):
        values |= {"status": "solved"} | ({"lesson": lesson} if lesson else {})
    else:
        values["status"] = "done"
    return workspace.change(register, found, values, f"{register.name}.done")


def snooze(workspace: Workspace, code: str, until: datetime) -> list[Entry]:
    """Out of sight until then; it comes back at its old rank."""
    register, found = _work(workspace, code)
    values: dict[str, Value] = {"snoozed_until": until}
    if isinstance(found, Priority) and found.day is not None:
        values["day"] = None
    return workspace.change(register, found, values, f"{register.name}.snooze")


def delegate(workspace: Workspace, code: str, to: str, remind_at: datetime | None) -> list[Entry]:
    """Somebody else carries it; it comes back on the day of the reminder."""
    register, found = _work(workspace, code)
    values: dict[str, Value] = {"delegated_to": to, "owner": to, "remind_at": remind_at}
    if isinstance(found, Priority):
        values |= {"status": "delegated", "day": None}
    return workspace.change(register, found, values, f"{register.name}.delegate")


def wait_for(workspace: Workspace, code: str, names: tuple[str, ...]) -> list[Entry]:
    """It waits for somebody; without a name it waits for nobody any more."""
    register, found = _work(workspace, code)
    values: dict[str, Value] = {"waiting_on": names}
    if isinstance(found, Blocker):
        values["status"] = "waiting" if names else "open"
        values |= sla.clock_values(workspace, found, waiting_on=names)
    return workspace.change(register, found, values, f"{register.name}.wait")


def next_step(workspace: Workspace, code: str, text: str) -> list[Entry]:
    """What happens next, in one line."""
    register, found = _work(workspace, code)
    return workspace.change(register, found, {"next_step": text}, f"{register.name}.next_step")


def escalate(workspace: Workspace, code: str) -> list[Entry]:
    """One step up the ladder: owner, provider lead, chief executive."""
    register, found = _work(workspace, code)
    if not isinstance(found, Blocker):
        raise NotPossible(code)
    return workspace.change(register, found, {"level": min(3, found.level + 1)}, "blocker.escalate")


def pick(workspace: Workspace, code: str) -> list[Entry]:
    """One of the three priorities of today, or no longer. Raises NotPossible when there are three."""
    register, found = _work(workspace, code)
    today = workspace.today()
    if not isinstance(found, Priority):
        raise NotPossible(code)
    if found.day == today:
        return workspace.change(register, found, {"day": None, "rank": 0}, "priority.unpick")
    taken = workspace.select(
        Priority, "priority", "day = ? AND closed_at IS NULL AND archived_at IS NULL", (today.isoformat(),)
    )
    free = sorted(set(range(1, TOP + 1)) - {other.rank for other in taken})
    if len(taken) >= TOP or not free:
        raise NotPossible(code)
    values: dict[str, Value] = {"day": today, "rank": free[0], "snoozed_until": None}
    if found.day is not None and found.day < today:
        values["carried"] = found.carried + 1
    return workspace.change(register, found, values, "priority.pick")


def archive(workspace: Workspace, code: str) -> list[Entry]:
    """Out of every list; its history stays."""
    register, found = find(workspace, code)
    return workspace.change(register, found, {"archived_at": workspace.clock()}, f"{register.name}.archive")


def edit(workspace: Workspace, code: str, values: dict[str, Value]) -> list[Entry]:
    """Other values for some fields. A decision is never edited: raises NotPossible."""
    register, found = find(workspace, code)
    if not register.editable:
        raise NotPossible(code)
    if isinstance(found, Blocker) and {"sla", "waiting_on", "since"} & set(values):
        values = values | sla.clock_values(workspace, found, **values)
    return workspace.change(register, found, values)


def _work(workspace: Workspace, code: str) -> tuple[Register, Blocker | Priority]:
    register, found = find(workspace, code)
    if isinstance(found, Decision) or not isinstance(found, Blocker | Priority):
        raise NotPossible(code)
    return register, found

