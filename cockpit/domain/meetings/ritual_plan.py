"""When rituals happen: rules written in plain words, and the local dates and times they give.

mon,wed 08:30            lun-ven 11:45            every 2 weeks fri 16:30 from 2026-11-27
monthly first mon 09:00  mensuel 15 09:00         monthly last business day 16:00
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.meetings.state import (
    ATTENDANCE,
    COMMITMENTS,
    FIGURES,
    PRIORITIES,
    READBACK,
    SUBJECT,
    TALK,
    VOTES,
    WEEK,
)
from cockpit.domain.text import fold
from cockpit.domain.time.business_time import Calendar
from cockpit.domain.time.opening_hours import minute_of_day
from cockpit.domain.time.weekdays import parse_weekdays
from cockpit.locale import _

LAST = -1
_ANCHOR = date(1970, 1, 5)
_ORDINALS = {
    name: number
    for number, names in (
        (1, "first 1st premier premiere 1er"),
        (2, "second 2nd deuxieme 2e"),
        (3, "third 3rd troisieme 3e"),
        (4, "fourth 4th quatrieme 4e"),
        (LAST, "last dernier derniere"),
    )
    for name in names.split()
}
_EVERY = r"(?:every|toutes les) (?:([0-9]{1,2}|two|deux|other) )?(?:weeks?|semaines?) (.+)"
_MONTHLY = r"(?:monthly|every month|mensuel|tous les mois)(?: on| le)? (.+)"
KIND_WORDS: Mapping[str, tuple[str, str]] = {
    ATTENDANCE: ("attendance", "présence"),
    COMMITMENTS: ("commitments", "engagements"),
    FIGURES: ("figures", "chiffres"),
    WEEK: ("week", "semaine"),
    SUBJECT: ("blockers", "blocages"),
    PRIORITIES: ("priorities", "priorités"),
    TALK: ("talk", "échange"),
    READBACK: ("decisions", "décisions"),
    VOTES: ("votes", "votes"),
}
"""The word of each kind of step before its colon, in English and in French."""
_KIND_OF = {fold(word): kind for kind, words in KIND_WORDS.items() for word in words}
_BOX = r"(?:(?P<name>\S.*?)[ :·-]+)?(?P<n>[0-9]{1,5})(?: ?(?P<unit>min|s))?"
_NAMED_BOX = _BOX.replace(")?", ")", 1)
_LONGEST_S = 36_000
_RFC_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True, kw_only=True)
class Rule:
    """Weekly: `weekdays` and no `nth`. Monthly: a `month_day`, or an `nth` and the `weekdays` it counts."""

    at: time
    weekdays: frozenset[int] = frozenset()
    """Monday is 0. Empty with `nth`: business days are counted."""
    every: int = 1
    """Weeks from one week of meetings to the next."""
    anchor: date = _ANCHOR
    """A day of the first such week; without `from`, weeks are counted from that of 5 January 1970."""
    month_day: int | None = None
    nth: int | None = None
    """1 to 4, or LAST."""

    def happens_on(self, day: date, calendar: Calendar) -> bool:
        """Whether the rule names this day, were it no holiday."""
        if self.month_day is not None:
            return day.day == self.month_day
        if self.nth is None:
            weeks = (_monday(day) - _monday(self.anchor)).days // 7
            return day.weekday() in self.weekdays and weeks % self.every == 0
        if self.weekdays:
            return day.weekday() in self.weekdays and self._is_nth(day)
        return calendar.is_business_day(day) and _business_rank(day, self.nth, calendar)

    def _is_nth(self, day: date) -> bool:
        if self.nth == LAST:
            return day.day > monthrange(day.year, day.month)[1] - 7
        return (day.day - 1) // 7 + 1 == self.nth


def parse_rule(text: str) -> Rule:
    """The rule that `text` states, in French or English. Raises ValueError naming the part that is wrong."""
    words = " ".join(fold(text).split())
    words, anchor = _split_anchor(words)
    days, _blank, clock = words.rpartition(" ")
    if not days:
        raise ValueError(_("“{text}” is not a rule such as mon 08:30").format(text=text))
    minute = minute_of_day(clock)
    if minute == 1440:
        raise ValueError(_("“{text}” is not a time such as 09:00").format(text=clock))
    at = time(minute // 60, minute % 60)
    days = re.sub(r" (?:at|a)$", "", days)
    if monthly := re.fullmatch(_MONTHLY, days):
        return _monthly(monthly[1], at)
    if every := re.fullmatch(_EVERY, days):
        weeks = {None: 1, "two": 2, "deux": 2, "other": 2}.get(every[1]) or int(every[1])
        if weeks < 1:
            raise ValueError(_("“{text}” is not a number of weeks").format(text=every[1]))
        return Rule(at=at, weekdays=_weekdays(every[2]), every=weeks, anchor=anchor)
    return Rule(at=at, weekdays=_weekdays(days), anchor=anchor)


@dataclass(frozen=True)
class RitualStep:
    """A part of a meeting with its time box. An empty name is that of its kind."""

    name: str
    seconds: int
    kind: str = TALK


def parse_steps(text: str) -> tuple[RitualStep, ...]:
    """The steps of a ritual, one a line: `blockers: Hot ones 12`, `présence : Tour 20 s`, `Coffee 5`.

    A kind stands before a colon, in either language; a line without one is talked about, whatever its
    words. Minutes, or seconds with `s`. Raises ValueError naming the line that is wrong.
    """
    return tuple(_step(line) for line in filter(None, map(str.strip, text.splitlines())))


def write_steps(steps: Iterable[RitualStep], language: str = "en") -> str:
    """The lines that `parse_steps` reads back as those steps, with the kinds' words of that language."""
    return "\n".join(_written(step, language) for step in steps)


