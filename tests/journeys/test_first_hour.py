"""The first hour by keys, from an empty screen to a useful board: the steps of the page that says how long it takes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from textual.events import Paste

from cockpit import locale
from cockpit.domain.registers.blocker import Blocker
from cockpit.domain.registers.contract import Contract
from cockpit.domain.registers.function import Function
from cockpit.domain.registers.priority import Priority
from cockpit.domain.registers.ritual import Ritual
from cockpit.domain.settings import Settings
from cockpit.services.beginning import next_things
from cockpit.services.desk.workspace import Workspace
from cockpit.services.settings import load
from cockpit.store.connection import backups_of
from cockpit.ui.widgets.entry_bar import EntryInput
from tests.conftest import TickingClock
from tests.journeys.conftest import Drive, Driver
from tests.services.agenda.test_trial import FEED

DOCS = Path(__file__).parents[2] / "docs"
PAGES = {"en": DOCS / "first-hour.md", "fr": DOCS / "fr" / "premiere-heure.md"}
KEYS = {
    "Home": "home",
    "Début": "home",
    "⏎": "enter",
    "Tab": "tab",
    "↓": "down",
    "Esc": "escape",
    "Échap": "escape",
}
LISTS = {
    "fr": (
        "blocages.csv",
        "Blocage;Prestataire;Fonction;Gravité\nFarine en retard;Moulins Durand;Production;urgent\n",
    ),
    "en": (
        "blockers.csv",
        "Blocker;Provider;Function;Severity\nFlour is late;Durand Mills;Production;urgent\n",
    ),
}
"""By language: the list of what is stuck, as a company has it before it has a cockpit."""


def rows(language: str) -> list[list[str]]:
    """The cells of the table of the page, line by line."""
    lines = PAGES[language].read_text(encoding="utf-8").splitlines()
    return [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in lines
        if re.search(r"min \d\d", line)
    ]


def keys(cell: str) -> list[str]:
    """What is pressed or typed, one by one."""
    return re.findall(r"`([^`]+)`", cell)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_times_of_the_page_follow_from_its_keys(language: str) -> None:
    at = 0
    for _where, cell, then, pressed, typing, reading, since in rows(language):
        count = sum(1 if each in KEYS or each.startswith("«") else len(each) for each in keys(cell))
        at += int(typing) + int(reading)
        assert (int(pressed), int(typing)) == (count, -(-count // 3)), cell
        assert since.strip("*") == f"{at // 60} min {at % 60:02}", cell
        # Value within three minutes, a useful board within fifteen.
        assert at < 15 * 60
        assert at < 3 * 60 or "**" not in then or then == rows(language)[-1][2]
    assert sum("**" in row[2] for row in rows(language)) == 2


@pytest.fixture
def workspace(tmp_path: Path, clock: TickingClock) -> Workspace:
    """A cockpit in which nobody has said anything, as `cockpit` opens it the first time."""
    return Workspace.open(tmp_path / "cockpit.db", Settings(), clock, tmp_path / "config.toml")


async def walk(driver: Driver, cell: str, feed: Path) -> None:
    """Press and type what a line of the page says; what it starts beside the screen is awaited."""
    for each in keys(cell):
        if each in KEYS:
            await driver.press(KEYS[each])
        elif len(each) == 1:
            await driver.press(each)
        else:
            bar = driver.app.screen.query_one(EntryInput)
            bar.post_message(Paste(str(feed) if each.startswith("«") else each))
            await driver.pilot.pause()
        workers = driver.app.workers
        beside = ("agenda", "pages", "board", "plan", "import", "copy")
        await workers.wait_for_complete([worker for worker in workers if worker.group in beside])
        await driver.pilot.pause()


@pytest.mark.parametrize(("size", "language"), [((80, 24), "fr"), ((150, 45), "en")], ids=str)
async def test_the_keys_of_the_page_lead_from_an_empty_screen_to_a_useful_board(
    drive: Drive, workspace: Workspace, tmp_path: Path, size: tuple[int, int], language: str
) -> None:
    locale.use(language)
    feed = tmp_path / "claire.ics"
    feed.write_bytes(FEED)
    name, text = LISTS[language]
    (Path.home() / name).write_text(text, encoding="utf-8")
    steps = [row[1] for row in rows(language)]
    async with drive(size) as driver:
        driver.app.action_do("beginning.start")  # what `cockpit` does where there is no company
        await driver.pilot.pause()
        for cell in steps[1:10]:
            await walk(driver, cell, feed)
        # Value: the day, a priority, a blocker, and what comes next.
        shown = driver.screen()
        company = keys(steps[1])[0]
        assert company in shown.splitlines()[0]
        kept = load.load(tmp_path / "config.toml")
        assert (kept.company.name, kept.me, len(kept.agendas)) == (company, "Claire Martin", 1)
        assert len(workspace.select(Function, "function")) == 4
        assert len(workspace.select(Contract, "contract")) == 2
        (priority,) = workspace.select(Priority, "priority")
        (blocker,) = workspace.select(Blocker, "blocker")
        assert priority.title in shown
        assert blocker.title in shown
        assert len(next_things.todo(workspace)) == 5

        if size[0] > 80:
            return  # the same keys from here on in either language
        for cell in steps[10:]:
            await walk(driver, cell, feed)
        assert len(workspace.select(Blocker, "blocker")) == 3
        assert len(workspace.select(Ritual, "ritual")) == 1
        assert next_things.facts(workspace).reviews
        assert backups_of(workspace.path)


async def test_what_is_no_agenda_is_told_and_asked_again_and_a_thing_is_put_aside(
    drive: Drive, workspace: Workspace
) -> None:
    async with drive((100, 30)) as driver:
        driver.app.action_do("beginning.start")
        await driver.pilot.pause()
        assert "What is stuck" in driver.screen(), "the questions to come are there from the first moment"
        await walk(driver, "`⏎` `⏎` `⏎` `https://calendar.google.com/calendar/u/0/r` `⏎`", Path())
        shown = driver.screen()
        assert "a page for people" in shown
        assert "Secret address" in shown
        assert workspace.settings.agendas == ()
        # Escape leaves at any question, and all of it stays.
        await driver.press("escape", "escape")
        await driver.press("tab", "tab", "tab", "tab", "x")
        assert next_things.put_aside(workspace) == {"company"}
