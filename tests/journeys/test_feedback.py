"""Feedback on an interface by keys, on the matrix and on its page; the other side is asked; trials and reports end."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cockpit import locale
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.feedback import INSIDE, OUTSIDE, Feedback
from cockpit.domain.registers.lesson import Lesson
from cockpit.domain.registers.report import Report
from cockpit.domain.registers.trial import Trial
from cockpit.services.desk.workspace import Workspace
from cockpit.ui.organisation.views import VIEWS
from tests.journeys.conftest import Drive, Driver, in_each_window


@pytest.fixture
def between(workspace: Workspace) -> Workspace:
    """Payroll and its provider, with one interface."""
    workspace.add(REGISTERS["function"], {"name": "Payroll"})
    workspace.add(REGISTERS["provider"], {"name": "Paie+"})
    workspace.add(REGISTERS["interface"], {"name": "Variables", "source": "FN-1", "target": "PR-1"})
    return workspace


async def _write(driver: Driver, text: str) -> None:
    await driver.type(text)
    await driver.press("enter")


async def _matrix(driver: Driver) -> None:
    """The view of interfaces, whichever comes first."""
    await driver.press("f3")
    for _view in VIEWS:
        if driver.app.screen.view_name != "interfaces":  # type: ignore[attr-defined]
            await driver.press("semicolon")
    await driver.app.workers.wait_for_complete([w for w in driver.app.workers if w.group == "default"])
    await driver.press("left")
    await driver.press("right")


@in_each_window
async def test_a_mark_is_given_on_the_matrix_and_shows_there(
    between: Workspace, drive: Drive, size: tuple[int, int], language: str
) -> None:
    locale.use(language)
    async with drive(size, between) as driver:
        await _matrix(driver)
        await driver.press("a")
        await _write(driver, "2 // nobody calls back")
        await driver.press("a")
        await _write(driver, ("eux" if language == "fr" else "them") + " 4")
        (ours, theirs) = between.select(Feedback, "feedback", "archived_at IS NULL ORDER BY number")
        assert (ours.side, ours.mark, ours.note) == (INSIDE, 2, "nobody calls back")
        assert (theirs.side, theirs.mark, theirs.given_by) == (OUTSIDE, 4, "PR-1")
        assert "?░2" in driver.screen()
        if size[0] >= 110:
            assert ("écart 2" if language == "fr" else "gap 2") in driver.screen()
        await driver.press("u", "u")
        assert not between.select(Feedback, "feedback", "archived_at IS NULL")


async def test_the_other_side_is_asked_in_a_letter_that_is_seen_first(
    between: Workspace, drive: Drive
) -> None:
    locale.use("en")
    async with drive((100, 30), between) as driver:
        await _matrix(driver)
        await driver.press("l")
        assert "How is it to work with us" in driver.screen()
        assert not between.select(Feedback, "feedback")
        await driver.press("c")
        (asked,) = between.select(Feedback, "feedback")
        assert (asked.side, asked.mark, asked.asked_on) == (OUTSIDE, None, between.today())


async def test_a_trial_that_is_over_gets_its_verdict_from_its_alert_and_leaves_a_lesson(
    workspace: Workspace, drive: Drive
) -> None:
    locale.use("en")
    workspace.add(REGISTERS["trial"], {"name": "Upload", "ends_on": workspace.today() - timedelta(days=2)})
    async with drive((100, 30), workspace) as driver:
        driver.app.open_code("TL-1")
        await driver.press("home")
        await driver.press("a")
        await _write(driver, "keep // half the time")
        (trial,) = workspace.select(Trial, "trial")
        assert (trial.verdict, trial.learned) == ("keep", "half the time")
        (lesson,) = workspace.select(Lesson, "lesson")
        assert (lesson.name, lesson.origin) == ("half the time", "TL-1")
        await driver.press("u")
        assert workspace.select(Trial, "trial")[0].verdict == "open"


async def test_a_report_that_came_is_noted_by_one_key(between: Workspace, drive: Drive) -> None:
    locale.use("en")
    between.add(REGISTERS["report"], {"name": "Hours", "source": "PR-1", "due": between.today()})
    async with drive((100, 30), between) as driver:
        driver.app.open_code("ER-1")
        await driver.press("home")
        await driver.press("l")
        assert "Hours" in driver.screen()
        await driver.press("c")
        assert between.select(Report, "report")[0].reminders == 1
        await driver.press("p")
        await driver.press(*"80", "percent_sign", "space", *"20m", "enter")
        (came,) = between.select(Report, "report")
        assert (came.completeness, came.spent_minutes, came.received_on) == (80, 20, between.today())
