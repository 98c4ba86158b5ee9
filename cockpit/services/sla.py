"""Deadlines in business hours: when a blocker's clock starts, ends, and what is left of it."""

from __future__ import annotations

import re
from datetime import datetime, time
from typing import TYPE_CHECKING

from cockpit.domain.business_time import Calendar, NoBusinessTime
from cockpit.domain.record import Value
from cockpit.domain.registers.blocker import Blocker
from cockpit.services.calendars import company_calendar, contract_calendar
from cockpit.services.workspace import Workspace

if TYPE_CHECKING:
    from cockpit.domain.registers.contract import Contract

AT_RISK = 0.75
"""Share of the allowed business time that is used when a clock turns orange."""
_HOURS = re.compile(r"(\d{1,4})\s*(?:ho|h)(\d{1,2})?$", re.IGNORECASE)
_MINUTES = re.compile(r"(\d{1,5})\s*(?:min|m)$", re.IGNORECASE)
_DAYS = re.compile(r"[jd]\+(\d{1,3})(?:\s+(\d{1,2})(?:[h:](\d{2})?)?)?$", re.IGNORECASE)

_CLOCK = ("sla_started_at", "sla_due", "sla_until", "sla_target_s")

Target = tuple[int, None] | tuple[int, str]
"""(business seconds, None) or (business days, `HH:MM`)."""


def parse_target(text: str) -> Target | None:
    """`4ho`, `1h30`, `90min` or `J+1 18h`; None when it is none of them."""
    text = text.strip()
    if found := _HOURS.match(text):
        return int(found[1]) * 3600 + int(found[2] or 0) * 60, None
    if found := _MINUTES.match(text):
        return int(found[1]) * 60, None
    if found := _DAYS.match(text):
        hour, minute = int(found[2] or 18), int(found[3] or 0)
        return (int(found[1]), f"{hour:02}:{minute:02}") if hour < 24 and minute < 60 else None
    return None


class Calendars:
    """The calendar of each blocker: the contract of whom it waits for, else the company's."""

    def __init__(self, workspace: Workspace, *, freeze: bool = False) -> None:
        from cockpit.domain.registers.contract import Contract

        self.workspace, self.freeze = workspace, freeze
        self.company = company_calendar(workspace, freeze=freeze)
        contracts = workspace.select(Contract, "contract", "archived_at IS NULL ORDER BY number DESC")
        self._contracts = {contract.provider: contract for contract in contracts}
        self._calendars: dict[str, Calendar] = {}

    def contract(self, waiting_on: tuple[str, ...]) -> Contract | None:
        """The contract of the first provider waited for that has one."""
        return next((self._contracts[code] for code in waiting_on if code in self._contracts), None)

    def of(self, blocker: Blocker) -> Calendar:
        """The calendar in which that blocker's deadline counts."""
        return self.of_contract(self.contract(blocker.waiting_on))

    def of_contract(self, contract: Contract | None) -> Calendar:
        """A contract's calendar, compiled once."""
        if contract is None:
            return self.company
        if contract.code not in self._calendars:
            self._calendars[contract.code] = contract_calendar(self.workspace, contract, freeze=self.freeze)
        return self._calendars[contract.code]


def clock_values(workspace: Workspace, found: Blocker | None, **changed: Value) -> dict[str, Value]:
    """Start, target and due date of a blocker's clock after `changed`; none of them without a target.

    The target is the blocker's own, else that of the contract of the provider it waits for. It runs from
    `since`, or from now. Due dates are stored: a tick only compares.
    """
    waiting = changed.get("waiting_on", found.waiting_on if found else ())
    own = str(changed.get("sla", found.sla if found else ""))
    none: dict[str, Value] = dict.fromkeys(_CLOCK)
    assert isinstance(waiting, tuple)
    if not own and not waiting:
        return none
    calendars = Calendars(workspace, freeze=True)
    contract = calendars.contract(waiting)
    target = parse_target(own or (contract.sla if contract else ""))
    if target is None:
        return none
    start = changed.get("since") or (found.since if found else None) or workspace.clock()
    assert isinstance(start, datetime)
    calendar = calendars.of_contract(contract)
    try:
        due, until = _due(calendar, start, target)
    except NoBusinessTime:
        return none
    return dict(zip(_CLOCK, (start, due, until, calendar.between(start, due)), strict=True))


def reading(blocker: Blocker, calendar: Calendar, now: datetime) -> tuple[float, str, int]:
    """Share used (0 to 1), the words for what is left, and a level: 0 calm, 1 at risk, 2 passed."""
    from cockpit.locale import _
    from cockpit.services.dates import business_duration

    assert blocker.sla_due is not None
    target = blocker.sla_target_s or 1
    if has_passed(blocker, now):
        over = calendar.between(blocker.sla_due, now)
        return 1.0, _("late {span}").format(span=business_duration(over)), 2
    left = calendar.between(now, blocker.sla_due)
    used = max(0.0, min(1.0, 1 - left / target))
    return used, _("{span} left").format(span=business_duration(left)), int(used >= AT_RISK)


def has_passed(blocker: Blocker, at: datetime) -> bool:
    """Whether an answer given at `at` would come too late.

    Judged by consumed time: between a due instant that is a closing and the next opening, nothing is lost.
    """
    return blocker.sla_until is not None and at > blocker.sla_until


def is_at_risk(blocker: Blocker, calendar: Calendar, now: datetime) -> bool:
    """Whether three quarters of the allowed time are used."""
    return reading(blocker, calendar, now)[2] == 1


def _due(calendar: Calendar, start: datetime, target: Target) -> tuple[datetime, datetime]:
    """When it is due, and the last instant that keeps it."""
    amount, at = target
    if at is not None:
        due = calendar.due_in_days(start, amount, time.fromisoformat(at))
        until = due
    else:
        due, until = calendar.add(start, amount), calendar.last_on_time(start, amount)
    # None stands for a pause without end, and no pause is given here.
    assert due is not None
    assert until is not None
    return due, until
