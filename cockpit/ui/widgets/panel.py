"""A block of lines that are drawn to its width; nothing in it can be chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.content import Content
from textual.geometry import Size

from cockpit.ui.widgets.ruled import Ruled


class Panel(Ruled):
    """Shows what `draw` gives for the width it has."""

    def __init__(self, draw: Callable[[int], Sequence[Content]], *, id: str) -> None:
        super().__init__(id=id)
        self._draw = draw

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as are drawn, where the style sheet leaves it to the content."""
        return len(self._draw(width))

    def render(self) -> Content:
        """All of its lines."""
        width = self.size.width
        return Content("\n").join(line.truncate(width, ellipsis=True) for line in self._draw(width))
