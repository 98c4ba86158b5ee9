"""Place 4 by keys: what asks for somebody, its proof and its records, answered by an action or a date."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cockpit import locale
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.mark import Mark
from cockpit.domain.registers.priority import Priority
from cockpit.services.desk.workspace import Workspace
from cockpit.services.signals import measure
from tests.conftest import TickingClock
from tests.journeys.conftest import Drive, in_each_window


@pytest.fixture
def silent(workspace: Workspace, clock: TickingClock) -> Workspace:
    """A company whose one weekly exchange fell silent five weeks ago."""
    workspace.add(REGISTERS["function"], {"name": "Payroll"})
    workspace.add(REGISTERS["provider"], {"name": "Paie+"})
    workspace.add(REGISTERS["interface"], {
        "name": "Variables", "source": "FN-1", "target": "PR-1", "cadence_days": 7, "last_on": workspace.today(),
    })  # fmt: skip
    clock.forward(days=35)
    measure.measure(workspace)
    return workspace


@in_each_window
async def test_a_raised_signal_opens_its_proof_which_opens_the_record(
    silent: Workspace, drive: Drive, size: tuple[int, int], language: str
) -> None:
    locale.use(language)
    async with drive(size) as driver:
        await driver.press("f4", "home", "down", "down", "down")
        assert "Variables" in driver.screen()
        await driver.press("enter")
        shown = driver.screen()
        assert ("Formule" if language == "fr" else "Formula") in shown
        assert "5 ×" in shown
        await driver.press("down", "down", "down", "enter")
        assert "IF-1" in driver.screen()
        await driver.press("escape", "escape")
        assert driver.app.screen.NAME == "signals"  # type: ignore[attr-defined]


async def test_an_action_in_one_line_quiets_it_and_undo_brings_it_back(
    silent: Workspace, drive: Drive
) -> None:
    async with drive() as driver:
        await driver.press("f4", "home", "down", "down", "down", "a")
        await driver.answer("Call Paie+ due:friday")
        (priority,) = silent.select(Priority, "priority")
        assert priority.title == "Call Paie+"
        assert "P-1 Call Paie+" in driver.screen()
        await driver.press("u", "u")
        assert silent.select(Mark, "mark", "archived_at IS NULL") == ()


async def test_it_is_accepted_until_a_date_with_a_reason(silent: Workspace, drive: Drive) -> None:
    async with drive() as driver:
        await driver.press("f4", "home", "down", "down", "down", "r")
        await driver.answer("31/01")
        await driver.answer("closed for the winter")
        (mark,) = silent.select(Mark, "mark")
        assert (mark.alert, mark.reason) == ("signal:S2:IF-1@3", "closed for the winter")
        assert mark.until is not None
        assert "accepted until" in driver.screen()


async def test_it_measures_by_a_key_and_says_what_an_empty_place_is_for(
    workspace: Workspace, clock: TickingClock, drive: Drive
) -> None:
    async with drive() as driver:
        await driver.press("f4")
        assert "M measures now" in driver.screen()
        workspace.add(REGISTERS["priority"], {"title": "Aim", "day": workspace.today() - timedelta(days=1)})
        await driver.press("M")
        await driver.app.workers.wait_for_complete()
        await driver.press("home")
        assert "carried over" in driver.screen()
