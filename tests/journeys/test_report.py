"""A month closed by key, its report read and sent after a look at what leaves, and opened again with the reason."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from cockpit import locale
from cockpit.domain.dataclasses import replace
from cockpit.domain.documents.month import ReportMonth
from cockpit.domain.records.record import Value
from cockpit.domain.registers import REGISTERS
from cockpit.domain.settings import Channel
from cockpit.services.desk.workspace import Workspace
from cockpit.services.documents.report import closing
from cockpit.store.outside import outbox
from tests.conftest import TickingClock
from tests.journeys.conftest import SIZES, Drive, Driver, in_each_window

OCTOBER = ReportMonth(date(2026, 10, 1))


@pytest.fixture
def company(workspace: Workspace, clock: TickingClock) -> Workspace:
    """Kept since September, with an invoice of October and a channel that reaches people."""
    now = clock.at
    clock.at = datetime(2026, 9, 1, 8, tzinfo=UTC)
    function = workspace.add(REGISTERS["function"], {"name": "Payroll"})
    clock.at = now
    values: dict[str, Value] = {
        "name": "October",
        "month": date(2026, 10, 31),
        "function": function,
        "amount": 105_000,
    }
    workspace.add(REGISTERS["cost"], values)
    team = Channel(key="team", name="Team", kind="webhook", url="https://hooks.example/in", conf=1)
    workspace.settings = replace(workspace.settings, channels=(team,))
    return workspace


async def composed(driver: Driver) -> None:
    await driver.app.workers.wait_for_complete(
        [worker for worker in driver.app.workers if worker.group.startswith("documents")]
    )
    await driver.pilot.pause()


@in_each_window
async def test_a_month_is_read_closed_and_opened_again_by_keys(
    drive: Drive, company: Workspace, size: tuple[int, int], language: str
) -> None:
    locale.use(language)
    month = {"fr": "octobre 2026", "en": "October 2026"}[language]
    async with drive(size, company) as driver:
        await driver.press("f6")
        await composed(driver)
        await driver.press("end")
        assert {"fr": "peut être clos", "en": "can be closed"}[language] in driver.screen()
        await driver.press("x", *{"fr": "oui", "en": "yes"}[language], "enter")
        await driver.pilot.pause()
        assert closing.closing_of(company, OCTOBER) is not None
        assert month in driver.screen()
        await driver.press("x", *"forgotten", "enter")
        await driver.pilot.pause()
        assert closing.closing_of(company, OCTOBER) is None
        await driver.press("u")
        assert closing.closing_of(company, OCTOBER) is not None


@pytest.mark.parametrize("size", SIZES)
async def test_what_leaves_is_read_before_it_goes(
    drive: Drive, company: Workspace, size: tuple[int, int]
) -> None:
    async with drive(size, company) as driver:
        await driver.press("f6")
        await composed(driver)
        await driver.press("end", "e")
        await driver.pilot.pause()
        assert "Team" in driver.screen()
        await driver.press("enter")
        await driver.pilot.pause()
        assert "Consolidated report, October 2026" in driver.screen()
        assert not outbox.waiting(company.conn, "team", state=outbox.HELD)
        await driver.press("escape")
        await driver.pilot.pause()
        await driver.press("enter", "enter")
        await driver.pilot.pause()
        assert len(outbox.waiting(company.conn, "team", state=outbox.HELD)) == 1
