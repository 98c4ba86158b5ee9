"""The ladder: three levels, who is asked at each, and what ends it."""

from __future__ import annotations

import pytest

from cockpit.services.changes import bulk
from cockpit.services.desk import refusal
from cockpit.services.desk.workspace import Workspace
from cockpit.services.promises import clocks
from cockpit.services.work import escalation, moves
from cockpit.services.work.escalation import escalate
from cockpit.services.work.ladder import ladder, open_of
from cockpit.store import journal
from tests.conftest import TickingClock
from tests.services.promises.promised import add, blocker, kinds, local, make, provider, running


def test_without_a_circuit_it_climbs_from_the_owner_to_the_provider_to_the_chief(
    workspace: Workspace, clock: TickingClock
) -> None:
    provider(workspace, sla="4ho")
    code = add(workspace, "Payslips wrong @Paie+ qui:Sophie => call them")
    found = ladder(workspace, blocker(workspace, code))
    assert (found.circuit, found.people, found.steps) == ("", ("Sophie", "PR-1", "Claire"), (50, 75, 100))
    assert [found.level_at(used) for used in (0, 0.49, 0.5, 0.8, 1, 3)] == [0, 0, 1, 2, 3, 3]
    for level, whom in enumerate(found.people[:2], 1):
        (*_rest, written) = [e for e in escalate(workspace, code) if e.entity == "escalation"]
        (asked,) = open_of(workspace, code)
        assert (asked.level, asked.asked_of, asked.question) == (level, whom, "call them")
        assert written.code == asked.code
        # One business hour to answer: 08:42 is before the opening.
        assert local(workspace, asked.answer_by) == "Mon 23 Nov 10:00"
        assert blocker(workspace, code).level == level
    with pytest.raises(refusal.NotPossible, match="decide"):
        escalate(workspace, code)
    assert kinds(running(workspace, code)) == ["opened", *["escalated"] * 2]
    assert [e.data["level"] for e in clocks.events_of(running(workspace, code))[1:]] == ["1", "2"]


def test_nobody_is_told_to_ask_themselves_the_next_level_is_asked(workspace: Workspace) -> None:
    mine = add(workspace, "Payslips wrong @Paie+")
    escalate(workspace, mine)
    (asked,) = open_of(workspace, mine)
    assert (asked.level, asked.asked_of) == (2, "Paie+")
    with pytest.raises(refusal.NotPossible, match="decide"):
        escalate(workspace, add(workspace, "Mine alone"))


def test_the_circuit_of_the_function_decides_then_that_of_everything(workspace: Workspace) -> None:
    payroll = make(workspace, "function", name="Payroll")
    make(workspace, "circuit", name="rest", decider="Marc", steps="60", max_delay="2ho")
    make(
        workspace, "circuit", name="payroll", functions=(payroll,), decider="Zoe", level_1="Ana",
        level_2="Bob", level_3="Cid", steps="10,20,30,40", max_delay="J+1 12h",
    )  # fmt: skip
    own = ladder(workspace, blocker(workspace, add(workspace, "a +Payroll")))
    assert (own.people, own.steps, own.max_delay) == (("Ana", "Bob", "Cid"), (10, 20, 30), "J+1 12h")
    rest = ladder(workspace, blocker(workspace, add(workspace, "b qui:Sophie")))
    assert (rest.people, rest.steps) == (("Sophie", "Marc", "Marc"), (60,))
    code = add(workspace, "c +Payroll")
    escalate(workspace, code, "pay today?")
    (asked,) = open_of(workspace, code)
    assert (asked.question, asked.circuit, local(workspace, asked.answer_by)) == (
        "pay today?", own.circuit, "Tue 24 Nov 12:00",
    )  # fmt: skip


def test_a_step_up_ends_the_step_below_and_one_undo_takes_it_back(
    workspace: Workspace, clock: TickingClock
) -> None:
    code = add(workspace, "x sla:4ho qui:Sophie @Paie+")
    escalate(workspace, code)
    clock.forward(minutes=5)
    assert len({each.batch for each in escalate(workspace, code)}) == 1
    assert [each.level for each in open_of(workspace, code)] == [2]
    workspace.undo()
    assert [each.level for each in open_of(workspace, code)] == [1]
    assert (blocker(workspace, code).level, kinds(running(workspace, code))) == (1, ["opened", "escalated"])
    workspace.redo()
    assert blocker(workspace, code).level == 2
    assert journal.verify(workspace.conn) is None


def test_a_decision_ends_the_escalations_of_what_it_settles(workspace: Workspace) -> None:
    one, two = add(workspace, "one qui:Sophie"), add(workspace, "two qui:Sophie")
    for code in (one, two):
        escalate(workspace, code)
    decision = add(workspace, f"keep Paie+ blocks:{one}", "decision")
    assert open_of(workspace, one) == ()
    assert [each.blocker for each in open_of(workspace, two)] == [two]
    row = workspace.conn.execute("SELECT decision, ended_at FROM escalation WHERE blocker = ?", (one,))
    assert tuple(row.fetchone()) == (decision, "2026-11-23T07:42:00+00:00")
    workspace.undo()
    assert len(open_of(workspace, one)) == 1


@pytest.mark.parametrize("end", ["done", "archive"])
def test_the_end_of_a_blocker_ends_its_escalations(workspace: Workspace, end: str) -> None:
    code = add(workspace, "one qui:Sophie")
    escalate(workspace, code)
    moves.done(workspace, [code]) if end == "done" else bulk.archive_all(workspace, [code])
    assert open_of(workspace, code) == ()
    if end == "done":
        with pytest.raises(refusal.NotPossible):
            escalate(workspace, code)


def test_only_a_blocker_is_escalated(workspace: Workspace) -> None:
    with pytest.raises(refusal.NotPossible):
        escalate(workspace, add(workspace, "goal", "priority"))
    with pytest.raises(refusal.UnknownCode):
        escalate(workspace, "B-99")


def test_steps_and_delays_written_by_other_hands_do_not_stop_it(workspace: Workspace) -> None:
    make(workspace, "circuit", name="x", steps="²,x,,80", max_delay="soon")
    code = add(workspace, "one qui:Sophie")
    assert ladder(workspace, blocker(workspace, code)).steps == (80,)
    escalate(workspace, code)
    (asked,) = open_of(workspace, code)
    assert asked.answer_by is None


def test_what_is_asked_holds_no_escape_sequence(workspace: Workspace) -> None:
    code = add(workspace, "one qui:Sophie")
    escalation.escalate(workspace, code, "why \x1b]0;pwn\x07\x1b[31mnot?")
    assert open_of(workspace, code)[0].question == "why not?"
