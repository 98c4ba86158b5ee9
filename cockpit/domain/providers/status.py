"""What providers report of themselves, in one vocabulary, and how far it is to be believed.

Three facts are never mixed: the state a source reports, whether it can still be heard, and how old
its last word is. Green needs a positive affirmation: what could not be understood is `unknown`.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Literal

from cockpit.domain.dataclasses import dataclass, replace
from cockpit.domain.providers.state import FINE, State
from cockpit.domain.text import fold

ABSENCES_TO_CLOSE = 2
"""Good readings without an incident before it is taken as over."""

Phase = Literal["scheduled", "in_progress", "investigating", "identified", "monitoring", "resolved"]
Confidence = Literal["high", "medium", "low"]


_KNOWN = tuple(state for state in State if state is not State.UNKNOWN)
_BADNESS: dict[State, float] = {state: rank for rank, state in enumerate(_KNOWN)}
_BADNESS[State.UNKNOWN] = _BADNESS[State.MAINTENANCE] + 0.5


@dataclass(frozen=True, kw_only=True)
class Component:
    """One part of a provider's service."""

    id: str
    name: str
    state: State
    group: str = ""


@dataclass(frozen=True, kw_only=True)
class Update:
    """One message of a provider about an incident."""

    key: str
    at: datetime | None
    text: str
    phase: Phase | None = None


@dataclass(frozen=True, kw_only=True)
class Incident:
    """One incident. `components` holds ids and names as the source gives them; empty when it says nothing."""

    key: str
    title: str
    impact: State
    phase: Phase = "investigating"
    started: datetime | None = None
    updated: datetime | None = None
    resolved: datetime | None = None
    components: tuple[str, ...] = ()
    link: str = ""
    message: str = ""
    updates: tuple[Update, ...] = ()

    @property
    def open(self) -> bool:
        """Whether the source still counts it as going on."""
        return self.phase != "resolved"


@dataclass(frozen=True, kw_only=True)
class Maintenance:
    """A planned interruption that is announced or under way."""

    key: str
    title: str
    phase: Phase = "scheduled"
    starts: datetime | None = None
    ends: datetime | None = None
    components: tuple[str, ...] = ()
    link: str = ""
    message: str = ""


@dataclass(frozen=True, kw_only=True)
class StatusReading:
    """One document of a source, understood as far as possible.

    `state` is what the source says of the page as a whole, before the watched components are chosen.
    `readable` is False when the document is not what the source should serve: nothing in it counts.
    `complete` is False when items had to be dropped: then absence proves nothing.
    `exhaustive` is False when the source names a component only while something happens to it.
    """

    state: State
    page: str = ""
    page_id: str = ""
    indicator: str = ""
    components: tuple[Component, ...] = ()
    incidents: tuple[Incident, ...] = ()
    maintenances: tuple[Maintenance, ...] = ()
    warnings: tuple[str, ...] = ()
    confidence: Confidence = "high"
    readable: bool = True
    complete: bool = True
    exhaustive: bool = True
    certificate_expiry: datetime | None = None


def worst(states: Iterable[State]) -> State:
    """The worst of `states`, where `unknown` outweighs fine and maintenance but never hides a fault.

    Nothing at all is `unknown`, since nothing was affirmed.
    """
    return max(states, key=_BADNESS.__getitem__, default=State.UNKNOWN)


def better(one: State, other: State) -> bool:
    """Whether `one` is a known state and milder than the known state `other`."""
    return State.UNKNOWN not in (one, other) and _BADNESS[one] < _BADNESS[other]


def watched(reading: StatusReading, wanted: tuple[str, ...]) -> tuple[Component, ...]:
    """The components whose id, name or group is among `wanted`, without regard to case and accents."""
    names = {fold(name.strip()) for name in wanted}
    return tuple(c for c in reading.components if names & {fold(c.id), fold(c.name), fold(c.group)} - {""})


def missing(reading: StatusReading, wanted: tuple[str, ...]) -> tuple[str, ...]:
    """The entries of `wanted` that no component of the reading answers to."""
    known = {fold(text) for c in reading.components for text in (c.id, c.name, c.group)}
    return tuple(name for name in wanted if fold(name.strip()) not in known)


