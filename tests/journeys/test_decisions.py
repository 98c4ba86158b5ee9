"""Deciding by keys: on a blocker, instead of an earlier decision, and finding it in the register and its file."""

from __future__ import annotations

import pytest

from cockpit import locale
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.blocker import Blocker
from cockpit.domain.registers.decision import Decision
from cockpit.services.changes import edit
from cockpit.services.desk.workspace import Workspace
from cockpit.services.work import capture, entry
from tests.journeys.conftest import SIZES, Drive, in_each_window


@pytest.fixture
def company(workspace: Workspace) -> Workspace:
    workspace.add(REGISTERS["function"], {"name": "IT"})
    workspace.add(REGISTERS["person"], {"name": "Sophie"})
    workspace.add(REGISTERS["circuit"], {"name": "Purchases", "decider": "PE-1"})
    workspace.add(REGISTERS["dossier"], {"name": "Fusion", "conf": 1})
    capture.save(workspace, "blocker", entry.understand(workspace, "Router is dead +IT p1 dossier:fusion"))
    edit.edit(workspace, "B-1", {"status": "to_decide", "note": "- repair\n- replace"})
    return workspace


@in_each_window
async def test_one_key_decides_and_another_decides_anew(
    company: Workspace, drive: Drive, size: tuple[int, int], language: str
) -> None:
    locale.use(language)
    async with drive(size) as driver:
        await driver.press("tab", "o")
        shown = driver.screen()
        assert "Router is dead" in shown
        assert "repair / replace" in shown
        await driver.press("tab")
        await driver.type(" the box")
        await driver.press("enter")
        (made,) = company.select(Decision, "decision")
        assert (made.title, made.options, made.blocks) == ("repair the box", "repair\nreplace", ("B-1",))
        (still,) = company.select(Blocker, "blocker")
        assert (still.status, still.next_step) == ("open", "repair the box")
        driver.app.open_code("D-1")
        await driver.pilot.pause()
        await driver.press("end")
        assert "Sophie" in driver.screen(), "who decides by the circuit"
        await driver.press("r")
        await driver.answer("Replace it")
        assert company.select(Decision, "decision", "code = 'D-2'")[0].supersedes == "D-1"
        await driver.press("end", "enter")
        assert "D-2" in driver.screen()
        await driver.press("escape", "escape")
        await driver.open_register("decision")
        await driver.press("tab")
        assert "Replace it" in driver.screen()
        assert "→ D-2 " in driver.screen(), "what took its place stands before the old one"


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_a_file_opens_on_what_it_holds(company: Workspace, drive: Drive, size: tuple[int, int]) -> None:
    async with drive(size) as driver:
        driver.app.open_code("DS-1")
        await driver.pilot.pause()
        await driver.press("end")
        assert "B-1 Router is dead" in driver.screen()
        await driver.press("enter")
        assert "to be decided" in driver.screen() or "Router is dead" in driver.screen()
        assert len(driver.app.screen_stack) == 3
