"""The absence test by keys and by command, on a company made by a person."""

from __future__ import annotations

from datetime import date

import pytest

from cockpit.domain.registers import REGISTERS
from cockpit.services.desk.workspace import Workspace
from tests.journeys.conftest import SIZES, Drive


@pytest.mark.parametrize("size", SIZES)
async def test_the_test_stands_beside_the_signals(
    drive: Drive, workspace: Workspace, size: tuple[int, int]
) -> None:
    claire = workspace.add(REGISTERS["person"], {"name": workspace.settings.me})
    workspace.add(
        REGISTERS["absence"], {"person": claire, "first_on": date(2026, 12, 7), "last_on": date(2026, 12, 11)}
    )
    workspace.add(REGISTERS["circuit"], {"name": "Purchases", "decider": claire})
    async with drive(size, workspace) as driver:
        await driver.press("f4")
        for _view in range(2):
            await driver.app.workers.wait_for_complete(
                [w for w in driver.app.workers if w.group == "default"]
            )
            await driver.press("semicolon")
        await driver.app.workers.wait_for_complete([w for w in driver.app.workers if w.group == "default"])
        shown = driver.screen()
        assert "not enough data" in shown
        assert "nobody covers" in shown
        assert "Purchases" in shown
        await driver.press("end", "enter")
        assert "Purchases" in driver.screen()


async def test_without_a_chief_executive_among_the_people_it_says_what_to_do(drive: Drive) -> None:
    async with drive((80, 24)) as driver:
        await driver.press("f4")
        for _view in range(2):
            await driver.app.workers.wait_for_complete(
                [w for w in driver.app.workers if w.group == "default"]
            )
            await driver.press("semicolon")
        await driver.app.workers.wait_for_complete([w for w in driver.app.workers if w.group == "default"])
        assert "Nobody to test yet" in driver.screen()
