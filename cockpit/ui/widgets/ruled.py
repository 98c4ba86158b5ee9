"""A block under a rule that carries its title: frames are for what floats over a place."""

from __future__ import annotations

from textual.content import Content
from textual.geometry import Region
from textual.widget import Widget

BESIDE = "not bold $quiet"


class Ruled(Widget):
    """A widget whose style sheet draws the rule above it, and nothing around it."""

    def entitle(self, title: Content, beside: Content | None = None) -> None:
        """Words in the rule: the title, and what it counts or how one moves in it, quiet beside it.

        Only the rule is drawn again, and only when it reads otherwise: Textual would draw the whole widget.
        """
        shown = _spaced(title)
        if beside is not None and beside.plain.strip():
            # What stands beside keeps its own colours, such as a warning.
            shown += Content.styled("·", BESIDE) + _spaced(beside).stylize_before(BESIDE)
        now: Content | None = self._border_title
        if now is None or not now.is_same(shown):
            self._border_title = shown
            self.refresh(Region(0, -1, self.size.width, 1))


def _spaced(words: Content) -> Content:
    """The words with one space at each end, so that the rule does not touch them."""
    before = "" if words.plain.startswith(" ") else " "
    return before + words.rstrip() + " "
