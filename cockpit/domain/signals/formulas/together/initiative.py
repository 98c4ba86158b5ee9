"""S5, less initiative: a team writes down much less of its own accord than it did."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from cockpit.domain.registers.statement import Statement
from cockpit.domain.signals.facts import RECENT, Facts
from cockpit.domain.signals.formulas.together import teams
from cockpit.domain.signals.score import SignalScore, SignalState
from cockpit.domain.signals.signal import Signal, SignalUnit
from cockpit.domain.signals.statistics import at_most
from cockpit.domain.text import fold
from cockpit.locale import N_

_KINDS = frozenset({"blocker", "priority", "decision"})
_EIGHT_WEEKS = RECENT * 2


def measure(facts: Facts) -> Iterator[SignalScore]:
    """Of each team: what its people wrote down or sent in, that nobody asked for, as one number."""
    if not facts.is_team_told:
        yield SIGNAL.unknown(facts, "told")
        return
    known = teams.teams(facts)
    if not known:
        yield SIGNAL.unknown(facts, "team")
    limits = facts.limits
    for subject, members in known.items():
        names = teams.called(facts, members)
        k = _count(facts, names, RECENT)
        m = _count(facts, names, _EIGHT_WEEKS, before=RECENT)
        if m < limits.s5_least or facts.since is None or facts.since > facts.at - RECENT - _EIGHT_WEEKS:
            yield SIGNAL.unknown(facts, "few", subject=subject, n=m, least=limits.s5_least)
            continue
        ratio = (k / 4) / (m / 8)
        chance = at_most(k, k + m, 1 / 3)
        is_low = ratio < limits.s5_ratio and chance < limits.s5_chance
        yield SIGNAL.score(
            facts, ratio, limits.s5_ratio, n=k + m, subject=subject,
            state=SignalState.WATCH if is_low else SignalState.CALM,
            figures={"now": float(k), "then": float(m), "chance": round(chance, 3)},
        )  # fmt: skip


def _count(facts: Facts, names: frozenset[str], span: timedelta, before: timedelta = timedelta()) -> int:
    """Entries of a window of so many days that ended `before` the moment."""
    written = sum(
        deed.is_new and deed.register in _KINDS and not deed.after.get("origin") and fold(deed.by) in names
        for deed in facts.done(span, before=before)
    )
    hi = facts.at - before
    sent = sum(
        fold(each.sender) in names and each.created_at is not None and hi - span <= each.created_at < hi
        for each in facts.of(Statement)
    )
    return written + sent


SIGNAL = Signal(
    id="S5",
    name=N_("Less initiative"),
    text=N_("The team writes down {value} as much of its own accord as in the eight weeks before"),
    formula=N_(
        "(entries in 4 weeks ÷ 4) ÷ (entries in the 8 before ÷ 8); and the chance of so few by the binomial law"
    ),
    source=N_("blockers, priorities, decisions and statements of a team of three or more, as one number"),
    minimum=N_("16 entries in the eight weeks before; the team was told"),
    next=N_("Ask the team what holds it back, all together"),
    unit=SignalUnit.RATIO,
    weight=6,
    measure=measure,
    is_low_bad=True,
    figures={"now": N_("in four weeks"), "then": N_("in the eight before"), "chance": N_("chance of so few")},
    missing={
        "told": N_("that the team was told: t in Signals (F4) notes it; until then nothing of teams is measured"),
        "team": N_("a team of three or more: people of the company, by their functions and processes"),
        "few": N_("entries of its own accord"),
    },
)  # fmt: skip
