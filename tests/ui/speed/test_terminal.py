"""What is written to the terminal: whatever is drawn and however little is written, it shows the same."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import get_character_cell_size
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.geometry import Region, Size
from textual.strip import Strip

from cockpit.ui.speed.terminal import Terminal

SIZE = Size(30, 3)
CONSOLE = Console(color_system="truecolor", force_terminal=True)
STYLES = (None, Style(color="red"), Style(color="red", bold=True), Style(link="https://example.org"))
_CODE = re.compile(r"\x1b\[(\d+);(\d+)H|\x1b\[([\d;]*)m|(\x1b\]8;.*?\x1b\\)|(.)", re.DOTALL)


class Paper:
    """What a terminal does with what is written to it."""

    def __init__(self) -> None:
        self.cells: dict[tuple[int, int], tuple[str, str]] = {}

    def write(self, written: str) -> None:
        """Move, take a style, or put a character, which takes one cell or two, or joins the one before."""
        x = y = 0
        look = ""
        for line, column, codes, link, character in _CODE.findall(written):
            if line:
                x, y = int(column) - 1, int(line) - 1
            elif codes:
                look = codes.removeprefix("0;").removeprefix("0")
            elif character and not link:
                width = get_character_cell_size(character)
                if width:
                    self.cells[x, y] = (character, look)
                    self.cells.update({(x + more, y): ("", look) for more in range(1, width)})
                    x += width
                else:
                    before, _look = self.cells[x - 1, y]
                    self.cells[x - 1, y] = (before + character, look)


WORDS = st.text("ab ·é漢🙂e\u0301", max_size=12).filter(lambda text: not text.startswith("\u0301"))


@st.composite
def strips(draw: st.DrawFn, width: int = SIZE.width) -> Strip:
    """A strip of exactly that width."""
    parts = draw(st.lists(st.tuples(WORDS, st.sampled_from(STYLES)), max_size=4))
    whole = Strip([Segment(text, style) for text, style in parts if text])
    return whole.adjust_cell_length(width)


def whole(drawn: list[Strip]) -> LayoutUpdate:
    """All lines, in two pieces each."""
    return LayoutUpdate(
        [strip.divide([14, SIZE.width]) for strip in drawn], Region(0, 0, SIZE.width, SIZE.height)
    )


LINES = st.lists(strips(), min_size=SIZE.height, max_size=SIZE.height)


@given(st.lists(LINES, min_size=1, max_size=4))
def test_the_cells_that_differ_are_enough(frames: list[list[Strip]]) -> None:
    terminal, few = Terminal(), Paper()
    for frame in frames:
        update = terminal.differing(whole(frame), owner=1, size=SIZE, console=CONSOLE)
        few.write(update.render_segments(CONSOLE) if update else "")
        everything = Paper()
        everything.write(whole(frame).render_segments(CONSOLE).replace("\n", ""))
        assert few.cells == everything.cells


@given(LINES, strips())
def test_a_line_that_was_drawn_again_is_compared_too(frame: list[Strip], changed: Strip) -> None:
    terminal, few, everything = Terminal(), Paper(), Paper()
    first = terminal.differing(whole(frame), owner=1, size=SIZE, console=CONSOLE)
    assert first is not None
    few.write(first.render_segments(CONSOLE))
    everything.write(first.render_segments(CONSOLE))
    # Pieces end where widgets do, which is where Textual cuts a wide character in two spaces.
    cuts = [0, 14, SIZE.width]
    chops = [
        {},
        dict(zip(cuts[:-1], changed.divide(cuts[1:]), strict=True)),
        {},
    ]
    update = ChopsUpdate(chops, [(1, 0, SIZE.width)], [cuts[1:]] * SIZE.height)
    said = terminal.differing(update, owner=1, size=SIZE, console=CONSOLE)
    few.write(said.render_segments(CONSOLE) if said else "")
    everything.write(update.render_segments(CONSOLE).replace("\n", ""))
    assert few.cells == everything.cells


FRAME = [Strip([Segment("one line of the screen".ljust(SIZE.width))])] * SIZE.height


def test_nothing_is_written_for_what_stands_there() -> None:
    terminal = Terminal()
    assert terminal.differing(whole(FRAME), owner=1, size=SIZE, console=CONSOLE)
    assert terminal.differing(whole(FRAME), owner=1, size=SIZE, console=CONSOLE) is None


@pytest.mark.parametrize("reason", ["another place", "another size", "another program wrote"])
def test_all_is_written_where_it_cannot_be_trusted(reason: str) -> None:
    terminal = Terminal()
    first = terminal.differing(whole(FRAME), owner=1, size=SIZE, console=CONSOLE)
    if reason == "another program wrote":
        terminal.forget()
    again = terminal.differing(
        whole(FRAME),
        owner=2 if reason == "another place" else 1,
        size=Size(40, 3) if reason == "another size" else SIZE,
        console=CONSOLE,
    )
    assert first is not None
    assert again is not None
    assert again.render_segments(CONSOLE) == first.render_segments(CONSOLE)


@pytest.mark.parametrize("size", [Size(30, 1), Size(4, 3), Size(1, 1)])
def test_what_was_drawn_for_a_larger_window_does_no_harm_in_a_smaller_one(size: Size) -> None:
    terminal, paper = Terminal(), Paper()
    terminal.differing(whole(FRAME), owner=1, size=SIZE, console=CONSOLE)
    late = terminal.differing(whole(FRAME), owner=1, size=size, console=CONSOLE)
    if late is not None:
        paper.write(str(late.render_segments(CONSOLE)))
    assert all(y < size.height for _x, y in paper.cells)


def test_a_clock_costs_its_digits() -> None:
    terminal = Terminal()
    terminal.differing(whole(FRAME), owner=1, size=SIZE, console=CONSOLE)
    later = [*FRAME[:2], Strip([Segment("one lime of the screen".ljust(SIZE.width))])]
    update = terminal.differing(whole(later), owner=1, size=SIZE, console=CONSOLE)
    assert update is not None
    assert update.render_segments(CONSOLE) == "\x1b[3;7H\x1b[0mm\x1b[0m"
