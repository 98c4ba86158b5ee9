"""An agenda and a status page that say that they have moved: one key takes the new address."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from cockpit import locale
from cockpit.services.desk.workspace import Workspace
from cockpit.services.settings import load
from cockpit.store.outside import sources
from cockpit.store.outside.sources import SourceState
from cockpit.ui.app import CockpitApp
from cockpit.ui.widgets.rows import Rows
from tests.journeys.conftest import SIZES, Driver
from tests.services.providers.test_provider_add import PAGE
from tests.sources.loopback import Answer, response, serving

FEED = response(b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", Content_Type="text/calendar")
CONFIG = """me = "Claire"  # moi

[[agenda]]
name = "Agenda"
url = "http://127.0.0.1:{old}/old.ics?token=t"
internal = true

[[status]]
name = "Acme"
url = "http://127.0.0.1:{old}"
internal = true
"""


def elsewhere(new: int) -> Answer:
    async def answer(path: str, _fields: Mapping[str, str], writer: asyncio.StreamWriter) -> None:
        location = f"http://localhost:{new}{path}"
        writer.write(response(b"", "301 Moved Permanently", Location=location))

    return answer


async def there(path: str, _fields: Mapping[str, str], writer: asyncio.StreamWriter) -> None:
    if path.startswith("/old.ics"):
        writer.write(FEED)
    elif path == "/api/v2/summary.json":
        writer.write(response(json.dumps(PAGE).encode()))
    else:
        writer.write(response(b"", "404 Not Found"))


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_the_key_that_the_alert_names_takes_the_new_address(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    locale.use("fr")
    path, db = tmp_path / "config.toml", tmp_path / "cockpit.db"
    async with serving(there) as new, serving(elsewhere(new)) as old:
        text = CONFIG.format(old=old)
        path.write_text(text)
        workspace = Workspace.open(db, load.load(path), config_path=path)
        for kind, key in (("agenda", "agenda"), ("status", "acme")):
            state = SourceState(
                kind=kind, key=key, fails=1, last_error="moved", last_failure="redirect", moved_to="localhost",  # type: ignore[arg-type]
            )  # fmt: skip
            sources.save_source_state(workspace.conn, state)
        command = (
            sys.executable, "-P", "-m", "cockpit", "--lang", "fr", "--config", str(path), "--db", str(db)
        )  # fmt: skip
        app = CockpitApp(workspace, command=command)
        app.sync.program = ()  # it would read both again meanwhile
        async with app.run_test(size=size) as pilot:
            driver = Driver(pilot, app)
            told = {each.kind: each.next({}, "Claire") for each in app.board.alerts.loud}
            assert "(h)" in told["agenda_moved"]
            assert "(h)" in told["moved"]
            await _to(driver, app, "alerts")
            first = await _take(driver, app)
            second = {"Acme": "Agenda", "Agenda": "Acme"}[first]
            # The other one where it is seen: in the day's agenda, or among the providers.
            await _to(driver, app, "today" if second == "Agenda" else "providers")
            assert await _take(driver, app) == second
        expected = text.replace(f"http://127.0.0.1:{old}/old", f"http://localhost:{new}/old")
        assert path.read_text() == expected.replace(f'"http://127.0.0.1:{old}"', f'"http://localhost:{new}/"')
        workspace.conn.close()


async def test_an_agenda_that_sends_elsewhere_is_taken_there_while_it_is_added(tmp_path: Path) -> None:
    path, db = tmp_path / "config.toml", tmp_path / "cockpit.db"
    async with serving(there) as new, serving(elsewhere(new)) as old:
        path.write_text('me = "Claire"\n')
        workspace = Workspace.open(db, load.load(path), config_path=path)
        command = (
            sys.executable, "-P", "-m", "cockpit", "--lang", "en", "--config", str(path), "--db", str(db)
        )  # fmt: skip
        app = CockpitApp(workspace, command=command)
        app.sync.program = ()
        async with app.run_test(size=(80, 24)) as pilot:
            driver = Driver(pilot, app)

            async def tried() -> str:
                await app.workers.wait_for_complete([each for each in app.workers if each.group == "try"])
                await pilot.pause()
                return driver.screen()

            await driver.press("R")
            rows = app.screen.query_one("#settings", Rows)
            rows.select("add:agenda")
            await driver.press("a")
            await driver.answer(f"http://127.0.0.1:{old}/old.ics?token=t")
            assert "allow this address of the local network" in await tried()
            await driver.press("enter")
            shown = await tried()
            assert "take its new address at localhost" in shown
            assert "h new address" in shown
            await driver.press("h")
            assert "write it into the configuration" in await tried()
            await driver.press("enter")
            await tried()
            (kept,) = app.workspace.settings.agendas
            assert kept.url == f"http://localhost:{new}/old.ics?token=t"
            assert kept.internal
        workspace.conn.close()


async def _take(driver: Driver, app: CockpitApp) -> str:
    """Take the address of what the cursor is on; its name, once that is told."""
    offered = {each.id: each for each in app.offered(app.screen.target())}  # type: ignore[attr-defined]
    assert offered["address.take"].keys == ("h",)
    await driver.press("h")
    await app.workers.wait_for_complete([each for each in app.workers if each.group == "move"])
    await driver.pilot.pause()
    name, _said, rest = app.told.partition("\u00a0» est lu chez ")
    assert rest == "localhost désormais", app.told
    return name.removeprefix("«\u00a0")


async def _to(driver: Driver, app: CockpitApp, pane: str) -> None:
    """Move to a pane by its own keys until it has the focus."""
    for _turn in range(12):
        if app.screen.focused is not None and app.screen.focused.id == pane:
            return
        await driver.press("tab")
    raise AssertionError(pane)
