"""Domain objects as styled text: the one place where data becomes Content, never through markup."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import wrap

from textual.content import Content

from cockpit.domain.providers.state import State
from cockpit.services.providers import state_words

MUTED = "$quiet"
"""Beside the point, and read all the same: `everywhere/theme` makes this colour for each theme."""
GOOD, WARN, BAD = "$success", "$warning", "$error"

_COLOURS: Mapping[str, str] = {
    State.OPERATIONAL: GOOD,
    State.QUIET: MUTED,
    State.MAINTENANCE: "$primary",
    State.DEGRADED: WARN,
    State.PARTIAL_OUTAGE: BAD,
    State.MAJOR_OUTAGE: BAD,
    State.UNKNOWN: MUTED,
}
STATES = {state: (*shown, _COLOURS[state]) for state, shown in state_words.STATES.items()}
"""Glyph, word and colour of each state."""


def spread(width: int, left: Content, right: Content | str = "") -> Content:
    """`left` cut to fit, `right` at the right edge; the right part gives way when nothing else would show."""
    tail = right if isinstance(right, Content) else Content(right)
    if not tail or tail.cell_length + 8 > width:
        return left.truncate(width, ellipsis=True)
    room = width - tail.cell_length - 1
    return left.truncate(room, ellipsis=True).pad_right(max(0, room - min(room, left.cell_length)) + 1) + tail


def wrapped(text: str, width: int) -> list[str]:
    """The lines of a text; one at least."""
    return wrap(text, max(8, width)) or [""]
