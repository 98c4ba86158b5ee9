"""The first hour by keys, from an empty screen to a useful board."""

from __future__ import annotations

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
from cockpit.ui.widgets.entry_bar import EntryInput
from tests.conftest import TickingClock
from tests.journeys.conftest import Drive, Driver
from tests.services.agenda.test_trial import FEED

WORDS = {
    "fr": {
        "company": "Boulangerie Martin", "first": "La première heure", "stuck": "Ce qui bloque",
        "page": "une page à regarder",
        "events": "3 événements", "functions": "Paie @Paie+, Informatique @InfoSud, Production, Vente",
        "made": "4 fonctions créées", "priority": "Signer le bail pour:vendredi",
        "blocker": "Four en panne @FroidPlus p2 depuis:jeudi", "five": "Les cinq choses suivantes",
        "ritual": "Planifier une réunion qui revient", "aside": "Faire une première revue du matin",
    },
    "en": {
        "company": "Martin Bakery", "first": "The first hour", "stuck": "What is stuck",
        "page": "a page for people",
        "events": "3 events", "functions": "Payroll @Paie+, IT @InfoSud, Production, Sales",
        "made": "4 functions made", "priority": "Sign the lease due:friday",
        "blocker": "Oven down @FroidPlus p2 since:thursday", "five": "The next five things",
        "ritual": "Plan a meeting that comes back", "aside": "Hold a first morning review",
    },
}  # fmt: skip


@pytest.fixture
def workspace(tmp_path: Path, clock: TickingClock) -> Workspace:
    """A cockpit in which nobody has said anything, as `cockpit` opens it the first time."""
    return Workspace.open(tmp_path / "cockpit.db", Settings(), clock, tmp_path / "config.toml")


async def said(driver: Driver, text: str) -> None:
    """An answer, pasted, and Enter, and what it starts beside the screen awaited."""
    driver.app.screen.query_one(EntryInput).post_message(Paste(text))
    await driver.press("enter")
    workers = driver.app.workers
    await workers.wait_for_complete([w for w in workers if w.group in ("agenda", "pages", "board")])
    await driver.pilot.pause()


@pytest.mark.parametrize(("size", "language"), [((80, 24), "fr"), ((150, 45), "en")], ids=str)
async def test_from_an_empty_screen_to_a_useful_board(
    drive: Drive, workspace: Workspace, tmp_path: Path, size: tuple[int, int], language: str
) -> None:
    locale.use(language)
    words = WORDS[language]
    feed = tmp_path / "claire.ics"
    feed.write_bytes(FEED)
    async with drive(size) as driver:
        driver.app.action_do("beginning.start")
        await driver.pilot.pause()
        assert words["first"] in driver.screen()
        assert words["stuck"] in driver.screen(), "the questions to come are there from the first moment"
        await said(driver, words["company"])
        assert words["company"] in driver.screen().splitlines()[0]
        await said(driver, "Claire Martin")
        await driver.press("enter")  # the holidays that are offered

        # What is no agenda is not written as one; it is told, and asked again.
        await said(driver, "https://calendar.google.com/calendar/u/0/r")
        assert words["page"] in driver.screen()
        assert workspace.settings.agendas == ()
        await said(driver, str(feed))
        assert words["events"] in driver.screen()

        await said(driver, words["functions"])
        assert words["made"] in driver.screen()
        await driver.press("enter")  # no other provider
        await said(driver, words["priority"])
        await driver.press("enter")
        await said(driver, words["blocker"])

        # Escape leaves at any question, and all of it stays.
        await driver.press("escape", "escape")
        shown = driver.screen()
        assert words["company"] in shown
        assert words["five"] in shown
        kept = load.load(tmp_path / "config.toml")
        assert (kept.company.name, kept.me, len(kept.agendas)) == (words["company"], "Claire Martin", 1)
        assert len(workspace.select(Function, "function")) == 4
        assert len(workspace.select(Contract, "contract")) == 2
        (priority,) = workspace.select(Priority, "priority")
        (blocker,) = workspace.select(Blocker, "blocker")
        assert priority.day == workspace.today()
        assert blocker.waiting_on == ("FroidPlus",)

        # The next five things: the second one is done by Enter, another is put aside.
        await to_the_things(driver)
        await driver.press("down", "enter")
        await said(driver, "flash")
        assert len(workspace.select(Ritual, "ritual")) == 1
        await to_the_things(driver)
        assert words["ritual"] not in driver.screen()
        assert words["aside"] in driver.screen()
        await driver.press("x")
        assert next_things.put_aside(workspace) == {"review"}


async def to_the_things(driver: Driver) -> None:
    """With Tab, as a person would, to the pane of the five things and its second row."""
    for _pane in range(9):
        focused = driver.app.screen.focused
        if focused is not None and focused.id == "nextthings":
            return
        await driver.press("tab")
    raise AssertionError("no pane of the next things")
