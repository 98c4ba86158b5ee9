"""Date phrases in French and English: `demain 12h`, `vendredi en huit`, `fin du mois`, `in 2 days`.

A small grammar that answers "not understood" rather than another date. Words are first brought to one
vocabulary (`date_words`), then a day (`day_phrases`), a time of day or both are looked for in them.

No time of day means the end of the company's day; a weekday is strictly after today; `prochain` adds
nothing, `en huit` seven days; a day and month already past are next year's, never month before day; `J+n`
and `jo` count business days, `j` calendar days; the end of a week or month is its last business day.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.text import fold
from cockpit.domain.time.business_time import FIRST_YEAR, LAST_YEAR, Calendar, NoBusinessTime
from cockpit.domain.time.date_words import UNSUPPORTED, canonical
from cockpit.domain.time.day_phrases import PhraseContext, read_day

LONGEST = 6
"""Words in a phrase at most."""

_CLOCK_SHAPE = r"[0-9]{1,2}(?:h[0-9]*|:[0-9]+|am|pm)|[0-9]+/[0-9/]+|[0-9]{4}-[0-9-]+"


@dataclass(frozen=True)
class DayContext:
    """What a phrase is read against: the company's day and its business calendar."""

    day_start: time
    day_end: time
    calendar: Calendar


def parse_date(
    words: Sequence[str],
    *,
    now: datetime,
    context: DayContext,
    backwards: bool = False,
    default: time | None = None,
) -> tuple[datetime, int] | None:
    """The instant that the longest prefix of `words` means, in the zone of `now`, and its number of words.

    `backwards` looks for the past (`since`): the last such day, at the start of the day unless a time is
    given, never later than `now`. `default` is the time of a day without one, else the end of the day, or
    its start when looking backwards. None when not understood, also when the next words would change the date.
    """
    reader = _Reader(now, context, backwards, default)
    terms = _terms(words)
    for taken in range(len(terms), 0, -1):
        if moment := reader.understood(terms[:taken]):
            rest = words[taken:]
            return None if rest and _changes(reader, rest) else (moment, taken)
    return None


def first_present(moment: datetime, *, now: datetime, context: DayContext, present: Calendar) -> datetime:
    """The first time from `moment` on at which somebody is there, later than `now`, in the zone of `now`.

    What moves to another day comes at the start of the company's day where `present` is open then.
    `moment` itself where the calendar never opens.
    """
    if moment > now and present.is_open(moment):
        return moment
    try:
        opening = present.next_opening(max(moment, now)).astimezone(now.tzinfo)
    except NoBusinessTime:
        return moment
    start = datetime.combine(opening.date(), context.day_start, tzinfo=now.tzinfo)
    start = start.astimezone(UTC).astimezone(now.tzinfo)
    return start if opening <= start and present.is_open(start) else opening


def parse_return(
    words: Sequence[str], *, now: datetime, context: DayContext, present: Calendar | None
) -> tuple[datetime, int] | None:
    """When something that was put off comes back: in the morning, while somebody is there to see it.

    A day without a time means the start of the company's day. A moment out of the hours of `present` moves to
    the first one within them; without `present` only the time of day is chosen so. A phrase that means the
    past is given as it is. None as in `parse_date`.
    """
    found = parse_date(words, now=now, context=context, default=context.day_start)
    if found is None:
        return None
    moment, taken = found
    has_time = found == parse_date(words, now=now, context=context, default=context.day_end)
    if moment <= now and (has_time or moment.date() < now.date()):
        return found
    if present is not None:
        return first_present(moment, now=now, context=context, present=present), taken
    if moment <= now:  # today, and its start is past: as late as today goes
        end = parse_date(words, now=now, context=context, default=context.day_end)
        return end or found
    return found


def parse_time(words: Sequence[str], context: DayContext) -> tuple[time, int] | None:
    """The time of day that the longest prefix of `words` means, and its number of words.

    None when not understood, also when another time follows: `matin 12h` is neither.
    """
    terms = _terms(words[:4])
    for taken in range(len(terms), 0, -1):
        if terms[taken - 1] and (at := _time(_joined(terms[:taken]), context)):
            return None if words[taken:] and _is_clock(words[taken]) else (at, taken)
    return None


def _joined(terms: Sequence[str]) -> str:
    """The terms without fillers, nor articles but before a number."""
    return re.sub(r"\b(?:le )+(?![0-9])", "", " ".join(filter(None, terms)))


def _is_clock(word: str) -> bool:
    return re.fullmatch(_CLOCK_SHAPE, fold(word).rstrip(".,;")) is not None


def _terms(words: Sequence[str]) -> list[str]:
    found: list[str] = []
    for word in words[:LONGEST]:
        term = canonical(word)
        if term is None:
            break
        found.append(term)
    return found


def _changes(reader: _Reader, rest: Sequence[str]) -> bool:
    """Whether what follows a phrase is part of it although no form says how."""
    first = fold(rest[0]).rstrip(".,;")
    terms = _terms(rest)
    if first in UNSUPPORTED or _is_clock(first):
        return True
    if re.match(r"(?:next|last|ago|work|en (?:8|15))\b", " ".join(filter(None, terms))):
        return True
    return any(reader.understood(terms[:taken]) for taken in range(len(terms), 0, -1))


