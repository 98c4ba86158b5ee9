"""S21, a priority that is carried over and over."""

from __future__ import annotations

from collections.abc import Iterator

from cockpit.domain.registers.priority import Priority
from cockpit.domain.signals.facts import Facts
from cockpit.domain.signals.score import Evidence, ScoreProof, SignalScore, SignalState
from cockpit.domain.signals.signal import Signal, SignalUnit
from cockpit.locale import N_


def measure(facts: Facts) -> Iterator[SignalScore]:
    """Of the company: the most carried of the open priorities, with all that were carried often."""
    limit = facts.limits.s21_times
    chosen = [each for each in facts.of(Priority) if each.closed_at is None and each.day is not None]
    if not chosen:
        yield SignalScore(
            signal=SIGNAL.id, week=facts.week, threshold=limit, proof=ScoreProof(missing="none")
        )
        return
    times = {each.code: carries(each, facts) for each in chosen}
    often = sorted((each for each in chosen if times[each.code] >= limit), key=lambda e: -times[e.code])
    worst = max(times.values())
    state = (
        SignalState.CALM
        if worst < limit
        else SignalState.CONTROL
        if worst >= 2 * limit
        else SignalState.WATCH
    )
    yield SignalScore(
        signal=SIGNAL.id, week=facts.week, value=worst, threshold=limit, n=len(chosen), state=state,
        proof=ScoreProof(
            figures={"open": float(len(chosen)), "often": float(len(often))},
            rows=tuple(Evidence(each.code, times[each.code]) for each in often),
        ),
    )  # fmt: skip


def carries(priority: Priority, facts: Facts) -> int:
    """How often it was carried over, the day on which it was chosen and left undone among them."""
    return priority.carried + (priority.day is not None and priority.day < facts.today)


SIGNAL = Signal(
    id="S21",
    name=N_("A priority carried over and over"),
    text=N_("Times that one priority was carried over: {value}"),
    formula=N_("the most days on which one open priority was chosen and not done"),
    source=N_("open priorities that were chosen for a day"),
    minimum=N_("one priority chosen for a day"),
    next=N_("Choose: do it today, delegate it, give it a date, or drop it"),
    unit=SignalUnit.COUNT,
    weight=4,
    measure=measure,
    figures={"open": N_("open priorities that were chosen once"), "often": N_("carried so often")},
    missing={"none": N_("no open priority was chosen for a day: space chooses one, in the review")},
)
