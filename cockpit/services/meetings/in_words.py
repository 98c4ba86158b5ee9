"""A meeting of the week in a sign and a few words: the same on the screen and in text."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from cockpit.locale import _
from cockpit.services.desk import dates
from cockpit.services.meetings.rituals import Meeting

GLYPHS: Mapping[str, str] = {
    "held": "✓", "missed": "✗", "now": "▶", "next": "▷", "planned": "○", "unknown": "?",
}  # fmt: skip


def meeting_note(item: Meeting, at: datetime) -> str:
    """What is worth saying about a meeting at `at`, in a few words."""
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
    left = _("in {span}").format(span=dates.duration((start - at).total_seconds()))
    return left if item.event is not None else left + " · " + _("no event")
