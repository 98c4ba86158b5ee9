"""The morning review: what it looks back to, what was seen, left, resumed and ended; and its preparation."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta

import pytest

from cockpit.domain.dataclasses import replace
from cockpit.domain.messages.statement import parse_json
from cockpit.domain.morning.news import DECIDED, DUE, ESCALATED, NEW, RECEIVED, SEVERITY, SOLVED, WORSE
from cockpit.domain.providers.state import State
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.hold import Hold
from cockpit.domain.registers.priority import Priority
from cockpit.domain.registers.review import Review
from cockpit.domain.settings import AgendaSource, Channel, StatusSource
from cockpit.services.boards.board import board
from cockpit.services.changes import bulk, edit
from cockpit.services.desk import refusal
from cockpit.services.desk.workspace import Workspace
from cockpit.services.messages import inbox
from cockpit.services.morning import news, outside_news, prepared_lines, review, rows, sending, text
from cockpit.services.morning.review import ReviewView
from cockpit.services.promises import sweep
from cockpit.services.records import find
from cockpit.services.work import capture, entry, escalation, holds, moves, priorities, reminder
from cockpit.store.outside import outbox
from cockpit.store.records import instant
from tests.conftest import TickingClock


def add(workspace: Workspace, line: str, kind: str = "blocker") -> str:
    return capture.save(workspace, kind, entry.understand(workspace, line))


def seen_now(workspace: Workspace, *, everything: bool = False) -> ReviewView:
    return review.view(workspace, replace(review.begin(workspace), everything=everything))


def end(workspace: Workspace) -> review.EndedReview:
    found = seen_now(workspace)
    return review.finish(workspace, replace(found.progress, upto_seq=found.told.head))


def groups(found: ReviewView) -> dict[str, list[str]]:
    said: dict[str, list[str]] = {}
    for each in found.news:
        said.setdefault(each.group, []).append(each.code)
    return said


@contextmanager
def somebody_else(workspace: Workspace, name: str = "Sophie") -> Iterator[Workspace]:
    """Another session on the same file."""
    settings = replace(workspace.settings, me=name)
    other = Workspace.open(workspace.path, settings, workspace.clock)
    with closing(other.conn):
        yield other


STATEMENT = (
    '{"version": 1, "id": "1", "from": "Messageries", "service": "x", "severity": "major", "title": "Late"}'
)


def test_a_first_review_looks_back_no_further_than_the_company_does(
    workspace: Workspace, clock: TickingClock
) -> None:
    began = clock.at
    add(workspace, "hot")
    clock.forward(hours=2)
    found = seen_now(workspace)
    assert timedelta() <= found.window.since - began < timedelta(minutes=1)
    assert groups(found)[NEW] == ["B-1"]


def test_what_changed_since_the_last_review_is_grouped(workspace: Workspace, clock: TickingClock) -> None:
    for line in ("old p3", "up p3", "hot", "due soon pour:demain"):
        add(workspace, line)
    end(workspace)
    clock.forward(days=1)
    with somebody_else(workspace) as sophie:
        add(sophie, "fresh")
        moves.done(sophie, ["B-1"])
        edit.edit(sophie, "B-2", {"severity": "p1"})
        escalation.escalate(sophie, "B-3")
        add(sophie, "We buy it", "decision")
        inbox.keep(sophie, parse_json(STATEMENT.encode()))
    clock.forward(hours=12)
    found = seen_now(workspace)
    assert groups(found) == {
        WORSE: ["B-2", "B-3", "B-4"], NEW: ["B-5"], SOLVED: ["B-1"], DECIDED: ["D-1"], RECEIVED: ["IN-1"],
    }  # fmt: skip
    assert [each.why for each in found.news[:3]] == [(SEVERITY,), (ESCALATED,), (DUE,)]
    assert {each.actor for each in found.news} == {"Sophie", "Messageries", ""}


def test_a_promise_that_broke_is_worse_news_of_its_blocker(workspace: Workspace, clock: TickingClock) -> None:
    clock.forward(hours=1)
    add(workspace, "VPN down @InfoSud sla:1ho")
    end(workspace)
    clock.forward(hours=3)
    sweep.sweep(workspace)
    assert groups(seen_now(workspace)) == {WORSE: ["B-1"]}


def test_what_was_taken_back_is_no_news(workspace: Workspace) -> None:
    add(workspace, "typed by mistake")
    workspace.undo()
    kept = add(workspace, "kept")
    moves.done(workspace, [kept])
    workspace.undo()
    assert groups(seen_now(workspace)) == {NEW: [kept]}


def test_before_any_review_it_looks_back_to_the_start_of_the_last_open_day(
    workspace: Workspace, clock: TickingClock
) -> None:
    clock.forward(days=-4)
    add(workspace, "Thursday")
    clock.forward(days=1)
    add(workspace, "Friday")
    clock.forward(days=3)
    found = seen_now(workspace)
    assert [each.title for each in found.news] == ["Friday"]
    assert (found.window.since.day, found.window.since.hour, found.window.last) == (20, 0, None)


def test_monday_looks_back_to_friday(workspace: Workspace, clock: TickingClock) -> None:
    clock.forward(days=-3)
    end(workspace)
    clock.forward(hours=8)
    for n in range(12):
        add(workspace, f"Friday evening {n}")
    clock.forward(days=2, hours=16)
    found = seen_now(workspace)
    assert (len(found.news), found.told.rest) == (10, 2)
    assert found.window.since.day == 20


def test_after_a_leave_the_ten_that_matter_and_the_rest(workspace: Workspace, clock: TickingClock) -> None:
    add(workspace, "urgent p3")
    end(workspace)
    clock.forward(days=1)
    for n in range(14):
        add(workspace, f"new {n} p4")
    edit.edit(workspace, "B-1", {"severity": "p1"})
    add(workspace, "Decided meanwhile", "decision")
    clock.forward(days=4)
    found = seen_now(workspace)
    assert (len(found.news), found.told.rest) == (10, 6)
    assert [each.code for each in found.news if each.group != NEW] == ["B-1", "D-1"]
    assert len(seen_now(workspace, everything=True).news) == 16


def test_two_people_have_reviews_of_their_own(workspace: Workspace, clock: TickingClock) -> None:
    add(workspace, "first")
    with somebody_else(workspace) as sophie:
        clock.forward(minutes=1)
        end(workspace)
        assert groups(seen_now(workspace)) == {}
        assert groups(seen_now(sophie)) == {NEW: ["B-1"]}
        news.mark_seen(sophie, seen_now(sophie).news)
        assert [each.seen for each in seen_now(sophie).news] == [True]
        review.save(sophie, seen_now(sophie).progress.forward(()))
        assert review.begin(workspace).step == 0
        clock.forward(minutes=1)
        end(sophie)
        assert groups(seen_now(sophie)) == {}
    assert [each.by for each in workspace.select(Review, "review", "1 ORDER BY number")] == [
        "Claire",
        "Sophie",
    ]


def test_what_i_do_in_my_review_is_no_news_but_what_others_do_meanwhile_is(
    workspace: Workspace, clock: TickingClock
) -> None:
    add(workspace, "mine")
    read = seen_now(workspace)
    progress = replace(read.progress, upto_seq=read.told.head)
    clock.forward(minutes=2)
    edit.edit(workspace, "B-1", {"severity": "p1"})
    with somebody_else(workspace) as sophie:
        add(sophie, "while it went on")
    review.finish(workspace, progress)
    clock.forward(days=1)
    assert groups(seen_now(workspace)) == {NEW: ["B-2"]}


def test_seen_is_seen_until_it_changes_again(workspace: Workspace) -> None:
    add(workspace, "one")
    add(workspace, "two")
    first = seen_now(workspace).news[0]
    assert news.toggle_seen(workspace, first)
    assert [each.seen for each in seen_now(workspace).news] == [True, False]
    assert next(each.code for each in seen_now(workspace).news if not each.seen) == "B-1"
    moves.done(workspace, ["B-2"])
    after = {each.code: each for each in seen_now(workspace).news}
    assert (after["B-2"].group, after["B-2"].seen) == (SOLVED, False)
    again = next(each for each in seen_now(workspace).news if each.code == "B-2")
    assert news.toggle_seen(workspace, again)
    assert not news.toggle_seen(workspace, replace(again, seen=True))
    assert not any(each.seen for each in seen_now(workspace).news if each.code == "B-2")


def test_it_is_resumed_by_another_process_at_the_same_row_and_second(
    workspace: Workspace, clock: TickingClock
) -> None:
    add(workspace, "one")
    left = replace(
        review.begin(workspace).begin(()).forward(()).spend(9.5).forward(()).spend(3.25), subject="CK-1"
    )
    assert review.save(workspace, left)
    with somebody_else(workspace, "Claire") as again:
        assert review.begin(again) == left
        assert board(again).review == left
        assert review.begin(again).seconds == 12
    clock.forward(days=1)
    assert review.begin(workspace).seconds == 0, "what was left yesterday is not gone on with"
    assert board(workspace).review is None


def test_a_killed_process_costs_nothing_that_was_kept(workspace: Workspace) -> None:
    code = """
