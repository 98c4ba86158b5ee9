"""How often signals cry for nothing, and how soon they are heard: years of quiet and of troubled weeks.

`pytest tests/benchmarks/test_signal_simulation.py --benchmark-only -s` prints the figures of docs/signals.md;
an ordinary run takes a few companies and holds the promises that matter. The other signals say what stands in
the registers, without chance.
"""

from __future__ import annotations

import math
import random
import statistics
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta

import pytest

from cockpit.domain.dataclasses import dataclass, replace
from cockpit.domain.promises import expected
from cockpit.domain.registers.blocker import Blocker
from cockpit.domain.registers.clock import Clock
from cockpit.domain.registers.decision import Decision
from cockpit.domain.registers.escalation import Escalation
from cockpit.domain.registers.interface import Interface
from cockpit.domain.registers.occurrence import Occurrence
from cockpit.domain.registers.report import Report
from cockpit.domain.registers.ritual import Ritual
from cockpit.domain.registers.statement import Statement
from cockpit.domain.signals import rules
from cockpit.domain.signals.every import SIGNALS
from cockpit.domain.signals.facts import Deed
from cockpit.domain.signals.formulas.organisation import chief, grey_zones
from cockpit.domain.signals.formulas.together import (
    feedback,
    initiative,
    involvement,
    outside_alerts,
    silence,
    silos,
)
from cockpit.domain.signals.formulas.together.involvement import Held
from cockpit.domain.signals.formulas.work import (
    arbitration,
    delays,
    priorities,
    promises_kept,
    recurrence,
    reporting,
)
from cockpit.domain.signals.formulas.work.delays import Case
from cockpit.domain.signals.rules import WeekBefore
from cockpit.domain.signals.score import SignalScore
from tests.domain.signals.given import END, facts
from tests.domain.signals.test_together import TEAM

WEEK = timedelta(days=7)
BEGINS = 26
"""The week from which trouble holds, of 52."""
WEEKS = 52
Year = Callable[[random.Random, bool], Iterator[SignalScore]]


@dataclass(frozen=True)
class Heard:
    """What became of many companies."""

    false_26: float
    """The share of quiet companies in which it was raised within 26 weeks."""
    false_52: float
    found_12: float
    """The share of troubled companies in which it was raised within 12 weeks."""
    median: float | None
    """Weeks until it was, in those."""


def delays_of(chance: random.Random, troubled: bool) -> Iterator[SignalScore]:
    """S1: a closure a week, lognormal hours of sigma 0.8; then three times as long."""
    cases: list[Case] = []
    for n in range(24 + WEEKS):
        slower = 3 if troubled and n >= 24 + BEGINS else 1
        cases.append(Case(f"B-{n}", END, slower * chance.lognormvariate(2, 0.8)))
        if n >= 24:
            yield delays.judge(facts(week=week(n - 24)), "PR-1", cases)


def silence_of(chance: random.Random, troubled: bool) -> Iterator[SignalScore]:
    """S2: a weekly exchange, a few days early or late, one in eight left out; then none at all."""
    last = END.date()
    for n in range(WEEKS):
        at = END + n * WEEK
        if not (troubled and n >= BEGINS) and chance.random() > 0.125:
            last = (at - timedelta(days=chance.randrange(0, 5))).date()
        each = Interface(code="IF-1", name="a", source="FN-1", target="PR-1", cadence_days=7, last_on=last)
        yield silence.judge(facts(week=week(n), at=at), each, {})


def initiative_of(chance: random.Random, troubled: bool) -> Iterator[SignalScore]:
    """S5: four entries a week of their own accord; then 40 % of that."""
    deeds: list[Deed] = []
    for n in range(-12, WEEKS):
        rate = 4 * (0.4 if troubled and n >= BEGINS else 1)
        for _each in range(_poisson(chance, rate)):
            at = END + n * WEEK - timedelta(days=chance.random() * 7)
            deeds.append(Deed(at=at, by="Ana", action="blocker.add", register="blocker", code="B-1", before={},
                              after={"title": "a"}, is_new=True))  # fmt: skip
        if n >= 0:
            now = END + n * WEEK
            window = [deed for deed in deeds if deed.at >= now - 12 * WEEK]
            known = facts(*TEAM, week=week(n), at=now, deeds=window, is_team_told=True, since=END - 60 * WEEK)
            yield next(iter(initiative.measure(known)))


