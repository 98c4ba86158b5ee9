"""What the hours and the public holidays of the configuration mean, in words: the company's next ten days."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import groupby

from cockpit.domain.time.opening_hours import wall_time
from cockpit.locale import _, pgettext
from cockpit.services.desk import dates
from cockpit.services.desk.calendars import company_calendar
from cockpit.services.desk.workspace import Workspace
from cockpit.store import holidays

AHEAD = 10


def coming_days(workspace: Workspace) -> tuple[tuple[str, str], ...]:
    """The days from today on, those alike together, each with its hours or with why it is closed."""
    today = workspace.today()
    # Holidays of a region that was just written are asked of the library, and not kept for that.
    calendar = company_calendar(workspace, ask=True)
    region = workspace.settings.company.holidays
    names = holidays.names(workspace.conn, region, today, today + timedelta(days=AHEAD))

    def said(day: date) -> str:
        spans = calendar.spans(day)
        if spans:
            return ", ".join(f"{wall_time(start)}-{wall_time(end)}" for start, end in spans)
        if calendar.is_holiday(day) and day not in calendar.exceptions:
            name = names.get(day, "")
            return _("public holiday: {name}").format(name=name) if name else _("public holiday")
        return pgettext("hours", "closed")

    days = [today + timedelta(days=n) for n in range(AHEAD)]
    return tuple((_named([*alike]), words) for words, alike in groupby(days, said))


def _named(days: list[date]) -> str:
    first, last = dates.day_and_month(days[0]), dates.day_and_month(days[-1])
    return first if len(days) == 1 else f"{first} → {last}"
