"""The blocker or the approval that the review is at, large: what there is to know before one decides."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from cockpit.domain.dataclasses import replace
from cockpit.locale import _
from cockpit.services.approvals import rows as approval_rows
from cockpit.services.approvals.queue import ApprovalLine
from cockpit.services.boards.closely import Closely, closely
from cockpit.services.desk.row import Piece, Role
from cockpit.services.morning.review import ReviewView
from cockpit.services.records import rows as record_rows
from cockpit.services.records.history import JournalLine
from cockpit.services.work.rows import BlockerRow
from cockpit.ui.kit import painted, visuals

_LABEL = 13
_INDENT = 3
MOST_STORY = 5
"""Entries of its history at most."""


def heading(
    found: ReviewView, data: ApprovalLine | BlockerRow, place: str, width: int
) -> tuple[Content, Content]:
    """What stands in the rule: `▸ 1/8 ■ Payslips: gaps`, and beside it the code, which is never cut."""
    if isinstance(data, ApprovalLine):
        sign = Content.styled(_("Waits for your yes") + " · ", painted.STYLES[Role.WATCH])
    else:
        sign = painted.piece(closely(found.board, data.record).row.left[0])
    lead, code = Content.styled(f"▸ {place} ", "$accent") + sign, data.record.code
    room = max(8, width - lead.cell_length - len(code) - 8)
    return lead + Content(data.record.title).truncate(room, ellipsis=True), Content(code)


def lines(found: ReviewView, data: ApprovalLine | BlockerRow, width: int) -> list[Content]:
    """Its clock, its facts under their names, the line that was prepared of it."""
    if isinstance(data, ApprovalLine):
        drawn = _of_approval(found, data, width)
    else:
        drawn = _of_blocker(closely(found.board, data.record), width)
    line = found.prepared.lines.get(data.record.code)
    if line is not None:
        drawn.append(_fact("✎", Content(line.line), width))
    return drawn


def story(entries: Sequence[JournalLine], width: int) -> list[Content]:
    """What was done to it last, the newest first."""
    drawn = []
    for number, each in enumerate(entries):
        row = record_rows.change(each)
        first = row.left[0]._replace(text=row.left[0].text.strip() + " ")
        shown = painted.line(replace(row, left=(first, *row.left[1:])), width - _LABEL - _INDENT - 1)
        drawn.append(_fact(_("So far") if number == 0 else "", shown, width))
    return drawn


def _of_blocker(one: Closely, width: int) -> list[Content]:
    level = " · ".join(piece.text.strip() for piece in one.row.right if not piece.column)
    drawn = [painted.clock(one.said, width, indent=_INDENT, aside=level)] if one.said is not None else []
    return drawn + [_fact(fact.label, painted.pieces(fact.pieces, width), width) for fact in one.facts]


def _of_approval(found: ReviewView, line: ApprovalLine, width: int) -> list[Content]:
    row = approval_rows.approval(line, found.board.at, found.board.names)
    drawn = [_fact(_("Asked of"), painted.pieces(row.right, 1000), width)]
    amount = row.left[3:]
    drawn += [_fact(_("Amount"), painted.pieces(_bare(amount), width), width)] if amount else []
    return drawn + [_fact("", painted.piece(fact), width) for fact in row.facts]


def _bare(pieces: Sequence[Piece]) -> list[Piece]:
    return [piece._replace(text=piece.text.strip(" ·")) for piece in pieces]


def _fact(label: str, words: Content, width: int) -> Content:
    named = Content.styled(label, visuals.MUTED).truncate(_LABEL - 1, ellipsis=True, pad=True)
    return (Content(" " * _INDENT) + named + " " + words).truncate(width, ellipsis=True)
