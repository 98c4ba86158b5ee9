"""A target that is typed in one line, in words: what it takes, and until when."""

from __future__ import annotations

from cockpit.domain.promises.sla_target import DAY_END, SlaTarget, parse_target
from cockpit.domain.time.business_time import NoBusinessTime
from cockpit.domain.work.entry import BusinessDays, BusinessSeconds, Entry, PolicyTarget
from cockpit.locale import _, ngettext
from cockpit.services.desk import dates
from cockpit.services.desk.workspace import Workspace


def target_words(text: str) -> str:
    """A target as a record keeps it, in words: `4 h of business time`, `1 business day, at 12:00`."""
    found = parse_target(text)
    if found is None:
        return text
    said = _span(found)
    is_plain = found.seconds is not None or found.at in ("open", "close", DAY_END)
    return said if is_plain else _("{span}, at {hour}").format(span=said, hour=found.at)


def _span(target: SlaTarget) -> str:
    """How long a target is, in words."""
    if target.seconds is not None:
        return _("{span} of business time").format(span=dates.business_duration(target.seconds))
    return ngettext("{n} business day", "{n} business days", target.days).format(n=target.days)


def promise_words(workspace: Workspace, entry: Entry, waiting_on: tuple[str, ...], function: str) -> str:
    """`48 business hours, until Tue 1 Dec 12:00`, behind the name of a promise that is named.

    Codes tell whose hours count, unless the promise has its own.
    """
    counted, name, hours = _counted(workspace, entry)
    if counted is None:
        return name
    said = _span(counted)
    said = f"{name} · {said}" if name else said
    from cockpit.services.desk.calendars import Calendars

    calendars = Calendars(workspace, ask=True)
    contract = calendars.contract(waiting_on, function)
    calendar = calendars.named(calendars.name(waiting_on, contract, hours))
    try:
        due = counted.due(calendar, entry.since or workspace.now(), [])
    except NoBusinessTime:
        return said
    if due is None:
        return said
    local = due.astimezone(workspace.zone)
    when = f"{dates.day_and_month(local.date())} {local:%H:%M}"
    return _("{span}, until {when}").format(span=said, when=when)


def _counted(workspace: Workspace, entry: Entry) -> tuple[SlaTarget | None, str, str]:
    """What is counted, the name of the promise that was named, and the service hours of its own."""
    target = entry.sla
    if isinstance(target, BusinessSeconds):
        return SlaTarget(target.seconds), "", ""
    if isinstance(target, BusinessDays):
        return SlaTarget(days=target.n, at=target.at), "", ""
    if not isinstance(target, PolicyTarget):
        return None, "", ""
    from cockpit.services.promises.promises import named_policy

    policy = named_policy(workspace, target.name)
    return (parse_target(policy.target), policy.name, policy.hours) if policy else (None, target.name, "")
