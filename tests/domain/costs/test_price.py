"""What one more of something costs a year."""

from __future__ import annotations

from datetime import date

from cockpit.domain.costs.items import CostSources
from cockpit.domain.costs.ledger import CostItem, Nature
from cockpit.domain.costs.price import YearlyPrice, of_one_use, of_provider, of_ritual
from cockpit.domain.registers.person import Person
from cockpit.domain.registers.tool import Tool

PEOPLE = (
    Person(code="PE-1", name="Ana", loaded_rate=6_000),
    Person(code="PE-2", name="Ben", kind="external", loaded_rate=9_000),
)


def test_a_provider_takes_the_coordination_that_each_takes_on_average() -> None:
    def item(
        cents: int, nature: Nature = Nature.COORDINATION, provider: str = "", *functions: str
    ) -> CostItem:
        return CostItem(month=date(2026, 11, 1), nature=nature, cents=cents, minutes=cents // 100,
                        provider=provider, functions=functions)  # fmt: skip

    items = [
        item(1_000, Nature.COORDINATION, "PR-1"), item(500, Nature.COORDINATION, "", "FN-1", "FN-2"),
        item(70_000, Nature.COORDINATION, "", "FN-2"), item(90_000), item(80_000, Nature.INVOICE, "PR-1"),
    ]  # fmt: skip
    found = of_provider(120_000, items, frozenset({"FN-1"}), 3)
    assert found == YearlyPrice(invoiced=120_000, coordination=500, times=3, minutes=5)
    assert of_provider(120_000, items, frozenset(), 1).coordination == 1_000
    assert of_provider(None, items, frozenset({"FN-1"}), 0) == YearlyPrice()


def test_a_ritual_costs_the_time_of_those_the_company_pays() -> None:
    sources = CostSources(people=PEOPLE)
    assert of_ritual(30, 10, ("PE-1", "PE-1", "PE-2", "PR-1"), sources) == YearlyPrice(
        coordination=60_000, times=10, people=2, minutes=600
    )
    assert of_ritual(30, 10, ("PE-2",), sources).coordination is None, (
        "nobody who is there is paid by the company"
    )
    assert of_ritual(30, 10, ("PE-3",), CostSources()).coordination is None, "no rate is known"


def test_tools_of_one_use_are_the_others_that_say_the_same() -> None:
    first, same, other, silent = (
        Tool(code=f"TO-{n}", name="a", usage=use)
        for n, use in enumerate(("Messages", "messages ", "Mail", ""))
    )
    assert of_one_use(first, (first, same, other, silent)) == (same,)
    assert of_one_use(silent, (silent, Tool(code="TO-9", name="b"))) == ()
