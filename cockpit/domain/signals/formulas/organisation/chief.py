"""S12, dependence on the chief executive: decided by them, waiting for them, and what goes on without them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from cockpit.domain.absence.proof import compared
from cockpit.domain.registers.blocker import Blocker
from cockpit.domain.registers.decision import Decision
from cockpit.domain.signals.facts import Facts
from cockpit.domain.signals.score import Evidence, SignalScore, of_faults
from cockpit.domain.signals.signal import Signal, SignalUnit
from cockpit.locale import N_

WINDOW = timedelta(days=90)
LEAST = 10


def measure(facts: Facts) -> Iterator[SignalScore]:
    """Of the company."""
    limits = facts.limits
    lo = facts.at - WINDOW
    made = [each for each in facts.of(Decision) if each.decided_at is not None and each.decided_at >= lo]
    if len(made) < LEAST:
        yield SIGNAL.unknown(facts, "few", n=len(made), least=LEAST)
        return
    alone = [each for each in made if each.decider in facts.chief and not each.origin]
    value = 100 * len(alone) / len(made)
    cases = [each for each in facts.of(Blocker) if each.closed_at is None]
    waiting = [each for each in cases if waits(each, facts)]
    share = 100 * len(waiting) / len(cases) if cases else 0.0
    figures = {"decisions": float(len(made)), "waiting": round(share, 1)}
    pace = _pace(facts)
    if pace is not None:
        figures["pace"] = round(pace, 2)
    faults = (value > limits.s12_alone) + (len(cases) >= LEAST and share > limits.s12_waiting)
    faults += pace is not None and pace < limits.s12_absent
    state = of_faults(faults)
    rows = [Evidence(each.code, why="waits") for each in waiting]
    rows += [Evidence(each.code, why="alone") for each in alone]
    yield SIGNAL.score(facts, value, limits.s12_alone, n=len(made), state=state, figures=figures, rows=rows)


def waits(blocker: Blocker, facts: Facts) -> bool:
    """Whether an open case waits for the chief executive."""
    to_decide = blocker.status == "to_decide" and (not blocker.owner or blocker.owner in facts.chief)
    return to_decide or not facts.chief.isdisjoint(blocker.waiting_on)


def _pace(facts: Facts) -> float | None:
    """Cases closed a day while away, against those closed a day while there; None for too few days away."""
    first = (facts.at - WINDOW).date()
    closed = [
        each.closed_at.astimezone(facts.at.tzinfo).date()
        for each in facts.of(Blocker)
        if each.closed_at is not None
    ]
    last = first + timedelta(days=WINDOW.days - 1)
    return compared(closed, facts.absences, facts.calendar.is_business_day, first, last).ratio


SIGNAL = Signal(
    id="S12",
    name=N_("Dependence on the chief executive"),
    text=N_("{value} of the decisions of three months were made by the chief executive alone"),
    formula=N_(
        "decisions of 90 days by the chief executive outside any meeting ÷ all; open blockers that wait for them ÷"
        " all; closed a day while away ÷ while there"
    ),
    source=N_("decisions, open blockers, absences"),
    minimum=N_("10 decisions in 90 days; 5 days away for the pace without them"),
    next=N_("Give a circuit a decider up to an amount, and hand on what waits"),
    unit=SignalUnit.PERCENT,
    weight=8,
    measure=measure,
    figures={"decisions": N_("decisions"), "waiting": N_("percent of open blockers that wait for them"),
             "pace": N_("closed a day while away, against while there"), "known": N_("decisions so far")},
    whys={"waits": N_("waits for them"), "alone": N_("decided alone")},
    missing={"few": N_("decisions written down: d, in one line")},
)  # fmt: skip
