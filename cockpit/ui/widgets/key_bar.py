"""The keys that work now, in one line and one widget (the stock footer mounts a widget a key)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from textual.content import Content
from textual.widget import Widget

_OFF = "italic $quiet"
"""A key that does nothing now: weaker than its neighbours, and still there to be read."""


class Hint(NamedTuple):
    """A key as printed, a title, the action that a click runs, and whether it is off now: it shows dimmed."""

    key: str
    title: str
    action: str
    off: bool = False


class KeyBar(Widget):
    """Shows hints, as many as fit, then those that always stand."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._hints: tuple[tuple[Hint, ...], tuple[Hint, ...]] = ((), ())

    def show(self, hints: Sequence[Hint], pinned: Sequence[Hint]) -> None:
        """Show these."""
        wanted = (tuple(hints), tuple(pinned))
        if wanted != self._hints:
            self._hints = wanted
            self.refresh()

    def render(self) -> Content:
        """One line."""
        hints, pinned = ([self._one(hint) for hint in part] for part in self._hints)
        tail = Content("").join(pinned)
        width = self.size.width - tail.cell_length
        shown: list[Content] = []
        for content in hints:
            if content.cell_length > width:
                break
            width -= content.cell_length
            shown.append(content)
        return Content("").join([*shown, tail])

    @staticmethod
    def _one(hint: Hint) -> Content:
        key, title = (_OFF, _OFF) if hint.off else ("bold $accent", "$quiet")
        # The action comes from our own registry: data never reaches a click style.
        return Content.assemble((f" {hint.key} ", key), (f"{hint.title} ", title)).stylize(
            f"@click={hint.action}"
        )
