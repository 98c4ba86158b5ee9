"""S3, grey zones: open cases and flows of which nobody knows whose they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

from cockpit.domain.organisation import flows
from cockpit.domain.registers.blocker import Blocker
from cockpit.domain.registers.contract import Contract
from cockpit.domain.registers.function import Function
from cockpit.domain.registers.interface import Interface
from cockpit.domain.signals.facts import Facts
from cockpit.domain.signals.formulas.together.silence import heard_of, shown_alive_by
from cockpit.domain.signals.score import Evidence, SignalScore, SignalState
from cockpit.domain.signals.signal import Signal, SignalUnit
from cockpit.domain.signals.statistics import short_of
from cockpit.locale import N_

LEAST = 5
HANDED_ON = 2
"""Changes of owner from which a case is nobody's."""
SEEN = timedelta(days=90)
VITAL = 4


def measure(facts: Facts) -> Iterator[SignalScore]:
    """Of the company: all its open cases, flows and pairs that exchange."""
    owners = Counter(
        deed.code for deed in facts.deeds if deed.register == "blocker" and deed.before.get("owner")
        and "owner" in deed.after
    )  # fmt: skip
    cases = [each for each in facts.of(Blocker) if each.closed_at is None]
    grey = [Evidence(each.code, why="nobody") for each in cases if not each.owner]
    grey += [
        Evidence(each.code, float(owners[each.code]), "handed_on")
        for each in cases
        if each.owner and owners[each.code] >= HANDED_ON
    ]
    cells = cells_of(facts)
    drawn = [each for cell in cells for each in cell.flows]
    grey += [Evidence(each.record.code, why="flow") for each in drawn if each.is_grey]
    undeclared = [cell for cell in cells if cell.undeclared]
    grey += [Evidence(cell.undeclared[0], why="undeclared") for cell in undeclared]
    whole = len(cases) + len(drawn) + len(undeclared)
    if whole < LEAST:
        yield SIGNAL.unknown(facts, "few", n=whole, least=LEAST)
        return
    limit = facts.limits.s3_share
    share = 100 * len(grey) / whole
    vital = {each.code for each in facts.of(Function) if each.criticality >= VITAL}
    on_vital = sum(each.function in vital and not each.owner for each in cases)
    state = SignalState.CALM
    sure = short_of(whole - len(grey), whole, 1 - limit / 100)
    if (share >= limit and sure >= facts.limits.s3_sure) or on_vital:
        state = SignalState.CONTROL if share >= 2 * limit else SignalState.WATCH
    yield SIGNAL.score(
        facts, share, limit, n=whole, state=state, rows=grey,
        figures={"grey": float(len(grey)), "whole": float(whole), "vital": float(on_vital), "sure": round(sure, 2)},
    )  # fmt: skip


def cells_of(facts: Facts) -> tuple[flows.FlowCell, ...]:
    """The matrix of flows as of the facts."""
    heard = heard_of(facts)
    drawn = [
        flows.flow(each, [heard[c][0] for c in shown_alive_by(each) if c in heard], facts.today)
        for each in facts.of(Interface)
    ]
    seen: dict[flows.Pair, list[str]] = {}
    for blocker in facts.of(Blocker):
        is_recent = blocker.closed_at is None or facts.at - blocker.closed_at <= SEEN
        for code in blocker.waiting_on if blocker.function and is_recent else ():
            if code.startswith(("PR-", "PE-")):
                pair = (blocker.function, facts.homes.get(code, code))
                seen.setdefault(pair, []).append(blocker.code)
    for contract in facts.of(Contract):
        if contract.ended_on is None or contract.ended_on >= facts.today:
            for function in contract.functions:
                seen.setdefault((function, contract.provider), []).append(contract.code)
    return flows.cells(drawn, seen, facts.homes)


SIGNAL = Signal(
    id="S3",
    name=N_("Grey zones"),
    text=N_("{value} of open cases and flows have nobody who answers for them, or stand on no map"),
    formula=N_(
        "(cases without owner or handed on twice + flows without owner or document + exchanges that no interface"
        " declares) ÷ (open cases + flows + such exchanges)"
    ),
    source=N_("open blockers and their changes of owner, interfaces, contracts"),
    minimum=N_("5 open cases or flows"),
    next=N_("Name one person for each, then declare the exchanges that show"),
    unit=SignalUnit.PERCENT,
    row_unit=SignalUnit.COUNT,
    weight=6,
    measure=measure,
    figures={
        "grey": N_("grey"), "whole": N_("cases and flows"), "vital": N_("on a vital function, without owner"),
        "sure": N_("z of the test"),
    },
    whys={
        "nobody": N_("no owner"), "handed_on": N_("times it changed hands"),
        "flow": N_("a flow without owner or document"),
        "undeclared": N_("shows an exchange that no interface declares"),
    },
    missing={"few": N_("fewer cases and flows than needed: draw the interfaces in Organisation (F3)")},
)  # fmt: skip
