"""What goes wrong in the ordinary course of things is told in a sentence, and no typed word is lost."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest
from textual.drivers._writer_thread import WriterThread

from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.blocker import Blocker
from cockpit.domain.settings import AgendaSource, Settings
from cockpit.services.changes import edit
from cockpit.services.desk import ground
from cockpit.services.desk.workspace import Workspace
from cockpit.services.upkeep.sync import sync
from cockpit.services.work import capture, entry
from cockpit.ui.app import CockpitApp
from cockpit.ui.kit.background import Seal, verify_seal, why_failed
from cockpit.ui.widgets.entry_bar import EntryBar, EntryInput
from tests.conftest import TickingClock
from tests.journeys.conftest import Drive, Driver


def add(workspace: Workspace, line: str, kind: str = "blocker") -> str:
    return capture.save(workspace, kind, entry.understand(workspace, line))


def titles(workspace: Workspace) -> list[str]:
    return [blocker.title for blocker in workspace.select(Blocker, "blocker", "1 ORDER BY number")]


def test_a_sync_that_fails_says_why_and_not_only_what_to_do() -> None:
    said = "! 2 lines wait\na.db is busy with another process.\n→ try again in a moment"
    assert why_failed(said, 3) == "a.db is busy with another process."
    assert (why_failed("→ try again", 3), why_failed("", 3)) == ("→ try again", "3")


async def test_a_busy_database_is_told_and_the_line_can_be_sent_again(
    workspace: Workspace, drive: Drive
) -> None:
    with closing(sqlite3.connect(workspace.path, isolation_level=None)) as other:
        async with drive() as driver:
            workspace.conn.execute("PRAGMA busy_timeout = 10")
            await driver.press("b")
            await driver.type("VPN down")
            other.execute("BEGIN IMMEDIATE")
            await driver.press("enter")
            assert "the database is busy with another process" in driver.screen()
            assert "VPN down" in driver.screen()
            other.execute("ROLLBACK")
            await driver.press("enter")
    assert titles(workspace) == ["VPN down"]


async def test_what_is_typed_while_another_process_writes_is_a_draft_when_the_screen_ends(
    workspace: Workspace, drive: Drive, monkeypatch: pytest.MonkeyPatch
) -> None:
    # However slowly the keys come, nothing is kept of them before the bar is left.
    monkeypatch.setattr(EntryBar, "DRAFT_DELAY", 600.0)
    with closing(sqlite3.connect(workspace.path, isolation_level=None)) as other:
        async with drive() as driver:
            other.execute("BEGIN IMMEDIATE")
            await driver.press("b")
            await driver.type("half a thought")
            await driver.press("escape", "b")
            assert "half a thought" in driver.screen()
            other.execute("ROLLBACK")
    assert workspace.draft("new:blocker") == "half a thought"


async def test_a_record_that_somebody_unmade_meanwhile_is_told(workspace: Workspace, drive: Drive) -> None:
    add(workspace, "VPN down")
    async with drive() as driver:
        await driver.press("tab")
        workspace.undo()
        await driver.press("x")
        assert "is not there any more" in driver.screen()
        assert "VPN down" not in driver.screen()


async def test_a_text_left_as_it_was_offered_never_comes_back_over_a_later_change(
    workspace: Workspace, drive: Drive
) -> None:
    code = add(workspace, "old title")
    async with drive() as driver:
        await driver.press("tab", "enter", "enter", "escape")
        edit.edit(workspace, code, {"title": "new title"})
        driver.app.reload()
        await driver.press("enter", "enter")
    assert titles(workspace) == ["new title"]


async def test_enter_on_an_unchanged_field_changes_nothing(
    workspace: Workspace, drive: Drive, clock: TickingClock
) -> None:
    clock.forward(seconds=33)
    add(workspace, "VPN down sla:4ho")
    before = workspace.select(Blocker, "blocker")
    async with drive() as driver:
        await driver.press("tab", "enter")
        driver.app.screen.query_one("#fields").select("since")  # type: ignore[attr-defined]
        await driver.press("enter", "enter")
    assert workspace.select(Blocker, "blocker") == before


async def test_the_keys_stay_in_the_bar_when_the_mouse_wanders(workspace: Workspace, drive: Drive) -> None:
    add(workspace, "VPN down")
    async with drive() as driver:
        await driver.press("b")
        await driver.pilot.click("#blockers", offset=(5, 2))
        await driver.type("still typing")
        await driver.press("enter")
    assert titles(workspace) == ["VPN down", "still typing"]


async def test_several_lines_pasted_become_one(workspace: Workspace, drive: Drive) -> None:
    from textual import events

    async with drive() as driver:
        await driver.press("b")
        driver.app.screen.query_one("#entry-input").post_message(events.Paste("first\nsecond\r\nthird"))
        await driver.pilot.pause()
        await driver.press("enter")
    assert titles(workspace) == ["first second third"]


async def test_leaving_keeps_what_stands_in_the_bar(workspace: Workspace, drive: Drive) -> None:
    async with drive() as driver:
        await driver.press("b")
        await driver.type("unfinished")
        await driver.press("ctrl+q")
    assert workspace.draft("new:blocker") == "unfinished"


async def test_a_seal_that_could_not_be_verified_is_not_called_sound() -> None:
    assert await verify_seal(("false",)) == (Seal.UNKNOWN, 0)
    assert await verify_seal(("there-is-no-such-program",)) == (Seal.UNKNOWN, 0)


@pytest.mark.parametrize("key", ["x", "w", "p", "e", "g", "r"])
async def test_no_key_acts_without_a_record_under_the_cursor(
    workspace: Workspace, drive: Drive, key: str
) -> None:
    async with drive() as driver:
        await driver.press("tab", key)
        assert not driver.app.screen.asking  # type: ignore[attr-defined]
    assert workspace.conn.execute("SELECT count(*) FROM journal").fetchone()[0] == 0


async def test_an_agenda_that_cannot_be_read_is_told_and_opens_on_its_reason(
    tmp_path: Path, clock: TickingClock
) -> None:
    feed = tmp_path / "login.ics"
    feed.write_text("<html>please log in</html>")
    settings = Settings(me="Claire", agendas=(AgendaSource(key="mine", name="Mine", url=str(feed)),))
    workspace = Workspace.open(tmp_path / "a.db", settings, clock)
    await sync(workspace.conn, settings, now=clock)
    app = CockpitApp(workspace)
    async with app.run_test(size=(150, 45)) as pilot:
        driver = Driver(pilot, app)
        await driver.pilot.pause()
        assert "1 agenda not read" in driver.screen()
        await driver.press(*["shift+tab"] * 3, "enter")
        assert "a web page came instead of a calendar" in driver.screen()
    workspace.conn.close()


async def test_a_ritual_has_no_key_of_its_meetings(workspace: Workspace, drive: Drive) -> None:
    workspace.add(REGISTERS["ritual"], {"name": "Flash point", "rule": "mon-fri 11:45"})
    async with drive() as driver:
        await driver.press("tab", "tab", "tab")
        assert "held or not" in driver.screen()
        driver.app.open_code("RT-1")
        await driver.press("down")
        assert "RT-1" in driver.screen()
        assert "held or not" not in driver.screen()


async def test_on_a_full_disk_what_is_typed_is_kept_until_there_is_room(
    workspace: Workspace, drive: Drive
) -> None:
    async with drive() as driver:
        workspace.conn.execute("VACUUM")
        pages = workspace.conn.execute("PRAGMA page_count").fetchone()[0]
        workspace.conn.execute(f"PRAGMA max_page_count = {pages}")
        await driver.press("b")
        long = "router " * 9_000
        driver.app.screen.query_one(EntryInput).value = long
        await driver.press("enter")
        assert "full" in driver.screen()
        await driver.press("escape", "q")
    assert driver.app.unsaved == {}, "it stands beside the database"
    workspace.conn.execute("PRAGMA max_page_count = 1000000")
    again = Workspace.open(workspace.path, workspace.settings, workspace.clock)
    assert again.draft("new:blocker") == long


def test_where_nothing_beside_the_database_can_be_written_drafts_wait_elsewhere(tmp_path: Path) -> None:
    place = ground.leave_drafts(tmp_path / "not there" / "c.db", {"new:blocker": "VPN"})
    assert place is not None
    assert "VPN" in place.read_text()
    place.unlink()


async def test_lines_that_were_refused_are_offered_one_after_the_other_and_go_when_they_are_saved(
    workspace: Workspace, drive: Drive
) -> None:
    for line in ("VPN down", "Badge reader"):
        ground.leave_line(workspace.path, "new:blocker", line)
    workspace.conn = Workspace.open(workspace.path, workspace.settings, workspace.clock).conn
    async with drive() as driver:
        await driver.press("b")
        assert "VPN down" in driver.screen()
        await driver.press("enter", "b")
        assert "Badge reader" in driver.screen()
        await driver.press("escape", "b", "enter", "b")
        assert driver.app.screen.query_one(EntryInput).value == ""
    assert titles(workspace) == ["VPN down", "Badge reader"]


class DroppedLine:
    """A line to a terminal that takes nothing until it is back."""

    def __init__(self) -> None:
        self.back = threading.Event()
        self.taken = ""

    def write(self, text: str) -> None:
        self.back.wait(60)
        self.taken += text

    def flush(self) -> None:
        """Nothing waits here."""


async def test_a_screen_does_not_wait_for_a_line_that_dropped_and_is_drawn_anew_when_it_is_back(
    workspace: Workspace, drive: Drive
) -> None:
    line = DroppedLine()
    writer = WriterThread(line)  # type: ignore[arg-type]
    writer.start()
    async with drive() as driver:
        driver.app._driver._writer_thread = writer  # type: ignore[union-attr]
        for _piece in range(12):
            writer.write(".")
        await driver.press("b")
        await driver.type("half a thought")
        was_behind = driver.app._is_behind
        for _piece in range(40):
            # A bell, the shape of the mouse: Textual's own room would be full at the thirtieth.
            writer.write(".")
        await driver.press("enter")
        assert titles(workspace) == ["half a thought"], "it goes on"
        line.back.set()
        writer.stop()
        driver.app._catch_up()
        assert (was_behind, driver.app._is_behind) == (True, False)
    assert line.taken == "." * 52
