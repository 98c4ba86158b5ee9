"""Questions answered by one key: yes, partly, no, or that it is not known; what they are worth together.

What is not known proves nothing: it is worth as little as a no, and the share of what is known is said
beside every score.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from cockpit.domain.dataclasses import dataclass
from cockpit.locale import N_

YES, PARTLY, NO, UNKNOWN = "yes", "partly", "no", "unknown"
ANSWERS: Mapping[str, str] = {YES: N_("yes"), PARTLY: N_("partly"), NO: N_("no"), UNKNOWN: N_("not known")}
WORTH: Mapping[str, int] = {YES: 2, PARTLY: 1}
"""Half points; what is not here is worth none."""


@dataclass(frozen=True)
class AnswerScore:
    """What some answers are worth, and how many of the questions were answered at all."""

    halves: int
    known: int
    asked: int
    missing: int = 0
    """Half points that are known to be missing: a no is two of them, a partly one."""

    @property
    def percent(self) -> int | None:
        """The share of what is proven; None while nothing at all is known."""
        return 50 * self.halves // self.asked if self.known else None

    @property
    def coverage(self) -> int:
        """The share of the questions to which somebody had an answer."""
        return 100 * self.known // self.asked if self.asked else 0


def score(answers: Mapping[str, str], questions: Iterable[str]) -> AnswerScore:
    """The score of those questions; one without an answer is not known."""
    given = [answers.get(each, UNKNOWN) for each in questions]
    known = [each for each in given if each != UNKNOWN]
    halves = sum(WORTH.get(each, 0) for each in known)
    return AnswerScore(halves, len(known), len(given), 2 * len(known) - halves)


def worth(answer: str) -> int:
    """The value of one answer. No and unknown are both zero: neither proves anything."""
    return WORTH.get(answer, 0)
