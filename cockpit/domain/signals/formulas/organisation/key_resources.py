"""S11, dependence on few: how many have to be missing before a critical process stands still, and how work spreads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from cockpit.domain.registers.continuity import Continuity
from cockpit.domain.registers.person import Person
from cockpit.domain.registers.process import Process
from cockpit.domain.signals.facts import Facts
from cockpit.domain.signals.score import Evidence, GaugeName, SignalScore, of_faults
from cockpit.domain.signals.signal import Signal, SignalUnit
from cockpit.locale import N_

CRITICAL, LEAST = 3, 3


def measure(facts: Facts) -> Iterator[SignalScore]:
    """Of the company: its critical processes. Who it depends on is told by what-if, never by a signal."""
    critical = [each for each in facts.of(Process) if each.criticality >= CRITICAL]
    if len(critical) < LEAST:
        yield SIGNAL.unknown(facts, "few", n=len(critical), least=LEAST)
        return
    limits = facts.limits
    able = {each.code: _able(each, facts) for each in critical}
    shares: dict[str, float] = defaultdict(float)
    for each in critical:
        doers = [who for who in each.responsible or (each.accountable,) if who]
        for who in doers:
            shares[who] += 1 / len(doers) / len(critical)
    bus = min(len(each) for each in able.values())
    top = 100 * max(shares.values(), default=0.0)
    spread = sum(each**2 for each in shares.values())
    faults = (bus <= 1) + (top > limits.s11_share) + (spread > limits.s11_concentration)
    state = of_faults(faults)
    alone = sorted(
        (each for each in critical if len(able[each.code]) <= 1), key=lambda e: (-e.criticality, e.code)
    )
    yield SIGNAL.score(
        facts, top, limits.s11_share, n=len(critical), state=state,
        figures={"bus": float(bus), "spread": round(spread, 2), "alone": float(len(alone))},
        rows=[Evidence(each.code, float(len(able[each.code])), "able") for each in alone],
    )  # fmt: skip


def _able(process: Process, facts: Facts) -> frozenset[str]:
    """Who can do it: those who do, and the backups that are prepared for them or for its function."""
    doers = {who for who in process.responsible or (process.accountable,) if who}
    people = {each.code: each for each in facts.of(Person)}
    backups = {people[who].backup for who in doers if who in people}
    backups |= {each.backup for each in facts.of(Continuity) if each.function == process.function}
    return frozenset(who for who in doers | backups if who and who not in facts.gone)


SIGNAL = Signal(
    id="S11",
    name=N_("Dependence on few"),
    text=N_("One resource carries {value} of the critical processes; losses that would stop one of them: {bus}"),
    formula=N_(
        "the greatest share of critical processes on one resource; the least number of losses that leave a critical"
        " process without anybody prepared; the sum of squared shares"
    ),
    source=N_("critical processes, who does them, backups, continuity plans"),
    minimum=N_("3 processes of criticality 3 or 4"),
    next=N_("Prepare a second person for the processes below"),
    unit=SignalUnit.PERCENT,
    row_unit=SignalUnit.COUNT,
    weight=8,
    measure=measure,
    gauge=GaugeName.RESILIENCE,
    figures={"bus": N_("losses that stop a critical process"), "spread": N_("sum of squared shares"),
             "alone": N_("critical processes that only one can do")},
    whys={"able": N_("can do it")},
    missing={"few": N_("critical processes with who does them: the RACI view of Organisation (F3)")},
)  # fmt: skip
