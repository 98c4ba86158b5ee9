"""A seat on the screen: what it may not read is nowhere, what it may not do says why and is not done."""

from __future__ import annotations

import html
from collections.abc import Callable

import pytest

from cockpit import locale
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.blocker import Blocker
from cockpit.domain.seats.rights import Right
from cockpit.domain.seats.seat import Door, NotAllowed, Seat, SeatRole, who
from cockpit.domain.settings import SeatSetting, Settings
from cockpit.services.desk.refusal import NotPossible
from cockpit.services.desk.workspace import Workspace
from cockpit.services.upkeep import replay
from cockpit.services.work import moves, priorities
from cockpit.ui.everywhere.picture import picture
from cockpit.ui.kit import editor, rights
from cockpit.ui.organisation.views import VIEWS
from cockpit.ui.widgets.entry_bar import Question
from tests.conftest import TickingClock
from tests.journeys.conftest import Drive, Driver
from tests.services.records.secrets_everywhere import fill, is_told

Sits = Callable[[SeatRole], Workspace]


@pytest.fixture
def sits(workspace: Workspace) -> Sits:
    """The same cockpit, from the seat of a role, behind a door that holds."""

    def sit(role: SeatRole) -> Workspace:
        found = who(Settings(seats=(SeatSetting(key="sophie", name="Sophie", role=role),)), given="Sophie")
        return Workspace.open(workspace.path, workspace.settings, workspace.clock, seat=found)

    return sit


def shows(driver: Driver) -> bool:
    """Whether the word or the amount is on the screen or in a picture of it."""
    return is_told(driver.screen()) or is_told(html.unescape(picture(driver.app)))


def everything(workspace: Workspace) -> list[str]:
    """All that the database holds, but what somebody is typing and which machine writes, renewed as time goes by."""
    return [
        line
        for line in workspace.conn.iterdump()
        if '"draft"' not in line and "INTO \"memo\" VALUES('lease'" not in line
    ]


async def test_nothing_above_a_seat_is_on_any_place_page_or_search(
    workspace: Workspace, sits: Sits, drive: Drive
) -> None:
    fill(workspace)
    before = workspace.written
    async with drive((100, 30), on=sits(SeatRole.ASSISTANT)) as driver:
        assert "Sophie" in driver.screen()
        for _turn in range(2):
            for _pane in range(8):
                assert not shows(driver), driver.screen()
                await driver.press("tab")
            await driver.press("v")
        for place in ("f2", "f4", "f5", "f6", "f3"):
            await driver.press(place)
            assert not shows(driver), (place, driver.screen())
        for view in VIEWS:
            assert not shows(driver), (view, driver.screen())
            await driver.press("semicolon")
        for register in REGISTERS.values():
            driver.app.open_code(f"{register.prefix}-1")
            await driver.pilot.pause()
            assert not shows(driver), (register.name, driver.screen())
            # What is not read is not written over: no form opens on it.
            await driver.press("i", "escape", "a", "escape", "escape")
            assert not shows(driver), (register.name, driver.screen())
        while len(driver.app.screen_stack) > 1:
            await driver.press("escape")
        await driver.press("f1", "slash", "escape", "f7")
        await driver.type("zorglu")
        assert not shows(driver), driver.screen()
    assert workspace.written == before


async def test_keys_on_what_is_above_a_seat_change_nothing_and_say_why(
    workspace: Workspace, sits: Sits, drive: Drive
) -> None:
    fill(workspace)
    before = everything(workspace)
    async with drive(on=sits(SeatRole.ASSISTANT)) as driver:
        await driver.press("tab")
        for key in ("x", "p", "w", "g", "e", "l", "i", "h", "r", "u"):
            await driver.press(key)
            assert not shows(driver), (key, driver.screen())
            assert not driver.app.screen.asking, key  # type: ignore[attr-defined]
            if key == "x":
                assert "level 2" in driver.screen()
    assert workspace.select(Blocker, "blocker", "code = 'B-1'")[0].closed_at is None
    assert everything(workspace) == before


@pytest.mark.parametrize("role", [SeatRole.READER, SeatRole.MEMBER])
async def test_no_action_does_what_a_seat_may_not_do(
    workspace: Workspace, sits: Sits, drive: Drive, role: SeatRole
) -> None:
    workspace.add(REGISTERS["blocker"], {"title": "Bank"})
    workspace.add(REGISTERS["priority"], {"title": "Call"})
    before = everything(workspace)
    async with drive((100, 30), on=sits(role)) as driver:
        seat = driver.app.workspace.seat
        for _pane in range(2):
            for each in driver.app.offered(driver.app.screen.target(), everything=True):  # type: ignore[attr-defined]
                if rights.why_not(seat, each.id, driver.app.screen.target().code):  # type: ignore[attr-defined]
                    assert not each.works or each.why_not, each.id
                    driver.app.action_do(each.id)
                    await driver.pilot.pause()
                    assert not driver.app.screen.asking, each.id  # type: ignore[attr-defined]
                    assert len(driver.app.screen_stack) == 1, each.id
            await driver.press("tab")
    assert everything(workspace) == before


