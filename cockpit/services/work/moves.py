"""What one key does to a blocker or a priority. Each call is one journaled change that `undo` takes back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from cockpit.domain.records.record import Register, Value
from cockpit.domain.registers.blocker import Blocker
from cockpit.domain.registers.priority import Priority
from cockpit.domain.text import typed
from cockpit.locale import _
from cockpit.services.changes.edit import _change, _changes
from cockpit.services.desk.refusal import NotPossible, closed
from cockpit.services.desk.workspace import Workspace
from cockpit.services.promises import clocks
from cockpit.services.records.find import find
from cockpit.store.journal import JournalEntry
from cockpit.store.transaction import transaction

TOP = 3
"""Priorities of a day."""


def done(workspace: Workspace, codes: Sequence[str], lesson: str = "") -> list[JournalEntry]:
    """Blockers are solved, priorities done: all of them, or none when one cannot be.

    A blocker and the priority that stands for it among the three of a day are one work: done together.
    """
    with transaction(workspace.conn):
        changes: list[clocks.RecordChange] = []
        every = dict.fromkeys(each for code in codes for each in (code.upper(), *_same_work(workspace, code)))
        for code in every:
            register, found = _work(workspace, code)
            values: dict[str, Value] = {"closed_at": workspace.clock()}
            values["status"] = "solved" if isinstance(found, Blocker) else "done"
            if lesson and isinstance(found, Blocker):
                values["lesson"] = typed(lesson)
            changes += _changes(workspace, register, found, values)
            if lesson and isinstance(found, Blocker):
                from cockpit.services.work import lessons

                changes.append((lessons.LESSON, None, lessons.of(workspace, found, typed(lesson))))
        return workspace.change_all(changes, f"{changes[0][0].name}.done") if changes else []


def snooze(workspace: Workspace, code: str, until: datetime) -> list[JournalEntry]:
    """Out of sight until then; it comes back at its old rank."""
    register, found = _work(workspace, code)
    return workspace.change(register, found, {"snoozed_until": until}, f"{register.name}.snooze")


def delegate(workspace: Workspace, code: str, to: str, remind_at: datetime | None) -> list[JournalEntry]:
    """Somebody else carries it; it comes back on the day of the reminder."""
    register, found = _work(workspace, code)
    to = typed(to)
    if not to:
        raise NotPossible(code, _("say to whom"))
    values: dict[str, Value] = {"delegated_to": to, "owner": to, "remind_at": remind_at}
    if isinstance(found, Priority):
        values |= {"status": "delegated", "day": None}
    return workspace.change(register, found, values, f"{register.name}.delegate")


def wait_for(workspace: Workspace, code: str, names: tuple[str, ...]) -> list[JournalEntry]:
    """It waits for somebody; without a name it waits for nobody any more."""
    register, found = _work(workspace, code)
    names = tuple(filter(None, map(typed, names)))
    values: dict[str, Value] = {"waiting_on": names}
    if isinstance(found, Blocker):
        values["status"] = "waiting" if names else "open"
    return _change(workspace, register, found, values, f"{register.name}.wait")


def next_step(workspace: Workspace, code: str, text: str) -> list[JournalEntry]:
    """What happens next, in one line."""
    register, found = _work(workspace, code)
    return workspace.change(register, found, {"next_step": typed(text)}, f"{register.name}.next_step")


def pick(workspace: Workspace, code: str) -> list[JournalEntry]:
    """One of the three priorities of today, or no longer. Raises NotPossible when there are three."""
    with transaction(workspace.conn):
        register, found = _work(workspace, code)
        today = workspace.today()
        if not isinstance(found, Priority):
            raise NotPossible(code, _("only a priority is one of the three of the day"))
        if found.is_one_of(today, workspace.picker):
            return workspace.change(register, found, {"day": None, "rank": 0}, "priority.unpick")
        if found.day == today:
            names = workspace.names()
            who = names.get(found.picked_by or workspace.chief, found.picked_by or workspace.chief)
            raise NotPossible(code, _("it is one of the three of {who} today").format(who=who))
        live = "day = ? AND coalesce(picked_by, '') = ? AND closed_at IS NULL AND archived_at IS NULL"
        taken = workspace.select(Priority, "priority", live, (today.isoformat(), workspace.picker))
        free = sorted(set(range(1, TOP + 1)) - {other.rank for other in taken})
        if len(taken) >= TOP or not free:
            raise NotPossible(code, _("three are chosen for today already: take one off first"))
        values: dict[str, Value] = {
            "day": today, "rank": free[0], "snoozed_until": None, "picked_by": workspace.picker,
        }  # fmt: skip
        if found.day is not None and found.day < today:
            values["carried"] = found.carried + 1
        return workspace.change(register, found, values, "priority.pick")


def _same_work(workspace: Workspace, code: str) -> tuple[str, ...]:
    """The priorities that stand for a blocker, or the blocker that a priority stands for, while they are open."""
    _register, found = find(workspace, code)
    if isinstance(found, Blocker):
        open_ones = workspace.select(
            Priority,
            "priority",
            "closed_at IS NULL AND archived_at IS NULL AND tags LIKE ?",
            (f'%"{found.code}"%',),
        )
        return tuple(each.code for each in open_ones if found.code in each.tags)
    tags = [tag for tag in getattr(found, "tags", ()) if tag.startswith("B-")]
    if not isinstance(found, Priority) or not tags:
        return ()
    marks = ", ".join("?" * len(tags))
    blockers = workspace.select(
        Blocker, "blocker", f"closed_at IS NULL AND archived_at IS NULL AND code IN ({marks})", tags
    )
    return tuple(each.code for each in blockers)


def _work(workspace: Workspace, code: str) -> tuple[Register, Blocker | Priority]:
    """An open blocker or priority. Raises UnknownCode, and NotPossible for what is closed or something else."""
    register, found = find(workspace, code)
    if not isinstance(found, Blocker | Priority):
        raise NotPossible(code, _("this is done to blockers and priorities only"))
    if found.closed_at is not None:
        raise closed(code)
    workspace.may_change(found)
    return register, found
