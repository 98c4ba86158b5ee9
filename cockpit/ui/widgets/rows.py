"""A list of rows drawn line by line: its cost is what is visible, whatever it holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.records.row_words import FoundSpan, RowText, record_of
from cockpit.domain.text import fold
from cockpit.locale import N_, _, ngettext
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


FOUND = "bold underline $accent"
"""What of a row a filter asks for."""
MARK = "✓"
"""Before a row that is selected."""


class RowFilter(Protocol):
    """Which rows are let through, by what they say and by what they are."""

    @property
    def line(self) -> str:
        """As it was typed."""

    def kept(self, rows: Sequence[RowText]) -> list[RowText]:
        """The rows that fit, in their order."""

    def spans(self, text: str) -> Sequence[FoundSpan]:
        """The parts of a text, as it is shown, for which a row fits."""


class Rows(Ruled, ScrollView, Generic[T], can_focus=True):
    """A cursor over items of equal height. Says `Opened` on Enter or a second click.

    Of what it is given to show, a filter may let a part through.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"rows--cursor", "rows--heading", "rows--empty"}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("home", "move(-1000000)", show=False),
        Binding("end", "move(1000000)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("enter", "open", show=False),
        Binding("escape", "clear", show=False),
        Binding("shift+up", "stretch(-1)", show=False),
        Binding("shift+down", "stretch(1)", show=False),
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

    class Narrowed(Message):
        """Another filter lets other rows through."""

    TELLS_CHOICE: ClassVar[bool] = False
    """Whether the painter and the title that is given say what is selected and what the filter is."""
    READ_AT: ClassVar[int] = 400
    """Cells in which a row is drawn to be read whole, where its words are asked for."""

    filter: RowFilter | None = None
    """What narrows the list now."""
    _given_title: tuple[Content, Content | None] | None = None

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
        """What is shown: all that the filter lets through."""
        self.every: tuple[Item[T], ...] = ()
        """What there is to be shown."""
        self._kept_filter: RowFilter | None = None
        """The filter that was chosen, while another one is only tried."""
        self.marked: dict[str, None] = {}
        """Keys of the rows that are selected, in their order."""
        self._last_marked = ""
        self._hay: list[RowText] | None = None
        self._texts: dict[str, tuple[Item[T], str]] = {}
        """What each row says, folded, as long as a filter is on."""
        self._strips: dict[tuple[str, int, bool], tuple[Strip, ...]] = {}

    @property
    def selected(self) -> Item[T] | None:
        """The item under the cursor."""
        return self.items[self.cursor] if 0 <= self.cursor < len(self.items) else None

    def show(self, items: Sequence[Item[T]]) -> None:
        """Show other items. The cursor stays on its item, or near its place when that is gone."""
        new = tuple(items)
        if new == self.every:
            return
        self.every, self._hay = new, None
        self._present(self._let_through())
        if self.marked:
            self.marked = {item.key: None for item in self.items if item.key in self.marked}

    def narrow(self, wanted: RowFilter | None, *, trying: bool = False) -> None:
        """Show only the rows that fit; `trying` until `settle`, else from now on. None shows all of them."""
        self.filter = wanted
        if not trying:
            self._kept_filter = wanted
        if wanted is None:
            self._texts, self._hay = {}, None
        # What fits is marked in each row.
        self._strips.clear()
        self._present(self._let_through(), same=True)
        self.marked = {item.key: None for item in self.items if item.key in self.marked}
        self.refresh()
        self._tell_choice()

    def settle(self) -> None:
        """A filter that was only tried is over."""
        if self.filter is not self._kept_filter:
            self.narrow(self._kept_filter)

    @property
    def counted(self) -> tuple[int, int]:
        """How many rows are let through, of how many."""
        shown, every = (sum(not item.heading for item in items) for items in (self.items, self.every))
        return shown, every

    FILTER_HELP: ClassVar[str] = N_("words · !without · %letters · @who +function p1 owner: due:")
    """What is said under a filter while it is typed."""

    @property
    def order(self) -> str:
        """The order that was chosen, as a view keeps it; empty for the list's own."""
        return ""

    def put_in_order(self, order: str) -> None:
        """Put the rows in the order of a view, where the list knows it."""

    def filter_of(self, line: str) -> RowFilter | None:
        """A filter that this list reads in its own way; None where it is read as in every list. Raises ValueError."""
        return None

    def common_part(self, line: str) -> str:
        """What of a line is judged as in every list."""
        return line

    def words_of(self, item: Item[T]) -> str:
        """All that a row says, by which it is found: what is drawn of it where there is room for everything."""
        return " ".join(content.plain for content in self.paint(item.data, self.READ_AT))

    def told_filter(self) -> str:
        """What the filter is and how many rows it lets through, for the title; empty without one."""
        if self.filter is None or not self.filter.line:
            return ""
        shown, every = self.counted
        return _("{n} of {total} · filter: {line}").format(n=shown, total=every, line=self.filter.line)

    def told_marks(self) -> str:
        """How many rows are selected, for the title; empty where none is."""
        n = len(self.marked)
        return ngettext("{sign} {n} selected", "{sign} {n} selected", n).format(sign=MARK, n=n) if n else ""

    def mark(self, keys: Iterable[str]) -> None:
        """Select these rows and no others, those that are shown."""
        wanted = set(keys)
        # In the order of the list.
        self.marked = dict.fromkeys(
            item.key for item in self.items if item.key in wanted and not item.heading
        )
        self._strips.clear()
        self.refresh()
        self._tell_choice()

    def mark_here(self) -> None:
        """Select the row under the cursor, or no longer; the cursor goes on to the next."""
        if self.selected is None or self.selected.heading:
            return
        key = self.selected.key
        self._last_marked = key
        self.mark(set(self.marked) ^ {key})
        self.action_move(1)

    def mark_up_to_here(self) -> None:
        """Select every row between the one that was selected last and the cursor."""
        keys = [item.key for item in self.items]
        if self.selected is None:
            return
        first = keys.index(self._last_marked) if self._last_marked in keys else self.cursor
        low, high = sorted((first, self.cursor))
        self._last_marked = self.selected.key
        self.mark({*self.marked, *keys[low : high + 1]})

    def mark_all(self) -> None:
        """Select every row that is shown; again: none."""
        every = [item.key for item in self.items if not item.heading]
        self.mark([] if len(self.marked) == len(every) else every)

    @property
    def chosen(self) -> tuple[Item[T], ...]:
        """What a key acts on: the rows that are selected, else the one under the cursor."""
        if self.marked:
            return tuple(item for item in self.items if item.key in self.marked)
        here = self.selected
        return (here,) if here is not None and not here.heading else ()

    def _let_through(self) -> tuple[Item[T], ...]:
        """The rows that the filter keeps, each heading only where a row follows it."""
        if self.filter is None:
            return self.every
        if self._hay is None:
            self._hay = [
                RowText(self._text(item), record_of(item.data), at) for at, item in enumerate(self.every)
            ]
        found = {row.at for row in self.filter.kept(self._hay)}
        kept: list[Item[T]] = []
        heading: Item[T] | None = None
        for at, item in enumerate(self.every):
            if item.heading:
                heading = item
            elif at in found:
                kept += [heading] if heading is not None else []
                kept.append(item)
                heading = None
        return tuple(kept)

    def _text(self, item: Item[T]) -> str:
        if item.heading:
            return ""
        known = self._texts.get(item.key)
        if known is None or (known[0] is not item and known[0] != item):
            known = self._texts[item.key] = (item, fold(self.words_of(item)))
        return known[1]

    def _present(self, new: tuple[Item[T], ...], *, same: bool = False) -> None:
        """Draw other items; `same` when those of one key are what they were."""
        if new == self.items:
            return
        kept = self.selected.key if self.selected else None
        old, self.items = self.items, new
        place = next((i for i, item in enumerate(new) if item.key == kept), None)
        moved = self._landing(min(self.cursor, len(new) - 1) if place is None else place)
        self.set_reactive(Rows.cursor, moved)
        self.measure()
        if not same:
            self._forget_changed(old, new)
        if len(old) != len(new) or not old:
            self.refresh()
        else:
            for index, (before, after) in enumerate(zip(old, new, strict=True)):
                if before != after:
                    self._refresh_row(index)
        self.follow_cursor()

    def set_row_height(self, lines: int) -> None:
        """Draw each item in that many lines from now on."""
        if lines != self.row_height:
            self.row_height = lines
            self.measure()
            self.repaint()

    def measure(self) -> None:
        """How long all of it is."""
        room = self.scrollable_content_region
        self.virtual_size = Size(room.width, len(self.items) * self.row_height)

    def repaint(self) -> None:
        """Draw every visible row again: what the painter reads beside the items has changed."""
        self._strips.clear()
        self.refresh()

    def _tell_choice(self) -> None:
        if self._given_title is not None:
            self.entitle(*self._given_title)
        self.post_message(self.Narrowed())

    def told_of_choice(self) -> str:
        """What is selected and what the filter lets through, for the title."""
        return " · ".join(filter(None, (self.told_marks(), self.told_filter())))

    def entitle(self, title: Content, beside: Content | None = None) -> None:
        """Words in the rule; what is chosen of the list stands beside its title, in place of what it counts."""
        self._given_title = title, beside
        told = "" if self.TELLS_CHOICE else self.told_of_choice()
        super().entitle(title, Content.styled(told, "$accent") if told else beside)

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

    def action_stretch(self, by: int) -> None:
        """Select this row and the next one, or the one before."""
        self.mark_up_to_here()
        self.action_move(by)
        self.mark_up_to_here()

    def action_clear(self) -> None:
        """Nothing is selected any more; then no filter is on any more."""
        if self.marked:
            self.mark(())
        else:
            self.narrow(None)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Without an item to choose, Enter is the screen's, and Escape without anything to clear."""
        if action == "clear":
            return bool(self.marked) or self.filter is not None
        return action != "open" or (self.selected is not None and not self.selected.heading)

    def action_open(self) -> None:
        """Choose the item under the cursor."""
        if self.selected is not None and not self.selected.heading:
            self.post_message(self.Opened(self, self.selected))

    def watch_cursor(self, old: int, new: int) -> None:
        """Redraw the two rows that differ."""
        self._refresh_row(old)
        self._refresh_row(new)
        self.follow_cursor()
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
        self.measure()
        self.follow_cursor()

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
            drawn = [self._marked(line) for line in self._drawn(item, width)][: self.row_height]
            drawn += [Content("")] * (self.row_height - len(drawn))
            strips = self._strips[key] = tuple(one_line(content, width, style) for content in drawn)
        return strips

    def _drawn(self, item: Item[T], width: int) -> Sequence[Content]:
        """A row, behind the sign of those that are selected where any is."""
        if not self.marked or self.TELLS_CHOICE:
            return self.paint(item.data, width)
        sign = MARK if item.key in self.marked else " "
        first, *rest = self.paint(item.data, max(1, width - 2)) or [Content("")]
        return [
            Content.styled(f"{sign} ", "bold $accent") + first, *(Content("  ") + line for line in rest)
        ]  # fmt: skip

    def _marked(self, line: Content) -> Content:
        """A line with what the filter found in it marked."""
        if self.filter is None:
            return line
        for start, end in self.filter.spans(line.plain):
            line = line.stylize(FOUND, start, end)
        return line

    def _forget_changed(self, old: tuple[Item[T], ...], new: tuple[Item[T], ...]) -> None:
        kept = {item.key: item for item in old}
        same = {item.key for item in new if kept.get(item.key) == item}
        self._strips = {key: strips for key, strips in self._strips.items() if key[0] in same}

    def empty_text(self) -> str:
        """What is said where no row is shown: what the list is for, or that nothing fits the filter."""
        if self.filter is not None and self.filter.line:
            return _("Nothing fits “{line}”: Esc shows everything again, / changes it.").format(
                line=self.filter.line
            )
        return self.empty()

    def _empty_line(self, y: int, width: int) -> Strip:
        text = self.empty_text()
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

    def follow_cursor(self) -> None:
        """Scroll to where the cursor is seen."""
        room = self.scrollable_content_region.height
        if self.items and room:
            # The heading above the first item of a group comes into view with it, where both have room.
            heads = self.cursor > 0 and self.items[self.cursor - 1].heading
            above = int(heads and room >= 2 * self.row_height)
            top, height = (self.cursor - above) * self.row_height, (1 + above) * self.row_height
            self.scroll_to_region(Region(0, top, 1, height), animate=False, force=True)
