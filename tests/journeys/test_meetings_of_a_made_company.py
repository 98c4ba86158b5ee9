"""Meetings of a company that was made through the doors alone: commands for rituals, lines for all else, keys."""

from __future__ import annotations

from pathlib import Path

import pytest

from cockpit import locale
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.decision import Decision
from cockpit.domain.registers.occurrence import Occurrence
from cockpit.services.changes import edit
from cockpit.services.desk.workspace import Workspace
from cockpit.services.meetings import templates
from cockpit.services.morning import prepared_lines
from cockpit.services.work import capture, entry
from cockpit.ui.meetings.commitments_screen import CommitmentsScreen
from cockpit.ui.meetings.preparing import PreparingStage
from cockpit.ui.meetings.screen import LiveScreen
from tests.conftest import TickingClock
from tests.journeys.conftest import SIZES, Drive, Driver, in_each_window


@pytest.fixture
def made(workspace: Workspace) -> Workspace:
    """Two people, and no ritual yet."""
    for name in ("Claire", "Sophie"):
        workspace.add(REGISTERS["person"], {"name": name})
    return workspace


def ritual(workspace: Workspace, key: str, rule: str = "") -> str:
    template = templates.named(key)
    assert template is not None
    return templates.add(workspace, template, rule)


def live_screen(driver: Driver) -> LiveScreen:
    screen = driver.app.screen
    assert isinstance(screen, LiveScreen)
    return screen


def filed(held: Occurrence) -> str:
    return Path(held.minutes_path).read_text(encoding="utf-8")


async def to_the_end(driver: Driver) -> list[str]:
    """Step after step with the right arrow; the kinds that were met."""
    met = [live_screen(driver).stage.name]
    for _step in range(12):
        await driver.press("tab")
        if live_screen(driver).stage.name != met[-1]:
            met.append(live_screen(driver).stage.name)
    return met


@in_each_window
async def test_a_kick_off_of_the_template_without_blockers_is_led_to_its_minutes(
    made: Workspace, drive: Drive, size: tuple[int, int], language: str
) -> None:
    locale.use(language)
    ritual(made, "kickoff")
    async with drive(size) as driver:
        await driver.press("k")
        assert isinstance(live_screen(driver).stage, PreparingStage)
        await driver.press("enter")
        met = await to_the_end(driver)
        assert met == ["attendance", "figures", "commitments", "week", "priorities", "readback", "votes"]
        await driver.press("c", "enter")
    (held,) = made.select(Occurrence, "occurrence")
    text = filed(held)
    assert held.status == "held"
    # Whoever led was there; of nobody else is it said.
    assert locale._("Present: {names}").format(names="Claire") in text
    assert locale._("Facilitator: {name}").format(name="Claire") in text


@pytest.mark.parametrize("size", SIZES, ids=[f"{w}x{h}" for w, h in SIZES])
async def test_of_two_flash_points_one_is_asked_for_and_led(
    made: Workspace, drive: Drive, size: tuple[int, int]
) -> None:
    ritual(made, "flash")
    second = ritual(made, "flash", "mon-fri 16:30")
    edit.edit(made, second, {"name": "Evening point"})
    async with drive(size) as driver:
        await driver.press("f")
        assert not isinstance(driver.app.screen, LiveScreen)
        await driver.answer("evening")
        stage = live_screen(driver).stage
        assert isinstance(stage, PreparingStage)
        assert stage.before.ritual.code == second
        await driver.press("enter", "c", "enter")
    (held,) = made.select(Occurrence, "occurrence", "status = 'held'")
    assert held.ritual == second


async def test_enter_on_the_row_of_a_priority_review_leads_it(made: Workspace, drive: Drive) -> None:
    capture.save(made, "priority", entry.understand(made, "Budget p1"))
    review = ritual(made, "review")
    async with drive((150, 45)) as driver:
        driver.app.screen.query_one("#meetings").focus()
        await driver.press("home", "enter")
        stage = live_screen(driver).stage
        assert isinstance(stage, PreparingStage)
        assert stage.before.ritual.code == review
        await driver.press("enter")
        assert await to_the_end(driver) == ["attendance", "commitments", "priorities", "readback", "votes"]


@pytest.mark.parametrize("size", SIZES, ids=[f"{w}x{h}" for w, h in SIZES])
async def test_what_a_flash_decided_is_late_a_week_later_and_kept_with_a_key(
    made: Workspace, clock: TickingClock, drive: Drive, size: tuple[int, int]
) -> None:
    ritual(made, "flash")
    async with drive(size) as driver:
        await driver.press("f", "enter", "space", "d")
        await driver.answer("Buy a router @Sophie due:tomorrow")
        await driver.press("c", "enter", "escape")
        clock.forward(days=7)
        await driver.press("f", "enter", "right")
        assert "Buy a router" in driver.screen()
        await driver.press("escape")
        await driver.app.push_screen(CommitmentsScreen(driver.app))
        await driver.pilot.pause()
        assert "Buy a router" in driver.screen()
        await driver.press("space")
        assert made.select(Decision, "decision")[0].done_at is not None
        assert "Buy a router" not in driver.screen()


@pytest.mark.parametrize("size", SIZES, ids=[f"{w}x{h}" for w, h in SIZES])
async def test_the_subject_on_the_table_says_all_that_is_known_of_it(
    made: Workspace, drive: Drive, size: tuple[int, int]
) -> None:
    ritual(made, "flash")
    line = 'VPN p1 @"InfoSud" due:tomorrow next:"call them" sla:4ho'
    code = capture.save(made, "blocker", entry.understand(made, line))
    prepared_lines.prepare(made, code, "they promised it for noon")
    async with drive(size) as driver:
        await driver.press("f", "enter", "tab", "tab")
        assert live_screen(driver).stage.name == "subject"
        shown = driver.screen()
    for said in (
        "we wait for InfoSud",
        "due: tomorrow 18:00",
        "SLA 4 h left",
        "████",
        "call them",
        "they promised it for noon",
    ):
        assert said in shown
