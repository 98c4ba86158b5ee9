"""Every theme in every place: what is written can be read on what it stands on, and nothing keeps old colours."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from rich.color_triplet import ColorTriplet
from textual.geometry import Region
from textual.screen import ModalScreen

from cockpit.domain.colours import READABLE, contrast
from cockpit.services.desk.workspace import Workspace
from cockpit.ui.app import CockpitApp
from cockpit.ui.everywhere.theme import CONTRAST, THEMES
from cockpit.ui.widgets.rows import Rows

CLEAR = 7.0
"""What high contrast promises (WCAG AAA)."""
WAY: tuple[tuple[str, ...], ...] = (
    (), ("z",), ("z", "b"), ("escape", "question_mark"), ("escape", "enter"),
    ("escape", "y"), ("escape", "m"), ("escape", "f2"), ("f3",), ("2",), ("3",), ("4",), ("5",), ("6",), ("7",),
    ("8",), ("f4",), ("2",), ("3",), ("4",), ("f5",), ("f6",),
)  # fmt: skip
"""Keys from one sight to the next: the home, a pane, the bar, what floats, every place and every view."""

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


@pytest.mark.parametrize("size", [(150, 45), (80, 24)], ids=["wide", "narrow"])
async def test_every_text_is_read_in_every_theme_and_none_keeps_old_colours(
    mistral: Workspace, size: tuple[int, int]
) -> None:
    faint: set[str] = set()
    app = CockpitApp(mistral, is_demo=True)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        for keys in WAY:
            for key in keys:
                await pilot.press(key)
                await pilot.pause()
            await app.workers.wait_for_complete([each for each in app.workers if each.group == "default"])
            await pilot.pause()
            before: set[ColorTriplet] = set()
            for theme in THEMES:
                app.theme = theme.name
                await pilot.pause()
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
