"""What is kept fresh beside a sync: holidays, the agenda's window, the heat of blockers."""

from __future__ import annotations

from contextlib import suppress

from cockpit.services import agenda_windows, heat
from cockpit.services.calendars import UnknownRegion, company_calendar
from cockpit.services.workspace import Workspace


def tidy(workspace: Workspace) -> None:
    """Bring what moves with the clock up to date."""
    # Where the settings name no known region, days off are simply not known, and the doctor says so.
    with suppress(UnknownRegion):
        company_calendar(workspace, freeze=True)
    agenda_windows.roll_window(workspace.conn, workspace.clock(), workspace.settings.company.timezone)
    heat.refresh(workspace.conn, now=workspace.now(), me=workspace.actor)
