"""Enter on an alert opens what can satisfy it, whatever its kind; c writes the record that it asks for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cockpit.domain.records.record import Value
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.drill import Drill
from cockpit.domain.registers.statement import LEFT
from cockpit.domain.settings import InboxSettings
from cockpit.services.boards.board import board
from cockpit.services.desk.workspace import Workspace
from cockpit.services.messages import ways_in
from cockpit.services.promises import clocks
from cockpit.services.work import rows as work_rows
from cockpit.ui import routes
from cockpit.ui.kit.host import Target
from cockpit.ui.meetings.held_screen import HeldScreen
from cockpit.ui.meetings.screen import LiveScreen
from tests.conftest import TickingClock
from tests.journeys.conftest import SIZES, Drive, Driver
from tests.services.alerts import test_satisfied as walk


async def test_enter_on_every_alert_opens_a_page(
    workspace: Workspace, clock: TickingClock, drive: Drive
) -> None:
    targets: dict[str, str] = {}
    for raised, _deed in walk.CASES.values():
        raised(workspace, clock)
        targets |= {part.kind: part.target for each in board(workspace).alerts.loud for part in each.parts}
    assert len(targets.keys() & walk.CASES.keys()) > 40, "few hide one another"
    async with drive() as driver:
        for kind, target in targets.items():
            assert routes.screen_of(driver.app, Target(code=target)) is not None, (kind, target)


async def on_alert(driver: Driver, kind: str) -> None:
    """The cursor on the first alert of that kind."""
    while getattr(driver.app.screen.focused, "id", "") != "alerts":
        await driver.press("tab")
    for _each in range(12):
        data = driver.app.screen.target().data  # type: ignore[attr-defined]
        if getattr(data, "kind", "") == kind:
            return
        await driver.press("down")
    raise AssertionError(kind)


async def test_a_ritual_of_which_nobody_spoke_is_said_to_be_held(
    workspace: Workspace, clock: TickingClock, drive: Drive
) -> None:
    walk.CASES["unsaid"][0](workspace, clock)
    clock.forward(days=6)
    async with drive() as driver:
        await on_alert(driver, "unsaid")
        await driver.press("enter")
        assert isinstance(driver.app.screen, HeldScreen)
        await driver.press("enter")
        assert "unsaid" not in {each.kind for each in driver.app.board.alerts.loud}


async def test_an_agenda_to_share_opens_on_its_preparation(
    workspace: Workspace, clock: TickingClock, drive: Drive
) -> None:
    walk.CASES["not_shared"][0](workspace, clock)
    async with drive() as driver:
        await on_alert(driver, "not_shared")
        await driver.press("enter")
        assert isinstance(driver.app.screen, LiveScreen)


async def test_the_alerts_about_the_inbox_open_what_is_wrong_with_it_and_what_was_left_aside(
    workspace: Workspace, clock: TickingClock, drive: Drive
) -> None:
    workspace.settings = replace(workspace.settings, inbox=InboxSettings(folder="/nowhere/inbox"))
    ways_in.remember(workspace, "the folder is not there")
    clock.forward(days=2)
    code = workspace.add(
        REGISTERS["statement"],
        {"title": "devis.docx", "sender": "InfoSud", "triage": LEFT, "severity": "p4", "reason": "no text in it",
         "digest": "x", "origin": "x"},
    )  # fmt: skip
    async with drive() as driver:
        await on_alert(driver, "inbox_unread")
        await driver.press("enter")
        said = driver.screen()
        assert "the folder is not there" in said
        assert "/nowhere/inbox" in said
        assert code in said, "what waits to be sorted is listed"
        await driver.press("escape", "tab")
        await on_alert(driver, "statement_refused")
        await driver.press("enter")
        assert "devis.docx" in driver.screen()
        assert len(driver.app.screen_stack) > 1


async def test_a_drill_is_written_down_from_its_alert(
    workspace: Workspace, clock: TickingClock, drive: Drive
) -> None:
    walk.CASES["drill_failed"][0](workspace, clock)
    clock.forward(days=8)
    workspace.add(REGISTERS["blocker"], {"title": "x"})
    async with drive() as driver:
        await on_alert(driver, "drill_failed")
        await driver.press("c")
        await driver.type("At noon")
        await driver.press("enter")
        await driver.type("2026-12-01")
        await driver.press("enter")
    assert [each.plan for each in workspace.select(Drill, "drill")] == ["CP-1", "CP-1"]


@pytest.mark.parametrize("size", SIZES, ids=[f"{w}x{h}" for w, h in SIZES])
async def test_every_reason_of_a_rank_is_read_at_any_size(
    workspace: Workspace, clock: TickingClock, drive: Drive, size: tuple[int, int]
) -> None:
    function = workspace.add(REGISTERS["function"], {"name": "IT", "criticality": 4})
    values: dict[str, Value] = {
        "title": "VPN",
        "severity": "p1",
        "function": function,
        "sla": "4ho",
        "level": 2,
        "owner": "Claire",
    }
    for _each in range(2):
        clocks.add_blocker(workspace, {**values, "since": workspace.clock(), "waiting_on": ("InfoSud",)})
    clock.forward(days=3)
    row = next(each for each in board(workspace).work.blockers if each.record.code == "B-1")
    async with drive(size) as driver:
        driver.app.screen.query_one("#blockers").focus()
        await driver.press("home", "i")
        shown = " ".join(driver.screen().replace("│", " ").split())
    for reason in work_rows.heat_reasons(row.heat).split(" + "):
        assert reason in shown, shown[:400]
