"""Live meetings in the bad luck of every day: sleep, two facilitators, kill -9, a full or missing folder."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from cockpit.domain.records.record import Value
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.decision import Decision
from cockpit.domain.registers.occurrence import Occurrence
from cockpit.domain.registers.person import Person
from cockpit.domain.registers.priority import Priority
from cockpit.domain.registers.ritual import Ritual
from cockpit.domain.settings import Channel, RitualSettings
from cockpit.services.boards.board import board
from cockpit.services.changes import edit
from cockpit.services.desk import forms
from cockpit.services.desk.workspace import Workspace
from cockpit.services.meetings import facilitation, minutes, running_order
from cockpit.services.meetings import live as live_meeting
from cockpit.services.meetings.live import Live
from cockpit.services.meetings.timekeeper import Timekeeper
from cockpit.services.messages import outbox
from cockpit.services.work import capture, entry, moves
from cockpit.store import journal
from cockpit.store.outside import outbox as parcels
from cockpit.store.state import live
from cockpit.store.undo import HasBegun
from tests.conftest import TickingClock
from tests.places import ROOT


@pytest.fixture
def company(workspace: Workspace, clock: TickingClock) -> Workspace:
    """Two people and two blockers."""
    for name in ("Sophie", "Marc"):
        workspace.add(REGISTERS["person"], {"name": name})
    for line in ("VPN down p1 @Sophie", "Lease p3 @Marc"):
        clock.forward(seconds=1)
        capture.save(workspace, "blocker", entry.understand(workspace, line))
    return workspace


def begun(workspace: Workspace, kind: str = "flash") -> Live:
    return live_meeting.view(workspace, facilitation.start(workspace, running_order.prepare(workspace, kind)))


def on_first_subject(workspace: Workspace) -> Live:
    seen = begun(workspace)
    return facilitation.go(workspace, facilitation.go(workspace, seen, 1), 1)


def codes(workspace: Workspace) -> list[str]:
    return [step.code for step in running_order.prepare(workspace, "flash").subjects]


def test_the_first_flash_point_makes_its_ritual_once_and_looking_makes_none(company: Workspace) -> None:
    before = journal.head(company.conn)
    running_order.prepare(company, "flash")
    running_order.prepare(company, "flash")
    assert journal.head(company.conn) == before
    begun(company)
    running_order.prepare(company, "flash")
    (ritual,) = company.select(Ritual, "ritual")
    assert (ritual.kind, ritual.rule, ritual.minutes) == ("flash", "mon-fri 11:45", 15)


def test_a_subject_whose_people_are_away_that_day_waits(company: Workspace) -> None:
    assert codes(company) == ["B-1", "B-2"]
    (marc,) = company.select(Person,
                             "person", "name = 'Marc'")  # fmt: skip
    company.change(REGISTERS["person"], marc, {"presence": "tue,thu 09:00-12:30"})
    assert codes(company) == ["B-1"]


def test_a_sleep_and_a_clock_that_is_set_are_not_counted(company: Workspace, clock: TickingClock) -> None:
    seen, steady = begun(company), [0.0]
    pulse = Timekeeper(company, seen.code, lambda: steady[0])

    def passes(wall: float, real: float) -> float:
        clock.forward(seconds=wall)
        steady[0] += real
        pulse.tick()
        return live_meeting.now_of(company, live_meeting.view(company, seen.code)).elapsed_s

    assert passes(30, 30) == 30
    assert passes(1_800, 1) == 31
    assert passes(1_800, 1_800) == 31
    assert passes(-3_600, 10) == 41
    assert passes(5, 5) == 46


def test_a_crash_is_taken_up_where_it_was_last_seen(company: Workspace, clock: TickingClock) -> None:
    seen = begun(company)
    Timekeeper(company, seen.code, lambda: clock().timestamp())
    clock.forward(seconds=100)
    Timekeeper(company, seen.code, lambda: clock().timestamp())
    assert live_meeting.now_of(company, live_meeting.view(company, seen.code)).elapsed_s == 100
    clock.forward(hours=2)
    Timekeeper(company, seen.code, lambda: clock().timestamp())
    assert live_meeting.now_of(company, live_meeting.view(company, seen.code)).elapsed_s == 100


def test_killed_in_the_middle_nothing_that_was_pressed_is_lost(
    company: Workspace, clock: TickingClock
) -> None:
    code = begun(company).code
    script = (
        "import os, signal, sys\n"
        "from pathlib import Path\n"
        "from cockpit.domain.settings import Settings\n"
        "from cockpit.services.meetings import facilitation as f, live as live_meeting\n"
        "from cockpit.services.desk.workspace import Workspace\n"
        "w = Workspace.open(Path(sys.argv[1]), Settings(me='Claire'))\n"
        "s = f.go(w, f.go(w, live_meeting.view(w, sys.argv[2]), 1), 1)\n"
        "s, _ = f.decide(w, s, 'decision', 'Buy a router')\n"
        "w.conn.execute('BEGIN IMMEDIATE')\n"
        "live_meeting.append(w, s.code, s.meeting.seq + 1, 'solved', {})\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    root = ROOT
    said = subprocess.run(
        [sys.executable, "-c", script, str(company.path), code],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
    )
    assert said.returncode == -signal.SIGKILL
    found = live_meeting.view(company, code).meeting
    assert (found.position, len(found.decisions), found.outcomes) == (2, 1, {})
    assert company.select(Decision, "decision")[0].title == "Buy a router"


def test_two_who_start_the_same_flash_point_are_in_one_meeting(company: Workspace) -> None:
    before = running_order.prepare(company, "flash")
    with company.beside() as other:
        theirs = running_order.prepare(other, "flash")
        first, second = facilitation.start(company, before), facilitation.start(other, theirs)
        assert first == second
        assert len(company.select(Occurrence, "occurrence")) == 1
        mine, other_view = live_meeting.view(company, first), live_meeting.view(other, first)
        facilitation.go(company, mine, 1)
        with pytest.raises(live.MeetingOvertaken):
            facilitation.go(other, other_view, 1)
        assert live_meeting.view(other, first).meeting.position == 1


def test_what_is_typed_while_somebody_else_writes_makes_no_record_twice(company: Workspace) -> None:
    seen = on_first_subject(company)
    facilitation.park(company, seen, "later")
    with pytest.raises(live.MeetingOvertaken):
        facilitation.decide(company, seen, "decision", "Buy a router")
    assert company.select(Decision, "decision") == ()


def test_a_decision_names_its_meeting_its_subject_and_stays_red_until_it_says_who_and_when(
    company: Workspace,
) -> None:
    seen, code = facilitation.decide(company, on_first_subject(company), "decision", "Buy a router")
    (made,) = company.select(Decision, "decision")
    assert (made.origin, made.blocks, made.owner, made.due) == (seen.code, ("B-1",), "", None)
    assert not minutes.resolves(company, seen, [code])[0].complete
    seen = facilitation.complete(company, seen, code, "Sophie due:thursday")
    assert minutes.resolves(company, seen, [code])[0].complete
    assert company.select(Decision, "decision")[0].owner == "PE-1"


def test_one_undo_takes_back_the_first_flash_point_and_one_redo_brings_it_again(company: Workspace) -> None:
    seen = begun(company)
    company.undo()
    assert not company.select(Ritual, "ritual")
    assert not company.select(Occurrence, "occurrence")
    assert len(company.select(Person, "person")) == 2, "what was done before stands"
    company.redo()
    assert live_meeting.view(company, seen.code).meeting.running


def test_nobody_is_asked_about_meetings_from_before_the_first_one(
    company: Workspace, clock: TickingClock
) -> None:
    clock.forward(days=2)
    begun(company)
    found = board(company).meetings.planned
    assert [each.planned.isoweekday() for each in found] == [3, 4, 5]


def test_what_was_taken_back_in_the_first_meeting_keeps_nobody_from_taking_it_back_too(
    company: Workspace,
) -> None:
    before = running_order.prepare(company, "flash")
    minutes.share_agenda(company, before, ())
    company.undo()
    company.undo()
    assert not company.select(Ritual, "ritual")
    assert not company.select(Occurrence, "occurrence")


def test_what_was_decided_and_taken_back_is_not_said_to_be_decided(company: Workspace) -> None:
    seen, _code = facilitation.decide(company, on_first_subject(company), "decision", "Buy a router")
    at, code = seen.meeting.position, seen.meeting.step.code
    assert (seen.meeting.outcome(at), code in seen.meeting.leftovers) == ("decided", False)
    company.undo()
    seen = live_meeting.view(company, seen.code)
    assert (seen.meeting.outcome(at), code in seen.meeting.leftovers) == ("", True)
    said = {topic.code: topic.outcome for topic in minutes.build(company, seen).topics}
    assert said[code] == ""
    company.redo()
    assert live_meeting.view(company, seen.code).meeting.outcome(at) == "decided"


def test_no_undo_takes_away_a_meeting_in_which_something_happened(company: Workspace) -> None:
    seen = begun(company)
    seen = facilitation.go(company, seen, 1)
    with pytest.raises(HasBegun):
        company.undo()
    assert company.select(Occurrence, "occurrence"), "what happened in it would be lost, whichever door asks"
    seen, _code = facilitation.decide(company, facilitation.go(company, seen, 1), "decision", "Buy a router")
    assert [each.code for each in company.undo()] == ["D-1"], "what was decided in it goes first"
    assert company.select(Occurrence, "occurrence")


def test_minutes_tell_the_hour_that_was_said_and_none_for_the_end_of_the_day(company: Workspace) -> None:
    seen, _code = facilitation.decide(
        company, on_first_subject(company), "priority", "Call qui:Sophie due:tue 14h"
    )
    facilitation.decide(company, seen, "priority", "Pay qui:Marc due:thursday")
    found = minutes.close(company, seen.code).markdown
    assert "Call — Sophie — Tue 24 Nov 14:00" in found
    assert "Pay — Marc — Thu 26 Nov\n" in found


def test_a_decision_that_is_taken_back_is_not_in_the_minutes(company: Workspace) -> None:
    seen, _code = facilitation.decide(company, on_first_subject(company), "decision", "Buy a router")
    company.undo()
    assert "router" not in minutes.close(company, seen.code).markdown


def test_a_decision_above_what_one_decides_alone_says_so_in_the_minutes(company: Workspace) -> None:
    me = company.add(REGISTERS["person"], {"name": company.settings.me})
    post: dict[str, Value] = {"name": "Assistant", "holder": me, "decides_up_to": 50_000}
    company.add(REGISTERS["scope"], post)
    seen = on_first_subject(company)
    for line in ("Buy a router for 900 € qui:Sophie", "Buy a cable for 9 € qui:Sophie"):
        seen, _code = facilitation.decide(company, seen, "decision", line)
    told = minutes.close(company, seen.code).markdown.splitlines()
    (router,) = (line for line in told if "router" in line)
    (cable,) = (line for line in told if "cable" in line)
    assert "alone (€500)" in router
    assert "alone" not in cable


def test_a_subject_that_was_solved_meanwhile_is_solved_for_the_meeting_too(company: Workspace) -> None:
    seen = on_first_subject(company)
    with company.beside() as other:
        moves.done(other, ["B-1"])
    seen = facilitation.solve(company, seen)
    assert seen.meeting.outcomes == {2: "solved"}


def test_a_participant_whom_nobody_knows_is_in_the_minutes(company: Workspace) -> None:
    seen = facilitation.attend(company, begun(company), "Inès from <b>InfoSud</b>")
    filed = minutes.close(company, seen.code)
    assert "Present: Claire, Inès from" in filed.markdown
    assert "&lt;b&gt;" in Path(filed.path).with_suffix(".html").read_text(encoding="utf-8")


def test_the_votes_leave_sums_and_no_trace_of_each(company: Workspace) -> None:
    seen = begun(company)
    for mark in (5, 2):
        seen = facilitation.vote(company, seen, (mark, 3, 4))
    minutes.close(company, seen.code)
    assert all(event.kind != "roti" for event in live.read(company.conn, seen.code))
    (held,) = company.select(Occurrence, "occurrence")
    assert json.loads(held.roti) == {"roti": [7, 2], "inward": [6, 2], "outward": [8, 2]}
    assert live_meeting.view(company, seen.code).meeting.tally.roti == (7, 2)


def test_closing_twice_changes_nothing_and_can_be_taken_back(company: Workspace, clock: TickingClock) -> None:
    seen = on_first_subject(company)
    first = minutes.close(company, seen.code)
    entries = journal.head(company.conn)
    assert minutes.close(company, seen.code) == replace(first, fault="")
    assert journal.head(company.conn) == entries
    company.undo()
    clock.forward(hours=1)
    again = live_meeting.view(company, seen.code)
    assert again.meeting.running
    assert live_meeting.now_of(company, again).elapsed_s == 0
    minutes.close(company, seen.code)
    assert company.select(Occurrence, "occurrence")[0].status == "held"


def test_a_folder_that_is_none_keeps_the_minutes_until_it_is_mended(
    company: Workspace, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("no folder")
    company.settings = replace(
        company.settings, rituals=RitualSettings(folder=str(tmp_path / "file" / "minutes"))
    )
    seen = begun(company)
    filed = minutes.close(company, seen.code)
    assert (filed.path, "--write" in filed.fault) == ("", True)
    assert minutes.stored(company, seen.code).markdown == filed.markdown
    company.settings = replace(company.settings, rituals=RitualSettings(folder=str(tmp_path / "good")))
    mended = minutes.file_again(company, seen.code)
    assert Path(mended.path).read_text(encoding="utf-8") == filed.markdown
    assert sorted(p.suffix for p in (tmp_path / "good").iterdir()) == [".html", ".md"]


def test_nothing_leaves_before_a_preview_and_restricted_subjects_never(company: Workspace) -> None:
    edit.edit(company, "B-1", {"conf": 2})
    team = Channel(key="team", name="Team", kind="slack", url="env:NOT_SET", conf=3)
    company.settings = replace(company.settings, channels=(team,))
    minutes.share_agenda(company, running_order.prepare(company, "flash"), ("team",))
    (parcel,) = parcels.latest(company.conn)
    assert parcel.state == "held"
    assert "VPN" not in outbox.shown(company, parcel)
    assert "1 restricted subject" in outbox.shown(company, parcel)
    assert company.select(Ritual, "ritual")[0].channels == ("team",)


def test_last_times_commitments_come_first_and_leftovers_keep_their_rank(
    company: Workspace, clock: TickingClock
) -> None:
    seen = facilitation.go(company, on_first_subject(company), 1)
    assert seen.meeting.step.code == "B-2"
    seen = facilitation.go(company, seen, -1)
    seen, _decision = facilitation.decide(company, seen, "decision", "Buy a router @Sophie due:thursday")
    seen, action = facilitation.decide(company, seen, "priority", "Call them @Sophie due:thursday")
    minutes.close(company, seen.code)
    clock.forward(days=1)
    capture.save(company, "blocker", entry.understand(company, "Fire p1"))
    assert codes(company)[0] == "B-2"
    following = begun(company)
    assert set(following.commitments) == {"D-1", action}
    following = facilitation.check(company, following, action)
    assert company.select(Priority, "priority")[0].status == "done"
    assert "(1/2 kept)" in minutes.close(company, following.code).markdown


def test_a_kick_off_has_the_weights_of_its_script_and_three_priorities_at_most(company: Workspace) -> None:
    for title in "ABCD":
        capture.save(company, "priority", entry.understand(company, title))
    seen = begun(company, "kickoff")
    weights: dict[str, int] = {}
    for step in seen.meeting.steps:
        weights[step.kind] = weights.get(step.kind, 0) + step.seconds
    assert (weights["attendance"], weights["figures"], weights["commitments"], weights["week"]) == (
        120,
        180,
        300,
        300,
    )
    assert (weights["priorities"], seen.meeting.total_s) == (180, 1_800)
    for code in ("P-1", "P-2", "P-3"):
        seen = facilitation.choose(company, seen, code)
    with pytest.raises(forms.WrongValue):
        facilitation.choose(company, seen, "P-4")
    minutes.close(company, seen.code)
    moves.done(company, ["P-2"])
    plan = live_meeting.week_plan(company, seen.ritual)
    assert [(record.code, done) for record, done in plan] == [("P-1", False), ("P-2", True), ("P-3", False)]


def test_the_outcome_is_one_batch_of_the_journal(company: Workspace) -> None:
    seen = facilitation.attend(company, begun(company), "PE-1")
    minutes.close(company, seen.code)
    batch = [e for e in journal.entries(company.conn) if e.action == "ritual.close"]
    assert len({e.batch for e in batch}) == 1
    assert {e.entity for e in batch} == {"occurrence", "attendance"}
    assert journal.verify(company.conn) is None
    with closing(company.conn.execute("SELECT minutes_hash FROM occurrence")) as rows:
        assert len(rows.fetchone()[0]) == 64


def test_a_meeting_held_out_of_its_hours_does_not_take_the_place_of_the_planned_one(
    company: Workspace, clock: TickingClock
) -> None:
    clock.forward(hours=10)
    before = running_order.prepare(company, "flash")
    assert f"{before.planned:%d %H:%M}" == "24 11:45"
    before = facilitation.freeze(company, before, before.subjects[:1])
    seen = live_meeting.view(company, facilitation.start(company, before))
    (held,) = company.select(Occurrence, "occurrence")
    assert (held.planned_at, len(seen.meeting.steps)) == (clock().replace(second=0), 5)
    minutes.close(company, seen.code)
    assert f"{running_order.prepare(company, 'flash').planned:%d %H:%M}" == "24 11:45"
