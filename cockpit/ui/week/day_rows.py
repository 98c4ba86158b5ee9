"""The rows of a day: where the hour stands, and its events."""

from __future__ import annotations

from datetime import datetime

from cockpit.domain.agenda.events import Event
from cockpit.domain.dataclasses import dataclass


@dataclass(frozen=True)
class Now:
    """The line between what was and what comes."""

    at: datetime


@dataclass(frozen=True)
class DayEvent:
    """An event with what the day says about it."""

    event: Event
    clash: bool
    past: bool
