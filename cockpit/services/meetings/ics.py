"""The rituals as an .ics file to import or to subscribe to: holidays left out for the coming year."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from cockpit.domain.dataclasses import replace
from cockpit.domain.meetings.ritual_plan import Rule, occurrences, parse_rule, to_rrule
from cockpit.domain.records.confidentiality import EVERYTHING
from cockpit.domain.registers.ritual import Ritual
from cockpit.domain.time.business_time import Calendar
from cockpit.locale import _
from cockpit.services.desk.calendars import company_calendar
from cockpit.services.desk.workspace import Workspace

if TYPE_CHECKING:
    from cockpit.sharing.calendar import Series

AHEAD = 366
"""Days for which holidays are known, and in which what no RRULE can say is listed."""


def to_ics(workspace: Workspace, max_conf: int = EVERYTHING) -> bytes:
    """The calendar of every ritual whose rule can be read; those above `max_conf` are left out."""
    from cockpit.sharing.calendar import ics

    rituals = workspace.select(Ritual, "ritual", "archived_at IS NULL ORDER BY number")
    calendar = company_calendar(workspace, ask=True)
    monday = workspace.monday()
    shown = (each for each in rituals if each.conf <= max_conf)
    title = _("Rituals of {company}").format(company=workspace.settings.company.name or workspace.actor)
    return ics(title, calendar.tz, filter(None, (_series(each, monday, calendar) for each in shown)))


def write(workspace: Workspace, path: Path, max_conf: int = EVERYTHING) -> None:
    """Write the calendar into a file to subscribe to. Raises OSError, also for a file that is somebody else's."""
    from cockpit.sharing import calendar

    calendar.write(path, to_ics(workspace, max_conf))


def _series(ritual: Ritual, monday: date, calendar: Calendar) -> Series | None:
    from cockpit.sharing.calendar import Series

    try:
        rule = parse_rule(ritual.rule)
    except ValueError:
        return None
    made = ritual.created_at.astimezone(calendar.zone).date() if ritual.created_at else monday
    # The start never moves while the rule stands: a subscriber keeps what it knows of each meeting.
    begins = ritual.starts_on or made
    until = max(begins, monday) + timedelta(days=AHEAD)
    planned = list(occurrences(rule, begins, until, calendar))
    if not planned:
        return None
    rrule = to_rrule(rule)
    first = planned[0]
    return Series(
        uid=f"{ritual.id}@cockpit",
        title=ritual.name,
        notes="" if ritual.kind == "informal" else ritual.steps,
        starts=first,
        minutes=ritual.minutes,
        rrule=rrule,
        dates=() if rrule else tuple(planned[1:]),
        except_on=tuple(_left_out(rule, first, until, calendar, planned)) if rrule else (),
        changed=ritual.updated_at or ritual.created_at or datetime.combine(begins, rule.at, calendar.zone),
    )


def _left_out(
    rule: Rule, first: datetime, until: date, calendar: Calendar, planned: Iterable[datetime]
) -> Iterable[datetime]:
    """The walls that the RRULE gives and that do not take place: holidays and closings."""
    always = replace(calendar, holidays=frozenset(), exceptions={})
    held = set(planned)
    return (wall for wall in occurrences(rule, first.date(), until, always) if wall not in held)
