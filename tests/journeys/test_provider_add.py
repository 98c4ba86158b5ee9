"""From two letters to a watched page, by keys, without the screen waiting for the network."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path

import pytest

from cockpit import locale
from cockpit.services.desk.workspace import Workspace
from cockpit.services.settings import load
from cockpit.ui.app import CockpitApp
from tests.journeys.conftest import SIZES, Driver
from tests.services.providers.test_provider_add import PAGE
from tests.sources.loopback import response, serving


async def at_providers(driver: Driver) -> None:
    """Their pane takes the keys, whichever panes stand before it."""
    driver.app.screen.query_one("#providers").focus()
    await driver.pilot.pause()


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_an_address_is_tried_and_written_with_its_chosen_parts(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async def answer(asked: str, _fields: dict[str, str], writer: asyncio.StreamWriter) -> None:
        known = asked == "/api/v2/summary.json"
        writer.write(response(json.dumps(PAGE).encode()) if known else response(b"", "404 Not Found"))

    locale.use("fr")
    path, db = tmp_path / "config.toml", tmp_path / "cockpit.db"
    path.write_text('me = "Claire"  # moi\n')
    workspace = Workspace.open(db, load.load(path), config_path=path)
    command = (sys.executable, "-P", "-m", "cockpit", "--lang", "fr", "--config", str(path), "--db", str(db))
    app = CockpitApp(workspace, command=command)
    async with serving(answer) as port, app.run_test(size=size) as pilot:
        driver = Driver(pilot, app)
        await at_providers(driver)
        await driver.press("a")
        app.screen.query_one("#entry-input").insert_text_at_cursor(f"http://127.0.0.1:{port}")  # type: ignore[attr-defined]
        await driver.press("enter")
        await tried(app, driver)
        assert "127.0.0.1" in driver.screen()
        await driver.press("enter")
        await tried(app, driver)
        assert "Acme" in driver.screen()
        await driver.press("end", "space", "home", "enter")
        (source,) = load.load(path).statuses
        assert (source.engine, source.components, source.internal) == ("statuspage", ("Site",), True)
        assert path.read_text().startswith('me = "Claire"  # moi\n')
        assert [line.name for line in app.board.outside.providers] == [source.name]
    workspace.conn.close()


async def tried(app: CockpitApp, driver: Driver) -> None:
    """Until the child process has answered."""
    await app.workers.wait_for_complete([w for w in app.workers if w.group == "try"])
    await driver.pilot.pause()


async def test_escape_writes_nothing_and_a_name_nobody_knows_is_told(workspace: Workspace) -> None:
    locale.use("fr")
    app = CockpitApp(workspace)
    async with app.run_test(size=SIZES[1]) as pilot:
        driver = Driver(pilot, app)
        await at_providers(driver)
        await driver.press("a")
        await driver.type("zzqx")
        await driver.press("enter")
        assert "zzqx" in driver.screen()
        await driver.press("escape", "a")
        assert "zzqx" in driver.screen(), "what was typed is still there"
