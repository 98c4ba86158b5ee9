"""Expected reports: one register, whichever way they were expected before, and whichever door notes that one came."""

from __future__ import annotations

import sqlite3
from datetime import UTC, date, datetime

import pytest

from cockpit.domain.promises import expected as rules
from cockpit.domain.records.record import Value
from cockpit.domain.registers.report import Report
from cockpit.services.boards.board import board
from cockpit.services.changes import edit
from cockpit.services.desk.refusal import NotPossible
from cockpit.services.desk.workspace import PROGRAM, Workspace
from cockpit.services.promises import engagements, expected
from cockpit.services.promises.sweep import sweep
from cockpit.services.work.reminder import note_reminder, reminder
from cockpit.store import journal, migrations, proof
from cockpit.store.tables import tables
from tests.conftest import TickingClock
from tests.services.promises.promised import every_clock, make, provider


def report(workspace: Workspace, **values: Value) -> str:
    code, _contract = provider(workspace, "Compta+")
    return make(workspace, "report", name="Accounts", source=code, **values)


def of(workspace: Workspace, code: str) -> Report:
    return expected.named(workspace, code)


@pytest.mark.parametrize(
    ("received", "due", "is_it"),
    [
        (date(2026, 11, 20), date(2026, 12, 7), False),
        (date(2026, 11, 23), date(2026, 12, 7), True),
        (date(2026, 12, 30), date(2026, 12, 7), True),
        (None, date(2026, 12, 7), False),
        (date(2026, 11, 20), None, True),
    ],
)
def test_what_comes_in_the_second_half_of_a_period_is_that_of_its_end(
    received: date | None, due: date | None, is_it: bool
) -> None:
    assert rules.covers(received, due, "month") is is_it


@pytest.mark.parametrize(
    ("due", "period", "following"),
    [
        (date(2027, 1, 31), "month", date(2027, 2, 28)), (date(2027, 2, 28), "month", date(2027, 3, 31)),
        (date(2026, 11, 30), "quarter", date(2027, 2, 28)), (date(2026, 12, 30), "week", date(2027, 1, 6)),
        (date(2028, 2, 29), "year", date(2029, 2, 28)), (date(2026, 11, 5), "month", date(2026, 12, 5)),
    ],
)  # fmt: skip
def test_the_next_day_is_that_of_the_next_period(due: date, period: str, following: date) -> None:
    assert rules.next_due(due, period) == following


def test_a_report_that_came_is_owed_again_a_period_later(workspace: Workspace) -> None:
    code = report(workspace, due=date(2026, 11, 19), completeness=70)
    engagements.answer(workspace, code)
    found = of(workspace, code)
    assert (found.received_on, found.due, found.completeness) == (
        date(2026, 11, 23),
        date(2026, 12, 19),
        None,
    )
    with pytest.raises(NotPossible):
        engagements.answer(workspace, code)
    workspace.undo()
    assert of(workspace, code).due == date(2026, 11, 19)


def test_an_edit_that_says_that_it_came_does_the_same_unless_it_says_the_next_day_itself(
    workspace: Workspace,
) -> None:
    code = report(workspace, due=date(2026, 11, 19), period="quarter")
    edit.edit(workspace, code, {"received_on": date(2026, 11, 20)})
    assert of(workspace, code).due == date(2027, 2, 19)
    edit.edit(workspace, code, {"received_on": date(2026, 11, 23), "due": date(2027, 3, 1)})
    assert of(workspace, code).due == date(2027, 3, 1)


def test_a_day_that_was_promised_is_counted_by_a_clock_and_told_once(
    workspace: Workspace, clock: TickingClock
) -> None:
    clock.at = datetime(2026, 12, 1, 8, tzinfo=UTC)
    code = report(workspace, target="J5 18h")
    sweep(workspace)
    assert of(workspace, code).due == date(2026, 12, 7)
    clock.at = datetime(2026, 12, 9, 8, tzinfo=UTC)
    assert [each.kind for each in board(workspace).alerts.loud if "report" in each.kind] == ["report_late"]
    edit.edit(workspace, code, {"received_on": date(2026, 12, 8)})
    (late,) = every_clock(workspace)
    assert (late.state, late.ended_at) == ("breached", datetime(2026, 12, 8, 22, 59, tzinfo=UTC))
    assert of(workspace, code).due == date(2027, 1, 8)
    assert not [each for each in board(workspace).alerts.loud if "report" in each.kind]


def test_what_comes_is_for_the_last_day_that_it_may_be_for_and_what_never_came_stays_late(
    workspace: Workspace, clock: TickingClock
) -> None:
    clock.at = datetime(2026, 12, 1, 8, tzinfo=UTC)
    code = report(workspace, target="J5 18h")
    for month in (1, 2):
        clock.at = datetime(2027, month, 5, 8, tzinfo=UTC)
        sweep(workspace)
    engagements.answer(workspace, code)
    states = {each.period: each.state for each in every_clock(workspace)}
    assert states == {"2026-12": "breached", "2027-01": "breached", "2027-02": "met"}
    assert [each.period for each in expected.owed(workspace, code)] == ["2026-12", "2027-01"]
    assert of(workspace, code).due == date(2027, 3, 5)


