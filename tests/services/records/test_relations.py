"""What stands on a record's page beside its fields: what it names, what names it, the threat of a provider."""

from __future__ import annotations

import pytest

from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.provider import Provider
from cockpit.services.boards import record_page
from cockpit.services.changes import edit, soundness
from cockpit.services.desk.workspace import Workspace
from cockpit.services.providers import threats
from cockpit.services.records import find
from tests.services.organisation.mapped import add, map_company


@pytest.fixture
def company(workspace: Workspace) -> Workspace:
    map_company(workspace)
    return workspace


def lines(workspace: Workspace, code: str) -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for each in record_page.related(workspace, find.find(workspace, code)[1]):
        found.setdefault(each.group, []).append((each.label, each.code))
    return found


def test_a_function_lists_everything_that_is_written_down_about_it(company: Workspace) -> None:
    found = lines(company, "FN-1")
    assert found["Names"] == [("Owner", "PE-2")]
    assert found["Interfaces · 2"] == [("From", "IF-1"), ("To", "IF-2")]
    for group in (
        "Contracts · 1",
        "Processes and RACI · 1",
        "Risks · 1",
        "Accesses · 1",
        "Continuity plans · 1",
    ):
        assert len(found[group]) == 1


def test_a_plan_lists_its_drills_and_a_handover_its_steps_done_ones_too(company: Workspace) -> None:
    assert lines(company, "CP-1")["Drills · 1"] == [("Plan", "DR-1")]
    add(company, "handover", name="Julie leaves", giver="PE-3", due=company.today())
    add(company, "step", name="Keys", handover="HO-1", done_on=company.today().replace(day=1))
    add(company, "step", name="Files", handover="HO-1")
    progress, *_more = record_page.related(company, find.find(company, "HO-1")[1])
    assert progress.text.startswith("1/2 done")
    steps = lines(company, "HO-1")["Handover steps · 2"]
    assert [(label[0], code) for label, code in steps] == [("✓", "HS-1"), ("○", "HS-2")]


def test_a_long_list_is_cut_and_says_so(company: Workspace) -> None:
    for number in range(record_page.EACH + 2):
        add(company, "cost", name=f"Invoice {number}", function="FN-2", month=company.today())
    costs = lines(company, "FN-2")[f"Costs · {record_page.EACH + 2}"]
    assert len(costs) == record_page.EACH + 1
    assert costs[-1] == ("", "")


def test_the_threat_of_a_provider_is_worked_out_of_what_is_known(company: Workspace) -> None:
    def of() -> str:
        found = find.find(company, "PR-1")[1]
        assert isinstance(found, Provider)
        return threats.in_words(threats.threat_of(company, found))

    assert of() == "not enough data: trust · give it above"
    edit.edit(company, "PR-1", {"trust": 2})
    # dependence 2, its person is an administrator: 3, one function with a plan and no document: 2.
    assert of() == "1.5 · watch"
    edit.edit(company, "PR-1", {"stop_impact": 4, "substitutability": 3, "personal_data": True})
    assert of() == "4 · control"
    add(company, "audit", name="Payroll", function="FN-1", provider="PR-1", verdict="danger")
    assert of() == "8 · danger", "no better than its audit"
    edit.edit(company, "PR-1", {"maturity": 4})
    assert of() == "2 · control", "what is given goes before what is worked out"


def test_what_does_not_hold_together_is_told_on_the_page(company: Workspace) -> None:
    company.add(REGISTERS["person"], {"name": "Inès"})
    (doubt,) = soundness.of_record(company, *find.find(company, "PE-4"))
    assert (doubt.field, doubt.refused) == ("name", True)
    told = soundness.of_record(company, *find.find(company, "PS-2"))
    assert {each.field for each in told} == {"accountable", "coordinator"}
