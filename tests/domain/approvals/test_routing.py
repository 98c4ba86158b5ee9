"""Whom a circuit names for an approval, and who may answer it."""

from __future__ import annotations

import pytest

from cockpit.domain.approvals.routing import (
    ApprovalCase,
    PassedOver,
    may_answer,
    may_decide,
    route,
    stand_in,
)
from cockpit.domain.dataclasses import replace
from cockpit.domain.registers.circuit import Circuit

CIRCUIT = Circuit(decider="yanis", deputy="karim", level_3="lea", threshold=150_000)
POSTS = {"ines": 20_000}


def case(
    circuit: Circuit = CIRCUIT, amount: int | None = None, submitter: str = "ines", *gone: str
) -> ApprovalCase:
    return ApprovalCase(
        circuit=circuit, amount=amount, submitter=submitter, chief="claire", limit_of=POSTS.get,
        is_gone=lambda who: who in gone,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "who"),
    [
        (case(), "yanis"),
        (case(amount=150_000), "yanis"),
        (case(amount=150_001), "lea"),
        (case(submitter="yanis"), "karim"),
        (case(replace(CIRCUIT, approves_own=True), None, "yanis"), "yanis"),
        (case(CIRCUIT, None, "ines", "yanis"), "karim"),
        (case(CIRCUIT, None, "ines", "yanis", "karim"), "lea"),
        (case(CIRCUIT, 150_001, "lea"), "claire"),
        (case(Circuit()), "claire"),
        (case(Circuit(), None, "claire"), ""),
        (case(replace(CIRCUIT, threshold=None, decider="ines"), 20_001, "karim"), "lea"),
    ],
)
def test_the_circuit_names_who_may_decide_and_is_there(asked: ApprovalCase, who: str) -> None:
    assert route(asked).who == who


def test_who_is_passed_over_is_told_with_why() -> None:
    found = route(case(CIRCUIT, None, "yanis", "karim"))
    assert found.over == (("yanis", PassedOver.SUBMITTED), ("karim", PassedOver.GONE))


@pytest.mark.parametrize(
    ("asked", "late", "who"),
    [
        (case(), "yanis", "karim"),
        (case(), "ines", "karim"),
        (case(), "karim", ""),
        (case(), "lea", ""),
        (case(amount=150_001), "yanis", ""),
        (case(submitter="karim"), "yanis", ""),
        (case(replace(CIRCUIT, deputy="")), "yanis", ""),
        (case(replace(CIRCUIT, decider="claire", level_3="")), "claire", "karim"),
    ],
)
def test_the_deputy_stands_in_within_what_the_deputy_decides(
    asked: ApprovalCase, late: str, who: str
) -> None:
    assert stand_in(asked, late) == who


def test_whoever_submitted_it_never_answers_unless_the_circuit_says_so() -> None:
    asked = case(submitter="yanis")
    assert not may_answer(asked, "yanis", "yanis")
    assert may_answer(replace(asked, circuit=replace(CIRCUIT, approves_own=True)), "yanis", "yanis")


def test_whom_it_waits_for_and_those_above_answer_and_nobody_else() -> None:
    asked = case(submitter="marc")
    assert all(may_answer(asked, "karim", who) for who in ("karim", "yanis", "lea", "claire"))
    assert not may_answer(asked, "karim", "ines")
    above = replace(asked, amount=150_001)
    assert not may_answer(above, "lea", "yanis"), "more than the decider decides"


def test_it_is_handed_on_within_what_the_post_of_somebody_decides() -> None:
    assert may_decide(case(amount=20_000, submitter="marc"), "ines")
    assert not may_decide(case(amount=20_001, submitter="marc"), "ines")
    assert not may_decide(case(submitter="ines"), "ines")
    assert not may_decide(case(amount=150_001), "karim")
