"""S14 and S15, fragmentation: providers that multiply, functions that nobody holds together, tools in excess."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

from cockpit.domain.registers.contract import Contract
from cockpit.domain.registers.function import Function
from cockpit.domain.registers.interface import Interface
from cockpit.domain.registers.process import Process
from cockpit.domain.registers.provider import Provider
from cockpit.domain.registers.tool import Tool
from cockpit.domain.signals.facts import Facts
from cockpit.domain.signals.score import Evidence, SignalScore, SignalState, of_faults
from cockpit.domain.signals.signal import Signal, SignalUnit
from cockpit.domain.text import fold
from cockpit.locale import N_

HALF_YEAR = timedelta(days=183)
LEAST_TOOLS = 3
OPEN = ("export", "api")


def measure_providers(facts: Facts) -> Iterator[SignalScore]:
    """Of the company: how many more providers than half a year ago."""
    providers = facts.of(Provider)
    if not providers:
        yield PROVIDERS.unknown(facts, "provider")
        return
    then = facts.at - HALF_YEAR
    is_young = facts.since is None or facts.since > then
    new = [each for each in providers if each.created_at is not None and each.created_at > then]
    left = [
        each for each in facts.every(Provider) if each.archived_at is not None and each.archived_at > then
    ]
    left = [each for each in left if each.created_at is not None and each.created_at <= then]
    loose = uncoordinated(facts)
    # What was there before the cockpit was begun is no growth.
    more = 0 if is_young else len(new) - len(left)
    pairs = len(providers) * (len(providers) - 1) / 2
    density = 100 * len(facts.of(Interface)) / pairs if pairs else 0.0
    state = SignalState.CALM
    if more >= facts.limits.s14_more or loose:
        state = SignalState.CONTROL if more >= facts.limits.s14_more and loose else SignalState.WATCH
    rows = [Evidence(code, why="loose") for code in loose]
    rows += [Evidence(each.code, why="new") for each in new] if more > 0 else []
    yield PROVIDERS.score(
        facts, more, facts.limits.s14_more, n=len(providers), state=state, rows=rows,
        figures={"providers": float(len(providers)), "loose": float(len(loose)), "density": round(density, 1)},
    )  # fmt: skip


def uncoordinated(facts: Facts) -> list[str]:
    """Functions that two providers or more carry, of which nobody holds the ends."""
    carry: dict[str, set[str]] = {}
    for contract in facts.of(Contract):
        if contract.ended_on is None or contract.ended_on >= facts.today:
            for function in contract.functions:
                carry.setdefault(function, set()).add(contract.provider)
    held = {each.code for each in facts.of(Function) if each.owner and each.owner not in facts.gone}
    held |= {each.function for each in facts.of(Process) if each.coordinator}
    known = {each.code for each in facts.of(Function)}
    return sorted(each for each, who in carry.items() if len(who) > 1 and each in known and each not in held)


def measure_tools(facts: Facts) -> Iterator[SignalScore]:
    """Of the company: tools that do what another does, and those that belong to nobody."""
    tools = facts.of(Tool)
    if len(tools) < LEAST_TOOLS:
        yield TOOLS.unknown(facts, "tool", n=len(tools), least=LEAST_TOOLS)
        return
    limits = facts.limits
    usages = Counter(fold(each.usage).strip() for each in tools if each.usage.strip())
    doubles = sum(count - 1 for count in usages.values())
    orphans = [each for each in tools if not each.processes and (not each.owner or each.owner in facts.gone)]
    judged = [each for each in tools if each.interoperability != "unknown"]
    share = 100 * sum(each.interoperability in OPEN for each in judged) / len(judged) if judged else None
    faults = int(doubles >= limits.s15_doubles)
    faults += int(any(each.personal_data for each in orphans))
    faults += int(share is not None and len(judged) >= LEAST_TOOLS and share < limits.s15_open)
    state = of_faults(faults)
    rows = [Evidence(each.code, why="data" if each.personal_data else "orphan") for each in orphans]
    rows += [
        Evidence(each.code, float(usages[fold(each.usage).strip()]), "double")
        for each in tools
        if usages[fold(each.usage).strip()] > 1
    ]
    figures = {"tools": float(len(tools)), "orphans": float(len(orphans))}
    if share is not None:
        figures["open"] = round(share)
    yield TOOLS.score(
        facts, doubles, limits.s15_doubles, n=len(tools), state=state, figures=figures, rows=rows
    )


PROVIDERS = Signal(
    id="S14",
    name=N_("Fragmentation"),
    text=N_("Providers more than half a year ago: {value}; functions of several that nobody coordinates: {loose}"),
    formula=N_("providers now less those of 183 days ago; functions with two providers, no owner and no coordinator"),
    source=N_("providers, contracts, functions, processes"),
    minimum=N_("one provider; half a year for the growth"),
    next=N_("Name who holds the ends, or bring two providers together"),
    unit=SignalUnit.COUNT,
    weight=4,
    measure=measure_providers,
    figures={"providers": N_("providers"), "loose": N_("functions that nobody coordinates"),
             "density": N_("interfaces for a hundred pairs of providers")},
    whys={"loose": N_("several providers, nobody coordinates"), "new": N_("new in half a year")},
    missing={"provider": N_("the providers: c in the registers of Organisation (F3)")},
)  # fmt: skip
TOOLS = Signal(
    id="S15",
    name=N_("Too many tools"),
    text=N_("Tools that do what another one does: {value}; that belong to nobody: {orphans}"),
    formula=N_("tools of each usage less one, summed; tools without process and owner; share with an export or API"),
    source=N_("tools, by their usage"),
    minimum=N_("3 tools"),
    next=N_("Keep one for each usage, and give the others an owner or an end"),
    unit=SignalUnit.COUNT,
    weight=3,
    measure=measure_tools,
    figures={"tools": N_("tools"), "orphans": N_("without process and owner"),
             "open": N_("percent with an export or API, of those looked at")},
    whys={"data": N_("personal data, and nobody's"), "orphan": N_("no process, no owner"),
          "double": N_("tools of this usage")},
    missing={"tool": N_("the tools with their usage: registers of Organisation (F3)")},
)  # fmt: skip
