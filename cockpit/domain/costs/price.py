"""What one more provider, tool or ritual costs a year: invoiced, and coordination by the rules of costs.

Said where one is added, each with what it is worked out of: nothing here is entered by anybody.
"""

from __future__ import annotations

from collections.abc import Iterable

from cockpit.domain.costs.items import PAID_OTHERWISE, CostSources
from cockpit.domain.costs.ledger import CostItem, Nature, price
from cockpit.domain.dataclasses import dataclass
from cockpit.domain.registers.tool import Tool
from cockpit.domain.text import fold

MANY_FOR_ONE_USE = 3
"""Tools of one use, from which it is said in the table: three for one use say so."""


@dataclass(frozen=True, kw_only=True)
class YearlyPrice:
    """A year of it, in cents; None where it is not known."""

    invoiced: int | None = None
    coordination: int | None = None
    times: int = 0
    """Of a ritual: how many meetings a year; of a provider: of how many providers it is the mean."""
    people: int = 0
    """Of a ritual: how many whose time counts."""
    minutes: int = 0
    """Of all of them, in a year."""


def of_ritual(minutes: int, times: int, members: Iterable[str], sources: CostSources) -> YearlyPrice:
    """So many meetings a year of so many minutes, with those of its members whom the company pays by the hour."""
    outside = {each.code for each in sources.people if each.kind in PAID_OTHERWISE}
    paid = [who for who in members if who not in outside and not who.startswith("PR-")]
    rates = [sources.rate(who) for who in paid]
    known = bool(paid) and None not in rates
    return YearlyPrice(
        coordination=sum(price(minutes * times, rate) for rate in rates) if known else None,
        times=times, people=len(paid), minutes=minutes * times * len(paid),
    )  # fmt: skip


def of_provider(
    invoiced: int | None, items: Iterable[CostItem], outside: frozenset[str], providers: int
) -> YearlyPrice:
    """What its contracts say, and the coordination that each provider takes on average.

    `items` are the costs of twelve months, `outside` the functions that somebody outside carries, `providers` how
    many there are beside it.
    """
    if providers < 1:
        return YearlyPrice(invoiced=invoiced)
    cents = minutes = 0
    for each in items:
        if each.nature is Nature.COORDINATION and (each.provider or outside & set(each.functions)):
            cents += each.cents
            minutes += each.minutes
    return YearlyPrice(
        invoiced=invoiced, coordination=cents // providers, times=providers, minutes=minutes // providers
    )


def of_one_use(tool: Tool, every: Iterable[Tool]) -> tuple[Tool, ...]:
    """The other tools that are used for the same; none while its use is not said."""
    use = fold(tool.usage).strip()
    return tuple(each for each in every if use and each.code != tool.code and fold(each.usage).strip() == use)
