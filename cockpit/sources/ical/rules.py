"""Recurrence rules made safe to expand: known parts only, no rule that never ends or never matches."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

from cockpit.domain.dataclasses import dataclass
from cockpit.locale import N_
from cockpit.sources.ical import skip
from cockpit.sources.ical.until import UNTIL, Start, until

FIRST_ONLY = N_("this rule of repetition is not readable; only its first date is shown")
TOO_MANY = N_("this event repeats too often; only its first date is shown")
NEVER = N_("this rule of repetition never matches; only its first date is shown")
OTHER_SCALE = N_("this event repeats by another calendar than ours; only its first date is shown")
PART_IGNORED = N_("a part of this rule of repetition is not supported and was left out")

MAX_PER_DAY = 96
"""More instances a day than every quarter of an hour is no meeting."""

_BEYOND_COUNTING = 20_000
"""A COUNT above this is no limit: it would only cost the counting."""

_COUNTED = 500
"""So many instances that a rule counts itself are never too many, however close they stand."""

_SECONDS = {"HOURLY": 3_600, "MINUTELY": 60, "SECONDLY": 1}
_FREQUENCIES = ("YEARLY", "MONTHLY", "WEEKLY", "DAILY", *_SECONDS)
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_BYDAY = re.compile(r"(?:([+-]?\d{1,2}))?(?:MO|TU|WE|TH|FR|SA|SU)", re.ASCII)
_BLANK = re.compile(r"\s+")
_RANGES = {
    "BYSECOND": (0, 59),
    "BYMINUTE": (0, 59),
    "BYHOUR": (0, 23),
    "BYMONTHDAY": (-31, 31),
    "BYYEARDAY": (-366, 366),
    "BYWEEKNO": (-53, 53),
    "BYMONTH": (1, 12),
    "BYSETPOS": (-366, 366),
}
_SIGNED = ("BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYSETPOS")


@dataclass(frozen=True)
class SafeRule:
    """A rule that can be expanded."""

    text: str = ""
    """As the expander reads it; empty for none."""
    said: str = ""
    """What had to be said about it; empty for nothing."""
    days: tuple[date, ...] = ()
    """The days that it stands for, counted out, where no rule could say them."""


def safe_rule(value: str, start: Start) -> SafeRule:
    """The rule to expand.

    UNTIL is given the type of `start`, in UTC when that has a zone (RFC 5545 3.3.10); as a date it counts
    to the end of that day, which is what its authors mean. What the expander would read otherwise than
    RFC 5545 is written as a rule that it reads so.
    """
    parts, said = _parts_of(value)
    if "FREQ" not in parts:
        return SafeRule(said=FIRST_ONLY)
    if "UNTIL" in parts:
        parts["UNTIL"] = until(parts["UNTIL"], start)
        if not parts["UNTIL"]:
            return SafeRule(said=FIRST_ONLY)
    if parts.pop("RSCALE", "GREGORIAN") != "GREGORIAN":
        return SafeRule(said=OTHER_SCALE)
    if not start.timed:
        parts = {name: parts[name] for name in parts if name not in ("BYHOUR", "BYMINUTE", "BYSECOND")}
    _read_as_meant(parts, start)
    if skip.applies(parts, start):
        days = skip.days(parts, start)
        if days:
            return SafeRule(said=said, days=days)
        said = PART_IGNORED
    parts.pop("SKIP", None)
    if _repeats_too_often(parts, start):
        return SafeRule(said=TOO_MANY)
    if not _can_match(parts):
        return SafeRule(said=NEVER)
    order = sorted(parts, key=lambda name: name != "FREQ")
    return SafeRule(";".join(f"{name}={parts[name]}" for name in order), said)


def _parts_of(value: str) -> tuple[dict[str, str], str]:
    """The parts of a rule that are known, and what had to be said; none of them when one is not readable."""
    parts: dict[str, str] = {}
    said = ""
    for piece in filter(None, _BLANK.sub("", value.upper()).split(";")):
        name, equals, content = piece.partition("=")
        if not equals or name in parts:
            return {}, FIRST_ONLY
        if name not in _PARTS or (name == "COUNT" and _beyond_counting(content)):
            said = PART_IGNORED
        elif not _PARTS[name](content):
            return {}, FIRST_ONLY
        else:
            parts[name] = content
    return parts, said


def _repeats_too_often(parts: dict[str, str], start: Start) -> bool:
    if parts["FREQ"] in _SECONDS and (not start.timed or not _steps_are_few(parts)):
        return True
    return _per_day(parts) > MAX_PER_DAY and not _counts_few(parts)


def _beyond_counting(content: str) -> bool:
    # A negative count is written by some for "without end".
    return bool(re.fullmatch(r"-\d+|\d{6,}", content, re.ASCII)) or (
        _is_number(content) and int(content) > _BEYOND_COUNTING
    )


def _is_number(content: str) -> bool:
    # `isdigit` alone is true of superscripts, which `int` refuses.
    return content.isascii() and content.isdigit()


def _read_as_meant(parts: dict[str, str], start: Start) -> None:
    """Say in `parts` what the expander would otherwise read in its own way."""
    yearly, days = parts["FREQ"] == "YEARLY", parts.keys() & {"BYDAY", "BYYEARDAY", "BYMONTH"}
    if yearly and "BYWEEKNO" in parts and "BYDAY" not in parts:
        parts["BYDAY"] = _WEEKDAYS[start.at.weekday()]
    elif yearly and "BYMONTHDAY" in parts and not days and "BYWEEKNO" not in parts:
        # A birthday, not the 25th of each month: so do libical and ical.js.
        parts["BYMONTH"] = str(start.at.month)
    if parts["FREQ"] == "WEEKLY" and "BYSETPOS" in parts and not parts.keys() & _CUTTING_A_WEEK:
        _choose_in_week(parts, start)


_CUTTING_A_WEEK = {"BYMONTH", "BYHOUR", "BYMINUTE", "BYSECOND", "BYYEARDAY", "BYMONTHDAY", "BYWEEKNO"}


def _choose_in_week(parts: dict[str, str], start: Start) -> None:
    """Write BYSETPOS of a weekly rule as the days that it chooses: the expander would count the positions
    of the first week from its start, not from the week's own."""
    first = _WEEKDAYS.index(parts.get("WKST", "MO"))
    days = {day[-2:] for day in parts.get("BYDAY", _WEEKDAYS[start.at.weekday()]).split(",")}
    week = [day for day in (*_WEEKDAYS[first:], *_WEEKDAYS[:first]) if day in days]
    places = {int(n) for n in parts["BYSETPOS"].split(",")}
    chosen = [day for n, day in enumerate(week) if places & {n + 1, n - len(week)}]
    if chosen:
        del parts["BYSETPOS"]
        parts["BYDAY"] = ",".join(chosen)


