"""Two screens on one field: the second is told what the first wrote, sees both values, and chooses."""

from __future__ import annotations

import pytest

from cockpit import locale
from cockpit.domain.dataclasses import replace
from cockpit.domain.registers import REGISTERS
from cockpit.services.desk.workspace import Workspace
from cockpit.services.records import find
from cockpit.services.work import moves
from cockpit.ui.widgets.entry_bar import EntryBar
from tests.conftest import TickingClock
from tests.journeys.conftest import Drive, in_each_window


@pytest.fixture
def code(workspace: Workspace) -> str:
    return workspace.add(REGISTERS["blocker"], {"title": "VPN", "next_step": "call", "severity": "p1"})


def sophie(workspace: Workspace, code: str, text: str) -> None:
    other = Workspace.open(workspace.path, replace(workspace.settings, me="Sophie"), workspace.clock)
    moves.next_step(other, code, text)


def stored(workspace: Workspace, code: str) -> str:
    return find.find(workspace, code)[1].next_step  # type: ignore[attr-defined, no-any-return]


@in_each_window
async def test_both_values_are_shown_and_enter_writes_mine(
    workspace: Workspace, drive: Drive, code: str, language: str, size: tuple[int, int]
) -> None:
    locale.use(language)
    async with drive(size) as driver:
        driver.app.open_code(code)
        await driver.press("p")
        assert driver.app.screen.asking  # type: ignore[attr-defined]
        sophie(workspace, code, "ask Orange")
        await driver.answer("new router")
        shown = " ".join(driver.screen().split())
        assert all(word in shown for word in ("new router", "ask Orange", "Sophie", code))
        assert stored(workspace, code) == "ask Orange", "nothing was written yet"
        await driver.press("enter")
    assert stored(workspace, code) == "new router"


async def test_esc_keeps_theirs_and_what_i_typed_is_a_draft_that_is_told_again(
    workspace: Workspace, drive: Drive, code: str, clock: TickingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(EntryBar, "DRAFT_DELAY", 0.0)
    async with drive() as driver:
        driver.app.open_code(code)
        await driver.press("p")
        clock.forward(minutes=1)
        await driver.type("x")
        clock.forward(minutes=1)
        sophie(workspace, code, "ask Orange")
        await driver.answer("new router")
        await driver.press("escape")
        assert stored(workspace, code) == "ask Orange"
        await driver.press("p")
        assert "new router" in driver.screen()
        await driver.press("enter")
        assert "ask Orange" in driver.screen(), "typed before theirs: told once more"
        await driver.press("enter")
    assert stored(workspace, code) == "new router"
