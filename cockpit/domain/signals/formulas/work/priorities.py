"""S22, too many priorities, or priorities that change all the time."""

from __future__ import annotations

from collections.abc import Iterator

from cockpit.domain.registers.priority import Priority
from cockpit.domain.signals.facts import RECENT, Facts
from cockpit.domain.signals.score import Evidence, GaugeName, SignalScore, of_faults
from cockpit.domain.signals.signal import Signal, SignalUnit
from cockpit.locale import N_

LEAST = 10


def measure(facts: Facts) -> Iterator[SignalScore]:
    """Of the company: what was chosen for a day in four weeks, and what was taken off that very day."""
    chosen = [deed for deed in facts.done(RECENT) if deed.action == "priority.pick" and deed.after.get("day")]
    urgent = [each for each in facts.of(Priority) if each.closed_at is None and each.severity == "p1"]
    if len(chosen) < LEAST:
        yield SIGNAL.unknown(facts, "few", n=len(chosen), least=LEAST)
        return
    days = {(deed.code, str(deed.after["day"])) for deed in chosen}
    off = [
        deed
        for deed in facts.done(RECENT)
        if deed.action in ("priority.unpick", "priority.pick")
        and deed.before.get("day")
        and deed.after.get("day", "kept") is None
        and (deed.code, str(deed.before["day"])) in days
    ]
    limits = facts.limits
    churn = 100 * len(off) / len(chosen)
    faults = (churn > limits.s22_churn) + (len(urgent) > limits.s22_urgent)
    state = of_faults(faults)
    rows = [Evidence(each.code, why="urgent") for each in urgent] if len(urgent) > limits.s22_urgent else []
    rows += [Evidence(code, why="off") for code in dict.fromkeys(deed.code for deed in off)]
    yield SIGNAL.score(
        facts, churn, limits.s22_churn, n=len(chosen), state=state, rows=rows,
        figures={"chosen": float(len(chosen)), "off": float(len(off)), "urgent": float(len(urgent))},
    )  # fmt: skip


SIGNAL = Signal(
    id="S22",
    name=N_("Priorities too many or unstable"),
    text=N_("{value} of the chosen priorities were taken off the same day; kept as urgent: {urgent}"),
    formula=N_("priorities taken off the day they were chosen for ÷ chosen, in four weeks; open ones of severity p1"),
    source=N_("the three of each day, in the journal"),
    minimum=N_("10 priorities chosen in four weeks"),
    next=N_("Keep three, and drop what is not done anyway"),
    unit=SignalUnit.PERCENT,
    row_unit=SignalUnit.COUNT,
    weight=5,
    measure=measure,
    gauge=GaugeName.ALIGNMENT,
    figures={"chosen": N_("chosen in four weeks"), "off": N_("taken off the same day"),
             "urgent": N_("open, p1"), "known": N_("chosen so far")},
    whys={"urgent": N_("kept as urgent"), "off": N_("chosen and taken off")},
    missing={"few": N_("priorities of the day: space chooses one, in the morning review")},
)  # fmt: skip
