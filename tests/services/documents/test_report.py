"""The consolidated report: every figure from its rows, what is missing, a month closed and what changed since."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime

import pytest

from cockpit.domain.dataclasses import replace
from cockpit.domain.documents.month import ReportMonth
from cockpit.domain.documents.publication import Amount, DataTable
from cockpit.domain.records.record import Value
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.release import Release
from cockpit.domain.settings import Channel
from cockpit.services.desk.refusal import NotPossible
from cockpit.services.desk.workspace import Workspace
from cockpit.services.documents import markdown
from cockpit.services.documents.report import closing, due, frozen, received, sending
from cockpit.services.documents.report.compose import MonthReport, compose
from cockpit.services.documents.report.lines import MonthView
from cockpit.services.promises import expected
from cockpit.services.work.reminder import note_reminder
from cockpit.store import journal
from cockpit.store.outside import outbox
from tests.conftest import TickingClock

OCTOBER = ReportMonth(date(2026, 10, 1))
NOVEMBER = ReportMonth(date(2026, 11, 1))


def add(workspace: Workspace, register: str, **values: Value) -> str:
    return workspace.add(REGISTERS[register], values)


@pytest.fixture
def october(workspace: Workspace, clock: TickingClock) -> Workspace:
    """A company kept since September, with an outsourced payroll, on Monday 23 November."""
    now = clock.at
    clock.at = datetime(2026, 9, 1, 8, tzinfo=UTC)
    function = add(
        workspace, "function", name="Payroll", mode="external", baseline_cost=2_400_000, budget=1_440_000
    )
    provider = add(workspace, "provider", name="Paie+")
    add(workspace, "contract", name="Payroll run", provider=provider, functions=(function,), amount=1_200_000,
        starts_on=date(2026, 1, 1), initial_months=12, renewal="tacit", notice="3m")  # fmt: skip
    add(workspace, "person", name="Claire", loaded_rate=6_000)
    clock.at = now
    return workspace


def value(report: MonthReport, key: str) -> float | None:
    return next(line.now for line in report.lines if line.key == key)


def complete(report: MonthReport, key: str) -> int | None:
    return next(line.complete for line in report.lines if line.key == key)


def table(report: MonthReport, key: str) -> DataTable:
    return next(each for each in report.publication.tables() if each.key == key)


def gaps(report: MonthReport) -> list[str]:
    return [markdown.gap_said(gap) for gap in report.publication.gaps]


# Money.


def test_money_is_what_was_invoiced_and_what_no_invoice_says_against_budget_and_baseline(
    october: Workspace,
) -> None:
    add(october, "cost", name="October", month=date(2026, 10, 31), contract="CT-1", amount=105_000)
    add(october, "cost", name="September", month=date(2026, 9, 30), contract="CT-1", amount=100_000)
    add(october, "cost", name="A year ago", month=date(2025, 10, 2), contract="CT-1", amount=90_000)
    add(october, "cost", name="Again", month=date(2026, 10, 8), kind="rework", function="FN-1", amount=5_000)
    add(october, "cost", name="November", month=date(2026, 11, 2), contract="CT-1", amount=999_900)
    found = compose(october, OCTOBER)
    assert [value(found, key) for key in ("invoiced", "hidden", "total")] == [105_000, 5_000, 110_000]
    invoiced = next(line for line in found.lines if line.key == "invoiced")
    assert (invoiced.before, invoiced.year_ago, invoiced.complete) == (100_000, 90_000, 100)
    # A twelfth of 14 400 and of 24 000.
    assert (value(found, "against_budget"), value(found, "against_baseline")) == (-15_000, -90_000)
    row = table(found, "costs_by_function").rows[0]
    assert row == (
        "Payroll", Amount(105_000), Amount(5_000), Amount(110_000), Amount(100_000), Amount(90_000),
        Amount(120_000), Amount(200_000),
    )  # fmt: skip


def test_a_contract_without_an_invoice_of_the_month_is_a_gap_that_stays_visible(october: Workspace) -> None:
    found = compose(october, OCTOBER)
    assert (value(found, "invoiced"), complete(found, "invoiced")) == (0, 0)
    assert any(
        "invoice of October 2026 under “Payroll run”, Paie+" in gap and "CT-1" in gap for gap in gaps(found)
    )


@pytest.mark.parametrize(
    ("today", "days"),
    [
        # Notice of three months for 31 December was due in September: bound for a year more.
        (datetime(2026, 11, 23, 8, tzinfo=UTC), 365),
        # Until the notice of September it could end on 31 December: 61 days of the 365 from November.
        (datetime(2026, 9, 10, 8, tzinfo=UTC), None),
    ],
)
def test_commitments_are_the_days_until_a_contract_can_end_at_the_earliest(
    october: Workspace, clock: TickingClock, today: datetime, days: int | None
) -> None:
    clock.at = today
    if days is None:
        found = compose(october, ReportMonth(date(2026, 8, 1)))
        assert value(found, "committed") == round(1_200_000 * 122 / 365)
        return
    found = compose(october, OCTOBER)
    assert value(found, "committed") == 1_200_000
    (row,) = table(found, "commitments").rows
    assert row[:3] == ("CT-1", "Payroll run", "Paie+")
    assert row[4:] == (date(2027, 12, 31), Amount(1_200_000))


def test_a_contract_whose_start_is_not_known_is_said_not_guessed(october: Workspace) -> None:
    add(october, "contract", name="Cleaning", provider="PR-1", amount=60_000)
    found = compose(october, OCTOBER)
    assert complete(found, "committed") == 50
    assert any("start of “Cleaning”" in gap for gap in gaps(found))


# Time.


def test_waiting_counts_the_business_hours_within_the_month(october: Workspace) -> None:
    # From Friday 30 October 17:00: one hour of October (18:00 is closing), the rest is November's.
    add(october, "blocker", title="Late", function="FN-1", waiting_on=("PR-1",),
        since=datetime(2026, 10, 30, 16, tzinfo=UTC))  # fmt: skip
    add(october, "blocker", title="Short", since=datetime(2026, 10, 5, 7, tzinfo=UTC), status="solved",
        closed_at=datetime(2026, 10, 5, 9, tzinfo=UTC))  # fmt: skip
    found = compose(october, OCTOBER)
    assert value(found, "waiting_hours") == 3
    assert [row[:2] for row in table(found, "waiting_by_function").rows] == [
        ("no function", 2),
        ("Payroll", 1),
    ]
    assert table(found, "longest_waits").rows[0][1:] == ("Short", "", 2, date(2026, 10, 5))
    assert complete(found, "waiting_hours") == 100


def test_meetings_are_shared_among_the_functions_of_their_subjects(october: Workspace) -> None:
    blocker = add(october, "blocker", title="Late payslips", function="FN-1", since=october.clock())
    ritual = add(october, "ritual", name="Flash", rule="mon 11:45")
    add(october, "occurrence", ritual=ritual, planned_at=datetime(2026, 10, 12, 9, 45, tzinfo=UTC),
        ended_at=datetime(2026, 10, 12, 10, 15, tzinfo=UTC), status="held", cost_minutes=90,
        agenda=json.dumps([{"code": blocker}]))  # fmt: skip
    add(october, "occurrence", ritual=ritual, planned_at=datetime(2026, 10, 19, 9, 45, tzinfo=UTC))
    found = compose(october, OCTOBER)
    assert (value(found, "meeting_hours"), complete(found, "meeting_hours")) == (1.5, 50)
    assert table(found, "meetings_by_function").rows == (("Payroll", 1.5, 0, 0),)
    assert any("whether 1 meeting was held" in gap for gap in gaps(found))


# Decisions and approvals.


def test_what_was_decided_approved_and_left_waiting_is_of_its_month(october: Workspace) -> None:
    add(october, "decision", title="Change payroll", decided_at=datetime(2026, 10, 6, 7, tzinfo=UTC),
        due=datetime(2026, 10, 20, 7, tzinfo=UTC))  # fmt: skip
    add(october, "decision", title="Later", decided_at=datetime(2026, 11, 2, 7, tzinfo=UTC))
    add(october, "approval", title="A desk", submitted_by="PE-1", submitted_at=datetime(2026, 10, 5, 7, tzinfo=UTC),
        state="approved", closed_at=datetime(2026, 10, 5, 9, tzinfo=UTC))  # fmt: skip
    add(october, "approval", title="A car", submitted_by="PE-1", approver="PE-1",
        submitted_at=datetime(2026, 10, 30, 15, tzinfo=UTC), state="refused",
        closed_at=datetime(2026, 11, 4, 9, tzinfo=UTC))  # fmt: skip
    found = compose(october, OCTOBER)
    figures = [value(found, key) for key in ("decisions", "decisions_late", "approvals_waiting")]
    assert figures == [1, 1, 1]
    assert [row[0:2] + row[4:] for row in table(found, "approvals").rows] == [
        ("AP-1", "A desk", "approved", date(2026, 10, 5), 2), ("AP-2", "A car", "waited for Claire", None, 2),
    ]  # fmt: skip


# What was received.


def test_what_did_not_come_stays_visible_with_how_often_it_was_asked_for(october: Workspace) -> None:
    add(october, "report", name="Accounts", source="PR-1", due=date(2026, 11, 6), reminders=2)
    add(october, "report", name="Hours", source="PR-1", pillar="time", due=date(2026, 12, 5),
        received_on=date(2026, 11, 4), completeness=80)  # fmt: skip
    add(october, "report", name="Yearly", source="PR-1", pillar="risk", period="year", due=date(2027, 3, 1))
    found = compose(october, OCTOBER)
    assert [value(found, f"received_{pillar}") for pillar in ("time", "finance", "risk")] == [80, 0, None]
    assert [(row[1], row[4], row[5], row[6], row[7]) for row in table(found, "received").rows] == [
        ("Accounts", date(2026, 11, 6), "not received", 0, 2),
        ("Hours", date(2026, 11, 5), date(2026, 11, 4), 80, 0),
    ]
    assert any("“Accounts”: not received, asked for 2 times, Paie+" in gap for gap in gaps(found))
    assert any("the rest of “Hours”: 80 % came" in gap for gap in gaps(found))


def test_reminders_of_the_one_that_came_are_not_those_of_the_next(october: Workspace) -> None:
    code = add(october, "report", name="Accounts", source="PR-1", due=date(2026, 11, 6))
    note_reminder(october, code)
    expected.came(october, code, 60)
    owed = [
        each for month in (OCTOBER, NOVEMBER) for each in received.owed_of(MonthView(october, month), month)
    ]
    assert [(each.received, each.complete, each.reminders) for each in owed] == [
        (date(2026, 11, 23), 60, 1), (None, 0, 0),
    ]  # fmt: skip


def test_each_coming_is_remembered_for_its_month(october: Workspace, clock: TickingClock) -> None:
    clock.at = datetime(2026, 9, 2, 8, tzinfo=UTC)
    code = add(october, "report", name="Accounts", source="PR-1", due=date(2026, 10, 6))
    for day, complete in (
        (datetime(2026, 10, 5, 8, tzinfo=UTC), 100),
        (datetime(2026, 11, 20, 8, tzinfo=UTC), 60),
    ):
        clock.at = day
        expected.came(october, code, complete)
    clock.at = datetime(2026, 11, 23, 8, tzinfo=UTC)
    for month, came in (
        (ReportMonth(date(2026, 9, 1)), (date(2026, 10, 6), date(2026, 10, 5), 100)),
        (OCTOBER, (date(2026, 11, 6), date(2026, 11, 20), 60)),
        (NOVEMBER, (date(2026, 12, 6), None, 0)),
    ):
        (owed,) = received.owed_of(MonthView(october, month), month)
        assert (owed.due, owed.received, owed.complete) == came
    assert not list(
        received.owed_of(MonthView(october, ReportMonth(date(2026, 7, 1))), ReportMonth(date(2026, 7, 1)))
    )


# A month that is closed.


def closed(workspace: Workspace) -> None:
    add(workspace, "cost", name="October", month=date(2026, 10, 31), contract="CT-1", amount=105_000)
    closing.close(workspace, OCTOBER)


def test_a_closed_month_keeps_what_it_said_and_shows_what_changed_since(
    october: Workspace, clock: TickingClock
) -> None:
    closed(october)
    before = journal.head(october.conn)[0]
    clock.forward(days=3)
    add(october, "cost", name="Forgotten", month=date(2026, 10, 31), contract="CT-1", amount=20_000)
    found = closing.report(october, OCTOBER)
    assert value(found, "invoiced") == 105_000
    rows = {row[0]: row[1:4] for row in table(found, "since_the_close").rows}
    assert rows["Invoiced"] == (Amount(105_000), Amount(125_000), Amount(20_000))
    (record,) = [closing.closing_of(october, OCTOBER)]
    assert record is not None
    assert (record.head_seq, record.complete) == (before - 1, 100)
    assert journal.holds(october.conn, (record.head_seq, record.head))


def test_a_month_is_closed_once_after_its_end_and_reopened_with_a_reason(october: Workspace) -> None:
    closed(october)
    with pytest.raises(NotPossible, match="closed already"):
        closing.close(october, OCTOBER)
    with pytest.raises(NotPossible, match="not over"):
        closing.close(october, NOVEMBER)
    with pytest.raises(NotPossible, match="nothing was kept"):
        closing.close(october, ReportMonth(date(2026, 8, 1)))
    with pytest.raises(NotPossible, match="why"):
        closing.reopen(october, OCTOBER, " ")
    closing.reopen(october, OCTOBER, "an invoice was forgotten")
    assert journal.entries(october.conn)[0].reason == "an invoice was forgotten"
    assert closing.closing_of(october, OCTOBER) is None
    closing.close(october, OCTOBER)
    with pytest.raises(NotPossible, match="is not closed"):
        closing.reopen(october, NOVEMBER, "why not")


def test_what_was_closed_cannot_be_changed_unseen(october: Workspace) -> None:
    closed(october)
    october.conn.execute("UPDATE closed_report SET content = replace(content, '105000', '95000')")
    found = closing.report(october, OCTOBER)
    assert "is not what its fingerprint says" in markdown.of_publication(found.publication)
    assert value(found, "invoiced") == 105_000


def test_undoing_a_close_opens_the_month(october: Workspace) -> None:
    closed(october)
    october.undo()
    assert closing.closing_of(october, OCTOBER) is None
    closing.close(october, OCTOBER)


def test_a_report_comes_back_from_its_text_as_it_was(october: Workspace) -> None:
    closed(october)
    found = compose(october, OCTOBER)
    assert frozen.to_report(frozen.of_report(found)) == found


def test_each_level_keeps_and_reads_only_its_own(october: Workspace) -> None:
    add(october, "cost", name="Secret bonus", month=date(2026, 10, 3), kind="rework", function="FN-1",
        amount=77_700, conf=3)  # fmt: skip
    add(october, "blocker", title="Secret takeover", since=datetime(2026, 10, 5, 7, tzinfo=UTC), conf=3)
    closed(october)
    for level in (0, 1, 2):
        text = markdown.of_publication(closing.report(october.behind(level), OCTOBER).publication)
        assert "Secret" not in text
        # The head of the journal stands in the text, and its digits may be any.
        assert "777" not in re.sub(r"\b[0-9a-f]{64}\b", "", text)
    assert "Secret takeover" in markdown.of_publication(closing.report(october, OCTOBER).publication)


# Odd months and companies.


def test_an_empty_company_says_that_nothing_is_known(workspace: Workspace) -> None:
    found = compose(workspace, OCTOBER)
    assert {line.now for line in found.lines} == {None}
    assert found.complete is None
    assert "every figure is unknown" in markdown.of_publication(found.publication)


def test_a_month_to_come_is_refused_and_one_that_runs_says_until_when(october: Workspace) -> None:
    with pytest.raises(NotPossible, match="begins on"):
        closing.report(october, NOVEMBER.next)
    text = markdown.of_publication(closing.report(october, NOVEMBER).publication)
    assert "which is not over: until 23 Nov 2026" in text


def test_a_month_before_the_first_entry_knows_only_what_was_entered_later(october: Workspace) -> None:
    add(october, "cost", name="Old", month=date(2026, 5, 1), contract="CT-1", amount=1_000)
    found = compose(october, ReportMonth(date(2026, 5, 1)))
    assert (value(found, "invoiced"), value(found, "waiting_hours"), value(found, "decisions")) == (
        1_000,
        None,
        None,
    )
    assert "is kept since 1 Sep 2026" in markdown.of_publication(found.publication)


def test_a_provider_that_was_deleted_meanwhile_is_named_by_its_code(october: Workspace) -> None:
    gone = add(october, "provider", name="Gone")
    add(october, "report", name="Accounts", source=gone, due=date(2026, 11, 6))
    october.conn.execute("DELETE FROM provider WHERE code = ?", (gone,))
    assert table(compose(october, OCTOBER), "received").rows[0][2] == gone


HOSTILE = "<script>alert(1)</script> | =1+1 [x](javascript:alert(1)) # b"


def test_hostile_words_stay_words(october: Workspace) -> None:
    add(october, "blocker", title=HOSTILE, since=datetime(2026, 10, 5, 7, tzinfo=UTC))
    add(october, "decision", title=HOSTILE, decided_at=datetime(2026, 10, 6, 7, tzinfo=UTC))
    text = markdown.of_publication(compose(october, OCTOBER).publication)
    assert "<script>" not in text.replace("\\<", "")
    assert not re.search(r"(?<!\\)\]\(javascript", text)


# On its way.


def test_it_is_queued_once_at_the_level_of_its_channel_and_held_until_it_was_looked_at(
    october: Workspace,
) -> None:
    add(october, "cost", name="Fees", month=date(2026, 10, 3), function="FN-1", amount=777_700, conf=3)
    add(october, "report", name="Accounts", source="PR-1", due=date(2026, 11, 6))
    team = Channel(key="team", name="Team", kind="webhook", url="https://hooks.example/in", conf=1)
    october.settings = replace(october.settings, channels=(team,))
    assert "7 777" not in sending.preview(october, OCTOBER, team).replace("\u202f", " ").replace(",", " ")
    said = sending.send(october, OCTOBER, team)
    assert "held until somebody looks" in said
    assert sending.send(october, OCTOBER, team) == "Team has it already"
    (parcel,) = outbox.waiting(october.conn, "team", state=outbox.HELD)
    assert parcel.message["conf"] == 1
    assert "“Accounts”: not received, never asked for" in parcel.message["body"]
    (out,) = october.select(Release, "release")
    assert (out.document, out.period, out.recipient, out.level) == ("report", "2026-10", "Team", 1)


# When it is due.


def test_a_month_asks_to_be_closed_ten_days_after_its_end_where_such_reports_are_kept(
    october: Workspace, clock: TickingClock
) -> None:
    assert due.to_close(october) is None
    add(october, "cost", name="October", month=date(2026, 10, 31), contract="CT-1", amount=105_000)
    waiting = due.to_close(october)
    assert waiting is not None
    assert (waiting.month, waiting.days) == (OCTOBER, 12)
    clock.at = datetime(2026, 11, 10, 20, tzinfo=UTC)
    asked = due.to_close(october)
    assert asked is None or asked.month != OCTOBER
    clock.at = datetime(2026, 11, 23, 8, tzinfo=UTC)
    closing.close(october, OCTOBER)
    assert due.to_close(october) is None
    clock.at = datetime(2026, 12, 11, 8, tzinfo=UTC)
    after = due.to_close(october)
    assert after is not None
    assert after.month == NOVEMBER
