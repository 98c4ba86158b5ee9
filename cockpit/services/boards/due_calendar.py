"""Everything that is due, as an .ics file: blockers, priorities, decisions, audits, notice dates of contracts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from cockpit.domain.records.confidentiality import EVERYTHING
from cockpit.locale import _
from cockpit.services.audits.due import due
from cockpit.services.boards.due_work import due_work
from cockpit.services.desk.workspace import Workspace

if TYPE_CHECKING:
    from cockpit.sharing.calendar import DatedLine

AHEAD = timedelta(days=366)
"""How far ahead dates of contracts and audits are listed."""


def to_ics(workspace: Workspace, max_conf: int = EVERYTHING) -> bytes:
    """The calendar of what is open and due; what is above `max_conf` is left out."""
    from cockpit.sharing.calendar import dated

    title = _("Due dates of {company}").format(company=workspace.settings.company.name or workspace.actor)
    return dated(title, (*_records(workspace, max_conf), *_days(workspace.behind(max_conf))))


def _records(workspace: Workspace, max_conf: int) -> Iterator[DatedLine]:
    from cockpit.sharing.calendar import DatedLine

    names = workspace.names()
    for record in due_work(workspace):
        if record.due is not None and record.conf <= max_conf:
            notes = " · ".join(filter(None, (record.code, names.get(record.owner, record.owner))))
            changed = record.updated_at or record.created_at or record.due
            yield DatedLine(f"{record.id}@cockpit", record.title, notes, record.due, changed)


def _days(workspace: Workspace) -> Iterator[DatedLine]:
    from cockpit.sharing.calendar import DatedLine

    today, now = workspace.today(), workspace.now()
    for each in due(workspace, today, today + AHEAD):
        yield DatedLine(f"{each.key}@cockpit", each.text, each.code, each.day, now)
