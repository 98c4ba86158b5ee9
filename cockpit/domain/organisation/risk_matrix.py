"""The 5x5 scale of risks: zones of a cell, and where a risk stands before and after its measures."""

from __future__ import annotations

from collections.abc import Iterable

from cockpit.domain.registers.risk import Risk

SIDE = 5
LOW, WATCH, CONTROL, DANGER = "low", "watch", "control", "danger"
_FROM = ((15, DANGER), (10, CONTROL), (5, WATCH), (1, LOW))
"""The least likelihood times impact of each zone."""
RiskCell = tuple[int, int]
"""Likelihood and impact, each 1 to SIDE."""


def zone(cell: RiskCell) -> str:
    """The zone of a cell: LOW, WATCH, CONTROL or DANGER."""
    weight = cell[0] * cell[1]
    return next(name for least, name in _FROM if weight >= least)


def gross(risk: Risk) -> RiskCell | None:
    """Where a risk stands without its measures; None while it was not judged."""
    if risk.gross_likelihood is None or risk.gross_impact is None:
        return None
    return risk.gross_likelihood, risk.gross_impact


def net(risk: Risk) -> RiskCell | None:
    """Where it stands with its measures; a figure that was not given is taken from the gross one."""
    before = gross(risk)
    likelihood = risk.net_likelihood or (before[0] if before else None)
    impact = risk.net_impact or (before[1] if before else None)
    return None if likelihood is None or impact is None else (likelihood, impact)


def weight(cell: RiskCell | None) -> int:
    """Likelihood times impact, 1 to 25; 0 for what was not judged."""
    return cell[0] * cell[1] if cell else 0


def by_weight(risks: Iterable[Risk]) -> list[Risk]:
    """The worst net risks first, then the worst gross ones."""
    return sorted(risks, key=lambda risk: (-weight(net(risk)), -weight(gross(risk)), risk.code))
