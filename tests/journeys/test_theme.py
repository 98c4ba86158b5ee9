"""Another theme: every row is painted in it, and it is there again at the next start."""

from __future__ import annotations

from rich.color_triplet import ColorTriplet

from cockpit.services.desk.workspace import Workspace
from cockpit.services.work import capture, entry
from tests.journeys.conftest import Drive, Driver


def backgrounds(driver: Driver) -> set[ColorTriplet]:
    """The colours that the cells of the panes stand on."""
    lines = driver.app.screen._compositor.render_strips()[2:-1]
    styles = [segment.style for line in lines for segment in line if segment.style is not None]
    return {style.bgcolor.triplet for style in styles if style.bgcolor and style.bgcolor.triplet}


async def test_f9_paints_every_row_in_the_other_theme_and_keeps_it(
    workspace: Workspace, drive: Drive
) -> None:
    for number in range(4):
        capture.save(workspace, "blocker", entry.understand(workspace, f"Blocker {number}"))
    async with drive() as driver:
        dark = backgrounds(driver)
        await driver.press("f9")
        light = backgrounds(driver)
        assert not dark & light
        assert all(sum(colour) > 3 * 128 for colour in light), light
    async with drive() as driver:
        assert driver.app.theme == "cockpit-light"
        assert backgrounds(driver) == light
