"""When a case that closes asks for a lesson, and which lesson a new case recalls."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import timedelta

from cockpit.domain.text import fold

LONG = timedelta(days=10)
"""Age of a blocker from which its end teaches something."""
RECURRENCE = 3
"""Cases of one function and provider within `WITHIN`, the one that closes among them, that are one case."""
WITHIN = timedelta(days=60)
ALIKE = 0.4
"""Share of the shorter text's weighty words that stand in the other, from which two speak of the same."""
_WEIGHTY, _COMMON = 4, 2
"""Letters of a word that says something, and how many of those two texts share at least."""


def is_asked(age: timedelta, cases: int) -> bool:
    """Whether the end of a blocker of that age, of which there were so many cases, asks for a lesson."""
    return age > LONG or cases >= RECURRENCE


def recalled(title: str, lessons: Iterable[tuple[str, str]]) -> str | None:
    """The code of the lesson, of (code, text it is known by), that speaks most of what `title` says; None for none."""
    words = _words(title)
    best: tuple[float, str] | None = None
    for code, text in lessons:
        other = _words(text)
        common = len(words & other)
        if common < _COMMON:
            continue
        share = common / min(len(words), len(other))
        if share >= ALIKE and (best is None or share > best[0]):
            best = share, code
    return best[1] if best else None


def _words(text: str) -> set[str]:
    return {word for word in re.findall(r"\w+", fold(text)) if len(word) >= _WEIGHTY}
