"""Another theme: every row is painted in it, and it is there again at the next start."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.color_triplet import ColorTriplet

from cockpit.domain.dataclasses import replace
from cockpit.services.desk.workspace import Workspace
from cockpit.services.work import capture, entry
from tests.journeys.conftest import Drive, Driver


def backgrounds(driver: Driver) -> set[ColorTriplet]:
    """The colours that the cells of the panes stand on."""
    lines = driver.app.screen._compositor.render_strips()[2:-1]
    styles = [segment.style for line in lines for segment in line if segment.style is not None]
    return {style.bgcolor.triplet for style in styles if style.bgcolor and style.bgcolor.triplet}


async def test_a_theme_is_tried_on_what_is_in_sight_and_kept_once_it_is_chosen(
    workspace: Workspace, drive: Drive
) -> None:
    for number in range(4):
        capture.save(workspace, "blocker", entry.understand(workspace, f"Blocker {number}"))
    async with drive() as driver:
        dark = backgrounds(driver)
        await driver.press("f9", "down")
        assert driver.app.theme == "cockpit-light", "it is worn while the cursor is on it"
        await driver.press("escape")
        assert driver.app.theme == "cockpit-dark", "nothing was chosen"
        assert backgrounds(driver) == dark
        await driver.press("f9", "f9", "enter")
        light = backgrounds(driver)
        assert not dark & light
        assert all(sum(colour) > 3 * 128 for colour in light), light
    async with drive() as driver:
        assert driver.app.theme == "cockpit-light"
        assert backgrounds(driver) == light


async def test_a_theme_of_ones_own_is_tried_kept_and_told_when_it_is_spoilt(
    workspace: Workspace, drive: Drive, tmp_path: Path
) -> None:
    workspace.config_path = tmp_path / "config.toml"
    (tmp_path / "themes").mkdir()
    mine = tmp_path / "themes" / "night.toml"
    mine.write_text('background = "#010203"\nwarning = "#202020"\n')
    (tmp_path / "themes" / "spoilt.toml").write_text('dark = true\naccent = "blue"\n')
    async with drive() as driver:
        await driver.press("f9", *["down"] * 4)
        shown = driver.screen()
        assert "spoilt.toml:2 accent" in shown
        assert "“blue” is not a colour" in shown
        assert "hard to read: warning / background 1.3" in shown
        assert driver.app.theme == "night", "what is spoilt takes no cursor"
        await driver.press("enter")
        assert ColorTriplet(1, 2, 3) in backgrounds(driver)
    async with drive() as driver:
        assert ColorTriplet(1, 2, 3) in backgrounds(driver), "it is there again"
    mine.write_text('\nbackground = "#01"\n')
    async with drive() as driver:
        assert driver.app.theme == "cockpit-dark"
        assert "night.toml:2 [background]: “#01” is not a colour" in driver.screen()


async def test_a_theme_that_is_none_is_told_and_the_dark_one_is_worn(
    workspace: Workspace, drive: Drive
) -> None:
    workspace.settings = replace(workspace.settings, theme="cockpit-drak")
    async with drive() as driver:
        assert "no theme is called “cockpit-drak”" in driver.screen()
        assert driver.app.theme == "cockpit-dark"


async def test_without_colours_all_is_grey_and_the_cursor_still_shows(
    workspace: Workspace, drive: Drive, monkeypatch: pytest.MonkeyPatch
) -> None:
    capture.save(workspace, "priority", entry.understand(workspace, "Budget p1 due:2026-11-20"))
    monkeypatch.setenv("NO_COLOR", "1")
    async with drive((80, 24)) as driver:
        lines = driver.app.screen._compositor.render_strips()
        styles = [segment.style for line in lines for segment in line if segment.style is not None]
        colours = {each.triplet for style in styles for each in (style.color, style.bgcolor) if each}
        assert all(colour is None or len(set(colour)) == 1 for colour in colours)
        grounds = [{str(part.style.bgcolor) for part in line if part.style} for line in lines]
        row = next(number for number, line in enumerate(lines) if "Budget" in line.text)
        assert grounds[row] != grounds[row + 2], "the row that has the keys stands on another grey"
        assert "■" in lines[row].text, "how grave it is is a sign"
