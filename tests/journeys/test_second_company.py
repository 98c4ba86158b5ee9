"""The three jobs on a company that nobody wrote into the tables: made by init, spreadsheets, templates and lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from cockpit import locale
from cockpit.domain.registers.blocker import Blocker
from cockpit.domain.registers.occurrence import Occurrence
from cockpit.domain.registers.review import Review
from cockpit.services.desk.workspace import Workspace
from cockpit.ui.meetings.screen import LiveScreen
from cockpit.ui.morning.screen import MorningReview
from tests.journeys.conftest import LANGUAGES, SIZES, Drive, in_each_window


def filed(held: Occurrence) -> str:
    """The minutes in the folder."""
    return Path(held.minutes_path).read_text(encoding="utf-8")


SIZE_IDS = [f"{width}x{height}" for width, height in SIZES]


@in_each_window
async def test_every_place_opens_and_names_who_is_waited_for(
    kerlann: Workspace, drive: Drive, size: tuple[int, int], language: str
) -> None:
    locale.use(language)
    async with drive(size, kerlann) as driver:
        # The journal has codes in a column of its own.
        await driver.press("f5")
        for place in ("f2", "f3", "f4", "f1"):
            await driver.press(place)
            assert "PE-" not in driver.screen()
            assert "PR-" not in driver.screen()


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_morning_review_is_walked_to_its_end(
    kerlann: Workspace, drive: Drive, language: str
) -> None:
    locale.use(language)
    async with drive((150, 45), kerlann) as driver:
        await driver.press("m")
        assert isinstance(driver.app.screen, MorningReview)
        met = [driver.app.screen.progress.name]
        while met[-1] != "priorities":
            await driver.press("tab")
            met.append(driver.app.screen.progress.name)
            assert len(met) < 7
        await driver.press("space", "enter")
        (kept,) = kerlann.select(Review, "review")
        assert kept.summary in driver.screen()
    assert kept.by == "Nolwenn Le Goff"
    assert {"slas", "blockers"} < set(met)


@pytest.mark.parametrize("size", SIZES, ids=SIZE_IDS)
async def test_a_flash_point_is_led_from_its_template_to_its_minutes(
    kerlann: Workspace, drive: Drive, size: tuple[int, int]
) -> None:
    locale.use("fr")
    async with drive(size, kerlann) as driver:
        await driver.press("f", "enter")
        assert isinstance(driver.app.screen, LiveScreen)
        await driver.press("space", "d")
        await driver.answer("Commander un routeur @Sophie pour:jeudi")
        await driver.press("c", "enter")
    (held,) = kerlann.select(Occurrence, "occurrence", "status = 'held'")
    assert "Commander un routeur" in filed(held)
    assert "Sophie Nguyen" in filed(held)


async def test_a_blocker_is_typed_from_home_and_undone(kerlann: Workspace, drive: Drive) -> None:
    before = len(kerlann.select(Blocker, "blocker"))
    async with drive((150, 45), kerlann) as driver:
        await driver.press("b")
        await driver.type("Onduleur en panne @Iroise +info p2")
        await driver.press("enter")
        assert len(kerlann.select(Blocker, "blocker")) == before + 1
        await driver.press("u")
        assert len(kerlann.select(Blocker, "blocker", "archived_at IS NULL")) == before


@pytest.mark.parametrize("size", SIZES, ids=SIZE_IDS)
async def test_a_name_of_two_is_asked_in_the_bar_and_what_was_typed_stays(
    kerlann: Workspace, drive: Drive, size: tuple[int, int]
) -> None:
    locale.use("fr")
    async with drive(size, kerlann) as driver:
        await driver.press("b")
        await driver.type("Badge @Le")
        await driver.press("enter")
        assert "Nolwenn Le Goff (PE-1) ou Maëlle Le Bihan (PE-3)" in " ".join(driver.screen().split())
        assert "Badge @Le" in driver.screen()
        await driver.type(" Bihan")
        await driver.press("enter")
    (made,) = kerlann.select(Blocker, "blocker", "title = 'Badge'")
    assert made.waiting_on == ("PE-3",)


async def test_delegating_says_whom_it_knows_and_whom_it_does_not(kerlann: Workspace, drive: Drive) -> None:
    locale.use("fr")
    async with drive((150, 45), kerlann) as driver:
        driver.app.screen.query_one("#blockers").focus()
        await driver.press("home", "g")
        await driver.type("Kiné vendredi")
        assert "? Kiné (sans fiche)" in driver.screen()
        await driver.answer("sophie vendredi")
    (given,) = kerlann.select(Blocker, "blocker", "delegated_to != ''")
    assert (given.delegated_to, given.owner) == ("PE-2", "PE-2")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_record_that_is_made_asks_once_for_the_names_typed_before(
    kerlann: Workspace, drive: Drive, language: str
) -> None:
    locale.use(language)
    async with drive((150, 45), kerlann) as driver:
        await driver.press("b")
        await driver.type("Bail @Notaire")
        await driver.press("enter")
        await driver.open_register("provider")
        await driver.press("c")
        await driver.answer("Notaire du Port")
        assert "Notaire du Port ?" in driver.screen().replace("Port?", "Port ?")
        await driver.press("enter")
        assert not driver.app.screen.asking  # type: ignore[attr-defined]
    (made,) = kerlann.select(Blocker, "blocker", "title = 'Bail'")
    assert made.waiting_on == ("PR-6",)
