"""What went out of the sale file until now, and the day that the company aims at. Light: the shelf asks often."""

from __future__ import annotations

from datetime import date

from cockpit.domain.registers.phase import SALE
from cockpit.domain.registers.release import SALE_FILE, Release
from cockpit.services.desk.workspace import Workspace
from cockpit.services.organisation import phase


def aimed_at(workspace: Workspace) -> date | None:
    """The day on which the company is to change hands, for whoever may know of it."""
    found = phase.current(workspace)
    return found.target_on if found is not None and found.phase == SALE else None


def releases(workspace: Workspace) -> tuple[Release, ...]:
    """Every issue that was written, the last one first; none below the chief executive's level."""
    where = "document = ? AND archived_at IS NULL ORDER BY number DESC"
    return workspace.select(Release, "release", where, (SALE_FILE,))


def last_release(workspace: Workspace, recipient: str = "") -> Release | None:
    """The last issue that went to somebody; to anybody where nobody is named."""
    return next((each for each in releases(workspace) if not recipient or each.recipient == recipient), None)