def _numbers(name: str) -> Callable[[str], bool]:
    lowest, highest = _RANGES[name]

    def check(content: str) -> bool:
        for number in content.split(","):
            if not re.fullmatch(r"[+-]?\d{1,3}", number, re.ASCII) or not lowest <= int(number) <= highest:
                return False
            if name in _SIGNED and int(number) == 0:
                return False
        return True

    return check


def _weekdays(content: str) -> bool:
    found = [_BYDAY.fullmatch(day) for day in content.split(",")]
    return all(match and (match[1] is None or 1 <= abs(int(match[1])) <= 53) for match in found)


_PARTS: dict[str, Callable[[str], bool]] = {
    "FREQ": lambda content: content in _FREQUENCIES,
    "RSCALE": lambda content: content.isalpha(),
    "SKIP": lambda content: content in ("OMIT", "BACKWARD", "FORWARD"),
    "UNTIL": lambda content: bool(UNTIL.fullmatch(content)),
    "COUNT": lambda content: _is_number(content) and int(content) > 0,
    "INTERVAL": lambda content: bool(re.fullmatch(r"0{0,3}[1-9]\d{0,4}", content, re.ASCII)),
    "BYDAY": _weekdays,
    "WKST": lambda content: content in _WEEKDAYS,
    **{name: _numbers(name) for name in _RANGES},
}


def _count(parts: dict[str, str], name: str) -> int:
    return len(set(parts[name].split(","))) if name in parts else 1


