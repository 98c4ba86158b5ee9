"""Domain objects as styled text: the one place where data becomes Content, never through markup."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import wrap

from textual.content import Content

from cockpit.domain.providers.state import FINE, State
from cockpit.locale import _
from cockpit.services.boards.board import Board
from cockpit.services.providers import state_words
from cockpit.services.providers.rows import worst_first
from cockpit.services.reading import connection

MUTED = "$foreground 65%"
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


def provider_strip(board: Board, width: int) -> Content:
    """What is not green by name, worst first, as many as fit; then how many are green."""
    if board.outside.offline:
        return Content.styled(connection.banner(board.outside.connection), WARN)
    shown = Content("")
    calm = sum(line.has_page and line.state == State.OPERATIONAL for line in board.outside.providers)
    others = [
        line for line in worst_first(board.outside.providers) if line.has_page and line.state not in FINE
    ]
    tail = Content.assemble((" ● ", GOOD), f"{calm}") if calm else Content("")
    for at, line in enumerate(others):
        glyph, word, colour = STATES[line.state]
        text = Content.assemble((f" {glyph} ", colour), f"{line.name} {_(word)}")
        left = Content.assemble((f" {glyph} ", colour), f"{len(others) - at}")
        if shown.cell_length + text.cell_length + left.cell_length + tail.cell_length > width:
            return shown + left + tail
        shown += text
    return shown + tail
