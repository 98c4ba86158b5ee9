"""An alert as a row, and as JSON with stable keys."""

from __future__ import annotations

from collections.abc import Mapping

from cockpit.domain.alerts.alerts import Alert
from cockpit.services.alerts.gather import alert_text, next_step
from cockpit.services.desk.row import Piece, Role, Row


def alert(item: Alert, names: Mapping[str, str]) -> Row:
    """`■ SLA passed: Payslips`: how bad by sign and colour, what is wrong and what to do."""
    sign = Piece("■ ", Role.BAD) if item.level >= 2 else Piece("▲ ", Role.WATCH)
    return Row((sign, Piece(alert_text(item, names))))


def to_json(item: Alert, names: Mapping[str, str], me: str) -> dict[str, object]:
    """With stable keys."""
    return {
        "key": item.key,
        "level": "red" if item.level >= 2 else "orange",
        "kind": item.kind,
        "text": alert_text(item, names),
        "next": next_step(item, names, me),
        "target": item.target,
    }
