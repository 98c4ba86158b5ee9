"""What the terminal shows, so that only the cells that differ are written to it.

Textual writes each region that was drawn again, whole: a list of two hundred lines because its frame has
another colour. Over a slow line that is what a person waits for. Here each region is compared, cell by
cell, with what was written before.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import groupby
from operator import itemgetter
from typing import ClassVar, cast

from rich.cells import get_character_cell_size
from rich.color import ColorSystem
from rich.console import Console, RenderableType
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.app import App
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.screen import Screen
from textual.strip import Strip

_MOST_WAITING = 10
"""Pieces that may wait for the line before nothing more is drawn: each is a part of what one key shows."""
_LOOK_AGAIN_S = 0.5
Cell = tuple[str, str]
"""A character and the codes of its style; the second half of a wide character is the empty string."""
Piece = tuple[int, int, Strip]
"""A column, a line, and what stands there."""

_NEAR = 12
"""Cells that may be written again between two that differ: fewer bytes than to jump over them."""


class Terminal:
    """Remembers the cells of one terminal."""

    def __init__(self) -> None:
        self._owner: object = None
        self._size = Size(0, 0)
        self._lines: list[list[Cell | None]] = []

    def forget(self) -> None:
        """Something else wrote on the terminal: the next update is written whole."""
        self._owner = None

    def differing(
        self, update: ChopsUpdate | LayoutUpdate, *, owner: object, size: Size, console: Console
    ) -> CompositorUpdate | None:
        """What has to be written for an update; None when all of it stands there already.

        Another `owner` (a screen) is written whole: what another program left on the terminal goes away.
        """
        if owner is not self._owner or size != self._size:
            self._owner, self._size = owner, size
            self._lines = [[None] * size.width for _line in range(size.height)]
        written = "".join(
            [part for x, y, strip in _pieces(update) for part in self._changes(x, y, strip, console)]
        )
        return _Sequence(f"{written}\x1b[0m") if written else None

    def _changes(self, x: int, y: int, strip: Strip, console: Console) -> Iterator[str]:
        if y >= len(self._lines):
            # Drawn for a window that became smaller meanwhile: all of it is drawn again for the one there is.
            return
        line, cells = self._lines[y], _cells(strip, console._color_system or ColorSystem.TRUECOLOR)
        if cells is None:
            # A mark that joins the character before it may have joined that of the piece before.
            start = max(0, x - 1)
            line[start : x + strip.cell_length] = [None] * (x + strip.cell_length - start)
            yield f"\x1b[{y + 1};{x + 1}H\x1b[0m{strip.render(console)}"
            return
        before = line[x : x + len(cells)]
        if before == cells:
            return
        line[x : x + len(cells)] = cells
        for start, end in _runs(before, cells):
            yield f"\x1b[{y + 1};{x + start + 1}H"
            for look, alike in groupby(cells[start:end], itemgetter(1)):
                yield f"\x1b[0;{look}m" if look else "\x1b[0m"
                yield "".join([character for character, _look in alike])


class _Sequence(CompositorUpdate):
    """Codes that are ready to be written."""

    def __init__(self, written: str) -> None:
        self.written = written

    def render_segments(self, console: Console) -> str:
        """The control codes, ready to be written."""
        return self.written


def _pieces(update: ChopsUpdate | LayoutUpdate) -> Iterator[Piece]:
    """What an update draws, from left to right and from top to bottom."""
    if isinstance(update, LayoutUpdate):
        for y, line in enumerate(update.strips, update.region.y):
            x = update.region.x
            for whole in line:
                yield x, y, whole
                x += whole.cell_length
        return
    for y, left, right in update.spans:
        for end, (x, strip) in zip(update.chop_ends[y], update.chops[y].items(), strict=False):
            if strip is not None and x < right and end > left:
                yield x, y, strip if end <= right else strip.crop(0, right - x)


def _cells(strip: Strip, colors: ColorSystem) -> list[Cell] | None:
    """The cells of a strip; None when it cannot be cut into cells (a link, characters that join)."""
    cells: list[Cell] = []
    for text, style, _control in strip:
        look = ""
        if style is not None:
            if style._link:
                return None
            look = Strip.render_ansi(style, colors) if style._ansi is None else style._ansi
        if text.isascii():
            cells += [(character, look) for character in text]
            continue
        for character in text:
            width = get_character_cell_size(character)
            if not width:
                return None
            cells.append((character, look))
            if width == 2:
                cells.append(("", look))
    return cells if len(cells) == strip.cell_length else None


def _runs(before: Sequence[Cell | None], now: Sequence[Cell]) -> Iterator[tuple[int, int]]:
    """Where cells differ: from the first to behind the last of each group of near ones."""
    start, end = -1, 0
    for index, (old, new) in enumerate(zip(before, now, strict=False)):
        if old == new:
            continue
        if start >= 0 and index - end > _NEAR:
            yield start, end
            start = -1
        if start < 0:
            # A wide character is written from its first half on.
            start = index - 1 if index and not new[0] else index
        end = index + 1
    if start >= 0:
        yield start, end


class SparingApp(App[None]):
    """Of the regions that were drawn again, writes the cells that differ; gives the terminal back at any end."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+z", "suspend_process", show=False, priority=True)]

    def __init__(self) -> None:
        super().__init__()
        self._terminal = Terminal()
        self._is_behind = False
        """Whether something was not drawn since the line took nothing."""

    def on_mount(self) -> None:
        """Stopped by a signal and gone on with, the shell has written over the screen."""
        self.app_resume_signal.subscribe(self, self._resumed)
        self.app_suspend_signal.subscribe(self, lambda _app: self.keep_what_is_typed(), immediate=True)
        if not self.is_headless:
            loop = asyncio.get_running_loop()
            for name in ("SIGTERM", "SIGHUP"):
                if sent := getattr(signal, name, None):
                    # Windows has no such handlers; its window is closed with the process.
                    with suppress(NotImplementedError):
                        loop.add_signal_handler(sent, self.leave, 128 + sent)

    def keep_what_is_typed(self) -> None:
        """Keep every unfinished line, now."""

    def end_at_once(self) -> None:
        """End what runs beside the screen, and close what is open: the process ends with the next line."""

    @property
    def has_terminal(self) -> bool:
        """Whether there is still somebody to show something to: a window that was closed is none."""
        if self.is_headless or self.is_web or sys.__stdin__ is None:
            # A browser that leaves ends the process itself.
            return True
        writer = getattr(self._driver, "_writer_thread", None)
        return os.isatty(sys.__stdin__.fileno()) and (writer is None or writer.is_alive())

    def leave(self, code: int = 0) -> None:
        """Leave, whatever is open: what is typed is kept, and the terminal is given back if it is there."""
        self.keep_what_is_typed()
        if self.has_terminal:
            self.exit(return_code=code)
            return
        # Whatever is written to a terminal that is gone is waited for without end.
        self.end_at_once()
        os._exit(code)

    def _resumed(self, _app: object) -> None:
        self._terminal.forget()
        self.screen.refresh(layout=True)

    @property
    def _line_is_full(self) -> bool:
        """Whether the line takes nothing now, as one that dropped and may come back: whoever writes more would wait."""
        writer = getattr(self._driver, "_writer_thread", None)
        if writer is None:
            return False
        # Textual stands still at the thirtieth piece, also for a word that draws nothing.
        writer._queue.maxsize = 0
        return bool(writer._queue.qsize() > _MOST_WAITING)

    def _catch_up(self) -> None:
        if self._line_is_full:
            self.set_timer(_LOOK_AGAIN_S, self._catch_up)
            return
        self._is_behind = False
        self._resumed(self)

    def _display(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        if not self.has_terminal or self._is_behind:
            return
        if self._line_is_full:
            # The heart goes on beating, and a line that is gone for good ends the program: one that waits cannot.
            self._is_behind = True
            self.set_timer(_LOOK_AGAIN_S, self._catch_up)
            return
        shown = not self._batch_count and not self.is_headless and self._driver is not None
        if shown and isinstance(renderable, ChopsUpdate | LayoutUpdate):
            update = self._terminal.differing(renderable, owner=screen, size=self.size, console=self.console)
            super()._display(screen, cast("RenderableType | None", update))
        else:
            super()._display(screen, renderable)
