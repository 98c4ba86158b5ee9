"""Rows of the cockpit: records with what the moment says about them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cockpit.domain.alerts import CERTIFICATE_WARNING
from cockpit.domain.business_time import Calendar
from cockpit.domain.heat import Heat
from cockpit.domain.registers.blocker import Blocker
from cockpit.domain.registers.clock import Clock
from cockpit.domain.registers.priority import Priority
from cockpit.domain.state import Freshness, State
from cockpit.services.marks import NOTHING, About, Words
from cockpit.store import sources


@dataclass(frozen=True)
class PriorityRow:
    """A priority, and whether it is one of the three of the day."""

    record: Priority
    top: bool
    core: bool


@dataclass(frozen=True)
class BlockerRow:
    """A blocker and the reasons of its rank."""

    record: Blocker
    heat: Heat


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
class ProviderLine:
    """A provider: three facts kept apart, its state, its freshness, its last failure; and what we say of it.

    One without a page has no reading: its state is the one given by hand, else unknown.
    """

    key: str
    name: str
    criticality: str
    url: str
    state: State
    fresh: Freshness
    row: sources.ProviderRow | None
    code: str = ""
    """The provider of the register that it speaks for."""
    ours: Words = NOTHING
    """What we say of it."""
    unstable: bool = False
    """Whether it goes back and forth."""
    muted_parts: bool = False
    """Whether nothing but muted components is in trouble."""
    has_page: bool = True
    limit: str = ""
    """What its source does not cover, in a few words; empty for most."""
    exchange: datetime | None = None
    """When we last noted that we spoke."""
    slas: int = 0
    slas_passed: int = 0

    @property
    def quiet(self) -> bool:
        """Whether no alert is raised about it."""
        return self.ours.quiet or self.muted_parts

    @property
    def about(self) -> About:
        """Whom our words on it are about."""
        return About(self.key if self.has_page else "", self.code)

    @property
    def incidents(self) -> tuple[str, ...]:
        """Titles of the open incidents."""
        return self.row.incidents if self.row else ()

    @property
    def last_ok(self) -> datetime | None:
        """When it was last read."""
        return self.row.last_ok if self.row else None

    def certificate_days(self, now: datetime) -> int | None:
        """Whole days before the certificate of the probed service ends, when that is near; else None."""
        expiry = self.row.certificate_expiry if self.row else None
        if expiry is None or expiry - now > CERTIFICATE_WARNING:
            return None
        return max((expiry - now).days, 0)


@dataclass(frozen=True)
class FeedLine:
    """An agenda of the settings, with how fresh it is."""

    key: str
    name: str
    state: sources.SourceState | None
    repairs: int
    doubted: bool = False
    """Whether its last answer lost so much that the agenda was kept."""

    @property
    def last_ok(self) -> datetime | None:
        """When it was last read."""
        return self.state.last_ok if self.state else None


@dataclass(frozen=True)
class Gap:
    """A free stretch of the day."""

    start: datetime
    end: datetime
