"""S9, hidden costs: what a function costs beside what is invoiced for it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from statistics import median
from typing import cast
from zoneinfo import ZoneInfo

from cockpit.domain.costs.items import CostSources, items
from cockpit.domain.costs.ledger import CostItem, Nature, shares
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
    by_subject: dict[str, list[CostItem]] = {COMPANY: []}
    for item in items(_sources(facts), add_months(this, -MONTHS), add_months(this, -1)):
        by_subject[COMPANY].append(item)
        for function in item.functions:
            by_subject.setdefault(function, []).append(item)
    for subject, costs in by_subject.items():
        if subject == COMPANY or any(each.nature is Nature.INVOICE for each in costs):
            yield _judge(facts, subject, costs)


def _judge(facts: Facts, subject: str, costs: list[CostItem]) -> SignalScore:
    limits = facts.limits
    invoices = [each for each in costs if each.nature is Nature.INVOICE]
    invoiced = sum(_part(each, subject) for each in invoices)
    months: set[date] = {each.month for each in invoices}
    if len(months) < LEAST or not invoiced:
        return SIGNAL.unknown(facts, "few", subject=subject, n=len(months), least=LEAST)
    beside: dict[tuple[str, Nature], int] = {}
    for each in costs:
        if each.nature is not Nature.INVOICE:
            key = (each.code, each.nature)
            beside[key] = beside.get(key, 0) + _part(each, subject)
    hidden = sum(beside.values())
    value = 100 * hidden / invoiced
    state = SignalState.CALM
    if value >= limits.s9_watch:
        state = SignalState.CONTROL if value >= limits.s9_control else SignalState.WATCH
    dearest = sorted(beside.items(), key=lambda each: (-each[1], each[0]))
    return SIGNAL.score(
        facts, value, limits.s9_watch, n=len(months), state=state, subject=subject,
        figures={"invoiced": invoiced / 100, "hidden": hidden / 100, "full": (invoiced + hidden) / 100},
        rows=[Evidence(code, cents / 100, nature.value) for (code, nature), cents in dearest[:SHOWN] if code],
    )  # fmt: skip


def _part(item: CostItem, subject: str) -> int:
    """What of an item is the subject's: all of it for the company, its share for a function."""
    if subject == COMPANY:
        return item.cents
    return shares(item.cents, len(item.functions))[item.functions.index(subject)]


def _sources(facts: Facts) -> CostSources:
    cases: tuple[Blocker | Priority, ...] = (*facts.every(Blocker), *facts.every(Priority))
    functions = {each.code: each.function for each in cases if each.function}
    efforts = [each.spent_minutes for each in cases if each.closed_at is not None and each.spent_minutes > 0]
    return CostSources(
        costs=facts.of(Cost), tools=facts.of(Tool), processes=facts.of(Process), meetings=facts.of(Occurrence),
        attendances=facts.of(Attendance), people=facts.every(Person), contracts=facts.every(Contract),
        times=[each for each in facts.times if each.at < facts.at],
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
    missing={"few": N_("months with an invoice: costs of place 3, by hand or by import")},
)  # fmt: skip
