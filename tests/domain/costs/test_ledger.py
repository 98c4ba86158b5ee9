"""Accounts add up: nothing is lost or counted twice when a cost is shared."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cockpit.domain.costs import ledger
from cockpit.domain.costs.ledger import CostItem, Nature

MONTHS = st.sampled_from([date(2026, month, 1) for month in range(1, 13)])
ITEMS = st.lists(
    st.builds(
        CostItem,
        month=MONTHS,
        nature=st.sampled_from(Nature),
        cents=st.integers(-10_000, 10_000_000),
        minutes=st.integers(0, 600),
        functions=st.lists(st.sampled_from(["FN-1", "FN-2", "FN-3"]), max_size=3, unique=True).map(tuple),
        provider=st.sampled_from(["", "PR-1", "PR-2"]),
        code=st.sampled_from(["CO-1", "CO-2", ""]),
    ),
    max_size=30,
)


@given(st.integers(-(10**9), 10**9), st.integers(1, 40))
def test_shares_add_up_and_differ_by_one_at_most(total: int, parts: int) -> None:
    found = ledger.shares(total, parts)
    assert sum(found) == total
    assert len(found) == parts
    assert max(found) - min(found) <= 1


@given(ITEMS)
def test_functions_and_providers_add_up_to_the_same(items: list[CostItem]) -> None:
    every, spent = sum(item.cents for item in items), sum(item.minutes for item in items)
    for accounts in (ledger.by_function(items), ledger.by_provider(items)):
        assert sum(account.total for account in accounts.values()) == every
        assert sum(account.minutes for account in accounts.values()) == spent
        for account in accounts.values():
            assert account.total == sum(account.month(month) for month in account.by_month)


def test_a_year_worked_by_hand() -> None:
    """Two invoices of 1 000 €; an hour of meeting at 60 € for two functions; a tool of 25 € a month."""
    march, april = date(2026, 3, 1), date(2026, 4, 1)
    items = [
        CostItem(
            month=march,
            nature=Nature.INVOICE,
            cents=100_000,
            functions=("FN-1",),
            provider="PR-1",
            code="CO-1",
        ),
        CostItem(
            month=april,
            nature=Nature.INVOICE,
            cents=100_000,
            functions=("FN-1",),
            provider="PR-1",
            code="CO-2",
        ),
        CostItem(
            month=april, nature=Nature.COORDINATION, cents=6_000, minutes=60, functions=("FN-1", "FN-2")
        ),
        CostItem(month=april, nature=Nature.TOOLS, cents=2_500, code="TO-1"),
    ]
    found = ledger.by_function(items)
    assert (found["FN-1"].invoiced, found["FN-1"].hidden) == (200_000, 3_000)
    assert found["FN-1"].share == pytest.approx(0.015)
    assert found["FN-2"].share is None, "nothing was invoiced"
    assert found[""].total == 2_500
    assert found["FN-1"].month(april) == 103_000
    assert ledger.by_provider(items)["PR-1"].total == 200_000


@pytest.mark.parametrize(("minutes", "rate", "cents"), [(60, 3_800, 3_800), (15, 3_800, 950), (30, None, 0)])
def test_time_has_the_price_of_its_rate(minutes: int, rate: int | None, cents: int) -> None:
    assert ledger.price(minutes, rate) == cents


def test_the_usual_rate_is_the_median_of_those_that_are_known() -> None:
    assert ledger.usual_rate([3_000, 9_000, 3_400]) == 3_400
    assert ledger.usual_rate([]) is None
