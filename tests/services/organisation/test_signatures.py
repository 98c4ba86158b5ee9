"""The chief executive's yearly signature on key processes: who may, how long it holds, what ends it."""

from __future__ import annotations

import pytest

from cockpit.domain.dataclasses import replace
from cockpit.domain.organisation import signature as rules
from cockpit.domain.records.record import Value
from cockpit.domain.registers import REGISTERS
from cockpit.services.alerts.document_rules import of_signatures
from cockpit.services.boards.record_page import related
from cockpit.services.desk.refusal import NotPossible
from cockpit.services.desk.workspace import Workspace
from cockpit.services.organisation import signatures
from cockpit.services.records.find import find
from cockpit.store.records import instant
from tests.conftest import TickingClock


@pytest.fixture
def payroll(workspace: Workspace) -> str:
    """A process of core value."""
    workspace.add(REGISTERS["person"], {"name": "Claire"})
    function = workspace.add(REGISTERS["function"], {"name": "Payroll"})
    return _process(workspace, name="Pay the salaries", function=function, core_value=True)


def _process(workspace: Workspace, **values: Value) -> str:
    return workspace.add(REGISTERS["process"], values)


def _states(workspace: Workspace) -> list[str]:
    return [each.state for each in signatures.signatures(workspace)]


def _alerts(workspace: Workspace) -> list[str]:
    return [each.text() for each in of_signatures(workspace, workspace.today(), instant(workspace.clock()))]


def test_only_key_processes_ask_for_a_signature(workspace: Workspace, payroll: str) -> None:
    _process(workspace, name="Order paper", function="FN-1", criticality=2)
    _process(workspace, name="Close the month", function="FN-1", criticality=3)
    assert {each.process.name for each in signatures.signatures(workspace)} == {
        "Pay the salaries", "Close the month",
    }  # fmt: skip
    assert _states(workspace) == [rules.NEVER, rules.NEVER]
    assert _alerts(workspace) == [
        "Sign Close the month: nobody vouched for it yet", "Sign Pay the salaries: nobody vouched for it yet",
    ]  # fmt: skip


def test_a_signature_is_journaled_shown_and_undone(workspace: Workspace, payroll: str) -> None:
    (entry,) = signatures.sign(workspace, [payroll])
    assert (entry.action, entry.actor) == ("process.sign", "Claire")
    assert _states(workspace) == [rules.SIGNED]
    said = [each.text for each in related(workspace, find(workspace, payroll)[1])]
    assert "signed by Claire on 23 Nov 2026, until 23 Nov 2027" in said
    assert _alerts(workspace) == []
    workspace.undo()
    assert _states(workspace) == [rules.NEVER]


def test_it_is_due_before_a_year_is_over_and_late_after(
    workspace: Workspace, payroll: str, clock: TickingClock
) -> None:
    signatures.sign(workspace, [payroll])
    clock.forward(days=340)
    assert _alerts(workspace) == ["Sign Pay the salaries again within 25 days"]
    clock.forward(days=30)
    assert _states(workspace) == [rules.LATE]
    assert _alerts(workspace) == ["Signature of Pay the salaries: older than a year, by 5 days"]
    signatures.sign(workspace, [payroll])
    assert _states(workspace) == [rules.SIGNED]


def test_what_was_changed_since_is_said(workspace: Workspace, payroll: str, clock: TickingClock) -> None:
    signatures.sign(workspace, [payroll])
    clock.forward(hours=1)
    register, found = find(workspace, payroll)
    workspace.change(register, found, {"steps": "Another way"})
    assert _states(workspace) == [rules.CHANGED]


def test_nobody_but_the_chief_executive_signs(workspace: Workspace, payroll: str) -> None:
    company = replace(workspace.settings.company, chief="Paul")
    workspace.settings = replace(workspace.settings, company=company)
    with pytest.raises(NotPossible, match="only Paul signs"):
        signatures.sign(workspace, [payroll])
    assert _states(workspace) == [rules.NEVER]


def test_what_is_no_process_is_not_signed_and_then_nothing_is(workspace: Workspace, payroll: str) -> None:
    with pytest.raises(NotPossible, match="only a process"):
        signatures.sign(workspace, [payroll, "FN-1"])
    assert _states(workspace) == [rules.NEVER]
