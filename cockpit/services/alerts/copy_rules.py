"""Copies that nobody tried to restore for too long, or that could not be."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import ClassVar

from cockpit.domain.alerts.alerts import Alert, AlertLevel
from cockpit.domain.dataclasses import dataclass
from cockpit.locale import N_, _
from cockpit.services.desk.workspace import Workspace
from cockpit.store.state import restore_drills
from cockpit.store.state.restore_drills import BACKUP

LATE = timedelta(days=35)
"""A month, and some days for whoever was away."""


@dataclass(frozen=True, kw_only=True)
class CopyUntried(Alert):
    """No copy was restored for a trial for more than a month."""

    KIND: ClassVar[str] = "copy_untried"
    TEXT: ClassVar[str] = N_("No copy of the cockpit was restored for a trial in {days}")
    NEXT: ClassVar[str] = N_("{me}: cockpit backup, then cockpit drill")

    days: int


@dataclass(frozen=True, kw_only=True)
class CopyNoGood(Alert):
    """A copy that could not be restored at its last trial."""

    KIND: ClassVar[str] = "copy_no_good"
    TEXT: ClassVar[str] = N_("The restore drill failed: {subject}")
    NEXT: ClassVar[str] = N_(
        "{me}: cockpit doctor says why; make a new one (cockpit backup), then cockpit drill"
    )


def of_copies(workspace: Workspace) -> Iterator[Alert]:
    """What is known of the copies; of a cockpit that is younger than a month nothing is asked yet."""
    tried = restore_drills.last(workspace.conn)
    for each in tried:
        if each.fault:
            what = _("the backup") if each.kind == BACKUP else _("the copy elsewhere")
            yield CopyNoGood(level=AlertLevel.RED, target="copies", subject=what, since=each.at.isoformat())
    if any(each.fault for each in tried):
        return
    since = tried[0].at if tried else _began(workspace)
    if since is not None and workspace.clock() - since > LATE:
        days = (workspace.clock() - since).days
        yield CopyUntried(level=AlertLevel.ORANGE, target="copies", days=days, since=since.isoformat())


def _began(workspace: Workspace) -> datetime | None:
    row = workspace.conn.execute("SELECT at FROM journal ORDER BY seq LIMIT 1").fetchone()
    return datetime.fromisoformat(row["at"]) if row else None
