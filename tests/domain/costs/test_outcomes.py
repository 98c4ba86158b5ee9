"""Accounts, prices and what records cost: whole answers, at and beside every limit."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from cockpit.domain.costs import ledger
from cockpit.domain.costs.items import CostSources, TimeKind, TimeSpent, items
from cockpit.domain.costs.ledger import Account, CostItem, Nature
from cockpit.domain.costs.price import MANY_FOR_ONE_USE, YearlyPrice, of_one_use, of_provider, of_ritual
from cockpit.domain.registers.attendance import Attendance
from cockpit.domain.registers.cost import Cost
from cockpit.domain.registers.occurrence import Occurrence
from cockpit.domain.registers.person import Person
from cockpit.domain.registers.process import Process
from cockpit.domain.registers.tool import Tool

JANUARY, FEBRUARY, MARCH = (date(2026, month, 1) for month in (1, 2, 3))
NOON = datetime(2026, 2, 12, 12, tzinfo=UTC)


def item(cents: int, nature: Nature = Nature.INVOICE, month: date = JANUARY, **more: Any) -> CostItem:
    return CostItem(month=month, nature=nature, cents=cents, **more)


def test_a_total_is_shared_in_parts_of_which_the_first_take_what_is_left() -> None:
    assert [ledger.shares(total, 3) for total in (0, 1, 2, 3, 100, -1)] == [
        (0, 0, 0), (1, 0, 0), (1, 1, 0), (1, 1, 1), (34, 33, 33), (0, 0, -1),
    ]  # fmt: skip
    assert ledger.shares(7, 1) == (7,)


def test_accounts_tell_months_natures_minutes_and_the_dearest_records_first() -> None:
    given = [
        item(1_000, functions=("FN-1",), provider="PR-1", code="CO-1"),
        item(500, functions=("FN-1", "FN-2"), code="CO-2"),
        item(101, Nature.TOOLS, FEBRUARY, functions=("FN-2", "FN-1"), provider="PR-1", code="TO-1"),
        item(101, Nature.TOOLS, FEBRUARY, functions=("FN-2", "FN-1"), provider="PR-1", code="TO-1"),
        item(250, Nature.REWORK, FEBRUARY, functions=("FN-1",), minutes=31, code="B-9"),
        item(250, Nature.REWORK, FEBRUARY, functions=("FN-1",), minutes=10, code="B-1"),
        item(70, Nature.COORDINATION, FEBRUARY, minutes=5), item(-20, Nature.COORDINATION, FEBRUARY, minutes=-2),
    ]  # fmt: skip
    assert ledger.by_function(given) == {
        "FN-1": Account(
            {JANUARY: {Nature.INVOICE: 1_250}, FEBRUARY: {Nature.TOOLS: 100, Nature.REWORK: 500}}, 41,
            ("CO-1", "B-1", "B-9", "CO-2", "TO-1"),
        ),
        "FN-2": Account({JANUARY: {Nature.INVOICE: 250}, FEBRUARY: {Nature.TOOLS: 102}}, 0, ("CO-2", "TO-1")),
        "": Account({FEBRUARY: {Nature.COORDINATION: 50}}, 3, ()),
    }  # fmt: skip
    assert ledger.by_provider(given) == {
        "PR-1": Account({JANUARY: {Nature.INVOICE: 1_000}, FEBRUARY: {Nature.TOOLS: 202}}, 0, ("CO-1", "TO-1")),
        "": Account(
            {JANUARY: {Nature.INVOICE: 500}, FEBRUARY: {Nature.REWORK: 500, Nature.COORDINATION: 50}}, 44,
            ("CO-2", "B-1", "B-9"),
        ),
    }  # fmt: skip


def test_what_no_invoice_says_is_hidden_and_told_for_one_euro_invoiced() -> None:
    account = Account({
        JANUARY: {Nature.INVOICE: 1_000, Nature.COORDINATION: 100, Nature.TOOLS: 30},
        FEBRUARY: {Nature.INVOICE: 500, Nature.REWORK: 20},
    })  # fmt: skip
    assert (account.invoiced, account.hidden, account.total, account.share) == (1_500, 150, 1_650, 0.1)
    assert [account.of(each) for each in Nature] == [1_500, 100, 30, 20]
    assert [account.month(each) for each in (JANUARY, FEBRUARY, MARCH)] == [1_130, 520, 0]
    nothing = Account()
    assert (nothing.total, nothing.share, nothing.minutes, nothing.codes) == (0, None, 0, ())
    assert Account({JANUARY: {Nature.INVOICE: -5, Nature.TOOLS: 5}}).share is None
    assert Account({JANUARY: {Nature.INVOICE: 1, Nature.TOOLS: 5}}).share == 5
    assert (ledger.WATCH, ledger.CONTROL, ledger.MONTHS, ledger.REMINDER_MINUTES) == (0.15, 0.30, 12, 5)


def test_time_is_priced_by_the_hour_and_the_usual_rate_is_a_whole_cent() -> None:
    assert [ledger.price(minutes, 100) for minutes in (0, 30, 59, 60, 61, -30)] == [0, 50, 98, 100, 101, -50]
    assert (ledger.price(60, None), ledger.price(60, 0)) == (0, 0)
    assert [ledger.usual_rate(rates) for rates in ([], [5], [1, 4], [9, 1, 4])] == [None, 5, 2, 4]


def coded(sources: CostSources, first: date = FEBRUARY, last: date = FEBRUARY) -> list[tuple[str, int, int]]:
    return [(each.code, each.cents, each.minutes) for each in items(sources, first, last)]


def test_the_rate_of_somebody_is_known_by_code_and_by_name_and_else_it_is_the_usual_one() -> None:
    people = (
        Person(code="PE-1", name="Ana", loaded_rate=6_000), Person(code="PE-2", name="Ben", loaded_rate=0),
        Person(code="PE-3", name="Cy"), Person(code="PE-4", name="Di", loaded_rate=1_001),
    )  # fmt: skip
    sources = CostSources(people=people)
    assert [sources.rate(who) for who in ("PE-1", "Ana", "Ben", "Cy", "Robert")] == [
        6_000,
        6_000,
        0,
        1_001,
        1_001,
    ]
    assert (sources.priced, sources.unpriced) == ({"PE-1", "Ana", "Ben"}, {"Cy", "Robert"})
    assert (CostSources().usual, CostSources().rate("Ana"), sources.usual) == (None, None, 1_001)


def test_a_moment_is_of_the_month_where_the_company_is() -> None:
    late = datetime(2026, 1, 31, 23, 30, tzinfo=UTC)
    assert CostSources().month_of(late) == FEBRUARY
    assert CostSources(zone=ZoneInfo("UTC")).month_of(late) == JANUARY
    assert (
        CostSources(zone=ZoneInfo("America/New_York")).month_of(datetime(2026, 2, 1, 3, tzinfo=UTC))
        == JANUARY
    )


def test_costs_of_the_months_from_the_first_to_the_last_and_of_no_other() -> None:
    costs = [
        Cost(code=f"CO-{n}", name="a", month=month, amount=n)
        for n, month in enumerate(
            (date(2026, 1, 31), FEBRUARY, date(2026, 3, 31), date(2026, 4, 1), date(2026, 5, 1))
        )
    ]
    assert coded(CostSources(costs=costs), FEBRUARY, MARCH) == [("CO-1", 1, 0), ("CO-2", 2, 0)]
    people = (Person(code="PE-1", name="a", loaded_rate=6_000),)
    timed = [
        Cost(code="CO-1", name="a", month=FEBRUARY, minutes=90),
        Cost(code="CO-2", name="a", month=FEBRUARY, amount=7, minutes=90),
        Cost(code="CO-3", name="a", month=FEBRUARY),
        Cost(code="CO-4", name="a", month=FEBRUARY, minutes=0, amount=None),
    ]  # fmt: skip
    assert coded(CostSources(costs=timed, people=people)) == [
        ("CO-1", 9_000, 90), ("CO-2", 7, 90), ("CO-3", 0, 0), ("CO-4", 0, 0),
    ]  # fmt: skip


def test_a_tool_serves_each_function_of_its_processes_once_in_their_order() -> None:
    processes = [
        Process(code="PS-1", name="a", function="FN-2"), Process(code="PS-2", name="b", function="FN-1"),
        Process(code="PS-3", name="c"), Process(code="PS-4", name="d", function="FN-2"),
    ]  # fmt: skip
    tools = [
        Tool(code="TO-1", name="a", yearly_cost=1_211, processes=("PS-1", "PS-3", "PS-2", "PS-4", "PS-9")),
        Tool(code="TO-2", name="b", yearly_cost=-12), Tool(code="TO-3", name="c", yearly_cost=11),
        Tool(code="TO-4", name="d"), Tool(code="TO-5", name="e", yearly_cost=12, created_at=NOON),
    ]  # fmt: skip
    found = list(items(CostSources(tools=tools, processes=processes), JANUARY, MARCH))
    assert [(each.code, each.month.month, each.cents, each.functions) for each in found] == [
        ("TO-1", 1, 100, ("FN-2", "FN-1")), ("TO-1", 2, 100, ("FN-2", "FN-1")), ("TO-1", 3, 100, ("FN-2", "FN-1")),
        ("TO-3", 1, 0, ()), ("TO-3", 2, 0, ()), ("TO-3", 3, 0, ()), ("TO-5", 2, 1, ()), ("TO-5", 3, 1, ()),
    ]  # fmt: skip


def test_a_meeting_is_shared_among_those_who_were_there_and_are_paid() -> None:
    people = (
        Person(code="PE-1", name="Ana", loaded_rate=6_000), Person(code="PE-2", name="Ben", loaded_rate=3_000),
        Person(code="PE-3", name="Cy", kind="external", loaded_rate=6_000),
        Person(code="PE-4", name="Di", kind="interim", loaded_rate=6_000),
        Person(code="PE-5", name="Ed", kind="time_shared", loaded_rate=6_000),
    )  # fmt: skip
    there = {
        "RO-1": ("PE-1", "PE-2"), "RO-2": ("PE-3", "PE-4", "PR-1"), "RO-3": ("PE-1", "PE-5", "Robert"),
        "RO-4": ("PE-1",),
        "RO-5": ("PE-1",), "RO-6": ("PE-1",),
    }  # fmt: skip
    agendas = {
        "RO-1": json.dumps([{"code": "B-2"}, {"title": "x"}, {"code": "B-1"}, {"code": "B-2"}, 3]),
        "RO-3": "5x",
    }
    meetings = [
        Occurrence(code=code, ritual="RT-1", planned_at=NOON, ended_at=None if code == "RO-5" else NOON,
                   cost_minutes={"RO-4": 0, "RO-6": 1}.get(code, 121), agenda=agendas.get(code, ""))
        for code in there
    ]  # fmt: skip
    seats = [
        Attendance(occurrence=code, person=who, present=True) for code, all_ in there.items() for who in all_
    ]
    seats.append(Attendance(occurrence="RO-1", person="PE-5", present=False))
    functions = {"B-1": "FN-1", "B-2": "FN-2"}
    sources = CostSources(
        people=people, meetings=meetings, attendances=seats, function_of=lambda code: functions.get(code, "")
    )
    # 121 minutes: an hour each at 60 and 30 euros; all of it at the usual rate; 40 each at 60, 60 and 60.
    found = list(items(sources, FEBRUARY, FEBRUARY))
    assert [(each.code, each.cents, each.minutes, each.functions) for each in found] == [
        ("RO-1", 9_000, 121, ("FN-2", "FN-1")), ("RO-2", 12_100, 121, ()), ("RO-3", 12_000, 121, ()),
        ("RO-6", 100, 1, ()),
    ]  # fmt: skip
    assert {each.nature for each in found} == {Nature.COORDINATION}
    assert sources.unpriced == {"Robert"}


def test_time_that_was_noted_taken_back_or_spent_on_reminders_and_on_what_came_back() -> None:
    ana = Person(code="PE-1", name="Ana", loaded_rate=6_000)
    times = [
        TimeSpent(at=NOON, by="Ana", code="B-1", minutes=10), TimeSpent(at=NOON, by="Ana", code="B-2", minutes=-10),
        TimeSpent(at=NOON, by="Ana", code="B-3"),
        TimeSpent(at=NOON, by="Ana", code="B-4", kind=TimeKind.REMINDER, minutes=9),
        TimeSpent(at=NOON, by="Ana", code="B-5", kind=TimeKind.REOPENED, minutes=9),
    ]  # fmt: skip
    found = list(items(CostSources(people=(ana,), times=times, effort=45), FEBRUARY, FEBRUARY))
    assert [(each.code, each.nature.value, each.cents, each.minutes) for each in found] == [
        ("B-1", "coordination", 1_000, 10), ("B-2", "coordination", -1_000, -10), ("B-4", "coordination", 500, 5),
        ("B-5", "rework", 4_500, 45),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("members", "rates", "price"),
    [
        (("PE-1", "PE-2"), (6_000, 1_200), YearlyPrice(coordination=72_000, times=10, people=2, minutes=1_200)),
        (("PE-1", "PE-9"), (6_000, None), YearlyPrice(coordination=120_000, times=10, people=2, minutes=1_200)),
        (("PE-9",), (None, None), YearlyPrice(times=10, people=1, minutes=600)),
        ((), (6_000, 1_200), YearlyPrice(times=10)),
        (("PE-3", "PE-4", "PR-1"), (6_000, 1_200), YearlyPrice(times=10)),
    ],
)  # fmt: skip
def test_a_ritual_costs_each_member_who_is_paid_by_the_company(
    members: tuple[str, ...], rates: tuple[int | None, int | None], price: YearlyPrice
) -> None:
    people = [Person(code=f"PE-{n}", name=f"P{n}", loaded_rate=rate) for n, rate in enumerate(rates, 1)]
    people += [Person(code="PE-3", name="C", kind="external"), Person(code="PE-4", name="D", kind="interim")]
    assert of_ritual(60, 10, members, CostSources(people=people)) == price


def test_a_provider_costs_its_contracts_and_its_part_of_what_coordination_providers_take() -> None:
    spent = [
        item(1_001, Nature.COORDINATION, provider="PR-1", minutes=11),
        item(500, Nature.COORDINATION, functions=("FN-1", "FN-2"), minutes=4),
        item(70, Nature.COORDINATION, functions=("FN-2",)),
        item(70, Nature.COORDINATION), item(900, Nature.TOOLS, provider="PR-1"),
        item(900, Nature.REWORK, functions=("FN-1",)),
        item(900, provider="PR-1"),
    ]  # fmt: skip
    outside = frozenset({"FN-1"})
    assert of_provider(7, spent, outside, 2) == YearlyPrice(invoiced=7, coordination=750, times=2, minutes=7)
    assert of_provider(None, spent, outside, 1) == YearlyPrice(coordination=1_501, times=1, minutes=15)
    assert of_provider(7, spent, outside, 0) == YearlyPrice(invoiced=7)
    unknown = of_provider(None, [], outside, 0)
    assert (unknown.invoiced, unknown.coordination, unknown.times, unknown.people, unknown.minutes) == (
        None,
        None,
        0,
        0,
        0,
    )
    assert of_provider(7, spent, outside, 2).people == 0
    assert of_provider(7, [], outside, 3) == YearlyPrice(invoiced=7, coordination=0, times=3)


def test_three_tools_for_one_use_are_many() -> None:
    tools = [
        Tool(code=f"TO-{n}", name="a", usage=use) for n, use in enumerate(("Mél", " MEL", "mel ", "x", ""), 1)
    ]
    assert [each.code for each in of_one_use(tools[1], tools)] == ["TO-1", "TO-3"]
    assert of_one_use(tools[4], [*tools, Tool(code="TO-9", name="b")]) == of_one_use(tools[3], tools) == ()
    assert MANY_FOR_ONE_USE == 3