def involvement_of(chance: random.Random, troubled: bool) -> Iterator[SignalScore]:
    """S7: a weekly meeting of eight; nine in ten come, then six in ten."""
    held: list[Held] = []
    for n in range(-12, WEEKS):
        rate = 0.6 if troubled and n >= BEGINS else 0.9
        came = sum(chance.random() < rate for _who in range(8))
        held.append(Held(f"RO-{n}", 8, came, came, True, 0))
        if n >= 0:
            yield involvement.judge(facts(week=week(n)), Ritual(code="RT-1", name="a", rule="mon"), held)


def arbitration_of(chance: random.Random, troubled: bool) -> Iterator[SignalScore]:
    """S13: one question a week; 95 % are decided in time, then 60 %."""
    asked: list[Escalation] = []
    for n in range(-13, WEEKS):
        at = END + n * WEEK - timedelta(days=3)
        late = chance.random() > (0.6 if troubled and n >= BEGINS else 0.95)
        end = at + timedelta(hours=5)
        asked.append(Escalation(code=f"ES-{n}", question="a", asked_at=at, ended_at=end, decision="D-1",
                                answer_by=end - timedelta(hours=1) if late else end))  # fmt: skip
        if n >= 0:
            yield next(iter(arbitration.measure(facts(*asked, week=week(n), at=END + n * WEEK))))


def promises_of(chance: random.Random, troubled: bool) -> Iterator[SignalScore]:
    """S18: two promises a week; 97 % are kept, then 75 %."""
    clocks: list[Clock] = []
    for n in range(-13, WEEKS):
        rate = 0.75 if troubled and n >= BEGINS else 0.97
        for each in range(2):
            state = "met" if chance.random() < rate else "breached"
            clocks.append(
                Clock(code=f"CK-{n}-{each}", title="a", state=state, ended_at=END + n * WEEK - WEEK / 2)
            )
        if n >= 0:
            now = END + n * WEEK
            known = facts(*clocks, week=week(n), at=now)
            yield promises_kept.judge(
                known, "", [c for each in promises_kept.judged_of(known).values() for c in each]
            )


