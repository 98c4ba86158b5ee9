"""The phase of the company by keys, and that a shared screen says no word of it."""

from __future__ import annotations

from datetime import date

import pytest

from cockpit import locale
from cockpit.domain.dataclasses import replace
from cockpit.domain.registers.phase import PHASES, SALE
from cockpit.domain.settings import LegalDate
from cockpit.services.desk.workspace import Workspace
from cockpit.services.organisation import phase
from cockpit.ui.documents.gaps_screen import GapsScreen
from cockpit.ui.organisation.views import VIEWS as VIEWS_OF_3
from cockpit.ui.signals.views import VIEWS as VIEWS_OF_4
from tests.conftest import TickingClock
from tests.journeys.conftest import LANGUAGES, Drive, in_each_window

ANSWER = {"fr": "cession", "en": "sale"}


@in_each_window
async def test_it_is_said_in_place_4_with_the_day_it_leads_to(
    workspace: Workspace, drive: Drive, size: tuple[int, int], language: str
) -> None:
    locale.use(language)
    async with drive(size) as driver:
        await driver.press("f4", "H")
        assert phase.word(SALE)[:9] in driver.screen()
        await driver.answer(ANSWER[language])
        await driver.answer("30/06/2027")
        found = phase.current(workspace)
        assert found is not None
        assert (found.phase, found.target_on) == (SALE, date(2027, 6, 30))
        # What the sale file lacks is opened over the place.
        assert isinstance(driver.app.screen, GapsScreen)
        await driver.press("escape")
        assert phase.word(SALE) in driver.screen()
        await driver.press("u")
        assert phase.current(workspace) is None
        assert phase.word(SALE) not in driver.screen()


async def test_without_a_day_yet_it_is_asked_for_where_dates_wait_for_it(
    workspace: Workspace, drive: Drive
) -> None:
    legal = LegalDate(key="staff", name="Tell the employees", phase=SALE, ahead="2m")
    workspace.settings = replace(workspace.settings, legal_dates=(legal,))
    async with drive() as driver:
        await driver.press("f4", "H")
        await driver.answer("sale")
        await driver.press("enter", "escape", "f1")
        assert phase.is_sale(workspace)
        assert "No day is aimed at" in driver.screen()


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_shared_screen_says_no_word_of_it(
    workspace: Workspace, drive: Drive, clock: TickingClock, language: str
) -> None:
    locale.use(language)
    legal = LegalDate(key="staff", name="Tell the employees", phase=SALE, ahead="1d")
    workspace.settings = replace(workspace.settings, legal_dates=(legal,))
    words = {phase.word(each) for each in PHASES} | {"Tell the employees", "the buyer"}
    for each in PHASES:
        phase.begin(workspace, each, note="the buyer")
    phase.begin(workspace, SALE, target=workspace.today())
    # What was done long ago is told before it is undone.
    clock.forward(hours=2)

    async with drive() as driver:

        def told() -> set[str]:
            screen = driver.screen()
            return {word for word in words if word in screen}

        assert told(), "without the veil it is there"
        await driver.press("v")
        for place, views in (
            ("f1", 1),
            ("f2", 1),
            ("f3", len(VIEWS_OF_3)),
            ("f4", len(VIEWS_OF_4)),
            ("f5", 1),
        ):
            await driver.press(place)
            for _view in range(views):
                assert not told(), driver.screen()
                if views > 1:
                    await driver.press("semicolon")
        await driver.press("u")
        assert not told(), driver.screen()
        await driver.press("escape", "f4", "H")
        assert not told(), driver.screen()
        await driver.press("f7")
        await driver.type("buyer")
        assert not (told() - {"the buyer"}), driver.screen()
        await driver.press("escape", "escape", "v", "f1")
        assert told(), "it is back"
