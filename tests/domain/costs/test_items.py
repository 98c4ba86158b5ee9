"""What costs follow from records: one month worked by hand."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

import pytest

from cockpit.domain.costs.items import CostSources, TimeKind, TimeSpent, items
from cockpit.domain.costs.ledger import CostItem, Nature
from cockpit.domain.registers.attendance import Attendance
from cockpit.domain.registers.contract import Contract
from cockpit.domain.registers.cost import Cost
from cockpit.domain.registers.occurrence import Occurrence
from cockpit.domain.registers.person import Person
from cockpit.domain.registers.process import Process
from cockpit.domain.registers.tool import Tool

NOVEMBER = date(2026, 11, 1)
NOON = datetime(2026, 11, 12, 12, tzinfo=UTC)
PEOPLE = (
    Person(code="PE-1", name="Ana", loaded_rate=6_000),
    Person(code="PE-2", name="Ben", loaded_rate=4_000),
    Person(code="PE-3", name="Cy", kind="external", loaded_rate=5_000),
    Person(code="PE-4", name="Dan"),
)
"""An hour costs 60, 40 and 50 euros, so 50 where nobody said."""


def of_november(**sources: object) -> list[CostItem]:
    return list(items(CostSources(people=PEOPLE, **sources), NOVEMBER, NOVEMBER))  # type: ignore[arg-type]


def test_what_was_entered_counts_in_its_month_with_the_functions_and_the_provider_of_its_contract() -> None:
    bound = Contract(code="CT-1", name="a", provider="PR-1", functions=("FN-1", "FN-2"))
    costs = [
        Cost(code="CO-1", name="a", kind="invoice", month=None, amount=1),
        Cost(code="CO-2", name="a", kind="invoice", month=date(2026, 10, 31), amount=1),
        Cost(code="CO-3", name="a", kind="invoice", month=date(2026, 12, 1), amount=1),
        Cost(code="CO-4", name="a", kind="invoice", month=date(2026, 11, 30), amount=700, contract="CT-1"),
        Cost(
            code="CO-5", name="a", kind="rework", month=NOVEMBER, minutes=90, function="FN-3", contract="CT-1"
        ),
        Cost(code="CO-6", name="a", kind="rework", month=NOVEMBER, minutes=90, amount=0),
        Cost(code="CO-7", name="a", kind="rework", month=NOVEMBER),
    ]
    assert of_november(costs=costs, contracts=[bound]) == [
        CostItem(month=NOVEMBER, nature=Nature.INVOICE, cents=700, functions=("FN-1", "FN-2"), provider="PR-1",
                 code="CO-4"),
        CostItem(month=NOVEMBER, nature=Nature.REWORK, cents=7_500, minutes=90, functions=("FN-3",), provider="PR-1",
                 code="CO-5"),
        CostItem(month=NOVEMBER, nature=Nature.REWORK, cents=0, minutes=90, code="CO-6"),
        CostItem(month=NOVEMBER, nature=Nature.REWORK, cents=0, code="CO-7"),
    ]  # fmt: skip


def test_a_tool_costs_a_twelfth_of_its_year_from_the_month_in_which_it_was_entered() -> None:
    processes = [
        Process(code="PS-1", name="a", function="FN-1"),
        Process(code="PS-2", name="b", function="FN-1"),
    ]
    tools = [
        Tool(code="TO-1", name="a", yearly_cost=0),
        Tool(code="TO-2", name="a", yearly_cost=-1_200),
        Tool(code="TO-3", name="a", yearly_cost=12, created_at=datetime(2026, 12, 1, tzinfo=UTC)),
        Tool(code="TO-4", name="a", yearly_cost=1_200, provider="PR-1", processes=("PS-1", "PS-2", "PS-9")),
        Tool(code="TO-5", name="a", yearly_cost=1_200, created_at=datetime(2026, 10, 31, 22, 59, tzinfo=UTC)),
        Tool(code="TO-6", name="a", yearly_cost=2_400, created_at=NOON),
    ]
    found = items(CostSources(tools=tools, processes=processes), NOVEMBER, date(2026, 12, 1))
    assert [(each.code, each.month.month, each.cents, each.functions, each.provider) for each in found] == [
        ("TO-3", 12, 1, (), ""),
        ("TO-4", 11, 100, ("FN-1",), "PR-1"), ("TO-4", 12, 100, ("FN-1",), "PR-1"),
        ("TO-5", 11, 100, (), ""), ("TO-5", 12, 100, (), ""),
        ("TO-6", 11, 200, (), ""), ("TO-6", 12, 200, (), ""),
    ]  # fmt: skip


def seat(who: str, *, present: bool = True, of: str = "RO-4") -> Attendance:
    return Attendance(occurrence=of, person=who, present=present)


def test_a_meeting_costs_the_time_of_those_the_company_pays_for_the_functions_of_its_subjects() -> None:
    planned = NOON - timedelta(hours=1)
    agenda = json.dumps([{"code": "B-1"}, {"code": "B-1"}, {"code": "B-9"}, "?", {}])
    meetings = [
        Occurrence(code="RO-1", ritual="RT-1", planned_at=planned, cost_minutes=60),
        Occurrence(code="RO-2", ritual="RT-1", planned_at=planned, ended_at=NOON),
        Occurrence(
            code="RO-3", ritual="RT-1", planned_at=planned, ended_at=NOON, cost_minutes=60, agenda="{"
        ),
        Occurrence(
            code="RO-4", ritual="RT-1", planned_at=planned, ended_at=NOON, cost_minutes=91, agenda=agenda
        ),
        Occurrence(code="RO-5", ritual="RT-1", planned_at=planned, ended_at=NOON, cost_minutes=1),
    ]
    there = [seat("PE-1"), seat("PE-2"), seat("PE-3"), seat("PR-1"), seat("PE-4", present=False)]
    known = {"B-1": "FN-1", "": ""}
    found = of_november(meetings=meetings, attendances=there, function_of=lambda code: known.get(code, ""))
    assert found == [
        CostItem(month=NOVEMBER, nature=Nature.COORDINATION, cents=5_000, minutes=60, code="RO-3"),
        # 45 minutes at 60 euros an hour, and 45 at 40: whoever is external, is not there or is a provider costs none.
        CostItem(
            month=NOVEMBER,
            nature=Nature.COORDINATION,
            cents=7_500,
            minutes=91,
            functions=("FN-1",),
            code="RO-4",
        ),
        CostItem(month=NOVEMBER, nature=Nature.COORDINATION, cents=83, minutes=1, code="RO-5"),
    ]


def test_noted_time_reminders_and_reopened_cases_cost_what_their_author_costs() -> None:
    times = [
        TimeSpent(at=NOON, by="Ana", code="B-1"),
        TimeSpent(at=NOON, by="Ana", code="B-1", minutes=30),
        TimeSpent(at=NOON, by="Ana", code="B-1", minutes=-10),
        TimeSpent(at=NOON, by="PE-2", code="B-2", kind=TimeKind.REMINDER),
        TimeSpent(at=NOON, by="Dan", code="B-2", kind=TimeKind.REOPENED, minutes=7),
    ]
    sources = CostSources(
        people=PEOPLE, times=times, effort=60, function_of=lambda code: "FN-1" if code == "B-1" else ""
    )
    found = list(items(sources, NOVEMBER, NOVEMBER))
    assert [(each.code, each.nature, each.cents, each.minutes, each.functions) for each in found] == [
        ("B-1", Nature.COORDINATION, 3_000, 30, ("FN-1",)), ("B-1", Nature.COORDINATION, -1_000, -10, ("FN-1",)),
        ("B-2", Nature.COORDINATION, 333, 5, ()), ("B-2", Nature.REWORK, 5_000, 60, ()),
    ]  # fmt: skip
    assert (sources.priced, sources.unpriced) == ({"Ana", "PE-2"}, {"Dan"})


@pytest.mark.parametrize("effort", [0, None])
def test_a_reopened_case_costs_nothing_while_no_time_of_a_case_is_known(effort: int | None) -> None:
    again = TimeSpent(at=NOON, by="Ana", code="B-1", kind=TimeKind.REOPENED)
    assert of_november(times=[again], **({} if effort is None else {"effort": effort})) == []
