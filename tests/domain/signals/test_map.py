"""S3, S4, S8 to S12, S14 to S17, S23 to S25: what the registers say. Golden cases worked by hand."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cockpit.domain.costs.items import TimeKind, TimeSpent
from cockpit.domain.dataclasses import replace
from cockpit.domain.registers.access import Access
from cockpit.domain.registers.audit import Audit
from cockpit.domain.registers.blocker import Blocker
from cockpit.domain.registers.clock import Clock
from cockpit.domain.registers.continuity import Continuity
from cockpit.domain.registers.contract import NOTICE, RENEWED, Contract
from cockpit.domain.registers.cost import Cost
from cockpit.domain.registers.decision import Decision
from cockpit.domain.registers.document import Document
from cockpit.domain.registers.drill import Drill
from cockpit.domain.registers.function import Function
from cockpit.domain.registers.interface import Interface
from cockpit.domain.registers.level import Level
from cockpit.domain.registers.person import Person
from cockpit.domain.registers.phase import Phase
from cockpit.domain.registers.priority import Priority
from cockpit.domain.registers.process import Process
from cockpit.domain.registers.provider import Provider
from cockpit.domain.registers.report import Report
from cockpit.domain.registers.tool import Tool
from cockpit.domain.signals.facts import Deed, SourceUptime
from cockpit.domain.signals.formulas.organisation import (
    accesses,
    chief,
    continuity,
    contracts,
    documentation,
    fragmentation,
    grey_zones,
    hidden_costs,
    key_resources,
    maturity,
    right_level,
    threat_level,
)
from cockpit.domain.signals.formulas.work import availability, reporting
from cockpit.domain.signals.score import SignalState
from tests.domain.signals.given import END, ago, facts
from tests.domain.signals.test_work import one

TODAY = date(2026, 11, 22)
PAYROLL = Function(
    code="FN-1", name="Payroll", mode="external", criticality=3, owner="PE-1", recovery_hours=8
)
VITAL = Function(code="FN-2", name="Sales", criticality=4)
PAIE = Provider(code="PR-1", name="Paie+", stop_impact=4, substitutability=2, personal_data=True)


def day(days: int) -> date:
    return TODAY - timedelta(days=days)


def change_of_owner(code: str, before: str, after: str) -> Deed:
    return Deed(at=ago(3), by="Claire", action="blocker.delegate", register="blocker", code=code,
                before={"owner": before}, after={"owner": after})  # fmt: skip


def test_three_grey_of_six_cases_and_flows_are_half_of_them() -> None:
    cases = [
        Blocker(code="B-1", title="a", owner="PE-1"),
        Blocker(code="B-2", title="b"),
        Blocker(code="B-3", title="c", owner="PE-3", function="FN-1", waiting_on=("PR-1",)),
        Blocker(code="B-4", title="d", owner="PE-1"),
    ]
    flow = Interface(code="IF-1", name="e", source="FN-2", target="PR-2", owner="PE-1", documented=True)
    deeds = [change_of_owner("B-3", "PE-1", "PE-2"), change_of_owner("B-3", "PE-2", "PE-3")]
    found = one(grey_zones.measure(facts(*cases, flow, deeds=deeds)))
    # B-2 has no owner, B-3 changed hands twice, and shows that FN-1 and PR-1 exchange: 3 of 4 + 1 + 1.
    assert (found.value, found.n, found.state) == (50.0, 6, SignalState.CONTROL)
    assert [(row.code, row.why) for row in found.proof.rows] == [
        ("B-2", "nobody"), ("B-3", "handed_on"), ("B-3", "undeclared"),
    ]  # fmt: skip


def test_a_contract_in_force_shows_an_exchange_that_no_interface_declares() -> None:
    def undeclared(ended_on: date | None) -> list[str]:
        cells = grey_zones.cells_of(facts(bound(1, "PR-1", "FN-1", ended_on=ended_on)))
        return [code for cell in cells for code in cell.undeclared]

    assert undeclared(None) == undeclared(TODAY) == undeclared(day(-30)) == ["CT-1"]
    assert undeclared(day(1)) == []


def test_one_case_without_owner_on_a_vital_function_is_watched_whatever_the_share() -> None:
    cases = [Blocker(code=f"B-{n}", title="a", owner="PE-1") for n in range(1, 20)]
    vital = Blocker(code="B-20", title="b", function="FN-2")
    assert one(grey_zones.measure(facts(*cases, vital, VITAL))).state is SignalState.WATCH
    assert one(grey_zones.measure(facts(*cases, vital))).state is SignalState.CALM
    assert one(grey_zones.measure(facts(*cases[:4]))).proof.missing == "few"


def document(process: str, **more: object) -> Document:
    given: dict[str, object] = {
        "link": "https://x.test", "owner": "PE-1", "reviewed_on": day(100), "tested_by": "PE-2",
        "tested_on": day(90), **more,
    }  # fmt: skip
    return Document(code=f"DO-{process}", name="How", process=process, **given)  # type: ignore[arg-type]


def test_documents_count_by_the_criticality_of_their_process() -> None:
    pay = Process(code="PS-1", name="Pay", function="FN-1", criticality=3)
    file = Process(code="PS-2", name="File", function="FN-1", criticality=1)
    found = one(documentation.measure(facts(pay, file, document("PS-1"))))
    assert (found.value, found.state) == (75.0, SignalState.WATCH)
    assert [(row.code, row.why) for row in found.proof.rows] == [("PS-2", "none")]


@pytest.mark.parametrize(
    ("more", "lack"),
    [
        ({}, ""), ({"link": ""}, "link"), ({"owner": ""}, "owner"), ({"owner": "PE-9"}, "owner"),
        ({"reviewed_on": day(181)}, "old"), ({"reviewed_on": None}, "old"), ({"tested_on": None}, "untested"),
        ({"tested_by": "PE-1"}, "untested"),
    ],
)  # fmt: skip
def test_a_document_counts_only_with_all_that_makes_it_useful(more: dict[str, object], lack: str) -> None:
    pay = Process(code="PS-1", name="Pay", function="FN-1", criticality=3)
    gone = Person(code="PE-9", name="Left", ends_on=day(1))
    assert documentation.lack(pay, facts(pay, gone, document("PS-1", **more))) == lack


def test_a_vital_process_without_any_document_is_controlled_alone() -> None:
    processes = [Process(code=f"PS-{n}", name="a", function="FN-1", criticality=4) for n in range(1, 7)]
    written = [document(f"PS-{n}") for n in range(1, 6)]
    found = one(documentation.measure(facts(*processes, *written)))
    assert (found.value, found.state) == (83.33, SignalState.CONTROL)


def test_a_document_whose_link_is_dead_covers_nothing() -> None:
    process = Process(code="PS-1", name="a", criticality=3)
    assert one(documentation.measure(facts(process, document("PS-1")))).value == 100
    found = one(
        documentation.measure(facts(process, document("PS-1"), dead_links=frozenset({document("PS-1").code})))
    )
    assert (found.value, found.proof.rows[0].why) == (0, "dead")


def test_reports_that_did_not_come_weigh_nothing_and_two_reminders_are_watched() -> None:
    came = Report(code="ER-1", name="a", source="PR-1", due=day(-9), received_on=day(20), completeness=80)
    late = Report(code="ER-2", name="b", source="PR-1", due=day(11), received_on=day(60))
    soon = Report(code="ER-3", name="c", source="PR-1", due=day(3))
    found = one(reporting.measure(facts(came, late, soon)))
    # The first came for 1 November, with 80 %; the second 12 days late for 11 September, and not for 11 November.
    assert (found.value, found.n, found.state) == (26.67, 3, SignalState.CONTROL)
    asked = Report(code="ER-1", name="a", source="PR-1", due=day(-9), received_on=day(20), reminders=2)
    assert one(reporting.measure(facts(asked))).state is SignalState.WATCH
    assert one(reporting.measure(facts(soon))).proof.missing == "due"
    for days, missing in ((9, "due"), (10, "")):
        owed = Report(code="ER-4", name="d", source="PR-1", due=day(days), created_at=ago(days=days + 2))
        assert one(reporting.measure(facts(owed))).proof.missing == missing, "ten days are left to it"


def arrival(days: float, before: dict[str, object], after: dict[str, object]) -> Deed:
    at = END - timedelta(days=days)
    return Deed(
        at=at, by="a", action="report.came", register="report", code="ER-1", before=before, after=after
    )


def test_every_report_of_three_months_counts_and_not_the_last_one_alone() -> None:
    # Due on the 1st of each month: September came whole, October nine days late with 60 %, November not yet.
    report = Report(
        code="ER-1", name="a", source="PR-1", due=date(2026, 12, 1), period="month", pillar="risk",
        received_on=date(2026, 10, 12), completeness=60, spent_minutes=90, reminders=3,
        created_at=END - timedelta(days=400),
    )  # fmt: skip
    deeds = [
        arrival(83, {"received_on": "2026-08-01"}, {"received_on": "2026-09-01"}),
        arrival(50, {"reminders": 0}, {"reminders": 2}),
        arrival(
            42,
            {"received_on": "2026-09-01", "completeness": 100},
            {"received_on": "2026-10-12", "completeness": 60},
        ),
        arrival(9, {"reminders": 2}, {"reminders": 3}),
    ]
    found = one(reporting.measure(facts(report, deeds=deeds)))
    # 1 September 100, 1 October 0 (eleven days late), 1 November 0.
    assert (found.value, found.n, found.state) == (33.33, 3, SignalState.CONTROL)
    assert found.proof.figures == {"sure": 3.27, "reminders": 3.0, "late": 2.0, "delay": 3.5, "risk": 33.0}
    came = reporting.arrivals(report, facts(report, deeds=deeds))
    assert [(str(each.on), each.complete, each.reminders) for each in came] == [
        ("2026-08-01", 100, 0), ("2026-09-01", 100, 0), ("2026-10-12", 60, 2),
    ]  # fmt: skip


def test_a_report_that_takes_half_as_long_again_is_watched() -> None:
    report = Report(
        code="ER-1", name="a", source="PR-1", due=date(2026, 11, 30), period="week", received_on=date(2026, 11, 23),
        spent_minutes=30, created_at=END - timedelta(days=60),
    )  # fmt: skip
    minutes = [20, 20, 30, 30]
    days = [date(2026, 11, 2) + timedelta(weeks=n) for n in range(4)]
    deeds = [
        arrival(
            21 - 7 * n + 0.5,
            {"received_on": str(days[n - 1]) if n else None, "spent_minutes": minutes[n - 1] if n else None},
            {"received_on": str(days[n]), "spent_minutes": minutes[n]},
        )
        for n in range(4)
    ]
    found = one(reporting.measure(facts(report, deeds=deeds, at=END + timedelta(days=14))))
    assert found.proof.figures["longer"] == 1.0
    assert found.state is not SignalState.CALM


def test_hidden_costs_are_what_is_beside_the_invoices_of_months_that_ended() -> None:
    costs = [
        *(Cost(code=f"CO-{n}", name="i", month=date(2026, n, 3), amount=100_000, function="FN-1") for n in (8, 9, 10)),
        Cost(code="CO-20", name="c", month=date(2026, 9, 3), kind="coordination", amount=30_000, function="FN-1"),
        Cost(code="CO-21", name="r", month=date(2026, 10, 3), kind="rework", amount=15_000, function="FN-1"),
        Cost(code="CO-22", name="x", month=date(2026, 11, 3), kind="rework", amount=900_000, function="FN-1"),
    ]  # fmt: skip
    company, payroll = list(hidden_costs.measure(facts(*costs)))
    assert (company.subject, payroll.subject) == ("", "FN-1")
    assert (payroll.value, payroll.n, payroll.state) == (15.0, 3, SignalState.WATCH)
    assert payroll.proof.figures == {"invoiced": 3000.0, "hidden": 450.0, "full": 3450.0}
    assert one(hidden_costs.measure(facts())).proof.missing == "few"
    few = next(iter(hidden_costs.measure(facts(*costs[1:]))))
    assert (few.proof.missing, few.n) == ("few", 2), "two months with an invoice are too few"
    free = [replace(each, amount=0) for each in costs[:3]]
    assert next(iter(hidden_costs.measure(facts(*free)))).proof.missing == "few", (
        "of nothing there is no share"
    )


def test_a_case_that_came_back_costs_again_what_those_took_of_which_the_time_is_known() -> None:
    costs = [Cost(code=f"CO-{n}", name="i", month=date(2026, n, 3), amount=100_000) for n in (8, 9, 10)]
    cases = [
        Priority(code=f"P-{n}", title="a", closed_at=None if n == 4 else ago(days=40), spent_minutes=minutes)
        for n, minutes in enumerate((0, 0, 50, 60, 900, 70))
    ]
    again = TimeSpent(at=ago(days=40), by="Ana", code="P-0", kind=TimeKind.REOPENED)
    later = TimeSpent(at=END, by="Ana", code="P-0", kind=TimeKind.REOPENED)
    ana = Person(code="PE-1", name="Ana", loaded_rate=6_000)
    found = one(hidden_costs.measure(facts(*costs, *cases, ana, times=[again, later])))
    # An hour, at 60 euros: the median of 50, 60 and 70 minutes.
    assert [(row.code, row.value, row.why) for row in found.proof.rows] == [("P-0", 60.0, "rework")]


@pytest.mark.parametrize(
    ("beside", "state"),
    [
        (44_999, SignalState.CALM), (45_000, SignalState.WATCH), (89_999, SignalState.WATCH),
        (90_000, SignalState.CONTROL), (200_000, SignalState.CONTROL),
    ],
)  # fmt: skip
def test_hidden_costs_are_watched_from_15_and_acted_on_from_30_of_a_hundred(
    beside: int, state: SignalState
) -> None:
    costs = [
        *(Cost(code=f"CO-{n}", name="i", month=date(2026, n, 3), amount=100_000, function="FN-1") for n in (8, 9, 10)),
        Cost(code="CO-20", name="c", month=date(2026, 9, 3), kind="rework", amount=beside, function="FN-1"),
    ]  # fmt: skip
    assert {each.state for each in hidden_costs.measure(facts(*costs))} == {state}


def test_the_threat_of_a_provider_by_hand() -> None:
    access = Access(code="AC-1", name="ERP", holder="PR-1", level="user")
    audit = Audit(code="AU-1", name="a", function="FN-1", provider="PR-1", held_on=day(30), verdict="mend")
    kept = [Clock(code=f"CK-{n}", title="c", provider="PR-1", state="met", ended_at=ago(9)) for n in range(3)]
    found = one(threat_level.measure(facts(PAIE, access, audit, *kept)))
    # Dependence ceil(4 x 2 / 3) = 3; user 2 + personal data = 3; audit to mend 2; all kept 4: 9 / 8.
    assert (found.value, found.state) == (1.12, SignalState.WATCH)
    broken = [
        Clock(code=f"CK-{n}", title="c", provider="PR-1", state="breached", ended_at=ago(9)) for n in range(3)
    ]
    worse = one(threat_level.measure(facts(PAIE, access, audit, *broken)))
    assert (worse.value, worse.state) == (4.5, SignalState.DANGER)
    assert one(threat_level.measure(facts(PAIE, access, audit))).proof.missing == "trust"


@pytest.mark.parametrize(("ended", "counts"), [(None, True), (0, True), (1, False)])
def test_only_a_contract_in_force_tells_the_functions_of_a_provider(ended: int | None, counts: bool) -> None:
    contract = Contract(
        code="CT-1",
        name="a",
        provider="PR-1",
        functions=("FN-1",),
        ended_on=None if ended is None else day(ended),
    )
    access = Access(code="AC-1", name="ERP", holder="PR-1", level="user")
    audit = Audit(code="AU-1", name="a", function="FN-1", held_on=day(30), verdict="mend")
    kept = [Clock(code=f"CK-{n}", title="c", provider="PR-1", state="met", ended_at=ago(9)) for n in range(3)]
    found = one(threat_level.measure(facts(PAIE, contract, access, audit, *kept)))
    # The audit of a function that it serves is one of the provider's.
    assert (found.value is not None) is counts


def process(n: int, *responsible: str, criticality: int = 3) -> Process:
    return Process(
        code=f"PS-{n}", name="a", function=f"FN-{n}", criticality=criticality, responsible=responsible
    )


def test_a_critical_process_that_only_one_can_do_is_one_loss_from_standing_still() -> None:
    people = [Person(code=f"PE-{n}", name=f"P{n}", backup=f"PE-{n + 10}") for n in range(1, 5)]
    others = [Person(code=f"PE-{n + 10}", name=f"Q{n}") for n in range(1, 5)]
    spread = [process(n, f"PE-{n}") for n in range(1, 5)]
    found = one(key_resources.measure(facts(*people, *others, *spread)))
    # Four processes on four people: shares of 25 %, squared and summed 0.25; each has a second person.
    assert (found.value, found.state) == (25.0, SignalState.CALM)
    assert found.proof.figures == {"bus": 2.0, "spread": 0.25, "alone": 0.0}
    alone = one(key_resources.measure(facts(*people[1:], *others, *spread)))
    assert (alone.proof.figures["bus"], alone.state) == (1.0, SignalState.WATCH)
    assert [row.code for row in alone.proof.rows] == ["PS-1"]
    left = Person(code="PE-11", name="Q1", ends_on=day(0))
    assert one(key_resources.measure(facts(*people, left, *others[1:], *spread))).proof.figures["bus"] == 1.0


def test_who_carries_half_of_what_is_critical_shows_in_the_share_and_the_concentration() -> None:
    processes = [process(1, "PE-1"), process(2, "PE-1"), process(3, "PE-2"), process(4, "PE-3")]
    found = one(key_resources.measure(facts(*processes)))
    assert (found.value, found.proof.figures["spread"], found.state) == (50.0, 0.38, SignalState.CONTROL)
    assert one(key_resources.measure(facts(*processes[:2]))).proof.missing == "few"


def decisions(alone: int, others: int) -> list[Decision]:
    made = [Decision(code=f"D-{n}", title="a", decider="Claire", decided_at=ago(9)) for n in range(alone)]
    made += [
        Decision(code=f"D-{n + 50}", title="b", decider="PE-2", decided_at=ago(9)) for n in range(others)
    ]
    return made


def test_eight_decisions_of_ten_by_the_chief_executive_are_watched_with_waiting_cases_controlled() -> None:
    me = frozenset({"Claire", "PE-1"})
    found = one(chief.measure(facts(*decisions(8, 2), chief=me)))
    assert (found.value, found.state) == (80.0, SignalState.WATCH)
    assert one(chief.measure(facts(*decisions(7, 3), chief=me))).state is SignalState.CALM
    cases = [Blocker(code=f"B-{n}", title="a", waiting_on=("PE-1",) if n < 4 else ()) for n in range(10)]
    worse = one(chief.measure(facts(*decisions(8, 2), *cases, chief=me)))
    assert (worse.proof.figures["waiting"], worse.state) == (40.0, SignalState.CONTROL)
    assert one(chief.measure(facts(*decisions(5, 4), chief=me))).proof.missing == "few"
    met = Decision(code="D-99", title="c", decider="Claire", decided_at=ago(9), origin="RO-1")
    assert one(chief.measure(facts(*decisions(8, 2), met, chief=me))).value == pytest.approx(72.73)


def test_what_is_closed_while_away_is_compared_from_five_days_on() -> None:
    away = (date(2026, 11, 2), date(2026, 11, 6))
    closed = [
        Blocker(code=f"B-{n}", title="a", status="solved", since=ago(80), closed_at=ago(n))
        for n in range(30, 60)
    ]
    found = one(chief.measure(facts(*decisions(5, 5), *closed, absences=[away], chief=frozenset({"Claire"}))))
    # Five business days away and nothing closed in them.
    assert found.proof.figures["pace"] == 0.0
    assert found.state is SignalState.WATCH
    short = [(date(2026, 11, 2), date(2026, 11, 5))]
    assert "pace" not in one(chief.measure(facts(*decisions(5, 5), *closed, absences=short))).proof.figures


def bound(n: int, provider: str, *functions: str, **more: object) -> Contract:
    return Contract(code=f"CT-{n}", name="c", provider=provider, functions=functions, **more)  # type: ignore[arg-type]


def test_two_providers_more_than_half_a_year_ago_or_a_function_of_two_that_nobody_holds() -> None:
    old = [Provider(code=f"PR-{n}", name=f"O{n}", created_at=ago(300)) for n in range(1, 4)]
    new = [Provider(code=f"PR-{n}", name=f"N{n}", created_at=ago(30)) for n in range(4, 6)]
    left = Provider(code="PR-9", name="Left", created_at=ago(400), archived_at=ago(20))
    since = ago(400)
    assert one(fragmentation.measure_providers(facts(*old, *new, since=since))).state is SignalState.WATCH
    assert one(fragmentation.measure_providers(facts(*old, *new, left, since=since))).value == 1
    young = one(fragmentation.measure_providers(facts(*old, *new, since=ago(40))))
    assert (young.value, young.state) == (0, SignalState.CALM), "what was there before is no growth"
    shared = (bound(1, "PR-1", "FN-2"), bound(2, "PR-2", "FN-2"), VITAL)
    loose = one(fragmentation.measure_providers(facts(*old, *shared, since=since)))
    assert (loose.state, loose.proof.rows[0].code) == (SignalState.WATCH, "FN-2")


def test_tools_double_by_their_usage_and_belong_to_somebody() -> None:
    tools = [
        Tool(code="TO-1", name="A", usage="Messages", owner="PE-1", interoperability="api"),
        Tool(code="TO-2", name="B", usage="messages ", owner="PE-1", interoperability="export"),
        Tool(code="TO-3", name="C", usage="Payroll", personal_data=True, interoperability="none"),
    ]
    found = one(fragmentation.measure_tools(facts(*tools)))
    # One double; TO-3 is nobody's and holds personal data; two of three let data out: 67 %.
    assert (found.value, found.state) == (1, SignalState.WATCH)
    assert found.proof.figures == {"tools": 3.0, "orphans": 1.0, "open": 67}
    assert one(fragmentation.measure_tools(facts(*tools[:2]))).proof.missing == "tool"


@pytest.mark.parametrize(
    ("access", "why"),
    [
        (Access(code="AC-1", name="ERP", holder="PE-9"), "left"),
        (Access(code="AC-1", name="ERP", holder="PR-2"), "left"),
        (Access(code="AC-1", name="ERP", holder="PE-1", shared=True), "shared"),
        (Access(code="AC-1", name="ERP", holder="PE-1", level="admin"), "one_admin"),
        (Access(code="AC-1", name="E", holder="PE-1", level="admin", second_admin="PE-2", reviewed_on=day(91)), "old"),
        (Access(code="AC-1", name="E", holder="PE-1", level="admin", second_admin="PE-2", reviewed_on=day(90)), ""),
        (Access(code="AC-1", name="ERP", holder="PE-1"), ""),
    ],
)  # fmt: skip
def test_an_access_of_somebody_who_left_is_in_danger_at_once(access: Access, why: str) -> None:
    gone = Person(code="PE-9", name="Left", ends_on=day(1))
    over = bound(1, "PR-2", ended_on=day(2))
    found = one(accesses.measure(facts(access, gone, over)))
    assert accesses.why(access, facts(access, gone, over)) == why
    assert found.state is (
        SignalState.DANGER if why == "left" else SignalState.WATCH if why else SignalState.CALM
    )
    assert (found.value, found.n, found.threshold) == (float(why == "left"), 1, 1)
    assert found.proof.figures == {"others": float(why not in ("left", ""))}


def test_one_of_two_critical_functions_is_proved_by_a_drill() -> None:
    plan = Continuity(code="CP-1", name="a", function="FN-1", backup="PE-2", recovery_hours=8)
    drill = Drill(code="DR-1", name="b", plan="CP-1", held_on=day(100), measured_hours=6)
    found = one(continuity.measure(facts(PAYROLL, VITAL, plan, drill)))
    assert (found.value, found.state) == (50.0, SignalState.WATCH)
    assert [(row.code, row.why) for row in found.proof.rows] == [("FN-2", "no_plan")]
    slow = Drill(code="DR-1", name="b", plan="CP-1", held_on=day(100), measured_hours=9)
    assert one(continuity.measure(facts(PAYROLL, plan, slow))).proof.rows[0].why == "slow"
    later = Drill(code="DR-1", name="b", plan="CP-1", held_on=day(-3), measured_hours=6)
    assert one(continuity.measure(facts(PAYROLL, plan, later))).proof.rows[0].why == "untried"


@pytest.mark.parametrize(
    ("starts_on", "days", "state"),
    [
        # Twelve months with three of notice: the last sure day is three months before the anniversary, less one.
        (date(2026, 5, 26), 95, SignalState.CALM), (date(2026, 5, 1), 70, SignalState.WATCH),
        (date(2026, 4, 1), 39, SignalState.CONTROL), (date(2026, 3, 10), 17, SignalState.DANGER),
    ],
)  # fmt: skip
def test_a_contract_by_the_days_left_to_its_notice(starts_on: date, days: int, state: SignalState) -> None:
    found = one(contracts.measure(facts(bound(1, "PR-1", starts_on=starts_on))))
    assert (found.value, found.n, found.state) == (days, 1, state)


@pytest.mark.parametrize(
    ("starts_on", "more", "days"),
    [
        (date(2026, 1, 15), {}, 326),
        (date(2026, 3, 10), {"decided": RENEWED, "decided_for": date(2027, 3, 9)}, 382),
        (date(2026, 1, 15), {"decided": RENEWED, "decided_for": date(2027, 1, 14)}, 326),
    ],
)
def test_once_its_notice_is_missed_or_it_is_renewed_the_next_date_is_that_of_its_next_term(
    starts_on: date, more: dict[str, object], days: int
) -> None:
    found = one(contracts.measure(facts(bound(1, "PR-1", starts_on=starts_on, **more))))
    assert (found.value, found.state) == (days, SignalState.CALM)


def test_a_decided_contract_waits_for_nothing_and_a_critical_one_needs_its_clauses() -> None:
    decided = bound(1, "PR-1", starts_on=date(2026, 3, 10), decided=NOTICE, decided_for=date(2027, 3, 9))
    assert one(contracts.measure(facts(decided))).proof.missing == "dates"
    bare = one(contracts.measure(facts(bound(1, "PR-1", "FN-1"), PAYROLL, PAIE)))
    assert (bare.value, bare.state) == (None, SignalState.WATCH)
    assert [row.why for row in bare.proof.rows] == ["dpa", "nda", "exit", "control"]
    assert (bare.n, bare.proof.figures) == (4, {"lacking": 4.0})
    ends = bound(1, "PR-1", "FN-1", starts_on=date(2026, 5, 1), vigilance_expiry=day(-100))
    # Two dates to come, the nearer one in 70 days, and four clauses.
    both = one(contracts.measure(facts(ends, PAYROLL, PAIE)))
    assert (both.value, both.n, both.state) == (70, 6, SignalState.WATCH)
    vital = one(contracts.measure(facts(bound(1, "PR-1", "FN-2"), VITAL, PAIE)))
    assert [row.why for row in vital.proof.rows] == ["dpa", "nda", "exit", "control"], (
        "what is vital needs them too"
    )


@pytest.mark.parametrize(
    ("days", "state"), [(183, SignalState.CALM), (184, SignalState.WATCH), (367, SignalState.CONTROL)]
)
def test_a_review_of_the_level_holds_for_half_a_year(days: int, state: SignalState) -> None:
    held = Level(code="LV-1", name="a", function="FN-1", held_on=day(days), verdict="keep")
    found = one(right_level.measure(facts(PAYROLL, VITAL, held)))
    assert (found.subject, found.value, found.state) == ("FN-1", days, state)
    assert one(right_level.measure(facts(PAYROLL))).proof.missing == "never"


@pytest.mark.parametrize(
    ("held_on", "former", "state", "whys"),
    [
        (100, 300, SignalState.WATCH, ["last", "phase"]), (20, 300, SignalState.CALM, ["last"]),
        (30, 300, SignalState.CALM, ["last"]), (100, None, SignalState.CALM, ["last"]),
        (400, 300, SignalState.CONTROL, ["last"]),
    ],
)  # fmt: skip
def test_a_level_is_looked_at_anew_when_the_phase_changes_and_not_when_the_first_one_is_written_down(
    held_on: int, former: int | None, state: SignalState, whys: list[str]
) -> None:
    phases = [Phase(code="PH-2", phase="growth", since=day(30))]
    phases += [Phase(code="PH-1", phase="steady", since=day(former))] if former else []
    held = Level(code="LV-1", name="a", function="FN-1", held_on=day(held_on), verdict="keep")
    found = one(right_level.measure(facts(PAYROLL, held, *phases, phase=phases[0])))
    assert (found.state, [row.why for row in found.proof.rows]) == (state, whys)


def test_uptime_is_of_the_provider_and_never_rounded_up() -> None:
    def seen(share: float | None, coverage: float = 0.9) -> SourceUptime:
        return SourceUptime(source="paie", provider="paie+", share=share, seen=coverage)

    assert one(availability.measure(facts(PAIE, uptimes=[seen(0.99998)]))).value == 99.99
    assert one(availability.measure(facts(PAIE, uptimes=[seen(0.9949)]))).state is SignalState.WATCH
    assert one(availability.measure(facts(PAIE, uptimes=[seen(0.98)]))).state is SignalState.CONTROL
    assert one(availability.measure(facts(PAIE, uptimes=[seen(None, 0)]))).proof.missing == "unseen"
    assert one(availability.measure(facts(PAIE, uptimes=[seen(1.0, 0.0499)]))).proof.missing == "unseen"
    assert one(availability.measure(facts(PAIE, uptimes=[seen(1.0, 0.05)]))).value == 100, (
        "a twentieth is enough"
    )
    assert list(availability.measure(facts(uptimes=[seen(0.9)]))) == []


def test_uptime_is_judged_by_what_a_contract_in_force_promises() -> None:
    contract = Contract(code="CT-1", name="a", provider=PAIE.code, uptime=99.9)
    over = Contract(code="CT-2", name="b", provider=PAIE.code, uptime=99.99, ended_on=day(3))
    seen = SourceUptime(source="page", provider=PAIE.name, share=0.998, seen=1.0)
    found = one(availability.measure(facts(PAIE, contract, over, uptimes=[seen])))
    assert (found.threshold, found.state) == (99.9, SignalState.WATCH)
    assert one(availability.measure(facts(PAIE, uptimes=[seen]))).state is SignalState.CALM
    to_end = Contract(code="CT-3", name="c", provider=PAIE.code, uptime=99.95, ended_on=day(-30))
    found = one(availability.measure(facts(PAIE, contract, over, to_end, uptimes=[seen])))
    assert found.threshold == 99.95, "it holds until the day on which it ends"


def test_maturity_is_the_weighted_sum_in_which_unknown_counts_nothing() -> None:
    pay = Process(
        code="PS-1", name="Pay", function="FN-1", criticality=3, accountable="PE-1", responsible=("PE-2",)
    )
    access = Access(code="AC-1", name="ERP", holder="PE-1")
    found = one(maturity.measure(facts(pay, document("PS-1"), access)))
    # Documents 20, accesses 10, RACI 5; plans, decisions, contracts, reports are not known.
    assert (found.value, found.n, found.state) == (35.0, 3, SignalState.CALM)
    assert one(maturity.measure(facts())).proof.missing == "none"
    assert sum(maturity.WEIGHTS.values()) == 100
