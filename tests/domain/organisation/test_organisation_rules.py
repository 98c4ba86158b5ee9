"""The rules of risks, RACI and readiness."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cockpit.domain.dataclasses import replace
from cockpit.domain.organisation import raci, readiness, risk_matrix
from cockpit.domain.registers.continuity import Continuity
from cockpit.domain.registers.drill import Drill
from cockpit.domain.registers.function import Function
from cockpit.domain.registers.process import Process
from cockpit.domain.registers.risk import Risk

TODAY = date(2026, 11, 23)
ZONES = ["low", "watch", "control", "danger"]
one_to_five = st.integers(1, 5)


@given(likelihood=one_to_five, impact=one_to_five)
def test_a_worse_cell_is_never_in_a_better_zone(likelihood: int, impact: int) -> None:
    here = ZONES.index(risk_matrix.zone((likelihood, impact)))
    for beside in ((min(5, likelihood + 1), impact), (likelihood, min(5, impact + 1))):
        assert ZONES.index(risk_matrix.zone(beside)) >= here
    assert risk_matrix.zone((1, 1)) == "low"
    assert risk_matrix.zone((5, 5)) == "danger"


def test_what_measures_do_not_change_stays_as_it_was_and_what_was_not_judged_stays_unknown() -> None:
    assert risk_matrix.net(Risk(gross_likelihood=4, gross_impact=5, net_likelihood=2)) == (2, 5)
    assert risk_matrix.net(Risk(net_likelihood=2)) is risk_matrix.net(Risk(net_impact=2)) is None
    assert risk_matrix.net(Risk(gross_likelihood=4, gross_impact=5, net_impact=1)) == (4, 1)
    assert risk_matrix.net(Risk(net_likelihood=2, net_impact=3)) == (2, 3)
    assert risk_matrix.gross(Risk(gross_impact=5)) is None
    worst, judged, unknown = (
        Risk(code="RK-3", gross_likelihood=5, gross_impact=4),
        Risk(code="RK-1", gross_likelihood=1, gross_impact=1),
        Risk(code="RK-2"),
    )
    assert risk_matrix.by_weight([unknown, judged, worst]) == [worst, judged, unknown]


def process(code: str, name: str = "Pay", **roles: object) -> Process:
    return Process(code=code, name=name, function="FN-1", **roles)  # type: ignore[arg-type]


def test_the_faults_of_a_grid() -> None:
    found = raci.faults([
        process("PS-1", "Sound", accountable="PE-1", responsible=("PE-2",)),
        process("PS-2", "Nobody answers", responsible=("PE-2",)),
        process("PS-3", "Nobody does it", accountable="PE-1"),
        process("PS-4", "Two do it", accountable="PE-1", responsible=("PE-2", "PR-1")),
        process("PS-5", "Two do it, one holds it together", accountable="PE-1", responsible=("PE-2", "PR-1"),
                coordinator="PE-2"),
        process("PS-6", "Twice", accountable="PE-1", responsible=("PE-2",)),
        process("PS-7", "TWICE", accountable="PE-3", responsible=("PE-2",)),
    ])  # fmt: skip
    assert found == {
        "PS-2": (raci.NO_A,), "PS-3": (raci.NO_R,), "PS-4": (raci.UNCOORDINATED,), "PS-6": (raci.TWO_A,),
        "PS-7": (raci.TWO_A,),
    }  # fmt: skip


def test_the_letters_of_everybody() -> None:
    found = raci.roles(process("PS-1", accountable="PE-1", responsible=("PE-1", "PR-1"), informed=("PE-2",)))
    assert found == {"PE-1": "AR", "PR-1": "R", "PE-2": "I"}


FUNCTION = Function(code="FN-1", name="Payroll", criticality=4, recovery_hours=8)
PLAN = Continuity(code="CP-1", name="Leave", function="FN-1", backup="PE-2")


def drill(**also: object) -> Drill:
    values: dict[str, object] = {
        "plan": "CP-1",
        "held_on": TODAY - timedelta(days=30),
        "measured_hours": 8,
        **also,
    }
    return Drill(code="DR-1", name="Try", **values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("plan", "last", "expected"),
    [
        (None, None, readiness.NO_PLAN),
        (Continuity(code="CP-1", name="x", function="FN-1"), drill(), readiness.NO_BACKUP),
        (PLAN, None, readiness.UNTRIED),
        (PLAN, drill(), readiness.READY),
        (PLAN, drill(measured_hours=9), readiness.SLOW),
        (PLAN, drill(verdict="failed"), readiness.FAILED),
        (PLAN, drill(verdict="partly"), readiness.PARTLY),
        (PLAN, drill(measured_hours=None), readiness.UNMEASURED),
        (PLAN, drill(held_on=TODAY - timedelta(days=365)), readiness.READY),
        (PLAN, drill(held_on=TODAY - timedelta(days=366)), readiness.STALE),
        (PLAN, drill(held_on=TODAY - timedelta(days=500), measured_hours=9), readiness.SLOW),
    ],
)
def test_only_a_fresh_drill_within_the_time_allowed_proves_a_plan(
    plan: Continuity | None, last: Drill | None, expected: str
) -> None:
    assert readiness.judge(FUNCTION, plan, last, TODAY) == expected


def test_a_backup_who_left_is_none() -> None:
    assert readiness.judge(FUNCTION, PLAN, drill(), TODAY, frozenset({"PE-2"})) == readiness.NO_BACKUP


def test_the_last_drill_of_the_plan_counts_and_the_shorter_time_is_allowed() -> None:
    old, new, other = drill(held_on=date(2026, 1, 1)), drill(), drill(plan="CP-2", held_on=TODAY)
    assert readiness.last([old, new, other], PLAN) is new
    assert readiness.last([other], PLAN) is None
    plan = Continuity(code="CP-1", name="x", function="FN-1", recovery_hours=4)
    assert readiness.allowed_hours(FUNCTION, plan) == 4
    assert readiness.allowed_hours(Function(name="x"), None) is None


def test_the_zones_of_the_grid_of_five_by_five() -> None:
    grid = [[risk_matrix.zone((likelihood, impact)) for impact in range(1, 6)] for likelihood in range(1, 6)]
    assert [" ".join(row) for row in grid] == [
        "low low low low watch",
        "low low watch watch control",
        "low watch watch control danger",
        "low watch control danger danger",
        "watch control danger danger danger",
    ]
    assert risk_matrix.SIDE == 5


def test_risks_are_told_by_what_is_left_of_them_then_by_what_they_were_then_by_their_code() -> None:
    def risk(code: str, gross: tuple[int, int], net: tuple[int, int] = (0, 0)) -> Risk:
        return Risk(
            code=code, gross_likelihood=gross[0] or None, gross_impact=gross[1] or None,
            net_likelihood=net[0] or None, net_impact=net[1] or None,
        )  # fmt: skip

    in_order = [
        risk("RK-9", (3, 4)), risk("RK-8", (5, 5), (2, 4)), risk("RK-1", (2, 4)), risk("RK-2", (4, 2)),
        risk("RK-7", (0, 0), (2, 4)), risk("RK-5", (1, 1)), risk("RK-3", (0, 4)), risk("RK-4", (0, 0)),
    ]  # fmt: skip
    assert risk_matrix.by_weight(in_order[::-1]) == in_order
    assert [risk_matrix.weight(risk_matrix.net(each)) for each in in_order] == [12, 8, 8, 8, 8, 1, 0, 0]


def test_each_letter_of_a_party_is_told_once_in_its_order() -> None:
    found = raci.roles(
        process("PS-1", accountable="PE-1", responsible=("PE-2", "PE-2", "PE-1"), consulted=("PE-3", "PE-2"),
                informed=("PE-1", "PE-3", ""))
    )  # fmt: skip
    assert found == {"PE-1": "ARI", "PE-2": "RC", "PE-3": "CI"}
    assert raci.roles(process("PS-1")) == {}


def test_all_that_is_wrong_with_a_process_is_told_at_once() -> None:
    def other(code: str, function: str, accountable: str = "") -> Process:
        return Process(code=code, name="pay", function=function, accountable=accountable)

    found = raci.faults([
        process("PS-1", accountable="PE-1"), process("PS-2"),
        process("PS-3", accountable="PE-2", responsible=("a", "b")),
        other("PS-4", "FN-2", "PE-3"), other("PS-5", "FN-2", "PE-3"), other("PS-6", "FN-3"),
    ])  # fmt: skip
    assert found == {
        "PS-1": ("two_a", "no_r"), "PS-2": ("two_a", "no_a", "no_r"), "PS-3": ("two_a", "uncoordinated"),
        "PS-4": ("no_r",), "PS-5": ("no_r",), "PS-6": ("no_a", "no_r"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "planned", "allowed"),
    [(8, 4, 4), (4, 8, 4), (0, 8, 0), (8, 0, 0), (None, 6, 6), (6, None, 6), (None, None, None)],
)  # fmt: skip
def test_the_shorter_time_is_allowed(asked: int | None, planned: int | None, allowed: int | None) -> None:
    plan = Continuity(code="CP-1", name="x", function="FN-1", recovery_hours=planned)
    function = Function(name="x", recovery_hours=asked)
    assert readiness.allowed_hours(function, plan) == allowed
    assert readiness.allowed_hours(function, None) == asked


@pytest.mark.parametrize(
    ("tried", "expected"),
    [
        (drill(held_on=None), "untried"), (drill(verdict="failed", measured_hours=9), "failed"),
        (drill(verdict="partly", measured_hours=9), "slow"), (drill(verdict="partly", measured_hours=None), "partly"),
        (drill(measured_hours=0), "ready"), (drill(measured_hours=None, held_on=date(2020, 1, 1)), "unmeasured"),
        (drill(held_on=TODAY), "ready"),
    ],
)  # fmt: skip
def test_what_is_worst_of_a_drill_is_said_of_it(tried: Drill, expected: str) -> None:
    assert readiness.judge(FUNCTION, PLAN, tried, TODAY) == expected


def test_where_no_time_is_asked_none_needs_to_be_measured() -> None:
    anyhow = Function(code="FN-1", name="Payroll", criticality=4)
    assert readiness.judge(anyhow, PLAN, drill(measured_hours=None), TODAY) == "ready"
    assert readiness.judge(anyhow, PLAN, drill(measured_hours=900), TODAY) == "ready"
    assert readiness.judge(FUNCTION, PLAN, drill(), TODAY, frozenset({"PE-9"})) == "ready"


def test_of_two_drills_on_one_day_the_one_that_was_written_down_last_counts() -> None:
    one, two, planned = (
        replace(drill(held_on=day), code=f"DR-{n}") for n, day in ((1, TODAY), (2, TODAY), (3, None))
    )
    assert readiness.last([two, one, planned], PLAN) is two
    assert readiness.last([planned], PLAN) is None
