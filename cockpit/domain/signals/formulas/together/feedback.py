"""S26, the quality of an interface: the marks that both sides gave after its meetings."""

from __future__ import annotations

from collections.abc import Iterator

from cockpit.domain.registers.occurrence import Occurrence
from cockpit.domain.registers.ritual import Ritual
from cockpit.domain.signals.facts import Facts
from cockpit.domain.signals.formulas.together.involvement import tally
from cockpit.domain.signals.score import Evidence, GaugeName, SignalScore, SignalState
from cockpit.domain.signals.signal import Signal, SignalUnit
from cockpit.locale import N_

LAST = 5
VOTES = 3


def measure(facts: Facts) -> Iterator[SignalScore]:
    """Of each ritual in which marks were given: its last five meetings with marks."""
    by_ritual: dict[str, list[tuple[Occurrence, dict[str, tuple[int, int]]]]] = {}
    for each in sorted(facts.of(Occurrence), key=lambda each: str(each.planned_at)):
        said = tally(each.roti)
        if any(said.get(side, (0, 0))[1] for side in ("outward", "inward")):
            by_ritual.setdefault(each.ritual, []).append((each, said))
    limits = facts.limits
    if not by_ritual:
        yield SIGNAL.unknown(facts, "none")
    known = {each.code for each in facts.of(Ritual)}
    for ritual, held in sorted(by_ritual.items()):
        if ritual not in known:
            continue
        last = held[-LAST:]
        inside, n = _mean([said.get("outward", (0, 0)) for _each, said in last])
        outside, m = _mean([said.get("inward", (0, 0)) for _each, said in last])
        if n + m < VOTES:
            yield SIGNAL.unknown(facts, "few", subject=ritual, n=n + m, least=VOTES)
            continue
        marks = [mark for mark in (inside, outside) if mark is not None]
        low = min(marks)
        gap = abs(marks[0] - marks[-1])
        faults = int(low < limits.s26_mark) + int(gap > limits.s26_gap)
        figures = {"inside": inside, "outside": outside, "gap": gap if len(marks) > 1 else None}
        yield SIGNAL.score(
            facts, low, limits.s26_mark, n=n + m, subject=ritual,
            state=SignalState.CALM if not faults else SignalState.WATCH if faults == 1 else SignalState.CONTROL,
            figures={name: round(mark, 1) for name, mark in figures.items() if mark is not None},
            rows=[Evidence(each.code, _low(said), "mark") for each, said in reversed(last)],
        )  # fmt: skip


def _mean(pairs: list[tuple[int, int]]) -> tuple[float | None, int]:
    total, count = sum(pair[0] for pair in pairs), sum(pair[1] for pair in pairs)
    return (total / count if count else None), count


def _low(said: dict[str, tuple[int, int]]) -> float | None:
    means = [pair[0] / pair[1] for side in ("outward", "inward") if (pair := said.get(side, (0, 0)))[1]]
    return round(min(means), 1) if means else None


SIGNAL = Signal(
    id="S26",
    name=N_("Quality of an interface"),
    text=N_("The side that is less content gives {value} of 5"),
    formula=N_("the lower of the two means of the last five meetings with marks; and the gap between the sides"),
    source=N_("marks given at the end of meetings, as sums: never names"),
    minimum=N_("3 marks"),
    next=N_("Ask both sides what would make it one better"),
    unit=SignalUnit.MARK,
    weight=5,
    measure=measure,
    is_low_bad=True,
    gauge=GaugeName.ALIGNMENT,
    figures={"inside": N_("those inside give"), "outside": N_("those outside give"), "gap": N_("gap"),
             "known": N_("marks so far")},
    whys={"mark": N_("the lower mark")},
    missing={"none": N_("marks: the last step of a meeting that is led here asks for them"),
             "few": N_("marks at the end of its meetings")},
)  # fmt: skip
