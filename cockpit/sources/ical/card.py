"""What one event says, taken out of icalendar's component and made harmless."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from icalendar import Event

from cockpit.domain.agenda import events
from cockpit.domain.agenda.conference import conference_link, without_cancellation
from cockpit.domain.agenda.events import EventCard
from cockpit.domain.text import BODY_LIMIT, clean

MAX_ATTENDEES = 200

_STATUSES = {"TENTATIVE": events.TENTATIVE, "CANCELLED": events.CANCELLED}
_BUSY = {"FREE": events.FREE, "TENTATIVE": events.TENTATIVE, "OOF": events.OUT_OF_OFFICE}
_ANSWERS = {
    "DECLINED": events.DECLINED,
    "DELEGATED": events.DECLINED,
    "ACCEPTED": events.ACCEPTED,
    "TENTATIVE": events.ACCEPTED,
    "NEEDS-ACTION": events.NEEDS_ACTION,
}


def card(event: Event, emails: frozenset[str], *, repaired: bool) -> EventCard:
    """The card of `event`. `emails`, in lower case, are the addresses of the person whose agenda it is."""
    title, prefixed = without_cancellation(clean(_text(event, "SUMMARY")))
    answer = _own_answer(event, emails)
    status = events.CANCELLED if prefixed else _STATUSES.get(_text(event, "STATUS").upper(), events.CONFIRMED)
    location, url, notes = (_text(event, name) for name in ("LOCATION", "URL", "DESCRIPTION"))
    return EventCard(
        title=title,
        location=clean(location),
        link=conference_link(_declared(event), location, url, (notes, _text(event, "X-ALT-DESC"))),
        organizer=next((_name(person) for person in _all(event, "ORGANIZER")), ""),
        attendees=tuple(filter(None, map(_name, _all(event, "ATTENDEE")[:MAX_ATTENDEES]))),
        notes=clean(notes, BODY_LIMIT, lines=True),
        status=status,
        busy=_busy(event, answer),
        participation=_ANSWERS.get(answer, events.NEEDS_ACTION) if answer else "",
        repaired=repaired,
        private=_text(event, "CLASS").upper() in _PRIVATE,
    )


_PRIVATE = {"PRIVATE", "CONFIDENTIAL"}


def _all(event: Event, name: str) -> list[Any]:
    values = event.get(name, [])
    return values if isinstance(values, list) else [values]


def _text(event: Event, name: str) -> str:
    return next((str(value) for value in _all(event, name)), "").strip()


def _declared(event: Event) -> Iterator[str]:
    """What stands in the properties made for joining, video first (RFC 7986 5.11)."""
    conferences = _all(event, "CONFERENCE")
    yield from map(
        str, sorted(conferences, key=lambda value: "VIDEO" not in str(_param(value, "FEATURE")).upper())
    )
    yield _text(event, "X-GOOGLE-CONFERENCE")
    yield _text(event, "X-MICROSOFT-SKYPETEAMSMEETINGURL")


def _param(value: Any, name: str) -> Any:
    return getattr(value, "params", {}).get(name, "")


def _address(person: Any) -> str:
    return str(person).strip().lower().removeprefix("mailto:")


def _addresses(person: Any) -> set[str]:
    """Every address that may be somebody's: iCloud writes a path of its own, and the address beside it."""
    return {_address(person), *(str(_param(person, name)).strip().lower() for name in _BESIDE)}


_BESIDE = ("EMAIL", "X-CALENDARSERVER-EMAIL")


def _name(person: Any) -> str:
    named = clean(str(_param(person, "CN"))) or clean(str(_param(person, "EMAIL")))
    return named or clean(_address(person))


def _own_answer(event: Event, emails: frozenset[str]) -> str:
    for person in _all(event, "ATTENDEE"):
        if not emails.isdisjoint(_addresses(person)):
            return str(_param(person, "PARTSTAT")).upper() or "NEEDS-ACTION"
    return ""


def _busy(event: Event, answer: str) -> str:
    declared_busy = _text(event, "X-MICROSOFT-CDO-BUSYSTATUS").upper()
    declared = _BUSY.get(declared_busy)
    if declared:
        return declared
    transparency = _text(event, "TRANSP").upper()
    if transparency == "TRANSPARENT" or (not transparency and not declared_busy and _lasts_all_day(event)):
        # A day that says nothing, a birthday or a school holiday, leaves its hours free.
        return events.FREE
    return (
        events.TENTATIVE
        if answer == "TENTATIVE" or _text(event, "STATUS").upper() == "TENTATIVE"
        else events.BUSY
    )


def _lasts_all_day(event: Event) -> bool:
    start: Any = event.get("DTSTART")
    return start is not None and not isinstance(start.dt, datetime)
