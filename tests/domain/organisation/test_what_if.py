"""What if somebody leaves: nothing that names them is forgotten, nothing is ready without somebody who stays."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cockpit.domain.organisation.what_if import Break, CompanyFacts, breaks, open_work
from cockpit.domain.registers.access import Access
from cockpit.domain.registers.blocker import Blocker
from cockpit.domain.registers.circuit import Circuit
from cockpit.domain.registers.continuity import Continuity
from cockpit.domain.registers.contract import Contract
from cockpit.domain.registers.decision import Decision
from cockpit.domain.registers.document import Document
from cockpit.domain.registers.function import Function
from cockpit.domain.registers.interface import Interface
from cockpit.domain.registers.person import Person
from cockpit.domain.registers.priority import Priority
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


FULL = CompanyFacts(
    people=(
        Person(code="PE-1", name="Claire", backup="PE-2"), Person(code="PE-2", name="Inès", backup="PE-1"),
        Person(code="PE-3", name="Julie", provider="PR-1", backup="PE-1"),
        Person(code="PE-4", name="Paul, who left", backup="PE-1"),
    ),
    left=frozenset({"PE-4"}),
    criticality={"FN-1": 4, "FN-2": 3, "FN-3": 2},
    functions=(
        Function(code="FN-1", name="Payroll", owner="PE-1"), Function(code="FN-2", name="IT", owner="PE-1"),
        Function(code="FN-3", name="Desk", owner="Claire"),
    ),
    plans=(
        Continuity(code="CP-1", name="IT", function="FN-2", backup="PR-1"),
        Continuity(code="CP-2", name="Desk", function="FN-3", backup="PE-1"),
        Continuity(code="CP-3", name="Payroll", function="FN-1", backup="PE-1"),
    ),
    processes=(
        Process(code="PS-1", name="Pay", function="FN-1", criticality=4, responsible=("PE-1",), accountable="PE-2"),
        Process(code="PS-2", name="Declare", function="FN-1", criticality=3, responsible=("PE-2", "PE-1")),
        Process(code="PS-3", name="Sort", function="FN-3", responsible=("PE-3", "PE-2"), accountable="PE-1"),
        Process(code="PS-4", name="File", function="FN-3", accountable="PE-1"),
        Process(code="PS-5", name="Greet", function="FN-3", responsible=("PE-2",), accountable="PE-2"),
        Process(code="PS-7", name="Check", function="FN-3", responsible=("PE-3", "PE-2", "PE-1")),
        Process(code="PS-6", name="Close", function="FN-3", responsible=("PE-1", "PE-4")),
    ),
    documents=(
        Document(code="DO-1", name="Closing", process="PS-6", owner="PE-1", link="https://d.example/1"),
        Document(code="DO-2", name="Paying", process="PS-1", owner="PE-2", tested_on=date(2026, 5, 4)),
    ),
    accesses=(
        Access(code="AC-1", name="Bank", holder="PE-1", level="admin", function="FN-3"),
        Access(code="AC-2", name="Bank", holder="PE-4", level="admin"),
        Access(code="AC-3", name="Bank", holder="PE-2", level="user"),
        Access(code="AC-4", name="Bank", holder="PE-2", level="admin", revoked_on=date(2026, 1, 1)),
        Access(code="AC-5", name="Payroll", holder="PE-1", function="FN-1"),
        Access(code="AC-6", name="Site", holder="PE-1", level="admin", second_admin="PE-2", function="FN-3"),
        Access(code="AC-7", name="VPN", holder="PE-1"), Access(code="AC-8", name="VPN", holder="PE-2"),
        Access(code="AC-9", name="Post", holder="PE-1", second_admin="PE-4"),
    ),
    interfaces=(
        Interface(code="IF-1", name="a", source="PE-1", target="PE-2", owner="PE-2", documented=True, critical=True),
        Interface(code="IF-2", name="b", source="PE-2", target="PE-1", owner="PE-2"),
        Interface(code="IF-3", name="c", source="FN-1", target="PR-1", owner="PE-1", documented=True),
        Interface(code="IF-4", name="d", source="PE-2", target="PR-1", owner="PE-2"),
    ),
    contracts=(
        Contract(code="CT-1", name="e", provider="PR-1", functions=("FN-3", "FN-1"), exit_plan=True),
        Contract(code="CT-2", name="f", provider="PR-1", functions=("FN-3",)),
        Contract(code="CT-3", name="g", provider="PR-2", functions=("FN-2",)),
    ),
    bound_until={"CT-1": date(2027, 3, 31), "CT-3": date(2027, 6, 30)},
    rituals=(
        Ritual(code="RT-1", name="h", rule="mon 09:00", members=("PE-1", "PE-2", "PE-3")),
        Ritual(code="RT-2", name="i", rule="mon 10:00", members=("PE-1", "PE-2")),
        Ritual(code="RT-3", name="j", rule="mon 11:00", members=("PE-2", "PE-4")),
    ),
    circuits=(
        Circuit(code="DC-1", name="k", decider="PE-1", deputy="PE-2"),
        Circuit(code="DC-2", name="l", decider="PE-2", deputy="PE-1"),
        Circuit(code="DC-3", name="m", decider="PE-1", deputy="PE-4"),
    ),
    scopes=(
        Scope(code="SC-1", name="n", holder="PE-1", does="pays"), Scope(code="SC-2", name="o", holder="PE-1"),
        Scope(code="SC-3", name="p", holder="PR-1", does="keeps the network"),
    ),
    tools=(
        Tool(code="TO-1", name="q", owner="PE-1", provider="PR-2", interoperability="api"),
        Tool(code="TO-2", name="r", owner="PE-1", provider="PR-1", interoperability="export"),
        Tool(code="TO-3", name="s", owner="PE-2", provider="PR-1", interoperability="none"),
        Tool(code="TO-4", name="t", owner="PE-2", provider="PR-1", interoperability="api"),
    ),
    blockers=(
        Blocker(code="B-1", title="u", owner="PE-3", severity="p1"),
        Blocker(code="B-2", title="v", owner="PE-1", waiting_on=("PE-2", "PR-1"), severity="p2"),
        Blocker(code="B-3", title="w", owner="PE-4", waiting_on=("PE-3",), severity="p1"),
        Blocker(code="B-4", title="x", owner="PE-1"),
        Blocker(code="B-5", title="y", owner="PR-1", waiting_on=("PE-3",)),
    ),
    priorities=(
        Priority(code="P-1", title="z", owner="PR-1"),
        Priority(code="P-2", title="a", owner="PE-2", waiting_on=("PE-3",)),
    ),
    decisions=(Decision(code="D-1", title="b", owner="PE-3"), Decision(code="D-2", title="c", owner="PE-1")),
)  # fmt: skip
"""A company in which something of each kind hangs on Claire (PE-1) or on a provider (PR-1) that employs Julie."""


def said(found: Iterable[Break]) -> list[str]:
    """Why each breaks, who or what is ready, and an exclamation mark where that is critical."""
    return [
        f"{each.kind} {each.code} {each.name}: {each.why}"
        + (f" > {each.ready}" if each.ready else "")
        + (f" until {each.until}" if each.until else "")
        + (" !" if each.critical else "")
        for each in found
    ]


def test_all_that_hangs_on_somebody_by_kind_the_critical_and_unready_first() -> None:
    assert said(breaks(FULL, "PE-1")) == [
        "function FN-1 Payroll: owns > PE-2 !", "function FN-2 IT: owns > PR-1 !", "function FN-3 Desk: owns > PE-2",
        "process PS-1 Pay: alone > DO-2 !", "process PS-2 Declare: among > PE-2 !", "process PS-4 File: answers",
        "process PS-6 Close: alone", "process PS-3 Sort: answers > PE-2", "process PS-7 Check: among > PE-2",
        "access AC-1 Bank: last_admin !", "access AC-5 Payroll: holds !", "access AC-9 Post: holds",
        "access AC-6 Site: holds > PE-2", "access AC-7 VPN: holds > PE-2",
        "interface IF-1 a: gives > PE-2 !", "interface IF-2 b: takes", "interface IF-3 c: keeps",
        "ritual RT-2 i: attends", "ritual RT-1 h: attends > PE-2",
        "circuit DC-3 m: decides !", "circuit DC-1 k: decides > PE-2 !", "circuit DC-2 l: deputy",
        "continuity CP-3 Payroll: counted_on !", "continuity CP-2 Desk: counted_on",
        "person PE-2 Inès: backs_up", "person PE-3 Julie: backs_up",
        "scope SC-2 o: fills", "scope SC-1 n: fills > written",
        "tool TO-1 q: owns", "tool TO-2 r: owns",
        "document DO-1 Closing: wrote > https://d.example/1",
    ]  # fmt: skip


def test_all_that_hangs_on_a_provider_and_on_the_people_it_employs() -> None:
    assert said(breaks(FULL, "PR-1")) == [
        "function FN-1 Payroll: carries > PE-1 !", "function FN-3 Desk: carries > PE-1",
        "process PS-3 Sort: among > PE-2", "process PS-7 Check: among > PE-1",
        "interface IF-4 d: takes", "interface IF-3 c: takes > PE-1",
        "contract CT-1 e: bound > exit_plan until 2027-03-31 !", "contract CT-2 f: bound",
        "ritual RT-1 h: attends > PE-1",
        "continuity CP-1 IT: counted_on !",
        "scope SC-3 p: fills > written",
        "tool TO-3 s: sells", "tool TO-2 r: sells > export", "tool TO-4 t: sells > export",
    ]  # fmt: skip
    assert breaks(FULL, "PE-9") == ()


def test_what_they_have_in_hand_or_are_waited_for_would_be_left_undone() -> None:
    assert said(open_work(FULL, "PR-1")) == [
        "blocker B-1 u: in_hand !", "blocker B-2 v: waited_for > PE-1", "blocker B-3 w: waited_for !",
        "blocker B-5 y: in_hand", "priority P-1 z: in_hand", "priority P-2 a: waited_for > PE-2",
        "decision D-1 b: in_hand",
    ]  # fmt: skip
    assert said(open_work(FULL, "PE-1")) == [
        "blocker B-2 v: in_hand", "blocker B-4 x: in_hand", "decision D-2 c: in_hand",
    ]  # fmt: skip
