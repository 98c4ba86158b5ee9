"""When a signal is raised: true in two weeks running, three new ones a week at most, the weightiest first.

One wrong week in thirteen would be one false alarm a month in a company with a dozen subjects; asking for two
in a row divides that by three (docs/signals.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.signals.score import SignalScore, SignalState
from cockpit.domain.signals.signal import Signal

NEW_A_WEEK = 3
Key = tuple[str, str]
"""Number of the signal, and subject."""


@dataclass(frozen=True)
class WeekBefore:
    """What was known of a signal a week before."""

    state: SignalState
    raised: date | None
    """The Monday of the week since which it is raised without a break; None when it is not."""


def key(score: SignalScore) -> Key:
    """What tells one signal about one subject from the others."""
    return score.signal, score.subject


def is_true(score: SignalScore, signal: Signal) -> bool:
    """Whether the score asks for somebody, were it not for the rules."""
    return score.state >= signal.raised_from


def urgency(score: SignalScore, signal: Signal) -> tuple[int, int, str, str]:
    """The order in which signals are told: the worst state, then the weightiest, then by number and subject."""
    return -score.state, -signal.weight, signal.id.rjust(4), score.subject


def raised(
    scores: Iterable[SignalScore],
    before: Mapping[Key, WeekBefore],
    signals: Mapping[str, Signal],
    *,
    is_whole: bool = True,
) -> dict[Key, date]:
    """Since which week each of these scores of one week is raised; those that are not are left out.

    `before` is the week that ended a week earlier: without one, nothing is true twice in a row. What does not
    fit in this week's three waits for the next one, if it is still true then. In a week that still runs, only
    what cannot wait is raised anew.
    """
    found: dict[Key, date] = {}
    new: list[SignalScore] = []
    for score in scores:
        signal = signals.get(score.signal)
        if signal is None or not is_true(score, signal):
            continue
        earlier = before.get(key(score))
        if earlier is not None and earlier.raised is not None:
            found[key(score)] = earlier.raised
        elif signal.at_once or (is_whole and earlier is not None and earlier.state >= signal.raised_from):
            new.append(score)
    new.sort(key=lambda score: urgency(score, signals[score.signal]))
    return found | {key(score): score.week for score in new[:NEW_A_WEEK]}
