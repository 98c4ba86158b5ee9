"""S1, unusual delays: the last cases of a provider or a function took much longer than those before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from statistics import median
from typing import NamedTuple

from cockpit.domain.registers.blocker import Blocker
from cockpit.domain.registers.clock import Clock
from cockpit.domain.registers.policy import RESOLUTION
from cockpit.domain.signals.facts import Facts
from cockpit.domain.signals.score import Evidence, ScoreProof, SignalScore, SignalState
from cockpit.domain.signals.signal import Signal, SignalUnit
from cockpit.domain.signals.statistics import slower
from cockpit.domain.work import pace
from cockpit.locale import N_

LAST = 5
MOST_BEFORE = 24


class Case(NamedTuple):
    """A blocker that was closed, and the business hours it took."""

    code: str
    closed_at: datetime
    hours: float


def measure(facts: Facts) -> Iterator[SignalScore]:
    """Of each provider and each function that has had a case closed."""
    waiting = open_of(facts)
    for subject, cases in cases_of(facts).items():
        yield judge(facts, subject, cases, waiting.get(subject, ()))


def judge(facts: Facts, subject: str, cases: list[Case], waiting: Sequence[Case] = ()) -> SignalScore:
    """The cases of one subject, in the order in which they were closed; `waiting` are those that are open.

    An open one that lasts longer than nine in ten closed ones took comes first among the rows (S1b): it never
    raises anything by itself, since with thirty open cases chance alone would always show one.
    """
    limits = facts.limits
    took = [each.hours for each in cases]
    slow = [each for each in waiting if (found := pace.rank(each.hours, took)) is not None and found.is_slow]
    slow.sort(key=lambda each: -each.hours)
    open_rows = tuple(Evidence(each.code, each.hours, "slow") for each in slow)
    known = cases[-(LAST + MOST_BEFORE) :]
    last, before = known[-LAST:], known[:-LAST]
    if len(known) < limits.s1_least:
        figures = {"closed": float(len(known)), "least": float(limits.s1_least)}
        return SignalScore(
            signal=SIGNAL.id, subject=subject, week=facts.week, threshold=limits.s1_ratio, n=len(known),
            proof=ScoreProof(figures=figures, rows=open_rows, missing="few"),
        )  # fmt: skip
    now, then = median(each.hours for each in last), median(each.hours for each in before)
    sure = slower([each.hours for each in last], [each.hours for each in before])
    ratio = now / then if then else (1.0 if not now else limits.s1_ratio)
    is_slow = ratio >= limits.s1_ratio and sure > limits.s1_sure
    rows = open_rows
    rows += tuple(Evidence(each.code, each.hours, "last") for each in reversed(last))
    rows += tuple(Evidence(each.code, each.hours, "before") for each in reversed(before))
    return SignalScore(
        signal=SIGNAL.id, subject=subject, week=facts.week, value=round(ratio, 2), threshold=limits.s1_ratio,
        n=len(known), state=SignalState.WATCH if is_slow else SignalState.CALM,
        proof=ScoreProof(figures={"now": now, "then": then, "sure": sure, "slow": float(len(slow))}, rows=rows),
    )  # fmt: skip


def open_of(facts: Facts) -> dict[str, list[Case]]:
    """By provider and by function, the open cases, with the business hours that they have lasted."""
    found: dict[str, list[Case]] = {}
    for blocker in facts.of(Blocker):
        began = blocker.since or blocker.created_at
        if blocker.closed_at is None and began is not None and began < facts.at:
            hours = facts.calendar.between(began, facts.at) / 3600
            for subject in _subjects(blocker, facts):
                found.setdefault(subject, []).append(Case(blocker.code, facts.at, hours))
    return found


def _subjects(blocker: Blocker, facts: Facts) -> list[str]:
    """Its function, and the providers it waits for."""
    homes = {facts.homes.get(code, code) for code in blocker.waiting_on if code.startswith(("PR-", "PE-"))}
    found = (blocker.function, *sorted(each for each in homes if each.startswith("PR-")))
    return [each for each in found if each]


def cases_of(facts: Facts) -> dict[str, list[Case]]:
    """By provider and by function, the cases closed so far, the last ones last; refused ones took no work."""
    used = {
        each.blocker: each.consumed_s
        for each in facts.of(Clock)
        if each.metric == RESOLUTION and each.ended_at is not None and each.state in ("met", "breached")
    }
    found: dict[str, list[Case]] = {}
    closed = [each for each in facts.of(Blocker) if each.status == "solved" and each.closed_at is not None]
    closed.sort(key=lambda each: (each.closed_at or facts.at, each.code))
    for blocker in closed:
        began, ended = blocker.since or blocker.created_at, blocker.closed_at
        if began is None or ended is None or ended < began:
            continue
        # Of a promise, the time that was paused does not count; else all the open hours do.
        seconds = used.get(blocker.code)
        hours = (facts.calendar.between(began, ended) if seconds is None else seconds) / 3600
        for subject in _subjects(blocker, facts):
            found.setdefault(subject, []).append(Case(blocker.code, ended, hours))
    return found


SIGNAL = Signal(
    id="S1",
    name=N_("Unusual delays"),
    text=N_("The last five cases took {value} as long as those before"),
    formula=N_("median hours of the last 5 closed ÷ median of the 12 to 24 closed before; Mann-Whitney test"),
    source=N_("closed blockers, in business hours, pauses left out"),
    minimum=N_("17 closed cases"),
    next=N_("Ask what changed, before it becomes the rule"),
    unit=SignalUnit.RATIO,
    row_unit=SignalUnit.HOURS,
    weight=7,
    measure=measure,
    figures={
        "now": N_("median of the last 5, in hours"), "then": N_("median before, in hours"),
        "sure": N_("z of the test"),
        "slow": N_("open ones that last longer than nine in ten took"),
        "closed": N_("closed cases"), "least": N_("needed"),
    },
    whys={"slow": N_("open, longer than nine in ten took"), "last": N_("one of the last five"), "before": N_("before")},
    missing={"few": N_("fewer closed cases than needed: it comes with use")},
)  # fmt: skip
