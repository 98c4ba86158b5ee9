"""The priorities and blockers that are open, as a list shows them, and how many there are in all."""

from __future__ import annotations

from datetime import date, datetime

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.registers.priority import Priority
from cockpit.domain.time.elapsed import whole_days
from cockpit.services.desk.workspace import Workspace
from cockpit.services.promises.open import VISIBLE
from cockpit.services.work.by_heat import hottest
from cockpit.services.work.rows import BlockerRow, PriorityRow
from cockpit.store import records
from cockpit.store.records import AWAKE, instant

_ALL = -1
"""No limit, in SQLite."""
_LIVE = "closed_at IS NULL AND archived_at IS NULL"


@dataclass(frozen=True, kw_only=True)
class OpenWork:
    """Tuples hold the rows that a list shows, counts the whole."""

    priorities: tuple[PriorityRow, ...]
    priorities_open: int
    priorities_delegated: int
    priorities_snoozed: int
    blockers: tuple[BlockerRow, ...]
    blockers_open: int
    blockers_snoozed: int
    oldest_days: int
    """Since how many days the oldest blocker holds that is not snoozed."""


def open_work(workspace: Workspace) -> OpenWork:
    """What is open now. Reads only what is visible, whatever is stored."""
    now, today = workspace.now(), workspace.today()
    count = records.count
    return OpenWork(
        priorities=_priorities(workspace, now, today),
        priorities_open=count(workspace.conn, "priority", f"{_LIVE} AND status = 'open'"),
        priorities_delegated=count(workspace.conn, "priority", f"{_LIVE} AND status = 'delegated'"),
        priorities_snoozed=count(
            workspace.conn, "priority", f"snoozed_until > ? AND status = 'open' AND {_LIVE}", (instant(now),)
        ),
        blockers=tuple(hottest(workspace, VISIBLE)),
        blockers_open=count(workspace.conn, "blocker", _LIVE),
        blockers_snoozed=count(workspace.conn, "blocker", f"snoozed_until > ? AND {_LIVE}", (instant(now),)),
        oldest_days=_oldest_days(workspace, now),
    )


def every_priority(workspace: Workspace) -> tuple[PriorityRow, ...]:
    """All that the list would show if it showed everything, in its order: thousands take their time."""
    return _priorities(workspace, workspace.now(), workspace.today(), _ALL)


def every_blocker(workspace: Workspace) -> tuple[BlockerRow, ...]:
    """See every_priority."""
    return tuple(hottest(workspace, _ALL))


def _priorities(
    workspace: Workspace, now: datetime, today: date, most: int = VISIBLE
) -> tuple[PriorityRow, ...]:
    rows = workspace.conn.execute("SELECT code FROM function WHERE core_value")
    cores = {row["code"] for row in rows}
    top = workspace.select(
        Priority,
        "priority",
        f"day = ? AND coalesce(picked_by, '') = ? AND {_LIVE} AND {AWAKE} ORDER BY rank, number",
        (today.isoformat(), workspace.picker, instant(now)),
    )
    rest = workspace.select(
        Priority,
        "priority",
        f"{_LIVE} AND (day IS NULL OR day != ? OR coalesce(picked_by, '') != ?) AND {AWAKE}"
        " AND (status = 'open' OR (remind_at IS NOT NULL AND remind_at <= ?))"
        " ORDER BY due IS NULL, due, severity, number LIMIT ?",
        (today.isoformat(), workspace.picker, instant(now), instant(now), most),
    )
    return tuple(
        PriorityRow(record, index < len(top), record.function in cores)
        for index, record in enumerate((*top, *rest))
    )


def _oldest_days(workspace: Workspace, now: datetime) -> int:
    row = workspace.conn.execute(
        f"SELECT min(coalesce(since, created_at)) AS first FROM blocker WHERE {_LIVE} AND {AWAKE}",
        (instant(now),),
    ).fetchone()
    return whole_days((now - datetime.fromisoformat(row["first"])).total_seconds()) if row["first"] else 0
