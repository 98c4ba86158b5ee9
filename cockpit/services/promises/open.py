"""The clocks of service promises that are still running or paused."""

from __future__ import annotations

from datetime import datetime

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.registers.clock import Clock
from cockpit.domain.time.business_time import Calendar
from cockpit.services.desk.calendars import Calendars
from cockpit.services.desk.workspace import Workspace


@dataclass(frozen=True)
class SlaRow:
    """A clock that is open, with the calendar in which what is left of it counts."""

    record: Clock
    calendar: Calendar

    @property
    def due(self) -> datetime | None:
        """The instant stored when an event moved it; None while it is paused."""
        return self.record.due

    @property
    def code(self) -> str:
        """What it is about: its blocker, or itself when it is a delivery."""
        return self.record.blocker or self.record.code


VISIBLE = 100
"""Rows of one pane at most: what is further down is found by typing."""


OPEN = "ended_at IS NULL AND archived_at IS NULL"
"""A clock that still counts."""


def slas(workspace: Workspace, limit: int = VISIBLE) -> tuple[SlaRow, ...]:
    """The open clocks, the nearest due first, then those that are paused; every one with a negative limit."""
    found = workspace.select(Clock, "clock", f"{OPEN} ORDER BY due IS NULL, due, number LIMIT ?", (limit,))
    calendars = Calendars(workspace)
    return tuple(SlaRow(record, calendars.version(record.calendar)) for record in found)
