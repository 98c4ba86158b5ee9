"""Costs month by month, each with where it comes from, added up by function and by provider.

Hidden is whatever no invoice says: time spent on coordination, tools, work done again (docs/costs.md). What
serves several functions is shared among them in equal parts; what serves none is the company's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from statistics import median

from cockpit.domain.dataclasses import dataclass, field

MONTHS = 12
WATCH, CONTROL = 0.15, 0.30
"""Hidden for one euro invoiced, from which it is watched, and from which it is too much (S9 of the signals)."""
REMINDER_MINUTES = 5
"""What a reminder costs whoever writes it."""


class Nature(StrEnum):
    """What a cost is."""

    INVOICE = "invoice"
    COORDINATION = "coordination"
    TOOLS = "tools"
    REWORK = "rework"


@dataclass(frozen=True, kw_only=True)
class CostItem:
    """A cost of one month, or time that was spent and has a price."""

    month: date
    """Its first day."""
    nature: Nature
    cents: int
    minutes: int = 0
    functions: tuple[str, ...] = ()
    """Those it serves; none: the company as a whole."""
    provider: str = ""
    code: str = ""
    """The record it comes from."""


def shares(total: int, parts: int) -> tuple[int, ...]:
    """`total` in so many parts that differ by one at most and add up to it again."""
    whole, rest = divmod(total, parts)
    return tuple(whole + (number < rest) for number in range(parts))


@dataclass(frozen=True)
class Account:
    """All that one function, one provider or the company cost."""

    by_month: Mapping[date, Mapping[Nature, int]] = field(default_factory=dict)
    """Cents."""
    minutes: int = 0
    codes: tuple[str, ...] = ()
    """The records behind it, the dearest first."""

    def of(self, nature: Nature) -> int:
        """What it cost of one nature, in cents."""
        return sum(month.get(nature, 0) for month in self.by_month.values())

    @property
    def invoiced(self) -> int:
        """What invoices say, in cents."""
        return self.of(Nature.INVOICE)

    @property
    def hidden(self) -> int:
        """What no invoice says, in cents."""
        return sum(self.of(nature) for nature in Nature if nature is not Nature.INVOICE)

    @property
    def total(self) -> int:
        """All of it, in cents."""
        return self.invoiced + self.hidden

    @property
    def share(self) -> float | None:
        """Hidden for one euro invoiced; None where nothing was invoiced."""
        return self.hidden / self.invoiced if self.invoiced > 0 else None

    def month(self, first: date) -> int:
        """What one month cost, in cents."""
        return sum(self.by_month.get(first, {}).values())


def by_function(items: Iterable[CostItem]) -> dict[str, Account]:
    """The account of each function, by its code; the company's own is under the empty code."""
    return _accounts(part for item in items for part in parts_of(item))


def parts_of(item: CostItem) -> Iterator[tuple[str, CostItem, int, int]]:
    """Each function that it serves with its share in cents and minutes; the company, empty, where it serves none."""
    functions = item.functions or ("",)
    cents, minutes = shares(item.cents, len(functions)), shares(item.minutes, len(functions))
    for n, function in enumerate(functions):
        yield function, item, cents[n], minutes[n]


def by_provider(items: Iterable[CostItem]) -> dict[str, Account]:
    """The account of each provider, by its code; what is no provider's is under the empty code."""
    return _accounts((item.provider, item, item.cents, item.minutes) for item in items)


def _accounts(parts: Iterable[tuple[str, CostItem, int, int]]) -> dict[str, Account]:
    months: dict[str, dict[date, dict[Nature, int]]] = {}
    minutes: dict[str, int] = {}
    codes: dict[str, dict[str, int]] = {}
    for key, item, cents, spent in parts:
        month = months.setdefault(key, {}).setdefault(item.month, {})
        month[item.nature] = month.get(item.nature, 0) + cents
        minutes[key] = minutes.get(key, 0) + spent
        behind = codes.setdefault(key, {})
        if item.code:
            behind[item.code] = behind.get(item.code, 0) + cents
    return {
        key: Account(
            found, minutes[key], tuple(sorted(codes[key], key=lambda code: (-codes[key][code], code)))
        )
        for key, found in months.items()
    }


def usual_rate(rates: Sequence[int]) -> int | None:
    """What an hour costs, in cents, where the person's own rate is not known: the median of those that are."""
    return round(median(rates)) if rates else None


def price(minutes: int, rate: int | None) -> int:
    """The price of so many minutes, in cents, at a rate in cents an hour; nothing without a rate."""
    return minutes * (rate or 0) // 60
