"""Who may decide how much: by the circuit, and by what their post decides alone."""

from __future__ import annotations

import pytest

from cockpit.domain.dataclasses import replace
from cockpit.domain.registers.circuit import Circuit
from cockpit.domain.registers.decision import Decision
from cockpit.domain.registers.scope import Scope
from cockpit.domain.work.authority import Authority, authority_of, limit_of, who_may

NAMES = {"PE-1": "Yanis", "PE-2": "Karim", "PE-3": "Léa", "PE-4": "Ines"}
CIRCUIT = Circuit(decider="PE-1", deputy="Karim", level_3="PE-3", threshold=1_000)
OK, NONE, OTHER = Authority.OK, Authority.NO_CIRCUIT, Authority.NOT_THE_DECIDER
ABOVE, SCOPE = Authority.ABOVE_THRESHOLD, Authority.ABOVE_SCOPE
SCOPES = (
    Scope(code="SC-1", holder="PE-1", function="FN-1", decides_up_to=500),
    Scope(code="SC-2", holder="PE-1", decides_up_to=100),
    Scope(code="SC-3", holder="Léa", decides_up_to=0),
    Scope(code="SC-4", holder="PE-4", decides_up_to=0),
    Scope(code="SC-5", holder="PE-2"),
)


def decision(who: str, amount: int | None, function: str = "FN-1") -> Decision:
    return Decision(decider=who, amount=amount, function=function)


@pytest.mark.parametrize(
    ("who", "amount", "said"),
    [
        ("yanis", 1_000, OK), ("PE-1", 1_001, ABOVE), ("PE-2", None, OK), ("karim", 1_001, ABOVE), ("lea", 9_999, OK),
        ("PE-4", None, OTHER), ("", None, OTHER),
    ],
)  # fmt: skip
def test_the_circuit_says_who_decides_and_up_to_which_amount(
    who: str, amount: int | None, said: Authority
) -> None:
    assert authority_of(decision(who, amount), CIRCUIT, NAMES) is said
    assert authority_of(decision(who, amount), None, NAMES) is NONE
    assert authority_of(decision(who, amount), Circuit(threshold=0), NAMES) is NONE
    unbound = replace(CIRCUIT, threshold=None)
    assert authority_of(decision(who, amount), unbound, NAMES) is (OTHER if said is OTHER else OK)


def test_nothing_is_above_a_threshold_of_nothing_but_an_amount() -> None:
    strict = replace(CIRCUIT, threshold=0)
    assert authority_of(decision("PE-1", None), strict, NAMES) is OK
    assert authority_of(decision("PE-1", 1), strict, NAMES) is ABOVE


@pytest.mark.parametrize(
    ("who", "amount", "function", "circuit", "said"),
    [
        ("PE-1", 500, "FN-1", CIRCUIT, OK), ("PE-1", 501, "FN-1", CIRCUIT, SCOPE),
        ("PE-1", 101, "FN-2", CIRCUIT, SCOPE), ("PE-1", 1_001, "FN-1", CIRCUIT, ABOVE),
        ("PE-3", 9_999, "FN-1", CIRCUIT, OK), ("PE-2", 900, "FN-1", CIRCUIT, OK),
        ("PE-4", None, "FN-1", None, NONE), ("PE-4", 1, "FN-1", None, SCOPE), ("PE-3", 1, "FN-1", None, SCOPE),
        ("PE-9", 1, "FN-1", None, NONE),
    ],
)  # fmt: skip
def test_nobody_below_level_three_decides_above_what_their_post_decides_alone(
    who: str, amount: int | None, function: str, circuit: Circuit | None, said: Authority
) -> None:
    assert authority_of(decision(who, amount, function), circuit, NAMES, SCOPES) is said


def test_a_post_of_the_function_counts_first_and_the_one_that_goes_furthest() -> None:
    wide = Scope(code="SC-9", holder="yanis", function="FN-1", decides_up_to=700)
    assert limit_of("PE-1", "FN-1", SCOPES, NAMES) == 500
    assert limit_of("PE-1", "FN-1", (*SCOPES, wide), NAMES) == 700
    assert limit_of("Yanis", "FN-3", SCOPES, NAMES) == 100
    assert limit_of("PE-2", "FN-1", SCOPES, NAMES) is limit_of("", "FN-1", SCOPES, NAMES) is None


@pytest.mark.parametrize(("amount", "who"), [(None, "PE-1"), (500, "PE-1"), (501, "Karim"), (1_001, "PE-3")])
def test_the_first_of_the_circuit_whom_nothing_holds_back_may_decide(amount: int | None, who: str) -> None:
    assert who_may(decision("", amount), CIRCUIT, NAMES, SCOPES, "chief") == who


def test_the_chief_executive_decides_where_the_circuit_names_nobody_who_could() -> None:
    nobody = replace(CIRCUIT, deputy="", level_3="")
    assert who_may(decision("", 501), nobody, NAMES, SCOPES, "chief") == "chief"
    assert who_may(decision("", None), None, NAMES, SCOPES, "chief") == "chief"


@pytest.mark.parametrize("place", ["decider", "deputy", "level_3"])
def test_a_circuit_that_names_one_person_is_one(place: str) -> None:
    circuit = Circuit(**{place: "PE-1"})  # type: ignore[arg-type]
    assert authority_of(decision("PE-1", 5), circuit, NAMES) is OK
    assert authority_of(decision("PE-2", 5), circuit, NAMES) is OTHER