async def test_a_screen_that_only_reads_says_so_and_writes_nothing_by_any_key(
    workspace: Workspace, sits: Sits, drive: Drive
) -> None:
    locale.use("fr")
    workspace.add(REGISTERS["blocker"], {"title": "Banque"})
    before = everything(workspace)
    reader = sits(SeatRole.READER)
    async with drive((80, 24), on=reader) as driver:
        assert "LECTURE SEULE" in driver.screen()
        await driver.press("b")
        assert "lecture seule" in driver.screen()
        await driver.press(
            "x", "n", "d", "f9", "s", "v", "v", "tab", "x", "enter", "i", "escape", "f3", "semicolon", "f2"
        )
        await driver.press("z")
        await driver.type("Europe/London")
        await driver.press("enter", "escape", "f1", "m")
        await driver.press("space", "escape", "escape", "f12")
        # A meeting can be looked at, and not begun.
        await driver.press("f", "enter", "right", "escape")
        assert driver.app._exception is None
    assert everything(workspace) == before


def test_what_opens_on_the_host_is_not_opened_from_elsewhere() -> None:
    for door in Door:
        seat = Seat(
            person="Sophie",
            role=SeatRole.ASSISTANT,
            level=2,
            may=frozenset(Right) - {Right.FILES},
            door=door,
        )
        for action in ("link.open", "note.edit"):
            assert bool(rights.why_not(seat, action)) is door.is_enforced


async def test_no_editor_of_the_host_opens_from_elsewhere(
    workspace: Workspace, sits: Sits, drive: Drive, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = workspace.add(REGISTERS["blocker"], {"title": "Bank", "note": "what was said"})
    ran: list[object] = []
    monkeypatch.setenv("EDITOR", "true")
    monkeypatch.setattr("cockpit.services.desk.editor.run", lambda *words: ran.append(words))
    async with drive(on=sits(SeatRole.ASSISTANT)) as driver:
        driver.app.open_code(code)
        await driver.pilot.pause()
        await driver.press("N", "e", "ctrl+t", "escape")
        driver.app.action_do("record.create")
        await driver.press("ctrl+t", "escape", "escape", "b", "ctrl+t")
        with pytest.raises(NotAllowed):
            editor.answer(driver.app, lambda _question: None, Question(
                place="note", title="note", accept=str, written_as=("B-1", "note"),
            ))  # fmt: skip
    assert ran == []


def test_the_three_of_the_day_are_each_persons_own(workspace: Workspace, sits: Sits) -> None:
    codes = [
        workspace.add(REGISTERS["priority"], {"title": title}) for title in ("Bank", "Lease", "Call", "Hire")
    ]
    sophie = sits(SeatRole.ASSISTANT)
    for code in codes[:3]:
        moves.pick(workspace, code)
    moves.pick(sophie, codes[3])
    assert [each.code for each in priorities.of_today(workspace)] == codes[:3]
    assert [each.code for each in priorities.of_today(sophie)] == codes[3:]
    with pytest.raises(NotPossible, match="one of the three of"):
        moves.pick(sophie, codes[0])


def test_what_somebody_types_is_offered_to_nobody_else(workspace: Workspace, sits: Sits) -> None:
    sophie = sits(SeatRole.ASSISTANT)
    workspace.keep_draft("new:blocker", "the bank")
    sophie.keep_draft("new:blocker", "the lease")
    assert workspace.draft("new:blocker") == "the bank"
    assert sophie.draft("new:blocker") == "the lease"
    sophie.travel("Europe/London")
    assert workspace.zone.key != "Europe/London"
    assert sophie.zone.key == "Europe/London"


async def test_a_meeting_that_somebody_else_leads_tells_a_seat_nothing_above_it(
    workspace: Workspace, sits: Sits, drive: Drive
) -> None:
    workspace.add(REGISTERS["blocker"], {"title": "Zorglub", "conf": 3, "severity": "p1"})
    workspace.add(REGISTERS["blocker"], {"title": "Bank", "severity": "p1"})
    async with drive((100, 30)) as driver:
        await driver.press("f", "enter", "right", "right")
    async with drive((100, 30), on=sits(SeatRole.ASSISTANT)) as driver:
        await driver.press("f", "v")
        assert "restricted" in driver.screen()
        for _step in range(3):
            assert "Zorglub" not in driver.screen(), driver.screen()
            await driver.press("right")


def test_what_became_confidential_is_not_read_in_the_past_either(
    workspace: Workspace, sits: Sits, clock: TickingClock
) -> None:
    code = workspace.add(REGISTERS["blocker"], {"title": "Zorglub"})
    clock.forward(hours=2)
    at = workspace.now()
    clock.forward(hours=2)
    workspace.change(REGISTERS["blocker"], workspace.select(Blocker, "blocker")[0], {"conf": 3})
    with replay.replayed(sits(SeatRole.ASSISTANT), at) as past:
        (found,) = past.select(Blocker, "blocker", "code = ?", (code,))
        assert "Zorglub" not in repr(found)
    with replay.replayed(workspace, at) as past:
        assert past.select(Blocker, "blocker")[0].title == "Zorglub"
