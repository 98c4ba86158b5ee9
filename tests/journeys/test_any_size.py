"""A window of any size, from one cell up: nothing crashes, and it shows again when there is room."""

from __future__ import annotations

import pytest

from cockpit.services.desk.workspace import Workspace
from tests.journeys.conftest import Drive
from tests.services.records.secrets_everywhere import fill

KEYS = (
    "tab", "down", "f2", "right", "f3", *("semicolon",) * 6, "comma", "f4", "f5", "f1", "b", "a", "escape",
    "question_mark", "escape", "m", "tab", "escape", "ctrl+p", "escape", "f", "escape", "enter", "escape",
)  # fmt: skip
SMALL = ((1, 1), (1, 45), (12, 5), (20, 3))


@pytest.mark.parametrize("size", SMALL, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_every_place_bears_a_window_of_that_size(
    workspace: Workspace, drive: Drive, size: tuple[int, int]
) -> None:
    fill(workspace)
    async with drive(size) as driver:
        await driver.press(*KEYS)
        await driver.pilot.resize_terminal(150, 45)
        await driver.pilot.pause()
        await driver.press("tab")
        await driver.pilot.pause()
        assert "COCKPIT" in driver.screen()
        await driver.pilot.resize_terminal(*size)
        await driver.press("tab")
