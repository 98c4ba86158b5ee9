"""The views of the organisation over what is stored: flows, map, risks, continuity, contracts, RACI, what if."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cockpit.domain.organisation.flows import FlowPulse
from cockpit.domain.providers.state import State
from cockpit.domain.records.record import Value
from cockpit.domain.registers import REGISTERS
from cockpit.services.boards.board import board
from cockpit.services.changes import edit
from cockpit.services.desk import refusal
from cockpit.services.desk.calendars import company_calendar
from cockpit.services.desk.workspace import Workspace
from cockpit.services.organisation import between as pair
from cockpit.services.organisation import (
    continuity,
    contract_timeline,
    flows,
    function_map,
    raci,
    risks,
    what_if,
)
from cockpit.services.providers import our_words
from cockpit.services.providers.our_words import About
from cockpit.services.work import moves
from tests.conftest import TickingClock
from tests.services.organisation.mapped import add, map_company


@pytest.fixture
def company(workspace: Workspace) -> Workspace:
    map_company(workspace)
    return workspace


def test_the_matrix_has_declared_flows_and_those_that_only_show(company: Workspace) -> None:
    found = flows.flow_map(company)
    signs = {(found.name(a), found.name(b)): flows.sign(cell) for (a, b), cell in found.by_pair.items()}
    assert signs == {("Payroll", "Paie+"): "●≡", ("Paie+", "Payroll"): "■░", ("IT", "InfoSud"): "░░"}
    assert [found.name(code) for code in found.parties] == ["Payroll", "IT", "Paie+", "InfoSud"]
    assert flows.to_json(found)["grey_share"] == 0.667


def test_an_exchange_that_was_noted_or_a_meeting_that_was_held_shows_that_a_flow_lives(
    company: Workspace, clock: TickingClock
) -> None:
    clock.forward(days=40)
    quiet = flows.flow_map(company).by_pair["FN-1", "PR-1"]
    assert quiet.pulse is FlowPulse.KEPT, "52 days are less than two cadences of 30"
    clock.forward(days=30)
    assert flows.flow_map(company).by_pair["FN-1", "PR-1"].pulse is FlowPulse.LATE
    our_words.note_exchange(company, About("", "PR-1"), "called Julie")
    by_pair = flows.flow_map(company).by_pair
    assert by_pair["FN-1", "PR-1"].pulse is FlowPulse.KEPT
    assert by_pair["PR-1", "FN-1"].pulse is FlowPulse.KEPT
    clock.forward(days=95)
    add(company, "interface", name="Review", source="PR-1", target="FN-2", cadence_days=7, ritual="RT-1")
    assert flows.flow_map(company).by_pair["PR-1", "FN-2"].pulse is FlowPulse.SILENT
    add(company, "occurrence", ritual="RT-1", planned_at=clock(), status="held")
    assert flows.flow_map(company).by_pair["PR-1", "FN-2"].pulse is FlowPulse.KEPT


def test_an_exchange_is_noted_once_a_day_and_undone(company: Workspace) -> None:
    assert flows.note_exchange(company, ["IF-1", "IF-2"]) == 2
    assert flows.note_exchange(company, ["IF-1", "IF-2"]) == 0
    assert flows.flow_map(company).by_pair["PR-1", "FN-1"].pulse is FlowPulse.KEPT
    company.undo()
    assert flows.flow_map(company).by_pair["PR-1", "FN-1"].pulse is FlowPulse.SILENT


def test_a_pair_opens_on_both_ways_what_shows_them_and_their_history(company: Workspace) -> None:
    found = pair.between(company, ("FN-1", "PR-1"))
    assert [flow.record.code for flow in found.there] == ["IF-1"]
    assert [flow.record.code for flow in found.back] == ["IF-2"]
    assert [line.code for line in found.related] == ["CT-1"]
    assert {change.code for change in found.changes} == {"IF-1", "IF-2"}
    undeclared = pair.between(company, ("FN-2", "PR-2"))
    assert [line.code for line in undeclared.related] == ["B-1"]


def test_health_is_what_is_open_and_green_needs_something_that_is_followed(company: Workspace) -> None:
    found = {card.record.name: card for card in function_map.function_map(company)}
    assert {name: card.health for name, card in found.items()} == {
        "Payroll": "calm", "IT": "trouble", "Sales": "unknown",
    }  # fmt: skip
    assert (found["Payroll"].owner, found["Payroll"].backup) == ("Claire", "Inès")
    assert found["Payroll"].providers == ("Paie+",)
    moves.done(company, ["B-1"])
    assert {c.record.name: c.health for c in function_map.function_map(company)}["IT"] == "calm"


def test_functions_without_a_judged_risk_are_not_known(company: Workspace) -> None:
    found = risks.risk_map(company)
    assert [each.name for each in found.not_assessed] == ["Sales", "IT"]
    assert [each.code for each in found.at(risks.NET, (2, 4))] == ["RK-1"]
    assert found.at(risks.NET, (4, 4)) == ()
    assert risks.placed(found.risks[0]) == "■ danger 16 → ▲ watch 8"
    add(company, "risk", name="Only named", function="FN-2")
    assert "IT" in [each.name for each in risks.risk_map(company).not_assessed]


def test_a_drill_that_took_too_long_proves_nothing(company: Workspace) -> None:
    found = {each.function.name: each for each in continuity.readiness(company)}
    assert {name: each.state for name, each in found.items()} == {
        "Payroll": "slow", "Sales": "no_plan", "IT": "no_plan",
    }  # fmt: skip
    assert continuity.proof(found["Payroll"]) == "tried 14 Oct 2026: 60 h, allowed 48 h"
    add(company, "drill", name="Again", plan="CP-1", held_on=company.today(), measured_hours=40)
    again = continuity.readiness(company)
    assert continuity.summary(again) == "1 of 3 critical functions proved"


def test_what_if_a_provider_leaves(company: Workspace) -> None:
    found = what_if.what_if(company, "PR-1")
    assert {(each.kind, each.code): bool(each.ready) for each in found.breaks} == {
        ("function", "FN-1"): True, ("process", "PS-1"): False, ("access", "AC-1"): False,
        ("interface", "IF-1"): True, ("interface", "IF-2"): False, ("contract", "CT-1"): False,
        ("ritual", "RT-1"): False,
    }  # fmt: skip
    assert found.verdict == "7 things would break · 2 ready · 3 critical and not ready"
    assert what_if.who(company, "paie") == "PR-1"
    assert what_if.who(company, "Nobody") is None
    with pytest.raises(refusal.UnknownCode):
        what_if.what_if(company, "FN-1")


def test_nothing_written_down_breaks_nothing(workspace: Workspace) -> None:
    add(workspace, "person", name="Paul")
    assert (
        what_if.what_if(workspace, "PE-1").verdict == "Nothing that is written down would break without Paul."
    )


def test_the_timeline_tells_the_last_day_to_give_notice_and_what_comes_of_missing_it(
    company: Workspace, clock: TickingClock
) -> None:
    (line,) = contract_timeline.timeline(company).lines
    assert [(day.kind, day.on) for day in line.days] == [
        ("notice", date(2026, 12, 16)), ("renewal", date(2027, 3, 17)), ("notice", date(2027, 12, 16)),
        ("renewal", date(2028, 3, 17)),
    ]  # fmt: skip
    assert line.days[0].words == "sure until 17 Dec 2026; without notice, bound until 17 Mar 2028"
    clock.forward(days=23)
    assert contract_timeline.timeline(company).lines[0].days[0].on == date(2026, 12, 16), (
        "the day itself counts"
    )
    clock.forward(days=2)
    (late,) = contract_timeline.timeline(company).lines
    assert late.days[0].kind == "renewal"
    assert contract_timeline.standing(late, company.today()) == (
        "notice missed: bound until 17 Mar 2028, next notice to post by 16 Dec 2027"
    )


GOLDEN = {
    "K1": (date(2024, 8, 28), 12, 12, "2m", date(2026, 2, 11), date(2026, 8, 27), date(2026, 6, 26)),
    "K2": (date(2018, 9, 27), 36, 12, "3m", date(2019, 6, 7), date(2021, 9, 26), date(2021, 6, 25)),
    "K3": (date(2020, 8, 1), 36, 12, "3m", date(2023, 10, 31), date(2024, 7, 31), date(2024, 4, 29)),
    "K4": (date(2025, 8, 31), 6, 6, "1m", date(2026, 1, 15), date(2026, 2, 28), date(2026, 1, 26)),
    "K5": (date(2026, 1, 1), 12, 12, "3m", date(2026, 1, 15), date(2026, 12, 31), date(2026, 9, 29)),
    "K6": (date(2025, 12, 10), 12, 12, "0m", date(2026, 1, 15), date(2026, 12, 9), date(2026, 12, 8)),
    "K7": (date(2026, 3, 26), 12, 12, "3m", date(2026, 4, 1), date(2027, 3, 25), date(2026, 12, 24)),
    "K8": (date(2026, 1, 1), 12, 12, "90d", date(2026, 1, 15), date(2026, 12, 31), date(2026, 9, 30)),
}


@pytest.mark.parametrize("name", GOLDEN)
def test_golden_terms_stand_on_the_timeline(workspace: Workspace, clock: TickingClock, name: str) -> None:
    start, months, renewed, notice, on, last, post = GOLDEN[name]
    clock.at = clock.at.replace(year=on.year, month=on.month, day=on.day)
    company_calendar(workspace, freeze=True)
    add(workspace, "provider", name="x")
    add(workspace, "contract", name=name, provider="PR-1", starts_on=start, initial_months=months,
        renewal_months=renewed, notice=notice)  # fmt: skip
    (line,) = contract_timeline.timeline(workspace).lines
    assert line.standing is not None
    assert (line.standing.term.last_day, line.standing.post_by) == (last, post)
    until = date(on.year + 2, on.month, 1)
    shown = {(day.kind, day.on) for day in line.days}
    assert {("notice", post), ("renewal", last)} & shown == {
        pair for pair in (("notice", post), ("renewal", last)) if pair[1] < until
    }


def test_what_comes_of_no_notice_is_counted_from_the_start(workspace: Workspace, clock: TickingClock) -> None:
    """K4: the last day is 28 February, the next one 30 August, not the 27th."""
    clock.at = clock.at.replace(year=2026, month=1, day=15)
    add(workspace, "provider", name="x")
    add(workspace, "contract", name="K4", provider="PR-1", starts_on=date(2025, 8, 31), initial_months=6,
        renewal_months=6, notice="1m")  # fmt: skip
    (line,) = contract_timeline.timeline(workspace).lines
    assert line.days[0].words == "sure until 27 Jan 2026; without notice, bound until 30 Aug 2026"


def test_a_contract_binds_until_its_last_day_and_no_notice_is_asked_of_it(
    company: Workspace, clock: TickingClock
) -> None:
    edit.edit(company, "CT-1", {"ended_on": date(2026, 12, 31)})
    assert function_map.function_map(company)[0].providers == ("Paie+",)
    assert "CT-1" in [each.code for each in what_if.what_if(company, "PR-1").breaks]
    assert [alert.kind for alert in board(company).alerts.loud if alert.target == "CT-1"] == []
    clock.forward(days=40)
    assert function_map.function_map(company)[0].providers == ()
    assert "CT-1" not in [each.code for each in what_if.what_if(company, "PR-1").breaks]


def test_a_backup_whose_mission_is_over_takes_nothing_over(company: Workspace, clock: TickingClock) -> None:
    edit.edit(company, "PE-1", {"ends_on": company.today()})
    found = {each.function.name: each.state for each in continuity.readiness(company)}
    assert found["Payroll"] == "no_backup"
    assert {c.record.name: c.backup for c in function_map.function_map(company)}["Payroll"] == ""


def test_contracts_without_a_start_or_already_over_are_doubts(workspace: Workspace) -> None:
    add(workspace, "provider", name="x")
    add(workspace, "contract", name="a", provider="PR-1")
    add(workspace, "contract", name="b", provider="PR-1", starts_on=date(2020, 1, 1), renewal="none")
    add(
        workspace,
        "contract",
        name="c",
        provider="PR-1",
        starts_on=date(2020, 1, 1),
        ended_on=date(2021, 1, 1),
    )
    found = contract_timeline.timeline(workspace)
    said = {line.contract.name: contract_timeline.standing(line, workspace.today()) for line in found.lines}
    assert said == {
        "a": "start not known: no notice date can be told",
        "b": "over since 31 Dec 2020: what binds us now?",
    }


def test_certificates_and_ends_are_days_too(workspace: Workspace) -> None:
    today = workspace.today()
    add(workspace, "provider", name="x")
    add(workspace, "contract", name="a", provider="PR-1", starts_on=date(2026, 1, 1), renewal="express",
        vigilance_expiry=today + timedelta(days=9))  # fmt: skip
    add(workspace, "contract", name="b", provider="PR-1", starts_on=date(2026, 1, 1), ended_on=date(2027, 2, 1),
        end_reason="notice given")  # fmt: skip
    found = contract_timeline.timeline(workspace)
    assert [(day.contract.name, day.kind) for day in found.days] == [
        ("a", "certificate"), ("a", "term"), ("b", "term"),
    ]  # fmt: skip


def test_the_grid_says_its_faults_and_the_circuits_their_thresholds(company: Workspace) -> None:
    found = raci.grid(company)
    assert raci.fault_words(found, found.processes[0]) == ""
    assert raci.fault_words(found, found.processes[1]) == (
        "nobody accountable, two responsible, nobody coordinates"
    )
    assert (
        raci.circuit_words(found, found.circuits[0]) == "Claire · deputy Inès · up to €2,000 · no delay said"
    )
    assert found.summary == "1 of 2 processes with a fault"


def test_a_room_sees_no_word_of_a_restricted_flow(company: Workspace) -> None:
    add(company, "interface", name="Talks with the buyer", source="FN-3", target="PR-2", conf=3)
    room = company.behind(1)
    assert "buyer" not in repr(flows.flow_map(room))
    assert ("FN-3", "PR-2") not in flows.flow_map(room).by_pair
    assert ("FN-3", "PR-2") in flows.flow_map(company).by_pair
    room.conn.close()


def health_of(company: Workspace, states: dict[str, State] | None = None) -> dict[str, str]:
    cards = function_map.function_map(company, states or {})
    return {card.record.name: card.health for card in cards}


@pytest.mark.parametrize(("state", "health"), [
    (State.OPERATIONAL, "calm"), (State.DEGRADED, "watch"), (State.MAJOR_OUTAGE, "trouble"), (State.UNKNOWN, "unknown"),
])  # fmt: skip
def test_a_function_is_as_its_providers_say_and_not_heard_is_not_green(
    company: Workspace, state: State, health: str
) -> None:
    assert health_of(company, {"PR-1": state})["Payroll"] == health


def test_what_waits_for_a_provider_counts_on_the_functions_that_it_carries(company: Workspace) -> None:
    made: dict[str, Value] = {"title": "Payslips wrong", "waiting_on": ("PR-1",), "severity": "p1"}
    company.add(REGISTERS["blocker"], made)
    assert health_of(company)["Payroll"] == "trouble"
