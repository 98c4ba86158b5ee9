"""A place of several views, one at a time, under a strip that names them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import PurePath
from typing import Any, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.content import Content
from textual.widget import Widget

from cockpit.assets import asset_dir
from cockpit.domain.dataclasses import replace
from cockpit.locale import _
from cockpit.services.boards.board import Board
from cockpit.ui.kit import visuals
from cockpit.ui.kit.host import Target
from cockpit.ui.kit.kinds import Kind
from cockpit.ui.kit.named_view import NamedView
from cockpit.ui.kit.place import Place
from cockpit.ui.kit.view import View
from cockpit.ui.widgets.entry_bar import EntryBar
from cockpit.ui.widgets.panel import Panel
from cockpit.ui.widgets.rows import Item


def make(name: str, views: Mapping[str, NamedView]) -> View:
    """A view, imported when it is first looked at."""
    module, _colon, found = views[name].where.partition(":")
    made: type[View] = getattr(import_module(f"cockpit.ui.{module}"), found)
    return made(id=f"view-{name}")


class Views(Place):
    """A strip of views, and the one that is looked at. Sub-classes name them."""

    CSS_PATH: ClassVar[str | PurePath | list[str | PurePath] | None] = asset_dir("styles") / "views.tcss"
    VIEWS: ClassVar[Mapping[str, NamedView]] = {}
    """By name, in the order of the strip."""
    ACTIONS: ClassVar[str] = ""
    """What the ids of the actions that open a view begin with."""
    KINDS: ClassVar[frozenset[Kind]] = frozenset({Kind.VIEWS})
    """What the place adds to the target of each of its views."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab,right", "app.focus_next", show=False),
        Binding("shift+tab,left", "app.focus_previous", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.view_name = self.wanted = next(iter(self.VIEWS))
        """The view that is shown, and the one that was asked for last."""
        self._made: dict[str, View] = {}
        self._turn = asyncio.Lock()

    def body(self) -> list[Widget]:
        """The strip; views are made when they are first looked at."""
        return [Panel(self._strip, id="views"), Container(id="view")]

    def begin(self) -> None:
        """On the first view."""
        self.run_worker(self.look_at(), exit_on_error=True)

    @property
    def view(self) -> View | None:
        """The view that is looked at, once it is made."""
        return self._made.get(self.view_name)

    def want(self, name: str) -> None:
        """Note the view that the place opens on when it is shown next."""
        self.wanted = name

    async def look_at(self, name: str = "") -> None:
        """Show another view, or the current one for the first time; one after the other."""
        self.wanted = name or self.wanted
        async with self._turn:
            if self.view_name == self.wanted and self.view is not None and self.view.display:
                return
            self.view_name = self.wanted
            view = self._made.get(self.view_name)
            if view is None:
                view = make(self.view_name, self.VIEWS)
                # Nothing of it is drawn before it has read what it shows.
                view.display = False
                await self.query_one("#view", Container).mount(view)
                self._made[self.view_name] = view
            view.show()
            for other in self._made.values():
                other.display = other is view
            self.query_one("#views", Panel).refresh()
            if not self.asking:
                view.enter()
            self.show_keys()

    @on(EntryBar.Closed)
    def _left(self) -> None:
        if self.view is not None:
            self.view.settle()

    def on_resize(self) -> None:
        """The banner is as wide as the terminal is now."""
        if self._made:
            self.call_after_refresh(self.cockpit.refresh_banner)

    def go_beside(self, by: int) -> None:
        """To the next view, or to the one before; round at the ends."""
        names = list(self.VIEWS)
        # Said at once, so that keys pressed quickly are each counted.
        self.wanted = names[(names.index(self.wanted) + by) % len(names)]
        self.run_worker(self.look_at(), exit_on_error=True)

    def go_number(self, number: int) -> None:
        """To the view with that number in the strip."""
        names = list(self.VIEWS)
        if number <= len(names):
            self.wanted = names[number - 1]
            self.run_worker(self.look_at(), exit_on_error=True)

    def again(self) -> bool:
        """The key of the place, pressed again, goes on to its next view."""
        self.go_beside(1)
        return True

    def show_board(self, board: Board) -> None:
        """The view that is looked at reads again."""
        super().show_board(board)
        if self.view is not None:
            self.view.show()

    def target(self) -> Target:
        """What the view says; in any of them, the place takes its own keys."""
        found = self.view.target() if self.view is not None else Target()
        return replace(found, kinds=found.kinds | self.KINDS)

    def target_of(self, item: Item[Any]) -> Target | None:
        """What the view says."""
        return self.view.target_of(item) if self.view is not None else None

    def follow(self, code: str) -> None:
        """Put the cursor on a record that was just written."""
        if self.view is not None:
            self.view.follow(code)

    def _strip(self, width: int) -> list[Content]:
        """The views by number and name; where all the names have no room, that of the one that is looked at."""
        whole = self._titles(lambda _name: True)
        fits = whole.cell_length < width
        return [Content(" ") + (whole if fits else self._titles(lambda name: name == self.view_name))]

    def _titles(self, is_named: Callable[[str], bool]) -> Content:
        return Content("").join(
            Content.styled(
                f" {number} {_(each.title)} " if is_named(name) else f" {number} ",
                "bold reverse" if name == self.view_name else visuals.MUTED,
            ).stylize(f"@click=app.do({f'{self.ACTIONS}.{name}'!r})")
            for number, (name, each) in enumerate(self.VIEWS.items(), 1)
        )
