"""An audit, a review or the end of a handover that falls due, as a row and as JSON."""

from __future__ import annotations

from cockpit.services.audits.due import Due
from cockpit.services.desk import dates
from cockpit.services.desk.row import Piece, Role, Row


def due(item: Due, *, dated: bool = True) -> Row:
    """`◷ Mon  Audit: Payroll         23 Nov`; without its day where that stands above."""
    sign, text = Piece("◷ ", Role.NOW), Piece(item.text)
    if not dated:
        return Row((sign, text))
    day = Piece(f"{dates.weekday(item.day):<4} ", Role.QUIET)
    return Row(
        (sign, day, text), (Piece(f"{dates.day_number(item.day)} {dates.short_month(item.day)}", Role.QUIET),)
    )


def to_json(item: Due) -> dict[str, object]:
    """With stable keys."""
    return {"kind": item.kind, "code": item.code, "name": item.name}
