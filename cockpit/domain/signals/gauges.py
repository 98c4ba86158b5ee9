"""The three gauges: each is the weighted mean of the marks of its signals, and says of which.

A signal that is calm has 100, watched 60, under control 30, in danger 0; where it has several subjects, their
mean. What is not known counts in neither term, and half of the signals must be known: no gauge rests on one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from statistics import mean

from cockpit.domain.signals.score import Evidence, GaugeName, ScoreProof, SignalScore, SignalState
from cockpit.domain.signals.signal import Signal

MARKS: Mapping[SignalState, int] = {
    SignalState.CALM: 100,
    SignalState.WATCH: 60,
    SignalState.CONTROL: 30,
    SignalState.DANGER: 0,
}
CALM, WATCHED, CONTROLLED = 80, 60, 40
"""From these on, what the gauge itself is; under the last one, danger."""


def gauges(
    week: date, scores: Iterable[SignalScore], signals: Mapping[str, Signal]
) -> tuple[SignalScore, ...]:
    """The gauges of a week, whose scores these are."""
    by_signal: dict[str, list[SignalScore]] = {}
    for score in scores:
        by_signal.setdefault(score.signal, []).append(score)
    return tuple(_gauge(week, gauge, by_signal, signals) for gauge in GaugeName)


def _gauge(
    week: date, gauge: GaugeName, by_signal: Mapping[str, list[SignalScore]], signals: Mapping[str, Signal]
) -> SignalScore:
    parts = [signal for signal in signals.values() if signal.gauge is gauge]
    rows, known, whole = [], 0.0, 0
    for signal in parts:
        marks = [_mark(each.state, signal) for each in by_signal.get(signal.id, ()) if each.state in MARKS]
        if marks:
            known += signal.weight * mean(marks)
            whole += signal.weight
        rows.append(
            Evidence(signal.id, float(mean(marks)) if marks else None, "part" if marks else "unknown")
        )
    count = sum(row.value is not None for row in rows)
    figures = {"known": float(count), "parts": float(len(parts))}
    if not parts or count * 2 < len(parts):
        return SignalScore(
            signal=gauge, week=week, threshold=CALM, n=count,
            proof=ScoreProof(figures=figures, rows=tuple(rows), missing="parts"),
        )  # fmt: skip
    value = round(known / whole)
    return SignalScore(
        signal=gauge, week=week, value=value, threshold=CALM, n=count, state=_state(value),
        proof=ScoreProof(figures=figures, rows=tuple(rows)),
    )  # fmt: skip


def _mark(state: SignalState, signal: Signal) -> int:
    """A state from which nobody is asked is as good as calm."""
    return MARKS[SignalState.CALM] if state < signal.raised_from else MARKS[state]


def _state(value: float) -> SignalState:
    if value >= CALM:
        return SignalState.CALM
    if value >= WATCHED:
        return SignalState.WATCH
    return SignalState.CONTROL if value >= CONTROLLED else SignalState.DANGER