def priorities_of(chance: random.Random, troubled: bool) -> Iterator[SignalScore]:
    """S22: three priorities a day; one in eight is taken off the same day, then six in ten."""
    deeds: list[Deed] = []
    for n in range(-4, WEEKS):
        rate = 0.6 if troubled and n >= BEGINS else 0.125
        for each in range(15):
            at = END + n * WEEK - timedelta(days=6 - each // 3)
            day = at.date().isoformat()
            deeds.append(Deed(at=at, by="Claire", action="priority.pick", register="priority", code=f"P-{each}",
                              before={}, after={"day": day}))  # fmt: skip
            if chance.random() < rate:
                deeds.append(Deed(at=at, by="Claire", action="priority.unpick", register="priority",
                                  code=f"P-{each}", before={"day": day}, after={"day": None}))  # fmt: skip
        if n >= 0:
            yield next(iter(priorities.measure(facts(deeds=deeds, week=week(n), at=END + n * WEEK))))


def feedback_of(chance: random.Random, troubled: bool) -> Iterator[SignalScore]:
    """S26: four marks a side and a week, of mean 4; then one side gives 2.5."""
    held: list[Occurrence] = []
    for n in range(-5, WEEKS):
        low = 2.5 if troubled and n >= BEGINS else 4.0
        sums = [sum(min(5, max(1, round(chance.gauss(mean, 1)))) for _v in range(4)) for mean in (4.0, low)]
        held.append(Occurrence(code=f"RO-{n}", ritual="RT-1", planned_at=END + n * WEEK, status="held",
                               roti=f'{{"inward": [{sums[0]}, 4], "outward": [{sums[1]}, 4]}}'))  # fmt: skip
        if n >= 0:
            known = facts(
                Ritual(code="RT-1", name="a", rule="mon"), *held[-6:], week=week(n), at=END + n * WEEK
            )
            yield next(iter(feedback.measure(known)))


def grey_zones_of(chance: random.Random, troubled: bool) -> Iterator[SignalScore]:
    """S3: twenty open cases, five of them new each week, one in twenty without an owner; then three in ten."""
    bare: list[bool] = []
    for n in range(-4, WEEKS):
        rate = 0.3 if troubled and n >= BEGINS else 0.05
        bare = [*bare, *(chance.random() < rate for _new in range(5))][-20:]
        if n < 0:
            continue
        cases = [
            Blocker(code=f"B-{each}", title="a", owner="" if is_bare else "PE-1")
            for each, is_bare in enumerate(bare)
        ]
        yield next(iter(grey_zones.measure(facts(*cases, week=week(n), at=END + n * WEEK))))


def silos_of(chance: random.Random, troubled: bool) -> Iterator[SignalScore]:
    """S6: twelve weekly interfaces, each left out in one week of eight; then four of them are dead."""
    last = [END.date()] * 12
    for n in range(WEEKS):
        at = END + n * WEEK
        for each in range(12):
            if not (troubled and n >= BEGINS and each < 4) and chance.random() > 0.125:
                last[each] = (at - timedelta(days=1 + chance.randrange(5))).date()
        drawn = [Interface(code=f"IF-{each}", name="a", source="FN-1", target="PR-1", cadence_days=7, last_on=day)
                 for each, day in enumerate(last)]  # fmt: skip
        known = facts(*TEAM, *drawn, week=week(n), at=at, is_team_told=True)
        yield next(score for score in silos.measure(known) if not score.subject)


def reports_of(chance: random.Random, troubled: bool) -> Iterator[SignalScore]:
    """S8: three monthly reports, one in twenty twelve days late; then one in two."""
    came: dict[int, list[date]] = {each: [] for each in range(3)}
    due = [END.date() + timedelta(days=10 * each) for each in range(3)]
    for n in range(WEEKS):
        at = END + n * WEEK
        for each in range(3):
            while due[each] <= at.date():
                late = chance.random() < (0.5 if troubled and n >= BEGINS else 1 / 20)
                came[each].append(due[each] + timedelta(days=12 if late else 2))
                due[each] = expected.stepped(due[each], "month", 1)
        deeds = [
            Deed(at=END, by="a", action="report.came", register="report", code=f"ER-{each}",
                 before={}, after={"received_on": day.isoformat()})
            for each in range(3) for day in came[each] if at.date() - timedelta(days=112) <= day < at.date()
        ]  # fmt: skip
        known = [Report(code=f"ER-{each}", name="a", source="PR-1", due=due[each]) for each in range(3)]
        last = [
            replace(one, received_on=max((d for d in came[each] if d < at.date()), default=None),
                    created_at=END - WEEK)
            for each, one in enumerate(known)
        ]  # fmt: skip
        yield next(iter(reporting.measure(facts(*last, deeds=deeds, week=week(n), at=at))))


def chief_of(chance: random.Random, troubled: bool) -> Iterator[SignalScore]:
    """S12: two decisions a week, half of them by the chief executive alone; then nine in ten."""
    made: list[Decision] = []
    for n in range(-13, WEEKS):
        rate = 0.9 if troubled and n >= BEGINS else 0.5
        for each in range(2):
            who = "Claire" if chance.random() < rate else "PE-2"
            made.append(
                Decision(code=f"D-{n}-{each}", title="a", decider=who, decided_at=END + n * WEEK - WEEK / 2)
            )
        if n >= 0:
            known = facts(*made[-26:], week=week(n), at=END + n * WEEK, chief=frozenset({"Claire"}))
            yield next(iter(chief.measure(known)))


def recurrence_of(chance: random.Random, troubled: bool) -> Iterator[SignalScore]:
    """S20: a case a week, of one of a hundred kinds; then one in three of the same kind."""
    cases: list[Blocker] = []
    for n in range(-9, WEEKS):
        same = troubled and n >= BEGINS and chance.random() < 1 / 3
        kind = 0 if same else chance.randrange(100)
        cases.append(
            Blocker(
                code=f"B-{n}", title="a", function="FN-1", tags=(f"k{kind}",), since=END + n * WEEK - WEEK / 2
            )
        )
        if n >= 0:
            known = facts(*cases[-9:], week=week(n), at=END + n * WEEK)
            yield max(recurrence.measure(known), key=lambda score: score.state, default=CALM)


def statements_of(chance: random.Random, troubled: bool) -> Iterator[SignalScore]:
    """S27: one statement a week, sorted within half a day on average; then within three days."""
    said: list[Statement] = []
    for n in range(-9, WEEKS):
        mean = 3.0 if troubled and n >= BEGINS else 0.5
        came = END + n * WEEK - WEEK * chance.random()
        said.append(Statement(code=f"IN-{n}", title="a", triage="note", created_at=came,
                              closed_at=came + timedelta(days=chance.expovariate(1 / mean))))  # fmt: skip
        if n >= 0:
            yield next(iter(outside_alerts.measure(facts(*said[-10:], week=week(n), at=END + n * WEEK))))


CALM = SignalScore(signal="S20", subject="FN-1", week=END.date())
YEARS: dict[str, Year] = {
    "S1": delays_of, "S2": silence_of, "S5": initiative_of, "S7": involvement_of, "S13": arbitration_of,
    "S18": promises_of, "S22": priorities_of, "S26": feedback_of, "S3": grey_zones_of, "S6": silos_of,
    "S8": reports_of, "S12": chief_of, "S20": recurrence_of, "S27": statements_of,
}  # fmt: skip


def _poisson(chance: random.Random, mean: float) -> int:
    """How many came, where so many come on average (Knuth)."""
    limit, product, n = math.exp(-mean), chance.random(), 0
    while product > limit:
        product *= chance.random()
        n += 1
    return n


def week(n: int) -> date:
    """The Monday of the n-th week."""
    return (END + (n - 1) * WEEK).date()


def raised_weeks(scores: Iterable[SignalScore]) -> list[int]:
    """The weeks in which a signal was raised anew."""
    before: dict[rules.Key, WeekBefore] = {}
    found = []
    for n, score in enumerate(scores):
        raised = rules.raised([score], before, SIGNALS)
        since = raised.get(rules.key(score))
        if since == score.week:
            found.append(n)
        before = {rules.key(score): WeekBefore(score.state, since)}
    return found


def heard(year: Year, companies: int, seed: int = 1) -> Heard:
    """So many quiet companies, and as many that are troubled from BEGINS on."""
    chance = random.Random(seed)
    quiet = [raised_weeks(year(chance, False)) for _n in range(companies)]
    late = []
    for _n in range(companies):
        found = [n - BEGINS for n in raised_weeks(year(chance, True)) if n >= BEGINS]
        late += [found[0]] if found and found[0] < 12 else []
    return Heard(
        false_26=sum(any(n < 26 for n in each) for each in quiet) / companies,
        false_52=sum(bool(each) for each in quiet) / companies,
        found_12=len(late) / companies,
        median=statistics.median(late) + 1 if late else None,
    )


@pytest.mark.parametrize("signal", YEARS)
def test_few_false_alarms_and_few_misses_in_a_few_companies(signal: str) -> None:
    found = heard(YEARS[signal], 12)
    assert found.false_26 <= 0.25
    assert found.found_12 >= 0.5


def test_the_figures_of_the_page(benchmark: object, request: pytest.FixtureRequest) -> None:
    companies = 400
    for signal, year in YEARS.items():
        said = heard(year, companies)
        print(f"{signal:<4} false alarms in 26 weeks {said.false_26:4.0%}, in 52 {said.false_52:4.0%};"
              f" found in 12 weeks {said.found_12:4.0%}, median week {said.median}")  # fmt: skip
