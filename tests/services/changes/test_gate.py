"""A function leaves the house with a complete map, or for a reason that the journal keeps."""

from __future__ import annotations

import pytest

from cockpit.domain.records.record import Value
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.function import Function
from cockpit.services.changes import bulk, edit, outsourcing_gate
from cockpit.services.desk.workspace import Workspace
from cockpit.services.records import find, history


@pytest.fixture
def company(workspace: Workspace) -> Workspace:
    workspace.add(REGISTERS["person"], {"name": "Sophie"})
    workspace.add(REGISTERS["person"], {"name": "Marc"})
    workspace.add(REGISTERS["function"], {"name": "Payroll", "criticality": 3})
    workspace.add(REGISTERS["function"], {"name": "IT"})
    return workspace


def function(workspace: Workspace) -> Function:
    found = find.find(workspace, "FN-1")[1]
    assert isinstance(found, Function)
    return found


MAP: list[tuple[str, dict[str, Value], str]] = [
    ("interface", {"name": "Variables", "source": "FN-1", "target": "FN-2", "owner": "PE-1", "channel": "mail",
                   "cadence_days": 30}, "an interface from it or to it"),
    ("process", {"name": "Pay", "function": "FN-1", "accountable": "PE-1", "responsible": ("PE-2",)}, "a process"),
    ("document", {"name": "How to pay", "process": "PS-1"}, "a document"),
    ("continuity", {"name": "Fallback", "function": "FN-1", "backup": "PE-2"}, "a continuity plan with a backup"),
]  # fmt: skip


def test_each_entry_takes_a_line_off_what_is_missing(company: Workspace) -> None:
    lacking = list(outsourcing_gate.lacks(company, function(company)))
    assert lacking == ["an owner", *(words for _name, _values, words in MAP)]
    for name, values, words in MAP:
        company.add(REGISTERS[name], values)
        lacking.remove(words)
        assert list(outsourcing_gate.lacks(company, function(company))) == lacking
    assert edit.edit(company, "FN-1", {"mode": "external", "owner": "PE-1"}), "the owner may come with it"


@pytest.mark.parametrize("mode", ["external", "time_shared", "mixed"])
def test_without_a_reason_it_stays_and_with_one_the_journal_says_why(company: Workspace, mode: str) -> None:
    with pytest.raises(outsourcing_gate.MapIncomplete, match="an owner, an interface") as refused:
        edit.edit(company, "FN-1", {"mode": mode})
    assert set(refused.value.lacks) == {"FN-1"}
    assert function(company).mode == "internal"
    (written,) = edit.edit(company, "FN-1", {"mode": mode}, reason="the payroll clerk leaves on Friday")
    assert written.reason == "the payroll clerk leaves on Friday"
    told = history.history(company, REGISTERS["function"], function(company))
    assert "the payroll clerk leaves on Friday" in told[0].what


def test_several_at_once_pass_by_the_same_gate(company: Workspace) -> None:
    with pytest.raises(outsourcing_gate.MapIncomplete) as refused:
        bulk.edit_all(company, ["FN-1", "FN-2"], {"mode": "external"})
    assert set(refused.value.lacks) == {"FN-1", "FN-2"}
    bulk.edit_all(company, ["FN-1", "FN-2"], {"mode": "external"}, reason="a merger")
    company.undo()
    assert {each.mode for each in company.select(Function, "function")} == {"internal"}


def test_what_was_outside_already_and_what_comes_back_need_no_reason(company: Workspace) -> None:
    edit.edit(company, "FN-2", {"mode": "mixed"}, reason="as it is")
    edit.edit(company, "FN-2", {"mode": "time_shared"})
    with pytest.raises(outsourcing_gate.MapIncomplete):
        edit.edit(company, "FN-2", {"mode": "external"})
    edit.edit(company, "FN-2", {"mode": "external"}, reason="the last of it goes")
    edit.edit(company, "FN-2", {"mode": "mixed"})
    edit.edit(company, "FN-2", {"mode": "internal"})
    assert edit.add(company, REGISTERS["function"], {"name": "Legal", "mode": "external"}) == "FN-3"


def test_a_gap_of_an_interface_or_a_process_is_named_by_its_code(company: Workspace) -> None:
    company.add(REGISTERS["interface"], {"name": "Variables", "source": "FN-1", "target": "FN-2"})
    company.add(REGISTERS["process"], {"name": "Pay", "function": "FN-1"})
    said = outsourcing_gate.lacks(company, function(company))
    assert said[1:6] == (
        "an owner of IF-1", "a cadence of IF-1", "a channel of IF-1", "an A for PS-1", "an R for PS-1",
    )  # fmt: skip
