"""The blockers, priorities and decisions that have a due date and are not over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from cockpit.domain.agenda.events import midnight
from cockpit.domain.registers.blocker import Blocker
from cockpit.domain.registers.decision import Decision
from cockpit.domain.registers.priority import Priority
from cockpit.services.audits.due import WORK, Due
from cockpit.services.desk.workspace import Workspace
from cockpit.store.records import instant

_WITHIN = "due >= ? AND due < ? AND archived_at IS NULL"
_STANDS = (
    "done_at IS NULL AND NOT EXISTS (SELECT 1 FROM decision AS later WHERE later.supersedes = decision.code"
    " AND later.supersedes > '' AND later.archived_at IS NULL)"
)
EVER = ("", "9999")
"""From the first instant to the last, as they are stored."""


def due_work(
    workspace: Workspace, within: tuple[str, str] = EVER
) -> tuple[Blocker | Priority | Decision, ...]:
    """Those due from the first stored instant up to, not including, the second; each kind by its dates."""
    return (
        *workspace.select(
            Blocker, "blocker", f"{_WITHIN} AND closed_at IS NULL ORDER BY due, number", within
        ),
        *workspace.select(
            Priority, "priority", f"{_WITHIN} AND closed_at IS NULL ORDER BY due, number", within
        ),
        *workspace.select(Decision, "decision", f"{_WITHIN} AND {_STANDS} ORDER BY due, number", within),
    )


def days(workspace: Workspace, start: date, end: date) -> Iterator[Due]:
    """The same from `start` up to, not including, `end`, on the days of the zone that is shown."""
    zone = workspace.zone
    for record in due_work(workspace, (instant(midnight(start, zone)), instant(midnight(end, zone)))):
        assert record.due is not None
        yield Due(record.due.astimezone(zone).date(), WORK, record.title, record.code)
