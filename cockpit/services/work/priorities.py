"""The three priorities of a day: which were carried over too often, and which gives way to a fourth."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from cockpit.domain.alerts.alerts import CARRIED
from cockpit.domain.records.record import Value
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.blocker import Blocker
from cockpit.domain.registers.priority import Priority
from cockpit.domain.text import fold
from cockpit.locale import _
from cockpit.services.desk.refusal import NotPossible, closed
from cockpit.services.desk.workspace import Workspace
from cockpit.services.records import find
from cockpit.services.work import moves
from cockpit.services.work.moves import TOP
from cockpit.store.journal import JournalEntry
from cockpit.store.transaction import transaction

PRIORITY = REGISTERS["priority"]
_LIVE = "closed_at IS NULL AND archived_at IS NULL"


def must_be_settled(record: Priority, today: date) -> bool:
    """Whether choosing it once more is no longer enough: do it, delegate it, date it or drop it."""
    return record.day != today and record.carries(today) >= CARRIED


def of_today(workspace: Workspace) -> tuple[Priority, ...]:
    """The priorities of today of whoever is at the keyboard that are still to be done, by rank."""
    mine = workspace.today().isoformat(), workspace.picker
    where = f"day = ? AND coalesce(picked_by, '') = ? AND {_LIVE} ORDER BY rank, number"
    return workspace.select(Priority, "priority", where, mine)


def is_full(workspace: Workspace) -> bool:
    """Whether the three priorities of today are chosen."""
    return len(of_today(workspace)) >= TOP


def instead(workspace: Workspace, code: str, dropped: str) -> list[JournalEntry]:
    """Choose a priority or a blocker in place of another of today, as one change. Raises UnknownCode, NotPossible."""
    with transaction(workspace.conn):
        today = workspace.today()
        _register, found = find.find(workspace, code)
        other = next((each for each in of_today(workspace) if each.code == dropped.upper()), None)
        if isinstance(found, Blocker) and other is not None and found.closed_at is None:
            with workspace.together():
                dropped_ones = workspace.change(PRIORITY, other, {"day": None, "rank": 0}, "priority.pick")
                toggle_blocker(workspace, code)
                return dropped_ones
        if not isinstance(found, Priority):
            raise NotPossible(code, _("only a priority or a blocker is one of the three of the day"))
        if found.closed_at is not None:
            raise closed(code)
        if found.day == today:
            raise NotPossible(code, _("it is one of the three of today already"))
        if other is None:
            raise NotPossible(dropped, _("it is not one of the three of today"))
        values: dict[str, Value] = {
            "day": today, "rank": other.rank, "snoozed_until": None, "picked_by": workspace.picker,
        }  # fmt: skip
        if found.carries(today) > found.carried:
            values["carried"] = found.carried + 1
        return workspace.change_all(
            [(PRIORITY, other, {"day": None, "rank": 0}), (PRIORITY, found, values)], "priority.pick"
        )


def of_blocker(workspace: Workspace, code: str) -> str:
    """Make a blocker one of the three of today: a priority of its title, with its function, severity and date,
    carried by the person at the keyboard; its code. Raises UnknownCode, NotPossible."""
    with transaction(workspace.conn):
        _register, found = find.find(workspace, code)
        if not isinstance(found, Blocker):
            raise NotPossible(code, _("it is no blocker"))
        if found.closed_at is not None:
            raise closed(code)
        rank = free_rank(workspace, code)
        values: dict[str, Value] = {
            "title": found.title, "function": found.function or None, "severity": found.severity,
            "due": found.due, "owner": workspace.actor, "day": workspace.today(), "rank": rank,
            "picked_by": workspace.picker,
            "tags": (found.code,), "case": found.case, "conf": found.conf,
        }  # fmt: skip
        return workspace.add(PRIORITY, values, "priority.pick")


def of_the_day(workspace: Workspace, code: str) -> Priority | None:
    """The open priority that stands for a blocker among the three of a day, where one was made."""
    found = workspace.select(
        Priority, "priority", f"{_LIVE} AND tags LIKE ? ORDER BY number DESC", (f'%"{code}"%',)
    )
    return next((each for each in found if code in each.tags), None)


def toggle_blocker(workspace: Workspace, code: str) -> str:
    """A blocker is one of the three of today, or no longer; the code of the priority that stands for it.

    Raises UnknownCode, NotPossible.
    """
    with transaction(workspace.conn):
        standing = of_the_day(workspace, code)
        if standing is None:
            return of_blocker(workspace, code)
        if not standing.is_one_of(workspace.today(), workspace.picker):
            moves.pick(workspace, standing.code)
        else:
            # It was made for the day alone: the blocker itself stays.
            off: dict[str, Value] = {"day": None, "rank": 0, "archived_at": workspace.clock()}
            workspace.change(PRIORITY, standing, off, "priority.unpick")
        return standing.code


def free_rank(workspace: Workspace, code: str) -> int:
    """The first place among the three of today that nobody takes; raises NotPossible where all three are taken."""
    taken = {each.rank for each in of_today(workspace)}
    free = [rank for rank in range(1, TOP + 1) if rank not in taken]
    if not free:
        raise NotPossible(code, _("three are chosen for today already: take one off first"))
    return free[0]


def blockers_taken(workspace: Workspace) -> frozenset[str]:
    """The blockers of which an open priority was made."""
    rows = workspace.conn.execute(
        "SELECT tag.value AS code FROM priority, json_each(priority.tags) AS tag"
        " WHERE priority.closed_at IS NULL AND priority.archived_at IS NULL AND tag.value LIKE 'B-%'"
    )
    return frozenset(row["code"] for row in rows)


def drop(workspace: Workspace, code: str) -> list[JournalEntry]:
    """It will not be done. Raises UnknownCode, NotPossible."""
    _register, found = find.find(workspace, code)
    if not isinstance(found, Priority):
        raise NotPossible(code, _("this is done to priorities only"))
    if found.closed_at is not None:
        raise closed(code)
    values: dict[str, Value] = {"status": "dropped", "closed_at": workspace.clock(), "day": None, "rank": 0}
    return workspace.change(PRIORITY, found, values, "priority.drop")


def named(found: Sequence[Priority], text: str) -> Priority | None:
    """The one that a code, its rank of the day or the beginning of its title means; None unless it is one."""
    wanted = fold(text.strip())
    if not wanted:
        return None
    exact = [each for each in found if fold(each.code) == wanted or (each.rank and str(each.rank) == wanted)]
    close = exact or [each for each in found if fold(each.title).startswith(wanted)]
    return close[0] if len(close) == 1 else None
