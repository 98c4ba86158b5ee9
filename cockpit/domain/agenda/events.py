"""The agenda: what feeds say, placed in a person's zone, and what follows: days, clashes, free time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any, NamedTuple

from cockpit.domain.dataclasses import dataclass
from cockpit.locale import N_

TIMED, ALL_DAY, FLOATING = "timed", "day", "floating"
KINDS = (TIMED, ALL_DAY, FLOATING)

CONFIRMED, TENTATIVE, CANCELLED = "confirmed", "tentative", "cancelled"
BUSY, FREE, OUT_OF_OFFICE = "busy", "free", "oof"
DECLINED, NEEDS_ACTION, ACCEPTED = "declined", "needs-action", "accepted"

UNFINISHED = N_("read in part: it holds too much for one sync; the next one goes on with it")
"""What is said of an event whose reading was cut, and which is taken up again."""
TOO_COSTLY = N_(
    "this calendar repeats too much to be read in full; only the first date of this event is shown"
)
"""What is said of an event whose repetitions are left out for good."""
REPEATS_TOO_MUCH = N_(
    "more repeats in it than can be kept: of some events only the first date is shown; publish a shorter period,"
    " or end what is over"
)
"""What is said of a calendar with such events."""
MORE_REPAIRS = N_("more was repaired in it than is told here")
"""What is said of a calendar of which so much is wrong that telling all would fill the memory."""

ONLY_BUSY = N_("this calendar only says when one is busy, and holds no event: publish it with its details")
ONLY_OTHERS = N_("this calendar holds tasks or notes, and no event: choose the calendar of appointments")
"""What is said of an address that is read well and can never tell a meeting."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_WALL_EPOCH = _EPOCH.replace(tzinfo=None)
_DAY = 86_400
# One year inside what `datetime` can hold, so that no zone makes an instant overflow.
_EARLIEST = (date(2, 1, 1) - date(1970, 1, 1)).days * _DAY
_LATEST = (date(9998, 1, 1) - date(1970, 1, 1)).days * _DAY


class Span(NamedTuple):
    """When one instance takes place, in whole seconds since 1970.

    `timed`: instants in UTC. `floating`: wall time, the same figures in every zone. `day`: midnights of
    dates, the end exclusive. The two last are counted as if they were UTC.
    """

    kind: str
    starts: int
    ends: int


class Issue(NamedTuple):
    """Something in a feed that was mended or left out: `what` is an English message to translate."""

    uid: str
    """Empty when it concerns the whole feed; it is then a remark, not a repair, if `line` is empty too."""
    line: str
    what: str


@dataclass(frozen=True, kw_only=True, slots=True)
class EventCard:
    """What an event says, whatever its dates. All text is already clean."""

    title: str = ""
    location: str = ""
    link: str = ""
    """Where to join or read more, http(s) only; empty when there is none."""
    organizer: str = ""
    attendees: tuple[str, ...] = ()
    notes: str = ""
    status: str = CONFIRMED
    """`confirmed`, `tentative` or `cancelled`."""
    busy: str = BUSY
    """`busy`, `free`, `tentative` or `oof` (out of office)."""
    participation: str = ""
    """My own answer: `declined`, `needs-action`, `accepted`, or empty when I am not invited."""
    repaired: bool = False
    """Whether something in its source had to be mended; the issues say what."""
    private: bool = False
    """Whether its author keeps it from others (CLASS of RFC 5545 3.8.1.3): it is veiled like level 2."""


@dataclass(frozen=True, kw_only=True, slots=True)
class EventInstance(EventCard):
    """One instance as stored: an instant, a range of dates, or wall time; the two others are None."""

    feed: str
    uid: str
    rid: str = ""
    """Which instance of its series (RFC 5545 3.8.4.4), in UTC form; empty for a single event."""
    start: datetime | None = None
    end: datetime | None = None
    wall_start: datetime | None = None
    wall_end: datetime | None = None
    day_from: date | None = None
    day_to_excl: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """An occurrence placed in a person's zone, and the feeds that hold it.

    `start` and `end` are aware and local. Subtracting or comparing them gives wall time, as Python has it:
    convert to UTC first where a day may have 23 or 25 hours.
    """

    occurrence: EventInstance
    start: datetime
    end: datetime
    feeds: tuple[str, ...]
    owner: str = ""
    """Whose it is, when it stands in nobody's agenda but theirs; empty for mine."""

    @property
    def uid(self) -> str:
        """The identity that its author gave it."""
        return self.occurrence.uid

    @property
    def title(self) -> str:
        """What it is called; may be empty."""
        return self.occurrence.title

    @property
    def all_day(self) -> bool:
        """Whether it stands on dates rather than hours."""
        return self.occurrence.day_from is not None

    @property
    def cancelled(self) -> bool:
        """Whether it will not take place."""
        return self.occurrence.status == CANCELLED

    @property
    def takes_time(self) -> bool:
        """Whether nothing else can be done meanwhile: not cancelled, not declined, not free."""
        occurrence = self.occurrence
        return (
            occurrence.status != CANCELLED
            and occurrence.participation != DECLINED
            and occurrence.busy != FREE
        )


