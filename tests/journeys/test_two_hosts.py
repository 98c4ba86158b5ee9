"""Another host, or a later version, takes the file of an open screen: told, and nothing is written wrongly."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest

from cockpit.services.desk import ground, workspace
from cockpit.services.desk.ground import DatabaseMoved
from cockpit.services.desk.workspace import Workspace
from cockpit.store.connection import SCHEMA_VERSION, connect
from cockpit.store.state import lease, memos
from tests.conftest import TickingClock
from tests.journeys.conftest import Drive
from tests.journeys.test_ground import add, opened, titles

__all__ = ["opened"]


async def test_what_is_typed_is_kept_when_a_later_version_changed_the_file(
    opened: Workspace, drive: Drive
) -> None:
    add(opened, "saved before")
    async with drive() as driver:
        await driver.press("b")
        await driver.type("half a thought")
        with closing(connect(opened.path)) as other:
            other.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
        await driver.press("enter")
        assert "not saved" in driver.screen()
        driver.app.beat()
        await driver.pilot.pause()
        assert "UPGRADED" in driver.screen()
        await driver.press("escape", "q")
    assert "half a thought" in ground.kept_drafts(opened.path).values()
    with closing(sqlite3.connect(opened.path)) as other:
        assert other.execute("SELECT count(*) FROM journal").fetchone()[0] == 1
        other.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
    assert titles(opened.path) == ["saved before"]


async def test_a_laptop_that_slept_finds_the_file_taken_and_goes_on_when_it_is_let_go(
    opened: Workspace, drive: Drive, clock: TickingClock
) -> None:
    add(opened, "saved before")
    async with drive() as driver:
        driver.app.beat()
        assert lease.read(opened.conn) is not None, "an open screen says so in the file"
        clock.forward(hours=1)
        with closing(connect(opened.path)) as other:
            at = clock().isoformat()
            theirs = {"host": "atelier", "machine": "0123", "pid": 7, "since": at, "renewed": at}
            memos.put(other, "lease", json.dumps(theirs))
            driver.app.beat()
            await driver.pilot.pause()
            assert "atelier" in driver.screen()
            with pytest.raises(DatabaseMoved, match="another machine"):
                add(opened, "too late")
            assert titles(opened.path) == ["saved before"]
            memos.put(other, "lease", "")
        driver.app.beat()
        await driver.pilot.pause()
        assert "atelier" not in driver.screen()
        add(opened, "again")
    assert titles(opened.path) == ["saved before", "again"]


def test_entries_keep_their_order_when_a_clock_goes_back(workspace: Workspace, clock: TickingClock) -> None:
    from cockpit.services.boards.board import board
    from cockpit.services.upkeep import seal

    add(workspace, "by a clock that is ahead")
    clock.at -= timedelta(minutes=5)
    add(workspace, "by one that is right")
    found = workspace.conn.execute("SELECT code FROM journal ORDER BY seq").fetchall()
    assert [row["code"] for row in found] == ["B-1", "B-2"]
    assert seal.check(workspace).holds
    clock.at -= timedelta(minutes=3)
    (told,) = [each for each in board(workspace).alerts.loud if each.kind == "clock_behind"]
    assert told.text().startswith("3 min from now")


async def test_a_screen_whose_program_was_replaced_says_so_and_writes_nothing_more(
    opened: Workspace, drive: Drive, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with drive() as driver:
        await driver.press("b")
        await driver.type("half a thought")
        # As after an upgrade: the file that the program was read from has another number.
        monkeypatch.setattr(workspace, "program_file", lambda: (1, 1))
        await driver.press("enter")
        assert "UPGRADED" in driver.screen() or "upgraded" in driver.screen()
        assert titles(opened.path) == []
        await driver.press("escape", "q")
    assert "half a thought" in ground.kept_drafts(opened.path).values()
