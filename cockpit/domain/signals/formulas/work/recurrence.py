"""S20, recurrence: the same case comes back, for one function and provider."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any

from cockpit.domain.registers.blocker import Blocker
from cockpit.domain.signals.facts import Facts
from cockpit.domain.signals.score import Evidence, SignalScore, SignalState
from cockpit.domain.signals.signal import Signal, SignalUnit
from cockpit.domain.text import fold
from cockpit.locale import N_

ALIKE = 0.6
"""The share of words from which two titles mean the same."""


def measure(facts: Facts) -> Iterator[SignalScore]:
    """Of each function and provider that had cases: the case that came back most."""
    limits = facts.limits
    lo = facts.at - timedelta(days=limits.s20_days)
    back: dict[str, int] = {}
    for deed in facts.deeds:
        if deed.register == "blocker" and deed.at >= lo and _reopens(deed.before, deed.after):
            back[deed.code] = back.get(deed.code, 0) + 1
    groups: dict[str, list[Blocker]] = {}
    for each in facts.of(Blocker):
        began = each.since or each.created_at
        if each.status == "refused" or ((began is None or began < lo) and each.code not in back):
            continue
        providers = {facts.homes.get(code, code) for code in each.waiting_on}
        for subject in (each.function, *sorted(code for code in providers if code.startswith("PR-"))):
            if subject:
                groups.setdefault(subject, []).append(each)
    for subject, cases in groups.items():
        found = max(alike(cases), key=lambda same: _times(same, back))
        times = _times(found, back)
        if times < 2:
            continue  # It came once: there is nothing to follow.
        state = SignalState.CALM
        if times >= limits.s20_times:
            state = SignalState.CONTROL if times >= 2 * limits.s20_times else SignalState.WATCH
        rows = [Evidence(each.code, float(1 + back.get(each.code, 0)), "came") for each in found]
        yield SIGNAL.score(
            facts, times, limits.s20_times, n=len(cases), state=state, subject=subject,
            figures={"cases": float(len(cases))}, rows=rows,
        )  # fmt: skip


def alike(cases: Sequence[Blocker]) -> list[list[Blocker]]:
    """Cases that mean the same: a tag in common, or most words of their titles."""
    found: list[list[Blocker]] = []
    for each in cases:
        for group in found:
            if any(_is_alike(each, other) for other in group):
                group.append(each)
                break
        else:
            found.append([each])
    return found


def _is_alike(one: Blocker, other: Blocker) -> bool:
    if set(one.tags) & set(other.tags):
        return True
    mine, theirs = _words(one), _words(other)
    return len(mine & theirs) >= ALIKE * max(len(mine), len(theirs), 1)


def _words(blocker: Blocker) -> frozenset[str]:
    return frozenset(re.findall(r"\w{3,}", fold(blocker.title)))


def _times(cases: Sequence[Blocker], back: dict[str, int]) -> int:
    return len(cases) + sum(back.get(each.code, 0) for each in cases)


def _reopens(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    return bool(before.get("closed_at")) and "closed_at" in after and not after["closed_at"]


SIGNAL = Signal(
    id="S20",
    name=N_("The same case comes back"),
    text=N_("Times that the same case came in two months: {value}"),
    formula=N_(
        "cases of 60 days with a tag in common or 60 % of the words of their titles, reopenings among them"
    ),
    source=N_("blockers by function and provider, their reopenings"),
    minimum=N_("two like cases in 60 days"),
    next=N_("Ask for the cause, and write the lesson down"),
    unit=SignalUnit.COUNT,
    weight=5,
    measure=measure,
    figures={"cases": N_("cases in 60 days")},
    whys={"came": N_("times it came")},
)
