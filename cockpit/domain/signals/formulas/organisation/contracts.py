"""S23, contracts: the notice date that comes near, the certificate that ends, the clause that is missing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from cockpit.domain.registers.contract import OPEN, RENEWED, Contract
from cockpit.domain.registers.function import Function
from cockpit.domain.registers.provider import Provider
from cockpit.domain.signals.facts import Facts
from cockpit.domain.signals.score import Evidence, SignalScore, SignalState
from cockpit.domain.signals.signal import Signal, SignalUnit
from cockpit.domain.time import periods
from cockpit.domain.time.contract_terms import Terms, term_at
from cockpit.locale import N_

CRITICAL = 3


def measure(facts: Facts) -> Iterator[SignalScore]:
    """Of each contract in force: the days left to the nearest of its dates."""
    critical = {each.code for each in facts.of(Function) if each.criticality >= CRITICAL}
    personal = {each.code for each in facts.of(Provider) if each.personal_data}
    for each in facts.of(Contract):
        if each.ended_on is not None and each.ended_on < facts.today:
            continue
        left = {name: (day - facts.today).days for name, day in _dates(each, facts).items()}
        lacks = lacking(
            each, is_critical=bool(critical & set(each.functions)), personal=each.provider in personal
        )
        rows = [Evidence(each.code, float(days), name) for name, days in left.items()]
        rows += [Evidence(each.code, why=name) for name in lacks]
        if not left:
            missing = "start" if each.starts_on is None else "dates"
            if not lacks:
                yield SIGNAL.unknown(facts, missing, subject=each.code, rows=rows)
                continue
        limit = facts.limits.s23_days
        days = min(left.values(), default=None)
        state = SignalState.WATCH if lacks or (days is not None and days < limit) else SignalState.CALM
        if days is not None and days < limit * 2 / 3:
            state = SignalState.DANGER if days < limit / 3 else SignalState.CONTROL
        yield SIGNAL.score(
            facts, days, limit, n=len(left) + len(lacks), state=state, subject=each.code,
            figures={"lacking": float(len(lacks))}, rows=rows,
        )  # fmt: skip


def _dates(contract: Contract, facts: Facts) -> dict[str, date]:
    """Days by which somebody must act, of those that are still to come or that nobody acted on."""
    days = {"notice": _notice(contract, facts.today), "certificate": contract.vigilance_expiry}
    return {name: day for name, day in days.items() if day is not None}


def _notice(contract: Contract, today: date) -> date | None:
    """The last sure day of notice that is to come; None where none is, or the terms are no contract's.

    Once it is missed, or the term is renewed on purpose, it is that of the term which the contract goes on into.
    """
    notice = periods.stored(contract.notice)
    if contract.starts_on is None or notice is None:
        return None
    try:
        terms = Terms(
            contract.starts_on, contract.initial_months, contract.renewal, contract.renewal_months, notice
        )
    except ValueError:
        return None
    term = term_at(terms, today)
    if term.last_day is not None and contract.decided != OPEN and contract.decided_for == term.last_day:
        goes_on = contract.decided == RENEWED and term.last_day < date.max
        return term_at(terms, term.last_day + timedelta(days=1)).notice_by if goes_on else None
    return term.next_notice_by


def lacking(contract: Contract, *, is_critical: bool, personal: bool) -> tuple[str, ...]:
    """The clauses that what it binds would need and that it has not."""
    wanted = {
        "dpa": personal and not contract.dpa,
        "nda": is_critical and not contract.nda,
        "exit": is_critical and not contract.exit_plan,
        "control": is_critical and contract.change_of_control == "silent",
    }
    return tuple(name for name, is_missing in wanted.items() if is_missing)


SIGNAL = Signal(
    id="S23",
    name=N_("Contract to be looked at"),
    text=N_("Next date to act in {value}; clauses missing: {lacking}"),
    bare=N_("No date to act on is known; clauses missing: {lacking}"),
    formula=N_(
        "days to the last sure day of notice or to the end of the certificate; clauses that a critical function needs"
    ),
    source=N_("contracts in force, functions, providers"),
    minimum=N_("a start and a notice, or a certificate"),
    next=N_("Decide by p on the contract, and ask for the clauses"),
    unit=SignalUnit.DAYS,
    weight=3,
    measure=measure,
    is_low_bad=True,
    figures={"lacking": N_("clauses that are missing")},
    whys={
        "notice": N_("to the last sure day of notice"), "certificate": N_("to the end of the certificate"),
        "dpa": N_("no data processing agreement"), "nda": N_("no confidentiality agreement"),
        "exit": N_("no reversibility clause"), "control": N_("silent on a change of control"),
    },
    missing={"start": N_("its start: on the contract"),
             "dates": N_("a notice that can be read, or a certificate: on the contract")},
)  # fmt: skip