def span(start: date, end: date) -> Span:
    """The span from `start` to `end`, both dates, both naive or both aware.

    An end before its start counts as the start; a range of dates has at least one day.
    """
    if not isinstance(start, datetime):
        first = start.toordinal() - date(1970, 1, 1).toordinal()
        last = end.toordinal() - date(1970, 1, 1).toordinal()
        return _bounded(ALL_DAY, first * _DAY, max(last, first + 1) * _DAY)
    assert isinstance(end, datetime)
    if start.tzinfo is not None:
        return timed(int(start.timestamp()), int(end.timestamp()))
    starts = (start - _WALL_EPOCH) // timedelta(seconds=1)
    return _bounded(FLOATING, starts, max(starts, (end - _WALL_EPOCH) // timedelta(seconds=1)))


def timed(starts: int, ends: int) -> Span:
    """The span between two instants, in seconds since 1970; an end before its start counts as the start."""
    return _bounded(TIMED, starts, max(starts, ends))


def _bounded(kind: str, starts: int, ends: int) -> Span:
    return Span(kind, min(max(starts, _EARLIEST), _LATEST), min(max(ends, _EARLIEST), _LATEST))


def moments(placed: Span) -> dict[str, Any]:
    """The fields of an `EventInstance` that hold its time, from a start and an end."""
    starts = _EPOCH + timedelta(seconds=placed.starts)
    ends = _EPOCH + timedelta(seconds=placed.ends)
    if placed.kind == TIMED:
        return {"start": starts, "end": ends}
    if placed.kind == ALL_DAY:
        return {"day_from": starts.date(), "day_to_excl": ends.date()}
    return {"wall_start": starts.replace(tzinfo=None), "wall_end": ends.replace(tzinfo=None)}


def instance_id(placed: Span) -> str:
    """Identity of a series' instance that begins there, as a RECURRENCE-ID in UTC would say it."""
    at = (_WALL_EPOCH + timedelta(seconds=placed.starts)).isoformat().replace("-", "").replace(":", "")
    if placed.kind == ALL_DAY:
        return at[:8]
    return f"{at}Z" if placed.kind == TIMED else at


def midnight(day: date, zone: tzinfo) -> datetime:
    """The instant at which `day` begins in `zone`."""
    return datetime.combine(day, time.min, zone)


def place(occurrence: EventInstance, zone: tzinfo, feeds: tuple[str, ...] = ()) -> Event:
    """`occurrence` in the zone of the person who reads it: dates and local times stay, instants are converted."""
    if occurrence.start is not None and occurrence.end is not None:
        start, end = occurrence.start.astimezone(zone), occurrence.end.astimezone(zone)
    elif occurrence.day_from is not None and occurrence.day_to_excl is not None:
        start, end = midnight(occurrence.day_from, zone), midnight(occurrence.day_to_excl, zone)
    else:
        assert occurrence.wall_start is not None
        assert occurrence.wall_end is not None
        start, end = occurrence.wall_start.replace(tzinfo=zone), occurrence.wall_end.replace(tzinfo=zone)
    return Event(occurrence=occurrence, start=start, end=end, feeds=feeds or (occurrence.feed,))


def touches(event: Event, lo: date, hi: date) -> bool:
    """Whether some of `event` lies in the days from `lo` up to `hi`, which is excluded."""
    first, last = _days(event)
    return first < hi and last >= lo


def order(event: Event) -> tuple[date, bool, float, float, str, str]:
    """Sort key: by local day, what lasts all day first, then by instant."""
    return (
        event.start.date(),
        not event.all_day,
        event.start.timestamp(),
        -event.end.timestamp(),
        event.occurrence.title,
        event.occurrence.uid,
    )


def by_day(events: Iterable[Event], lo: date, hi: date) -> dict[date, tuple[Event, ...]]:
    """For each day from `lo` up to `hi` (excluded), the events that touch it, in the order given."""
    days: dict[date, list[Event]] = {lo + timedelta(days=n): [] for n in range((hi - lo).days)}
    for event in events:
        first, last = _days(event)
        day = max(first, lo)
        while day <= last and day < hi:
            days[day].append(event)
            day += timedelta(days=1)
    return {day: tuple(found) for day, found in days.items()}


def _days(event: Event) -> tuple[date, date]:
    """First and last local day, both included; an end at midnight does not touch the day it opens."""
    first, last = event.start.date(), event.end.date()
    if last > first and event.end.time() == time.min:
        last -= timedelta(days=1)
    return first, last


def clashes(events: Iterable[Event]) -> tuple[tuple[Event, Event], ...]:
    """Each event that begins while another takes time, with the one of those that lasts longest."""
    # A day of leave is no meeting: what stands in it is for the person to judge.
    timed = (e for e in events if e.takes_time and not e.all_day and _lasts(e))
    busy = sorted(timed, key=lambda e: e.start.timestamp())
    pairs: list[tuple[Event, Event]] = []
    longest: Event | None = None
    for event in busy:
        if longest is not None and event.start.timestamp() < longest.end.timestamp():
            pairs.append((longest, event))
        if longest is None or event.end.timestamp() > longest.end.timestamp():
            longest = event
    return tuple(pairs)


def _lasts(event: Event) -> bool:
    return event.end.timestamp() > event.start.timestamp()


def free_gaps(
    events: Sequence[Event],
    hours: Iterable[tuple[datetime, datetime]],
    zone: tzinfo,
    *,
    at_least: timedelta = timedelta(minutes=30),
) -> tuple[tuple[datetime, datetime], ...]:
    """The stretches of the working `hours` (instants in UTC, in order) that nothing takes, of `at_least`, in `zone`.

    Lengths are exact: the hour that a change of time adds or removes is counted.
    """
    taken = sorted((e.start.astimezone(UTC), e.end.astimezone(UTC)) for e in events if e.takes_time)
    gaps = []
    for opens, closes in hours:
        cursor = opens
        for start, end in [*taken, (closes, closes)]:
            stop = min(start, closes)
            if stop - cursor >= at_least:
                gaps.append((cursor.astimezone(zone), stop.astimezone(zone)))
            cursor = max(cursor, end)
    return tuple(gaps)
