"""What one key does to a record, and that undo takes each back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.blocker import Blocker
from cockpit.domain.registers.priority import Priority
from cockpit.services.boards.board import board
from cockpit.services.boards.listing import records_of
from cockpit.services.changes import bulk, edit
from cockpit.services.desk import refusal
from cockpit.services.desk.workspace import Workspace
from cockpit.services.records import find
from cockpit.services.work import capture, entry, escalation, moves
from cockpit.services.work.open_work import open_work
from cockpit.store import journal
from tests.conftest import TickingClock


def add(workspace: Workspace, line: str, kind: str = "blocker") -> str:
    return capture.save(workspace, kind, entry.understand(workspace, line))


def blocker(workspace: Workspace, code: str) -> Blocker:
    found = find.find(workspace, code)[1]
    assert isinstance(found, Blocker)
    return found


def priority(workspace: Workspace, code: str) -> Priority:
    found = find.find(workspace, code)[1]
    assert isinstance(found, Priority)
    return found


DEEDS: dict[str, Callable[[Workspace, str], Any]] = {
    "done": lambda w, c: moves.done(w, [c]),
    "snooze": lambda w, c: moves.snooze(w, c, w.clock() + timedelta(days=1)),
    "delegate": lambda w, c: moves.delegate(w, c, "Sophie", w.clock() + timedelta(days=2)),
    "wait": lambda w, c: moves.wait_for(w, c, ("Paie+",)),
    "next": lambda w, c: moves.next_step(w, c, "call at noon"),
    "escalate": escalation.escalate,
    "edit": lambda w, c: edit.edit(w, c, {"title": "other", "severity": "p1"}),
    "archive": lambda workspace, code: bulk.archive_all(workspace, [code]),
}


@pytest.mark.parametrize("deed", DEEDS)
def test_every_deed_is_one_entry_and_is_undone_whole(
    workspace: Workspace, clock: TickingClock, deed: str
) -> None:
    code = add(workspace, "VPN down @InfoSud p2")
    before = blocker(workspace, code)
    clock.forward(minutes=5)
    assert len({entry.batch for entry in DEEDS[deed](workspace, code)}) == 1
    after = blocker(workspace, code)
    assert after != before
    workspace.undo()
    restored = blocker(workspace, code)
    for field in REGISTERS["blocker"].fields:
        assert getattr(restored, field.name) == getattr(before, field.name), field.name
    workspace.redo()
    assert journal.verify(workspace.conn) is None


def test_a_snoozed_blocker_comes_back_at_its_old_rank(workspace: Workspace, clock: TickingClock) -> None:
    codes = [
        add(workspace, f"{title} {severity}") for title, severity in (("a", "p1"), ("b", "p2"), ("c", "p3"))
    ]
    ranks = [row.record.code for row in board(workspace).work.blockers]
    assert ranks == codes
    moves.snooze(workspace, codes[1], clock() + timedelta(hours=20))
    assert [row.record.code for row in board(workspace).work.blockers] == [codes[0], codes[2]]
    clock.forward(hours=21)
    assert [row.record.code for row in board(workspace).work.blockers] == codes


def test_three_priorities_of_the_day_and_no_fourth(workspace: Workspace) -> None:
    codes = [add(workspace, f"goal {n}", "priority") for n in range(4)]
    for code in codes[:3]:
        moves.pick(workspace, code)
    with pytest.raises(refusal.NotPossible):
        moves.pick(workspace, codes[3])
    moves.pick(workspace, codes[0])
    moves.pick(workspace, codes[3])
    assert [row.record.code for row in board(workspace).work.priorities if row.top] == [
        codes[3],
        codes[1],
        codes[2],
    ]


def test_a_priority_picked_again_on_a_later_day_counts_as_carried_over(
    workspace: Workspace, clock: TickingClock
) -> None:
    code = add(workspace, "sign the amendment", "priority")
    moves.pick(workspace, code)
    for _day in range(2):
        clock.forward(days=1)
        moves.pick(workspace, code)
    assert priority(workspace, code).carried == 2


def test_a_delegated_priority_leaves_and_comes_back_on_its_reminder(
    workspace: Workspace, clock: TickingClock
) -> None:
    code = add(workspace, "call the bank", "priority")
    moves.delegate(workspace, code, "Sophie", clock() + timedelta(days=2))
    assert board(workspace).work.priorities == ()
    clock.forward(days=3)
    assert [row.record.code for row in board(workspace).work.priorities] == [code]


def test_a_decision_is_never_edited(workspace: Workspace) -> None:
    code = add(workspace, "keep Paie+ one more year", "decision")
    with pytest.raises(refusal.NotPossible):
        edit.edit(workspace, code, {"title": "other"})
    with pytest.raises(refusal.NotPossible):
        moves.done(workspace, [code])


def test_an_unknown_code_is_said(workspace: Workspace) -> None:
    with pytest.raises(refusal.UnknownCode):
        moves.done(workspace, ["B-404"])


def test_waiting_on_a_provider_starts_the_clock_of_its_contract(workspace: Workspace) -> None:
    provider = workspace.add(REGISTERS["provider"], {"name": "Paie+"})
    workspace.add(
        REGISTERS["contract"],
        {"name": "Payroll", "provider": provider, "hours": "mon-fri 09:00-12:00 14:00-18:00", "sla": "4ho"},
    )
    code = add(workspace, "Payslips wrong @Paie+")
    found = blocker(workspace, code)
    assert found.waiting_on == (provider,)
    # 08:42 is before the opening: four business hours from 09:00 end at 15:00.
    assert found.sla_due is not None
    assert found.sla_due.astimezone(workspace.zone).strftime("%a %H:%M") == "Mon 15:00"
    assert found.sla_target_s == 4 * 3600
    moves.wait_for(workspace, code, ())
    assert blocker(workspace, code).sla_due is None


def test_public_holidays_are_frozen_once_and_count_as_closed(
    workspace: Workspace, clock: TickingClock
) -> None:
    clock.at = clock.at.replace(month=12, day=24, hour=16, minute=0)
    code = add(workspace, "Backup fails sla:2ho")
    due = blocker(workspace, code).sla_due
    assert due is not None
    # Thursday 24 December 17:00 in Paris, one hour left that day; Friday is Christmas, then the week-end.
    assert due.astimezone(workspace.zone).strftime("%a %d %H:%M") == "Mon 28 10:00"
    assert workspace.conn.execute("SELECT count(*) FROM holiday WHERE day = '2026-12-25'").fetchone()[0] == 1


def test_a_target_in_business_days_is_due_at_its_hour(workspace: Workspace) -> None:
    due = blocker(workspace, add(workspace, "Certificate sla:J+1 12h")).sla_due
    assert due is not None
    assert due.astimezone(workspace.zone).strftime("%a %H:%M") == "Tue 12:00"


def test_what_waits_for_the_chief_executive_is_hotter_by_name_or_by_code(workspace: Workspace) -> None:
    workspace.add(REGISTERS["person"], {"name": "Claire"})
    plain, waiting = add(workspace, "one"), add(workspace, "two @Claire")
    rows = {row.record.code: row for row in board(workspace).work.blockers}
    assert rows[waiting].record.waiting_on == ("PE-1",)
    assert rows[waiting].heat.total == pytest.approx(rows[plain].heat.total + 2)


def test_of_two_as_hot_the_one_that_holds_longer_is_first_in_every_list(
    workspace: Workspace, clock: TickingClock
) -> None:
    older, younger = add(workspace, "older"), add(workspace, "younger due:21/12/2026")
    edit.edit(workspace, older, {"since": clock.at - timedelta(days=40)})
    edit.edit(workspace, younger, {"since": clock.at - timedelta(days=30)})
    shown = board(workspace).work.blockers
    assert len({row.heat.total for row in shown}) == 1, "both are as hot"
    listed = [each.code for each in records_of(workspace, "blocker", everything=False)]
    assert [row.record.code for row in shown] == listed == [older, younger]


def test_an_answer_between_a_closing_and_the_next_opening_keeps_the_deadline(
    workspace: Workspace, clock: TickingClock
) -> None:
    clock.at = clock.at.replace(hour=13, minute=0)
    code = add(workspace, "Server sla:4ho")
    assert blocker(workspace, code).sla_due == clock().replace(hour=17)
    clock.forward(hours=6)
    moves.done(workspace, [code])
    found = board(workspace).promises.kept
    assert (found.kept, found.count) == (1, 1)


def test_a_status_that_ends_a_record_closes_it_and_another_opens_it_again(workspace: Workspace) -> None:
    code = add(workspace, "VPN down")
    edit.edit(workspace, code, {"status": "solved"})
    assert blocker(workspace, code).closed_at is not None
    assert board(workspace).work.blockers == ()
    with pytest.raises(refusal.NotPossible):
        moves.wait_for(workspace, code, ("Paie+",))
    edit.edit(workspace, code, {"status": "open"})
    assert blocker(workspace, code).closed_at is None


def test_several_are_done_together_or_not_at_all(workspace: Workspace) -> None:
    codes = [add(workspace, title) for title in ("one", "two")]
    with pytest.raises(refusal.UnknownCode):
        moves.done(workspace, [*codes, "B-99"])
    assert len(board(workspace).work.blockers) == 2
    moves.done(workspace, codes)
    workspace.undo()
    assert len(board(workspace).work.blockers) == 2


def test_the_shell_cannot_store_escape_sequences(workspace: Workspace) -> None:
    code = add(workspace, "VPN down")
    moves.next_step(workspace, code, "call \x1b]0;pwn\x07\x1b[31mnow")
    assert blocker(workspace, code).next_step == "call now"


def test_names_shared_by_two_registers_are_looked_up_where_the_field_refers(workspace: Workspace) -> None:
    provider = workspace.add(REGISTERS["provider"], {"name": "Sopra"})
    workspace.add(REGISTERS["contract"], {"name": "Sopra", "provider": provider, "sla": "4ho"})
    function = workspace.add(REGISTERS["function"], {"name": "Paie"})
    workspace.add(REGISTERS["contract"], {"name": "Paie", "provider": provider})
    found = blocker(workspace, add(workspace, "late @Sopra +Paie"))
    assert (found.waiting_on, found.function) == ((provider,), function)
    assert found.sla_due is not None


def test_words_that_a_record_has_no_field_for_go_to_its_note(workspace: Workspace) -> None:
    add(workspace, "keep Paie+ p1 puis:call them // cheaper", "decision")
    note = workspace.conn.execute("SELECT note FROM decision").fetchone()["note"]
    assert note == "cheaper // p1 // puis:call them"


def test_a_wrong_row_does_not_close_the_cockpit(workspace: Workspace) -> None:
    provider = workspace.add(REGISTERS["provider"], {"name": "Paie+"})
    workspace.add(
        REGISTERS["contract"],
        {
            "name": "x",
            "provider": provider,
            "timezone": "Paris",
            "holidays": "ZZ",
            "hours": "?",
            "sla": "4ho",
        },
    )
    add(workspace, "late @Paie+")
    assert len(board(workspace).promises.slas) == 1


@pytest.mark.parametrize("kind", ["blocker", "priority"])
def test_what_is_snoozed_until_now_is_back_and_counts_as_snoozed_no_more(
    workspace: Workspace, kind: str
) -> None:
    workspace.add(REGISTERS[kind], {"title": "back", "snoozed_until": workspace.now()})
    workspace.add(REGISTERS[kind], {"title": "away", "snoozed_until": workspace.now() + timedelta(seconds=1)})
    found = open_work(workspace)
    assert (found.blockers_snoozed, found.priorities_snoozed) == ((1, 0) if kind == "blocker" else (0, 1))
    rows = found.blockers if kind == "blocker" else found.priorities
    assert [row.record.title for row in rows] == ["back"]
