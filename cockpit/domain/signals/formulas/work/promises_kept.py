"""S18, promises kept: by each provider and by all, over 90 days; and S10 reads its trust from it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from cockpit.domain.registers.clock import Clock
from cockpit.domain.signals.facts import Facts
from cockpit.domain.signals.score import COMPANY, Evidence, GaugeName, SignalScore, SignalState
from cockpit.domain.signals.signal import Signal, SignalUnit
from cockpit.domain.signals.statistics import short_of
from cockpit.locale import N_

WINDOW = timedelta(days=90)
LEAST = 10


def measure(facts: Facts) -> Iterator[SignalScore]:
    """Of the company, then of each provider who had a promise to keep."""
    judged = judged_of(facts)
    yield judge(facts, COMPANY, [each for found in judged.values() for each in found])
    for subject, found in judged.items():
        if subject.startswith("PR-"):
            yield judge(facts, subject, found)


def judge(facts: Facts, subject: str, clocks: list[Clock]) -> SignalScore:
    """Those of one provider, or of all."""
    broken = [each for each in clocks if not is_kept(each)]
    if len(clocks) < LEAST:
        return SIGNAL.unknown(
            facts, "few", subject=subject, n=len(clocks), least=LEAST,
            rows=[Evidence(each.blocker or each.code, why="broken") for each in broken],
        )  # fmt: skip
    limit = facts.limits.s18_share
    value = 100 * (len(clocks) - len(broken)) // len(clocks)
    sure = short_of(len(clocks) - len(broken), len(clocks), limit / 100)
    state = (
        SignalState.CALM
        if value >= limit or sure < facts.limits.s18_sure
        else SignalState.WATCH
        if value >= limit - 15
        else SignalState.CONTROL
    )
    broken.sort(key=lambda each: (-each.overrun_s, each.code))
    return SIGNAL.score(
        facts, value, limit, n=len(clocks), state=state, subject=subject,
        figures={
            "kept": float(len(clocks) - len(broken)), "broken": float(len(broken)), "sure": round(sure, 2),
        },
        rows=[Evidence(each.blocker or each.code, each.overrun_s / 3600, "broken") for each in broken],
    )  # fmt: skip


def judged_of(facts: Facts) -> dict[str, list[Clock]]:
    """By who made the promise: what ended within the window, and what is open past its time."""
    lo = facts.at - WINDOW
    found: dict[str, list[Clock]] = {}
    for each in facts.of(Clock):
        is_over = each.ended_at is not None and each.ended_at >= lo and each.state in ("met", "breached")
        until = each.until or each.due
        is_late = each.ended_at is None and (
            each.breached_at is not None
            or (until is not None and until < facts.at and each.state == "running")
        )
        if is_over or is_late:
            found.setdefault(facts.homes.get(each.provider, each.provider), []).append(each)
    return found


def is_kept(clock: Clock) -> bool:
    """Whether a clock that is judged was met."""
    return clock.state == "met" and clock.ended_at is not None


SIGNAL = Signal(
    id="S18",
    name=N_("Promises kept"),
    text=N_("{value} of the promises of 90 days were kept"),
    formula=N_(
        "kept ÷ (kept + broken), over 90 days; what is open past its time is broken; and how sure it is that fewer are"
        " kept than should be"
    ),
    source=N_("clocks of service promises"),
    minimum=N_("10 promises that ended or are late"),
    next=N_("Take the list to the next provider review"),
    unit=SignalUnit.PERCENT,
    row_unit=SignalUnit.HOURS,
    weight=8,
    measure=measure,
    is_low_bad=True,
    gauge=GaugeName.STEERING,
    figures={"kept": N_("kept"), "broken": N_("broken"), "sure": N_("z of the test")},
    whys={"broken": N_("late, in business hours")},
    missing={"few": N_("promises judged: give contracts a resolution target, or a blocker sla:4ho")},
)  # fmt: skip
