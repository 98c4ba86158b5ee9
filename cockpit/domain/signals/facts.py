"""What signals are worked out of: the records as they stood at one moment, and what was done before it.

A past week has the same facts as the present one, so that one formula serves both.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any, NamedTuple, TypeVar

from cockpit.domain.costs.items import TimeSpent
from cockpit.domain.dataclasses import dataclass, field
from cockpit.domain.records.record import Record
from cockpit.domain.registers.person import Person
from cockpit.domain.registers.phase import Phase
from cockpit.domain.registers.provider import Provider
from cockpit.domain.settings import Limits
from cockpit.domain.time.business_time import Calendar

R = TypeVar("R", bound=Record)
RECENT = timedelta(days=28)
"""The window that is judged."""
BEFORE = timedelta(days=84)
"""The window before it, against which it is judged."""


WATCHED = frozenset({"owner", "closed_at", "day", "received_on", "reminders"})
"""Columns whose changes tell something; of other changes no formula asks."""


class Deed(NamedTuple):
    """One entry of the journal that made a record or changed a column of WATCHED: who did what to it."""

    at: datetime
    by: str
    """As it was signed: a name."""
    action: str
    register: str
    code: str
    before: Mapping[str, Any]
    """Column to stored value of what was changed; empty for a new record."""
    after: Mapping[str, Any]
    is_new: bool = False


@dataclass(frozen=True, kw_only=True)
class SourceUptime:
    """How a status source did over its window: seconds up, of those seen; and the incidents it told."""

    source: str
    provider: str
    share: float | None
    seen: float
    """The share of the time in which somebody could tell, from 0 to 1."""


@dataclass(frozen=True, kw_only=True)
class Facts:
    """All that formulas may look at. Records that were archived by then are kept apart."""

    week: date
    """The Monday of the week that is measured."""
    at: datetime
    """The moment as of which it is: the end of the week, or now for the week that runs. In the company's zone."""
    limits: Limits
    calendar: Calendar
    """The company's hours: durations are counted in them."""
    records: Mapping[str, Sequence[Record]] = field(default_factory=dict)
    """By register, those that were archived too."""
    deeds: Sequence[Deed] = ()
    """What was done in RECENT and BEFORE, oldest first."""
    times: Sequence[TimeSpent] = ()
    """Time that went into records over the year before, and somewhat more."""
    chief: frozenset[str] = frozenset()
    """What the chief executive goes by: names and codes."""
    uptimes: Sequence[SourceUptime] = ()
    phase: Phase | None = None
    """What the company went through by then; the limits are those of that phase."""
    dead_links: frozenset[str] = frozenset()
    """Records whose link was tried and led nowhere, by then."""
    absences: Sequence[tuple[date, date]] = ()
    """First and last days on which the chief executive was away."""
    since: datetime | None = None
    """When the journal begins."""
    is_team_told: bool = False
    """Whether the chief executive said that the team knows of what is measured about teams."""

    @cached_property
    def today(self) -> date:
        """The last day of the facts: a week that ends at midnight is judged as of its Sunday."""
        return (self.at - timedelta(seconds=1)).date()

    def of(self, kind: type[R]) -> tuple[R, ...]:
        """The records of a register that were not archived."""
        known = self._live.get(kind)
        if known is None:
            known = self._live[kind] = tuple(each for each in self.every(kind) if each.archived_at is None)
        return known  # type: ignore[return-value]

    def every(self, kind: type[R]) -> Sequence[R]:
        """The records of a register, archived ones among them."""
        return self.records.get(kind.__name__.lower(), ())  # type: ignore[return-value]

    @cached_property
    def _live(self) -> dict[type[Record], tuple[Record, ...]]:
        return {}

    def done(self, days: timedelta, *, before: timedelta = timedelta()) -> Iterator[Deed]:
        """The deeds of a window of so many days that ended `before` the moment."""
        hi = self.at - before
        lo = hi - days
        return (deed for deed in self.deeds if lo <= deed.at < hi)

    def days_since(self, day: date | datetime | None) -> int | None:
        """Whole days from then to today; None when it is not known."""
        if day is None:
            return None
        then = day.astimezone(self.at.tzinfo).date() if isinstance(day, datetime) else day
        return (self.today - then).days

    @cached_property
    def gone(self) -> frozenset[str]:
        """People and providers that nobody can count on any more: archived, or with a mission that is over."""
        people = (
            each
            for each in self.every(Person)
            if each.archived_at or (each.ends_on and each.ends_on <= self.today)
        )
        return frozenset(each.code for each in (*people, *(p for p in self.every(Provider) if p.archived_at)))

    def knows(self, subject: str) -> bool:
        """Whether that is the company, or a record that is there and was not archived."""
        return not subject or subject in self._codes

    @cached_property
    def _codes(self) -> frozenset[str]:
        every = (each for records in self.records.values() for each in records)
        return frozenset(each.code for each in every if each.archived_at is None)

    @cached_property
    def homes(self) -> Mapping[str, str]:
        """The provider of each person who belongs to one."""
        return {each.code: each.provider for each in self.every(Person) if each.provider}
