"""The flash point and the kick-off, from the first key to the files and the rows that they leave."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from cockpit import locale
from cockpit.domain.meetings.state import LedMeeting
from cockpit.domain.records.record import Value
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.attendance import Attendance
from cockpit.domain.registers.blocker import Blocker
from cockpit.domain.registers.decision import Decision
from cockpit.domain.registers.escalation import Escalation
from cockpit.domain.registers.goal import Goal
from cockpit.domain.registers.occurrence import Occurrence
from cockpit.domain.registers.priority import Priority
from cockpit.domain.registers.ritual import Ritual
from cockpit.domain.settings import Channel, RitualSettings
from cockpit.services.desk.workspace import Workspace
from cockpit.services.meetings import minutes_folder
from cockpit.services.work import capture, entry, moves
from cockpit.store.outside import outbox
from cockpit.ui.meetings.preparing import PreparingStage
from cockpit.ui.meetings.screen import LiveScreen
from cockpit.ui.meetings.stages import ClosedStage
from tests.conftest import TickingClock
from tests.journeys.conftest import LANGUAGES, SIZES, Drive, Driver, in_each_window

SIZE_IDS = [f"{width}x{height}" for width, height in SIZES]


@pytest.fixture
def company(workspace: Workspace, clock: TickingClock) -> Workspace:
    """Three hot blockers, one of them restricted; a flash point of three members."""
    for name in ("Claire", "Sophie", "Marc"):
        workspace.add(REGISTERS["person"], {"name": name, "loaded_rate": 6_000})
    workspace.add(REGISTERS["ritual"], {
        "name": "Flash point", "kind": "flash", "rule": "mon-fri 09:00", "minutes": 15,
        "members": ("PE-1", "PE-2", "PE-3"), "channels": ("team",),
    })  # fmt: skip
    for line in ("VPN down p1 @Sophie", "Secret sale p1 conf:2 qui:Marc", "Lease to sign p3", "Chairs p4"):
        capture.save(workspace, "blocker", entry.understand(workspace, line))
        clock.forward(seconds=1)
    team = Channel(key="team", name="Team", kind="slack", url="env:NOT_SET")
    workspace.settings = replace(workspace.settings, channels=(team,))
    return workspace


async def later(driver: Driver, clock: TickingClock, seconds: int) -> None:
    """Time goes by, with the ticks of the screen."""
    while seconds > 0:
        clock.forward(seconds=min(30, seconds))
        seconds -= 30
        screen = driver.app.screen
        assert isinstance(screen, LiveScreen)
        screen.tick()
    await driver.pilot.pause()


def simulated(driver: Driver, clock: TickingClock) -> None:
    """The steady clock goes with the test's."""
    driver.app.monotonic = lambda: clock().timestamp()


def filed(held: Occurrence) -> tuple[str, str]:
    """The minutes in the folder, as Markdown and as a page."""
    path = Path(held.minutes_path)
    return path.read_text(encoding="utf-8"), path.with_suffix(".html").read_text(encoding="utf-8")


def now(screen: LiveScreen) -> LedMeeting:
    """The meeting that is led, at this second."""
    assert screen.stage.meeting is not None
    return screen.stage.meeting


async def test_the_first_flash_point_says_what_it_makes_and_u_takes_that_back(
    drive: Drive, workspace: Workspace
) -> None:
    locale.use("fr")
    capture.save(workspace, "blocker", entry.understand(workspace, "VPN en panne p1"))
    async with drive(SIZES[1]) as driver:
        await driver.press("f", "enter")
        assert "RT-1 Point flash : prévu désormais lun-ven 11:45 · u annule" in driver.screen()
        await driver.press("u")
        assert isinstance(driver.app.screen, LiveScreen)
        assert isinstance(driver.app.screen.stage, PreparingStage)
        assert (workspace.select(Ritual, "ritual"), len(workspace.select(Blocker, "blocker"))) == ((), 1)
        await driver.press("enter", "right", "u")
        assert "serait perdu" in driver.screen(), "a meeting that goes on is not undone by one key"
        assert len(workspace.select(Ritual, "ritual")) == 1
        await driver.press("escape")
        assert "Point flash" in driver.screen(), "the pane of rituals shows it at once"


def order(driver: Driver) -> list[str]:
    screen = driver.app.screen
    assert isinstance(screen, LiveScreen)
    assert isinstance(screen.stage, PreparingStage)
    return [step.code for step in screen.stage.before.subjects]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SIZES, ids=SIZE_IDS)
