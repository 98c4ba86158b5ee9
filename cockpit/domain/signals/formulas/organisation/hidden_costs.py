"""S9, hidden costs: what a function costs beside what is invoiced for it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from cockpit.domain.registers.cost import Cost
from cockpit.domain.signals.facts import Facts
from cockpit.domain.signals.score import COMPANY, Evidence, SignalScore, SignalState
from cockpit.domain.signals.signal import Signal, SignalUnit
from cockpit.locale import N_

MONTHS = 12
LEAST = 3
HIDDEN = ("coordination", "rework", "tools")


def measure(facts: Facts) -> Iterator[SignalScore]:
    """Of the company and of each function that has invoices: the months that ended, twelve at most."""
    first = _first(facts.today)
    known = [
        each
        for each in facts.of(Cost)
        if each.month is not None
        and each.amount is not None
        and first <= each.month < facts.today.replace(day=1)
    ]
    by_subject: dict[str, list[Cost]] = {COMPANY: known}
    for each in known:
        if each.function:
            by_subject.setdefault(each.function, []).append(each)
    for subject, costs in by_subject.items():
        yield _judge(facts, subject, costs)


def _judge(facts: Facts, subject: str, costs: list[Cost]) -> SignalScore:
    limits = facts.limits
    invoiced = sum(each.amount or 0 for each in costs if each.kind == "invoice")
    months = len(
        {(each.month.year, each.month.month) for each in costs if each.month and each.kind == "invoice"}
    )
    if months < LEAST or not invoiced:
        return SIGNAL.unknown(facts, "few", subject=subject, n=months, least=LEAST)
    beside = [each for each in costs if each.kind in HIDDEN]
    hidden = sum(each.amount or 0 for each in beside)
    value = 100 * hidden / invoiced
    state = SignalState.CALM
    if value >= limits.s9_watch:
        state = SignalState.CONTROL if value >= limits.s9_control else SignalState.WATCH
    beside.sort(key=lambda each: (-(each.amount or 0), each.code))
    return SIGNAL.score(
        facts, value, limits.s9_watch, n=months, state=state, subject=subject,
        figures={"invoiced": invoiced / 100, "hidden": hidden / 100, "full": (invoiced + hidden) / 100},
        rows=[Evidence(each.code, (each.amount or 0) / 100, each.kind) for each in beside[:12]],
    )  # fmt: skip


def _first(today: date) -> date:
    """The first of the twelve months that have ended."""
    return today.replace(year=today.year - 1, day=1)


SIGNAL = Signal(
    id="S9",
    name=N_("Hidden costs"),
    text=N_("Beside what is invoiced, {value} more is spent on coordination, rework and tools"),
    formula=N_("(coordination + rework + tools) ÷ invoiced, over the months that have ended, twelve at most"),
    source=N_("the register of costs"),
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
