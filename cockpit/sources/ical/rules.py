"""Recurrence rules made safe to expand: known parts only, no rule that never ends or never matches."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, tzinfo

from cockpit.domain.dataclasses import dataclass
from cockpit.locale import N_

FIRST_ONLY = N_("this rule of repetition is not readable; only its first date is shown")
TOO_MANY = N_("this event repeats too often; only its first date is shown")
NEVER = N_("this rule of repetition never matches; only its first date is shown")
PART_IGNORED = N_("a part of this rule of repetition is not supported and was left out")

MAX_PER_DAY = 96
"""More instances a day than every quarter of an hour is no meeting."""

_BEYOND_COUNTING = 20_000
"""A COUNT above this is no limit: it would only cost the counting."""

_FREQUENCIES = ("YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY")
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_BYDAY = re.compile(r"(?:([+-]?\d{1,2}))?(?:MO|TU|WE|TH|FR|SA|SU)")
_UNTIL = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})(?:T(\d{2}):?(\d{2}):?(\d{2})?(Z)?)?")
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
_MONTH_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@dataclass(frozen=True)
class Start:
    """DTSTART as a rule needs it: a date, a naive time with its zone, or a floating time without."""

    at: date
    zone: tzinfo | None = None

    @property
    def timed(self) -> bool:
        """Whether it has an hour."""
        return isinstance(self.at, datetime)


def safe_rule(value: str, start: Start) -> tuple[str, str]:
    """The rule to expand, empty for none, and what had to be said about it, empty for nothing.

    UNTIL is given the type of `start`, in UTC when that has a zone (RFC 5545 3.3.10); as a date it counts
    to the end of that day, which is what its authors mean.
    """
    parts: dict[str, str] = {}
    said = ""
    for piece in filter(None, (piece.strip() for piece in value.upper().split(";"))):
        name, equals, content = piece.partition("=")
        if not equals or name in parts:
            return "", FIRST_ONLY
        if name not in _PARTS or (name == "COUNT" and _beyond_counting(content)):
            said = PART_IGNORED
        elif not _PARTS[name](content):
            return "", FIRST_ONLY
        else:
            parts[name] = content
    if "FREQ" not in parts:
        return "", FIRST_ONLY
    if "UNTIL" in parts:
        until = _until(parts["UNTIL"], start)
        if not until:
            return "", FIRST_ONLY
        parts["UNTIL"] = until
    if "BYWEEKNO" in parts and parts["FREQ"] == "YEARLY" and "BYDAY" not in parts:
        parts["BYDAY"] = _WEEKDAYS[start.at.weekday()]
    if not start.timed:
        parts = {name: parts[name] for name in parts if name not in ("BYHOUR", "BYMINUTE", "BYSECOND")}
    if (parts["FREQ"] == "HOURLY" and not start.timed) or _per_day(parts) > MAX_PER_DAY:
        return "", TOO_MANY
    if not _can_match(parts):
        return "", NEVER
    order = sorted(parts, key=lambda name: name != "FREQ")
    return ";".join(f"{name}={parts[name]}" for name in order), said


def _beyond_counting(content: str) -> bool:
    # A negative count is written by some for "without end".
    return bool(re.fullmatch(r"-\d+|\d{6,}", content)) or (
        content.isdigit() and int(content) > _BEYOND_COUNTING
    )


def _numbers(name: str) -> Callable[[str], bool]:
    lowest, highest = _RANGES[name]

    def check(content: str) -> bool:
        for number in content.split(","):
            if not re.fullmatch(r"[+-]?\d{1,3}", number) or not lowest <= int(number) <= highest:
                return False
            if name in _SIGNED and int(number) == 0:
                return False
        return True

    return check


def _weekdays(content: str) -> bool:
    found = [_BYDAY.fullmatch(day) for day in content.split(",")]
    return all(match and (match[1] is None or 1 <= abs(int(match[1])) <= 53) for match in found)


_PARTS: dict[str, Callable[[str], bool]] = {
    "FREQ": lambda content: content in (*_FREQUENCIES, "MINUTELY", "SECONDLY"),
    "UNTIL": lambda content: bool(_UNTIL.fullmatch(content)),
    "COUNT": lambda content: content.isascii() and content.isdigit() and int(content) > 0,
    "INTERVAL": lambda content: bool(re.fullmatch(r"0{0,3}[1-9]\d{0,4}", content)),
    "BYDAY": _weekdays,
    "WKST": lambda content: content in _WEEKDAYS,
    **{name: _numbers(name) for name in _RANGES},
}


def _until(content: str, start: Start) -> str:
    """UNTIL in the type of `start`; empty when it is no date."""
    match = _UNTIL.fullmatch(content)
    assert match
    year, month, day, hour, minute, second, zulu = match.groups()
    try:
        last = date(int(year), int(month), int(day))
        if not start.timed:
            return f"{last:%Y%m%d}".rjust(8, "0")
        at = datetime(last.year, last.month, last.day, 23, 59, 59)  # noqa: DTZ001 - given a zone below
        if hour:
            at = at.replace(hour=int(hour), minute=int(minute), second=int(second or 0))
    except ValueError:
        return ""
    if start.zone is None:
        return _stamp(at)
    if not zulu and 1 < at.year < 9999:
        at = at.replace(tzinfo=start.zone).astimezone(UTC)
    return _stamp(at) + "Z"


def _stamp(at: datetime) -> str:
    return f"{at.year:04}{at.month:02}{at.day:02}T{at.hour:02}{at.minute:02}{at.second:02}"


def _count(parts: dict[str, str], name: str) -> int:
    return len(set(parts[name].split(","))) if name in parts else 1


def _per_day(parts: dict[str, str]) -> int:
    """How many instances one day can have."""
    if parts["FREQ"] in ("MINUTELY", "SECONDLY"):
        return MAX_PER_DAY + 1
    hours = 24 if parts["FREQ"] == "HOURLY" and "BYHOUR" not in parts else _count(parts, "BYHOUR")
    return hours * _count(parts, "BYMINUTE") * _count(parts, "BYSECOND")


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
    left = _MONTH_DAYS[day.month - 1] - day.day
    week = n // 7 + 1
    return (
        day.month in months
        and ("BYMONTHDAY" not in wanted or bool({day.day, -left - 1} & wanted["BYMONTHDAY"]))
        and ("BYYEARDAY" not in wanted or bool({n + 1, n - 366, n, n - 365} & wanted["BYYEARDAY"]))
        and (
            "BYWEEKNO" not in wanted
            or any(
                abs((w if w > 0 else w + 54) - week) <= 1 or abs(w) >= 52 or w == 1
                for w in wanted["BYWEEKNO"]
            )
        )
    )


def _set_size(parts: dict[str, str]) -> int:
    """The most instances that one period of the rule can hold, at least roughly."""
    weekdays = len({day[-2:] for day in parts["BYDAY"].split(",")}) if "BYDAY" in parts else 7
    days = {"YEARLY": 53 * weekdays, "MONTHLY": 5 * weekdays, "WEEKLY": weekdays}.get(parts["FREQ"], 1)
    if "BYMONTHDAY" in parts and parts["FREQ"] == "MONTHLY":
        days = min(days, _count(parts, "BYMONTHDAY"))
    hours = 1 if parts["FREQ"] == "HOURLY" else _count(parts, "BYHOUR")
    return days * hours * _count(parts, "BYMINUTE") * _count(parts, "BYSECOND")
