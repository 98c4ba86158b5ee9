"""Decisions: arbitrated on a blocker, judged against their circuit, superseded, looked at again; their files."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cockpit.domain.records.record import Value
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.blocker import Blocker
from cockpit.domain.registers.decision import Decision
from cockpit.domain.registers.escalation import Escalation
from cockpit.domain.registers.priority import Priority
from cockpit.services.boards import record_page
from cockpit.services.boards.board import board
from cockpit.services.changes import edit
from cockpit.services.desk import refusal
from cockpit.services.desk.workspace import Workspace
from cockpit.services.records import history, sensitive_files
from cockpit.services.work import capture, decisions, entry, escalation, moves
from cockpit.services.work.decisions import Details


def decided(workspace: Workspace, line: str, **details: object) -> str:
    return decisions.make(workspace, entry.understand(workspace, line), Details(**details))  # type: ignore[arg-type]


def decision(workspace: Workspace, code: str) -> Decision:
    (found,) = workspace.select(Decision, "decision", "code = ?", (code,))
    return found


def blocker(workspace: Workspace, code: str = "B-1") -> Blocker:
    (found,) = workspace.select(Blocker, "blocker", "code = ?", (code,))
    return found


@pytest.fixture
def company(workspace: Workspace) -> Workspace:
    """IT is decided by Sophie up to 2,000 euros, by Marc in her place, by Claire above."""
    for name in ("Claire", "Sophie", "Marc", "Karim"):
        workspace.add(REGISTERS["person"], {"name": name})
    workspace.add(REGISTERS["function"], {"name": "IT"})
    circuit: dict[str, Value] = {"name": "Purchases", "functions": ("FN-1",), "decider": "PE-2", "deputy": "PE-3",
               "level_3": "PE-1", "threshold": 200_000}  # fmt: skip
    workspace.add(REGISTERS["circuit"], circuit)
    line = "Router is dead +IT p1 next:Repair_or_replace? // asked twice"
    capture.save(workspace, "blocker", entry.understand(workspace, line))
    return workspace


@pytest.mark.parametrize(
    ("decider", "amount", "expected"),
    [
        ("Sophie", 200_000, "within the circuit"),
        ("Marc", None, "within the circuit"),
        ("Sophie", 200_001, "above €2,000: outside the circuit; Claire could"),
        ("Claire", 900_000, "within the circuit"),
        ("Karim", None, "Sophie decides: outside the circuit"),
        ("Somebody unknown", None, "Sophie decides: outside the circuit"),
    ],
)
def test_authority_is_the_circuits(
    company: Workspace, decider: str, amount: int | None, expected: str
) -> None:
    code = decided(company, "Replace it +IT", decider=decider, amount=amount)
    assert decisions.authority(company, decision(company, code))[1] == expected
    assert (code in decisions.notes(company, [decision(company, code)])) == (
        "outside the circuit" in expected
    )


@pytest.mark.parametrize(
    ("decider", "amount", "expected"),
    [
        # Of a post of the function before that of a post of none.
        ("Sophie", 150_000, "within the circuit"),
        ("Sophie", 150_001, "above what Sophie decides alone (€1,500); Marc could"),
        ("Sophie", 250_000, "above €2,000: outside the circuit; Claire could"),
        ("Marc", 200_000, "within the circuit"),
        # Level 3 of the circuit decides whatever the amount.
        ("Claire", 900_000, "within the circuit"),
    ],
)
def test_a_post_decides_up_to_its_limit(company: Workspace, decider: str, amount: int, expected: str) -> None:
    company.add(REGISTERS["function"], {"name": "HR"})
    posts: tuple[dict[str, Value], ...] = (
        {"name": "Office", "holder": "PE-2", "decides_up_to": 50_000},
        {"name": "IT lead", "holder": "PE-2", "function": "FN-1", "decides_up_to": 150_000},
        {"name": "Payroll", "holder": "PE-3", "function": "FN-2", "decides_up_to": 100},
        {"name": "Chief", "holder": "PE-1", "decides_up_to": 100},
    )
    for each in posts:
        company.add(REGISTERS["scope"], each)
    code = decided(company, "Replace it +IT", decider=decider, amount=amount)
    made = decision(company, code)
    assert decisions.authority(company, made)[1] == expected
    is_outside = not expected.startswith("within")
    assert (code in decisions.notes(company, [made])) == is_outside
    (kept, *_more) = history.history(company, REGISTERS["decision"], made)
    assert (expected in kept.what) == is_outside


def test_without_a_circuit_the_scope_alone_says_so_and_the_chief_executive_could(company: Workspace) -> None:
    company.add(REGISTERS["scope"], {"name": "Assistant", "holder": company.me, "decides_up_to": 50_000})
    said = entry.understand(company, "A new sofa for 900 €")
    assert "alone" in decisions.warning(company, said)
    assert decisions.warning(company, entry.understand(company, "A lamp for 90 €")) == ""
    assert decisions.warning(company, entry.understand(company, "A sofa")) == ""


def test_a_limit_is_told_only_to_whoever_may_read_it(company: Workspace) -> None:
    company.add(
        REGISTERS["scope"], {"name": "IT lead", "holder": "PE-2", "decides_up_to": 150_000, "conf": 2}
    )
    code = decided(company, "Replace it +IT", decider="Sophie", amount=160_000)
    assert decisions.outside(company, decision(company, code)) == ""
    assert "1,500" in decisions.authority(company, decision(company, code))[1]


def test_without_a_circuit_nothing_is_outside_it(company: Workspace) -> None:
    code = decided(company, "Close on Friday")
    assert decisions.authority(company, decision(company, code))[1] == "no circuit"
    assert decisions.notes(company, [decision(company, code)]) == {}


@pytest.mark.parametrize(
    ("text", "cents"),
    [("Replace for 1 500 €", 150_000), ("Pay 99,90€", 9_990), ("12 routers", None), ("10 € or 20 €", None),
     ("2500 EUR", 250_000), ("1\u202f000\u202f€", 100_000)],
)  # fmt: skip
def test_the_amount_is_read_in_the_line(text: str, cents: int | None) -> None:
    assert decisions.amount_in(text) == cents


def test_arbitration_is_one_change(company: Workspace) -> None:
    company.add(REGISTERS["dossier"], {"name": "Fusion", "conf": 2})
    edit.edit(company, "B-1", {"status": "to_decide", "case": "fusion"})
    escalation.escalate(company, "B-1", "Repair or replace?")
    said = entry.understand(company, "Replace it for 1500 € qui:Karim pour:demain // five years old")
    code = decisions.arbitrate(company, "B-1", said)
    made = decision(company, code)
    assert (made.question, made.circuit, made.blocks) == ("Repair or replace?", "DC-1", ("B-1",))
    assert (made.function, made.case, made.conf, made.amount) == ("FN-1", "Fusion", 2, 150_000)
    assert (made.note, made.owner) == ("five years old", "PE-4")
    assert (blocker(company).status, blocker(company).next_step) == ("open", made.title)
    (ended,) = company.select(Escalation, "escalation")
    assert (ended.decision, ended.ended_at is not None) == (code, True)
    company.undo()
    assert blocker(company).status == "to_decide"
    assert company.select(Escalation, "escalation")[0].ended_at is None
    assert not company.select(Decision, "decision")


def test_what_is_closed_is_not_arbitrated(company: Workspace) -> None:
    moves.done(company, ["B-1"])
    with pytest.raises(refusal.NotPossible):
        decisions.arbitrate(company, "B-1", entry.understand(company, "Replace it"))


def test_a_decision_is_superseded_once_and_its_chain_is_told(company: Workspace) -> None:
    first = decided(
        company, "Repair it +IT conf:2", question="Repair or replace?", options=("repair", "replace")
    )
    second = decisions.supersede(company, first, entry.understand(company, "Replace it"))
    made = decision(company, second)
    assert (made.supersedes, made.question, made.options) == (first, "Repair or replace?", "repair\nreplace")
    assert (made.function, made.conf) == ("FN-1", 2)
    with pytest.raises(refusal.NotPossible):
        decisions.supersede(company, first, entry.understand(company, "Wait"))
    third = decisions.supersede(company, second, entry.understand(company, "Rent one"))
    assert [each.code for each in decisions.chain(company, second)] == [first, second, third]
    assert "superseded by D-2" in decisions.notes(company, [decision(company, first)])[first]
    told = {(each.label, each.code) for each in record_page.related(company, decision(company, second))}
    assert {("Before it", first), ("Superseded by", third)} <= told


def test_a_decision_is_never_edited(company: Workspace) -> None:
    code = decided(company, "Replace it")
    with pytest.raises(refusal.NotPossible):
        edit.edit(company, code, {"title": "Something else"})


def test_an_alert_says_when_to_look_again(company: Workspace) -> None:
    today = company.today()
    near = decided(company, "Try it for a month", review_on=today + timedelta(days=7))
    decided(company, "Later", review_on=today + timedelta(days=8))
    late = decided(company, "Past", review_on=date(2026, 1, 5))
    gone = decided(company, "Superseded", review_on=today)
    decisions.supersede(company, gone, entry.understand(company, "Another"))
    found = {alert.target for alert in board(company).alerts.loud if alert.kind == "review"}
    assert found == {near, late}


def test_what_enters_a_file_is_as_confidential_as_it(company: Workspace) -> None:
    company.add(REGISTERS["dossier"], {"name": "Cession", "conf": 3})
    capture.save(company, "blocker", entry.understand(company, "Data room is late dossier:cession"))
    capture.save(company, "priority", entry.understand(company, "Call the bank dossier:cession conf:1"))
    made = decided(company, "We sell dossier:cession")
    assert (blocker(company, "B-2").conf, blocker(company, "B-2").case) == (3, "Cession")
    assert company.select(Priority, "priority")[0].conf == 3
    assert decision(company, made).conf == 3
    edit.edit(company, "B-1", {"case": "cession"})
    assert blocker(company, "B-1").conf == 3
    edit.edit(company, "B-1", {"conf": 0})
    assert blocker(company, "B-1").conf == 3, "not below its file"


def test_a_file_that_becomes_more_confidential_takes_its_records_along(company: Workspace) -> None:
    company.add(REGISTERS["dossier"], {"name": "Cession", "conf": 1})
    for line in ("One dossier:Cession conf:1", "Two dossier:Cession conf:3", "Elsewhere"):
        capture.save(company, "blocker", entry.understand(company, line))
    edit.edit(company, "DS-1", {"conf": 2})
    assert [blocker(company, code).conf for code in ("B-2", "B-3", "B-4")] == [2, 3, 1]
    company.undo()
    assert [blocker(company, code).conf for code in ("B-2", "B-3")] == [1, 3]
    edit.edit(company, "DS-1", {"name": "Project Blue"})
    assert blocker(company, "B-2").case == "Project Blue"


def test_a_file_lists_what_it_holds_in_the_order_of_time(company: Workspace) -> None:
    company.add(REGISTERS["dossier"], {"name": "Cession"})
    capture.save(
        company, "blocker", entry.understand(company, "Since last week dossier:cession depuis:16/11")
    )
    made = decided(company, "We sell dossier:cession")
    capture.save(company, "blocker", entry.understand(company, "The oldest dossier:cession depuis:02/11"))
    found = sensitive_files.named(company, "CESSION")
    assert found is not None
    assert [record.code for _register, record in sensitive_files.contents(company, found)] == [
        "B-3",
        "B-2",
        made,
    ]
    assert [each.code for each in record_page.related(company, found)] == ["B-3", "B-2", made]
