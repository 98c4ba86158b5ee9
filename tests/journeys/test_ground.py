"""The database removed or replaced under an open screen: noticed within a second, and nothing is lost."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path

import pytest

from cockpit.domain.registers import REGISTERS
from cockpit.services.desk import ground
from cockpit.services.desk.ground import DatabaseMoved
from cockpit.services.desk.workspace import Workspace
from cockpit.services.upkeep import backups
from cockpit.store.connection import Gone, backups_of, connect
from tests.journeys.conftest import SIZES, Drive


def add(workspace: Workspace, title: str) -> str:
    return workspace.add(REGISTERS["blocker"], {"title": title, "status": "open", "severity": "p2"})


def titles(path: Path) -> list[str]:
    with closing(connect(path)) as conn:
        return [row["title"] for row in conn.execute("SELECT title FROM blocker ORDER BY number")]


def remove(workspace: Workspace) -> None:
    for end in ("", "-wal", "-shm"):
        Path(f"{workspace.path}{end}").unlink(missing_ok=True)


@pytest.fixture
def opened(workspace: Workspace) -> Workspace:
    """A cockpit that was opened as the program does it, on the file of `workspace`."""
    workspace.conn.close()
    again = Workspace.open(workspace.path, workspace.settings, workspace.clock)
    workspace.conn, workspace._place = again.conn, again._place
    return workspace


def test_the_rest_of_a_draft_is_taken_in_and_another_text_stays(workspace: Workspace) -> None:
    workspace.keep_draft("new:blocker", "half a ")
    workspace.keep_draft("new:priority", "its own")
    ground.keep_drafts(workspace.path, {"new:blocker": "half a thought", "new:priority": "of before"})
    ground.take_in(workspace.conn, workspace.path, "2026-11-23T08:00:00+00:00")
    assert workspace.draft("new:blocker") == "half a thought"
    assert workspace.draft("new:priority") == "its own"
    workspace.keep_draft("new:priority", "")
    assert workspace.draft("new:priority") == "of before", "neither is lost, and each stands by itself"


@pytest.mark.parametrize("size", SIZES)
async def test_a_removed_file_is_told_and_what_was_saved_and_typed_is_kept(
    opened: Workspace, drive: Drive, size: tuple[int, int]
) -> None:
    add(opened, "saved before")
    async with drive(size) as driver:
        await driver.press("b")
        await driver.type("half a thought")
        remove(opened)
        driver.app.beat()
        await driver.pilot.pause()
        assert "REMOVED" in driver.screen()
        await driver.press("enter")
        assert "not saved" in driver.screen()
        await driver.press("escape", "q")
    (rescued,) = backups_of(opened.path)
    assert not opened.path.exists(), "nothing began a database of its own there"
    backups.restore(rescued, opened.path, opened.now())
    assert titles(opened.path) == ["saved before"]
    again = Workspace.open(opened.path, opened.settings, opened.clock)
    assert again.draft("new:blocker") == "half a thought"
    assert not ground.drafts_file(opened.path).exists()
    again.conn.close()


async def test_a_replaced_file_is_told_and_nothing_goes_to_the_other(
    opened: Workspace, drive: Drive, tmp_path: Path
) -> None:
    add(opened, "ours")
    other = tmp_path / "other.db"
    with closing(connect(other)):
        pass
    async with drive() as driver:
        backups.restore(other, opened.path, opened.now())
        await driver.press("tab", "x")
        assert "not saved" in driver.screen()
        driver.app.beat()
        await driver.pilot.pause()
        assert "REPLACED" in driver.screen()
    assert titles(opened.path) == []
    (rescued,) = backups_of(opened.path)
    assert titles(rescued) == ["ours"]


async def test_the_very_file_put_back_in_its_place_is_written_again(opened: Workspace, drive: Drive) -> None:
    add(opened, "one")
    aside = opened.path.with_name("aside.db")
    async with drive() as driver:
        os.rename(opened.path, aside)
        driver.app.beat()
        with pytest.raises(DatabaseMoved):
            add(opened, "two")
        os.rename(aside, opened.path)
        driver.app.beat()
        await driver.pilot.pause()
        assert "REMOVED" not in driver.screen()
        add(opened, "three")
    assert titles(opened.path) == ["one", "three"]


def test_every_change_is_refused_from_that_very_moment(opened: Workspace) -> None:
    add(opened, "one")
    remove(opened)
    for change in (lambda: add(opened, "two"), opened.undo, opened.redo):
        with pytest.raises(DatabaseMoved):
            change()
    with pytest.raises(Gone), opened.beside():
        pass
    with pytest.raises(Gone):
        opened.behind(1)
    assert not opened.path.exists()


def test_drafts_that_waited_never_come_over_newer_ones(opened: Workspace) -> None:
    opened.keep_draft("new:blocker", "newer")
    ground.keep_drafts(opened.path, {"new:blocker": "older", "new:decision": "waited"})
    again = Workspace.open(opened.path, opened.settings, opened.clock)
    assert (again.draft("new:blocker"), again.draft("new:decision")) == ("newer", "waited")
    again.keep_draft("new:blocker", "")
    assert again.draft("new:blocker") == "older"
    again.conn.close()


@pytest.mark.parametrize("content", ["", "[]", "{", '{"a": 1}'])
def test_a_file_of_drafts_that_is_none_does_not_keep_from_opening(opened: Workspace, content: str) -> None:
    ground.drafts_file(opened.path).write_text(content)
    again = Workspace.open(opened.path, opened.settings, opened.clock)
    again.conn.close()
    assert not ground.drafts_file(opened.path).exists()
