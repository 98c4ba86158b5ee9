"""Handovers from templates: steps, owners and dates, what the person holds, how far it is."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.handover import HANDOVERS, Handover
from cockpit.domain.registers.person import Person
from cockpit.domain.registers.step import Step
from cockpit.services.audits import handovers
from cockpit.services.boards.record_page import related
from cockpit.services.desk.calendars import company_calendar
from cockpit.services.desk.refusal import NotPossible
from cockpit.services.desk.workspace import Workspace
from cockpit.services.records.find import find
from tests.conftest import TickingClock

END = date(2026, 12, 31)


@pytest.fixture
def company(workspace: Workspace) -> Workspace:
    """Julie runs payroll, which Sophie answers for; she holds an access, a document and a process."""
    for name, values in (
        ("person", {"name": "Sophie"}), ("person", {"name": "Julie"}), ("person", {"name": "Marc"}),
        ("function", {"name": "Payroll", "owner": "PE-1"}),
        ("process", {"name": "Monthly pay", "function": "FN-1", "responsible": ("PE-2",)}),
        ("access", {"name": "Bank", "holder": "PE-2", "level": "admin"}),
        ("access", {"name": "Old mail", "holder": "PE-2", "revoked_on": date(2026, 1, 1)}),
        ("document", {"name": "Pay guide", "owner": "PE-2", "function": "FN-1"}),
    ):  # fmt: skip
        workspace.add(REGISTERS[name], values)  # type: ignore[arg-type]
    return workspace


def steps(workspace: Workspace) -> dict[str, Step]:
    return {each.name: each for each in workspace.select(Step, "step")}


def test_every_kind_has_a_template_whose_words_are_known_to_the_catalogue() -> None:
    assert set(handovers.templates()) == set(HANDOVERS)
    words = set(handovers._WORDS)
    for template in handovers.templates().values():
        assert {title for title, _days, _owner in (*template.steps, *template.held.values())} <= words
        assert {owner for _title, _days, owner in template.steps} <= {"giver", "taker", "owner"}
    every = (t for each in handovers.templates().values() for t in (*each.steps, *each.held.values()))
    assert words == {title for title, _days, _owner in every}


def test_a_departure_has_its_steps_and_what_the_person_holds_by_name(company: Workspace) -> None:
    code = handovers.start(company, "PE-2", "departure", END, "PE-3")
    made = steps(company)
    tell = made["Tell those concerned: who leaves, when, who takes over"]
    assert (tell.owner, tell.due) == ("PE-1", END - timedelta(days=28))
    assert made["Write down what only this person knows"].owner == "PE-2"
    assert made["Take stock after a month: what was forgotten"].owner == "PE-3"
    assert made["Revoke the access: Bank"].due == END
    assert "Revoke the access: Old mail" not in made
    assert {"Pass on the document: Pay guide", "Pass on the process: Monthly pay"} <= set(made)
    (handover,) = company.select(Handover, "handover")
    assert (handover.code, handover.giver, handover.taker, handover.function) == (
        code,
        "PE-2",
        "PE-3",
        "FN-1",
    )
    assert company.select(Person, "person", "code = 'PE-2'")[0].ends_on == END
    company.undo()
    assert not company.select(Step, "step")
    assert not company.select(Handover, "handover")
    assert company.select(Person, "person", "code = 'PE-2'")[0].ends_on is None


def test_a_step_that_names_something_is_as_confidential_as_it(company: Workspace) -> None:
    register, bank = find(company, "AC-1")
    company.change(register, bank, {"conf": 3})
    handovers.start(company, "PE-2", "departure", END)
    made = steps(company)
    assert made["Revoke the access: Bank"].conf == 3
    assert {step.conf for name, step in made.items() if "Bank" not in name} == {1}


def test_whoever_arrives_receives(company: Workspace) -> None:
    handovers.start(company, "PE-3", "arrival", END)
    (handover,) = company.select(Handover, "handover")
    assert (handover.giver, handover.taker) == ("", "PE-3")
    assert (
        steps(company)["Do the task alone with the document only, note what is missing in it"].owner == "PE-3"
    )
    assert company.select(Person, "person", "code = 'PE-3'")[0].starts_on == END


def test_a_date_that_is_known_is_the_date(company: Workspace) -> None:
    register, julie = find(company, "PE-2")
    assert handovers.usual_due(company, julie, "departure") == company.today() + timedelta(days=28)
    company.change(register, julie, {"ends_on": END, "kind": "interim"})
    _register, julie = find(company, "PE-2")
    assert handovers.usual_kind(company, julie) == "mission"
    assert handovers.usual_due(company, julie, "mission") == END


def test_a_provider_hands_over_too_and_nobody_to_themselves(company: Workspace) -> None:
    company.add(REGISTERS["provider"], {"name": "Paie+"})
    assert handovers.start(company, "PR-1", "mission", END, "PE-1") == "HO-1"
    with pytest.raises(NotPossible):
        handovers.start(company, "PE-1", "departure", END, "PE-1")
    with pytest.raises(NotPossible):
        handovers.start(company, "FN-1", "departure", END)


def test_how_far_it_is_against_the_days_that_are_left(company: Workspace, clock: TickingClock) -> None:
    handovers.start(company, "PE-2", "departure", company.today() + timedelta(days=10))
    (handover,) = company.select(Handover, "handover")
    before = handovers.standing(company, handover)
    assert (before.done, before.every, before.late, before.left) == (0, 13, 0, 10)
    clock.forward(days=3)
    assert handovers.standing(company, handover).late == 3
    first = handovers.steps(company, handover.code)[0]
    assert handovers.toggle_step(company, first.code)
    after = handovers.standing(company, handover)
    assert (after.done, after.late) == (1, 2)
    assert after.text == "1/13 done (7 %) · 2 late · 7 days left"
    assert related(company, handover)[1].label.startswith("✓")
    assert not handovers.toggle_step(company, first.code)
    clock.forward(days=8)
    assert handovers.standing(company, handover).text.endswith("ended 1 day ago")


@pytest.mark.parametrize(("text", "kind"), [("dep", "departure"), ("END OF", "mission"), ("arrival", "arrival"),
                                            ("", None), ("xyz", None)])  # fmt: skip
def test_a_kind_is_its_word_or_its_beginning(text: str, kind: str | None) -> None:
    assert handovers.kind_named(text) == kind


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(kind=st.sampled_from(sorted(HANDOVERS)), ahead=st.integers(-5, 120))
def test_whenever_it_is_begun_no_step_is_late_and_each_falls_on_a_working_day(
    company: Workspace, kind: str, ahead: int
) -> None:
    calendar = company_calendar(company, freeze=True)
    code = handovers.start(company, "PE-2", kind, company.today() + timedelta(days=ahead), "PE-3")
    made = handovers.steps(company, code)
    (handover,) = company.select(Handover, "handover", "code = ?", (code,))
    assert handovers.standing(company, handover).late == 0
    for step in made:
        assert step.due is not None
        assert step.due >= company.today()
        assert calendar.is_business_day(step.due), step.due
    company.undo()


def test_with_less_time_than_the_template_needs_the_steps_draw_together_in_their_order(
    company: Workspace,
) -> None:
    handovers.start(company, "PE-2", "departure", company.today() + timedelta(days=7), "PE-3")
    made = steps(company)
    days = [
        made[name].due
        for name in (
            "Tell those concerned: who leaves, when, who takes over",
            "Write down what only this person knows",
            "Do the work alone with the documents only, note what is missing",
            "Take back equipment, keys, badge, bank card and signatures",
        )
    ]
    assert days == [date(2026, 11, 23), date(2026, 11, 26), date(2026, 11, 27), date(2026, 11, 30)]


def test_the_end_that_is_proposed_is_a_working_day(company: Workspace, clock: TickingClock) -> None:
    company_calendar(company, freeze=True)
    clock.forward(days=-3)  # Friday 20 November; 28 days later is a Friday, 42 days later 1 January
    (person,) = company.select(Person, "person", "code = 'PE-3'")
    for day in range(7):
        clock.forward(days=day and 1)
        for kind in HANDOVERS:
            due = handovers.usual_due(company, person, kind)
            assert company_calendar(company).is_business_day(due)
