"""A target that is typed in one line, in words: what it takes, and until when."""

from __future__ import annotations

from cockpit.domain.promises.sla_target import SlaTarget
from cockpit.domain.time.business_time import NoBusinessTime
from cockpit.domain.work.entry import BusinessDays, BusinessSeconds, Entry
from cockpit.locale import _, ngettext
from cockpit.services.desk import dates
from cockpit.services.desk.workspace import Workspace


def promise_words(workspace: Workspace, entry: Entry, waiting_on: tuple[str, ...], function: str) -> str:
    """`48 business hours, until Tue 1 Dec 12:00`; a named policy by its name. Codes tell whose hours count."""
    target = entry.sla
    if isinstance(target, BusinessSeconds):
        said = _("{span} of business time").format(span=dates.business_duration(target.seconds))
        counted = SlaTarget(target.seconds)
    elif isinstance(target, BusinessDays):
        said = ngettext("{n} business day", "{n} business days", target.n).format(n=target.n)
        counted = SlaTarget(days=target.n, at=target.at)
    else:
        return target.name if target else ""
    from cockpit.services.desk.calendars import Calendars

    calendars = Calendars(workspace, ask=True)
    calendar = calendars.named(calendars.name(waiting_on, calendars.contract(waiting_on, function)))
    try:
        due = counted.due(calendar, entry.since or workspace.now(), [])
    except NoBusinessTime:
        return said
    if due is None:
        return said
    local = due.astimezone(workspace.zone)
    when = f"{dates.day_and_month(local.date())} {local:%H:%M}"
    return _("{span}, until {when}").format(span=said, when=when)
