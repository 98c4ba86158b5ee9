"""S24, the right level: outsourced functions whose last review is too old."""

from __future__ import annotations

from collections.abc import Iterator

from cockpit.domain.registers.function import Function
from cockpit.domain.registers.level import Level
from cockpit.domain.registers.phase import Phase
from cockpit.domain.signals.facts import Facts
from cockpit.domain.signals.score import Evidence, SignalScore, SignalState
from cockpit.domain.signals.signal import Signal, SignalUnit
from cockpit.locale import N_


def measure(facts: Facts) -> Iterator[SignalScore]:
    """Of each function that is carried outside, wholly or in part."""
    for function in facts.of(Function):
        if function.mode == "internal":
            continue
        held = [
            each for each in facts.of(Level)
            if each.function == function.code and each.held_on is not None and each.held_on <= facts.today
            and each.verdict != "open"
        ]  # fmt: skip
        if not held:
            yield SIGNAL.unknown(facts, "never", subject=function.code, rows=[Evidence(function.code)])
            continue
        last = max(held, key=lambda each: (str(each.held_on), each.code))
        age = facts.days_since(last.held_on) or 0
        limit = facts.limits.s24_days
        state = (
            SignalState.CALM
            if age <= limit
            else SignalState.WATCH
            if age <= 2 * limit
            else SignalState.CONTROL
        )
        rows = [Evidence(last.code, float(age), "last")]
        phase = facts.phase
        if state is SignalState.CALM and phase and str(phase.since) > str(last.held_on) and _is_new(facts):
            state = SignalState.WATCH
            # As confidential as the phase itself: below its level the whole score is left out.
            rows.append(Evidence(phase.code, None, "phase"))
        yield SIGNAL.score(
            facts, age, limit, n=len(held), state=state, subject=function.code, rows=rows,
        )  # fmt: skip


def _is_new(facts: Facts) -> bool:
    """Whether the company was in another phase before: the first one that is written down changes nothing."""
    begun = [each.since for each in facts.of(Phase) if each.since is not None and each.since <= facts.today]
    return len(begun) > 1


SIGNAL = Signal(
    id="S24",
    name=N_("The right level of outsourcing"),
    text=N_("How far it is outsourced was looked at {value} ago"),
    formula=N_(
        "days since the last closed review; half a year from one to the next, and anew when the company's phase changes"
    ),
    source=N_("outsourced functions and their reviews"),
    minimum=N_("one closed review"),
    next=N_("Review it by L on the function: keep, take back, change or group"),
    unit=SignalUnit.DAYS,
    weight=2,
    measure=measure,
    whys={"last": N_("the last review"), "phase": N_("the company's phase changed since")},
    missing={"never": N_("a first review: L on the function, in Organisation (F3)")},
)
