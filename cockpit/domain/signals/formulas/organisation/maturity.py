"""S25, maturity: how far the company runs by itself, from 0 to 100, of what other signals know. Unknown counts 0."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from cockpit.domain.organisation import raci
from cockpit.domain.registers.contract import Contract
from cockpit.domain.registers.function import Function
from cockpit.domain.registers.process import Process
from cockpit.domain.registers.provider import Provider
from cockpit.domain.signals.facts import Facts
from cockpit.domain.signals.formulas.organisation import (
    accesses,
    chief,
    continuity,
    contracts,
    documentation,
)
from cockpit.domain.signals.formulas.work import arbitration, reporting
from cockpit.domain.signals.score import SignalScore, SignalState
from cockpit.domain.signals.signal import Signal, SignalUnit
from cockpit.locale import N_

WEIGHTS: Mapping[str, int] = {
    "documents": 20, "plans": 15, "chief": 15, "clauses": 15, "accesses": 10, "reports": 10, "decisions": 10, "raci": 5,
}  # fmt: skip


def measure(facts: Facts) -> Iterator[SignalScore]:
    """Of the company: the weighted sum; what is missing stands among its figures."""
    known = marks(facts)
    if all(each is None for each in known.values()):
        yield SIGNAL.unknown(facts, "none")
        return
    value = sum(WEIGHTS[name] * (each or 0) / 100 for name, each in known.items())
    count = sum(each is not None for each in known.values())
    yield SIGNAL.score(
        facts, value, 0, n=count, state=SignalState.CALM,
        figures={name: round(each) for name, each in known.items() if each is not None},
    )  # fmt: skip


def marks(facts: Facts) -> dict[str, float | None]:
    """Each part from 0 to 100; None while it is not known."""
    alone = _value(chief.measure, facts)
    open_accesses = _value(accesses.measure, facts)
    return {
        "documents": _value(documentation.measure, facts),
        "plans": _value(continuity.measure, facts),
        "chief": None if alone is None else 100 - alone,
        "clauses": _clauses(facts),
        "accesses": None if open_accesses is None else 100.0 * (not open_accesses),
        "reports": _value(reporting.measure, facts),
        "decisions": _value(arbitration.measure, facts),
        "raci": _raci(facts),
    }


def _value(measured: Callable[[Facts], Iterable[SignalScore]], facts: Facts) -> float | None:
    return next((score.value for score in measured(facts) if not score.subject), None)


def _clauses(facts: Facts) -> float | None:
    critical = {each.code for each in facts.of(Function) if each.criticality >= contracts.CRITICAL}
    personal = {each.code for each in facts.of(Provider) if each.personal_data}
    bound = [each for each in facts.of(Contract) if each.ended_on is None or each.ended_on >= facts.today]
    if not bound:
        return None
    whole = sum(
        not contracts.lacking(
            each, is_critical=bool(critical & set(each.functions)), personal=each.provider in personal
        )
        for each in bound
    )
    return 100 * whole / len(bound)


def _raci(facts: Facts) -> float | None:
    processes = facts.of(Process)
    if not processes:
        return None
    return 100 * (1 - len(raci.faults(processes)) / len(processes))


SIGNAL = Signal(
    id="S25",
    name=N_("Maturity of the organisation"),
    text=N_("{value} of 100: how far the company runs by itself; what is not known counts nothing"),
    formula=N_(
        "20 documents + 15 plans proved + 15 not by the chief executive alone + 15 contracts with their clauses + 10"
        " accesses + 10 reports + 10 decisions in time + 5 RACI, each from 0 to 1"
    ),
    source=N_("S4, S17, S12, S23, S16, S8, S13 and the RACI grid"),
    minimum=N_("one of its parts"),
    next=N_("Mend the part that is lowest for its weight"),
    unit=SignalUnit.MARK,
    weight=1,
    measure=measure,
    figures={
        "documents": N_("documents, of 100 (weighs 20)"), "plans": N_("plans proved, of 100 (15)"),
        "chief": N_("not by the chief executive alone, of 100 (15)"),
        "clauses": N_("contracts with their clauses, of 100 (15)"),
        "accesses": N_("accesses, of 100 (10)"), "reports": N_("reports, of 100 (10)"),
        "decisions": N_("decided in time, of 100 (10)"), "raci": N_("processes without a RACI fault, of 100 (5)"),
    },
    missing={"none": N_("everything: t begins the self-audit in Organisation (F3)")},
)  # fmt: skip
