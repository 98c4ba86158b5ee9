"""Dates and durations as a person reads them, in the current language."""

from __future__ import annotations

from datetime import date, datetime

from cockpit.domain.time.elapsed import whole_days
from cockpit.locale import N_, NC_, _, current, pgettext

_DAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))
_LONG_DAYS = (
    N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"), N_("Saturday"), N_("Sunday"),
)  # fmt: skip
_MONTHS = (
    N_("January"), N_("February"), N_("March"), N_("April"), N_("May"), N_("June"), N_("July"),
    N_("August"), N_("September"), N_("October"), N_("November"), N_("December"),
)  # fmt: skip
_SHORT_MONTHS = (
    NC_("short month", "Jan"), NC_("short month", "Feb"), NC_("short month", "Mar"),
    NC_("short month", "Apr"), NC_("short month", "May"), NC_("short month", "Jun"),
    NC_("short month", "Jul"), NC_("short month", "Aug"), NC_("short month", "Sep"),
    NC_("short month", "Oct"), NC_("short month", "Nov"), NC_("short month", "Dec"),
)  # fmt: skip


def weekday(day: date) -> str:
    """`lun.`, `Mon`."""
    return _(_DAYS[day.weekday()])


def short_month(day: date) -> str:
    """`nov.`, `Nov`."""
    return pgettext(*_SHORT_MONTHS[day.month - 1])


def day_number(day: date) -> str:
    """`23`; the first of a month is `1er` in French, and only the first."""
    return "1er" if day.day == 1 and current() == "fr" else str(day.day)


def long_date(day: date) -> str:
    """`lundi 23 novembre 2026`, `Monday 23 November 2026`."""
    return f"{_(_LONG_DAYS[day.weekday()])} {day_number(day)} {_(_MONTHS[day.month - 1])} {day.year}"


def whole_month(day: date) -> str:
    """`octobre 2026`, `October 2026`."""
    return f"{_(_MONTHS[day.month - 1])} {day.year}"


def whole_day(day: date) -> str:
    """`27 août 2026`, `27 Aug 2026`."""
    return f"{day_number(day)} {short_month(day)} {day.year}"


def day_and_month(day: date) -> str:
    """`lun. 23 nov.`, `Mon 23 Nov`."""
    return f"{weekday(day)} {day_number(day)} {short_month(day)}"


def day_label(day: date, today: date) -> str:
    """A day, short where it is near: today, tomorrow, a weekday within six days, then `24 nov.`."""
    away = (day - today).days
    if away == 0:
        return _("today")
    if away == 1:
        return pgettext("day label", "tomorrow")
    if away == -1:
        return _("yesterday")
    if 1 < away <= 6:
        return weekday(day)
    year = f" {day.year}" if day.year != today.year else ""
    return f"{day_number(day)} {short_month(day)}{year}"


def moment(at: datetime, now: datetime) -> str:
    """A day, short where it is near as in `day_label`, and an hour."""
    local = at.astimezone(now.tzinfo)
    return f"{day_label(local.date(), now.date())} {local:%H:%M}"


def duration(seconds: float) -> str:
    """`1 h 05`, `52 min`, `3 j`: two figures at most; days are the nearest. Negative spans read as positive."""
    minutes = int(abs(seconds)) // 60
    if minutes < 1:
        return _("< 1 min")
    if minutes < 60:
        return _("{n} min").format(n=minutes)
    hours, rest = divmod(minutes, 60)
    if hours < 24:
        return _("{h} h {m:02}").format(h=hours, m=rest) if rest else _("{h} h").format(h=hours)
    return _("{n} d").format(n=whole_days(seconds))


def age(seconds: float) -> str:
    """Like `duration`, in one unit: `52 min`, `9 h`, `6 d`."""
    hours = int(abs(seconds)) // 3600
    if hours >= 24:
        return _("{n} d").format(n=whole_days(seconds))
    return duration(seconds) if hours < 1 else _("{h} h").format(h=hours)


def business_duration(seconds: float) -> str:
    """Like `duration`, but never in days: business hours do not make days of 24."""
    minutes = int(abs(seconds)) // 60
    hours, rest = divmod(minutes, 60)
    if hours < 1:
        return duration(seconds)
    return _("{h} h {m:02}").format(h=hours, m=rest) if rest else _("{h} h").format(h=hours)


def ago(at: datetime | None, now: datetime) -> str:
    """`4 min ago`, `never`."""
    if at is None:
        return _("never")
    if 0 <= (now - at).total_seconds() < 60:
        return _("just now")
    return _("{span} ago").format(span=duration((now - at).total_seconds()))


def week_number(day: date) -> str:
    """`S48`, `W48` (ISO 8601)."""
    return ("S" if current() == "fr" else "W") + str(day.isocalendar().week)
