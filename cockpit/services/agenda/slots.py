"""When the people of a meeting are free together: agendas that are read, presence that is known."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import arrow

from cockpit.domain.agenda import slots as rules
from cockpit.domain.agenda.events import Event
from cockpit.domain.agenda.slots import Agenda, Slot, Span
from cockpit.domain.dataclasses import dataclass
from cockpit.domain.registers.person import Person
from cockpit.domain.time.business_time import Calendar, parse_hours
from cockpit.locale import _
from cockpit.services.agenda import events as agenda_events
from cockpit.services.desk import forms, identities
from cockpit.services.desk.calendars import company_calendar
from cockpit.services.desk.workspace import Names, Workspace
from cockpit.store.holidays import days as holidays_of

USUAL = timedelta(minutes=15)
"""The length of a flash point."""
AHEAD_DAYS = 10
_STEP_S = 15 * 60


@dataclass(frozen=True)
class FoundSlots:
    """The times offered, best first, in the zone that is shown; of whom only the presence is known."""

    slots: tuple[Slot, ...]
    people: tuple[str, ...]
    presence_only: tuple[str, ...]
    length: timedelta


def known_names(workspace: Workspace) -> tuple[str, ...]:
    """Who can be asked: people of the register, and owners of agendas whom it does not have."""
    names = _known(workspace)
    gone = names.gone
    return tuple(dict.fromkeys(sorted(names[code] for code in names if code not in gone)))


def named(workspace: Workspace, text: str) -> tuple[str, ...]:
    """The people whom a list with commas names, each once, by their whole names; I am there without being named.

    Raises identities.SeveralNames for a name of two, WrongValue for one that nobody has.
    """
    names = _known(workspace)
    found: list[str] = []
    for code in identities.listed(names, ("person",), text):
        if code not in names and code != names.me:
            words = _("“{text}” is nobody's name; known: {names}")
            raise forms.WrongValue(words.format(text=code, names=", ".join(known_names(workspace))))
        if code != names.me:
            found.append(names[code])
    return tuple(dict.fromkeys(found))


def _known(workspace: Workspace) -> Names:
    """Code to name of everybody; whose agenda is read and who has no record stands under a code of no record."""
    names = workspace.names()
    people = Names((code, name) for code, name in names.items() if code.startswith("PE-"))
    people.archived, people.over, people.me = names.archived, names.over, names.me
    for n, source in enumerate(workspace.settings.agendas):
        if source.owner and identities.resolve(names, ("person",), source.owner) is None:
            people[f"PE-owner-{n}"] = source.owner
    return people


def find(
    workspace: Workspace, names: Sequence[str], length: timedelta = USUAL, ahead_days: int = AHEAD_DAYS
) -> FoundSlots:
    """Times of `length` in the company's hours of the next days, for me and for `names`.

    Who has no presence written down is taken to follow the company's hours.
    """
    now = workspace.now()
    lo, hi = now.date(), now.date() + timedelta(days=ahead_days + 1)
    events = agenda_events.followed(workspace, lo, hi)
    company = _open(company_calendar(workspace), lo, hi)
    windows = [span for span in (_from(span, now) for span in company) if span[0] < span[1]]
    me = Agenda(workspace.my_name, tuple(company), _busy(agenda_events.mine(events, workspace.settings)))
    asked = [_asked(workspace, name, events, company, (lo, hi)) for name in names]
    found = rules.slots([me, *asked], windows, length)
    here = workspace.zone
    local = tuple(Slot(s.start.astimezone(here), s.end.astimezone(here), s.missing) for s in found)
    return FoundSlots(local, tuple(names), tuple(each.name for each in asked if not each.known), length)


def in_one_line(slot: Slot, when: str, people: Sequence[str]) -> str:
    """A sentence to send: when, how long, with whom."""
    minutes = int((slot.end - slot.start).total_seconds()) // 60
    there = [name for name in people if name not in slot.missing]
    said = _("{when}, {n} min, with {people}") if there else _("{when}, {n} min")
    text = said.format(when=when, n=minutes, people=", ".join(there))
    return text + (
        " · " + _("without {people}").format(people=", ".join(slot.missing)) if slot.missing else ""
    )


def _asked(
    workspace: Workspace,
    name: str,
    events: Sequence[Event],
    company: Sequence[Span],
    days: tuple[date, date],
) -> Agenda:
    names = workspace.names()
    code = identities.resolve(names, ("person",), name) or name
    feeds = {
        source.key
        for source in workspace.settings.agendas
        if source.owner and (identities.resolve(names, ("person",), source.owner) or source.owner) == code
    }
    person = next(iter(workspace.select(Person, "person", "code = ?", (code,))), None)
    busy = _busy([event for event in events if feeds & set(event.feeds)])
    present = _presence(workspace, person, days) if person is not None and person.presence else None
    return Agenda(name, tuple(company if present is None else present), busy, known=bool(feeds))


def _presence(workspace: Workspace, person: Person, days: tuple[date, date]) -> list[Span] | None:
    settings = workspace.settings.company
    try:
        closed = holidays_of(workspace.conn, settings.holidays)
        return _open(parse_hours(person.presence, settings.timezone, closed), *days)
    except ValueError:
        return None


def _open(calendar: Calendar, lo: date, hi: date) -> list[Span]:
    days = arrow.Arrow.range("day", arrow.get(lo), limit=(hi - lo).days)
    return [span for day in days for span in calendar.open_on(day.date())]


def _from(span: Span, now: datetime) -> Span:
    """What is left of a span from the next quarter of an hour on."""
    quarter = datetime.fromtimestamp(-(-int(now.timestamp()) // _STEP_S) * _STEP_S, UTC)
    return max(span[0], quarter), span[1]


def _busy(events: Sequence[Event]) -> tuple[Span, ...]:
    return tuple((e.start.astimezone(UTC), e.end.astimezone(UTC)) for e in events if e.takes_time)
