"""Dates as a person types them, in the company's zone and calendar: an instant, or when something comes back."""

from __future__ import annotations

from datetime import datetime, timedelta

from cockpit.domain.registers.person import Person
from cockpit.domain.text import typed
from cockpit.domain.time.business_time import Calendar
from cockpit.domain.time.dates import DayContext, parse_date, parse_return
from cockpit.domain.time.opening_hours import day_edges
from cockpit.locale import _
from cockpit.services.desk import dates, identities
from cockpit.services.desk.calendars import company_calendar, person_calendar
from cockpit.services.desk.workspace import Workspace
from cockpit.store import holidays

WHO = ("person", "provider")
"""Registers of those who may carry something for another."""


def context(workspace: Workspace) -> DayContext:
    """What a date phrase is read against: the company's day and its business calendar. Nothing is written."""
    begins, ends = day_edges(workspace.settings.company.hours)
    return DayContext(
        day_start=begins,
        day_end=ends,
        calendar=company_calendar(workspace, ask=True),
    )


def understand_date(workspace: Workspace, text: str, *, backwards: bool = False) -> datetime | None:
    """The instant that a whole phrase means, or None when any of its words is not understood."""
    words = text.split()
    found = parse_date(words, now=workspace.now(), context=context(workspace), backwards=backwards)
    if found is None or found[1] != len(words):
        return None
    return found[0]


def understand_return(
    workspace: Workspace, text: str, *, who: str = "", any_day: bool = False
) -> datetime | None:
    """The moment at which something comes back, or None when any word of the phrase is not understood.

    `who` is the person, by code or name, without whom it is no use: the one at the keyboard unless said.
    `any_day` is for what is no working matter, such as the alerts of a service: closed days count.
    """
    words = text.split()
    present = None if any_day else _present(workspace, who or workspace.me)
    found = parse_return(words, now=workspace.now(), context=context(workspace), present=present)
    return found[0] if found and found[1] == len(words) else None


def due_in_words(workspace: Workspace, due: datetime) -> str:
    """The day something is due, `ven. 4 déc.`, with the hour where one was said: the end of the day goes without."""
    local = due.astimezone(workspace.zone)
    _begins, ends = day_edges(workspace.settings.company.hours)
    hour = "" if local.time() == ends else f" {local:%H:%M}"
    return f"{dates.day_and_month(local.date())}{hour}"


def why_later(workspace: Workspace, text: str, until: datetime, *, who: str = "") -> str:
    """Why something comes back later than on the day that was said: closed that day, or over; empty when it does not.

    `until` is what `understand_return` made of the end of `text`; `who` as there.
    """
    words = text.split()
    now, against = workspace.now(), context(workspace)
    for at in range(len(words)):
        found = parse_date(words[at:], now=now, context=against, default=against.day_start)
        if found is not None and found[1] == len(words) - at:
            break
    else:
        return ""
    day = found[0].date()
    if day >= until.astimezone(workspace.zone).date():
        return ""
    said = dates.day_and_month(day)
    company = company_calendar(workspace, ask=True)
    if not company.is_business_day(day):
        region, next_day = workspace.settings.company.holidays, day + timedelta(days=1)
        name = holidays.names(workspace.conn, region, day, next_day).get(day, "")
        if name and day not in company.exceptions:
            return _("closed on {day} ({why})").format(day=said, why=name)
        return _("closed on {day}").format(day=said)
    if not _present(workspace, who or workspace.me).is_business_day(day):
        return _("away on {day}").format(day=said)
    return _("after hours on {day}").format(day=said)


def who_and_when(workspace: Workspace, text: str) -> tuple[str, datetime | None]:
    """`Sophie vendredi`: who is meant, a code or a name, and the moment that the end of the line says.

    Both are None or empty where the line says none. Raises identities.SeveralNames.
    """
    words, names = typed(text).split(), workspace.names()
    cuts = range(1, len(words)) if identities.resolve(names, WHO, " ".join(words)) is None else ()
    for at in cuts:
        who = " ".join(words[:at])
        # The days of somebody who is there only on some: a name that fits several has none yet.
        code = identities.resolve(names, WHO, who) or who
        when = understand_return(workspace, " ".join(words[at:]), who=code)
        if when is not None:
            return identities.identity(names, WHO, who), when
    return identities.identity(names, WHO, " ".join(words)), None


def _present(workspace: Workspace, who: str) -> Calendar:
    """The hours of a person who is there only on some days, else the company's."""
    known = workspace.select(
        Person,
        "person",
        "(code = ? OR name = ?) AND archived_at IS NULL AND coalesce(presence, '') != '' LIMIT 1",
        (who, who),
    )
    return person_calendar(workspace, known[0]) if known else company_calendar(workspace, ask=True)
