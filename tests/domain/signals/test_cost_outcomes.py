"""S9 and S25: what is spent beside invoices, and how far the company runs by itself, worked out by hand."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from cockpit.domain.costs.items import TimeKind, TimeSpent
from cockpit.domain.registers.access import Access
from cockpit.domain.registers.blocker import Blocker
from cockpit.domain.registers.continuity import Continuity
from cockpit.domain.registers.contract import Contract
from cockpit.domain.registers.cost import Cost
from cockpit.domain.registers.decision import Decision
from cockpit.domain.registers.document import Document
from cockpit.domain.registers.drill import Drill
from cockpit.domain.registers.escalation import Escalation
from cockpit.domain.registers.function import Function
from cockpit.domain.registers.person import Person
from cockpit.domain.registers.priority import Priority
from cockpit.domain.registers.process import Process
from cockpit.domain.registers.provider import Provider
from cockpit.domain.registers.report import Report
from cockpit.domain.registers.tool import Tool
from cockpit.domain.signals.formulas.organisation import hidden_costs, maturity
from tests.domain.signals.given import END, ago, facts, told

TODAY = date(2026, 11, 22)


def cost(
    n: int, month: date, amount: int, kind: str = "invoice", function: str = "FN-1", **more: Any
) -> Cost:
    return Cost(code=f"CO-{n}", name="a", month=month, kind=kind, amount=amount, function=function, **more)


def test_the_twelve_months_that_ended_tell_what_is_spent_beside_the_invoices() -> None:
    costs = [
        cost(1, date(2025, 10, 31), 900_000), cost(2, date(2025, 11, 1), 100_000), cost(3, date(2026, 10, 31), 100_000),
        cost(4, date(2026, 11, 1), 900_000), cost(5, date(2026, 3, 9), 50_000, function="FN-2"),
        cost(6, date(2026, 3, 20), 50_000, function="FN-2"), cost(7, date(2026, 4, 1), 30_000, "rework", "FN-1"),
        cost(8, date(2026, 4, 1), 9_001, "coordination", "", contract="CT-1"),
        cost(9, date(2026, 4, 2), 7_000, "tools", ""),
        cost(10, date(2026, 5, 2), 4_000, "tools", "FN-3"), cost(11, date(2026, 6, 1), 5_000, archived_at=ago(1)),
    ]  # fmt: skip
    bound = Contract(code="CT-1", name="a", provider="PR-1", functions=("FN-1", "FN-2"), archived_at=ago(1))
    # Three months have an invoice, 3 000 euros; beside it 500.01. FN-1 has two, FN-2 one and FN-3 none.
    assert told(hidden_costs.measure(facts(*costs, bound))) == (
        "S9 company: 16.67 of 15 | n 3 | watch | invoiced 3000, hidden 500.01, full 3500.01 |"
        " CO-7 300 rework, CO-8 90.01 coordination, CO-9 70 tools, CO-10 40 tools\n"
        "S9 FN-1: ? of 0 | n 2 | unknown few | known 2, least 3\n"
        "S9 FN-2: ? of 0 | n 1 | unknown few | known 1, least 3"
    )
    more = cost(12, date(2026, 1, 1), 100_000)
    assert told(hidden_costs.measure(facts(*costs, more, bound))) == (
        "S9 company: 12.5 of 15 | n 4 | calm | invoiced 4000, hidden 500.01, full 4500.01 |"
        " CO-7 300 rework, CO-8 90.01 coordination, CO-9 70 tools, CO-10 40 tools\n"
        "S9 FN-1: 11.5 of 15 | n 3 | calm | invoiced 3000, hidden 345.01, full 3345.01 |"
        " CO-7 300 rework, CO-8 45.01 coordination\n"
        "S9 FN-2: ? of 0 | n 1 | unknown few | known 1, least 3"
    )


def test_the_twelve_dearest_records_are_told_each_once_for_what_it_is() -> None:
    invoices = [cost(n, date(2026, n, 1), 1_000_000) for n in (1, 2, 3)]
    beside = [cost(n, date(2026, 4, 1), 1_000 * (n - 10), "rework") for n in range(11, 23)]
    tool = Tool(code="TO-1", name="a", yearly_cost=12_000, created_at=ago(90))
    twice = [cost(30, date(2026, 4, 1), 700, "rework"), cost(30, date(2026, 5, 1), 800, "rework")]
    company = told(
        hidden_costs.measure(
            facts(*invoices, *beside, cost(10, date(2026, 4, 1), 12_000, "rework"), tool, *twice)
        )
    ).split("\n")[0]
    # The tool is from August on: three months of ten euros.
    assert company.rpartition(" | ")[2] == (
        "CO-10 120 rework, CO-22 120 rework, CO-21 110 rework, CO-20 100 rework, CO-19 90 rework, CO-18 80 rework,"
        " CO-17 70 rework,"
        " CO-16 60 rework, CO-15 50 rework, CO-14 40 rework, CO-13 30 rework, TO-1 30 tools"
    )


def test_time_is_worth_what_who_spent_it_costs_and_serves_the_function_of_its_case() -> None:
    invoices = [cost(n, date(2026, n, 1), 100_000) for n in (8, 9, 10)]
    cases = [
        Blocker(code="B-1", title="a", function="FN-1", archived_at=ago(1)),
        Blocker(code="B-2", title="a", spent_minutes=30, closed_at=ago(9)),
        Priority(code="P-1", title="a", function="FN-1", spent_minutes=60, closed_at=ago(9)),
        Priority(code="P-2", title="a", spent_minutes=600),
        Priority(code="P-3", title="a", closed_at=ago(9)),
        Priority(code="P-5", title="a", spent_minutes=1, closed_at=ago(9)),
        Priority(code="P-6", title="a", spent_minutes=100, closed_at=ago(9)),
        Priority(code="P-4", title="a", spent_minutes=90, closed_at=ago(9), archived_at=ago(1)),
    ]
    ana = Person(code="PE-1", name="Ana", loaded_rate=6_000, archived_at=ago(1))

    def spent(code: str, kind: TimeKind, minutes: int = 0, days: float = 40) -> TimeSpent:
        return TimeSpent(at=ago(days), by="Ana", code=code, kind=kind, minutes=minutes)

    times = [
        spent("B-1", TimeKind.NOTED, 30), spent("P-1", TimeKind.REMINDER), spent("B-2", TimeKind.REOPENED),
        spent("B-1", TimeKind.NOTED, 600, days=5), TimeSpent(at=END, by="Ana", code="B-1", minutes=600),
    ]  # fmt: skip
    # Half an hour, five minutes, and an hour, which is the median of 1, 30, 60, 90 and 100 minutes.
    assert told(hidden_costs.measure(facts(*invoices, *cases, ana, times=times))) == (
        "S9 company: 3.17 of 15 | n 3 | calm | invoiced 3000, hidden 95, full 3095 |"
        " B-2 60 rework, B-1 30 coordination, P-1 5 coordination\n"
        "S9 FN-1: 1.17 of 15 | n 3 | calm | invoiced 3000, hidden 35, full 3035 |"
        " B-1 30 coordination, P-1 5 coordination"
    )


def test_a_case_that_came_back_costs_nothing_while_no_time_is_known_of_any() -> None:
    invoices = [cost(n, date(2026, n, 1), 100_000) for n in (8, 9, 10)]
    ana = Person(code="PE-1", name="Ana", loaded_rate=6_000)
    again = TimeSpent(at=ago(40), by="Ana", code="B-1", kind=TimeKind.REOPENED)
    company = next(hidden_costs.measure(facts(*invoices, ana, times=[again])))
    assert told(company) == "S9 company: 0 of 15 | n 3 | calm | invoiced 3000, hidden 0, full 3000"


def test_maturity_is_the_weighted_sum_of_its_eight_parts() -> None:
    records = (
        Process(code="PS-1", name="a", function="FN-1", criticality=3, accountable="PE-1", responsible=("PE-2",)),
        Process(code="PS-2", name="b", function="FN-1", criticality=1),
        Document(code="DO-1", name="a", process="PS-1", link="https://x.test", owner="PE-1", tested_by="PE-2",
                 reviewed_on=TODAY, tested_on=TODAY),
        Function(code="FN-1", name="a", criticality=3), Function(code="FN-2", name="b", criticality=2),
        Function(code="FN-3", name="c", criticality=4),
        Continuity(code="CP-1", name="a", function="FN-1", backup="PE-2"),
        Drill(code="DR-1", name="a", plan="CP-1", held_on=TODAY, verdict="passed"),
        *(
            Decision(code=f"D-{n}", title="a", decider="Claire" if n < 4 else "PE-2", decided_at=ago(9))
            for n in range(10)
        ),
        Contract(code="CT-1", name="a", provider="PR-1", functions=("FN-2",)),
        Contract(code="CT-2", name="b", provider="PR-1", functions=("FN-2", "FN-1"), ended_on=TODAY),
        Contract(code="CT-5", name="e", provider="PR-1", functions=("FN-2",)),
        Contract(code="CT-6", name="f", provider="PR-1", functions=("FN-3",)), Contract(code="CT-7", name="g"),
        Contract(code="CT-3", name="c", provider="PR-1", ended_on=TODAY - timedelta(days=1)),
        Contract(code="CT-4", name="d", provider="PR-2", ended_on=TODAY + timedelta(days=1)),
        Provider(code="PR-2", name="a", personal_data=True), Access(code="AC-1", name="a", holder="PE-1"),
        Report(code="ER-1", name="a", source="PR-1", due=date(2026, 11, 2), received_on=date(2026, 11, 2),
               completeness=80),
        *(
            Escalation(code=f"ES-{n}", question="a", decision="D-1", asked_at=ago(9), ended_at=ago(8),
                       answer_by=ago(8 if n else 9))
            for n in range(5)
        ),
    )  # fmt: skip
    # 20 x 0.75 + 15 x 0.5 + 15 x 0.6 + 15 x 0.5 + 10 + 10 x 0.8 + 10 x 0.8 + 5 x 0.5
    assert told(maturity.measure(facts(*records, chief=frozenset({"Claire"})))) == (
        "S25 company: 67.5 of 0 | n 8 | calm | documents 75, plans 50, chief 60, clauses 50, accesses 100, reports 80,"
        " decisions 80, raci 50"
    )


def test_a_part_of_maturity_that_is_not_known_counts_nothing_and_is_not_told() -> None:
    access, left = Access(code="AC-1", name="a", holder="PE-1"), Person(code="PE-1", name="a", ends_on=TODAY)
    plan = (
        Function(code="FN-1", name="a", criticality=3),
        Continuity(code="CP-1", name="a", function="FN-1", backup="PE-2"),
        Drill(code="DR-1", name="a", plan="CP-1", held_on=TODAY, verdict="passed"),
    )  # fmt: skip
    for records, said in (
        ((), "? of 0 | n 0 | unknown none"), ((access,), "10 of 0 | n 1 | calm | accesses 100"),
        ((access, left), "0 of 0 | n 1 | calm | accesses 0"),
        (plan, "15 of 0 | n 1 | calm | plans 100"),
        ((Process(code="PS-1", name="a", function="FN-1"),), "0 of 0 | n 2 | calm | documents 0, raci 0"),
        ((Contract(code="CT-1", name="c", provider="PR-1", ended_on=TODAY - timedelta(days=1)),),
         "? of 0 | n 0 | unknown none"),
        ((Contract(code="CT-1", name="c", provider="PR-1"),), "15 of 0 | n 1 | calm | clauses 100"),
    ):  # fmt: skip
        assert told(maturity.measure(facts(*records))) == f"S25 company: {said}"
