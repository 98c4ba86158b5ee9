"""Time that went into records, as the journal tells it: noted, for reminders, for what was opened again."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from statistics import median

from cockpit.domain.costs.items import TimeKind, TimeSpent
from cockpit.services.desk.workspace import Workspace
from cockpit.store.records import instant

SPENT = ("blocker", "priority")
"""Records on which time is noted."""
REMINDED = "clock.remind"
_ASKED = f"""
    action = '{REMINDED}'
    OR entity IN ({", ".join(repr(each) for each in SPENT)}) AND (
        instr(after, '"spent_minutes"') > 0 AND (before IS NOT NULL OR instr(after, '"spent_minutes":0') = 0)
        OR before IS NOT NULL AND instr(after, '"closed_at":null') > 0
    )
"""
"""Seen in the stored text, so that what tells nothing of time is never read as JSON."""


def spent(workspace: Workspace, since: datetime) -> tuple[TimeSpent, ...]:
    """Everything from then on, in the order in which it was written, of what this room may know."""
    conn, began = workspace.conn, instant(since)
    hidden = _hidden(workspace)
    undone = {
        row["undoes"]
        for row in conn.execute(
            "SELECT DISTINCT undoes FROM main.journal WHERE at >= ? AND undoes IS NOT NULL", (began,)
        )
    }
    rows = conn.execute(
        "SELECT at, actor, code, batch, action, undoes, json_extract(before, '$.spent_minutes') AS was,"
        " json_extract(after, '$.spent_minutes') AS now, json_extract(before, '$.closed_at') AS closed"
        f" FROM main.journal WHERE at >= ? AND ({_ASKED}) ORDER BY seq",
        (began,),
    )
    found: list[TimeSpent] = []
    reminded: set[int] = set()
    for row in rows:
        if row["code"] in hidden:
            continue
        minutes = (row["now"] or 0) - (row["was"] or 0)
        if minutes:
            found.append(_of(row, TimeKind.NOTED, minutes))
        elif row["batch"] in undone:
            # Of what was taken back nothing is left; of time noted, the entry that takes it back is counted too.
            continue
        elif row["action"] == REMINDED and row["batch"] not in reminded:
            reminded.add(row["batch"])
            found.append(_of(row, TimeKind.REMINDER))
        elif row["closed"] and row["undoes"] is None:
            found.append(_of(row, TimeKind.REOPENED))
    return tuple(found)


def _hidden(workspace: Workspace) -> frozenset[str]:
    """Codes of which this room may know nothing: above its level now, or once."""
    if workspace.room is None:
        return frozenset()
    rows = workspace.conn.execute(
        " UNION ".join(f"SELECT code FROM {table} WHERE conf > :level" for table in (*SPENT, "clock"))
        + " UNION SELECT code FROM main.journal WHERE conf > :level",
        {"level": workspace.room},
    )
    return frozenset(row["code"] for row in rows)


def effort(workspace: Workspace) -> int:
    """The minutes that a case takes: the median of closed ones on which time was noted; 0 while there is none."""
    found = [
        row["spent_minutes"]
        for table in SPENT
        for row in workspace.conn.execute(
            f"SELECT spent_minutes FROM {table} WHERE closed_at IS NOT NULL AND spent_minutes > 0"
        )
    ]
    return round(median(found)) if found else 0


def _of(row: sqlite3.Row, kind: TimeKind, minutes: int = 0) -> TimeSpent:
    at = datetime.fromisoformat(row["at"])
    return TimeSpent(at=at, by=row["actor"], code=row["code"], kind=kind, minutes=minutes)
