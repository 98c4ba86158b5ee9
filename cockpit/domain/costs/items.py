"""What costs follow from the records of a company: entered, tools, meetings, time noted, reminders, reopened cases.

One way for the twelve months that a person looks at (`services/costs`) and for the signal of hidden costs (S9),
which asks as of a past week. What each is worth: docs/costs.md.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from zoneinfo import ZoneInfo

from cockpit.domain.costs.ledger import REMINDER_MINUTES, CostItem, Nature, price, usual_rate
from cockpit.domain.dataclasses import dataclass, field
from cockpit.domain.registers.attendance import Attendance
from cockpit.domain.registers.contract import Contract
from cockpit.domain.registers.cost import Cost
from cockpit.domain.registers.occurrence import Occurrence
from cockpit.domain.registers.person import Person
from cockpit.domain.registers.process import Process
from cockpit.domain.registers.tool import Tool
from cockpit.domain.time.contract_terms import add_months

PAID_OTHERWISE = frozenset({"external", "interim"})
"""Kinds of people whose time is in an invoice."""


class TimeKind(StrEnum):
    """Why somebody's time went into a record."""

    NOTED = "noted"
    REMINDER = "reminder"
    REOPENED = "reopened"


@dataclass(frozen=True, kw_only=True)
class TimeSpent:
    """Time that went into a record, as the journal tells it."""

    at: datetime
    by: str
    """As it was signed: a name."""
    code: str
    kind: TimeKind = TimeKind.NOTED
    minutes: int = 0
    """Of time noted; it may be negative, where too much had been noted."""


@dataclass(frozen=True, kw_only=True)
class CostSources:
    """All that costs are worked out of. Records that were archived are not among them."""

    costs: Sequence[Cost] = ()
    tools: Sequence[Tool] = ()
    processes: Sequence[Process] = ()
    meetings: Sequence[Occurrence] = ()
    attendances: Sequence[Attendance] = ()
    people: Sequence[Person] = ()
    contracts: Sequence[Contract] = ()
    times: Sequence[TimeSpent] = ()
    function_of: Callable[[str], str] = lambda _code: ""
    """The function of a blocker or priority, by its code; empty for none."""
    effort: int = 0
    """Minutes that a case takes: what a reopened one costs again."""
    zone: ZoneInfo = ZoneInfo("Europe/Paris")
    unpriced: set[str] = field(default_factory=set)
    """Whose time was counted at the usual rate, noted as it is met."""
    priced: set[str] = field(default_factory=set)
    """Whose time was counted at their own rate, noted as it is met."""

    @cached_property
    def rates(self) -> Mapping[str, int]:
        """Cents an hour of each person whose rate is known, by code and by name."""
        known = ((each, each.loaded_rate) for each in self.people)
        return {key: rate for each, rate in known if rate is not None for key in (each.code, each.name)}

    @cached_property
    def usual(self) -> int | None:
        """The hourly rate that counts for whoever has none of their own."""
        return usual_rate([each.loaded_rate for each in self.people if each.loaded_rate is not None])

    def rate(self, who: str) -> int | None:
        """What an hour of somebody costs; the usual rate where theirs is not known, which is noted."""
        found = self.rates.get(who)
        if found is None:
            self.unpriced.add(who)
            return self.usual
        self.priced.add(who)
        return found

    def month_of(self, at: datetime) -> date:
        """The first day of the month of a moment, where the company is."""
        return at.astimezone(self.zone).date().replace(day=1)


def items(sources: CostSources, first: date, last: date) -> Iterator[CostItem]:
    """Every cost of the months from `first` to `last`, first days both."""
    after = add_months(last, 1)
    for each in (
        *_entered(sources),
        *_of_tools(sources, first, last),
        *_of_meetings(sources),
        *_of_times(sources),
    ):
        if first <= each.month < after:
            yield each


def _entered(sources: CostSources) -> Iterator[CostItem]:
    """What people entered in the register of costs."""
    contracts = {each.code: each for each in sources.contracts}
    for each in sources.costs:
        if each.month is None:
            continue
        bound = contracts.get(each.contract)
        cents = each.amount if each.amount is not None else price(each.minutes or 0, sources.usual)
        functions = (each.function,) if each.function else bound.functions if bound else ()
        yield CostItem(
            month=each.month.replace(day=1), nature=Nature(each.kind), cents=cents, minutes=each.minutes or 0,
            functions=functions, provider=bound.provider if bound else "", code=each.code,
        )  # fmt: skip


def _of_tools(sources: CostSources, first: date, last: date) -> Iterator[CostItem]:
    """A twelfth of what a tool costs a year, from the month in which it was entered."""
    functions = {each.code: each.function for each in sources.processes if each.function}
    for tool in sources.tools:
        yearly = tool.yearly_cost or 0
        if yearly <= 0:
            continue
        served = tuple(dict.fromkeys(functions[code] for code in tool.processes if code in functions))
        month = max(first, sources.month_of(tool.created_at)) if tool.created_at else first
        while month <= last:
            yield CostItem(
                month=month, nature=Nature.TOOLS, cents=yearly // 12, functions=served,
                provider=tool.provider, code=tool.code,
            )  # fmt: skip
            month = add_months(month, 1)


def _of_meetings(sources: CostSources) -> Iterator[CostItem]:
    """The time of those who were there and are paid by the company; it serves the functions of the subjects."""
    outside = {each.code for each in sources.people if each.kind in PAID_OTHERWISE}
    present: dict[str, list[str]] = {}
    for each in sources.attendances:
        if each.present and each.person not in outside and not each.person.startswith("PR-"):
            present.setdefault(each.occurrence, []).append(each.person)
    for held in sources.meetings:
        if held.ended_at is None or held.cost_minutes <= 0:
            continue
        there = present.get(held.code, ())
        share = held.cost_minutes // len(there) if there else held.cost_minutes
        cents = (
            sum(price(share, sources.rate(who)) for who in there) if there else price(share, sources.usual)
        )
        yield CostItem(
            month=sources.month_of(held.ended_at), nature=Nature.COORDINATION, cents=cents, minutes=held.cost_minutes,
            functions=_subjects(held.agenda, sources.function_of), code=held.code,
        )  # fmt: skip


def _subjects(agenda: str, function_of: Callable[[str], str]) -> tuple[str, ...]:
    """The functions of what a meeting treated."""
    try:
        steps = json.loads(agenda or "[]")
    except ValueError:
        return ()
    codes = [str(each.get("code", "")) for each in steps if isinstance(each, dict)]
    return tuple(dict.fromkeys(filter(None, map(function_of, codes))))


def _of_times(sources: CostSources) -> Iterator[CostItem]:
    """Minutes that somebody noted, reminders, and cases that were opened again."""
    for each in sources.times:
        minutes, nature = each.minutes, Nature.COORDINATION
        if each.kind is TimeKind.REMINDER:
            minutes = REMINDER_MINUTES
        elif each.kind is TimeKind.REOPENED:
            minutes, nature = sources.effort, Nature.REWORK
        if not minutes:
            continue
        function = sources.function_of(each.code)
        yield CostItem(
            month=sources.month_of(each.at), nature=nature, cents=price(minutes, sources.rate(each.by)),
            minutes=minutes, functions=(function,) if function else (), code=each.code,
        )  # fmt: skip
