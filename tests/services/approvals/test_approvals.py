"""Submitted, answered, passed on, asked again: by people at their own keyboards, on one database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from cockpit.domain.approvals.content import Wording
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.approval import APPROVED, ASKED, REFUSED, WAITING, Approval
from cockpit.services.approvals import answering, queue, rows, submitting, sweep
from cockpit.services.approvals.submitting import Submission
from cockpit.services.boards.board import board
from cockpit.services.boards.record_page import related
from cockpit.services.changes import edit
from cockpit.services.desk import forms
from cockpit.services.desk.refusal import NotPossible
from cockpit.services.desk.workspace import PROGRAM, Workspace
from cockpit.services.morning import news, review
from cockpit.services.records import keyed
from cockpit.services.work import capture, entry
from cockpit.store import journal, records
from tests.conftest import TickingClock
from tests.services.approvals.conftest import At

FRIDAY_15 = datetime(2026, 11, 27, 14, 0, tzinfo=UTC)
GLUE = "Glue 90 € +Workshop"


def submit(workspace: Workspace, line: str, about: str = "") -> str:
    return submitting.submit(workspace, Submission(entry.understand(workspace, line), about))


def read(workspace: Workspace, code: str) -> Approval:
    found = records.get(workspace.conn, REGISTERS["approval"], code)
    assert isinstance(found, Approval)
    return found


def name(workspace: Workspace, code: str) -> str:
    return workspace.names().get(code, code)


def approver(workspace: Workspace, code: str) -> str:
    return name(workspace, read(workspace, code).approver)


def alerts(workspace: Workspace) -> set[str]:
    return {
        part.kind for each in board(workspace).alerts.loud for part in each.parts if "approval" in part.kind
    }


def deeds(workspace: Workspace, code: str) -> list[tuple[str, str]]:
    """Who did what to an approval, the first first."""
    found = journal.history(workspace.conn, read(workspace, code).id)
    return [(each.actor, each.action.partition(".")[2]) for each in reversed(found)]


def test_a_line_goes_to_whom_its_circuit_names_within_its_delay(at: At) -> None:
    code = submit(at("Ines"), f"{GLUE} // for the oak order")
    found = read(at("Ines"), code)
    assert (approver(at("Ines"), code), found.kind, found.amount) == ("Yanis", "expense", 9_000)
    assert found.note == "for the oak order"
    # Monday 08:42 and eight business hours: 9 to 18 with a break of an hour and a half.
    assert found.answer_by is not None
    assert f"{found.answer_by.astimezone(at('Ines').zone):%d %H:%M}" == "24 09:30"
    assert approver(at("Ines"), submit(at("Ines"), "Saw 4 000 € +Workshop")) == "Claire"
    assert approver(at("Ines"), submit(at("Ines"), "New logo")) == "Claire", "no circuit: the chief executive"


def test_the_journal_keeps_the_chain_and_each_has_one_undo(at: At, clock: TickingClock) -> None:
    code = submit(at("Ines"), GLUE)
    clock.forward(hours=1)
    answering.ask(at("Yanis"), code, "Which glue?")
    assert read(at("Yanis"), code).answer_by is None, "the delay stands still"
    with pytest.raises(NotPossible, match="question waits"):
        answering.approve(at("Yanis"), code)
    answering.reply(at("Ines"), code, "The white one")
    answering.delegate(at("Yanis"), code, "Karim")
    answering.approve(at("Karim"), code)
    assert deeds(at("Ines"), code) == [
        ("Ines", "submit"), ("Yanis", "ask"), ("Ines", "answer"), ("Yanis", "delegate"), ("Karim", "approve"),
    ]  # fmt: skip
    at("Karim").undo()
    assert (read(at("Ines"), code).state, approver(at("Ines"), code)) == (WAITING, "Karim")
    at("Yanis").undo()
    assert approver(at("Ines"), code) == "Yanis"


def test_a_long_question_and_its_answer_are_kept_whole(at: At) -> None:
    code, long = submit(at("Ines"), GLUE), "which " * 2_000 + "glue?"
    answering.ask(at("Yanis"), code, long)
    answering.reply(at("Ines"), code, long)
    found = read(at("Yanis"), code)
    assert (found.question, found.reply) == (long, long)


def test_nobody_approves_what_they_submitted_unless_the_circuit_says_so(at: At) -> None:
    code = submit(at("Yanis"), GLUE)
    assert approver(at("Yanis"), code) == "Karim"
    with pytest.raises(NotPossible, match="unless its circuit says so"):
        answering.approve(at("Yanis"), code)
    with pytest.raises(NotPossible, match="unless its circuit says so"):
        answering.delegate(at("Karim"), code, "Yanis")
    edit.edit(at("Claire"), "DC-1", {"approves_own": True})
    own = submit(at("Yanis"), "Screws 20 € +Workshop")
    answering.approve(at("Yanis"), own)
    assert read(at("Yanis"), own).state == APPROVED


def test_where_nobody_is_left_it_is_refused_with_the_way_out(at: At) -> None:
    with pytest.raises(NotPossible, match="name a deputy or a level 3"):
        submit(at("Claire"), "Car 30 000 €")


def test_amounts_are_obeyed_by_who_is_named_and_who_it_is_handed_to(at: At) -> None:
    at("Claire").add(REGISTERS["scope"], {"name": "Office", "holder": "PE-4", "decides_up_to": 5_000})
    with pytest.raises(NotPossible, match="decide up to €50, this is €90"):
        submit(at("Claire"), f"{GLUE} qui:Ines")
    code = submit(at("Claire"), GLUE)
    with pytest.raises(NotPossible, match="decide up to"):
        answering.delegate(at("Yanis"), code, "Ines")
    cheap = submit(at("Claire"), "Tape 40 € +Workshop qui:Ines")
    assert approver(at("Claire"), cheap) == "Ines"


def test_only_whom_it_waits_for_and_those_above_answer(at: At) -> None:
    code = submit(at("Ines"), GLUE)
    with pytest.raises(NotPossible, match="it waits for Yanis"):
        answering.approve(at("Karim"), code)
    answering.refuse(at("Claire"), code, "Not this year")
    assert (read(at("Ines"), code).state, read(at("Ines"), code).reason) == (REFUSED, "Not this year")


def test_a_refusal_needs_its_reason(at: At) -> None:
    code = submit(at("Ines"), GLUE)
    with pytest.raises(NotPossible, match="say why"):
        answering.refuse(at("Yanis"), code, "  ")


def test_two_screens_that_answer_at_once_give_one_answer(at: At) -> None:
    code = submit(at("Ines"), GLUE)
    answering.approve(at("Yanis"), code)
    with pytest.raises(NotPossible, match="it has its answer: approved, Yanis"):
        answering.refuse(at("Claire"), code, "Too late")
    with pytest.raises(NotPossible, match="it has its answer"):
        answering.approve(at("Yanis"), code)


def test_the_delay_passes_over_the_weekend_and_the_deputy_stands_in(at: At, clock: TickingClock) -> None:
    clock.at = FRIDAY_15
    code = submit(at("Ines"), GLUE)
    clock.at = datetime(2026, 11, 29, 20, 0, tzinfo=UTC)
    assert sweep.sweep(at("Claire")) == 0, "a weekend is no working time"
    clock.at = datetime(2026, 11, 30, 14, 31, tzinfo=UTC)
    assert alerts(at("Ines")) == {"approval_late"}
    assert sweep.sweep(at("Claire")) == 1
    assert sweep.sweep(at("Claire")) == 0
    assert approver(at("Ines"), code) == "Karim"
    assert deeds(at("Ines"), code)[-1] == (PROGRAM, "pass_on")
    told = journal.history(at("Ines").conn, read(at("Ines"), code).id)[0].reason
    assert told == "Yanis did not answer in time"
    (line,) = queue.mine(at("Karim"))
    assert line.stands_in
    assert alerts(at("Karim")) == {"approval_waits"}
    # The decider may still answer.
    answering.approve(at("Yanis"), code)


def test_a_circuit_without_a_deputy_says_that_it_is_late(at: At, clock: TickingClock) -> None:
    code = submit(at("Ines"), "VAT return +Finance")
    answering.note_sent(at("Ines"), code)
    clock.forward(days=3)
    assert sweep.sweep(at("Ines")) == 0
    assert approver(at("Ines"), code) == "Marc"
    assert alerts(at("Ines")) == {"approval_late"}


def test_what_waited_for_somebody_who_left_passes_on(at: At) -> None:
    code = submit(at("Ines"), GLUE)
    yanis = read(at("Ines"), code).approver
    at("Claire").change(REGISTERS["person"], records.get(at("Claire").conn, REGISTERS["person"], yanis),  # type: ignore[arg-type]
                        {"archived_at": at("Claire").clock()})  # fmt: skip
    assert sweep.sweep(at("Claire")) == 1
    assert approver(at("Ines"), code) == "Karim"
    assert approver(at("Ines"), submit(at("Ines"), "Nails 5 € +Workshop")) == "Karim"


def test_who_left_without_anybody_to_stand_in_is_told_at_once(at: At) -> None:
    submit(at("Claire"), GLUE)
    for each in ("Yanis", "Karim"):
        code = next(k for k, v in at("Claire").names().items() if v == each)
        person = records.get(at("Claire").conn, REGISTERS["person"], code)
        assert person is not None
        at("Claire").change(REGISTERS["person"], person, {"archived_at": at("Claire").clock()})
    assert sweep.sweep(at("Claire")) == 0, "the chief executive submitted it"
    assert alerts(at("Claire")) == {"approval_late"}
    (line,) = queue.open_lines(at("Claire"))
    assert line.gone


def test_who_is_away_is_said_with_until_when(at: At, clock: TickingClock) -> None:
    submit(at("Ines"), GLUE)
    today = at("Ines").today()
    at("Yanis").add(
        REGISTERS["absence"], {"person": "PE-2", "first_on": today, "last_on": today + timedelta(days=9)}
    )
    (line,) = queue.open_lines(at("Ines"))
    told = rows.approval(line, at("Ines").now(), at("Ines").names()).printed
    assert "away until 2 Dec: g hands it on" in told
    clock.forward(days=10)
    assert queue.open_lines(at("Ines"))[0].away_until is None


def test_a_name_that_nobody_has_is_refused(at: At) -> None:
    with pytest.raises(forms.WrongValue, match="“Nobody” is not known"):
        submit(at("Ines"), f"{GLUE} qui:Nobody")
    code = submit(at("Ines"), GLUE)
    with pytest.raises(forms.WrongValue, match="is not known"):
        answering.delegate(at("Yanis"), code, "Nobody")


def _cost(workspace: Workspace, **values: Any) -> str:
    return workspace.add(REGISTERS["cost"], {"name": "Folding machine", "amount": 100_000, "function": "FN-1",
                                             "month": workspace.today(), **values})  # fmt: skip


def test_an_approval_is_of_a_content_and_asked_again_when_that_changes(at: At, clock: TickingClock) -> None:
    cost = _cost(at("Ines"))
    code = submit(at("Ines"), "", cost)
    assert (read(at("Ines"), code).kind, approver(at("Ines"), code)) == ("expense", "Yanis")
    answering.approve(at("Yanis"), code)
    edit.edit(at("Ines"), cost, {"amount": 190_000})
    (line,) = queue.about(at("Ines"), cost)
    assert line.wording is Wording.CHANGED
    now, names = at("Ines").now(), at("Ines").names()
    assert "approved on an earlier wording" in rows.approval(line, now, names).printed
    assert sweep.sweep(at("Claire")) == 1
    assert sweep.sweep(at("Claire")) == 0
    found = read(at("Ines"), code)
    assert (found.state, found.amount, approver(at("Ines"), code)) == (WAITING, 190_000, "Claire")
    assert found.reason.startswith("approved on an earlier wording: Yanis")
    answering.approve(at("Claire"), code)
    assert read(at("Ines"), code).state == APPROVED


def test_what_is_reworded_before_the_yes_is_not_approved_unseen(at: At) -> None:
    cost = _cost(at("Ines"))
    code = submit(at("Ines"), "", cost)
    edit.edit(at("Ines"), cost, {"amount": 900_000})
    with pytest.raises(NotPossible, match="asked again as it reads now"):
        answering.approve(at("Yanis"), code)
    assert approver(at("Ines"), code) == "Claire", "more than Yanis decides"


def test_a_yes_is_to_what_the_screen_showed(at: At) -> None:
    code = submit(at("Ines"), GLUE)
    with pytest.raises(NotPossible, match="reworded meanwhile"):
        answering.approve(at("Yanis"), code, "another:digest")


def test_without_the_key_nothing_is_asked_again_and_nothing_is_taken_for_proven(at: At) -> None:
    cost = _cost(at("Ines"))
    code = submit(at("Ines"), "", cost)
    answering.approve(at("Yanis"), code)
    keyed.key_path(at("Ines")).unlink()
    assert queue.about(at("Ines"), cost)[0].wording is Wording.UNPROVEN
    assert sweep.sweep(at("Ines")) == 0
    assert read(at("Ines"), code).state == APPROVED


def test_what_it_is_about_may_go_and_then_nothing_is_approved(at: At) -> None:
    cost = _cost(at("Ines"))
    code = submit(at("Claire"), "", cost)
    at("Ines").undo()
    with pytest.raises(NotPossible, match="is not there any more"):
        answering.approve(at("Yanis"), code)


def test_a_record_is_submitted_once_at_a_time(at: At) -> None:
    cost = _cost(at("Ines"))
    code = submit(at("Ines"), "", cost)
    with pytest.raises(NotPossible, match=f"submitted already: {code}"):
        submit(at("Claire"), "", cost)
    answering.refuse(at("Yanis"), code, "Later")
    again = submitting.again(at("Ines"), code)
    assert approver(at("Ines"), again) == "Yanis"


def test_only_who_submitted_it_and_the_chief_executive_withdraw(at: At) -> None:
    code = submit(at("Ines"), GLUE)
    with pytest.raises(NotPossible, match="Ines submitted it"):
        answering.withdraw(at("Karim"), code)
    with pytest.raises(NotPossible, match="withdraw it"):
        edit.archiving(at("Ines"), REGISTERS["approval"], read(at("Ines"), code))
    answering.withdraw(at("Ines"), code)
    assert read(at("Ines"), code).state == "withdrawn"


def test_it_is_as_confidential_as_what_it_is_about(at: At) -> None:
    decision = capture.save(at("Claire"), "decision", entry.understand(at("Claire"), "Sell the annex conf:3"))
    code = submit(at("Ines"), "", decision)
    assert read(at("Ines"), code).conf == 3
    assert read(at("Ines"), code).kind == "decision"
    behind = at("Claire").behind(1)
    (line,) = queue.open_lines(behind)
    assert line.hidden
    assert "annex" not in str(rows.approval(line, behind.now(), behind.names()))
    behind.conn.close()


def test_each_approver_is_told_how_long_they_take(at: At, clock: TickingClock) -> None:
    first, second = submit(at("Ines"), GLUE), submit(at("Ines"), "Screws 20 € +Workshop")
    clock.forward(hours=2)
    answering.ask(at("Yanis"), first, "Which?")
    clock.forward(hours=1)
    answering.reply(at("Ines"), first, "White")
    answering.approve(at("Yanis"), second)
    times = {name(at("Ines"), each.approver): each for each in queue.approver_times(at("Ines"))}
    # From nine on: an hour and three quarters, then as long and an hour more.
    assert (times["Yanis"].waiting, times["Yanis"].over) == (1, 2)
    assert times["Yanis"].median_s == (6_120 + 9_720) / 2


def test_it_is_seen_in_the_review_in_news_in_alerts_and_on_the_record(at: At) -> None:
    cost = _cost(at("Ines"))
    code = submit(at("Ines"), "", cost)
    yanis = at("Yanis")
    assert alerts(yanis) == {"approval_waits"}
    assert alerts(at("Karim")) == set()
    (line,) = review.view(yanis, review.begin(yanis)).approvals
    assert line.record.code == code
    record = records.get(yanis.conn, REGISTERS["cost"], cost)
    assert record is not None
    assert code in {each.code for each in related(yanis, record)}
    answering.approve(yanis, code)
    assert alerts(yanis) == set()
    told = {each.code: each for each in news.told(at("Ines"), news.window(at("Ines"))).news}
    assert (told[code].group, told[code].why, name(yanis, told[code].actor)) == (
        "decided",
        ("approved",),
        "Yanis",
    )


def test_a_question_is_told_to_who_submitted_it(at: At) -> None:
    code = submit(at("Ines"), GLUE)
    answering.ask(at("Yanis"), code, "Which?")
    assert read(at("Ines"), code).state == ASKED
    assert [each.record.code for each in queue.mine(at("Ines"))] == [code]
    assert queue.mine(at("Yanis")) == ()
    assert alerts(at("Yanis")) == set()
    (alert,) = (each for each in board(at("Ines")).alerts.loud if each.kind == "approval_question")
    assert alert.next(at("Ines").names(), "Ines") == "Ines: answer it (r)"


def test_the_page_of_an_approval_says_how_it_stands(at: At) -> None:
    cost = _cost(at("Ines"))
    code = submit(at("Ines"), "", cost)
    (line,) = related(at("Ines"), read(at("Ines"), code))
    assert line.code == cost
    assert "Yanis" in line.text
