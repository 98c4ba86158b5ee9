"""The phase of the company is said, said again, taken back, and known to the chief executive alone."""

from __future__ import annotations

from datetime import date

import pytest

from cockpit.domain.records.confidentiality import EVERYTHING
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.phase import GROWTH, SALE, STEADY, Phase
from cockpit.services.desk.refusal import NotPossible
from cockpit.services.desk.workspace import Workspace
from cockpit.services.organisation import phase
from cockpit.services.records import finding, history


def test_nothing_is_said_at_first(workspace: Workspace) -> None:
    assert phase.current(workspace) is None


def test_the_last_one_holds_and_undo_brings_the_one_before_it_back(workspace: Workspace) -> None:
    phase.begin(workspace, STEADY, since=date(2026, 1, 5))
    phase.begin(workspace, SALE)
    assert phase.is_sale(workspace)
    workspace.undo()
    now = phase.current(workspace)
    assert now is not None
    assert now.phase == STEADY


def test_said_again_with_a_day_it_is_the_same_phase_that_leads_to_it(workspace: Workspace) -> None:
    code = phase.begin(workspace, SALE)
    assert phase.begin(workspace, SALE, target=date(2027, 6, 30)) == code
    now = phase.current(workspace)
    assert now is not None
    assert now.target_on == date(2027, 6, 30)
    with pytest.raises(NotPossible):
        phase.begin(workspace, SALE)


@pytest.mark.parametrize("level", range(EVERYTHING))
def test_below_the_level_of_the_chief_executive_there_is_none(workspace: Workspace, level: int) -> None:
    workspace.add(REGISTERS["blocker"], {"title": "Paie en retard"})
    phase.begin(workspace, GROWTH, note="le rachat de Brunet")
    below = workspace.behind(level)
    assert phase.current(below) is None
    assert below.select(Phase, "phase") == ()
    assert not below.holds_back("phase")
    assert finding.find(below, "Brunet") == []
    assert finding.find(below, "PH-1") == []
    assert {line.code for line in history.recent(below)} == {"B-1"}


def test_nobody_can_make_it_less_confidential(workspace: Workspace) -> None:
    code = phase.begin(workspace, GROWTH)
    found = phase.current(workspace)
    assert found is not None
    workspace.change(REGISTERS["phase"], found, {"conf": 0})
    assert phase.current(workspace.behind(2)) is None, code
