"""The rules of risks, RACI and readiness."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
