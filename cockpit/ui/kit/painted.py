"""Rows as styled lines: the one place where the role of a piece becomes a style, never through markup."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from textual.content import Content

from cockpit.locale import _
from cockpit.services.boards.board import Board
from cockpit.services.desk import dates
from cockpit.services.desk.row import ROOMY, Gauge, Piece, Role, Row
from cockpit.services.promises.left import ClockReading
from cockpit.services.promises.rows import ROLES as CLOCK_ROLES
from cockpit.services.signals.gauge_lines import GaugeLine
from cockpit.services.signals.state_words import GAUGES, MOVES, SIGNS, number
from cockpit.ui.kit.visuals import BAD, GOOD, MUTED, WARN, spread

STYLES: Mapping[Role, str] = {
    Role.PLAIN: "",
    Role.STRONG: "bold",
    Role.QUIET: MUTED,
    Role.GONE: f"{MUTED} strike",
    Role.GOOD: GOOD,
    Role.WATCH: WARN,
    Role.PRESSING: f"bold {WARN}",
    Role.BAD: BAD,
    Role.NOW: "$accent",
    Role.CHOSEN: "bold $accent",
    Role.OTHERS: "$secondary",
    Role.PLAN: "$primary",
}
BAR = 6
"""Cells of a gauge."""
GAUGED = 50
"""The width from which a gauge has room."""
INDENT = 9
"""Cells before the facts of a row: they stand under its title."""


def line(row: Row, width: int) -> Content:
    """The row in one line of at most that many cells: its title gives way to its figures."""
    right = pieces(row.right, width)
    if row.gauge is not None and width >= GAUGED:
        # Gauges stand in one column, before the figures that they picture.
        at = next((n for n, piece in enumerate(row.right) if piece.column < 0), 0)
        right = pieces(row.right[:at], width) + _gauge(row.gauge) + pieces(row.right[at:], width)
    return spread(width, pieces(row.left, width).rstrip(), right)


def facts(row: Row, width: int) -> Content:
    """What stands under the row: its facts, and its code at the right edge."""
    shown = (Content.styled(piece.text, style_of(piece)) for piece in row.facts if width >= piece.at)
    joined = Content.styled(" · ", MUTED).join(list(shown))
    return spread(width, Content(" " * INDENT) + joined, Content.styled(row.code, MUTED))


def lines(row: Row, width: int) -> list[Content]:
    """The row in two lines: itself, then its facts."""
    return [line(row, width), facts(row, width)]


LARGE = 22
"""Cells of a gauge that is drawn large."""


def clock(said: ClockReading, width: int, *, indent: int, aside: str = "") -> Content:
    """`██████████████████████  late 1 h 12        31 h 12 used of 30 h`: a promise as the one thing of its page."""
    colour = STYLES[CLOCK_ROLES[said.level]]
    full = min(LARGE, int(said.used * LARGE))
    bar = Content.styled("█" * full, colour) + Content.styled("·" * (LARGE - full), MUTED)
    used = _("{used} used of {target}").format(
        used=dates.business_duration(said.clock.target_s - said.left_s),
        target=dates.business_duration(said.clock.target_s),
    )
    told = " · ".join(filter(None, (used, aside)))
    words = Content.styled(f"  {said.words}", f"bold {colour}")
    return spread(width, Content(" " * indent) + bar + words, Content.styled(f"{told} ", MUTED))


def now_line(at: datetime, width: int) -> Content:
    """Where we are in the day: a line between what was and what comes."""
    label = f"── {at:%H:%M} "
    return Content.styled(label + "─" * max(0, width - len(label)), STYLES[Role.NOW])


def gauges(board: Board, width: int) -> Content:
    """`Alignment 82 ▲  Resilience 61 ▼  Steering ?`; by their first letters where there is no room for more."""
    for letters in (0, 3, 1):
        shown = Content("  ").join(_dial(each, letters) for each in board.gauges)
        if shown.cell_length <= width:
            return shown
    return Content("")


def _dial(line: GaugeLine, letters: int) -> Content:
    """A gauge with so many letters of its name, all of them for 0."""
    name = _(GAUGES[line.name])[: letters or None]
    value = line.score.value
    if value is None:
        said = Content.styled(f"{name} ?", MUTED)
    else:
        sign, role = SIGNS[line.score.state]
        figure = f"{number(value)} {MOVES[line.moves]}"
        said = Content.assemble((f"{sign} ", STYLES[role]), f"{name} {figure}")
    return said.stylize("@click=app.do('go.signals')")


def pieces(found: Iterable[Piece], width: int) -> Content:
    """Pieces of text in their styles, those left out for which a row of that width has no room."""
    return Content("").join([_piece(piece, width) for piece in found if width >= piece.at])


def piece(piece: Piece) -> Content:
    """One piece by itself, whole."""
    return Content.styled(piece.text, style_of(piece))


def style_of(piece: Piece) -> str:
    """The style of a piece. Green is a dot, never a sentence: what is well is said in grey."""
    is_said = piece.role is Role.GOOD and any(letter.isalnum() for letter in piece.drawn or piece.text)
    return MUTED if is_said else STYLES[piece.role]


def _piece(piece: Piece, width: int) -> Content:
    shown = Content.styled(piece.drawn or piece.text, style_of(piece))
    if piece.column < 0:
        return shown.pad_left(max(0, -piece.column - shown.cell_length))
    column, most = piece.column, piece.most
    if most and column and width >= ROOMY:
        # Half as wide again, and still a column: what follows begins at one place in every row.
        column = most = column * 3 // 2
    if most and (column or width < ROOMY):
        shown = shown.truncate(most, ellipsis=True)
    return shown.pad_right(max(0, column - shown.cell_length))


def _gauge(gauge: Gauge) -> Content:
    full = min(BAR, int(gauge.share * BAR))
    return Content.styled("█" * full, STYLES[gauge.role]) + Content.styled("·" * (BAR - full) + " ", MUTED)
