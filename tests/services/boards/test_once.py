"""Each problem is told once on the cockpit, and the pulse says the worst of them in one line."""

from __future__ import annotations

from cockpit.domain.registers import REGISTERS
from cockpit.services.boards import once, pulse
from cockpit.services.boards.board import board
from cockpit.services.desk.workspace import Workspace
from cockpit.services.work import capture, entry
from tests.conftest import TickingClock


def block(workspace: Workspace, line: str) -> None:
    capture.save(workspace, "blocker", entry.understand(workspace, line))


def test_a_clock_stands_on_its_blocker_and_its_alert_is_counted_there(
    workspace: Workspace, clock: TickingClock
) -> None:
    block(workspace, "Payslips: gaps owner:Claire sla:1ho")
    clock.forward(hours=3)
    shown = board(workspace)
    row = once.blocker(shown, shown.work.blockers[0].record)
    assert row.gauge is not None
    assert "late" in row.printed
    told, others = once.told_and_not(shown)
    assert {part.kind for each in told for part in each.parts} >= {"sla_breached"}
    assert not set(told) & set(others)
    assert {each.key for each in (*told, *others)} == {each.key for each in shown.alerts.loud}


def test_an_alert_about_what_no_row_shows_is_told_by_itself(workspace: Workspace) -> None:
    shown = board(workspace)
    told, others = once.told_and_not(shown)
    assert told == []
    assert others == list(shown.alerts.loud)


def test_the_pulse_says_the_worst_first_and_nothing_where_all_is_well(
    workspace: Workspace, clock: TickingClock
) -> None:
    assert pulse.printed(board(workspace)) == ""
    block(workspace, "Inverter owner:Claire sla:4ho")
    block(workspace, "Payslips owner:Claire sla:1ho")
    clock.forward(hours=3)
    assert pulse.printed(board(workspace)).startswith("■ Payslips late")


def test_what_a_row_of_one_line_does_not_say_stays_an_alert_of_its_own(
    workspace: Workspace, clock: TickingClock
) -> None:
    block(workspace, "Printer p1 owner:Claire")
    (found,) = board(workspace).work.blockers
    workspace.change(REGISTERS["blocker"], found.record, {"owner": ""})
    clock.forward(days=2)
    _told, others = once.told_and_not(board(workspace))
    assert "no_owner" in {part.kind for each in others for part in each.parts}
