"""S19, uptime of a provider's service over 90 days, of the time in which somebody could tell."""

from __future__ import annotations

from collections.abc import Iterator

from cockpit.domain.registers.contract import Contract
from cockpit.domain.registers.provider import Provider
from cockpit.domain.signals.facts import Facts
from cockpit.domain.signals.score import Evidence, SignalScore, SignalState
from cockpit.domain.signals.signal import Signal, SignalUnit
from cockpit.domain.text import fold
from cockpit.locale import N_

SEEN = 0.05
"""The least share of the time that must have been seen."""


def measure(facts: Facts) -> Iterator[SignalScore]:
    """Of each provider with a status source: the worst of its sources."""
    codes = {fold(each.name): each.code for each in facts.of(Provider)}
    by_source = {each.status_source: each.code for each in facts.of(Provider) if each.status_source}
    worst: dict[str, tuple[float, float]] = {}
    unseen: set[str] = set()
    for each in facts.uptimes:
        code = codes.get(fold(each.provider)) or by_source.get(each.source)
        if code is None:
            continue
        if each.share is None or each.seen < SEEN:
            unseen.add(code)
        elif code not in worst or each.share < worst[code][0]:
            worst[code] = (each.share, each.seen)
    promised: dict[str, float] = {}
    for contract in facts.of(Contract):
        if contract.uptime is not None and (contract.ended_on is None or contract.ended_on >= facts.today):
            promised[contract.provider] = max(contract.uptime, promised.get(contract.provider, 0.0))
    for code, (share, seen) in sorted(worst.items()):
        limit = promised.get(code, facts.limits.s19_up)
        # Never rounded up: 99.998 is 99.99.
        value = int(share * 10_000 + 1e-6) / 100
        state = (
            SignalState.CALM
            if value >= limit
            else SignalState.WATCH
            if value >= limit - 1
            else SignalState.CONTROL
        )
        yield SIGNAL.score(
            facts, value, limit, n=1, state=state, subject=code, figures={"seen": round(100 * seen)},
            rows=[Evidence(code)],
        )  # fmt: skip
    for code in sorted(unseen - set(worst)):
        yield SIGNAL.unknown(facts, "unseen", subject=code, rows=[Evidence(code)])


SIGNAL = Signal(
    id="S19",
    name=N_("Uptime"),
    text=N_("Up {value} of the time that was seen, over 90 days"),
    formula=N_(
        "1 − (outage + 0.3 × partial outage) ÷ seconds seen; maintenance and what nobody saw in neither term"
    ),
    source=N_("what status pages showed, the uptime that contracts promise"),
    minimum=N_("one hour seen, and 5 % of the time"),
    next=N_("Ask the provider what was done about it"),
    unit=SignalUnit.PERCENT,
    weight=4,
    measure=measure,
    is_low_bad=True,
    figures={"seen": N_("percent of the time that was seen")},
    missing={"unseen": N_("its status page, read often enough: sync --due once in a while")},
)
