"""The organisation by keys: what if a provider leaves, and a notice date that is found in time."""

from __future__ import annotations

import pytest

from cockpit import locale
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.continuity import Continuity
from cockpit.domain.registers.interface import Interface
from cockpit.domain.registers.risk import Risk
from cockpit.services.desk.workspace import Workspace
from cockpit.ui.organisation.views import VIEWS
from cockpit.ui.widgets.rows import Rows
from tests.conftest import TickingClock
from tests.journeys.conftest import SIZES, Drive, in_each_window
from tests.services.organisation.mapped import map_company

at_each_size = pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")


@pytest.fixture
def company(workspace: Workspace) -> Workspace:
    map_company(workspace)
    return workspace


def ready(count: int) -> str:
    """What the screen says of so many, where a space is a space."""
    return locale._("{n} ready").format(n=count).replace("\u00a0", " ")


@in_each_window
async def test_what_if_a_provider_leaves_until_something_is_ready(
    company: Workspace, drive: Drive, size: tuple[int, int], language: str
) -> None:
    locale.use(language)
    async with drive(size) as driver:
        await driver.press("f3", "w")
        await driver.type("pai")
        assert ready(2) in driver.screen(), "the answer stands before Enter"
        await driver.press("tab", "enter")
        before = driver.screen()
        assert locale._("If {name} leaves").format(name="Paie+") in before
        assert "AC-1" in before
        assert locale._("the only administrator") in before
        for _line in range(3):
            if "AC-1" in driver.app.screen.target().code:  # type: ignore[attr-defined]
                break
            await driver.press("down")
        await driver.press("enter")
        await driver.press("D")
        assert driver.app.screen.query_one("#fields", Rows).select("second_admin")
        await driver.press("enter")
        await driver.type("ines")
        await driver.press("enter", "escape")
        after = driver.screen()
        assert locale._("the only administrator") not in after
        assert ready(3) in after
        await driver.press("u")
        assert locale._("the only administrator") in driver.screen()


@in_each_window
async def test_a_notice_date_is_found_in_time(
    company: Workspace, drive: Drive, clock: TickingClock, size: tuple[int, int], language: str
) -> None:
    locale.use(language)
    async with drive(size) as driver:
        driver.app.action_do("org.contracts")
        await driver.app.workers.wait_for_complete()
        await driver.pilot.pause()
        shown = driver.screen()
        assert "Payroll 2026" in shown
        assert locale._("in {n} d").format(n=23) in shown
        await driver.press("tab")
        assert locale._("sure until {sure}; without notice, bound until {day}")[:8] in driver.screen()
        await driver.press("enter")
        assert "CT-1" in driver.screen()
        await driver.press("escape", "b")
        await driver.type("Notice for Paie+ pour:+20j")
        await driver.press("enter")
        assert "B-2" in driver.screen()


@at_each_size
async def test_every_view_is_reached_by_keys_and_has_room(
    company: Workspace, drive: Drive, size: tuple[int, int]
) -> None:
    async with drive(size) as driver:
        await driver.press("f3")
        seen = []
        for view in VIEWS.values():
            assert view.title in driver.screen()
            seen.append(driver.screen())
            await driver.press("semicolon")
        assert len(set(seen)) == len(VIEWS)
        assert driver.screen() == seen[0], "round again"
        await driver.press("f3")
        assert driver.screen() == seen[1], "the place's own key goes on too"
        await driver.press("comma")
        assert driver.screen() == seen[0]


async def test_the_matrix_opens_on_a_pair_and_an_exchange_is_noted_by_a_key(
    company: Workspace, drive: Drive
) -> None:
    async with drive((100, 30)) as driver:
        await driver.press("f3", "semicolon")
        assert "Paie+ → Payroll" in driver.screen() or "IT → InfoSud" in driver.screen()
        await driver.press("pageup", "home", "right")
        assert "Payroll → Paie+" in driver.screen(), "who receives nothing has no column"
        assert "Variables" in driver.screen()
        await driver.press("e")
        (flow,) = company.select(Interface, "interface", "code = 'IF-1'")
        assert flow.last_on == company.today()
        await driver.press("enter")
        shown = driver.screen()
        assert "Payroll ↔ Paie+" in shown
        assert "Payslips" in shown
        assert "Payroll 2026" in shown
        await driver.press("escape")
        assert "Variables" in driver.screen()


async def test_the_map_shows_the_flows_of_the_function_under_the_cursor(
    company: Workspace, drive: Drive
) -> None:
    async with drive((150, 45)) as driver:
        await driver.press("f3")
        assert "No flow of this function" in driver.screen(), "Sales comes first"
        await driver.press("right", "right")
        shown = driver.screen()
        assert "← Paie+ · Payslips" in shown
        assert "→ Paie+ · Variables · e-mail" in shown
        await driver.press("tab", "enter")
        assert "IF-2" in driver.screen()


async def test_what_is_created_begins_where_the_cursor_stands(company: Workspace, drive: Drive) -> None:
    async with drive((100, 30)) as driver:
        await driver.press("f3", "semicolon", "pageup", "home", "right", "right")
        assert "Payroll → InfoSud" in driver.screen()
        await driver.press("c")
        await driver.type("Leaves of staff")
        await driver.press("enter")
        (made,) = company.select(Interface, "interface", "name = 'Leaves of staff'")
        assert (made.source, made.target) == ("FN-1", "PR-2")
        await driver.press("escape", "semicolon", "pageup", "home", "c")
        await driver.type("Earthquake")
        await driver.press("enter")
        (risk,) = company.select(Risk, "risk", "name = 'Earthquake'")
        assert (risk.net_likelihood, risk.net_impact) == (5, 1)
        await driver.press("escape", "semicolon", "end", "c")
        await driver.type("Night shift")
        await driver.press("enter")
        (plan,) = company.select(Continuity, "continuity", "name = 'Night shift'")
        assert plan.function == "FN-2"


async def test_keys_pressed_quickly_are_each_counted(company: Workspace, drive: Drive) -> None:
    async with drive((100, 30)) as driver:
        await driver.press("f3")
        for _key in range(3):
            driver.app.action_do("view.next")
        await driver.app.workers.wait_for_complete()
        await driver.pilot.pause()
        assert "Would it be back in time?" in driver.screen()


async def test_the_bar_tells_nothing_of_rows_that_are_veiled(company: Workspace, drive: Drive) -> None:
    company.add(REGISTERS["person"], {"name": "Zorglub", "role": "Zorglub buyer", "conf": 3})
    async with drive((100, 30)) as driver:
        await driver.press("v")
        await driver.open_register("person")
        await driver.press("tab", "asterisk", "e")
        await driver.type("role")
        await driver.press("enter")
        assert "Zorglub" not in driver.screen()
        await driver.press("escape", "end", "j")
        assert "Zorglub" not in driver.screen()
