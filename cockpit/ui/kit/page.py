"""A page of lines under headings."""

from __future__ import annotations

from textual.content import Content

from cockpit.domain.dataclasses import dataclass
from cockpit.ui.kit import visuals


@dataclass(frozen=True)
class PageLine:
    """One line: its left and right parts, and the record it opens."""

    left: Content
    right: Content
    code: str = ""


@dataclass(frozen=True)
class Heading:
    """What the lines below are."""

    text: str


PagePart = PageLine | Heading


def draw(part: PagePart, width: int) -> list[Content]:
    """One line of the page."""
    if isinstance(part, PageLine):
        return [visuals.spread(width, part.left, part.right)]
    return [Content.styled(f"── {part.text} ", visuals.MUTED)]
