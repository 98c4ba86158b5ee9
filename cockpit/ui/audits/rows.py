"""A review that is due as one painted line."""

from __future__ import annotations

from textual.content import Content

from cockpit.services.audits.due import Due
from cockpit.services.desk import dates
from cockpit.ui.kit.visuals import MUTED, spread


def due_review(item: Due, width: int) -> Content:
    """An audit, a review or the end of a handover, on its day."""
    left = Content.assemble(("◷ ", "$accent"), (f"{dates.weekday(item.day):<4} ", MUTED), item.text)
    return spread(width, left, Content.styled(f"{item.day.day} {dates.short_month(item.day)}", MUTED))
