"""Figures that come in by themselves: a spreadsheet in the inbox folder, a report with its figures; and late ones."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from cockpit.domain.messages.statement import BadStatement, parse_text
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.measure import Measure
from cockpit.domain.registers.report import Report
from cockpit.domain.registers.statement import Statement
from cockpit.domain.settings import InboxSettings
from cockpit.services.boards.record_page import related
from cockpit.services.desk import forms, refusal
from cockpit.services.desk.workspace import Workspace
from cockpit.services.figures import line, reports, scorecard, spreadsheet, values
from cockpit.services.messages import inbox
from cockpit.services.records.find import find
from cockpit.services.upkeep import intake
from cockpit.services.work import reminder
from tests.conftest import TickingClock

Received = Callable[[str], Statement]


@pytest.fixture
def counted(workspace: Workspace) -> Workspace:
    """Cash and unpaid invoices are given by a provider, who owes a monthly report on them."""
    workspace.add(REGISTERS["provider"], {"name": "Compta", "contact": "c@example.org"})
    for name in ("Cash", "Unpaid"):
        values.make(workspace, {"name": name, "owner": "Compta"})
    values.make(workspace, {"name": "Kept", "source": "sla_kept"})
    workspace.add(REGISTERS["report"], {
        "name": "Accounts", "source": "PR-1", "due": workspace.today(), "reminders": 2, "period": "month",
    })  # fmt: skip
    return workspace


def known(workspace: Workspace) -> list[tuple[str, str, float | None, str]]:
    return [
        (each.figure, str(each.period), each.value, each.given_by)
        for each in workspace.select(Measure, "measure", "archived_at IS NULL ORDER BY figure, period")
    ]


@pytest.mark.parametrize("text", [
    "Figure;Period;Value\nCash;2026-11-17;150 000\nUnpaid;16/11/2026;3\n",
    "Week,Cash,Unpaid\n2026-11-16,150000,3\n",
    ";16/11/2026\nCash;150k\nUnpaid;3\n",
])  # fmt: skip
def test_a_line_each_or_a_table_either_way_is_the_same(counted: Workspace, text: str) -> None:
    assert spreadsheet.take_in(counted, text.encode(), "week.csv") == 2
    assert known(counted) == [
        ("FG-1", "2026-11-16", 150_000, "week.csv"),
        ("FG-2", "2026-11-16", 3, "week.csv"),
    ]
    # The same file again changes nothing; another value takes the place of the first.
    spreadsheet.take_in(counted, text.encode(), "week.csv")
    assert len(known(counted)) == 2


@pytest.mark.parametrize(("text", "told"), [
    ("Figure;Period;Value\nCash;2026-11-16;soon\n", "number"),
    ("Figure;Period;Value\nCash;2026-11-16;1\nOther;2026-11-16;3\n", "Other"),
    ("Figure;Period;Value\nCash;2027-06-01;1\n", "to come"),
    ("Figure;Period;Value\nKept;2026-11-16;1\n", "works it out"),
    ("nothing here", "line"),
])  # fmt: skip
def test_what_is_no_value_is_said_and_nothing_is_written(counted: Workspace, text: str, told: str) -> None:
    with pytest.raises(BadStatement, match=told):
        spreadsheet.take_in(counted, text.encode(), "week.csv")
    assert known(counted) == []


def test_a_file_of_the_inbox_folder_is_taken_or_left_with_its_reason(
    counted: Workspace, clock: TickingClock, tmp_path: Path
) -> None:
    counted.settings = replace(counted.settings, inbox=InboxSettings(folder=str(tmp_path)))
    (tmp_path / "good.csv").write_text("Figure;Period;Value\nCash;2026-11-16;12\n")
    (tmp_path / "bad.csv").write_text("Figure;Period;Value\nCash;2026-11-16;text\n")
    asyncio.run(intake.take_in(counted))
    clock.forward(seconds=6)
    found = asyncio.run(intake.take_in(counted))
    assert (found.values, found.refused) == (1, 1)
    (left,) = counted.select(Statement, "statement")
    assert "number" in left.reason
    assert sorted(each.name for each in tmp_path.rglob("*.csv")) == ["bad.csv", "good.csv"]


def test_a_report_that_came_carries_its_figures_and_one_undo_takes_all_back(counted: Workspace) -> None:
    said = reports.understand(counted, "90 % 20m ; cash 182k ; unpaid 12")
    reports.receive(counted, "er-1", said)
    (came,) = counted.select(Report, "report")
    assert (came.completeness, came.spent_minutes, came.received_on) == (90, 20, counted.today())
    assert str(came.due) == "2026-12-23"
    assert [each[2] for each in known(counted)] == [182_000, 12]
    counted.undo()
    (back,) = counted.select(Report, "report")
    assert (back.received_on, known(counted)) == (None, [])


@pytest.mark.parametrize("text", ["110 %", "cash", "cash soon", "90 % ; treasure 3"])
def test_what_is_no_report_is_refused(counted: Workspace, text: str) -> None:
    with pytest.raises((forms.WrongValue, line.LineNotUnderstood)):
        reports.understand(counted, text)


@pytest.fixture
def received(counted: Workspace) -> Received:
    """A statement comes in; as it is afterwards."""

    def of(text: str) -> Statement:
        code = inbox.keep(counted, parse_text(text.encode()))
        intake.settle_answers(counted, [code])
        return counted.select(Statement, "statement", "code = ?", (code,))[0]

    return of


def test_a_partner_sends_a_report_with_its_figures(counted: Workspace, received: Received) -> None:
    said = received("From: Compta\nAccounts ER-1 100 % 45 min\nCash = 155k\nUnpaid: 4")
    assert (said.triage, said.became) == ("answer", "ER-1")
    assert [(each[0], each[2], each[3]) for each in known(counted)] == [
        ("FG-1", 155_000, "Compta"), ("FG-2", 4, "Compta"),
    ]  # fmt: skip


def test_a_figure_that_sends_text_is_said_and_nothing_is_taken(
    counted: Workspace, received: Received
) -> None:
    said = received("From: Compta\nAccounts ER-1\nCash: it will do")
    assert (said.triage, "Cash" in said.reason, known(counted)) == ("new", True, [])
    assert counted.select(Report, "report")[0].received_on is None


def test_nobody_sends_the_report_or_the_figure_of_another(counted: Workspace, received: Received) -> None:
    counted.add(REGISTERS["provider"], {"name": "Other"})
    assert received("From: Other\nER-1 100 %\nCash = 1").triage == "new"
    assert (known(counted), counted.select(Report, "report")[0].received_on) == ([], None)
    left = received("From: Compta\nER-1\nKept = 100")
    assert (left.triage, "Kept = 100" in left.reason) == ("new", True)


def test_who_owes_is_asked_in_a_letter_and_the_reminder_is_counted(counted: Workspace) -> None:
    letter = reminder.reminder(counted, "ER-1")
    assert (letter.who, letter.address) == ("Compta", "c@example.org")
    assert all(word in letter.body for word in ("ER-1", "Cash, Unpaid"))
    reminder.note_reminder(counted, "ER-1")
    assert counted.select(Report, "report")[0].reminders == 3
    found = scorecard.line_of(counted, "FG-1")
    assert found is not None
    assert "Cash" in reports.figure_letter(counted, found).body


def test_a_red_figure_and_the_blocker_made_of_it_lead_to_each_other(counted: Workspace) -> None:
    found = scorecard.line_of(counted, "FG-1")
    assert found is not None
    code = values.to_blocker(counted, found.record, "Cash is low")
    assert [each.code for each in related(counted, find(counted, code)[1])] == ["FG-1"]
    assert code in [each.code for each in related(counted, find(counted, "FG-1")[1])]


def test_a_figure_that_nobody_gives_and_one_that_is_worked_out_ask_nobody(counted: Workspace) -> None:
    values.make(counted, {"name": "Nobody's"})
    for code in ("FG-3", "FG-4"):
        found = scorecard.line_of(counted, code)
        assert found is not None
        with pytest.raises(refusal.NotPossible):
            reports.figure_letter(counted, found)
