"""Driving the screen by keys, and reading what it shows as a person would."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import pytest
from textual.events import Key
from textual.keys import _character_to_key
from textual.pilot import Pilot

from cockpit.domain.registers import ORGANISATION
from cockpit.services.desk.workspace import Workspace
from cockpit.ui.app import CockpitApp
from cockpit.ui.organisation.views import VIEWS
from cockpit.ui.widgets.rows import Rows
from tests.settled import settle_exactly

SIZES = ((150, 45), (100, 30), (80, 24))
LANGUAGES = ("fr", "en")
in_each_window = pytest.mark.parametrize(
    ("size", "language"),
    list(zip(SIZES, ("fr", "en", "fr"), strict=True)),
    ids=("150x45-fr", "100x30-en", "80x24-fr"),
)
"""Each size, and both languages: the three jobs go through every pair, what stands around them through these."""


class Driver:
    """Presses keys and reads the screen."""

    def __init__(self, pilot: Pilot[None], app: CockpitApp) -> None:
        self.pilot, self.app = pilot, app

    async def press(self, *keys: str) -> None:
        """Press keys, each shown before the next; a screen that crashed takes none."""
        for key in keys:
            await self.pilot.press(key)
            await self.pilot.pause()
            if self.app._exception is not None:
                raise self.app._exception

    async def type(self, text: str) -> None:
        """Type a text as it stands, as fast as a hand that waits for no echo."""
        for character in text:
            name = character if character.isalnum() else _character_to_key(character)
            self.app.post_message(Key(name, character))
        await self.pilot.pause()

    async def open_register(self, name: str) -> None:
        """Go to the Organisation, to its registers whichever view comes first, and onto the one of that name."""
        await self.press("f3")
        for _view in VIEWS:
            if self.app.screen.view_name != "registers":  # type: ignore[attr-defined]
                await self.press("semicolon")
        # The view is made by a worker, which gives it the focus when it is there.
        await self.app.workers.wait_for_complete([w for w in self.app.workers if w.group == "default"])
        chooser = self.app.screen.query_one("#registers", Rows)
        chooser.focus()
        await self.press("home")
        for _register in ORGANISATION:
            if chooser.selected is not None and chooser.selected.key != name:
                await self.press("down")
        assert chooser.selected is not None
        assert chooser.selected.key == name

    async def answer(self, text: str) -> None:
        """Answer what is asked in the bar with this text alone."""
        await self.press("ctrl+u")
        await self.type(text)
        await self.press("enter")

    def screen(self) -> str:
        """What is on the screen, line by line; a space is a space, whether a line may break there or not."""
        lines = self.app.screen._compositor.render_strips()
        shown = "\n".join("".join(segment.text for segment in line).rstrip() for line in lines)
        return shown.replace("\u00a0", " ")


Drive = Callable[..., AbstractAsyncContextManager[Driver]]


@pytest.fixture(autouse=True)
def exact_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """A key is waited for until the screen has nothing left to do, no longer."""
    settle_exactly(monkeypatch)


@pytest.fixture
def drive(workspace: Workspace) -> Drive:
    """`async with drive(size) as driver:` opens the screen on the test's cockpit, or on another one."""

    @asynccontextmanager
    async def drive(size: tuple[int, int] = (150, 45), on: Workspace | None = None) -> AsyncIterator[Driver]:
        app = CockpitApp(on or workspace)
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            yield Driver(pilot, app)

    return drive
