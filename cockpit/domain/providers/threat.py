"""How much a provider threatens the company: (dependence × penetration) / (maturity × trust), each from 1 to 4.

The formula of EBIOS Risk Manager (docs/signals.md, S10). What is not given is worked out of
what is known; where nothing is known there is no level.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from cockpit.domain.dataclasses import dataclass

WATCH, CONTROL, DANGER, UNKNOWN = "watch", "control", "danger", "unknown"
_WATCHED, _CONTROLLED = 1.5, 4.0
"""Up to these, watch and control; above, danger."""
FEW = 3
"""Promises that have to be judged before they say anything of trust."""
_REACH = {"read": 1, "user": 2, "admin": 3}
_VERDICTS = {"sound": 4, "mend": 2, "danger": 1}


@dataclass(frozen=True)
class ThreatPart:
    """One of the four figures."""

    value: int | None
    given: bool = False
    """Said by a person, and not worked out."""


@dataclass(frozen=True)
class Threat:
    """The four figures of a provider and what they come to."""

    dependence: ThreatPart
    penetration: ThreatPart
    maturity: ThreatPart
    trust: ThreatPart

    @property
    def level(self) -> float | None:
        """None while one of the four is unknown."""
        d, p, m, t = (part.value for part in (self.dependence, self.penetration, self.maturity, self.trust))
        if d is None or p is None or m is None or t is None:
            return None
        return round(d * p / (m * t), 2)

    @property
    def zone(self) -> str:
        """WATCH, CONTROL, DANGER or UNKNOWN."""
        level = self.level
        if level is None:
            return UNKNOWN
        return WATCH if level <= _WATCHED else CONTROL if level <= _CONTROLLED else DANGER


def part(given: int | None, found: int | None) -> ThreatPart:
    """What was given, else what was worked out."""
    return ThreatPart(given, True) if given is not None else ThreatPart(found)


def dependence(stop_impact: int, substitutability: int) -> int:
    """From the impact of its stopping (1 to 4) and how hard it is to replace (1 to 3)."""
    return ceil(stop_impact * substitutability / 3)


def penetration(levels: Sequence[str], personal_data: bool) -> int | None:
    """From the widest of its accesses and the personal data it reaches; None when neither is known."""
    reach = max((_REACH.get(level, 2) for level in levels), default=1 if personal_data else 0)
    return reach + personal_data if reach else None


def maturity(verdict: str, functions: int, documented: int, covered: int) -> int | None:
    """From its last audit, and the share of its functions that are documented and have a continuity plan.

    Never better than the audit found. None when there was none and nothing is written down at all.
    """
    audited = _VERDICTS.get(verdict)
    marks = [float(audited)] if audited is not None else []
    if functions and (documented or covered):
        marks += [1 + 3 * documented / functions, 1 + 3 * covered / functions]
    if not marks:
        return None
    found = round(sum(marks) / len(marks))
    return min(found, audited) if audited is not None else found


def trust(kept: int, judged: int, mark: float | None = None) -> int | None:
    """The lower of what its promises say, from three judged on, and of the mean mark from 1 to 5 that we give
    to working with it; None when neither says anything.
    """
    found = []
    if judged >= FEW:
        share = kept / judged
        found.append(4 if share >= 0.95 else 3 if share >= 0.9 else 2 if share >= 0.75 else 1)
    if mark is not None:
        found.append(min(4, int(mark)))
    return min(found, default=None)
