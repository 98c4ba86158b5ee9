"""S27, alerts from outside: whether partners warn us, and how soon they are heard."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from statistics import median

from cockpit.domain.registers.provider import Provider
from cockpit.domain.registers.statement import NEW, Statement
from cockpit.domain.signals.facts import Facts
from cockpit.domain.signals.formulas.work.promises_kept import is_kept, judged_of
from cockpit.domain.signals.score import Evidence, SignalScore, of_faults
from cockpit.domain.signals.signal import Signal, SignalUnit
from cockpit.domain.text import fold
from cockpit.locale import N_

WINDOW = timedelta(days=60)
LEAST = 3
BROKEN = 2
"""Promises broken by a provider who warned of nothing, from which the silence is doubtful."""


def measure(facts: Facts) -> Iterator[SignalScore]:
    """Of the company: days until a statement is sorted; and providers whose silence is doubtful."""
    lo = facts.at - WINDOW
    said = [each for each in facts.of(Statement) if each.created_at is not None and each.created_at >= lo]
    silent = _silent(facts, said)
    if len(said) < LEAST and not silent:
        yield SIGNAL.unknown(facts, "few", n=len(said), least=LEAST)
        return
    limit = facts.limits.s27_days
    days = {each.code: _days(each, facts) for each in said}
    value = median(days.values()) if days else 0.0
    faults = int(value > limit) + int(bool(silent))
    rows = [Evidence(code, why="silent") for code in silent]
    late = sorted((each for each in said if days[each.code] > limit), key=lambda each: -days[each.code])
    rows += [
        Evidence(each.code, round(days[each.code], 1), "new" if each.triage == NEW else "sorted")
        for each in late
    ]
    yield SIGNAL.score(
        facts, value, limit, n=len(said),
        state=of_faults(faults),
        figures={"said": float(len(said)), "silent": float(len(silent))}, rows=rows,
    )  # fmt: skip


def _days(statement: Statement, facts: Facts) -> float:
    """Days from its arrival until somebody sorted it, or until now."""
    came = statement.created_at or facts.at
    return (min(statement.closed_at or facts.at, facts.at) - came) / timedelta(days=1)


def _silent(facts: Facts, said: list[Statement]) -> list[str]:
    """Providers that broke two promises and warned of nothing."""
    words = [fold(f"{each.sender} {each.service}") for each in said]
    found = []
    judged = judged_of(facts)
    for provider in facts.of(Provider):
        broken = sum(not is_kept(each) for each in judged.get(provider.code, ()))
        if broken >= BROKEN and not any(fold(provider.name) in each for each in words):
            found.append(provider.code)
    return found


SIGNAL = Signal(
    id="S27",
    name=N_("Alerts from outside"),
    text=N_("What partners send in waits {value}; providers that broke promises and warned of nothing: {silent}"),
    formula=N_("median days from the arrival of a statement until it is sorted, over 60 days"),
    source=N_("the inbox, promises broken"),
    minimum=N_("3 statements in 60 days, or a silence that is doubtful"),
    next=N_("Sort the inbox, and ask the silent ones to warn"),
    unit=SignalUnit.DAYS,
    weight=4,
    measure=measure,
    figures={"said": N_("statements in 60 days"), "silent": N_("providers whose silence is doubtful")},
    whys={"silent": N_("broke two promises, warned of nothing"), "new": N_("not sorted yet"),
          "sorted": N_("until it was sorted")},
    missing={"few": N_("statements: give partners the folder or the address of the inbox")},
)  # fmt: skip
