"""A meeting of the week as one painted line."""

from __future__ import annotations

from collections.abc import Mapping

from textual.content import Content

from cockpit.locale import _
from cockpit.services.boards.board import Board
from cockpit.services.desk import dates
from cockpit.services.meetings import in_words
from cockpit.services.meetings.rituals import Meeting
from cockpit.ui.kit.visuals import BAD, GOOD, MUTED, WARN, spread

COLOURS: Mapping[str, str] = {
    "held": GOOD, "missed": BAD, "now": "$accent", "next": "$accent", "planned": MUTED, "unknown": WARN,
}  # fmt: skip


def meeting(item: Meeting, width: int, board: Board) -> Content:
    """Held or not, when, which ritual, and how long until the next one."""
    glyph, colour = in_words.GLYPHS[item.status], COLOURS[item.status]
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
    return spread(width, left, Content.styled(in_words.meeting_note(item, board.at), MUTED))
