"""The scorecard by keys: a figure and its value, a red one becomes a blocker, a goal is spoken of."""

from __future__ import annotations

import pytest

from cockpit.domain.registers.blocker import Blocker
from cockpit.domain.registers.goal import Goal
from cockpit.domain.registers.measure import Measure
from cockpit.domain.registers.priority import Priority
from cockpit.services.desk.workspace import Workspace
from cockpit.services.figures import values
from tests.journeys.conftest import SIZES, Drive, Driver


async def _open_figures(driver: Driver) -> None:
    await driver.press("f4")
    await driver.app.workers.wait_for_complete([w for w in driver.app.workers if w.group == "default"])
    await driver.press("semicolon")
    await driver.app.workers.wait_for_complete([w for w in driver.app.workers if w.group == "default"])


@pytest.fixture
def counted(workspace: Workspace) -> Workspace:
    """A company that counts its cash."""
    values.make(workspace, {"name": "Cash", "unit": "€", "aim": "at_least", "target": "150k"})
    return workspace


@pytest.mark.parametrize("size", SIZES)
async def test_a_value_is_typed_and_a_red_one_becomes_a_blocker(
    drive: Drive, counted: Workspace, size: tuple[int, int]
) -> None:
    async with drive(size, counted) as driver:
        await _open_figures(driver)
        assert "Cash" in driver.screen()
        await driver.press("a")
        await driver.type("142k")
        await driver.press("space", "slash", "slash", "space")
        await driver.type("late customer")
        await driver.press("enter")
        (measure,) = counted.select(Measure, "measure")
        assert (measure.value, measure.note) == (142_000, "late customer")
        assert "142,000 €" in driver.screen()
        assert "red" in driver.screen()
        await driver.press("B")
        (blocker,) = counted.select(Blocker, "blocker")
        assert blocker.title == "Cash: 142,000 € in W48, at least 150,000 € is expected"
        await driver.press("u", "u")
        assert not counted.select(Measure, "measure", "archived_at IS NULL")


async def test_a_goal_is_made_spoken_of_and_feeds_the_priorities(drive: Drive, counted: Workspace) -> None:
    from cockpit.domain.registers import REGISTERS

    code = counted.add(
        REGISTERS["goal"],
        {"name": "Two contracts", "quarter": counted.today(), "done_when": "both are signed"},
    )
    async with drive((100, 30), counted) as driver:
        await _open_figures(driver)
        await driver.press("shift+tab")
        await driver.press("a")
        await driver.type("off")
        await driver.press("enter")
        (goal,) = counted.select(Goal, "goal", "code = ?", (code,))
        assert (goal.state, goal.said_on) == ("off_track", counted.today())
        assert "off track" in driver.screen()
        await driver.press("P")
        (priority,) = counted.select(Priority, "priority")
        assert priority.title == "Two contracts"


async def test_without_figures_the_place_says_what_they_are_for(drive: Drive, workspace: Workspace) -> None:
    async with drive((80, 24), workspace) as driver:
        await _open_figures(driver)
        assert "No figure yet" in driver.screen()
        assert "c creates one" in driver.screen().partition("Figures ─")[0], (
            "what goals are for is read whole"
        )
        assert "c create" in driver.screen()