async def test_a_flash_point_from_its_first_key_to_its_minutes(
    company: Workspace, clock: TickingClock, drive: Drive, size: tuple[int, int], language: str
) -> None:
    locale.use(language)
    due = "pour:jeudi" if language == "fr" else "due:thursday"
    async with drive(size) as driver:
        simulated(driver, clock)
        await driver.press("f")
        assert "VPN down" in driver.screen()
        assert "Secret sale" not in driver.screen()
        hottest = order(driver)
        await driver.press("minus")
        assert order(driver) == [hottest[1], hottest[0], *hottest[2:]]
        await driver.press("plus", "o", "enter")
        assert (minutes_folder.folder(company) / "2026-11-23-0900-flash-point-agenda.md").is_file()
        assert outbox.count(company.conn, "held") == 1

        await driver.press("enter")
        await driver.press("space", "down", "z", "down")
        await later(driver, clock, 20)
        await driver.press("enter")
        await later(driver, clock, 40)
        await driver.press("right")
        screen = driver.app.screen
        assert isinstance(screen, LiveScreen)
        assert now(screen).step.code == "B-1"
        await later(driver, clock, 160)
        assert locale._("soon over") in driver.screen()
        assert now(screen).colour == "soon"
        await driver.press("d")
        await driver.type(f"New router @Marc {due} p1")
        await later(driver, clock, 30)
        assert "New router" in driver.screen()
        await driver.press("enter")
        assert now(screen).colour == "over"
        await driver.press("plus", "plus")
        assert (now(screen).colour, len(now(screen).extended)) == ("on_time", 1)
        await driver.press("x", "right")

        assert "Secret sale" not in driver.screen()
        await driver.press("v")
        assert "Secret sale" in driver.screen()
        await driver.press("v", "e")
        await driver.press("ctrl+u")
        await driver.type("Sell or not")
        await driver.press("enter")
        await later(driver, clock, 120)
        await driver.press("right", "w")
        await driver.type("Sophie")
        await driver.press("enter", "p")
        await driver.type("Ask the landlord")
        await driver.press("enter", "a")
        await driver.type("Call the notary")
        await driver.press("enter")
        await later(driver, clock, 200)
        await driver.press("right", "right")

        assert screen.stage.name == "readback"
        await driver.press("down", "enter")
        await driver.type(f"Sophie {due}")
        await driver.press("enter")
        action = company.select(Priority, "priority")[0]
        assert (action.title, action.owner, action.due is not None) == ("Call the notary", "PE-2", True)
        await later(driver, clock, 60)
        await driver.press("tab")
        assert screen.stage.name == "votes"
        await driver.press("5", "down", "right", "down", "left", "enter", "enter")
        await later(driver, clock, 300)
        assert now(screen).overrun_s > 0
        await driver.press("c", "enter")
        assert isinstance(screen.stage, ClosedStage)

    (held,) = company.select(Occurrence, "occurrence")
    assert (held.status, held.facilitator) == ("held", "Claire")
    assert held.roti == '{"roti": [8, 2], "inward": [5, 2], "outward": [7, 2]}'
    assert held.cost_minutes == 2 * round(sum((20, 40, 190, 120, 200, 60, 300)) / 60)
    people = {a.person: (a.present, a.late_minutes) for a in company.select(Attendance, "attendance")}
    assert people == {"PE-1": (True, 0), "PE-2": (True, 1), "PE-3": (False, 0)}
    (decision,) = company.select(Decision, "decision")
    assert (decision.title, decision.owner, decision.origin, decision.blocks) == (
        "New router", "PE-3", held.code, ("B-1",),
    )  # fmt: skip
    states = {b.code: b.status for b in company.select(Blocker, "blocker")}
    assert states == {"B-1": "solved", "B-2": "open", "B-3": "waiting", "B-4": "open"}
    assert company.select(Escalation, "escalation")[0].question == "Sell or not"
    for text in filed(held):
        assert "New router" in text
        assert "Ask the landlord" in text
        assert "Secret sale" not in text
        assert "Sell or not" not in text
    assert outbox.count(company.conn, "held") == 2


async def test_dropped_without_a_word_it_goes_on_at_the_same_subject_and_second(
    company: Workspace, clock: TickingClock, drive: Drive
) -> None:
    async with drive() as driver:
        simulated(driver, clock)
        await driver.press("f", "enter", "space")
        await later(driver, clock, 20)
        await driver.press("right", "right")
        await later(driver, clock, 45)
        await driver.press("d")
        await driver.type("half a decision")
        screen = driver.app.screen
        assert isinstance(screen, LiveScreen)
        left = now(screen)
        # As kill -9 does: nothing is closed, nothing is flushed but what each key wrote.
        screen.query_one("#entry").flush()  # type: ignore[attr-defined]
    clock.forward(seconds=15)
    async with drive() as driver:
        simulated(driver, clock)
        await driver.press("f")
        screen = driver.app.screen
        assert isinstance(screen, LiveScreen)
        assert (now(screen).position, now(screen).in_step_s) == (left.position, left.in_step_s + 15)
        assert now(screen).people == left.people
        await driver.press("d")
        assert "half a decision" in driver.screen()