def test_one_that_is_two_periods_late_is_owed_next_after_the_day_that_it_came_for(
    workspace: Workspace,
) -> None:
    code = report(workspace, due=date(2026, 9, 5))
    engagements.answer(workspace, code)
    assert of(workspace, code).due == date(2026, 12, 5)


def test_the_clock_and_the_register_say_the_same_whichever_is_answered(
    workspace: Workspace, clock: TickingClock
) -> None:
    clock.at = datetime(2026, 12, 1, 8, tzinfo=UTC)
    code = report(workspace, target="J5 18h")
    sweep(workspace)
    engagements.answer(workspace, every_clock(workspace)[0].code)
    assert (of(workspace, code).received_on, of(workspace, code).due) == (date(2026, 12, 1), date(2027, 1, 8))
    workspace.undo()
    assert (of(workspace, code).received_on, every_clock(workspace)[0].state) == (None, "running")


def test_reminders_count_from_the_last_time_it_came(workspace: Workspace, clock: TickingClock) -> None:
    code = report(workspace, due=date(2026, 11, 19), reminders=3)
    assert "was due on Thursday 19 November 2026" in reminder(workspace, code).body
    note_reminder(workspace, code)
    assert of(workspace, code).reminders == 4
    engagements.answer(workspace, code)
    assert of(workspace, code).reminders == 4
    clock.forward(days=30)
    note_reminder(workspace, code)
    note_reminder(workspace, code)
    assert of(workspace, code).reminders == 2


def test_a_reminder_about_the_clock_counts_on_the_report_too(
    workspace: Workspace, clock: TickingClock
) -> None:
    clock.at = datetime(2026, 12, 1, 8, tzinfo=UTC)
    code = report(workspace, target="J5 18h")
    sweep(workspace)
    note_reminder(workspace, every_clock(workspace)[0].code)
    assert of(workspace, code).reminders == 1


def old_file(policies: list[dict[str, object]]) -> sqlite3.Connection:
    """A file of before, with promises that asked for reports of each period."""
    conn = sqlite3.connect(":memory:", isolation_level=None)
    conn.row_factory = sqlite3.Row
    migrations.steps().apply(tables(conn), stop_before="m021_one_way_to_expect_reports")
    stamp = journal.Stamp(at="2026-11-01T08:00:00+00:00", actor="Claire", action="policy.add")
    journal.write(conn, stamp, [
        journal.Put("provider", "p1", {"name": "Compta+", "conf": 1}, "PR"),
        journal.Put("contract", "c1", {"name": "Accounts", "provider": "PR-1", "conf": 1}, "CT"),
    ])  # fmt: skip
    for n, values in enumerate(policies):
        made = {"contract": "CT-1", "metric": "delivery", "target": "J5 18h", "conf": 1, **values}
        journal.write(conn, stamp, [journal.Put("policy", f"o{n}", made, "PO")])
    return conn


def test_an_old_file_keeps_what_it_expected_with_its_clocks_and_its_proof() -> None:
    conn = old_file(
        [
            {"name": "Monthly accounts", "period": "month", "warn": "50,90"},
            {"name": "First answer", "period": "none", "metric": "acknowledgement", "target": "4ho"},
        ],
    )
    stamp = journal.Stamp(at="2026-11-02T08:00:00+00:00", actor=PROGRAM, action="clock.open")
    owed = {"conf": 1, "title": "Monthly accounts · 2026-11", "policy": "PO-1", "period": "2026-11",
            "metric": "delivery", "state": "running", "due": "2026-11-06T17:00:00+00:00"}  # fmt: skip
    journal.write(conn, stamp, [journal.Put("clock", "k1", owed, "CK")])
    migrations.apply(conn)
    (moved,) = conn.execute("SELECT * FROM report").fetchall()
    said = [moved[name] for name in ("code", "name", "source", "contract", "period", "target", "warn", "due")]
    assert said == ["ER-1", "Monthly accounts", "PR-1", "CT-1", "month", "J5 18h", "50,90", "2026-11-06"]
    assert conn.execute("SELECT report FROM clock").fetchone()["report"] == "ER-1"
    left = conn.execute("SELECT name FROM policy WHERE archived_at IS NULL").fetchall()
    assert [row["name"] for row in left] == ["First answer"]
    assert (journal.verify(conn), proof.differences(conn)) == (None, ())


def test_a_report_that_stood_in_both_places_is_one() -> None:
    conn = old_file([{"name": "Monthly accounts", "period": "month"}])
    stamp = journal.Stamp(at="2026-11-02T08:00:00+00:00", actor="Claire", action="report.add")
    both = {"name": "Monthly accounts", "source": "PR-1", "period": "month", "due": "2026-11-06", "conf": 1}
    journal.write(conn, stamp, [journal.Put("report", "r1", both, "ER")])
    migrations.apply(conn)
    (one,) = conn.execute("SELECT * FROM report").fetchall()
    assert (one["code"], one["target"], one["due"]) == ("ER-1", "J5 18h", "2026-11-06")