import os, signal, sys
from cockpit.domain.dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from cockpit.domain.settings import Settings
from cockpit.services.morning import review
from cockpit.services.desk.workspace import Workspace
at = datetime(2026, 11, 23, 7, 42, tzinfo=UTC)
workspace = Workspace.open(Path(sys.argv[1]), Settings(me="Claire"), lambda: at)
progress = review.begin(workspace).begin(()).forward(()).spend(7)
review.save(workspace, replace(progress, subject="gap:1"))
os.kill(os.getpid(), signal.SIGKILL)
"""
    said = subprocess.run([sys.executable, "-c", code, str(workspace.path)], check=False)
    assert said.returncode == -signal.SIGKILL
    found = review.begin(workspace)
    assert (found.name, found.seconds, found.subject) == ("today", 7, "gap:1")


def test_a_busy_database_costs_no_wait_and_no_fault(workspace: Workspace) -> None:
    progress = review.begin(workspace)
    with closing(sqlite3.connect(workspace.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        # What is usually waited for is made so long that no slow machine is taken for a wait.
        workspace.conn.execute("PRAGMA busy_timeout = 600000")
        began = time.monotonic()
        assert not review.save(workspace, progress)
        assert time.monotonic() - began < 300, "the usual wait is not waited for"
        other.execute("ROLLBACK")
    assert review.save(workspace, progress)


def test_what_another_process_solved_meanwhile_is_no_longer_there(workspace: Workspace) -> None:
    add(workspace, "one")
    progress = review.begin(workspace)
    assert len(review.view(workspace, progress).blockers) == 1
    with somebody_else(workspace) as sophie:
        moves.done(sophie, ["B-1"])
    found = review.view(workspace, progress)
    assert found.blockers == ()
    assert groups(found) == {SOLVED: ["B-1"]}


def test_it_ends_with_one_entry_that_says_what_came_of_it(workspace: Workspace, clock: TickingClock) -> None:
    for line in ("VPN @InfoSud sla:4ho", "paper", "given away"):
        add(workspace, line)
    for n in range(3):
        add(workspace, f"goal {n}", "priority")
    progress = review.begin(workspace)
    for n in range(1, 4):
        moves.pick(workspace, f"P-{n}")
    reminder.note_reminder(workspace, "B-1")
    moves.delegate(workspace, "B-3", "Sophie", None)
    moves.done(workspace, ["B-2"])
    workspace.undo()
    for _n in range(28):
        progress = progress.spend(9.95)
    clock.forward(minutes=5)
    ended = review.finish(workspace, progress)
    assert ended.summary == "3 priorities · 1 reminder · 1 delegation · 4 min 38"
    (kept,) = workspace.select(Review, "review")
    assert (kept.by, kept.spent_s, kept.summary) == ("Claire", 278, ended.summary)
    assert "1. goal 0 (P-1)" in ended.message
    assert "given away (B-3) → Sophie" in ended.message
    assert board(workspace).review is None
    workspace.undo()
    assert len(seen_now(workspace).news) == 6, "a review that is taken back is as if it had not been"


def test_what_is_restricted_is_counted_in_the_text_and_not_named(workspace: Workspace) -> None:
    add(workspace, "Sell the company conf:3", "priority")
    progress = review.begin(workspace)
    moves.pick(workspace, "P-1")
    ended = review.finish(workspace, progress)
    assert "Sell" not in ended.message
    assert "1 restricted subject" in ended.message


def test_the_text_waits_for_a_preview_of_the_channel(workspace: Workspace) -> None:
    team = Channel(key="team", name="Team", kind="slack", url="env:NOT_SET")
    bell = Channel(key="bell", name="Bell", kind="bell")
    workspace.settings = replace(workspace.settings, channels=(team, bell))
    ended = end(workspace)
    assert sending.channels(workspace) == (team,)
    assert "preview" in sending.send(workspace, team, ended)
    assert outbox.count(workspace.conn, "held") == 1
    assert "already" in sending.send(workspace, team, ended)


def test_an_empty_cockpit_is_reviewed_in_a_word(workspace: Workspace) -> None:
    found = seen_now(workspace)
    assert len(found.empty) == 5
    assert found.progress.begin(found.empty).name == "priorities"
    said = text.to_text(found)
    assert "Nothing new since 20 Nov. No blocker is open." in said
    assert end(workspace).summary == "0 s"


def test_reading_it_in_the_shell_marks_nothing(workspace: Workspace) -> None:
    add(workspace, "one")
    before = workspace.conn.total_changes
    text.to_text(seen_now(workspace))
    text.to_json(workspace, seen_now(workspace))
    assert workspace.conn.total_changes == before


# -- preparation


def test_the_assistant_prepares_and_the_chief_executive_reads(
    workspace: Workspace, clock: TickingClock
) -> None:
    for line in ("hot p1", "mild p3", "cold p4"):
        add(workspace, line)
    inbox.keep(workspace, parse_json(STATEMENT.encode()))
    with somebody_else(workspace) as sophie:
        left = prepared_lines.to_prepare(board(sophie), prepared_lines.prepared(sophie))
        assert [each.code for each in left] == ["IN-1", "B-1", "B-2", "B-3"]
        prepared_lines.prepare(sophie, "B-3", "sign before noon", rank=1)
        prepared_lines.prepare(sophie, "B-1", "wait\x1b[31m for them")
        prepared_lines.prepare(sophie, "B-1", "they called back")
        clock.forward(minutes=3)
        prepared_lines.finish(sophie)
    found = seen_now(workspace)
    assert [row.record.code for row in found.blockers] == ["B-3", "B-1", "B-2"]
    assert {code: line.line for code, line in found.prepared.lines.items()} == {
        "B-3": "sign before noon", "B-1": "they called back",
    }  # fmt: skip
    said = text.to_text(found)
    assert "prepared by Sophie at 08:45" in said
    assert "✎ sign before noon" in said
    clock.forward(days=1)
    assert seen_now(workspace).prepared == prepared_lines.Prepared(lines={}), "each day is prepared anew"


def test_a_line_can_be_taken_away_and_needs_a_record(workspace: Workspace) -> None:
    add(workspace, "one")
    with pytest.raises(refusal.NotPossible):
        prepared_lines.prepare(workspace, "B-1", " ")
    prepared_lines.prepare(workspace, "B-1", "call")
    prepared_lines.prepare(workspace, "B-1", "")
    assert prepared_lines.prepared(workspace).lines == {}
    with pytest.raises(refusal.UnknownCode):
        prepared_lines.prepare(workspace, "B-9", "call")


# -- the three of the day


def priority(workspace: Workspace, code: str) -> Priority:
    found = find.find(workspace, code)[1]
    assert isinstance(found, Priority)
    return found


def test_a_fourth_takes_the_place_of_another_and_one_undo_takes_it_back(workspace: Workspace) -> None:
    codes = [add(workspace, f"goal {n}", "priority") for n in range(4)]
    for code in codes[:3]:
        moves.pick(workspace, code)
    priorities.instead(workspace, codes[3], codes[1])
    assert [each.code for each in priorities.of_today(workspace)] == [codes[0], codes[3], codes[2]]
    workspace.undo()
    assert [each.code for each in priorities.of_today(workspace)] == codes[:3]
    with pytest.raises(refusal.NotPossible):
        priorities.instead(workspace, codes[3], codes[3])


def test_carried_three_times_it_must_be_settled(workspace: Workspace, clock: TickingClock) -> None:
    code = add(workspace, "goal", "priority")
    for times in range(3):
        assert not priorities.must_be_settled(priority(workspace, code), workspace.today())
        moves.pick(workspace, code)
        assert priority(workspace, code).carried == times
        clock.forward(days=1)
    assert priority(workspace, code).carries(workspace.today()) == 3
    assert priorities.must_be_settled(priority(workspace, code), workspace.today())
    assert [row.record.code for row in seen_now(workspace).carried] == [code]
    priorities.drop(workspace, code)
    assert priority(workspace, code).status == "dropped"
    assert seen_now(workspace).carried == ()


def test_an_hour_of_a_gap_is_kept_and_the_rest_stays_free(workspace: Workspace, clock: TickingClock) -> None:
    code = add(workspace, "goal", "priority")
    whole, afternoon = board(workspace).today.gaps
    assert [f"{each.start:%H:%M}-{each.end:%H:%M}" for each in (whole, afternoon)] == [
        "09:00-12:30", "14:00-18:00"
    ], "nobody is free while the company has its lunch"  # fmt: skip
    held = holds.hold(workspace, whole, code)
    (kept,) = board(workspace).today.holds
    assert (kept.code, kept.title, kept.priority) == (held, "goal", code)
    assert kept.starts_at is not None
    assert kept.ends_at is not None
    assert kept.ends_at - kept.starts_at == timedelta(hours=1)
    rest, _afternoon = board(workspace).today.gaps
    assert (rest.start, rest.end) == (kept.ends_at, whole.end)
    clock.forward(hours=2)
    holds.hold(workspace, rest, code)
    assert [f"{gap.start:%H:%M}" for gap in board(workspace).today.gaps] == ["10:00", "11:42", "14:00"]
    bulk.archive_all(workspace, [held])
    assert workspace.select(Hold, "hold", "archived_at IS NULL")[0].code != held
    assert [f"{gap.start:%H:%M}" for gap in board(workspace).today.gaps] == ["09:00", "11:42", "14:00"]
    clock.forward(hours=12)
    with pytest.raises(refusal.NotPossible):
        holds.hold(workspace, whole, code)


def test_what_became_of_every_register_is_news_grouped_and_in_words(
    workspace: Workspace, clock: TickingClock
) -> None:
    end(workspace)
    clock.forward(hours=1)
    provider = workspace.add(REGISTERS["provider"], {"name": "Paie+"})
    contract = workspace.add(REGISTERS["contract"], {"name": "Payroll", "provider": provider, "amount": 100})
    for name in ("Ana", "Bob", "Zoé"):
        workspace.add(REGISTERS["person"], {"name": name})
    end(workspace)
    clock.forward(hours=1)
    edit.edit(workspace, contract, {"amount": 300, "notice": "6m"})
    bulk.archive_all(workspace, ["PE-3"])
    for n in range(3):
        workspace.add(REGISTERS["risk"], {"name": f"r{n}"})
    found = seen_now(workspace).news
    assert {each.group for each in found} == {"company"}
    rows_said = [rows.news(each, workspace.names()).printed for each in found]
    assert any(
        "contract · Payroll" in row and "changed: Notice, Yearly amount" in row for row in rows_said
    ), rows_said
    assert any("person · Zoé" in row and "archived" in row for row in rows_said)
    assert any("Risks: 3 · r0, r1…" in row and "added" in row for row in rows_said)


def test_troubles_of_a_provider_are_told_whole_with_their_length() -> None:
    at = [datetime(2026, 11, 23, hour, tzinfo=UTC) for hour in range(24)]
    calm, slow, down = State.OPERATIONAL, State.DEGRADED, State.MAJOR_OUTAGE
    told = outside_news.troubles([(at[1], slow), (at[2], down), (at[4], calm), (at[6], down)], at[3])
    assert told == (
        outside_news.SourceTrouble(at[1], at[4], down), outside_news.SourceTrouble(at[6], None, down),
    )  # fmt: skip
    assert outside_news.troubles([(at[1], slow), (at[2], calm)], at[3]) == ()


def test_an_outage_and_a_meeting_that_moved_are_news(workspace: Workspace, clock: TickingClock) -> None:
    workspace.settings = replace(
        workspace.settings,
        statuses=(StatusSource(key="slack", name="Slack", url="https://s", engine="x"),),
        agendas=(AgendaSource(key="mine", name="Mine", url="https://a"),),
    )
    end(workspace)
    clock.forward(hours=3)
    now = workspace.clock()
    for hours, state in ((2, "major_outage"), (1, "operational")):
        workspace.conn.execute(
            "INSERT INTO status_sample VALUES ('slack', ?, ?)", (instant(now - timedelta(hours=hours)), state)
        )
    workspace.conn.execute(
        "INSERT INTO agenda_change VALUES (1, ?, 'mine', 'x', 'moved', 'Board', 0, ?, ?)",
        (instant(now), int(now.timestamp()) + 90_000, int(now.timestamp()) + 3600),
    )
    found = {each.group: each for each in seen_now(workspace).news}
    assert found["providers"].note == "outage for 1 h, over since today 10:42"
    assert found["agenda"].note.startswith("moved from today 12:42 to tomorrow")
    news.mark_seen(workspace, found.values())
    assert not [each for each in seen_now(workspace).news if not each.seen]


def test_a_first_review_proposes_the_hottest_blockers(workspace: Workspace) -> None:
    add(workspace, "small p4")
    hot = add(workspace, "VPN down p1 +")
    found = seen_now(workspace)
    assert [each.record.code for each in found.candidates] == [hot, "B-1"]
    assert "The hottest blockers, to choose from" in text.to_text(found)
    made = priorities.of_blocker(workspace, hot)
    found = seen_now(workspace)
    assert [each.record.code for each in found.chosen] == [made]
    assert [each.record.code for each in found.candidates] == ["B-1"], "it is taken already"
    workspace.undo()
    assert not seen_now(workspace).chosen
