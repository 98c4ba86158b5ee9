"""The score of one signal about one subject in one week, with what proves it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from enum import IntEnum, StrEnum
from typing import NamedTuple

from cockpit.domain.dataclasses import dataclass, field

WEEK = timedelta(days=7)


class SignalState(IntEnum):
    """What a score says, worse ones greater. What is not known is no calm: it is a state of its own."""

    UNKNOWN = 0
    """Not enough data; the proof says what is missing."""
    CALM = 1
    WATCH = 2
    CONTROL = 3
    DANGER = 4

    @property
    def word(self) -> str:
        """Its name for programs, which never changes."""
        return self.name.lower()


def of_faults(count: int) -> SignalState:
    """Calm without a fault, watched for one, under control for more."""
    return (SignalState.CALM, SignalState.WATCH, SignalState.CONTROL)[min(count, 2)]


class GaugeName(StrEnum):
    """The three gauges of the banner."""

    ALIGNMENT = "alignment"
    RESILIENCE = "resilience"
    STEERING = "steering"


COMPANY = ""
"""The subject of what is measured of the company as a whole."""


class Evidence(NamedTuple):
    """One record behind a score: its code, the figure it brings, and why it is there (a token with words)."""

    code: str
    value: float | None = None
    why: str = ""


@dataclass(frozen=True, kw_only=True)
class ScoreProof:
    """All that a score follows from. Its tokens have their words in `services/signals/words.py`."""

    figures: Mapping[str, float] = field(default_factory=dict)
    """The terms of the formula by their names, in the order in which they are said."""
    rows: tuple[Evidence, ...] = ()
    """The records that were counted, the weightiest first."""
    missing: str = ""
    """What there is not enough of."""


@dataclass(frozen=True, kw_only=True)
class SignalScore:
    """What one signal says of one subject at the end of one week."""

    signal: str
    """`S1` to `S27`."""
    subject: str = COMPANY
    """Code of a function, provider, interface, process, team's function or report; empty: the company."""
    week: date
    """Its Monday."""
    value: float | None = None
    """In the unit of the signal; None while it is not known."""
    threshold: float = 0.0
    """From which the state is no longer calm, in the same unit."""
    n: int = 0
    """How many records the value follows from."""
    state: SignalState = SignalState.UNKNOWN
    proof: ScoreProof = field(default_factory=ScoreProof)
