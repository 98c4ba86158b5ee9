"""The mouse does what keys do, and is never needed: what is named at the foot, the places, panes and rows."""

from __future__ import annotations

import pytest

from cockpit import locale
from cockpit.services.desk.workspace import Workspace
from cockpit.ui.kit.place import Place
from tests.journeys.conftest import Drive, Driver


async def click(driver: Driver, words: str) -> None:
    """Click on these words, where the screen shows them first from below."""
    lines = driver.screen().splitlines()
    y = max(n for n, line in enumerate(lines) if words in line)
    await driver.pilot.click(offset=(lines[y].index(words), y))
    await driver.pilot.pause()


def place(driver: Driver) -> Place:
    """Where one is."""
    assert isinstance(driver.app.screen, Place)
    return driver.app.screen


@pytest.mark.parametrize("size", [(150, 45), (80, 24)])
async def test_a_key_a_place_and_a_row_are_clicked(
    kerlann: Workspace, drive: Drive, size: tuple[int, int]
) -> None:
    locale.use("fr")
    async with drive(size, kerlann) as driver:
        await click(driver, "blocage")
        assert place(driver).asking
        await driver.press("escape")
        await click(driver, "F5")
        assert place(driver).NAME == "journal"
        await click(driver, "F1")
        assert place(driver).NAME == "cockpit"
        await click(driver, "aide")
        assert type(driver.app.screen).__name__ == "HelpScreen"
