"""Promises of service: which bind a case, and what people do with their clocks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from cockpit.services.boards.board import board
from cockpit.services.changes import bulk, edit
from cockpit.services.desk import refusal
from cockpit.services.desk.workspace import Workspace
from cockpit.services.promises import clocks, engagements, left
from cockpit.services.promises.engagements import CannotPause
from cockpit.services.promises.open import slas
from cockpit.services.work import entry, moves
from cockpit.store import journal
from tests.conftest import TickingClock
from tests.services.promises.promised import (
    add,
    blocker,
    clocks_of,
    every_clock,
    kinds,
    local,
    make,
    provider,
    running,
)

HOUR = timedelta(hours=1)


@pytest.fixture
def nine(clock: TickingClock) -> datetime:
    """Monday at nine, when offices open."""
    clock.at = clock.at.replace(hour=8, minute=0)
    return clock.at


# Which promise counts.


def test_the_most_particular_promise_wins(workspace: Workspace, nine: datetime) -> None:
    payroll = make(workspace, "function", name="Payroll")
    _code, contract = provider(workspace, sla="20ho")
    for target, fields in {
        "12ho": {"function": payroll},
        "8ho": {"contract": contract},
        "6ho": {"contract": contract, "severity": "p1"},
        "4ho": {"contract": contract, "function": payroll},
        "2ho": {"contract": contract, "function": payroll, "severity": "p1"},
    }.items():
        make(workspace, "policy", name=target, target=target, **fields)
    typed = {
        "a +Payroll": "12ho",
        "b @Paie+": "8ho",
        "c @Paie+ p1": "6ho",
        "d @Paie+ +Payroll": "4ho",
        "e @Paie+ +Payroll p1": "2ho",
        "f @Paie+ +Payroll p1 sla:1ho": "1ho",
    }
    for line, target in typed.items():
        assert running(workspace, add(workspace, line)).target == target


def test_a_contract_without_a_policy_gives_its_own_target_and_other_contracts_none(
    workspace: Workspace, nine: datetime
) -> None:
    _one, contract = provider(workspace, sla="3ho")
    provider(workspace, "InfoSud")
    make(workspace, "policy", name="x", contract=contract, target="1ho", severity="p1")
    code = add(workspace, "a @Paie+ p3")
    assert (running(workspace, code).target, running(workspace, code).policy) == ("3ho", "")
    assert clocks_of(workspace, add(workspace, "b @InfoSud p1")) == ()
    assert clocks_of(workspace, add(workspace, "c @Nobody p1")) == ()


def test_a_target_that_is_none_hides_no_promise(workspace: Workspace, nine: datetime) -> None:
    _code, contract = provider(workspace, sla="3ho")
    make(workspace, "policy", name="x", contract=contract, target="soon")
    assert running(workspace, add(workspace, "a @Paie+ sla:gold")).target == "3ho"


def test_an_archived_policy_or_contract_binds_nobody(workspace: Workspace, nine: datetime) -> None:
    _one, contract = provider(workspace)
    policy = make(workspace, "policy", name="x", contract=contract, target="1ho")
    bulk.archive_all(workspace, [policy])
    assert clocks_of(workspace, add(workspace, "a @Paie+")) == ()
    edit.edit(workspace, contract, {"sla": "1ho"})
    bulk.archive_all(workspace, [contract])
    assert clocks_of(workspace, add(workspace, "b @Paie+")) == ()


def test_quick_entry_starts_a_clock_in_the_companys_hours(workspace: Workspace, nine: datetime) -> None:
    code = add(workspace, "Server sla:4ho")
    found = running(workspace, code)
    assert (local(workspace, found.due), found.target_s, found.state) == (
        "Mon 23 Nov 14:30", 4 * 3600, "running",
    )  # fmt: skip
    assert blocker(workspace, code).sla_due == found.due


def test_a_clock_counts_in_the_providers_zone(workspace: Workspace, nine: datetime) -> None:
    provider(workspace, sla="2ho", timezone="America/New_York", hours="mon-fri 09:00-17:00", holidays="US")
    found = running(workspace, add(workspace, "Outage @Paie+"))
    # Nine in New York is three in the afternoon in Paris.
    assert local(workspace, found.due) == "Mon 23 Nov 17:00"


def test_a_time_shared_person_is_waited_for_when_present(workspace: Workspace, nine: datetime) -> None:
    make(workspace, "person", name="Marc", kind="time_shared", presence="tue,thu 09:00-12:30")
    due = running(workspace, add(workspace, "Budget @Marc sla:4ho")).due
    assert local(workspace, due) == "Thu 26 Nov 09:30"


def test_a_policy_may_have_hours_of_its_own(workspace: Workspace, nine: datetime) -> None:
    _code, contract = provider(workspace)
    make(workspace, "policy", name="day and night", contract=contract, target="12ho", hours="24x7")
    assert local(workspace, running(workspace, add(workspace, "Down @Paie+")).due) == "Mon 23 Nov 21:00"


# First answer, next news, resolution.


@pytest.fixture
def served(workspace: Workspace, nine: datetime) -> str:
    """A blocker at nine with a first answer in 1 h, news every 2 h and a resolution in 7 h."""
    _code, contract = provider(workspace)
    for metric, target in (("acknowledgement", "1ho"), ("update", "2ho"), ("resolution", "7ho")):
        make(workspace, "policy", name=metric, contract=contract, metric=metric, target=target)
    return add(workspace, "Payslips wrong @Paie+")


def test_an_answer_ends_the_first_and_starts_the_next_news(
    workspace: Workspace, clock: TickingClock, served: str
) -> None:
    clock.forward(minutes=30)
    engagements.answer(workspace, served)
    found = {(c.metric, c.cycle): c for c in clocks_of(workspace, served)}
    assert found["acknowledgement", 1].state == found["update", 1].state == "met"
    assert found["acknowledgement", 1].consumed_s == 1800
    assert local(workspace, found["update", 2].due) == "Mon 23 Nov 11:30"
    assert found["resolution", 1].ended_at is None
    clock.forward(hours=2)
    engagements.answer(workspace, served)
    assert local(workspace, running(workspace, served, "update").due) == "Mon 23 Nov 15:30"
    assert running(workspace, served, "update").cycle == 3


def test_there_is_nothing_to_answer_where_only_a_resolution_is_owed(
    workspace: Workspace, nine: datetime
) -> None:
    code = add(workspace, "Server sla:4ho")
    with pytest.raises(refusal.NotPossible):
        engagements.answer(workspace, code)
    for unknown in ("B-99", "CK-99"):
        with pytest.raises(refusal.UnknownCode):
            engagements.answer(workspace, unknown)


def test_the_blocker_shows_the_nearest_of_its_clocks(
    workspace: Workspace, clock: TickingClock, served: str
) -> None:
    assert local(workspace, blocker(workspace, served).sla_due) == "Mon 23 Nov 10:00"
    clock.forward(minutes=30)
    engagements.answer(workspace, served)
    assert local(workspace, blocker(workspace, served).sla_due) == "Mon 23 Nov 11:30"


def test_solving_fulfils_what_was_owed_and_cancels_the_news(
    workspace: Workspace, clock: TickingClock, served: str
) -> None:
    clock.forward(minutes=30)
    moves.done(workspace, [served])
    states = {c.metric: c.state for c in clocks_of(workspace, served)}
    assert states == {"acknowledgement": "met", "update": "cancelled", "resolution": "met"}
    assert blocker(workspace, served).sla_due is None


def test_what_is_refused_is_owed_no_more_unless_it_was_late(
    workspace: Workspace, clock: TickingClock, served: str
) -> None:
    clock.forward(hours=1, minutes=30)
    edit.edit(workspace, served, {"status": "refused"})
    states = {c.metric: c.state for c in clocks_of(workspace, served)}
    assert states == {"acknowledgement": "breached", "update": "cancelled", "resolution": "cancelled"}


def test_archiving_cancels(workspace: Workspace, served: str) -> None:
    bulk.archive_all(workspace, [served])
    assert {c.state for c in clocks_of(workspace, served)} == {"cancelled"}
    assert slas(workspace) == ()


def test_reopening_starts_a_new_cycle_and_the_first_verdict_stays(
    workspace: Workspace, clock: TickingClock, served: str
) -> None:
    clock.forward(hours=33)
    moves.done(workspace, [served])
    first = clocks_of(workspace, served)
    assert {c.metric: c.state for c in first}["resolution"] == "breached"
    clock.forward(hours=2)
    edit.edit(workspace, served, {"status": "open"})
    assert clocks_of(workspace, served)[: len(first)] == first
    again = [c for c in clocks_of(workspace, served) if c.ended_at is None]
    # A first answer is given once.
    assert {(c.metric, c.cycle, c.state) for c in again} == {
        ("update", 2, "running"), ("resolution", 2, "running"),
    }  # fmt: skip
    assert {c.started_at for c in again} == {clock()}


DEEDS: dict[str, Callable[[Workspace, str], list[journal.JournalEntry]]] = {
    "answer": engagements.answer,
    "pause": lambda w, c: engagements.pause(w, c, "waiting_us"),
    "wait": lambda w, c: moves.wait_for(w, c, ()),
    "target": lambda w, c: edit.edit(w, c, {"sla": "3ho"}),
    "done": lambda w, c: moves.done(w, [c]),
    "archive": lambda workspace, code: bulk.archive_all(workspace, [code]),
}


@pytest.mark.parametrize("deed", DEEDS)
def test_one_undo_takes_back_the_blocker_and_its_clocks(
    workspace: Workspace, clock: TickingClock, served: str, deed: str
) -> None:
    clock.forward(minutes=30)
    before = everything(workspace)
    assert len({each.batch for each in DEEDS[deed](workspace, served)}) == 1
    after = everything(workspace)
    assert after["clock"] != before["clock"]
    workspace.undo()
    assert everything(workspace) == before
    workspace.redo()
    assert everything(workspace) == after
    assert journal.verify(workspace.conn) is None


def everything(workspace: Workspace) -> dict[str, list[dict[str, object]]]:
    """Blockers and clocks as they are stored."""
    return {
        table: [
            {name: value for name, value in dict(row).items() if name != "updated_at"}
            for row in workspace.conn.execute(f"SELECT * FROM {table} ORDER BY number")
        ]
        for table in ("blocker", "clock")
    }


def test_undoing_a_new_blocker_leaves_no_clock(workspace: Workspace, nine: datetime) -> None:
    code = add(workspace, "Server sla:4ho")
    workspace.undo()
    assert every_clock(workspace) == ()
    workspace.redo()
    assert running(workspace, code).state == "running"
    assert blocker(workspace, code).sla_due == running(workspace, code).due


# What changes on the way.


def test_another_provider_owes_from_now_and_the_first_owes_no_more(
    workspace: Workspace, clock: TickingClock, nine: datetime
) -> None:
    provider(workspace, sla="4ho")
    provider(workspace, "InfoSud", sla="2ho")
    code = add(workspace, "Who is it @Paie+")
    clock.forward(hours=1)
    moves.wait_for(workspace, code, ("PR-2",))
    old, new = clocks_of(workspace, code)
    assert (old.state, old.provider, new.provider) == ("cancelled", "PR-1", "PR-2")
    assert (new.started_at, local(workspace, new.due)) == (clock(), "Mon 23 Nov 12:00")
    # A change to the case does not charge the second for the time of the first.
    clock.forward(minutes=30)
    edit.edit(workspace, code, {"severity": "p1"})
    assert running(workspace, code).started_at == new.started_at


def test_whoever_is_asked_at_last_owes_from_then_on(
    workspace: Workspace, clock: TickingClock, nine: datetime
) -> None:
    provider(workspace, sla="4ho")
    code = add(workspace, "Nobody asked yet")
    clock.forward(days=2)
    moves.wait_for(workspace, code, ("PR-1",))
    assert running(workspace, code).started_at == clock()


def test_another_target_carries_what_was_consumed(
    workspace: Workspace, clock: TickingClock, nine: datetime
) -> None:
    code = add(workspace, "Server sla:7ho")
    clock.forward(hours=3)
    edit.edit(workspace, code, {"sla": "4ho"})
    found = running(workspace, code)
    assert (found.consumed_s, local(workspace, found.due)) == (3 * 3600, "Mon 23 Nov 14:30")
    clock.forward(hours=3, minutes=-30)
    edit.edit(workspace, code, {"sla": "1ho"})
    assert running(workspace, code).due == clock()
    assert kinds(running(workspace, code)) == ["opened", "policy_changed", "policy_changed"]


def test_a_target_without_meaning_cancels_the_clock(workspace: Workspace, nine: datetime) -> None:
    code = add(workspace, "Server sla:7ho")
    edit.edit(workspace, code, {"sla": ""})
    assert [c.state for c in clocks_of(workspace, code)] == ["cancelled"]
    assert blocker(workspace, code).sla_due is None


def test_a_start_that_was_mistyped_is_moved(
    workspace: Workspace, clock: TickingClock, nine: datetime
) -> None:
    code = add(workspace, "Server sla:4ho")
    clock.forward(hours=2)
    engagements.pause(workspace, code, "waiting_us")
    clock.forward(minutes=30)
    edit.edit(workspace, code, {"since": clock() - timedelta(minutes=10)})
    found = running(workspace, code)
    assert (found.started_at, found.state, found.consumed_s) == (clock() - timedelta(minutes=10), "paused", 0)
    engagements.resume(workspace, code)
    assert local(workspace, running(workspace, code).due) == "Mon 23 Nov 17:00"


def test_news_that_become_due_while_the_case_is_paused_wait_too(
    workspace: Workspace, clock: TickingClock, served: str
) -> None:
    clock.forward(minutes=30)
    engagements.pause(workspace, served, "waiting_us", "figures")
    clock.forward(minutes=30)
    engagements.answer(workspace, served)
    news = running(workspace, served, "update")
    assert (news.cycle, news.state, news.pause, news.pause_note) == (2, "paused", "waiting_us", "figures")
    engagements.resume(workspace, served, clock() + timedelta())
    assert running(workspace, served, "update").state == "running"


# Pauses.


def test_a_pause_gives_back_what_it_took(workspace: Workspace, clock: TickingClock, nine: datetime) -> None:
    code = add(workspace, "Server sla:3ho")
    clock.forward(hours=1)
    engagements.pause(workspace, code, "waiting_us", "we owe the log files")
    held = running(workspace, code)
    assert (held.state, held.due, held.pause, held.consumed_s) == ("paused", None, "waiting_us", 3600)
    assert blocker(workspace, code).sla_due is None
    (row,) = slas(workspace)
    said = left.reading(row.record, row.calendar, clock())
    assert (said.level, said.left_s, "waits for us" in said.words) == (left.STILL, 2 * 3600, True)
    clock.forward(hours=1)
    engagements.resume(workspace, code)
    assert local(workspace, running(workspace, code).due) == "Mon 23 Nov 14:30"
    assert blocker(workspace, code).sla_due == running(workspace, code).due


def test_a_case_may_be_paused_and_go_on_in_one_second(workspace: Workspace, nine: datetime) -> None:
    code = add(workspace, "Server sla:3ho")
    engagements.pause(workspace, code, "waiting_us")
    engagements.resume(workspace, code)
    assert running(workspace, code).state == "running"
    edit.edit(workspace, code, {"sla": "4ho"})
    assert running(workspace, code).state == "running"


def test_a_clock_paused_after_its_closing_says_that_it_is_paused(
    workspace: Workspace, clock: TickingClock, nine: datetime
) -> None:
    code = add(workspace, "Server sla:7h30o")
    clock.forward(hours=10)
    engagements.pause(workspace, code, "waiting_us")
    found = running(workspace, code)
    assert local(workspace, found.due) == "Mon 23 Nov 18:00"
    (row,) = slas(workspace)
    assert left.reading(row.record, row.calendar, clock()).level == left.STILL


def test_the_first_answer_is_not_paused_with_the_case(
    workspace: Workspace, clock: TickingClock, served: str
) -> None:
    engagements.pause(workspace, served, "waiting_third")
    states = {c.metric: c.state for c in clocks_of(workspace, served)}
    assert states == {"acknowledgement": "running", "update": "paused", "resolution": "paused"}
    # Its own clock may be.
    first = running(workspace, served, "acknowledgement")
    engagements.pause(workspace, first.code, "force_majeure")
    assert running(workspace, served, "acknowledgement").state == "paused"


def test_where_only_a_first_answer_is_owed_that_is_said(workspace: Workspace, nine: datetime) -> None:
    _code, contract = provider(workspace)
    make(workspace, "policy", name="x", contract=contract, metric="acknowledgement", target="1ho")
    code = add(workspace, "x @Paie+")
    with pytest.raises(CannotPause, match="first answer"):
        engagements.pause(workspace, code, "waiting_us")


def test_all_reasons_end_together_for_whoever_says_that_it_goes_on(
    workspace: Workspace, clock: TickingClock, nine: datetime
) -> None:
    code = add(workspace, "Server sla:3ho")
    for reason in ("waiting_us", "waiting_third"):
        clock.forward(minutes=30)
        engagements.pause(workspace, code, reason)
    assert running(workspace, code).pause == "waiting_third"
    clock.forward(minutes=30)
    engagements.resume(workspace, code)
    assert (running(workspace, code).state, running(workspace, code).consumed_s) == ("running", 1800)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (("tired", "", 0), "waits for us, waits for a third party"),
        (("resolved", "", 0), "choose one of"),
        (("agreed", "", 0), "what was agreed"),
        (("agreed", " \x1b[31m ", 0), "what was agreed"),
        (("waiting_us", "", 1), "still to come"),
        (("waiting_us", "", -1), "had not started"),
    ],
)
def test_a_wrong_pause_is_refused_in_words(
    workspace: Workspace, nine: datetime, wrong: tuple[str, str, int], said: str
) -> None:
    code = add(workspace, "Server sla:3ho")
    reason, note, hours = wrong
    with pytest.raises(CannotPause, match=said):
        engagements.pause(workspace, code, reason, note, nine + hours * HOUR)
    assert running(workspace, code).state == "running"


def test_an_agreed_pause_keeps_what_was_agreed(workspace: Workspace, nine: datetime) -> None:
    code = add(workspace, "Server sla:3ho")
    engagements.pause(workspace, code, "agreed", "until Friday, with Ms Roy")
    assert running(workspace, code).pause_note == "until Friday, with Ms Roy"


def test_a_pause_and_its_end_may_be_told_later_but_in_order(
    workspace: Workspace, clock: TickingClock, nine: datetime
) -> None:
    code = add(workspace, "Server sla:3ho")
    clock.forward(hours=2)
    engagements.pause(workspace, code, "waiting_us", at=nine + HOUR)
    with pytest.raises(CannotPause, match="paused already"):
        engagements.pause(workspace, code, "waiting_us")
    with pytest.raises(CannotPause, match="before it starts"):
        engagements.resume(workspace, code, nine + HOUR / 2)
    with pytest.raises(CannotPause, match="still to come"):
        engagements.resume(workspace, code, clock() + HOUR)
    engagements.resume(workspace, code, nine + 1.5 * HOUR)
    # A pause that would end with another one is not what was meant.
    with pytest.raises(CannotPause, match="after that moment"):
        engagements.pause(workspace, code, "waiting_third", at=nine + HOUR / 2)
    assert running(workspace, code).consumed_s == 1.5 * 3600
    with pytest.raises(refusal.NotPossible):
        engagements.resume(workspace, code)


def test_nothing_that_ended_is_paused(workspace: Workspace, nine: datetime) -> None:
    code = add(workspace, "Server sla:3ho")
    moves.done(workspace, [code])
    with pytest.raises(refusal.NotPossible):
        engagements.pause(workspace, code, "waiting_us")


def test_a_pause_that_is_told_too_late_is_believed(
    workspace: Workspace, clock: TickingClock, nine: datetime
) -> None:
    """What happened decides, not when it was written down: it had been waiting for us."""
    code = add(workspace, "Server sla:1ho")
    clock.forward(hours=3)
    engagements.pause(workspace, code, "waiting_us", at=nine + HOUR / 2)
    found = running(workspace, code)
    assert (found.state, found.breached_at) == ("paused", None)
    engagements.resume(workspace, code)
    clock.forward(hours=4)
    found = running(workspace, code)
    assert left.has_passed(found, clock())


# Excuses and recounts.


def test_an_excuse_needs_a_breach_and_a_reason_and_stays_counted(
    workspace: Workspace, clock: TickingClock, nine: datetime
) -> None:
    code = running(workspace, add(workspace, "Server sla:1ho")).code
    with pytest.raises(refusal.NotPossible):
        engagements.waive(workspace, code, "storm")
    clock.forward(hours=2)
    with pytest.raises(refusal.NotPossible):
        engagements.waive(workspace, code, " ")
    engagements.waive(workspace, code, "storm")
    (found,) = every_clock(workspace)
    assert (found.state, found.waived) == ("breached", "storm")
    moves.done(workspace, [found.blocker])
    kept = board(workspace).promises.kept
    assert (kept.kept, kept.count, kept.waived) == (0, 1, 1)
    with pytest.raises(refusal.UnknownCode):
        engagements.waive(workspace, found.blocker, "storm")


def test_a_target_that_was_mistyped_is_counted_again_from_the_start(
    workspace: Workspace, clock: TickingClock, served: str
) -> None:
    (policy,) = (
        row["code"]
        for row in workspace.conn.execute("SELECT code FROM policy WHERE name = 'acknowledgement'")
    )
    clock.forward(hours=2)
    assert left.has_passed(running(workspace, served, "acknowledgement"), clock())
    edit.edit(workspace, policy, {"target": "3ho"})
    engagements.count_again(workspace, served, "retroactive")
    found = running(workspace, served, "acknowledgement")
    assert (found.state, found.breached_at, found.target) == ("running", None, "3ho")
    assert local(workspace, found.due) == "Mon 23 Nov 12:00"
    # And it may break again.
    clock.forward(hours=4)
    assert left.has_passed(found, clock())
    engagements.count_again(workspace, found.code, "restart")
    assert running(workspace, served, "acknowledgement").state == "breached"


def test_counted_anew_from_now(workspace: Workspace, clock: TickingClock, nine: datetime) -> None:
    code = add(workspace, "Server sla:3ho")
    clock.forward(hours=2)
    engagements.count_again(workspace, code, "restart")
    found = running(workspace, code)
    assert (found.started_at, found.consumed_s) == (clock(), 0)


def test_a_verdict_is_the_same_before_and_after_it_is_stored(
    workspace: Workspace, clock: TickingClock, nine: datetime
) -> None:
    code = add(workspace, "Server sla:1ho")
    clock.at = nine + HOUR + timedelta(microseconds=500_000)
    moves.done(workspace, [code])
    (found,) = clocks_of(workspace, code)
    assert found.ended_at is not None
    assert found.state == clocks.state_of(workspace, found).state(clock()) == "met"


def test_a_promise_may_be_named_behind_sla_and_gives_its_target_and_hours(
    workspace: Workspace, nine: datetime
) -> None:
    payroll = make(workspace, "function", name="Payroll")
    gold = make(workspace, "policy", name="Gold", target="4ho", hours="24x7", function=payroll)
    code = add(workspace, "VPN down sla:Gold")
    clock = running(workspace, code)
    assert (clock.policy, clock.due) == (gold, nine + 4 * HOUR)
    said = entry.understand(workspace, "VPN sla:Gold")
    assert entry.summary(workspace, said) == "VPN · SLA Gold · 4 h of business time, until Mon 23 Nov 13:00"
    assert entry.explain(workspace, said) == []
    assert entry.complete("VPN sla:go", 10, entry.known(workspace)) == (8, 10, ("Gold",))
    assert entry.explain(workspace, entry.understand(workspace, "VPN sla:Silver")) == [
        "“Silver” is not a target; it stays in the title"
    ]


def test_open_deadlines_of_a_promise_are_counted_anew_by_its_own_code(
    workspace: Workspace, nine: datetime
) -> None:
    payroll = make(workspace, "function", name="Payroll")
    promise = make(workspace, "policy", name="Gold", target="4ho", function=payroll)
    code = add(workspace, "VPN +Payroll")
    edit.edit(workspace, promise, {"target": "2ho"})
    assert engagements.stay(workspace, [promise]) == [
        "Gold: 1 open deadline stays as it was promised · count it anew: cockpit sla recount PO-1"
    ]
    assert running(workspace, code).due != nine + 2 * HOUR
    engagements.count_again(workspace, promise, "retroactive")
    assert running(workspace, code).due == nine + 2 * HOUR
