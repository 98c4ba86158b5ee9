"""Rituals by keys: a template taken by Tab, an agenda said to be shared, what the border counts."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cockpit import locale
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.ritual import Ritual
from cockpit.services.desk.workspace import Workspace
from tests.journeys.conftest import SIZES, Drive, in_each_window

MEETINGS = ("tab",) * 3


@in_each_window
async def test_a_template_is_taken_by_its_name(
    workspace: Workspace, drive: Drive, size: tuple[int, int], language: str
) -> None:
    locale.use(language)
    async with drive(size) as driver:
        await driver.open_register("ritual")
        await driver.press("c", "tab", "tab", "enter")
        (made,) = workspace.select(Ritual, "ritual")
        assert (made.kind, made.rule, made.minutes) == ("flash", "mon-fri 11:45", 15)
        assert made.name in driver.screen()
        await driver.press("u")
        assert not workspace.select(Ritual, "ritual")


async def test_another_name_goes_on_to_the_next_field(workspace: Workspace, drive: Drive) -> None:
    async with drive() as driver:
        await driver.open_register("ritual")
        await driver.press("c")
        await driver.type("Friday close")
        await driver.press("enter")
        await driver.type("fri 16:30")
        await driver.press("enter")
        (made,) = workspace.select(Ritual, "ritual")
        assert (made.name, made.rule) == ("Friday close", "fri 16:30")


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_an_agenda_is_said_to_be_shared(
    workspace: Workspace, drive: Drive, size: tuple[int, int]
) -> None:
    workspace.add(REGISTERS["ritual"], {"name": "Flash", "kind": "flash", "rule": "mon 11:45"})
    workspace.add(REGISTERS["ritual"], {"name": "Coffee", "kind": "informal", "rule": "tue 12:30"})
    past = workspace.clock() - timedelta(days=3)
    occurrence = workspace.add(
        REGISTERS["occurrence"], {"ritual": "RT-1", "planned_at": past, "status": "held"}
    )
    for person, present in (("Sophie", True), ("Karim", True), ("Inès", False)):
        workspace.add(
            REGISTERS["attendance"], {"occurrence": occurrence, "person": person, "present": present}
        )
    async with drive(size) as driver:
        await driver.press(*MEETINGS)
        assert "Flash ✉? " in driver.screen()
        assert "in 3 h 03 · no event" in driver.screen()
        assert "not in the agenda" in driver.screen()
        assert "66 % present (90 d)" in driver.screen()
        assert "0/1 held" in driver.screen(), "the informal moment is not counted"
        await driver.press("g")
        assert "Flash: agenda shared" in driver.screen()
        assert "Flash ✉ " in driver.screen()
        await driver.press("down", "g")
        assert "no agenda, no minutes" in driver.screen()
        await driver.press("u")
        assert "Flash ✉? " in driver.screen()
