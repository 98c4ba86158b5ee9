"""The keys that work now, in one line and one widget (the stock footer mounts a widget a key)."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.widget import Widget


class KeyBar(Widget):
    """Shows (key, title) pairs, as many as fit; the last one always does."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._keys: tuple[tuple[str, str, str], ...] = ()

    def show(self, keys: Sequence[tuple[str, str, str]]) -> None:
        """Show these keys: (key as printed, title, action that a click runs)."""
        if tuple(keys) != self._keys:
            self._keys = tuple(keys)
            self.refresh()

    def render(self) -> Content:
        """One line."""
        if not self._keys:
            return Content("")
        *first, last = [self._one(*key) for key in self._keys]
        width = self.size.width - last.cell_length - 1
        shown: list[Content] = []
        for content in first:
            if content.cell_length > width:
                break
            width -= content.cell_length
            shown.append(content)
        return Content("").join([*shown, last])

    @staticmethod
    def _one(key: str, title: str, action: str) -> Content:
        # The action comes from our own registry: data never reaches a click style.
        return Content.assemble((f" {key} ", "bold $accent"), (f"{title} ", "$foreground-muted")).stylize(
            f"@click={action}"
        )
