"""An alert as a row, and as JSON with stable keys."""

from __future__ import annotations

from collections.abc import Mapping

from cockpit.domain.alerts.alerts import Alert, Level
from cockpit.services.desk.row import Piece, Role, Row

SIGNS: Mapping[Level, Piece] = {
    Level.RED: Piece("■ ", Role.BAD),
    Level.ORANGE: Piece("▲ ", Role.WATCH),
}
LEVELS: Mapping[Level, str] = {Level.RED: "red", Level.ORANGE: "orange"}
"""The word of each level for a program."""


def alert(item: Alert, names: Mapping[str, str]) -> Row:
    """`■ SLA passed: Payslips`: how bad by sign and colour, what is wrong and what to do."""
    return Row((SIGNS[item.level], Piece(item.text(names))))


def to_json(item: Alert, names: Mapping[str, str], me: str) -> dict[str, object]:
    """With stable keys."""
    return {
        "key": item.key,
        "level": LEVELS[item.level],
        "kind": item.kind,
        "text": item.text(names),
        "next": item.next(names, me),
        "target": item.target,
    }
