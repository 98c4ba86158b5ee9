"""What if somebody leaves: nothing that names them is forgotten, nothing is ready without somebody who stays."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cockpit.domain.organisation.what_if import CompanyFacts, breaks
from cockpit.domain.registers.access import Access
from cockpit.domain.registers.circuit import Circuit
from cockpit.domain.registers.continuity import Continuity
from cockpit.domain.registers.contract import Contract
from cockpit.domain.registers.document import Document
from cockpit.domain.registers.function import Function
from cockpit.domain.registers.interface import Interface
from cockpit.domain.registers.person import Person
from cockpit.domain.registers.process import Process
from cockpit.domain.registers.ritual import Ritual
from cockpit.domain.registers.scope import Scope
from cockpit.domain.registers.tool import Tool

PEOPLE = (
    Person(code="PE-1", name="Claire", backup="PE-2"),
    Person(code="PE-2", name="Inès"),
    Person(code="PE-3", name="Julie", provider="PR-1"),
)


def company(**also: object) -> CompanyFacts:
    return CompanyFacts(**{"people": PEOPLE, "criticality": {"FN-1": 4, "FN-2": 1}, **also})  # type: ignore[arg-type]


def test_with_a_provider_go_the_people_it_employs() -> None:
    found = breaks(
        company(processes=[Process(code="PS-1", name="Pay", function="FN-1", responsible=("PE-3",))]), "PR-1"
    )
    assert [(each.code, each.why, each.ready) for each in found] == [("PS-1", "alone", "")]


def test_a_function_is_taken_over_by_its_plan_or_by_its_owners_backup_not_by_somebody_gone() -> None:
    function = Function(code="FN-1", name="Pay", owner="PE-1")
    assert breaks(company(functions=[function]), "PE-1")[0].ready == "PE-2"
    plan = Continuity(code="CP-1", name="x", function="FN-1", backup="PR-1")
    assert breaks(company(functions=[function], plans=[plan]), "PE-1")[0].ready == "PR-1"
    contract = Contract(code="CT-1", name="x", provider="PR-1", functions=("FN-1",))
    gone = breaks(company(functions=[function], plans=[plan], contracts=[contract]), "PR-1")
    assert [(each.kind, each.ready) for each in gone] == [
        ("function", ""),
        ("contract", ""),
        ("continuity", ""),
    ]


def test_the_owners_backup_does_not_stand_in_for_a_provider() -> None:
    function = Function(code="FN-1", name="Pay", owner="PE-1")
    contract = Contract(code="CT-1", name="x", provider="PR-1", functions=("FN-1",), exit_plan=True)
    found = breaks(company(functions=[function], contracts=[contract]), "PR-1")
    assert [(each.kind, each.ready) for each in found] == [("function", ""), ("contract", "exit_plan")]


@pytest.mark.parametrize(
    ("also", "ready", "why"),
    [
        ({"level": "admin"}, "", "last_admin"),
        ({"level": "admin", "second_admin": "PE-2"}, "PE-2", "holds"),
        ({"level": "admin", "second_admin": "PE-1"}, "", "last_admin"),
        ({"level": "user"}, "", "holds"),
    ],
)
def test_the_only_administrator_is_said(also: dict[str, str], ready: str, why: str) -> None:
    access = Access(code="AC-1", name="Bank", holder="PE-1", **also)  # type: ignore[arg-type]
    (found,) = breaks(company(accesses=[access]), "PE-1")
    assert (found.ready, found.why) == (ready, why)


def test_a_revoked_access_breaks_no_more() -> None:
    access = Access(code="AC-1", name="Bank", holder="PE-1", revoked_on=date(2026, 1, 1))
    assert breaks(company(accesses=[access]), "PE-1") == ()


def test_an_owner_who_was_typed_by_name_is_the_same_person() -> None:
    function = Function(code="FN-1", name="Pay", owner="Claire")
    assert [(each.code, each.ready) for each in breaks(company(functions=[function]), "PE-1")] == [
        ("FN-1", "PE-2")
    ]


def test_nobody_who_left_before_is_ready() -> None:
    function = Function(code="FN-1", name="Pay", owner="PE-1")
    gone = company(functions=[function], left=frozenset({"PE-2"}))
    assert breaks(gone, "PE-1")[0].ready == ""
    assert breaks(gone, "PE-3") == (), "what they left behind does not break anew"


def test_somebody_else_with_the_same_access_is_ready() -> None:
    accesses = [Access(code=f"AC-{n}", name="Bank", holder=f"PE-{n}", level="admin") for n in (1, 2)]
    (found,) = breaks(company(accesses=accesses), "PE-1")
    assert found.ready == "PE-2"


def test_a_circuit_loses_who_decides_or_who_stands_in() -> None:
    circuits = [
        Circuit(code="DC-1", name="a", decider="PE-1", deputy="PE-2"),
        Circuit(code="DC-2", name="b", decider="PE-2", deputy="PE-1"),
        Circuit(code="DC-3", name="c", decider="PE-1"),
    ]
    found = {each.code: (each.why, each.ready) for each in breaks(company(circuits=circuits), "PE-1")}
    assert found == {"DC-1": ("decides", "PE-2"), "DC-2": ("deputy", ""), "DC-3": ("decides", "")}


def _named(*codes: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, codes)))


codes = st.sampled_from(["PE-1", "PE-2", "PE-3", "PR-1", "PR-2", ""])


@given(one=codes, other=codes, third=codes, gone=codes.filter(bool))
def test_nobody_who_is_gone_is_ready_and_nothing_that_names_them_is_forgotten(
    one: str, other: str, third: str, gone: str
) -> None:
    full = company(
        functions=[Function(code="FN-1", name="f", owner=one)],
        processes=[Process(code="PS-1", name="p", function="FN-1", accountable=one, responsible=_named(other))],
        accesses=[Access(code="AC-1", name="a", holder=one, second_admin=other)],
        interfaces=[Interface(code="IF-1", name="i", source=one, target=other, owner=third, documented=True)],
        contracts=[Contract(code="CT-1", name="c", provider=one)],
        rituals=[Ritual(code="RT-1", name="r", rule="mon 09:00", members=_named(one, other, third))],
        circuits=[Circuit(code="DC-1", name="d", decider=one, deputy=other)],
        plans=[Continuity(code="CP-1", name="x", function="FN-1", backup=third)],
        scopes=[Scope(code="SC-1", name="s", holder=one)],
        tools=[Tool(code="TO-1", name="t", owner=one, provider=other)],
        documents=[Document(code="DO-1", name="d", owner=one)],
    )  # fmt: skip
    left = {gone, "PE-3"} if gone == "PR-1" else {gone}
    found = breaks(full, gone)
    assert not left & {each.ready for each in found}
    kinds = {each.kind for each in found}
    if one in left:
        assert {"function", "process", "access", "interface", "circuit", "scope", "tool", "document"} <= kinds
    if third in left:
        assert {"continuity", "interface", "ritual"} <= kinds
    assert len({(each.kind, each.code) for each in found}) == len(found), "each is said once"
