"""A list of rows drawn line by line: its cost is what is visible, whatever it holds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar, Generic, TypeVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from cockpit.domain.dataclasses import dataclass
from cockpit.ui.widgets.ruled import Ruled
from cockpit.ui.widgets.strips import one_line

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
Painter = Callable[[T, int], Sequence[Content]]
"""Draws an item as `row_height` lines of at most that many cells."""


@dataclass(frozen=True)
class Item(Generic[T_co]):
    """One row: a key that survives repaints, and what the painter needs. A heading takes no cursor."""

    key: str
    data: T_co
    heading: bool = False


class Rows(Ruled, ScrollView, Generic[T], can_focus=True):
    """A cursor over items of equal height. Says `Opened` on Enter or a second click."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"rows--cursor", "rows--heading", "rows--empty"}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("home", "move(-1000000)", show=False),
        Binding("end", "move(1000000)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("enter", "open", show=False),
    ]

    # `watch_cursor` draws the two rows that differ.
    cursor: reactive[int] = reactive(0, repaint=False)

    class Opened(Message):
        """The item under the cursor was chosen."""

        def __init__(self, rows: Rows[Any], item: Item[Any]) -> None:
            super().__init__()
            self.rows = rows
            self.item = item

        @property
        def control(self) -> Rows[Any]:
            """The list that says so."""
            return self.rows

    class Moved(Message):
        """The cursor is on another item."""

    def __init__(
        self,
        paint: Painter[T],
        *,
        row_height: int = 1,
        empty: Callable[[], str] = str,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.paint = paint
        self.row_height = row_height
        self.empty = empty
        self.items: tuple[Item[T], ...] = ()
        self._strips: dict[tuple[str, int, bool], tuple[Strip, ...]] = {}

    @property
    def selected(self) -> Item[T] | None:
        """The item under the cursor."""
        return self.items[self.cursor] if 0 <= self.cursor < len(self.items) else None

    def show(self, items: Sequence[Item[T]]) -> None:
        """Show other items. The cursor stays on its item, or near its place when that is gone."""
        new = tuple(items)
        if new == self.items:
            return
        kept = self.selected.key if self.selected else None
        old, self.items = self.items, new
        place = next((i for i, item in enumerate(new) if item.key == kept), None)
        moved = self._landing(min(self.cursor, len(new) - 1) if place is None else place)
        self.set_reactive(Rows.cursor, moved)
        self.virtual_size = Size(self.scrollable_content_region.width, len(new) * self.row_height)
        self._forget_changed(old, new)
        if len(old) != len(new) or not old:
            self.refresh()
        else:
            for index, (before, after) in enumerate(zip(old, new, strict=True)):
                if before != after:
                    self._refresh_row(index)
        self._follow()

    def set_row_height(self, lines: int) -> None:
        """Draw each item in that many lines from now on."""
        if lines != self.row_height:
            self.row_height = lines
            self.virtual_size = Size(self.virtual_size.width, len(self.items) * lines)
            self.repaint()

    def repaint(self) -> None:
        """Draw every visible row again: what the painter reads beside the items has changed."""
        self._strips.clear()
        self.refresh()

    def select(self, key: str) -> bool:
        """Put the cursor on the item with that key; False when there is none."""
        for index, item in enumerate(self.items):
            if item.key == key:
                self.cursor = index
                return True
        return False

    def action_move(self, by: int) -> None:
        """Move the cursor over the next item that takes one."""
        self.cursor = self._landing(max(0, min(len(self.items) - 1, self.cursor + by)), 1 if by > 0 else -1)

    def action_page(self, direction: int) -> None:
        """Move the cursor by what is visible."""
        self.action_move(direction * max(1, self.scrollable_content_region.height // self.row_height - 1))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Without an item to choose, Enter is the screen's: a list that is empty holds nobody up."""
        return action != "open" or (self.selected is not None and not self.selected.heading)

    def action_open(self) -> None:
        """Choose the item under the cursor."""
        if self.selected is not None and not self.selected.heading:
            self.post_message(self.Opened(self, self.selected))

    def watch_cursor(self, old: int, new: int) -> None:
        """Redraw the two rows that differ."""
        self._refresh_row(old)
        self._refresh_row(new)
        self._follow()
        self.post_message(self.Moved())

    def on_mount(self) -> None:
        """Another theme paints every row anew: what was drawn holds the colours of the one before."""
        self.app.theme_changed_signal.subscribe(self, lambda _theme: self.repaint())

    def on_focus(self) -> None:
        """The cursor shows only where the keys go."""
        self._refresh_row(self.cursor)

    def on_blur(self) -> None:
        """See on_focus."""
        self._refresh_row(self.cursor)

    def on_resize(self) -> None:
        """Another room: what was drawn for other widths is not needed any more."""
        width = self.scrollable_content_region.width
        self._strips = {key: strips for key, strips in self._strips.items() if key[1] == width}
        self.virtual_size = Size(self.scrollable_content_region.width, len(self.items) * self.row_height)
        self._follow()

    def on_click(self, event: events.Click) -> None:
        """A click moves the cursor, a second one opens."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        index = (offset.y + self.scroll_offset.y) // self.row_height
        if 0 <= index < len(self.items) and not self.items[index].heading:
            self.cursor = index
            if event.chain >= 2:
                self.action_open()

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        width = self.scrollable_content_region.width
        if width < 1:
            return Strip.blank(0)
        if not self.items:
            return self._empty_line(y, width)
        index, line = divmod(y + self.scroll_offset.y, self.row_height)
        if index >= len(self.items):
            return Strip.blank(width, self.visual_style.rich_style)
        return self._row(index, width)[line]

    def _row(self, index: int, width: int) -> tuple[Strip, ...]:
        item = self.items[index]
        at_cursor = index == self.cursor and self.has_focus
        key = (item.key, width, at_cursor)
        strips = self._strips.get(key)
        if strips is None:
            component = "rows--cursor" if at_cursor else "rows--heading" if item.heading else ""
            style = self.get_visual_style(component) if component else self.visual_style
            drawn = list(self.paint(item.data, width))[: self.row_height]
            drawn += [Content("")] * (self.row_height - len(drawn))
            strips = self._strips[key] = tuple(one_line(content, width, style) for content in drawn)
        return strips

    def _forget_changed(self, old: tuple[Item[T], ...], new: tuple[Item[T], ...]) -> None:
        kept = {item.key: item for item in old}
        same = {item.key for item in new if kept.get(item.key) == item}
        self._strips = {key: strips for key, strips in self._strips.items() if key[0] in same}

    def _empty_line(self, y: int, width: int) -> Strip:
        text = self.empty()
        key = (text, width, False)
        strips = self._strips.get(key)
        if strips is None:
            style = self.get_visual_style("rows--empty")
            strips = self._strips[key] = tuple(
                one_line(Content(" ") + line, width, style) for line in Content(text).wrap(max(1, width - 2))
            )
        return strips[y] if y < len(strips) else Strip.blank(width, self.visual_style.rich_style)

    def _landing(self, index: int, direction: int = 1) -> int:
        """The nearest item from `index` on that is not a heading."""
        for step in (direction, -direction):
            at = index
            while 0 <= at < len(self.items):
                if not self.items[at].heading:
                    return at
                at += step
        return max(0, index)

    def _refresh_row(self, index: int) -> None:
        self.refresh_lines(index * self.row_height, self.row_height)

    def _follow(self) -> None:
        room = self.scrollable_content_region.height
        if self.items and room:
            # The heading above the first item of a group comes into view with it, where both have room.
            heads = self.cursor > 0 and self.items[self.cursor - 1].heading
            above = int(heads and room >= 2 * self.row_height)
            top, height = (self.cursor - above) * self.row_height, (1 + above) * self.row_height
            self.scroll_to_region(Region(0, top, 1, height), animate=False, force=True)
