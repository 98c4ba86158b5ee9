"""The pulse: in one line what is red, what is next, how much asks for somebody. On every screen, and in a prompt."""

from __future__ import annotations

from cockpit.domain.agenda.events import DECLINED, FREE, Event
from cockpit.domain.alerts.alerts import AlertLevel
from cockpit.domain.providers.state import FINE, State
from cockpit.locale import _, ngettext
from cockpit.services.agenda.events import label
from cockpit.services.alerts.rows import SIGNS
from cockpit.services.boards.board import Board
from cockpit.services.desk.row import Piece, Role
from cockpit.services.promises import left
from cockpit.services.promises.rows import ROLES
from cockpit.services.providers.rows import ROLES as STATE_ROLES
from cockpit.services.providers.rows import worst_first
from cockpit.services.providers.state_words import STATES
from cockpit.services.reading import connection

Trouble = tuple[Piece, ...]
"""A trouble in a few words: its sign, what it is about, which gives way where room lacks, and how bad it is."""


def troubles(board: Board) -> list[Trouble]:
    """What is past its limit or down now, then what soon will be: each in a few words, red before amber."""
    bad: list[Trouble] = []
    watch: list[Trouble] = []
    if board.outside.offline:
        watch.append((Piece("▲ ", Role.WATCH), Piece(connection.banner(board.outside.connection))))
    for row in board.promises.slas:
        said = left.reading(row.record, row.calendar, board.at)
        if said.level not in (left.CALM, left.STILL):
            words = (
                Piece(f"{left.GLYPHS[said.level]} ", ROLES[said.level]),
                Piece(row.record.title),
                Piece(f" {said.words}"),
            )
            (bad if said.level == left.RED else watch).append(words)
    for line in () if board.outside.offline else worst_first(board.outside.providers):
        if line.has_page and line.state not in (*FINE, State.UNKNOWN):
            glyph, word = STATES[line.state]
            words = Piece(f"{glyph} ", STATE_ROLES[line.state]), Piece(line.name), Piece(f" {_(word)}")
            (bad if STATE_ROLES[line.state] is Role.BAD else watch).append(words)
    return bad + watch


def coming(board: Board) -> Trouble:
    """The next event of today: `→ 09:00 Board`; empty when the day holds nothing more."""
    ahead = [item for item in board.today.events if item.start > board.at and _takes_us(item)]
    if not ahead:
        return ()
    item = min(ahead, key=lambda each: each.start)
    return (Piece("→ ", Role.NOW), Piece(f"{item.start:%H:%M} "), Piece(label(item)))


def _takes_us(item: Event) -> bool:
    said = item.occurrence
    free = item.all_day or item.cancelled or said.busy == FREE or said.participation == DECLINED
    return not free


def asking(board: Board) -> Trouble:
    """How many alerts ask for somebody: `■ 7 alerts`."""
    found = [each.level for each in board.alerts.loud if each.level > AlertLevel.TO_COMPLETE]
    if not found:
        return ()
    said = ngettext("{n} alert", "{n} alerts", len(found)).format(n=len(found))
    return (SIGNS[max(found)], Piece(said))


def printed(board: Board) -> str:
    """The pulse for a prompt or the line of a terminal: `▲ Onduleur 52 min · → 09:00 Board · ■ 7 alerts`."""
    parts = (*troubles(board)[:2], coming(board), asking(board))
    return " · ".join(filter(None, ("".join(piece.text for piece in part) for part in parts)))


def to_json(board: Board) -> dict[str, object]:
    """The same for a program, with stable keys."""
    return {
        "at": board.at.isoformat(timespec="minutes"),
        "troubles": ["".join(piece.text for piece in words[1:]) for words in troubles(board)],
        "next": "".join(piece.text for piece in coming(board)[1:]) or None,
        "alerts": sum(each.level > AlertLevel.TO_COMPLETE for each in board.alerts.loud),
    }
