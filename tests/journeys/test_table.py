"""The table of a register by keys: filter, sort, select, change several, undo, copy, archive with a replacement."""

from __future__ import annotations

import re

import pytest

from cockpit import locale
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.function import Function
from cockpit.domain.registers.person import Person
from cockpit.domain.registers.process import Process
from cockpit.services.desk.workspace import Workspace
from cockpit.services.records import find, history
from cockpit.ui.widgets.rows import Rows
from tests.journeys.conftest import Drive, Driver

TABLE_SIZES = ((150, 45), (80, 24))


@pytest.fixture
def company(workspace: Workspace) -> Workspace:
    for name in ("Sophie", "Marc", "Élise"):
        workspace.add(REGISTERS["person"], {"name": name})
    for name, mode, level in (
        ("Payroll", "external", 4), ("IT", "external", 2), ("Direction", "internal", 3), ("Legal", "external", 1),
    ):  # fmt: skip
        workspace.add(REGISTERS["function"], {"name": name, "mode": mode, "criticality": level})
    workspace.add(REGISTERS["process"], {"name": "Pay", "function": "FN-1", "accountable": "PE-1"})
    workspace.add(
        REGISTERS["process"], {"name": "Backups", "function": "FN-2", "responsible": ("PE-1", "PE-2")}
    )
    return workspace


def names_shown(driver: Driver) -> list[str]:
    rows = driver.screen().replace("✓", " ").splitlines()
    cells = (re.search(r" {3}(Payroll|IT|Direction|Legal) {2}", line) for line in rows)
    return [cell[1] for cell in cells if cell]


