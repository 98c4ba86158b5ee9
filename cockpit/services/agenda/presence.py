"""Who of the time-shared people is there on a day, and from when to when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from cockpit.domain.agenda.events import Event
from cockpit.domain.registers.person import Person
from cockpit.domain.text import fold
from cockpit.domain.time.opening_hours import Span, parse_week
from cockpit.services.desk.workspace import Workspace

DAYS = 7


def away(events: Iterable[Event], day: date) -> frozenset[str]:
    """The folded names of the owners of agendas whom a whole day takes elsewhere: leave, a journey."""
    return frozenset(
        fold(event.owner)
        for event in events
        if event.owner and event.all_day and event.takes_time and event.start.date() <= day < event.end.date()
    )


def present(
    people: tuple[Person, ...], day: date, away: frozenset[str] = frozenset()
) -> tuple[tuple[str, str], ...]:
    """Name and hours of those who are there that day, of people with a presence; `away` names who is not."""
    found = []
    for person in people:
        if fold(person.name) in away:
            continue
        ended = person.ends_on is not None and person.ends_on < day
        begun = person.starts_on is None or person.starts_on <= day
        spans = presence(person)[day.weekday()]
        if spans and begun and not ended:
            found.append((person.name, " ".join(f"{_clock(a)}-{_clock(b)}" for a, b in spans)))
    return tuple(found)


def part_time(workspace: Workspace) -> tuple[Person, ...]:
    """The people of whom it is written down when they are there."""
    return workspace.select(Person, "person", "presence != '' AND archived_at IS NULL ORDER BY number")


def presence(person: Person) -> tuple[tuple[Span, ...], ...]:
    """The wall minutes at which a person is there, Monday to Sunday; nothing where the text cannot be read."""
    try:
        return parse_week(person.presence)
    except ValueError:
        return ((),) * DAYS


def _clock(minute: int) -> str:
    hour, rest = divmod(minute, 60)
    return f"{hour}:{rest:02}" if rest else f"{hour}h"
