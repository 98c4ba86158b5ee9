"""Dates as a person types them, in the company's zone and calendar: an instant, or when something comes back."""

from __future__ import annotations

from datetime import datetime

from cockpit.domain.registers.person import Person
from cockpit.domain.text import typed
from cockpit.domain.time.business_time import Calendar
from cockpit.domain.time.dates import DayContext, parse_date, parse_return
from cockpit.domain.time.opening_hours import day_edges
from cockpit.services.desk import identities
from cockpit.services.desk.calendars import company_calendar, person_calendar
from cockpit.services.desk.workspace import Workspace

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
