"""Decisions and actions of meetings come back until they are kept."""

from __future__ import annotations

import json

import pytest

from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.decision import Decision
from cockpit.services.alerts import day_rules
from cockpit.services.boards.board import board
from cockpit.services.desk import refusal
from cockpit.services.desk.workspace import Workspace
from cockpit.services.meetings import commitments, facilitation, live, minutes, running_order
from cockpit.services.work import capture, entry, moves
from tests.conftest import TickingClock


@pytest.fixture
def promised(workspace: Workspace) -> Workspace:
    """A flash point that decided something for tomorrow, handed out an action for Friday, and a word without a date."""
    for name in ("Claire", "Sophie"):
        workspace.add(REGISTERS["person"], {"name": name})
    capture.save(workspace, "blocker", entry.understand(workspace, "VPN p1"))
    seen = live.view(workspace, facilitation.start(workspace, running_order.prepare(workspace, "flash")))
    for kind, line in (
        ("priority", "Call the notary @Claire due:friday"),
        ("decision", "Buy a router @Sophie due:tomorrow"),
        ("decision", "Paint the wall @Sophie"),
    ):
        seen, _code = facilitation.decide(workspace, seen, kind, line)
    minutes.close(workspace, seen.code)
    return workspace


def said(workspace: Workspace) -> list[tuple[str, bool]]:
    return [(each.record.code, each.late) for each in commitments.commitments(workspace)]


def test_they_are_listed_with_who_when_and_where_late_first(promised: Workspace, clock: TickingClock) -> None:
    assert said(promised) == [("D-1", False), ("P-1", False)]
    assert commitments.late(promised) == ()
    clock.forward(days=2)
    assert said(promised) == [("D-1", True), ("P-1", False)]
    lines = [commitments.line(promised, each) for each in commitments.commitments(promised)]
    assert lines[0] == "■ D-1 Buy a router — Sophie — Tue 24 Nov — Flash point Mon 23 Nov — late"
    assert json.dumps(commitments.to_json(commitments.commitments(promised)[0]))


def test_what_is_late_is_one_alert_that_is_over_once_it_is_kept(
    promised: Workspace, clock: TickingClock
) -> None:
    clock.forward(days=7)
    (alert,) = [each for each in board(promised).alerts.loud if each.kind == "commitments"]
    assert isinstance(alert, day_rules.CommitmentsLate)
    assert (alert.count, alert.target) == (2, "commitments")
    commitments.keep(promised, ["D-1", "P-1"])
    assert said(promised) == []
    assert not [each for each in board(promised).alerts.loud if each.kind == "commitments"]
    with pytest.raises(refusal.NotPossible):
        commitments.keep(promised, ["D-1"])
    promised.undo()
    promised.undo()
    assert len(said(promised)) == 2


def test_a_decision_that_another_one_replaces_is_not_asked_for(promised: Workspace) -> None:
    promised.add(REGISTERS["decision"], {"title": "Rent one", "supersedes": "D-1"})
    assert said(promised) == [("P-1", False)]


def test_what_is_late_begins_the_next_meeting_of_another_ritual_and_is_kept_there(
    promised: Workspace, clock: TickingClock
) -> None:
    clock.forward(days=7)
    moves.done(promised, ["P-1"])
    kickoff = live.view(promised, facilitation.start(promised, running_order.prepare(promised, "kickoff")))
    assert kickoff.commitments == ("D-1",)
    kickoff = facilitation.check(promised, kickoff, "D-1")
    assert promised.select(Decision, "decision", "code = 'D-1'")[0].done_at is not None
    assert "D-1" in kickoff.commitments, "what was kept here stays in the minutes of the meeting"
    assert "(1/1 kept)" in minutes.close(promised, kickoff.code).markdown


def test_a_decision_with_a_date_comes_back_wherever_it_was_taken(
    workspace: Workspace, clock: TickingClock
) -> None:
    capture.save(workspace, "decision", entry.understand(workspace, "Keep the accountant due:tomorrow"))
    capture.save(workspace, "decision", entry.understand(workspace, "Paint the wall"))
    capture.save(workspace, "priority", entry.understand(workspace, "Call the bank due:tomorrow"))
    assert said(workspace) == [("D-1", False)]
    assert "outside a meeting" in commitments.line(workspace, commitments.commitments(workspace)[0])
    clock.forward(days=2)
    assert commitments.late(workspace) == ("D-1",)
    commitments.keep(workspace, ["D-1"])
    assert said(workspace) == []
