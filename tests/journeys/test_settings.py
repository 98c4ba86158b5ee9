"""The settings are seen and changed by keys, and what is written elsewhere is taken up by an open screen."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, cast

import pytest

from cockpit import locale
from cockpit.services.desk.now import Clock
from cockpit.services.desk.workspace import Workspace
from cockpit.services.settings import load
from cockpit.ui.app import CockpitApp
from cockpit.ui.widgets.entry_bar import EntryInput
from cockpit.ui.widgets.rows import Rows
from tests.journeys.conftest import SIZES, Driver

CONFIG = """\
# Ours
me = "Zoé"  # moi

[company]
name = "Boulangerie"
"""
FEED = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nX-WR-CALNAME:Claire\r\nBEGIN:VEVENT\r\nUID:1\r\n"
    "DTSTART:20261124T080000Z\r\nDTEND:20261124T090000Z\r\nSUMMARY:Banque\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


def opened(tmp_path: Path, clock: Clock) -> CockpitApp:
    path = tmp_path / "config.toml"
    path.write_text(CONFIG, encoding="utf-8")
    (tmp_path / "a.ics").write_text(FEED, encoding="utf-8")
    workspace = Workspace.open(tmp_path / "cockpit.db", load.load(path), clock, config_path=path)
    command = (sys.executable, "-P", "-m", "cockpit", "--config", str(path), "--db", str(workspace.path),
               "--now", "2026-11-23T08:42", "--lang", locale.current())  # fmt: skip
    app = CockpitApp(workspace, command=command)
    app.sync.program = ()  # it would read what is added meanwhile
    return app


async def on(driver: Driver, key: str) -> None:
    """Put the cursor on a setting."""
    rows = driver.app.screen.query_one("#settings", Rows)
    assert rows.select(key), [item.key for item in rows.items]
    await driver.pilot.pause()


async def two_seconds(driver: Driver) -> None:
    """What is written is taken up once it stands still."""
    driver.app.beat()
    driver.app.beat()
    await driver.pilot.pause()


def value_of(driver: Driver, key: str) -> tuple[str, str]:
    """What a row says, and where from."""
    rows = driver.app.screen.query_one("#settings", Rows)
    row = next(item.data for item in rows.items if item.key == key)
    return row.value, row.right


@pytest.mark.parametrize(("size", "language"), zip(SIZES, ("fr", "en", "fr"), strict=True), ids=str)
async def test_what_is_typed_is_judged_written_and_taken_back(
    tmp_path: Path, clock: Clock, size: tuple[int, int], language: str
) -> None:
    locale.use(language)
    app = opened(tmp_path, clock)
    path = tmp_path / "config.toml"
    async with app.run_test(size=size) as pilot:
        driver = Driver(pilot, app)
        await driver.press("R")
        assert "Boulangerie" in driver.screen()
        # A value is judged while it is typed, with what to write instead.
        await on(driver, "company.timezone")
        await driver.press("enter")
        await driver.answer("Paris")
        assert "Europe/Paris" in driver.screen()
        await driver.answer("Europe/Brussels")
        assert load.load(path).company.timezone == "Europe/Brussels"
        assert app.workspace.zone.key == "Europe/Brussels"
        assert value_of(driver, "company.timezone")[1] in ("line 6", "ligne 6")
        # A wall of days says what the hours mean.
        await on(driver, "company.hours")
        await driver.press("enter")
        await driver.answer("24x7")
        rows = driver.app.screen.query_one("#settings", Rows)
        days = [item.data.value for item in rows.items if item.key.startswith("day:")]
        assert days == ["00:00-24:00"]
        await driver.press("u", "u")
        assert path.read_text(encoding="utf-8") == CONFIG
        await driver.press("U")
        assert app.workspace.settings.company.timezone == "Europe/Brussels"
        await on(driver, "company.timezone")
        await driver.press("delete")
        assert path.read_text(encoding="utf-8") == CONFIG
    app.workspace.conn.close()


async def test_agendas_and_channels_are_added_and_taken_out_from_the_screen(
    tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    app = opened(tmp_path, clock)
    path = tmp_path / "config.toml"
    async with app.run_test(size=(80, 24)) as pilot:
        driver = Driver(pilot, app)
        await driver.press("R")
        # An agenda is read once, told and written; its address would be masked.
        await on(driver, "add:agenda")
        await driver.press("a")
        await driver.answer("a.ics")
        await app.workers.wait_for_complete([each for each in app.workers if each.group == "try"])
        await pilot.pause()
        assert "Banque" in driver.screen()
        await driver.press("enter")
        assert [each.name for each in app.workspace.settings.agendas] == ["Claire"]
        # What a channel needs is asked for as its kind wants it.
        await on(driver, "add:channel")
        await driver.press("a")
        for text in ("Team", "slack", "env:SLACK"):
            await driver.answer(text)
        assert [(each.kind, each.url) for each in app.workspace.settings.channels] == [("slack", "env:SLACK")]
        await on(driver, "channel.team")
        await driver.press("delete")
        assert not app.workspace.settings.channels
        await driver.press("u", "u", "u")
        assert path.read_text(encoding="utf-8") == CONFIG
    app.workspace.conn.close()


async def test_what_a_shell_or_an_editor_writes_is_taken_up_and_what_is_wrong_leaves_all_as_it_was(
    tmp_path: Path, clock: Clock
) -> None:
    app = opened(tmp_path, clock)
    path = tmp_path / "config.toml"
    async with app.run_test(size=(150, 45)) as pilot:
        driver = Driver(pilot, app)
        await driver.press("R")
        path.write_text(
            CONFIG.replace("Boulangerie", "Au bon pain") + '\n[[agenda]]\nname = "B"\nurl = "b.ics"\n'
        )
        await two_seconds(driver)
        await pilot.pause()
        assert "Au bon pain" in driver.screen()
        assert [each.name for each in app.workspace.settings.agendas] == ["B"]
        path.write_text(CONFIG + 'timezone = "Paris"\n')
        await two_seconds(driver)
        await pilot.pause()
        assert "config.toml:6" in app.standing_note
        assert app.workspace.settings.company.name == "Au bon pain"
        # What is typed meanwhile is not written over what is wrong.
        await on(driver, "me")
        await driver.press("enter")
        await driver.answer("Sophie")
        assert "Paris" in path.read_text()
        assert "Sophie" not in path.read_text()
        await driver.press("escape")
        path.write_text(CONFIG + '\n[keys]\n"work.done" = "tab"\n')
        await two_seconds(driver)
        assert "keys.work.done" in app.standing_note
        path.write_text(CONFIG)
        await two_seconds(driver)
        await pilot.pause()
        assert app.standing_note == ""
        assert app.workspace.settings.company.name == "Boulangerie"
        # Somebody else writes it while it is typed here, and the list behind the bar shows it at once.
        await on(driver, "company.name")
        await driver.press("enter")
        await driver.type(" SAS")
        path.write_text(CONFIG.replace("Boulangerie", "Au bon pain"))
        await two_seconds(driver)
        await driver.press("enter")
        assert "company.name was changed meanwhile" in driver.screen()
        assert "Au bon pain" in path.read_text()
        await driver.press("enter")
        assert "SAS" in path.read_text(), "told once, then written over it"
    app.workspace.conn.close()


async def test_what_is_for_the_chief_executive_alone_is_not_shown_while_the_screen_is_shared(
    tmp_path: Path, clock: Clock
) -> None:
    app = opened(tmp_path, clock)
    path = tmp_path / "config.toml"
    path.write_text(CONFIG + '\n[[date]]\nname = "Tell them"\nphase = "sale"\nahead = "2m"\n')
    app.workspace.follow(load.load(path))
    async with app.run_test(size=(150, 45)) as pilot:
        driver = Driver(pilot, app)
        await driver.press("R")
        assert value_of(driver, "date.tell-them")[0]
        app.workspace.draw_veil(2)
        app.reload()
        await pilot.pause()
        rows = app.screen.query_one("#settings", Rows)
        assert not [item.key for item in rows.items if "date" in item.key]
        app.workspace.lift_veil()
    app.workspace.conn.close()


async def test_a_password_is_not_seen_while_it_is_typed_and_no_draft_of_it_is_kept(
    tmp_path: Path, clock: Clock
) -> None:
    app = opened(tmp_path, clock)
    async with app.run_test(size=(100, 30)) as pilot:
        driver = Driver(pilot, app)
        await driver.press("R")
        await on(driver, "inbox.secret")
        await driver.press("enter")
        await driver.type("hunter2")
        assert "hunter2" not in driver.screen()
        assert "keyring:cockpit-inbox" in driver.screen()
        cast(Any, app.screen.query_one(EntryInput)).bar.leave()
        await pilot.pause()
        assert app.unsaved == {}
        assert "hunter2" not in (tmp_path / "cockpit.db").read_bytes().decode("latin-1")
    app.workspace.conn.close()
