"""When what was put off comes back: in the morning, on a working day, while the one it waits for is there."""

from __future__ import annotations

from datetime import datetime

from cockpit.domain.registers.person import Person
from cockpit.domain.time.business_time import Calendar
from cockpit.domain.time.dates import parse_return
from cockpit.services.desk import dates
from cockpit.services.desk.calendars import company_calendar, person_calendar
from cockpit.services.desk.workspace import Workspace


def understand_return(
    workspace: Workspace, text: str, *, who: str = "", any_day: bool = False
) -> datetime | None:
    """The moment at which something comes back, or None when any word of the phrase is not understood.

    `who` is the person, by code or name, without whom it is no use: the one at the keyboard unless said.
    `any_day` is for what is no working matter, such as the alerts of a service: closed days count.
    """
    words = text.split()
    present = None if any_day else _present(workspace, who or workspace.actor)
    found = parse_return(words, now=workspace.now(), context=dates.context(workspace), present=present)
    return found[0] if found and found[1] == len(words) else None


def _present(workspace: Workspace, who: str) -> Calendar:
    """The hours of a person who is there only on some days, else the company's."""
    known = workspace.select(
        Person,
        "person",
        "(code = ? OR name = ?) AND archived_at IS NULL AND coalesce(presence, '') != '' LIMIT 1",
        (who, who),
    )
    return person_calendar(workspace, known[0]) if known else company_calendar(workspace, ask=True)
