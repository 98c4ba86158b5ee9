"""The two lines at the top: where we are and how fresh it is, then the places one can go."""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget


class Banner(Widget):
    """Shows two prepared lines."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._lines: tuple[Content, ...] = ()

    def show(self, *lines: Content) -> None:
        """Show these lines; nothing is drawn when they did not change."""
        if len(lines) != len(self._lines) or not all(
            old.is_same(new) for old, new in zip(self._lines, lines, strict=True)
        ):
            self._lines = lines
            self.refresh()

    def render(self) -> Content:
        """The lines, each cut to the width."""
        return Content("\n").join([line.truncate(self.size.width, ellipsis=True) for line in self._lines])
