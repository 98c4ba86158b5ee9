"""The page of a provider: what it told, what we say, what binds us, and every record a key away."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cockpit import locale
from cockpit.domain.dataclasses import replace
from cockpit.domain.providers.state import State
from cockpit.services.desk.workspace import Workspace
from cockpit.services.providers import page
from cockpit.services.providers.lines import provider_lines
from cockpit.ui.app import CockpitApp
from tests.journeys.conftest import SIZES, Driver

PROVIDERS = ("tab",) * 6


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("language", ["fr", "en"])
async def test_enter_opens_its_story_and_what_binds_us(
    mistral: Workspace, size: tuple[int, int], language: str
) -> None:
    locale.use(language)
    app = CockpitApp(mistral)
    async with app.run_test(size=size) as pilot:
        driver = Driver(pilot, app)
        await driver.press(*PROVIDERS, "enter")
        screen = driver.screen()
        assert "La cause est trouvée" in screen
        assert "█" in screen
        assert "PR-1" in screen
        await driver.press("tab", "enter")
        assert "900000101" in driver.screen(), "the record of the register"
        await driver.press("escape", "escape")
        assert "La cause est trouvée" not in driver.screen()


async def test_what_we_say_is_said_from_there_too(mistral: Workspace) -> None:
    locale.use("fr")
    app = CockpitApp(mistral)
    async with app.run_test(size=SIZES[0]) as pilot:
        driver = Driver(pilot, app)
        await driver.press(*PROVIDERS, "enter", "x")
        await driver.type("Sophie appelle")
        await driver.press("enter")
        assert "Sophie appelle" in driver.screen()
        view = page.view(mistral, "paie")
        assert view is not None
        assert view.line.ours.acknowledged is not None


def test_a_provider_without_a_page_has_its_people_its_contract_and_no_strip(mistral: Workspace) -> None:
    view = page.view(mistral, next(
        line.key for line in provider_lines(mistral, mistral.now()) if line.name == "Cabinet Lagarde"
    ))  # fmt: skip
    assert view is not None
    assert not view.line.has_page
    assert view.contracts
    assert all(day.worst is State.UNKNOWN for day in view.strip)
    assert {said.percent for _days, said in view.uptimes} == {"-"}


def test_uptime_counts_from_the_first_word_heard(mistral: Workspace) -> None:
    view = page.view(mistral, "zoom")
    assert view is not None
    seen = dict(view.uptimes)
    assert seen[365].coverage == pytest.approx(1, abs=0.01), (
        "34 days were watched, and the year before was not"
    )
    assert sum(day.worst is not State.UNKNOWN for day in view.strip) == 35


def test_a_window_is_named_by_what_was_seen_of_it_and_that_once(mistral: Workspace) -> None:
    locale.use("en")
    view = page.view(mistral, "zoom")
    assert view is not None
    said = page.windows(view)
    assert not any("365" in each or "90" in each for each in said), said
    assert [each.startswith("since ") for each in said] == [False] * (len(said) - 1) + [True]
    hours = replace(view, seen_since=view.at - timedelta(hours=6))
    (today,) = page.windows(hours)
    assert today.startswith("since today: ")


def test_a_meeting_with_its_people_is_an_exchange(mistral: Workspace) -> None:
    view = page.view(mistral, "paie")
    assert view is not None
    assert view.exchanges
    assert all(each.at <= view.at + timedelta(days=1) for each in view.exchanges)


def test_who_is_not_known_has_no_page(mistral: Workspace) -> None:
    assert page.view(mistral, "nobody") is None