async def test_escape_leaves_and_the_meeting_goes_on(
    company: Workspace, clock: TickingClock, drive: Drive
) -> None:
    async with drive() as driver:
        simulated(driver, clock)
        await driver.press("f", "enter")
        await driver.press("escape")
        assert not isinstance(driver.app.screen, LiveScreen)
        for _minute in range(5):
            clock.forward(seconds=60)
            driver.app.beat()
        await driver.press("f")
        screen = driver.app.screen
        assert isinstance(screen, LiveScreen)
        assert now(screen).elapsed_s == 300


async def test_a_subject_that_another_process_solves_is_told(
    company: Workspace, clock: TickingClock, drive: Drive
) -> None:
    async with drive() as driver:
        simulated(driver, clock)
        await driver.press("f", "enter", "right", "right")
        with company.beside() as other:
            moves.done(other, ["B-1"])
        driver.app.reload()
        await driver.pilot.pause()
        assert "solved meanwhile" in driver.screen()
        await driver.press("x", "right")
        screen = driver.app.screen
        assert isinstance(screen, LiveScreen)
        assert now(screen).outcomes == {2: "solved"}


async def test_a_folder_that_cannot_be_written_keeps_the_minutes(
    company: Workspace, clock: TickingClock, drive: Drive, tmp_path: Path
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    company.settings = replace(company.settings, rituals=RitualSettings(folder=str(blocked / "minutes")))
    async with drive() as driver:
        simulated(driver, clock)
        await driver.press("f", "enter", "c", "enter")
        assert "--write" in driver.screen()
        company.settings = replace(company.settings, rituals=RitualSettings(folder=str(tmp_path / "good")))
        await driver.press("c")
        assert len(list((tmp_path / "good").iterdir())) == 2


@in_each_window
async def test_a_kick_off_leaves_the_plan_of_the_week(
    company: Workspace, clock: TickingClock, drive: Drive, size: tuple[int, int], language: str
) -> None:
    locale.use(language)
    for line in ("Sign p1", "Hire p2", "Move p3", "Paint p4"):
        capture.save(company, "priority", entry.understand(company, line))
    async with drive(size) as driver:
        simulated(driver, clock)
        await driver.press("k", "enter")
        screen = driver.app.screen
        assert isinstance(screen, LiveScreen)
        kinds = [step.kind for step in now(screen).steps if step.kind != "subject"]
        assert kinds == ["attendance", "figures", "commitments", "week", "priorities", "readback", "votes"]
        for _step in range(8):
            await later(driver, clock, 60)
            await driver.press("tab")
        assert screen.stage.name == "priorities"
        await driver.press("space", "down", "space", "down", "space", "down", "space")
        assert now(screen).chosen == ("P-1", "P-2", "P-3")
        await driver.press("c", "enter")
        assert isinstance(screen.stage, ClosedStage)
        assert "P-3 Move" in screen.stage.filed.markdown
        moves.done(company, ["P-1"])
        clock.forward(hours=80)
        await driver.press("escape", "k")
        assert "1/3" in driver.screen()


@in_each_window
async def test_a_kick_off_says_by_one_key_how_each_goal_stands_and_makes_a_priority_of_one(
    company: Workspace, clock: TickingClock, drive: Drive, size: tuple[int, int], language: str
) -> None:
    locale.use(language)
    quarter = company.today()
    for name in ("Two contracts signed", "Cash above 150k"):
        values: dict[str, Value] = {"name": name, "quarter": quarter, "done_when": "the bank says so"}
        company.add(REGISTERS["goal"], values)
    async with drive(size) as driver:
        simulated(driver, clock)
        await driver.press("k", "enter")
        screen = driver.app.screen
        assert isinstance(screen, LiveScreen)
        await later(driver, clock, 60)
        await driver.press("tab")
        assert screen.stage.name == "figures"
        assert "Two contracts signed" in driver.screen()
        assert "the bank" in driver.screen()
        await driver.press("space", "down", "space", "space")
        said = company.select(Goal, "goal", "1 ORDER BY number")
        assert [(each.state, each.said_on) for each in said] == [
            ("on_track", quarter),
            ("off_track", quarter),
        ]
        await driver.press("u")
        assert company.select(Goal, "goal", "code = 'GO-2'")[0].state == "on_track"
        while screen.stage.name != "priorities":
            await later(driver, clock, 60)
            await driver.press("tab")
        assert "Two contracts signed" in driver.screen()
        while screen.about != "GO-1":
            await driver.press("down")
        await driver.press("space")
        (made,) = company.select(Priority, "priority", "title = 'Two contracts signed'")
        assert made.tags == ("GO-1",)
        assert made.code in now(screen).chosen
        await driver.press("c", "enter")
        assert isinstance(screen.stage, ClosedStage)
        assert "Two contracts signed" in screen.stage.filed.markdown