@pytest.mark.parametrize("size", TABLE_SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_several_rows_are_found_changed_and_taken_back(
    company: Workspace, drive: Drive, size: tuple[int, int]
) -> None:
    async with drive(size) as driver:
        await driver.open_register("function")
        await driver.press("tab", "slash")
        await driver.type("mode:exter")
        assert names_shown(driver) == ["Payroll", "IT", "Legal"], "it filters as one types"
        assert "3 of 4" in driver.screen()
        await driver.press("enter", "T")
        await driver.type("crit")
        await driver.press("tab", "enter", "t")
        assert names_shown(driver) == ["Payroll", "IT", "Legal"]
        await driver.press("T", "enter")
        assert names_shown(driver) == ["Legal", "IT", "Payroll"], (
            "the same column again turns the order round"
        )
        await driver.press("home", "space", "space")
        assert "✓ 2 selected" in driver.screen()
        await driver.press("e")
        await driver.type("own")
        await driver.press("tab", "enter")
        await driver.type("eli")
        await driver.press("tab", "enter")
        owners = {each.name: each.owner for each in company.select(Function, "function")}
        assert owners == {"Payroll": "", "IT": "PE-3", "Direction": "", "Legal": "PE-3"}
        await driver.press("u")
        assert {each.owner for each in company.select(Function, "function")} == {""}
    async with drive(size) as driver:
        await driver.open_register("function")
        assert names_shown(driver) == ["Legal", "IT", "Payroll"], "it stays as it was left"
        assert "mode:exter" in driver.screen()
        await driver.press("tab", "slash", "ctrl+u")
        assert len(names_shown(driver)) == 4
        await driver.press("escape")
        assert len(names_shown(driver)) == 3, "what was only tried is over"


@pytest.mark.parametrize("size", TABLE_SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_columns_are_chosen_and_what_has_no_room_is_said(
    company: Workspace, drive: Drive, size: tuple[int, int]
) -> None:
    async with drive(size) as driver:
        await driver.open_register("function")
        assert ("columns cut (h)" in driver.screen()) == (size[0] == 80)
        await driver.press("tab", "h", "ctrl+u")
        await driver.type("criticality, own")
        await driver.press("tab", "enter")
        heading = next(line for line in driver.screen().splitlines() if "Criti" in line)
        assert heading.index("Name") < heading.index("Criti") < heading.index("Owner")
        await driver.press("h", "ctrl+u", "enter")
        assert "Mode" in driver.screen()


@pytest.mark.parametrize("size", TABLE_SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_a_copy_then_an_archive_that_hands_every_reference_on(
    company: Workspace, drive: Drive, size: tuple[int, int]
) -> None:
    async with drive(size) as driver:
        await driver.open_register("person")
        await driver.press("tab", "home", "j")
        await driver.press("enter")
        assert "PE-1 has this name already" in driver.screen()
        await driver.type(" Martin")
        await driver.press("enter")
        made = company.select(Person, "person", "code = 'PE-4'")[0]
        assert made.name == "Sophie Martin"
        assert history.history(company, REGISTERS["person"], made)[0].what.endswith("← PE-1")
        await driver.press("home", "delete")
        assert "used by PS-1, PS-2" in driver.screen()
        await driver.type("marc")
        assert "Marc in 2 records" in driver.screen()
        await driver.press("enter")
        pay, backups = company.select(Process, "process", "1 ORDER BY number")
        assert (pay.accountable, backups.responsible) == ("PE-2", ("PE-2",))
        assert find.find(company, "PE-1")[1].archived_at is not None
        await driver.press("u")
        pay, backups = company.select(Process, "process", "1 ORDER BY number")
        assert (pay.accountable, backups.responsible) == ("PE-1", ("PE-1", "PE-2"))
        assert find.find(company, "PE-1")[1].archived_at is None
        await driver.press("home", "delete", "enter")
        assert find.find(company, "PE-1")[1].archived_at is not None, "an empty answer archives all the same"
        await driver.press("a")
        assert "⊘ Sophie" in driver.screen()
        await driver.press("home", "z")
        assert find.find(company, "PE-1")[1].archived_at is None


async def test_what_is_archived_is_brought_back_before_it_is_changed(
    company: Workspace, drive: Drive
) -> None:
    async with drive() as driver:
        await driver.open_register("person")
        await driver.press("tab", "end", "delete", "a", "end", "e")
        assert "bring it back first (z)" in driver.screen()
        await driver.press("space", "home", "e")
        assert "bring it back first (z)" in driver.screen(), "the selection counts, not the cursor"
        await driver.press("space", "e")
        assert "which field" in driver.screen()


async def test_a_selection_is_archived_as_one(company: Workspace, drive: Drive) -> None:
    async with drive() as driver:
        await driver.open_register("function")
        await driver.press("tab", "asterisk", "delete", "enter")
        assert company.select(Function, "function", "archived_at IS NULL") == ()
        await driver.press("u")
        assert len(company.select(Function, "function", "archived_at IS NULL")) == 4


@pytest.mark.parametrize("language", ["fr", "en"])
async def test_a_function_that_leaves_the_house_asks_why(
    company: Workspace, drive: Drive, language: str
) -> None:
    locale.use(language)
    async with drive((80, 24)) as driver:
        driver.app.open_code("FN-3")
        await driver.pilot.pause()
        await driver.press("home", "down", "down", "enter", "ctrl+u")
        await driver.type("exter")
        await driver.press("enter")
        assert company.select(Function, "function", "code = 'FN-3'")[0].mode == "internal"
        assert re.search(r"FN-3 ?: ", driver.screen()), "what is missing is said"
        await driver.press("enter")
        assert company.select(Function, "function", "code = 'FN-3'")[0].mode == "internal", (
            "it wants a reason"
        )
        await driver.type("Our director retires")
        await driver.press("enter")
        (found,) = company.select(Function, "function", "code = 'FN-3'")
        assert found.mode == "external"
        told = history.history(company, REGISTERS["function"], found)[0].what
        assert "Our director retires" in told


async def test_a_wrong_value_is_told_while_it_is_typed(company: Workspace, drive: Drive) -> None:
    company.add(REGISTERS["access"], {"name": "Bank", "holder": "PE-1"})
    async with drive() as driver:
        driver.app.open_code("AC-1")
        await driver.pilot.pause()
        await driver.press("D")
        assert driver.app.screen.query_one("#fields", Rows).select("vault")
        await driver.press("enter")
        await driver.type("mdp:soleil")
        assert "never the secret" in driver.screen()
        await driver.press("enter")
        assert getattr(find.find(company, "AC-1")[1], "vault", "") == ""
        await driver.press("escape")
        kept = company.conn.execute("SELECT count(*) FROM draft WHERE text LIKE '%soleil%'").fetchone()[0]
        assert kept == 0, "what looks like a secret is kept nowhere"