def _counts_few(parts: dict[str, str]) -> bool:
    """Whether a rule of less than a day says itself that it soon ends."""
    few = int(parts.get("COUNT", _COUNTED + 1)) <= _COUNTED
    return few and parts["FREQ"] in _SECONDS and not parts.keys() & {"BYMINUTE", "BYSECOND"}


def _steps_are_few(parts: dict[str, str]) -> bool:
    """Whether a rule of less than a day is soon walked through: no step of it is taken to be dropped again."""
    walked = parts.keys() - {"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST"}
    return (
        parts["FREQ"] == "HOURLY"
        or not walked
        or (parts["FREQ"] == "MINUTELY" and walked <= {"BYHOUR", "BYDAY"})
    )


def _per_day(parts: dict[str, str]) -> int:
    """How many instances one day can have."""
    if parts["FREQ"] in _SECONDS:
        hours = _count(parts, "BYHOUR") if "BYHOUR" in parts else 24
        steps = hours * 3_600 // (_SECONDS[parts["FREQ"]] * int(parts.get("INTERVAL", 1)))
        if parts["FREQ"] != "HOURLY":
            return steps
        hours = min(hours, steps) if "BYHOUR" in parts else steps
        return max(hours, 1) * _count(parts, "BYMINUTE") * _count(parts, "BYSECOND")
    return _count(parts, "BYHOUR") * _count(parts, "BYMINUTE") * _count(parts, "BYSECOND")


def _can_match(parts: dict[str, str]) -> bool:
    """Whether some day of a leap year, and a set large enough, can satisfy the rule.

    An expander would look for the next match until the year 9999.
    """
    wanted = {name: {int(n) for n in parts[name].split(",")} for name in _SIGNED if name in parts}
    months = {int(n) for n in parts["BYMONTH"].split(",")} if "BYMONTH" in parts else set(range(1, 13))
    if "BYSETPOS" in wanted and min(map(abs, wanted["BYSETPOS"])) > _set_size(parts):
        return False
    ordinals = [abs(int(day[:-2])) for day in parts.get("BYDAY", "").split(",") if day[:-2]]
    if ordinals and (parts["FREQ"] == "MONTHLY" or "BYMONTH" in parts) and min(ordinals) > 5:
        return False
    return any(_day_matches(n, months, wanted) for n in range(366))


def _day_matches(n: int, months: set[int], wanted: dict[str, set[int]]) -> bool:
    day = date(2024, 1, 1) + timedelta(days=n)
    left = monthrange(day.year, day.month)[1] - day.day
    week = n // 7 + 1
    return (
        day.month in months
        and ("BYMONTHDAY" not in wanted or bool({day.day, -left - 1} & wanted["BYMONTHDAY"]))
        and ("BYYEARDAY" not in wanted or bool(_year_days(n) & wanted["BYYEARDAY"]))
        and (
            "BYWEEKNO" not in wanted
            or any(
                abs((w if w > 0 else w + 54) - week) <= 1 or abs(w) >= 52 or w == 1
                for w in wanted["BYWEEKNO"]
            )
        )
    )


def _year_days(n: int) -> set[int]:
    """How a day `n` days after 1 January of a leap year is counted in it and in other years, from both ends."""
    before_leap_day = n < 59
    return {n + 1, n - 366, n - 365 if before_leap_day else n}


def _set_size(parts: dict[str, str]) -> int:
    """The most instances that one period of the rule can hold, at least roughly."""
    weekdays = len({day[-2:] for day in parts["BYDAY"].split(",")}) if "BYDAY" in parts else 7
    days = {"YEARLY": 53 * weekdays, "MONTHLY": 5 * weekdays, "WEEKLY": weekdays}.get(parts["FREQ"], 1)
    if "BYMONTHDAY" in parts and parts["FREQ"] == "MONTHLY":
        days = min(days, _count(parts, "BYMONTHDAY"))
    hours = 1 if parts["FREQ"] == "HOURLY" else _count(parts, "BYHOUR")
    return days * hours * _count(parts, "BYMINUTE") * _count(parts, "BYSECOND")
