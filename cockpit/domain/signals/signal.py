"""How a signal is declared: what it is called, what it says, its formula, and where its gauge is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum

from cockpit.domain.dataclasses import dataclass, field
from cockpit.domain.signals.facts import Facts
from cockpit.domain.signals.score import COMPANY, Evidence, GaugeName, ScoreProof, SignalScore, SignalState


class SignalUnit(StrEnum):
    """What a value is counted in."""

    RATIO = "ratio"
    """So many times."""
    PERCENT = "percent"
    DAYS = "days"
    HOURS = "hours"
    """Business hours."""
    COUNT = "count"
    MARK = "mark"
    """On a scale of its own."""


@dataclass(frozen=True, kw_only=True)
class Signal:
    """One signal. Its words are source strings that are translated where they are shown."""

    id: str
    """Its number in docs/signals.md, which code, tests and conversations share."""
    name: str
    text: str
    """What it says of `{subject}`, with its `{value}` and the figures of its proof."""
    formula: str
    source: str
    """Which records it is worked out of."""
    minimum: str
    """The least amount of data under which it gives no figure."""
    next: str
    """What to do about it, verb first."""
    unit: SignalUnit
    weight: int
    """From 1 to 10: which comes first where only three are told."""
    measure: Callable[[Facts], Iterable[SignalScore]]
    figures: Mapping[str, str] = field(default_factory=dict)
    """The names of the figures of its proof, in words."""
    whys: Mapping[str, str] = field(default_factory=dict)
    """Why a record is among its rows, in words."""
    missing: Mapping[str, str] = field(default_factory=dict)
    """What there is not enough of, in words: who writes it, and where."""
    row_unit: SignalUnit | None = None
    """What the figures of its rows are counted in; None: its own unit."""
    raised_from: SignalState = SignalState.WATCH
    """The state from which it asks for somebody."""
    bare: str = ""
    """What it says where it has something to say and no value."""
    at_once: bool = False
    """Whether one week is enough to raise it: what cannot wait."""
    is_low_bad: bool = False
    """Whether a value under the threshold is the trouble."""
    gauge: GaugeName | None = None

    def score(
        self,
        facts: Facts,
        value: float | None,
        threshold: float,
        *,
        n: int,
        state: SignalState,
        subject: str = COMPANY,
        figures: Mapping[str, float] | None = None,
        rows: Iterable[Evidence] = (),
    ) -> SignalScore:
        """What it says of a subject in the week of these facts."""
        known = None if value is None else round(value, 2)
        return SignalScore(
            signal=self.id, subject=subject, week=facts.week, value=known, threshold=threshold, n=n,
            state=state, proof=ScoreProof(figures=figures or {}, rows=tuple(rows)),
        )  # fmt: skip

    def unknown(
        self,
        facts: Facts,
        missing: str,
        *,
        subject: str = COMPANY,
        n: int = 0,
        least: int | None = None,
        rows: Iterable[Evidence] = (),
    ) -> SignalScore:
        """That there is not enough data, and of what; `least` is how much would be enough, of which there is `n`."""
        figures = {} if least is None else {"known": float(n), "least": float(least)}
        return SignalScore(
            signal=self.id, subject=subject, week=facts.week, n=n,
            proof=ScoreProof(figures=figures, rows=tuple(rows), missing=missing),
        )  # fmt: skip
