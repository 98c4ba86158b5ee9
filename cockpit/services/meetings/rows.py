"""A meeting of a ritual as a row, and as JSON with stable keys."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from cockpit.locale import _
from cockpit.services.desk import as_json, dates
from cockpit.services.desk.row import Piece, Role, Row
from cockpit.services.meetings.rituals import PlannedMeeting

SIGNS: Mapping[str, tuple[str, Role]] = {
    "held": ("✓", Role.GOOD),
    "missed": ("✗", Role.BAD),
    "now": ("▶", Role.NOW),
    "next": ("▷", Role.NOW),
    "planned": ("○", Role.QUIET),
    "unclosed": ("▶", Role.WATCH),
    "unknown": ("?", Role.WATCH),
}
"""The sign of each status: over, and nobody said whether it was held, is not the same as to come."""
_WORDS_AT = 60


def meeting(item: PlannedMeeting, at: datetime) -> Row:
    """`▷ Mon 11:45 Flash point ✉? agenda to share       in 3 h 03`."""
    sign, role = SIGNS[item.status]
    left = [
        Piece(f"{sign} ", role),
        Piece(f"{dates.weekday(item.starts):<4} {item.starts:%H:%M} ", Role.QUIET),
        Piece(item.ritual.name, Role.STRONG if item.status in ("now", "next") else Role.PLAIN),
    ]
    if item.has_agenda and item.shared:
        left += [Piece(" ✉", Role.GOOD), Piece(" " + _("agenda shared"), Role.GOOD, at=_WORDS_AT)]
    elif item.has_agenda and item.status in ("next", "planned"):
        left += [Piece(" ✉?", Role.QUIET), Piece(" " + _("agenda to share"), Role.QUIET, at=_WORDS_AT)]
    said = note(item, at)
    return Row(tuple(left), (Piece(said, Role.QUIET),) if said else ())


def note(item: PlannedMeeting, at: datetime) -> str:
    """What is worth saying about a meeting, in a few words."""
    if item.status == "held":
        return _("held")
    if item.status == "missed":
        return _("missed")
    if item.status == "unknown":
        return _("held? space says")
    if item.status == "unclosed" and item.occurrence is not None and item.occurrence.started_at is not None:
        began = item.occurrence.started_at.astimezone(at.tzinfo)
        return _("started at {hour}, not closed: ⏎").format(hour=f"{began:%H:%M}")
    if item.status == "now":
        return _("now")
    if item.status != "next":
        return "" if item.event is not None else _("not in the agenda")
    left = _("in {span}").format(span=dates.duration((item.starts - at).total_seconds()))
    return left if item.event is not None else left + " · " + _("no event")


def to_json(item: PlannedMeeting) -> dict[str, object]:
    """With stable keys."""
    return {
        "ritual": item.ritual.code,
        "name": item.ritual.name,
        "planned": as_json.plain(item.planned),
        "status": item.status,
        "in_agenda": item.event is not None,
        "agenda_shared": item.shared,
    }