def _step(line: str) -> RitualStep:
    first, colon, rest = line.partition(":")
    kind = _KIND_OF.get(fold(first).strip()) if colon else None
    found = re.fullmatch(_BOX if kind else _NAMED_BOX, rest.strip() if kind else line)
    number, in_seconds = (int(found["n"]), found["unit"] == "s") if found else (0, False)
    seconds = number if in_seconds else number * 60
    if found is None or not 1 <= seconds <= _LONGEST_S:
        raise ValueError(_("“{text}” is not a step with its minutes, such as Blockers 12").format(text=line))
    return RitualStep((found["name"] or "").strip(), seconds, kind or TALK)


def _written(step: RitualStep, language: str) -> str:
    minutes, odd = divmod(step.seconds, 60)
    box = f"{step.seconds} s" if odd else f"{minutes}"
    colon = " :" if language == "fr" else ":"
    word = KIND_WORDS[step.kind][1 if language == "fr" else 0]
    return " ".join(filter(None, (word + colon, step.name, box)))


def occurrences(rule: Rule, lo: date, hi: date, calendar: Calendar) -> Iterator[datetime]:
    """The local times, without zone, from `lo` to the day before `hi`; holidays and closings are skipped."""
    for ordinal in range(lo.toordinal(), hi.toordinal()):
        day = date.fromordinal(ordinal)
        if rule.happens_on(day, calendar) and not calendar.is_holiday(day):
            yield datetime.combine(day, rule.at)


def to_rrule(rule: Rule) -> str | None:
    """The rule as the value of an RRULE (RFC 5545 3.3.10), its time being that of DTSTART.

    Holidays are not in it. None for business days, which RFC 5545 does not know.
    """
    if rule.month_day is not None:
        return f"FREQ=MONTHLY;BYMONTHDAY={rule.month_day}"
    if not rule.weekdays:
        return None
    days = [_RFC_DAYS[day] for day in sorted(rule.weekdays)]
    if rule.nth is not None:
        return "FREQ=MONTHLY;BYDAY=" + ",".join(f"{rule.nth}{day}" for day in days)
    interval = f"INTERVAL={rule.every};" if rule.every > 1 else ""
    return f"FREQ=WEEKLY;{interval}BYDAY={','.join(days)}" + (";WKST=MO" if interval else "")


def _split_anchor(words: str) -> tuple[str, date]:
    found = re.fullmatch(r"(.*) (?:from|a partir du|depuis le) (\S+)", words)
    if not found:
        return words, _ANCHOR
    try:
        return found[1], date.fromisoformat(found[2])
    except ValueError:
        raise ValueError(_("“{text}” is not a date such as 2026-11-27").format(text=found[2])) from None


def _monthly(days: str, at: time) -> Rule:
    if days.isdecimal():
        if not 1 <= int(days) <= 28:
            raise ValueError(
                _("not every month has a day {day}: write “monthly last business day”").format(day=days)
            )
        return Rule(at=at, month_day=int(days))
    ordinal, _blank, counted = days.partition(" ")
    nth = _ORDINALS.get(ordinal)
    if nth is None or not counted:
        raise ValueError(_("“{text}” is not a day of the month such as 15 or first mon").format(text=days))
    if counted in ("business day", "working day", "jour ouvre"):
        return Rule(at=at, nth=nth)
    return Rule(at=at, nth=nth, weekdays=_weekdays(counted))


def _weekdays(text: str) -> frozenset[int]:
    return parse_weekdays(re.sub(r"[ ,]+", ",", text))


def _business_rank(day: date, nth: int, calendar: Calendar) -> bool:
    if nth == LAST:
        others = range(day.day + 1, monthrange(day.year, day.month)[1] + 1)
        return not any(calendar.is_business_day(day.replace(day=other)) for other in others)
    return sum(calendar.is_business_day(day.replace(day=other)) for other in range(1, day.day + 1)) == nth


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
