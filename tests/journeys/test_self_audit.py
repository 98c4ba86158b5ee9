"""The self-audit by keys, from nothing to the rows it leaves, at every size and in both languages; then audits."""

from __future__ import annotations

import json

import pytest

from cockpit import locale
from cockpit.domain.records.record import Value
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.audit import Audit
from cockpit.domain.registers.blocker import Blocker
from cockpit.domain.registers.continuity import Continuity
from cockpit.domain.registers.function import Function
from cockpit.domain.registers.level import Level
from cockpit.domain.registers.person import Person
from cockpit.domain.registers.priority import Priority
from cockpit.domain.registers.process import Process
from cockpit.domain.registers.provider import Provider
from cockpit.domain.registers.selfaudit import Selfaudit
from cockpit.domain.registers.step import Step
from cockpit.locale import _
from cockpit.services.audits import self_audit
from cockpit.services.desk.workspace import Workspace
from cockpit.services.work import capture, entry
from cockpit.store import records
from cockpit.ui.app import CockpitApp
from cockpit.ui.audits.guided import Guided
from tests.journeys.conftest import Drive, Driver, in_each_window

TABLES = ("function", "person", "provider", "process", "continuity", "selfaudit")


async def open_self_audit(driver: Driver) -> None:
    await driver.press("ctrl+p")
    await driver.type(_("self-audit"))
    await driver.press("enter")
    assert isinstance(driver.app.screen, Guided)


def on(driver: Driver, key: str) -> None:
    assert isinstance(driver.app.screen, Guided)
    assert driver.app.screen.shown_rows.select(key)


def cursor(driver: Driver) -> str:
    assert isinstance(driver.app.screen, Guided)
    return driver.app.screen.cursor_key


@in_each_window
async def test_from_nothing_to_a_first_map_that_one_undo_takes_back(
    workspace: Workspace, drive: Drive, size: tuple[int, int], language: str
) -> None:
    locale.use(language)
    async with drive(size) as driver:
        await open_self_audit(driver)
        assert cursor(driver) == "management"
        await driver.press("enter")
        await driver.answer("Claire")
        await driver.press("quotation_mark")
        for key in ("assistance", "finance", "legal", "sales", "production"):
            on(driver, key)
            await driver.press("space")
        on(driver, "hr")
        await driver.press("4", "c", "enter")
        await driver.answer("Sophie")
        on(driver, "it")
        await driver.press("m")
        await driver.press("a")
        await driver.answer("Quality")
        await driver.press("tab")
        assert cursor(driver) == "management/backup"
        await driver.press("o")
        await driver.answer("Sophie")
        await driver.press("n", "p", "i", "o", "y")
        assert cursor(driver) == "hr/provider", "the notice of what is done inside is not asked"
        await driver.press("enter")
        await driver.answer("Paie+")
        assert cursor(driver) == "hr/backup"
        await driver.press("n", "o", "n", "n", "n", "p", "o")
        await driver.press("tab")
        assert _("Zones of dependency, worst first") in driver.screen()
        assert records.count(workspace.conn, "function") == 0, "nothing is written before it is ended"
        on(driver, "end")
        await driver.press("enter")
        held = {table: records.count(workspace.conn, table) for table in TABLES}
        assert held == {
            "function": 4, "person": 2, "provider": 1, "process": 1, "continuity": 1, "selfaudit": 1,
        }  # fmt: skip
        await driver.press("u")
        assert {records.count(workspace.conn, table) for table in TABLES} == {0}
        assert cursor(driver) == "end", "it is there again, to be ended later"
        await driver.press("enter")
        assert isinstance(driver.app.screen, Guided)
        rows = driver.app.screen.shown_rows
        entries = [item.key for item in rows.items if item.key.startswith("next:")]
        assert len(entries) == 5
        on(driver, next(key for key in entries if key.startswith("next:process:")))
        await driver.press("enter", "enter")
        *_own, entered = workspace.select(Process, "process", "1 ORDER BY number")
    by_name = {each.name: each for each in workspace.select(Function, "function")}
    payroll = by_name[_("HR and payroll")]
    sophie = workspace.select(Person, "person", "name = 'Sophie'")[0]
    assert (payroll.mode, payroll.core_value, payroll.criticality) == ("external", True, 4)
    assert payroll.owner == sophie.code
    assert by_name[_("Management")].criticality == 3
    assert by_name[_("IT")].mode == "time_shared"
    assert [each.name for each in workspace.select(Provider, "provider")] == ["Paie+"]
    assert [each.backup for each in workspace.select(Continuity, "continuity")] == [sophie.code]
    assert entered.function in {each.code for each in by_name.values()}
    (record,) = workspace.select(Selfaudit, "selfaudit")
    said = {each["code"]: each["answers"] for each in json.loads(record.answers)["functions"]}
    assert said[payroll.code] == {
        "backup": "no", "written": "yes", "two_weeks": "no", "notice": "no", "access": "no",
        "decider": "partly", "cost": "yes",
    }  # fmt: skip


async def test_it_goes_on_at_the_same_question_after_escape_and_after_a_crash(
    workspace: Workspace, drive: Drive
) -> None:
    async with drive((100, 30)) as driver:
        await open_self_audit(driver)
        await driver.press("tab", "n", "o", "escape")
        assert not isinstance(driver.app.screen, Guided)
        await driver.press("escape")
        await open_self_audit(driver)
        assert cursor(driver) == "management/two_weeks"
        await driver.press("p", "i")
        # From here on nothing is written any more, as after kill -9.
        assert isinstance(driver.app.screen, Guided)
        driver.app.screen.over = True
    async with drive((80, 24)) as driver:
        await open_self_audit(driver)
        assert cursor(driver) == "management/decider"
    part = self_audit.begin(workspace).part("management")
    assert part is not None
    assert dict(part.answers) == {
        "backup": "no", "written": "yes", "two_weeks": "partly", "access": "unknown",
    }  # fmt: skip


