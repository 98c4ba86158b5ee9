"""The three gauges: each is the weighted mean of the marks of its signals, and says of which.

A signal that is calm has 100, watched 60, under control 30, in danger 0; where it has several subjects, their
mean. What is not known counts in neither term, and half of the signals must be known: no gauge rests on one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from statistics import mean

from cockpit.domain.signals.score import Evidence, GaugeName, Proof, Score, State
from cockpit.domain.signals.signal import Signal

MARKS: Mapping[State, int] = {State.CALM: 100, State.WATCH: 60, State.CONTROL: 30, State.DANGER: 0}
CALM, WATCHED, CONTROLLED = 80, 60, 40
"""From these on, what the gauge itself is; under the last one, danger."""


def gauges(week: date, scores: Iterable[Score], signals: Mapping[str, Signal]) -> tuple[Score, ...]:
    """The gauges of a week, whose scores these are."""
    by_signal: dict[str, list[Score]] = {}
    for score in scores:
        by_signal.setdefault(score.signal, []).append(score)
    return tuple(_gauge(week, gauge, by_signal, signals) for gauge in GaugeName)


def _gauge(
    week: date, gauge: GaugeName, by_signal: Mapping[str, list[Score]], signals: Mapping[str, Signal]
) -> Score:
    parts = [signal for signal in signals.values() if signal.gauge is gauge]
    rows, known, whole = [], 0.0, 0
    for signal in parts:
        marks = [MARKS[each.state] for each in by_signal.get(signal.id, ()) if each.state in MARKS]
        if marks:
            known += signal.weight * mean(marks)
            whole += signal.weight
        rows.append(
            Evidence(signal.id, float(mean(marks)) if marks else None, "part" if marks else "unknown")
        )
    count = sum(row.value is not None for row in rows)
    figures = {"known": float(count), "parts": float(len(parts))}
    if not parts or count * 2 < len(parts):
        return Score(
            signal=gauge, week=week, threshold=CALM, n=count,
            proof=Proof(figures=figures, rows=tuple(rows), missing="parts"),
        )  # fmt: skip
    value = round(known / whole)
    return Score(
        signal=gauge, week=week, value=value, threshold=CALM, n=count, state=_state(value),
        proof=Proof(figures=figures, rows=tuple(rows)),
    )  # fmt: skip


def _state(value: float) -> State:
    if value >= CALM:
        return State.CALM
    if value >= WATCHED:
        return State.WATCH
    return State.CONTROL if value >= CONTROLLED else State.DANGER
