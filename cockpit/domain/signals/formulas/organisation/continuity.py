"""S17, continuity: critical functions with a plan that was proved by a drill in time."""

from __future__ import annotations

from collections.abc import Iterator

from cockpit.domain.organisation import readiness
from cockpit.domain.registers.continuity import Continuity
from cockpit.domain.registers.drill import Drill
from cockpit.domain.registers.function import Function
from cockpit.domain.signals.facts import Facts
from cockpit.domain.signals.score import Evidence, GaugeName, SignalScore, SignalState
from cockpit.domain.signals.signal import Signal, SignalUnit
from cockpit.locale import N_

_BEST = (
    readiness.READY, readiness.STALE, readiness.UNMEASURED, readiness.PARTLY, readiness.UNTRIED,
    readiness.SLOW, readiness.FAILED, readiness.NO_BACKUP, readiness.NO_PLAN,
)  # fmt: skip


def measure(facts: Facts) -> Iterator[SignalScore]:
    """Of the company: its critical functions."""
    critical = [each for each in facts.of(Function) if each.criticality >= readiness.CRITICAL]
    if not critical:
        yield SIGNAL.unknown(facts, "function")
        return
    said = {each.code: state_of(each, facts) for each in critical}
    ready = sum(state == readiness.READY for state in said.values())
    slow = sum(state == readiness.SLOW for state in said.values())
    limit = facts.limits.s17_share
    value = 100 * ready / len(critical)
    state = SignalState.CALM
    if value < limit or slow:
        state = SignalState.CONTROL if value < limit / 2 else SignalState.WATCH
    bad = [each for each in critical if said[each.code] != readiness.READY]
    bad.sort(key=lambda each: (-each.criticality, -_BEST.index(said[each.code]), each.code))
    yield SIGNAL.score(
        facts, value, limit, n=len(critical), state=state,
        figures={"ready": float(ready), "slow": float(slow)},
        rows=[Evidence(each.code, float(each.criticality), said[each.code]) for each in bad],
    )  # fmt: skip


def state_of(function: Function, facts: Facts) -> str:
    """How ready a function is by the best of its plans."""
    drills = [each for each in facts.of(Drill) if each.held_on is not None and each.held_on <= facts.today]
    found = [
        readiness.judge(function, plan, readiness.last(drills, plan), facts.today, facts.gone)
        for plan in facts.of(Continuity)
        if plan.function == function.code
    ]
    return min(found, key=_BEST.index, default=readiness.NO_PLAN)


SIGNAL = Signal(
    id="S17",
    name=N_("Continuity"),
    text=N_("{value} of the critical functions have a plan that a drill proved"),
    formula=N_("critical functions with a drill of the last 365 days that succeeded, measured, in time ÷ all of them"),
    source=N_("functions of criticality 3 or 4, continuity plans, drills"),
    minimum=N_("one critical function"),
    next=N_("Try the plan of the first function below"),
    unit=SignalUnit.PERCENT,
    row_unit=SignalUnit.COUNT,
    weight=8,
    measure=measure,
    is_low_bad=True,
    gauge=GaugeName.RESILIENCE,
    figures={"ready": N_("proved"), "slow": N_("slower than allowed")},
    whys={
        readiness.STALE: N_("criticality, drill older than a year"),
        readiness.UNMEASURED: N_("criticality, time not measured"),
        readiness.PARTLY: N_("criticality, succeeded in part only"), readiness.UNTRIED: N_("criticality, never tried"),
        readiness.SLOW: N_("criticality, slower than allowed"), readiness.FAILED: N_("criticality, the drill failed"),
        readiness.NO_BACKUP: N_("criticality, nobody takes over"), readiness.NO_PLAN: N_("criticality, no plan"),
    },
    missing={"function": N_("a function of criticality 3 or 4: t begins the self-audit in Organisation (F3)")},
)  # fmt: skip
