"""What waits for a yes, by keys: submitted from a record, answered in the review and in the queue."""

from __future__ import annotations

import pytest

from cockpit import locale
from cockpit.domain.dataclasses import replace
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.approval import Approval
from cockpit.services.approvals import submitting
from cockpit.services.approvals.submitting import Submission
from cockpit.services.desk.workspace import Workspace
from cockpit.services.work import capture, entry
from tests.journeys.conftest import Drive, Driver, in_each_window


@pytest.fixture
def workshop(workspace: Workspace) -> Workspace:
    """Claire decides what is bought; Ines submitted glue."""
    for name in ("Claire", "Ines", "Karim"):
        workspace.add(REGISTERS["person"], {"name": name})
    workspace.add(REGISTERS["circuit"], {"name": "All", "decider": "Claire", "deputy": "Karim"})
    ines = replace(workspace, settings=replace(workspace.settings, me="Ines"))
    submitting.submit(ines, Submission(entry.understand(ines, "Glue 90 €")))
    return workspace


async def _open_queue(driver: Driver) -> None:
    await driver.press("f3")
    for _view in range(6):
        await driver.press("semicolon")
    await driver.app.workers.wait_for_complete([w for w in driver.app.workers if w.group == "default"])
    await driver.pilot.pause()


def _only(workspace: Workspace, code: str = "AP-1") -> Approval:
    (found,) = workspace.select(Approval, "approval", "code = ?", (code,))
    return found


@in_each_window
async def test_one_key_each_in_the_queue(
    workshop: Workspace, drive: Drive, size: tuple[int, int], language: str
) -> None:
    locale.use(language)
    async with drive(size, workshop) as driver:
        await _open_queue(driver)
        assert "Glue 90" in driver.screen()
        await driver.press("p")
        await driver.answer("Which glue?")
        assert _only(workshop).state == "asked"
        assert "Which glue?" in driver.screen()
        await driver.press("a")
        assert _only(workshop).state == "asked", "its question waits first"
        await driver.press("u", "a")
        assert _only(workshop).state == "approved"
        await driver.press("u", "g")
        await driver.answer("Karim")
        assert workshop.names()[_only(workshop).approver] == "Karim"
        await driver.press("x")
        await driver.answer("Too much")
        assert (_only(workshop).state, _only(workshop).reason) == ("refused", "Too much"), (
            "who decides still may"
        )


async def test_a_record_is_submitted_by_one_key_and_its_page_says_so(
    workshop: Workspace, drive: Drive
) -> None:
    code = capture.save(workshop, "decision", entry.understand(workshop, "We buy the saw"))
    async with drive((150, 45), workshop) as driver:
        driver.app.open_code(code)
        await driver.pilot.pause()
        await driver.press("V", "enter")
        made = _only(workshop, "AP-2")
        assert (made.about, workshop.names()[made.approver]) == (code, "Karim"), "Claire submitted it herself"
        await driver.press("end")
        assert "AP-2" in driver.screen()


async def test_the_review_takes_the_yes_where_it_shows_the_question(
    workshop: Workspace, drive: Drive
) -> None:
    async with drive((80, 24), workshop) as driver:
        await driver.press("m")
        for _step in range(3):
            if "Waits for your yes" in driver.screen():
                break
            await driver.press("tab")
        assert "Glue 90" in driver.screen()
        await driver.press("a")
        assert _only(workshop).state == "approved"


async def test_the_kickoff_shows_what_waits_and_of_whom(workshop: Workspace, drive: Drive) -> None:
    async with drive((150, 45), workshop) as driver:
        await driver.press("k")
        shown = driver.screen()
        assert "Waits for a yes" in shown
        assert "Glue 90" in shown
