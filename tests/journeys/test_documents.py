"""Place 6 by keys: the manual is read, what it lacks is completed, and it is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from cockpit import locale
from cockpit.domain.dataclasses import replace
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.process import Process
from cockpit.services.desk.workspace import Workspace
from tests.journeys.conftest import SIZES, Drive, Driver, in_each_window


@pytest.fixture
def company(workspace: Workspace, tmp_path: Path) -> Workspace:
    """A function with a key process that nobody signed."""
    documents = replace(workspace.settings.documents, folder=str(tmp_path / "drive"))
    workspace.settings = replace(workspace.settings, documents=documents)
    person = workspace.add(REGISTERS["person"], {"name": "Claire", "contact": "claire@mistral.example"})
    function = workspace.add(REGISTERS["function"], {"name": "Payroll", "owner": person})
    workspace.add(
        REGISTERS["process"],
        {"name": "Pay the salaries", "function": function, "core_value": True, "accountable": person,
         "responsible": (person,), "steps": "Count\nPay"},
    )  # fmt: skip
    return workspace


async def _composed(driver: Driver) -> None:
    await driver.app.workers.wait_for_complete(
        [worker for worker in driver.app.workers if worker.group.startswith("documents")]
    )
    await driver.pilot.pause()


@in_each_window
async def test_the_manual_is_read_chapter_by_chapter(
    drive: Drive, company: Workspace, size: tuple[int, int], language: str
) -> None:
    locale.use(language)
    async with drive(size, company) as driver:
        await driver.press("f6")
        await _composed(driver)
        title = {"fr": "Manuel d’administration", "en": "Administration manual"}[language]
        assert title in driver.screen()
        assert {"fr": "jamais écrit", "en": "never written"}[language] in driver.screen()
        await driver.press("enter")
        await _composed(driver)
        await driver.press("down")
        await _composed(driver)
        assert {"fr": "À quoi elle sert", "en": "What it is for"}[language] in driver.screen()
        await driver.press("tab", "pagedown", "pagedown", "escape")
        assert title in driver.screen()


async def test_a_document_that_was_read_is_there_in_the_language_that_was_chosen_since(
    drive: Drive, company: Workspace
) -> None:
    async with drive(on=company) as driver:
        for language, words in (("fr", "À quoi elle sert"), ("en", "What it is for")):
            locale.use(language)
            await driver.press("f6", "enter")
            await _composed(driver)
            await driver.press("down")
            await _composed(driver)
            assert words in driver.screen()
            await driver.press("escape")


@pytest.mark.parametrize("size", SIZES)
async def test_what_is_lacking_is_opened_signed_and_gone(
    drive: Drive, company: Workspace, size: tuple[int, int]
) -> None:
    async with drive(size, company) as driver:
        await driver.press("f6", "g")
        await _composed(driver)
        assert "signature on Pay the salaries" in driver.screen()
        while "signature" not in driver.app.screen.query_one("#gaps").selected.data.left[1].text:  # type: ignore[attr-defined]
            await driver.press("down")
        await driver.press("enter", "S")
        (process,) = company.select(Process, "process")
        assert process.signed_at is not None
        assert "PS-1 signed for a year" in driver.screen()
        await driver.press("escape")
        await _composed(driver)
        assert "signature on Pay the salaries" not in driver.screen()


async def test_one_key_writes_it_where_the_configuration_says(
    drive: Drive, company: Workspace, tmp_path: Path
) -> None:
    async with drive((100, 30), company) as driver:
        await driver.press("f6", "w")
        await _composed(driver)
        assert (tmp_path / "drive" / "manual" / "payroll.md").is_file()
        assert "nothing changed since" in driver.screen()
        company.add(REGISTERS["function"], {"name": "IT"})
        await driver.app.run_action("do('go.cockpit')")
        await driver.press("f6")
        driver.app.reload()
        await _composed(driver)
        assert "1 change since" in driver.screen()


async def test_a_company_of_which_nothing_is_known_is_told_what_documents_are_for(
    drive: Drive, workspace: Workspace
) -> None:
    async with drive((80, 24), workspace) as driver:
        await driver.press("f6")
        await _composed(driver)
        assert "How each function works" in driver.screen()
        await driver.press("enter")
        await _composed(driver)
        await driver.press("escape", "o")
        assert "not written here yet" in driver.screen()


async def test_one_key_says_where_the_document_of_a_record_is(drive: Drive, company: Workspace) -> None:
    code = company.add(
        REGISTERS["document"], {"name": "Pay guide", "process": "PS-1", "link": "Manual/Pay.md"}
    )
    async with drive((100, 30), company) as driver:
        driver.app.open_code(code)
        await driver.pilot.pause()
        await driver.press("O")
        assert "Manual/Pay.md" in driver.screen()
