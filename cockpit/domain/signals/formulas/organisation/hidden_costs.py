"""S9, hidden costs: what a function costs beside what is invoiced for it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from heapq import nsmallest
from statistics import median
from typing import cast
from zoneinfo import ZoneInfo

from cockpit.domain.costs.items import CostSources, items
from cockpit.domain.costs.ledger import CostItem, Nature, parts_of
from cockpit.domain.registers.attendance import Attendance
from cockpit.domain.registers.blocker import Blocker
from cockpit.domain.registers.contract import Contract
from cockpit.domain.registers.cost import Cost
from cockpit.domain.registers.occurrence import Occurrence
from cockpit.domain.registers.person import Person
from cockpit.domain.registers.priority import Priority
from cockpit.domain.registers.process import Process
from cockpit.domain.registers.tool import Tool
from cockpit.domain.signals.facts import Facts
from cockpit.domain.signals.score import COMPANY, Evidence, SignalScore, SignalState
from cockpit.domain.signals.signal import Signal, SignalUnit
from cockpit.domain.time.contract_terms import add_months
from cockpit.locale import N_

MONTHS = 12
LEAST = 3
SHOWN = 12
"""Records that prove it, the dearest first."""


def measure(facts: Facts) -> Iterator[SignalScore]:
    """Of the company and of each function that has invoices: the twelve months that ended, by full costs."""
    this = facts.today.replace(day=1)
    by_subject: dict[str, _Spent] = {COMPANY: _Spent()}
    whole = by_subject[COMPANY]
    for item in items(_sources(facts), add_months(this, -MONTHS), add_months(this, -1)):
        whole.add(item, item.cents)
        for function, _item, cents, _minutes in parts_of(item) if item.functions else ():
            by_subject.setdefault(function, _Spent()).add(item, cents)
    for subject, spent in by_subject.items():
        if subject == COMPANY or spent.months:
            yield _judge(facts, subject, spent)


class _Spent:
    """What one subject spent: invoiced, in which months, and beside it by record."""

    def __init__(self) -> None:
        self.invoiced = 0
        self.months: set[date] = set()
        self.beside: dict[tuple[str, Nature], int] = {}

    def add(self, item: CostItem, cents: int) -> None:
        """One more, or the subject's share of it."""
        if item.nature is Nature.INVOICE:
            self.invoiced += cents
            self.months.add(item.month)
        else:
            key = (item.code, item.nature)
            self.beside[key] = self.beside.get(key, 0) + cents


def _judge(facts: Facts, subject: str, spent: _Spent) -> SignalScore:
    limits, invoiced, months = facts.limits, spent.invoiced, len(spent.months)
    if months < LEAST or not invoiced:
        return SIGNAL.unknown(facts, "few", subject=subject, n=months, least=LEAST)
    hidden = sum(spent.beside.values())
    value = 100 * hidden / invoiced
    state = SignalState.CALM
    if value >= limits.s9_watch:
        state = SignalState.CONTROL if value >= limits.s9_control else SignalState.WATCH
    dearest = nsmallest(SHOWN, spent.beside.items(), key=lambda each: (-each[1], each[0]))
    return SIGNAL.score(
        facts, value, limits.s9_watch, n=months, state=state, subject=subject,
        figures={"invoiced": invoiced / 100, "hidden": hidden / 100, "full": (invoiced + hidden) / 100},
        rows=[Evidence(code, cents / 100, nature.value) for (code, nature), cents in dearest if code],
    )  # fmt: skip


def _sources(facts: Facts) -> CostSources:
    cases: tuple[Blocker | Priority, ...] = (*facts.every(Blocker), *facts.every(Priority))
    functions = {each.code: each.function for each in cases if each.function}
    efforts = [each.spent_minutes for each in cases if each.closed_at is not None and each.spent_minutes > 0]
    return CostSources(
        costs=facts.of(Cost), tools=facts.of(Tool), processes=facts.of(Process), meetings=facts.of(Occurrence),
        attendances=facts.of(Attendance), people=facts.every(Person), contracts=facts.every(Contract),
        times=facts.times,
        function_of=lambda code: functions.get(code, ""), effort=round(median(efforts)) if efforts else 0,
        zone=cast(ZoneInfo, facts.at.tzinfo),
    )  # fmt: skip


SIGNAL = Signal(
    id="S9",
    name=N_("Hidden costs"),
    text=N_("Beside what is invoiced, {value} more is spent on coordination, rework and tools"),
    formula=N_("(coordination + rework + tools) ÷ invoiced, over the twelve months that have ended"),
    source=N_("costs, meetings, time noted, reminders, reopened cases, tools (docs: costs)"),
    minimum=N_("3 months with an invoice"),
    next=N_("Compare the full cost with the baseline, in the review of its level"),
    unit=SignalUnit.PERCENT,
    row_unit=SignalUnit.COUNT,
    weight=4,
    measure=measure,
    figures={"invoiced": N_("invoiced, in euros"), "hidden": N_("beside it, in euros"),
             "full": N_("full cost, in euros"), "known": N_("months so far")},
    whys={"coordination": N_("euros, coordination"), "rework": N_("euros, rework"), "tools": N_("euros, tools")},
    missing={"few": N_("months with an invoice: costs of Organisation (F3), by hand or by import")},
)  # fmt: skip
