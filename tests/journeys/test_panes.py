"""The panes of the cockpit: one alone on the screen, all back, nothing of what is worked on folded away."""

from __future__ import annotations

import pytest
from textual.events import Key

from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.blocker import Blocker
from cockpit.services.desk.workspace import Workspace
from cockpit.services.work import capture, entry
from cockpit.ui.everywhere.jump import LETTERS
from cockpit.ui.widgets.rows import Rows
from tests.journeys.conftest import SIZES, Drive

TITLES = (
    "Priorities", "Blockers", "Service agreements", "Rituals", "Today", "Alerts", "Providers", "Inbox",
)  # fmt: skip


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_z_shows_one_pane_alone_and_brings_the_others_back(
    workspace: Workspace, drive: Drive, size: tuple[int, int]
) -> None:
    async with drive(size) as driver:
        before = driver.screen()
        assert "Blockers" in before
        await driver.press("z")
        assert "Priorities" in driver.screen()
        assert "Blockers" not in driver.screen()
        await driver.press("tab")
        assert "Blockers" in driver.screen()
        assert "Priorities" not in driver.screen()
        await driver.press("shift+tab", "z")
        assert "Priorities" in driver.screen()
        assert "Blockers" in driver.screen()


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_every_pane_keeps_its_title_and_the_focused_one_its_rows(
    workspace: Workspace, drive: Drive, size: tuple[int, int]
) -> None:
    for number in range(30):
        for kind in ("blocker", "priority"):
            line = entry.understand(workspace, f"{kind.title()} {number:02} owner:Claire")
            capture.save(workspace, kind, line)
    async with drive(size) as driver:
        for _pane in range(8):
            shown = driver.screen()
            for title in (
                "Priorities",
                "Blockers",
                "Service agreements",
                "Rituals",
                "Today",
                "Alerts",
                "Providers",
                "Inbox",
            ):
                assert title in shown, (title, shown)
            focused = driver.app.screen.focused
            assert focused is not None
            assert focused.content_size.height >= min(2, len(focused.items))  # type: ignore[attr-defined]
            await driver.press("tab")


async def test_a_digit_brings_the_keys_to_its_pane_on_every_keyboard(
    workspace: Workspace, drive: Drive
) -> None:
    async with drive() as driver:
        for key, pane in (
            ("2", "blockers"),
            ("quotation_mark", "slas"),
            ("8", "inbox"),
            ("ampersand", "priorities"),
        ):
            await driver.press(key)
            assert driver.app.screen.focused is not None
            assert driver.app.screen.focused.id == pane
        await driver.press("f3", "4")
        assert driver.app.screen.view_name == "continuity"  # type: ignore[attr-defined]


async def test_alerts_that_unfold_take_the_room_that_there_is(workspace: Workspace, drive: Drive) -> None:
    for number in range(12):
        capture.save(workspace, "blocker", entry.understand(workspace, f"Printer {number} p1 next:call"))
    for blocker in workspace.select(Blocker, "blocker"):
        workspace.change(REGISTERS["blocker"], blocker, {"owner": ""})
    async with drive() as driver:
        await driver.press("6")
        before = driver.app.screen.focused
        assert before is not None
        height = before.size.height
        await driver.press("end", "enter")
        assert before.size.height > height


async def test_another_layout_has_other_panes_and_is_there_again(workspace: Workspace, drive: Drive) -> None:
    async with drive((100, 30)) as driver:
        await driver.press("Z")
        shown = driver.screen()
        assert [title for title in TITLES if title in shown] == ["Priorities", "Blockers", "Today", "Alerts"]
        assert "layout: morning" in shown
        for _pane in range(4):
            focused = driver.app.screen.focused
            assert focused is not None
            assert focused.display, "Tab goes only through what is there"
            await driver.press("tab")
        await driver.press("8")
        assert "Inbox" in driver.screen(), "a pane of no layout comes by its number"
        await driver.press("tab")
        assert "Inbox" not in driver.screen()
    async with drive((100, 30)) as driver:
        assert "Rituals" not in driver.screen()
        await driver.press("Z")
        shown = driver.screen()
        assert "Rituals" in shown
        assert "Priorities ·" not in shown
        assert driver.app.screen.focused is not None
        assert driver.app.screen.focused.display
        await driver.press("Z")
        assert all(title in driver.screen() for title in TITLES)


async def test_a_layout_of_ones_own_is_named_kept_and_let_go(workspace: Workspace, drive: Drive) -> None:
    async with drive((100, 30)) as driver:
        driver.app.action_do("pane.name_layout")
        await driver.pilot.pause()
        await driver.answer("97 Friday")
        assert "numbers of panes" in driver.screen()
        await driver.answer("morning 12")
        assert "comes ready" in driver.screen()
        await driver.answer("1 27 Friday look")
        shown = driver.screen()
        assert [title for title in TITLES if title in shown] == ["Priorities", "Blockers", "Providers"]
        assert "layout Friday look kept" in shown
        for _layout in range(4):
            await driver.press("Z")
        assert "Alerts" not in driver.screen(), "after the three that come ready"
    async with drive((100, 30)) as driver:
        assert "Alerts" not in driver.screen(), "it is there again at the next start"
        driver.app.action_do("pane.name_layout")
        await driver.pilot.pause()
        await driver.answer("Friday look")
        assert all(title in driver.screen() for title in TITLES)
        for _layout in range(3):
            await driver.press("Z")
        assert all(title in driver.screen() for title in TITLES)


async def test_a_letter_jumps_to_each_part_and_row_in_sight(workspace: Workspace, drive: Drive) -> None:
    for number in range(3):
        capture.save(workspace, "blocker", entry.understand(workspace, f"Blocker {number}"))
    async with drive((80, 24)) as driver:
        for keys in ((), ("f2",), ("f3",), ("3",), ("8",)):
            await driver.press(*keys)
            place = driver.app.screen
            parts = [each for each in place.focus_chain if each.region]
            for letter, part in zip(LETTERS, parts, strict=False):
                await driver.press("ctrl+o", letter)
                assert driver.app.screen is place
                assert place.focused is part, (keys, letter)
        await driver.press("f1", "2", "ctrl+o")
        blockers = driver.app.screen_stack[-2].focused
        assert isinstance(blockers, Rows)
        row = next(letter for letter, to in driver.app.screen.found.items() if to.item == 1)  # type: ignore[attr-defined]
        await driver.press(row)
        assert blockers.cursor == 1
        await driver.press("ctrl+o", "escape", "ctrl+o", "colon")
        assert blockers.has_focus, "any other key leaves all as it was"


async def test_keys_on_their_way_when_the_letters_go_close_nothing_more(
    workspace: Workspace, drive: Drive
) -> None:
    async with drive((80, 24)) as driver:
        await driver.press("ctrl+o")
        for key in ("escape", "f1", "d"):
            driver.app.screen.post_message(Key(key, None))
        await driver.pilot.pause()
        assert "Priorities" in driver.screen()
