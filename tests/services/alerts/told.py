"""An alert as all that anybody is told of it, on lines that a test can compare and a person can read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from cockpit.domain.alerts.alerts import Alert, AlertLevel

_SIGNS = {AlertLevel.RED: "RED", AlertLevel.ORANGE: "ORANGE", AlertLevel.TO_COMPLETE: "to complete"}


def whole(alert: Alert, names: Mapping[str, str] | None = None) -> str:
    """Everything: how bad, its identity, the sentence, the next step, whom it is for, and by what it is ranked."""
    known = names or {}
    said = [
        f"{_SIGNS[alert.level]} {alert.kind} [{alert.key} {alert.weight}] {alert.line(known)}",
        alert.next(known, "Claire"),
        f"on {alert.target or '-'}",
        f"by {alert.who or '-'}",
        f"severity {alert.severity}",
        f"{alert.cost} cents",
        f"since {alert.since or '-'}",
        f"level {alert.conf}",
    ]
    return " | ".join(said)


def wholes(found: Iterable[Alert], names: Mapping[str, str] | None = None) -> str:
    """A line each, in their order."""
    return "\n".join(whole(each, names) for each in found)
