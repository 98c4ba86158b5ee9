"""What one key does to a blocker or a priority. Each call is one journaled change that `undo` takes back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from cockpit.domain.record import Record, Register, Value
from cockpit.domain.registers import register_of
from cockpit.domain.registers.blocker import Blocker
from cockpit.domain.registers.dossier import Dossier
from cockpit.domain.registers.priority import Priority
from cockpit.domain.text import clean, typed
from cockpit.services import clocks
from cockpit.services.workspace import Workspace
from cockpit.store import records
from cockpit.store.connection import transaction
from cockpit.store.journal import Entry

TOP = 3
"""Priorities of a day."""
CLOSED = frozenset({"solved", "refused", "done", "dropped"})
"""Statuses that end a blocker or a priority."""


class UnknownCode(LookupError):
    """No record has that code."""


class NotPossible(Exception):
    """The action does not apply to that record as it is."""


def find(workspace: Workspace, code: str) -> tuple[Register, Record]:
    """The record with that code and its register. Raises UnknownCode."""
    register = register_of(code)
    found = records.get(workspace.conn, register, code) if register else None
    if register is None or found is None:
        raise UnknownCode(code)
    return register, found


def done(workspace: Workspace, codes: Sequence[str], lesson: str = "") -> list[Entry]:
    """Blockers are solved, priorities done: all of them, or none when one cannot be."""
    with transaction(workspace.conn):
        changes: list[clocks.Change] = []
        for code in dict.fromkeys(codes):
            register, found = _work(workspace, code)
            values: dict[str, Value] = {"closed_at": workspace.clock()}
            values["status"] = "solved" if isinstance(found, Blocker) else "done"
            if lesson and isinstance(found, Blocker):
                values["lesson"] = typed(lesson)
            changes += _changes(workspace, register, found, values)
        return workspace.change_all(changes, f"{changes[0][0].name}.done") if changes else []


def snooze(workspace: Workspace, code: str, until: datetime) -> list[Entry]:
    """Out of sight until then; it comes back at its old rank."""
    register, found = _work(workspace, code)
    return workspace.change(register, found, {"snoozed_until": until}, f"{register.name}.snooze")


def delegate(workspace: Workspace, code: str, to: str, remind_at: datetime | None) -> list[Entry]:
    """Somebody else carries it; it comes back on the day of the reminder."""
    register, found = _work(workspace, code)
    to = clean(to)
    if not to:
        raise NotPossible(code)
    values: dict[str, Value] = {"delegated_to": to, "owner": to, "remind_at": remind_at}
    if isinstance(found, Priority):
        values |= {"status": "delegated", "day": None}
    return workspace.change(register, found, values, f"{register.name}.delegate")


def wait_for(workspace: Workspace, code: str, names: tuple[str, ...]) -> list[Entry]:
    """It waits for somebody; without a name it waits for nobody any more."""
    register, found = _work(workspace, code)
    names = tuple(filter(None, map(clean, names)))
    values: dict[str, Value] = {"waiting_on": names}
    if isinstance(found, Blocker):
        values["status"] = "waiting" if names else "open"
    return _change(workspace, register, found, values, f"{register.name}.wait")


def next_step(workspace: Workspace, code: str, text: str) -> list[Entry]:
    """What happens next, in one line."""
    register, found = _work(workspace, code)
    return workspace.change(register, found, {"next_step": typed(text)}, f"{register.name}.next_step")


def pick(workspace: Workspace, code: str) -> list[Entry]:
    """One of the three priorities of today, or no longer. Raises NotPossible when there are three."""
    with transaction(workspace.conn):
        register, found = _work(workspace, code)
        today = workspace.today()
        if not isinstance(found, Priority):
            raise NotPossible(code)
        if found.day == today:
            return workspace.change(register, found, {"day": None, "rank": 0}, "priority.unpick")
        live = "day = ? AND closed_at IS NULL AND archived_at IS NULL"
        taken = workspace.select(Priority, "priority", live, (today.isoformat(),))
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
    with transaction(workspace.conn):
        return workspace.change_all(archiving(workspace, register, found), f"{register.name}.archive")


def archiving(workspace: Workspace, register: Register, found: Record) -> list[clocks.Change]:
    """The changes that take a record out of every list."""
    return _changes(workspace, register, found, {"archived_at": workspace.clock()})


def add(
    workspace: Workspace, register: Register, values: dict[str, Value], action: str = "", reason: str = ""
) -> str:
    """Make a record that was typed in; its code. Raises Unsound when it does not hold together."""
    from cockpit.services import soundness

    soundness.refuse(workspace, register, None, values)
    return workspace.add(register, values, action, reason)


def edit(workspace: Workspace, code: str, values: dict[str, Value], reason: str = "") -> list[Entry]:
    """Other values for some fields. A decision is never edited: raises NotPossible.

    A status that ends the record closes it, another one opens it again. Raises Unsound for what does not
    hold together, and MapIncomplete for a function that leaves the house too early, unless a reason is given.
    """
    from cockpit.services import gate, soundness

    register, found = find(workspace, code)
    soundness.refuse(workspace, register, found, values)
    gate.check(workspace, [(register, found, values)], reason)
    with transaction(workspace.conn):
        changed = workspace.change_all(
            edits(workspace, register, found, values), f"{register.name}.edit", reason
        )
        return after_edits(workspace, register, changed)


def edits(
    workspace: Workspace, register: Register, found: Record, values: dict[str, Value]
) -> list[clocks.Change]:
    """An edit of one record, and what it asks of others. Raises NotPossible for what is never edited."""
    if not register.editable:
        raise NotPossible(found.code)
    if isinstance(found, Blocker | Priority) and "status" in values:
        closed = values["status"] in CLOSED
        values = {**values, "closed_at": (found.closed_at or workspace.clock()) if closed else None}
    if isinstance(found, Dossier):
        return _of_dossier(workspace, found, values)
    if "case" in values or "conf" in values:
        values = _within(workspace, found, values)
    return _changes(workspace, register, found, values)


def after_edits(workspace: Workspace, register: Register, changed: list[Entry]) -> list[Entry]:
    """Hours that changed move what is due after them now, not at the next tidying."""
    if changed and register.name in ("contract", "person", "policy"):
        from cockpit.services import sla_watch

        sla_watch.sweep(workspace)
    return changed


def _within(workspace: Workspace, found: Record, values: dict[str, Value]) -> dict[str, Value]:
    """A record of a sensitive file is never less confidential than it."""
    from cockpit.services import dossiers

    case, conf = getattr(found, "case", ""), found.conf
    bounded = dossiers.within(workspace, {"case": case, "conf": conf, **values})
    return {
        name: value for name, value in bounded.items() if name in values or value != getattr(found, name, "")
    }


def _of_dossier(workspace: Workspace, found: Dossier, values: dict[str, Value]) -> list[clocks.Change]:
    from cockpit.services import dossiers

    changes: list[clocks.Change] = []
    for register, record, moved in dossiers.raised(workspace, found, values):
        changes += _changes(workspace, register, record or found, moved)
    return changes


def _change(
    workspace: Workspace, register: Register, found: Record, values: dict[str, Value], action: str
) -> list[Entry]:
    """A record and, for a blocker, its clocks: one batch, so that one undo takes back both."""
    with transaction(workspace.conn):
        changes = _changes(workspace, register, found, values)
        return workspace.change_all(changes, action or f"{register.name}.edit")


def _changes(
    workspace: Workspace, register: Register, found: Record, values: dict[str, Value]
) -> list[clocks.Change]:
    if isinstance(found, Blocker):
        return clocks.with_changed(workspace, found, values)
    return [(register, found, values)]


def _work(workspace: Workspace, code: str) -> tuple[Register, Blocker | Priority]:
    """An open blocker or priority. Raises UnknownCode, and NotPossible for what is closed or something else."""
    register, found = find(workspace, code)
    if not isinstance(found, Blocker | Priority) or found.closed_at is not None:
        raise NotPossible(code)
    return register, found
