"""Undo never sticks on what the program noted by itself, and says what is old before it takes it back."""

from __future__ import annotations

from datetime import datetime

import pytest

from cockpit.domain.registers import REGISTERS
from cockpit.services.changes import edit, undoing
from cockpit.services.desk.workspace import PROGRAM, Workspace
from cockpit.services.promises import engagements
from cockpit.services.promises.sweep import sweep
from cockpit.store import journal, proof
from cockpit.store.undo import UndoConflict
from tests.conftest import TickingClock
from tests.services.promises.promised import add, blocker, clocks_of, make, provider, running


@pytest.fixture(autouse=True)
def nine(clock: TickingClock) -> datetime:
    """Monday at nine, when offices open."""
    clock.at = clock.at.replace(hour=8, minute=0)
    return clock.at


def rows(workspace: Workspace, table: str) -> int:
    found: int = workspace.conn.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
    return found


def test_a_clock_marked_as_passed_does_not_keep_a_blocker_from_being_unmade(
    workspace: Workspace, clock: TickingClock
) -> None:
    add(workspace, "Server sla:1ho")
    clock.forward(hours=2)
    assert sweep(workspace) == 1
    workspace.undo()
    assert (rows(workspace, "blocker"), rows(workspace, "clock")) == (0, 0)
    workspace.redo()
    assert running(workspace, "B-1").state == "breached"
    workspace.undo()
    assert proof.differences(workspace.conn) == ()


def test_a_breach_that_came_of_a_change_goes_with_the_change(
    workspace: Workspace, clock: TickingClock
) -> None:
    code = add(workspace, "Server sla:20ho")
    due = blocker(workspace, code).sla_due
    edit.edit(workspace, code, {"sla": "1ho"})
    clock.forward(hours=2)
    sweep(workspace)
    workspace.undo()
    found = running(workspace, code)
    assert (found.state, found.breached_at, found.due) == ("running", None, due)
    assert blocker(workspace, code).sla_due == due
    assert sweep(workspace) == 0
    assert proof.differences(workspace.conn) == ()


def test_a_calendar_that_moved_meanwhile_is_moved_again_by_the_next_sweep(
    workspace: Workspace, clock: TickingClock
) -> None:
    _code, contract = provider(workspace)
    code = add(workspace, "x @Paie+ sla:30ho")
    engagements.pause(workspace, code, "force_majeure")
    # Somebody else's change of the contract, which the program follows.
    closing = journal.Put(
        "contract", _id(workspace, contract), {"exceptions": "2026-11-25..2026-11-26 closed"}
    )
    stamp = journal.Stamp(at="2026-11-23T08:00:00+00:00", actor="Sophie", action="contract.edit")
    journal.write(workspace.conn, stamp, [closing])
    sweep(workspace)
    workspace.undo()
    assert running(workspace, code).state == "running"
    sweep(workspace)
    fresh = add(workspace, "y @Paie+ sla:30ho")
    assert running(workspace, code).due == running(workspace, fresh).due


def _id(workspace: Workspace, code: str) -> str:
    return str(workspace.conn.execute("SELECT id FROM contract WHERE code = ?", (code,)).fetchone()["id"])


def test_reports_that_the_program_opened_go_with_their_promise(
    workspace: Workspace, clock: TickingClock
) -> None:
    code, contract = provider(workspace, "Compta+")
    make(workspace, "report", name="Monthly report", source=code, contract=contract, target="J5 18h")
    clock.forward(days=14)
    assert sweep(workspace) > 0
    workspace.undo()
    assert (rows(workspace, "report"), rows(workspace, "clock")) == (0, 0)
    assert proof.differences(workspace.conn) == ()


def test_what_somebody_else_wrote_still_stands_in_the_way(workspace: Workspace, clock: TickingClock) -> None:
    code = add(workspace, "Server sla:1ho")
    clock.forward(hours=2)
    sweep(workspace)
    (found,) = clocks_of(workspace, code)
    put = journal.Put("clock", found.id, {"state": "waived"})
    stamp = journal.Stamp(at="2026-11-23T11:00:00+00:00", actor="Sophie", action="clock.waive")
    journal.write(workspace.conn, stamp, [put])
    with pytest.raises(UndoConflict) as raised:
        workspace.undo()
    assert raised.value.by == "Sophie"
    assert rows(workspace, "blocker") == 1


def test_a_row_that_nobody_journaled_stands_in_the_way_too(workspace: Workspace) -> None:
    workspace.add(REGISTERS["blocker"], {"title": "a"})
    workspace.conn.execute("UPDATE blocker SET title = 'forged'")
    with pytest.raises(UndoConflict):
        workspace.undo()


def test_a_recent_change_is_undone_without_a_word_and_an_old_one_says_what_it_is(
    workspace: Workspace, clock: TickingClock
) -> None:
    assert undoing.old_change(workspace) == ""
    workspace.add(REGISTERS["blocker"], {"title": "VPN down"})
    clock.forward(minutes=59)
    assert undoing.old_change(workspace) == ""
    clock.forward(days=2)
    said = undoing.old_change(workspace)
    assert "B-1 added" in said
    assert "VPN down" in said
    assert "2 d" in said
    workspace.add(REGISTERS["blocker"], {"title": "new"})
    assert undoing.old_change(workspace) == ""
    workspace.undo()
    assert "B-1" in undoing.old_change(workspace)


def test_what_the_program_noted_since_is_not_what_undo_speaks_of(
    workspace: Workspace, clock: TickingClock
) -> None:
    code = add(workspace, "Server sla:1ho")
    clock.forward(hours=2)
    sweep(workspace)
    assert workspace.conn.execute("SELECT actor FROM journal ORDER BY seq DESC").fetchone()[0] == PROGRAM
    assert code in undoing.old_change(workspace)


def test_on_a_shared_screen_an_old_change_of_something_restricted_says_no_word_of_it(
    workspace: Workspace, clock: TickingClock
) -> None:
    code = workspace.add(REGISTERS["blocker"], {"title": "The merger", "since": workspace.clock(), "conf": 2})
    edit.edit(workspace, code, {"next_step": "call the bank"})
    clock.forward(hours=2)
    assert "call the bank" in undoing.old_change(workspace)
    workspace.draw_veil(1)
    said = undoing.old_change(workspace)
    workspace.lift_veil()
    assert said
    assert "bank" not in said
    assert "merger" not in said