async def test_behind_a_veil_nothing_is_asked(workspace: Workspace, drive: Drive) -> None:
    async with drive() as driver:
        await driver.press("v", "ctrl+p")
        await driver.type("self-audit")
        await driver.press("enter")
        assert not isinstance(driver.app.screen, Guided)
        assert "v lifts the veil" in driver.screen()


@pytest.fixture
def payroll(workspace: Workspace) -> Workspace:
    """Payroll, which Paie+ carries."""
    workspace.add(REGISTERS["provider"], {"name": "Paie+"})
    workspace.add(REGISTERS["function"], {"name": "Payroll", "mode": "external", "criticality": 4})
    contract: dict[str, Value] = {"name": "Payroll", "provider": "PR-1", "functions": ("FN-1",), "nda": True}
    workspace.add(REGISTERS["contract"], contract)
    workspace.add(REGISTERS["person"], {"name": "Julie"})
    return workspace


async def test_an_audit_with_two_actions(payroll: Workspace, drive: Drive) -> None:
    async with drive((100, 30)) as driver:
        await driver.open_register("function")
        await driver.press("enter", "A")
        assert cursor(driver) == "nda"
        assert "CT-1  yes" in driver.screen(), "what the contract says is answered"
        await driver.press("down", "n", "p", "escape", "A")
        assert cursor(driver) == "accesses", "it goes on where it was left"
        on(driver, "plan")
        await driver.press("n", "n", "n", "tab")
        assert "in danger" in driver.screen()
        await driver.press("a")
        await driver.type("Write the plan")
        await driver.press("enter")
        assert "an action has a date" in driver.screen()
        await driver.type(" due:friday owner:Julie")
        await driver.press("enter", "a")
        await driver.type("Sign the DPA due:+3w")
        await driver.press("enter", "a")
        await driver.type("No due:+1d")
        await driver.press("enter")
        on(driver, "action:2")
        await driver.press("x")
        on(driver, "verdict")
        await driver.press("enter")
        on(driver, "end")
        await driver.press("enter")
        assert "AU-1" in driver.screen()
        assert "Write the plan" in driver.screen(), "the page of the audit lists its actions"
    (made,) = payroll.select(Audit, "audit")
    plan, sign = payroll.select(Priority, "priority", "1 ORDER BY number")
    assert (made.function, made.provider, made.verdict) == ("FN-1", "PR-1", "sound")
    assert (plan.origin, plan.owner, plan.function) == ("AU-1", "PE-1", "FN-1")
    assert sign.title == "Sign the DPA"
    assert json.loads(made.answers) | {"nda": "yes", "dpa": "no", "plan": "no"} == json.loads(made.answers)


async def test_the_level_of_a_function_from_the_palette(payroll: Workspace, drive: Drive) -> None:
    async with drive((100, 30)) as driver:
        await driver.press("ctrl+p")
        await driver.type("right level")
        await driver.press("enter", "enter")
        assert cursor(driver) == "value"
        await driver.press("2", "ampersand", "enter")
        await driver.answer("12000")
        await driver.press("enter")
        await driver.answer("10000")
        await driver.press("o", "tab")
        assert "in-house: 120 %" in driver.screen()
        on(driver, "end")
        await driver.press("enter")
    (made,) = payroll.select(Level, "level")
    assert (made.core_value, made.skill, made.full_cost, made.verdict) == (2, 1, 1_200_000, "change")


async def test_a_handover_is_begun_on_a_person_and_its_steps_are_ticked_off(
    payroll: Workspace, drive: Drive
) -> None:
    async with drive((100, 30)) as driver:
        await driver.open_register("person")
        await driver.press("enter", "p", "enter")
        await driver.answer("+4w")
        await driver.press("enter")
        assert "Departure of Julie" in driver.screen()
        rows = driver.app.screen.query_one("#fields")
        assert rows.select("related:1")  # type: ignore[attr-defined]
        await driver.press("x")
        assert "1/10 done" in driver.screen()
        done = payroll.select(Step, "step", "done_on IS NOT NULL")
        assert [each.done_on for each in done] == [payroll.today()]
        await driver.press("u")
        assert "0/10 done" in driver.screen()


async def test_the_shell_opens_the_screen_on_it(workspace: Workspace) -> None:
    app = CockpitApp(workspace, first="selfaudit")
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        assert isinstance(app.screen, Guided)


async def test_undo_in_a_form_takes_back_its_answers_and_nothing_else(
    workspace: Workspace, drive: Drive
) -> None:
    capture.save(workspace, "blocker", entry.understand(workspace, "VPN is down"))
    async with drive((100, 30)) as driver:
        await driver.press("f3", "t")
        await driver.press("c", "4", "u", "u")
        assert "the last answer is taken back" in driver.screen()
        progress = self_audit.begin(workspace)
        assert (progress.parts[0].core, progress.parts[0].criticality) == (True, 3), "as it was proposed"
        await driver.press("u")
        assert "nothing to take back here" in driver.screen()
        assert workspace.select(Blocker, "blocker"), "what was written elsewhere stands"
        await driver.press("escape", "u")
        assert not workspace.select(Blocker, "blocker")
