"""Content as a line of the screen, for the widgets that draw themselves line by line."""

from __future__ import annotations

from rich.segment import Segment
from textual.content import Content
from textual.strip import Strip
from textual.style import Style


def one_line(content: Content, width: int, style: Style) -> Strip:
    """One line of exactly `width` cells, over the style of its widget; what is longer ends in an ellipsis.

    Textual's own way wraps and aligns first, and numbers each piece for the selection of text by mouse: that
    takes three times as long, and a list draws hundreds of lines.
    """
    if width < 1:
        return Strip.blank(0)
    if "\n" in content.plain:
        # A text of several lines is told in one: a line feed would break the line of the screen.
        content = Content(" ⏎ ").join(part for part in content.split("\n") if part)
    shown = content.truncate(width, ellipsis=True)
    segments = [
        Segment(text, (style + drawn).rich_style)
        for text, drawn in shown.render(style, end="", parse_style=_parsed)
    ]
    drawn = Strip(segments, shown.cell_length)
    return drawn.adjust_cell_length(width, style.rich_style).simplify()


def _parsed(style: str | Style) -> Style:
    return style if isinstance(style, Style) else Style.parse(style)
