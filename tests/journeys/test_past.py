"""The screen shows the cockpit as it stood, marked as such, and comes back to now."""

from __future__ import annotations

from datetime import UTC, datetime

from cockpit import locale
from cockpit.services.desk.workspace import Workspace
from cockpit.services.work import capture
from cockpit.services.work.entry import understand
from cockpit.store import journal
from cockpit.ui.kit.place import Place
from tests.conftest import TickingClock
from tests.journeys.conftest import Drive, in_each_window


@in_each_window
async def test_a_moment_is_asked_for_shown_and_left(
    kerlann: Workspace, clock: TickingClock, drive: Drive, size: tuple[int, int], language: str
) -> None:
    locale.use(language)
    clock.at = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
    capture.save(kerlann, "blocker", understand(kerlann, "Zeppelin en panne p1"))
    head = journal.head(kerlann.conn)
    async with drive(size, kerlann) as driver:
        await driver.press("é")
        assert "Zeppelin" in driver.screen()
        await driver.press("f10")
        await driver.type("2026-11-23")
        await driver.press("enter")
        assert "Zeppelin" not in driver.screen()
        mark = "TEL QU’IL ÉTAIT" if language == "fr" else "AS IT STOOD"
        assert mark in driver.screen()
        assert ("tels qu’on les connaît" if language == "fr" else "as they are known now") in driver.screen()
        await driver.press("b")
        assert isinstance(driver.app.screen, Place)
        assert not driver.app.screen.asking
        await driver.press("f5", "f1", "ctrl+left")
        assert driver.app.workspace.stands_at is not None
        assert f"{driver.app.workspace.stands_at:%d}" == "22"
        copy = driver.app.workspace.path
        await driver.press("ctrl+right", "ctrl+right")
        assert not copy.exists()
        assert driver.app.workspace is kerlann
        assert "Zeppelin" in driver.screen()
        assert mark not in driver.screen()
    assert journal.head(kerlann.conn) == head


async def test_now_stands_still_whatever_others_write(
    kerlann: Workspace, clock: TickingClock, drive: Drive
) -> None:
    async with drive((150, 45), kerlann) as driver:
        await driver.press("f10")
        await driver.type("now")
        await driver.press("enter")
        with kerlann.beside() as other:
            capture.save(other, "blocker", understand(other, "Zeppelin en panne p1"))
        driver.app.reload()
        await driver.pilot.pause()
        assert "Zeppelin" not in driver.screen()
        await driver.press("f10", "enter")
        assert "Zeppelin" in driver.screen()