@dataclass(frozen=True)
class _Reader:
    now: datetime
    context: DayContext
    backwards: bool
    default: time | None = None

    @property
    def today(self) -> date:
        return self.now.date()

    def _day(self, text: str) -> date | None:
        return read_day(text, PhraseContext(self.today, self.backwards, self.context.calendar))

    def understood(self, terms: Sequence[str]) -> datetime | None:
        """The instant that all of `terms` mean. A phrase does not end with a filler word."""
        if not terms[-1]:
            return None
        text = re.sub(r"\bthis (?=morning|noon|afternoon|evening)", "today ", _joined(terms))
        text = re.sub(r"\b(?:1|(?<!il y )a) (?=(?:1[45]|8) day)|(?<=[58] day) day\b", "", text)
        text = re.sub(r"^([0-9]\S*) today (?=(?:morning|afternoon|evening)$)", r"today \1 ", text)
        # From a day on, hours are how long; fewer may be the time of a day.
        text = re.sub(
            r"^within (?=(?:2[4-9]|[3-9][0-9]|[0-9]{3})h\b|[0-9]+ (?:day|bday|week|month)\b)", "in ", text
        )
        text = re.sub(r"^(?:by|within) (?:a )?(?!yesterday)", "", text)
        if re.fullmatch(r"[0-9]+ hour", text):
            return None  # a time, or how long?
        try:
            return self._instant(text) or self._day_and_time(text.split())
        except (NoBusinessTime, OverflowError, ValueError):
            return None  # a day that no calendar has, such as 31/02, or too far away

    def _instant(self, text: str) -> datetime | None:
        found = re.fullmatch(
            r"(in|il y a) (?:([0-9]{1,3})h([0-5][0-9])?|([0-9]{1,4}|a) (hour|h|minute))", text
        )
        if not found:
            found = re.fullmatch(r"()(?:([0-9]{1,3})h([0-5][0-9])?|([0-9]{1,4}|a) (hour|h|minute)) ago", text)
        if not found:
            return None
        count = 1 if found[4] == "a" else int(found[4] or found[2])
        minutes = count if found[5] == "minute" else count * 60 + int(found[3] or 0)
        delta = timedelta(minutes=minutes if found[1] == "in" else -minutes)
        if self.backwards and delta > timedelta():
            return None
        moment = self.now.replace(second=0, microsecond=0).astimezone(UTC) + delta
        return moment.astimezone(self.now.tzinfo)

    def _day_and_time(self, terms: list[str]) -> datetime | None:
        for cut in range(len(terms), 0, -1):
            head, tail = " ".join(terms[:cut]), " ".join(terms[cut:])
            for day_text, time_text in ((head, tail), (tail, head)):
                at = _time(time_text, self.context) if time_text else None
                if time_text and at is None:
                    continue
                day = self._day(day_text) if day_text else None
                if day or (at and not day_text):
                    return self._combined(day, at)
        return None

    def _combined(self, day: date | None, at: time | None) -> datetime | None:
        default = self.default or (self.context.day_start if self.backwards else self.context.day_end)
        if day and not FIRST_YEAR <= day.year <= LAST_YEAR:
            return None
        moment = self._wall(day or self.today, at or default)
        if day is None:
            if self.backwards and moment > self.now:
                return self._wall(self.today - timedelta(days=1), at or default)
            if not self.backwards and moment <= self.now:
                return self._wall(self.today + timedelta(days=1), at or default)
        if self.backwards and moment > self.now:
            return self.now if at is None and day == self.today else None
        return moment

    def _wall(self, day: date, at: time) -> datetime:
        # Through UTC and back, so that a wall that the clocks skip becomes a real one.
        wall = datetime.combine(day, at, tzinfo=self.now.tzinfo)
        return wall.astimezone(UTC).astimezone(self.now.tzinfo)


_PARTS = {"et demi": 30, "et quart": 15, "moins quart": -15}


def _time(text: str, context: DayContext) -> time | None:
    text = text.removeprefix("a ")
    for words, minutes in _PARTS.items():
        if text.endswith(f" {words}"):
            whole = _time(text.removesuffix(f" {words}"), context)
            if whole is None or whole.minute or text.startswith(("morning", "afternoon", "evening")):
                return None
            of_day = whole.hour * 60 + minutes
            return time(of_day // 60, of_day % 60) if of_day >= 0 else None
    if found := re.fullmatch(
        r"(morning|afternoon|evening) (?:a )?(.+)|(.+) (morning|afternoon|evening)", text
    ):
        return _time_of_part(found[1] or found[4], _time(found[2] or found[3], context))
    start, end = context.day_start, context.day_end
    named = {"noon": time(12), "morning": start, "afternoon": time(14), "evening": end, "end day": end}
    if text in named:
        return named[text]
    found = re.fullmatch(r"([0-9]{1,2})(?: ?h ?([0-9]{2})?|:([0-9]{2})| hour)", text)
    if found:
        hour, minute = int(found[1]), int(found[2] or found[3] or 0)
        return time(hour, minute) if hour < 24 and minute < 60 else None
    return _time_of_clock(text)


def _time_of_part(part: str, at: time | None) -> time | None:
    """`7h` of an evening is 19:00; None for a time that is not in that part of the day."""
    if at is None:
        return None
    if part == "morning":
        return at if at.hour < 12 else None
    if at.hour < 12:
        at = at.replace(hour=at.hour + 12)
    low, high = (12, 19) if part == "afternoon" else (16, 24)
    return at if low <= at.hour < high else None


def _time_of_clock(text: str) -> time | None:
    found = re.fullmatch(r"(1?[0-9])(?::([0-5][0-9]))? ?(am|pm)", text)
    # 12am is midnight, which people place on either of two days.
    if not found or not 1 <= int(found[1]) <= 12 or (int(found[1]) == 12 and found[3] == "am"):
        return None
    return time(int(found[1]) % 12 + 12 * (found[3] == "pm"), int(found[2] or 0))
