"""The other side of an interface is asked, and answers through the inbox: who may, what is read, what is left."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cockpit.domain.messages.statement import parse_text
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.feedback import INSIDE, OUTSIDE, Feedback
from cockpit.domain.registers.statement import Statement
from cockpit.services.desk import forms, refusal
from cockpit.services.desk.workspace import PROGRAM, Workspace
from cockpit.services.messages import feedback, inbox
from cockpit.services.organisation import feedback as marks
from cockpit.services.upkeep import intake

Answer = Callable[[str], Statement]


@pytest.fixture
def between(workspace: Workspace) -> Workspace:
    """Payroll and its provider, whose Julie answers; another provider beside it."""
    workspace.add(REGISTERS["function"], {"name": "Payroll"})
    for name in ("Paie+", "InfoSud"):
        workspace.add(REGISTERS["provider"], {"name": name, "contact": f"{name[0].lower()}@example.org"})
    workspace.add(REGISTERS["person"], {"name": "Julie", "kind": "external", "provider": "PR-1"})
    workspace.add(REGISTERS["interface"], {"name": "Variables", "source": "FN-1", "target": "PR-1"})
    return workspace


@pytest.fixture
def answer(between: Workspace) -> Answer:
    """Somebody's file comes in; the statement as it is afterwards."""

    def of(text: str) -> Statement:
        code = inbox.keep(between, parse_text(text.encode()))
        intake.settle_answers(between, [code])
        (found,) = between.select(Statement, "statement", "code = ?", (code,))
        return found

    return of


def given(workspace: Workspace) -> list[tuple[str, int | None, str, str]]:
    return [
        (each.side, each.mark, each.given_by, each.note) for each in workspace.select(Feedback, "feedback")
    ]


def test_the_letter_names_the_interface_and_reading_it_back_answers_nothing(between: Workspace) -> None:
    letter = feedback.letter(between, "IF-1")
    assert (letter.who, letter.address) == ("Paie+", "p@example.org")
    assert "(IF-1)" in letter.subject
    assert feedback.answers_in(f"{letter.subject}\n{letter.body}") == ()


def test_who_was_asked_answers_and_the_question_is_settled(between: Workspace, answer: Answer) -> None:
    marks.note_asked(between, "IF-1")
    said = answer(
        "From: Julie\nRe: Variables (IF-1)\nIF-1 : 4/5 // quicker since spring\n> IF-1 3\nThank you"
    )
    assert given(between) == [(OUTSIDE, 4, "PE-1", "quicker since spring")]
    assert (said.triage, said.became, said.closed_at is not None) == ("answer", "FB-1", True)
    (entry,) = between.conn.execute("SELECT actor FROM journal WHERE action = 'feedback.answer'").fetchall()
    assert entry["actor"] == PROGRAM


def test_a_stranger_answers_for_nobody(between: Workspace, answer: Answer) -> None:
    assert answer("From: Somebody\nIF-1: 5").triage == "new"
    assert answer("From: InfoSud\nIF-1: 5").triage == "new"
    assert given(between) == []


def test_what_cannot_be_read_as_a_mark_is_left_and_says_so(between: Workspace, answer: Answer) -> None:
    for text in ("IF-1: very good", "IF-1: 7", "IF-1: 42"):
        said = answer(f"From: Julie\n{text}")
        assert (said.triage, "IF-1" in said.reason) == ("new", True), text
    assert given(between) == []


def test_an_answer_among_other_news_is_taken_and_the_rest_is_still_to_be_sorted(
    between: Workspace, answer: Answer
) -> None:
    news = "By the way our server was down this whole night and nobody knows yet why it stopped nor when it ends."
    said = answer(f"From: Julie\nIF-1: 2 // slow\n{news}")
    assert given(between) == [(OUTSIDE, 2, "PE-1", "slow")]
    assert (said.triage, "FB-1" in said.reason) == ("new", True)


def test_a_mark_is_typed_for_either_side_and_nothing_else_is_one(between: Workspace) -> None:
    said = marks.SaidMark(INSIDE, 4, "why")
    assert marks.understand("4 // why") == said
    assert marks.understand("eux 3/5").side == OUTSIDE
    for text in ("", "good", "0", "6", "4 5", "someone 3"):
        with pytest.raises(forms.WrongValue):
            marks.understand(text)
    marks.note(between, "if-1", said)
    (found,) = marks.qualities(between)
    assert marks.in_words(found.said) == "we say 4"
    assert given(between) == [(INSIDE, 4, between.me, "why")]


def test_between_two_of_the_house_nobody_is_asked(between: Workspace) -> None:
    between.add(REGISTERS["function"], {"name": "Sales"})
    code = between.add(REGISTERS["interface"], {"name": "Plans", "source": "FN-1", "target": "FN-2"})
    with pytest.raises(refusal.NotPossible):
        feedback.letter(between, code)
