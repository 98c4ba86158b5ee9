"""A page of one thing as styled lines: its headings, its rows, and running text folded to the width."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from textwrap import wrap

from textual.content import Content

from cockpit.domain.dataclasses import replace
from cockpit.services.desk.row import Heading, PagePart, Paragraph, Piece, Role, Row
from cockpit.ui.kit import painted, visuals
from cockpit.ui.widgets.rows import Item

PARAGRAPH_LINES = 6
"""Lines of running text at most: its page tells the rest."""
_INDENT = 3


def items(parts: Iterable[PagePart], width: int = 0) -> list[Item[PagePart]]:
    """The parts as the items of a list of that width; the cursor passes over headings."""
    lines = [line for part in parts for line in _folded(part, width)]
    return [Item(str(n), line, heading=isinstance(line, Heading)) for n, line in enumerate(lines)]


def _folded(part: PagePart, width: int) -> Iterator[PagePart]:
    if not isinstance(part, Paragraph):
        yield part
        return
    room = max(20, width - _INDENT - 1 - len(part.lead))
    for number, text in enumerate(wrap(part.text, room)[:PARAGRAPH_LINES]):
        yield Paragraph(part.lead if number == 0 else " " * len(part.lead), text)


def draw(part: PagePart, width: int) -> list[Content]:
    """One line of the page."""
    quiet = painted.STYLES[Role.QUIET]
    if isinstance(part, Row):
        # What it opens is named where nothing else stands at the right.
        shown = part if part.right else replace(part, right=(Piece(part.code, Role.QUIET),))
        return [Content(" ") + painted.line(shown, width - 2) + Content(" ")]
    if isinstance(part, Heading):
        head = Content.styled(f"── {part.text} ", quiet)
        return [visuals.spread(width - 1, head, painted.pieces(part.right, width)) + Content(" ")]
    return [Content.assemble((" " * _INDENT + part.lead, quiet), part.text)]