def provider_state(reading: StatusReading, wanted: tuple[str, ...] = ()) -> State:
    """The state of the provider for this company.

    With `wanted`, the worst of these components, `unknown` if a page that lists all of them lacks one;
    else the page as a whole. An open incident that may concern them raises it to at least `degraded`
    (`unknown` when its severity is a word we do not know), a maintenance under way to at least
    `maintenance`. Nothing ever lowers it.
    """
    if not reading.readable:
        return State.UNKNOWN
    states = [reading.state]
    if wanted:
        states = [c.state for c in watched(reading, wanted)]
        if missing(reading, wanted):
            states.append(_of_unnamed(reading))
    names = _names_of(reading, wanted)
    faults = (i for i in reading.incidents if i.open and i.impact is not State.MAINTENANCE)
    for fault in faults:
        if _touches(fault.components, names):
            states.append(State.UNKNOWN if fault.impact is State.UNKNOWN else State.DEGRADED)
    if any(m.phase == "in_progress" and _touches(m.components, names) for m in reading.maintenances):
        states.append(State.MAINTENANCE)
    return worst(states)


def _of_unnamed(reading: StatusReading) -> State:
    """The state of a watched component that the reading does not name: fine only where every trouble is
    named and none was lost."""
    explained = reading.state in FINE or bool(reading.components)
    fine = not reading.exhaustive and reading.complete and explained and reading.state is not State.UNKNOWN
    quiet = State.QUIET if reading.state is State.QUIET else State.OPERATIONAL
    return quiet if fine else State.UNKNOWN


def _names_of(reading: StatusReading, wanted: tuple[str, ...]) -> set[str]:
    parts = watched(reading, wanted)
    names = {fold(text) for c in parts for text in (c.id, c.name, c.group) if text}
    return names | {fold(name.strip()) for name in wanted}


def _touches(components: tuple[str, ...], names: set[str]) -> bool:
    """An event that names no component may touch any of them."""
    return not names or not components or any(fold(name) in names for name in components)


@dataclass(frozen=True)
class Hysteresis:
    """How many consecutive readings make a state worse, and better."""

    to_open: int
    to_close: int


OFFICIAL = Hysteresis(to_open=1, to_close=2)
PROBE = Hysteresis(to_open=3, to_close=2)


@dataclass(frozen=True, kw_only=True)
class ProviderStanding:
    """The state that is shown, since when, and the run of readings that contradicts it.

    `streak` readings in a row were all on the same side of `state`; `nearest` is the closest of them.
    """

    state: State
    since: datetime
    nearest: State | None = None
    streak: int = 0
    last: State | None = None
    """What the last reading reported."""
    run: int = 0
    """How many readings in a row reported just that."""


def settle(
    before: ProviderStanding | None, reported: State, at: datetime, rule: Hysteresis = OFFICIAL
) -> ProviderStanding:
    """The state to show after a reading that reports `reported`: it changes only when enough readings agree.

    `unknown` is shown at once, and left at once for a fine state. A worse state needs `rule.to_open`
    consecutive readings, a better one `rule.to_close`; the nearest state of the run is the one taken, so
    that a single extreme reading is never believed alone.
    """
    if before is None:
        before = ProviderStanding(state=State.UNKNOWN, since=at)
    before = replace(before, last=reported, run=before.run + 1 if reported is before.last else 1)
    if reported is before.state:
        return replace(before, nearest=None, streak=0)
    if reported is State.UNKNOWN:
        return replace(before, state=State.UNKNOWN, since=at, nearest=None, streak=0)
    blind = before.state is State.UNKNOWN
    improves = better(reported, before.state) or (blind and reported in FINE)
    needed = 1 if blind and improves else rule.to_close if improves else rule.to_open
    nearest: State = reported
    streak = 1
    if before.nearest is not None and improves == _improving(before):
        nearest = _nearest(before.nearest, reported, improves=improves)
        streak = before.streak + 1
    if streak < needed:
        return replace(before, nearest=nearest, streak=streak)
    settled = replace(before, state=nearest, since=at, nearest=None, streak=0)
    # The readings that already said more than what is settled on count for the next step.
    return settled if reported is nearest else replace(settled, nearest=reported, streak=before.run)


def _improving(standing: ProviderStanding) -> bool:
    assert standing.nearest is not None
    return better(standing.nearest, standing.state)


def _nearest(one: State, other: State, *, improves: bool) -> State:
    return one if better(one, other) != improves else other


@dataclass(frozen=True, kw_only=True)
class IncidentAbsence:
    """How often in a row an open incident was missing from a good reading, and since when."""

    times: int = 0
    since: datetime | None = None


def absent(before: IncidentAbsence, at: datetime) -> tuple[IncidentAbsence, bool]:
    """The count after one more good reading without the incident, and whether that closes it."""
    after = IncidentAbsence(times=before.times + 1, since=before.since or at)
    return after, after.times >= ABSENCES_TO_CLOSE
