"""The clocks of service promises that are still running or paused."""

from __future__ import annotations

from datetime import datetime

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.promises.compliance import Compliance
from cockpit.domain.registers.clock import Clock
from cockpit.domain.time.business_time import Calendar
from cockpit.services.desk.calendars import Calendars
from cockpit.services.desk.workspace import Workspace
from cockpit.store import records


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


@dataclass(frozen=True)
class OpenPromises:
    """The clocks that a list shows, how many run in all, and how promises were kept lately."""

    slas: tuple[SlaRow, ...]
    running: int
    kept: Compliance
    """Those that are open and broken are among them."""

    def of(self, blocker: str) -> SlaRow | None:
        """The clock of a blocker that is due first."""
        return next((row for row in self.slas if row.record.blocker == blocker), None)


VISIBLE = 100
"""Rows of one pane at most: what is further down is found by typing."""


OPEN = "ended_at IS NULL AND archived_at IS NULL"
"""A clock that still counts."""


def slas(workspace: Workspace) -> tuple[SlaRow, ...]:
    """The open clocks that a list shows, the nearest due first, then those that are paused."""
    found = workspace.select(Clock, "clock", f"{OPEN} ORDER BY due IS NULL, due, number LIMIT ?", (VISIBLE,))
    calendars = Calendars(workspace)
    return tuple(SlaRow(record, calendars.version(record.calendar)) for record in found)


_JUDGED = (
    "title", "blocker", "provider", "metric", "cycle", "warn", "calendar", "state", "pause", "due", "until",
    "target_s", "consumed_s", "breached_at", "overrun_s", "conf",
)  # fmt: skip


def every(workspace: Workspace) -> tuple[SlaRow, ...]:
    """All the open clocks, with what is needed to judge them: how late they are, whose, of which case."""
    found = records.select_some(workspace.conn, Clock, "clock", _JUDGED, where=OPEN)
    calendars = Calendars(workspace)
    return tuple(SlaRow(record, calendars.version(record.calendar)) for record in found)
