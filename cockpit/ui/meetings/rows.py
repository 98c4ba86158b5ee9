"""A meeting of the week as one painted line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from textual.content import Content

from cockpit.locale import _
from cockpit.services.boards.board import Board
from cockpit.services.desk import dates
from cockpit.services.meetings.rituals import Meeting
from cockpit.ui.kit.visuals import BAD, GOOD, MUTED, WARN, spread

if TYPE_CHECKING:
    pass


MEETINGS: Mapping[str, tuple[str, str]] = {
    "held": ("✓", GOOD),
    "missed": ("✗", BAD),
    "now": ("▶", "$accent"),
    "next": ("▷", "$accent"),
    "planned": ("○", MUTED),
    "unknown": ("?", WARN),
}


def meeting(item: Meeting, width: int, board: Board) -> Content:
    """Held or not, when, which ritual, and how long until the next one."""
    glyph, colour = MEETINGS[item.status]
    at = item.event.start if item.event is not None else item.planned
    left = Content.assemble(
        (f"{glyph} ", colour),
        (f"{dates.weekday(at):<4} {at:%H:%M} ", MUTED),
        (item.ritual.name, "bold" if item.status in ("now", "next") else ""),
    )
    if item.has_agenda and item.shared:
        left += Content.styled(" ✉ " + (_("agenda shared") if width >= 60 else ""), GOOD)
    elif item.has_agenda and item.status in ("next", "planned"):
        left += Content.styled(" ✉? " + (_("agenda to share") if width >= 60 else ""), MUTED)
    return spread(width, left, Content.styled(meeting_note(item, board), MUTED))


def meeting_note(item: Meeting, board: Board) -> str:
    """What is worth saying about a meeting, in a few words."""
    if item.status == "held":
        return _("held")
    if item.status == "missed":
        return _("missed")
    if item.status == "unknown":
        return _("held? space says")
    if item.status == "now":
        return _("now")
    start = item.event.start if item.event is not None else item.planned
    if item.status != "next":
        return "" if item.event is not None else _("not in the agenda")
    left = _("in {span}").format(span=dates.duration((start - board.at).total_seconds()))
    return left if item.event is not None else left + " · " + _("no event")
