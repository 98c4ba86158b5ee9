"""S10, the threat of a provider: (dependence × penetration) ÷ (maturity × trust), after EBIOS Risk Manager."""

from __future__ import annotations

from collections.abc import Iterator

from cockpit.domain.organisation.quality import Quality
from cockpit.domain.providers import threat
from cockpit.domain.registers.access import Access
from cockpit.domain.registers.audit import Audit
from cockpit.domain.registers.continuity import Continuity
from cockpit.domain.registers.contract import Contract
from cockpit.domain.registers.document import Document
from cockpit.domain.registers.process import Process
from cockpit.domain.registers.provider import Provider
from cockpit.domain.signals.facts import Facts
from cockpit.domain.signals.formulas.together import feedback
from cockpit.domain.signals.formulas.work.promises_kept import is_kept, judged_of
from cockpit.domain.signals.score import Evidence, GaugeName, SignalScore, SignalState
from cockpit.domain.signals.signal import Signal, SignalUnit
from cockpit.locale import N_

_PARTS = ("dependence", "penetration", "maturity", "trust")


def measure(facts: Facts) -> Iterator[SignalScore]:
    """Of each provider."""
    judged, said = judged_of(facts), feedback.qualities(facts)
    for provider in facts.of(Provider):
        kept = [is_kept(each) for each in judged.get(provider.code, ())]
        found = threat_of(provider, facts, kept, said.get(provider.code, Quality()).of_them)
        parts = {name: getattr(found, name).value for name in _PARTS}
        level = found.level
        if level is None:
            missing = next(name for name in _PARTS if parts[name] is None)
            yield SIGNAL.unknown(facts, missing, subject=provider.code, rows=[Evidence(provider.code)])
            continue
        limits = facts.limits
        state = SignalState.WATCH if level <= limits.s10_control else SignalState.CONTROL
        yield SIGNAL.score(
            facts, level, limits.s10_control, n=len(_PARTS), subject=provider.code,
            state=SignalState.DANGER if level > limits.s10_danger else state,
            figures={name: float(value) for name, value in parts.items() if value is not None},
            rows=[Evidence(provider.code)],
        )  # fmt: skip


def threat_of(provider: Provider, facts: Facts, kept: list[bool], mark: float | None) -> threat.Threat:
    """Its four figures: those that were given, else worked out of what was known."""
    code = provider.code
    functions = {
        function
        for contract in facts.of(Contract)
        if contract.provider == code and (contract.ended_on is None or contract.ended_on >= facts.today)
        for function in contract.functions
    }
    theirs = {code, *(person for person, home in facts.homes.items() if home == code)}
    levels = [each.level for each in facts.of(Access) if each.holder in theirs and each.revoked_on is None]
    homes = {each.code: each.function for each in facts.of(Process)}
    written = {each.function or homes.get(each.process, "") for each in facts.of(Document)}
    covered = {each.function for each in facts.of(Continuity)}
    audits = [
        each
        for each in facts.of(Audit)
        if each.verdict != "open"
        and (each.provider == code or (not each.provider and each.function in functions))
    ]
    last = max(audits, key=lambda each: (str(each.held_on), each.code), default=None)
    return threat.Threat(
        dependence=threat.part(
            provider.dependence, threat.dependence(int(provider.stop_impact), int(provider.substitutability))
        ),
        penetration=threat.part(provider.penetration, threat.penetration(levels, provider.personal_data)),
        maturity=threat.part(
            provider.maturity,
            threat.maturity(
                last.verdict if last else "",
                len(functions),
                len(functions & written),
                len(functions & covered),
            ),
        ),
        trust=threat.part(provider.trust, threat.trust(sum(kept), len(kept), mark)),
    )


SIGNAL = Signal(
    id="S10",
    name=N_("Threat of a provider"),
    text=N_(
        "Its threat is {value}: dependence {dependence} × penetration {penetration} ÷"
        " (maturity {maturity} × trust {trust})"
    ),
    formula=N_("(dependence × penetration) ÷ (maturity × trust), each from 1 to 4"),
    source=N_("the provider, its accesses, audits, documents, plans, promises kept and marks"),
    minimum=N_("the four marks, given or worked out"),
    next=N_("Lower what is high: an access less, an audit, a second provider"),
    unit=SignalUnit.MARK,
    weight=7,
    measure=measure,
    raised_from=SignalState.CONTROL,
    gauge=GaugeName.RESILIENCE,
    figures={"dependence": N_("dependence"), "penetration": N_("penetration"), "maturity": N_("maturity"),
             "trust": N_("trust")},
    missing={
        "dependence": N_("its dependence, 1 to 4, on the provider"),
        "penetration": N_("its accesses, or its penetration, 1 to 4, on the provider"),
        "maturity": N_("an audit of its function, or its maturity, 1 to 4, on the provider"),
        "trust": N_("three promises judged, three marks on its interfaces, or its trust, 1 to 4, on the provider"),
    },
)  # fmt: skip
