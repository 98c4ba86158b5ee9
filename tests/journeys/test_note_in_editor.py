"""A long note in the editor that the person chose: the terminal is lent, and no text is lost."""

from __future__ import annotations

from dataclasses import replace

import pytest
from textual.drivers.headless_driver import HeadlessDriver

from cockpit.domain.registers.blocker import Blocker
from cockpit.services.changes import edit
from cockpit.services.desk import editor
from cockpit.services.desk.workspace import Workspace
from cockpit.services.work import capture, entry
from cockpit.ui.widgets.rows import Rows
from tests.journeys.conftest import Drive, Driver


@pytest.fixture
def company(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """One blocker; a terminal that can be lent, and an editor that adds a line."""
    capture.save(workspace, "blocker", entry.understand(workspace, "VPN down @InfoSud"))
    monkeypatch.setattr(HeadlessDriver, "can_suspend", True)
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", """sh -c 'printf "they call back\\n" >> "$0"'""")
    return workspace


def note(workspace: Workspace) -> str:
    (found,) = workspace.select(Blocker, "blocker")
    return found.note


async def opened(driver: Driver) -> None:
    """On the page of the blocker, all of its fields shown."""
    await driver.press("tab", "enter", "D")


async def test_a_note_is_written_in_the_editor_from_its_line_or_from_any_other(
    company: Workspace, drive: Drive
) -> None:
    async with drive() as driver:
        await opened(driver)
        await driver.press("N")
        assert note(company) == "they call back"
        assert driver.app.screen.query_one("#fields", Rows).select("note")
        await driver.press("e")
        assert note(company) == "they call back\nthey call back"
        await driver.press("u")
    assert note(company) == "they call back"
    assert not editor.file_for(company.path, "B-1", "note").exists()


async def test_what_stands_in_the_line_goes_on_in_the_editor(company: Workspace, drive: Drive) -> None:
    async with drive() as driver:
        await opened(driver)
        driver.app.screen.query_one("#fields", Rows).select("note")
        await driver.press("enter")
        await driver.type("first word")
        await driver.press("ctrl+t")
    assert note(company) == "first word\nthey call back"


async def test_an_editor_that_fails_or_is_absent_says_so(
    company: Workspace, drive: Drive, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with drive() as driver:
        await opened(driver)
        monkeypatch.setenv("EDITOR", "no-such-editor")
        await driver.press("N")
        assert "the editor no-such-editor cannot be started" in driver.screen()
        monkeypatch.delenv("EDITOR")
        await driver.press("N")
        assert "no editor is chosen" in driver.screen()
        monkeypatch.setattr(HeadlessDriver, "can_suspend", False)
        monkeypatch.setenv("EDITOR", "true")
        await driver.press("N")
        assert "this screen is no terminal" in driver.screen()
    assert note(company) == ""


async def test_a_note_that_somebody_else_wrote_meanwhile_is_told_and_mine_is_opened_again(
    company: Workspace, drive: Drive, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = editor.file_for(company.path, "B-1", "note")

    def theirs(_command: list[str], _path: object) -> None:
        other = Workspace.open(company.path, replace(company.settings, me="Sophie"), company.clock)
        edit.edit(other, "B-1", {"note": "theirs"})
        other.conn.close()
        path.write_text("mine\n", encoding="utf-8")

    async with drive() as driver:
        await opened(driver)
        with monkeypatch.context() as patched:
            patched.setattr(editor, "run", theirs)
            await driver.press("N")
        assert note(company) == "theirs"
        assert "Sophie wrote “theirs” meanwhile" in driver.screen()
        await driver.press("N")
    assert note(company) == "mine\nthey call back", "asked again, it is written over"
    assert not path.exists()
