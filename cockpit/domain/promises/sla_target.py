"""How long a provider has: `4ho`, `90min`, `J+1 12:00`, or `J5 18h`, the fifth working day of a period."""

from __future__ import annotations

import re
from datetime import datetime, time
from functools import cache

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.text import fold
from cockpit.domain.time.business_time import Calendar, Pause

DAY_END = "18:00"
# Patterns, compiled by the first target that is read: a start reads none.
_HOURS = r"(?i)(\d{1,4})\s*ho?(\d{1,2})?o?$"
_MINUTES = r"(?i)(\d{1,5})\s*(?:min|mn|m)o?$"
_DAYS = (
    r"(?i)[jd](\+?)(\d{1,3})"
    r"(?:\s+(?:(open|ouverture)|(close|cl[oô]ture|fermeture)|(\d{1,2})(?:[h:](\d{2})?)?))?"
    r"(?:\s+(?:cutoff|limite)\s+(\d{1,2})(?:[h:](\d{2})?)?)?$"
)


@dataclass(frozen=True)
class SlaTarget:
    """Business seconds, or a number of business days and a local time. The rules: docs/promises.md."""

    seconds: int | None = None
    days: int = 0
    at: str = DAY_END
    """`HH:MM`, `open` or `close`; for targets in days."""
    cutoff: str = ""
    """`HH:MM`: what comes later counts from the next business day; empty never does."""

    def due(
        self, calendar: Calendar, start: datetime, pauses: list[Pause], consumed: int = 0
    ) -> datetime | None:
        """When it is used up, `consumed` business seconds being gone at `start`. None behind an open pause.

        Raises NoBusinessTime when the calendar never opens long enough.
        """
        if self.seconds is not None:
            return calendar.due(start, max(0, self.seconds - consumed), pauses)
        at = self.at if self.at in ("open", "close") else time.fromisoformat(self.at)
        cutoff = time.fromisoformat(self.cutoff) if self.cutoff else None
        return calendar.due_in_days(start, self.days, at, cutoff, pauses)

    def last_on_time(
        self, calendar: Calendar, start: datetime, pauses: list[Pause], consumed: int = 0
    ) -> datetime | None:
        """The last instant that keeps it: the next opening, when hours are due at a closing."""
        if self.seconds is not None:
            return calendar.last_on_time(start, max(0, self.seconds - consumed), pauses)
        return self.due(calendar, start, pauses)


def parse_target(text: str) -> SlaTarget | None:
    """The target that a text says; None when it says none."""
    text = re.sub(
        r"(\d)\s*(?:heures?(?: ouvree?s?)?|(?:(?:business|working) )?hours?)$", r"\1h", fold(text).strip()
    )
    text = re.sub(r"^(\d{1,3})\s*(?:jo|jours? ouvres?|(?:business|working) days?)\b", r"J+\1", text)
    if found := re.match(_HOURS, text):
        minutes = int(found[2] or 0)
        return SlaTarget(int(found[1]) * 3600 + minutes * 60) if minutes < 60 else None
    if found := re.match(_MINUTES, text):
        return SlaTarget(int(found[1]) * 60)
    return _in_days(found) if (found := re.match(_DAYS, text)) else None


def _in_days(found: re.Match[str]) -> SlaTarget | None:
    plus, count, opening, closing, hour, minute, cut_hour, cut_minute = found.groups()
    # J5 without a plus is the fifth working day itself, which is four after the first.
    days = int(count) if plus else int(count) - 1
    try:
        at = "open" if opening else "close" if closing else _clock(hour, minute) if hour else DAY_END
        cutoff = _clock(cut_hour, cut_minute) if cut_hour else ""
    except ValueError:
        return None
    return SlaTarget(days=days, at=at, cutoff=cutoff) if days >= 0 else None


def _clock(hour: str, minute: str | None) -> str:
    return time(int(hour), int(minute or 0)).isoformat("minutes")


@cache
def percents(text: str) -> tuple[int, ...]:
    """The percentages of a target that a text lists, as written: `75,90`; other words are left out."""
    return tuple(int(word) for word in text.replace(";", ",").split(",") if word.strip().isdecimal())
