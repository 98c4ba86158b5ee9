"""Signals in words: states, values by their unit, figures, why a record is there, what is missing."""

from __future__ import annotations

from collections.abc import Sequence

from cockpit.domain.signals.every import SIGNALS
from cockpit.domain.signals.score import Evidence, SignalScore, SignalState
from cockpit.domain.signals.signal import Signal, SignalUnit
from cockpit.locale import N_, _
from cockpit.services.desk import dates
from cockpit.services.signals.state_words import number

GAUGE_FORMULA = N_(
    "mean of the marks of its signals, each by its weight: calm 100, watch 60, control 30, danger 0;"
    " at least half of them must be known"
)
_BARS = "▁▂▃▄▅▆▇█"
NOTHING = "·"
"""A week without a value."""


def value(amount: float | None, unit: SignalUnit) -> str:
    """A value with its unit; a dash for what is not known."""
    if amount is None:
        return "–"
    if unit is SignalUnit.HOURS:
        return dates.business_duration(amount * 3600)
    said = number(amount)
    if unit is SignalUnit.RATIO:
        return f"{said} ×"
    if unit is SignalUnit.PERCENT:
        return f"{said} %"
    return _("{n} d").format(n=said) if unit is SignalUnit.DAYS else said


def limit(score: SignalScore, signal: Signal) -> str:
    """From where on it is no longer calm: `≥ 2 ×`."""
    return f"{'<' if signal.is_low_bad else '≥'} {value(score.threshold, signal.unit)}"


def text(score: SignalScore, subject: str) -> str:
    """What a score says, in one sentence; what is missing, where it says nothing."""
    signal = SIGNALS[score.signal]
    if score.state is SignalState.UNKNOWN:
        return missing(score)
    said = {name: number(figure) for name, figure in score.proof.figures.items()}
    words = signal.bare if signal.bare and score.value is None else signal.text
    return _(words).format(**{**said, "subject": subject, "value": value(score.value, signal.unit)})


def missing(score: SignalScore) -> str:
    """What there is not enough of."""
    signal = SIGNALS.get(score.signal)
    if signal is None:
        known, parts = (number(score.proof.figures.get(name, 0)) for name in ("known", "parts"))
        return _("{n} of its {all} signals are known").format(n=known, all=parts)
    said = _(signal.missing.get(score.proof.missing, signal.minimum))
    counted = score.proof.figures
    if "least" in counted:
        have = next((number(figure) for name, figure in counted.items() if name != "least"), "0")
        said += f" ({have}/{number(counted['least'])})"
    return said


def figures(score: SignalScore) -> list[tuple[str, str]]:
    """The terms of the formula, by name."""
    named = SIGNALS[score.signal].figures if score.signal in SIGNALS else {}
    return [
        (_(named.get(name, name)), number(each))
        for name, each in score.proof.figures.items()
        if name in named
    ]


def why(score: SignalScore, row: Evidence) -> str:
    """Why a record is there, with its figure."""
    signal = SIGNALS[score.signal]
    said = [_(signal.whys[row.why])] if row.why in signal.whys else []
    if row.value is not None:
        said.insert(0, value(row.value, signal.row_unit or signal.unit))
    return " · ".join(said)


def sparkline(values: Sequence[float | None]) -> str:
    """One sign a week, from the lowest to the highest of what was known; a point where nothing was."""
    known = [each for each in values if each is not None]
    if not known:
        return NOTHING * len(values)
    low, high = min(0.0, *known), max(known)
    span = (high - low) or 1.0
    return "".join(
        NOTHING if each is None else _BARS[round((each - low) / span * (len(_BARS) - 1))] for each in values
    )
