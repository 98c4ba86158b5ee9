"""Audits and reviews of a level: what the registers answer, what ending them writes, and their next dates."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from cockpit.domain.audits.questionnaire import NO, PARTLY, YES
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.audit import Audit
from cockpit.domain.registers.function import Function
from cockpit.domain.registers.level import Level
from cockpit.domain.registers.priority import Priority
from cockpit.domain.registers.provider import Provider
from cockpit.domain.time.contract_terms import add_months
from cockpit.services.audits import answer_sheets, function_audit, outsourcing_level
from cockpit.services.audits.due import due
from cockpit.services.boards.board import board
from cockpit.services.boards.record_page import related
from cockpit.services.desk.calendars import company_calendar
from cockpit.services.desk.refusal import UnknownCode
from cockpit.services.desk.workspace import Workspace
from cockpit.services.organisation.function_facts import facts
from cockpit.store import journal
from tests.conftest import TickingClock


def add(workspace: Workspace, register: str, /, **values: object) -> str:
    return workspace.add(REGISTERS[register], values)  # type: ignore[arg-type]


@pytest.fixture
def payroll(workspace: Workspace) -> Workspace:
    """Payroll, carried by Paie+ under a contract without a confidentiality agreement."""
    add(workspace, "person", name="Sophie")
    add(workspace, "provider", name="Paie+", personal_data=True)
    add(workspace, "function", name="Payroll", mode="external", criticality=4, owner="PE-1", conf=2)
    add(workspace, "contract", name="Payroll", provider="PR-1", functions=("FN-1",), exit_plan=True)
    return workspace


def known(workspace: Workspace) -> dict[str, str]:
    found = function_audit.relied_on(facts(workspace, answer_sheets.function_of(workspace, "FN-1")))
    return {question: answer for question, (answer, _source) in found.items()}


def test_what_no_register_holds_is_not_answered(payroll: Workspace) -> None:
    assert known(payroll) == {"nda": NO, "exit": YES, "dpa": NO}


def test_the_registers_answer_with_the_records_that_say_so(payroll: Workspace) -> None:
    today = payroll.today()
    add(payroll, "access", name="Bank", holder="PR-1", level="admin", reviewed_on=today - timedelta(days=90))
    add(payroll, "access", name="Mail", holder="PE-1", function="FN-1", shared=True,
        reviewed_on=today - timedelta(days=91))  # fmt: skip
    add(payroll, "document", name="Payroll month", function="FN-1", link="payroll.md",
        reviewed_on=today - timedelta(days=180), tested_on=today - timedelta(days=366))  # fmt: skip
    add(payroll, "continuity", name="Without Paie+", function="FN-1", backup="PE-1", steps="call the other")
    add(payroll, "drill", name="One day", plan="CP-1", held_on=today - timedelta(days=10), verdict="passed")
    answers = known(payroll)
    assert answers["accesses"] == PARTLY
    assert answers["shared"] == NO
    assert answers["admin"] == NO, "one administrator alone"
    assert (answers["exists"], answers["reviewed"], answers["second"]) == (YES, YES, NO)
    assert (answers["plan"], answers["backup"], answers["drill"]) == (YES, YES, YES)
    found = function_audit.relied_on(facts(payroll, answer_sheets.function_of(payroll, "FN-1")))
    assert found["shared"][1] == "AC-2"


def test_ending_writes_the_audit_its_actions_and_the_providers_date(payroll: Workspace) -> None:
    sheet = function_audit.begin(payroll, "FN-1").answered("exists", NO)
    sheet = replace(sheet, actions=("Sign the NDA due:friday owner:Sophie p1", "Write it down due:1/2"))
    closed = function_audit.finish(payroll, sheet)
    (made,) = payroll.select(Audit, "audit")
    assert json.loads(made.answers)["exists"] == NO
    assert json.loads(made.answers)["exit"] == YES, "what the registers know is kept with it"
    assert (made.function, made.provider, made.held_on) == ("FN-1", "PR-1", payroll.today())
    assert made.next_on == date(2027, 11, 23)
    assert (made.verdict, made.conf) == ("mend", 2)
    sign, write = payroll.select(Priority, "priority", "1 ORDER BY number")
    assert (sign.title, sign.owner, sign.severity, sign.origin) == ("Sign the NDA", "PE-1", "p1", "AU-1")
    assert (write.function, write.conf) == ("FN-1", 2)
    assert payroll.select(Provider, "provider")[0].last_audit == payroll.today()
    assert closed.actions == 2
    actions = [each.code for each in related(payroll, made) if each.code.startswith("P-")]
    assert actions == ["P-1", "P-2"]
    payroll.undo()
    assert not payroll.select(Audit, "audit")
    assert not payroll.select(Priority, "priority")
    assert payroll.select(Provider, "provider")[0].last_audit is None


def test_a_verdict_that_was_chosen_holds(payroll: Workspace) -> None:
    sheet = replace(function_audit.begin(payroll, "FN-1"), verdict="danger", next_on=date(2027, 1, 11))
    function_audit.finish(payroll, sheet)
    (made,) = payroll.select(Audit, "audit")
    assert (made.verdict, made.next_on) == ("danger", date(2027, 1, 11))


def test_it_goes_on_where_it_was_left_function_by_function(payroll: Workspace) -> None:
    add(payroll, "function", name="IT", mode="external")
    sheet = function_audit.begin(payroll, "FN-1").answered("nda", YES)
    answer_sheets.save(payroll, answer_sheets.AUDIT, sheet)
    other = Workspace.open(payroll.path, payroll.settings, payroll.clock)
    assert function_audit.begin(other, "FN-1") == sheet
    assert function_audit.begin(other, "FN-2").answers == {}
    assert outsourcing_level.begin(other, "FN-1").answers == {}
    other.conn.close()
    function_audit.finish(payroll, sheet)
    assert function_audit.begin(payroll, "FN-1").answers == {}
    payroll.undo()
    assert function_audit.begin(payroll, "FN-1") == sheet, "its end was taken back"
    with pytest.raises(UnknownCode):
        function_audit.begin(payroll, "FN-9")


@pytest.mark.parametrize(("day", "months", "after"), [
    (date(2026, 8, 31), 6, date(2027, 3, 1)),
    (date(2026, 11, 23), 12, date(2027, 11, 23)),
    (date(2026, 11, 28), 12, date(2027, 11, 29)),
    (date(2026, 11, 11), 12, date(2027, 11, 12)),
])  # fmt: skip
def test_the_next_one_is_on_a_working_day(
    workspace: Workspace, clock: TickingClock, day: date, months: int, after: date
) -> None:
    clock.at = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
    company_calendar(workspace, freeze=True)
    assert answer_sheets.next_day(workspace, months) == after


def test_functions_that_were_never_audited_come_first(payroll: Workspace) -> None:
    add(payroll, "function", name="IT", mode="external", criticality=2)
    add(payroll, "function", name="Sales", mode="internal", criticality=4)
    assert [each.code for each in answer_sheets.due_functions(payroll)] == ["FN-1", "FN-2"]
    add(payroll, "audit", name="Begun", function="FN-1", held_on=date(2026, 11, 1))
    assert [each.code for each in answer_sheets.due_functions(payroll)] == ["FN-1", "FN-2"], (
        "one under way is none"
    )
    function_audit.finish(payroll, function_audit.begin(payroll, "FN-1"))
    assert [each.code for each in answer_sheets.due_functions(payroll)] == ["FN-2", "FN-1"]


def costs(workspace: Workspace, months: int) -> None:
    """Of the months before this one, November 2026."""
    for n in range(months):
        month = add_months(date(2026, 10, 31), -n)
        add(workspace, "cost", name="Invoice", month=month, function="FN-1", amount=10_000)


def test_a_full_cost_needs_twelve_months_and_says_what_is_missing(payroll: Workspace) -> None:
    costs(payroll, 11)
    found = outsourcing_level.known(payroll, "FN-1")
    assert found.full_cost is None
    assert outsourcing_level.cost_note(found) == "1 month of costs is missing, €1,100 so far"
    for other in (date(2026, 11, 1), date(2025, 10, 31)):
        add(payroll, "cost", name="Invoice", month=other, function="FN-1", amount=10_000)
    assert outsourcing_level.known(payroll, "FN-1") == found, "neither this month nor a thirteenth one counts"
    sheet = outsourcing_level.begin(payroll, "FN-1")
    assert outsourcing_level.missing(sheet, found).startswith("its value, the skill in-house, its full cost")


def test_twelve_months_of_costs_are_the_full_cost(payroll: Workspace) -> None:
    costs(payroll, 12)
    found = outsourcing_level.known(payroll, "FN-1")
    assert found.full_cost == 120_000
    typed = outsourcing_level.begin(payroll, "FN-1").answered("full_cost", "500")
    assert outsourcing_level.understood(typed, found).full_cost == 500


def test_ending_a_review_dates_the_next_one_on_the_function(payroll: Workspace) -> None:
    sheet = outsourcing_level.begin(payroll, "FN-1")
    for question, answer in {"value": "2", "skill": "1", "full_cost": "300", "baseline": "200"}.items():
        sheet = sheet.answered(question, answer)
    code, _actions = outsourcing_level.finish(payroll, replace(sheet, actions=("Ask for prices due:friday",)))
    (made,) = payroll.select(Level, "level")
    (function,) = payroll.select(Function, "function")
    assert (made.verdict, made.full_cost, made.benefit) == ("change", 300, "unknown")
    assert function.review_due == made.next_on == date(2027, 5, 24)
    assert function.baseline_cost == 200
    assert payroll.select(Priority, "priority")[0].origin == code
    assert len({each.batch for each in journal.entries(payroll.conn, limit=4)}) == 2
    payroll.undo()
    assert payroll.select(Function, "function")[0].review_due is None


def test_what_falls_due_stands_in_the_week_and_opens_its_function(
    payroll: Workspace, clock: TickingClock
) -> None:
    soon = payroll.today() + timedelta(days=3)
    function_audit.finish(payroll, replace(function_audit.begin(payroll, "FN-1"), next_on=soon))
    add(payroll, "handover", name="End of mission", due=soon)
    found = board(payroll).due
    assert [(each.kind, each.code, each.day) for each in found] == [
        ("handover", "HO-1", soon), ("audit", "FN-1", soon),
    ]  # fmt: skip
    assert due(payroll, soon + timedelta(days=1), soon + timedelta(days=9)) == ()
    clock.forward(days=1)
    later = soon + timedelta(days=90)
    function_audit.finish(payroll, replace(function_audit.begin(payroll, "FN-1"), next_on=later))
    assert [each.kind for each in board(payroll).due] == ["handover"], "a newer audit says when the next is"


def test_the_full_cost_holds_what_no_invoice_says(payroll: Workspace) -> None:
    costs(payroll, 12)
    month = add_months(payroll.today().replace(day=1), -2)
    add(payroll, "cost", name="Done again", kind="rework", month=month, function="FN-1", amount=30_000)
    found = outsourcing_level.known(payroll, "FN-1")
    assert (found.invoiced, found.hidden, found.full_cost) == (120_000, 30_000, 150_000)
    assert (
        outsourcing_level.cost_note(found) == "twelve months of costs, €1,200 invoiced + €300 hidden (25 %)"
    )
    typed = outsourcing_level.begin(payroll, "FN-1").answered("baseline", "140000")
    said = outsourcing_level.understood(typed, found)
    assert outsourcing_level.against(said) == "€1,500 in full against €1,400 in-house: 107 %"
