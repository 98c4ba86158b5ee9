"""Every theme in every place: what is written can be read on what it stands on, and nothing keeps old colours."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from itertools import pairwise

import pytest
from rich.color_triplet import ColorTriplet
from textual.geometry import Region
from textual.pilot import Pilot
from textual.screen import ModalScreen

from cockpit.domain.colours import READABLE, contrast
from cockpit.services.desk.workspace import Workspace
from cockpit.ui.app import CockpitApp
from cockpit.ui.everywhere.theme import CONTRAST, THEMES
from cockpit.ui.widgets.rows import Rows

CLEAR = 7.0
"""What high contrast promises (WCAG AAA)."""
WAY: tuple[tuple[str, ...], ...] = (
    (), ("b",), ("escape", "question_mark"), ("escape", "enter"), ("escape", "m"), ("escape", "f"), ("escape", "f2"),
    ("f3",), ("2",), ("3",), ("4",), ("5",), ("6",), ("7",), ("f4",), ("2",), ("4",), ("f5",), ("f6",),
)  # fmt: skip
"""Keys from one sight to the next: the home, the bar, what floats, the places and their views."""

Pair = tuple[ColorTriplet, ColorTriplet]


def inks(app: CockpitApp) -> Iterator[tuple[str, Pair]]:
    """Every stretch of text in sight, with its colour and what it stands on; lines and bars are no text."""
    lines = app.screen._compositor.render_strips()
    if isinstance(app.screen, ModalScreen):
        # What floats is what is read; the place behind it is veiled on purpose.
        floats = Region.from_union([each.region for each in app.screen.query(Rows)])
        lines = [line.crop(floats.x, floats.right) for line in lines[floats.y : floats.bottom]]
    for line in lines:
        for text, style, _control in line:
            if style is None or style.color is None or style.bgcolor is None:
                continue
            if any(character.isalnum() for character in text):
                ink, ground = style.color.triplet, style.bgcolor.triplet
                if ink is not None and ground is not None:
                    yield text, (ground, ink) if style.reverse else (ink, ground)


async def walk(pilot: Pilot[None], app: CockpitApp) -> AsyncIterator[tuple[str, ...]]:
    """One sight after the other, each still when it is looked at."""
    await pilot.pause()
    for keys in WAY:
        for key in keys:
            await pilot.press(key)
            await pilot.pause()
        await app.workers.wait_for_complete([each for each in app.workers if each.group == "default"])
        await pilot.pause()
        yield keys


async def test_every_text_is_read_in_every_theme_and_none_keeps_old_colours(mistral: Workspace) -> None:
    faint: set[str] = set()
    app = CockpitApp(mistral, is_demo=True)
    async with app.run_test(size=(150, 45)) as pilot:
        async for keys in walk(pilot, app):
            before: set[ColorTriplet] = set()
            for theme in THEMES:
                app.theme = theme.name
                await pilot.pause()
                found = list(inks(app))
                grounds = {ground for _text, (_ink, ground) in found}
                assert found
                assert not grounds & before, (keys, theme.name, grounds & before)
                before = grounds
                least = CLEAR if theme is CONTRAST else READABLE
                for text, (ink, ground) in found:
                    if (ratio := contrast(ink, ground)) < least - 0.005:
                        faint.add(
                            f"{theme.name} {ratio:.2f} {ink.hex} on {ground.hex}: {text.strip()[:30]} {keys}"
                        )
    assert not faint, "\n".join(sorted(faint))


@pytest.mark.parametrize("size", [(150, 45), (100, 30), (80, 24)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_tab_goes_where_the_eye_goes(mistral: Workspace, size: tuple[int, int]) -> None:
    app = CockpitApp(mistral, is_demo=True)
    async with app.run_test(size=size) as pilot:
        async for keys in walk(pilot, app):
            body = app.screen.query("#body *")
            regions = [each.region for each in app.screen.focus_chain if each.region and each in body]
            for one, other in pairwise(regions):
                assert other.x > one.x or other.y > one.y, (keys, one, other)
