"""Jumping: a letter over every list and field in sight, and the letter goes there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

from textual import events
from textual.app import ComposeResult
from textual.geometry import Offset
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from cockpit.domain.dataclasses import dataclass
from cockpit.ui.kit.sheets import OverPlace
from cockpit.ui.widgets.rows import Rows

LETTERS = "asdfghjklqwertyuiopzxcvbnm"
"""In the order in which they are given: every keyboard types each with one key."""


@dataclass(frozen=True)
class JumpTarget:
    """A part of the screen, and the item of it that the cursor goes to."""

    widget: Widget
    at: Offset
    """Where its letter stands."""
    item: int | None = None


def targets(screen: Screen[Any]) -> list[JumpTarget]:
    """What can be jumped to, as far as there are letters: every part that takes the keys, then the rows in sight.

    The rows of the list that has the keys come first.
    """
    parts = [each for each in screen.focus_chain if each.region.overlaps(screen.region) and each.region]
    lists = sorted(
        (each for each in parts if isinstance(each, Rows)), key=lambda each: each is not screen.focused
    )
    found = chain((JumpTarget(each, each.region.offset) for each in parts), *(_rows(each) for each in lists))
    return list(found)[: len(LETTERS)]


def _rows(rows: Rows[Any]) -> Iterator[JumpTarget]:
    top, height = rows.content_region.y, rows.content_region.height
    for index, item in enumerate(rows.items):
        line = index * rows.row_height - rows.scroll_offset.y
        if not item.heading and 0 <= line < height and not (index == rows.cursor and rows.has_focus):
            yield JumpTarget(rows, Offset(rows.content_region.x, top + line), index)


class JumpScreen(OverPlace[JumpTarget | None]):
    """The place with letters over it; any other key closes."""

    def __init__(self, found: Sequence[JumpTarget]) -> None:
        super().__init__()
        self.found = dict(zip(LETTERS, found, strict=False))

    def compose(self) -> ComposeResult:
        """A letter where each target begins."""
        for letter, target in self.found.items():
            label = Static(f" {letter} ", markup=False)
            label.styles.offset = target.at
            yield label

    def on_key(self, event: events.Key) -> None:
        """Go where the letter stands."""
        event.stop()
        event.prevent_default()
        if not self.is_active:
            # A key that was on its way when the first one closed this.
            return
        self.dismiss(self.found.get((event.character or "").lower()))


def go(target: JumpTarget | None) -> None:
    """Move the focus to that part, and its cursor to that item."""
    if target is None:
        return
    target.widget.focus()
    if target.item is not None and isinstance(target.widget, Rows):
        target.widget.cursor = target.item
