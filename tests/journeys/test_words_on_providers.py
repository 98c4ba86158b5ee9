"""One key on a provider: seen, muted, a problem we see, an exchange, a colour by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cockpit import locale
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.mark import Mark
from cockpit.domain.settings import Settings, StatusSource
from cockpit.services.desk.workspace import Workspace
from tests.journeys.conftest import SIZES, Drive

PAGE = StatusSource(key="paie", name="Paie+", url="https://status.paie.test")
TO_PROVIDERS = ("7",)


@pytest.fixture
def company(workspace: Workspace) -> Workspace:
    locale.use("fr")
    workspace.settings = replace(Settings(), statuses=(PAGE,), company=workspace.settings.company)
    workspace.add(REGISTERS["provider"], {"name": "Cabinet Lagarde"})
    return workspace


def said(workspace: Workspace) -> list[tuple[str, str, str]]:
    marks = workspace.select(Mark, "mark", "closed_at IS NULL ORDER BY number")
    return [(mark.kind, mark.source or mark.provider, mark.reason) for mark in marks]


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_each_word_is_one_key_and_a_line(
    company: Workspace, drive: Drive, size: tuple[int, int]
) -> None:
    async with drive(size) as driver:
        await driver.press(*TO_PROVIDERS, "x")
        await driver.answer("Sophie appelle")
        await driver.press("p")
        await driver.answer("panne: rien ne passe")
        assert said(company) == [
            ("acknowledged", "paie", "Sophie appelle"),
            ("problem", "paie", "rien ne passe"),
        ]
        assert "rien ne passe" in driver.screen()
        await driver.press("p")
        assert said(company) == [("acknowledged", "paie", "Sophie appelle")]
        await driver.press("u", "u")
        assert said(company) == [("acknowledged", "paie", "Sophie appelle")]


async def test_a_mute_asks_until_when_then_why(company: Workspace, drive: Drive) -> None:
    async with drive(SIZES[0]) as driver:
        await driver.press(*TO_PROVIDERS, "r")
        await driver.answer("demain 9:00")
        await driver.answer("travaux")
        assert said(company) == [("muted", "paie", "travaux")]
        await driver.press("r")
        assert said(company) == []


async def test_a_provider_without_a_page_gets_a_colour_by_hand(company: Workspace, drive: Drive) -> None:
    async with drive(SIZES[0]) as driver:
        await driver.press(*TO_PROVIDERS, "end", "c")
        await driver.answer("dégr")
        await driver.answer("demain")
        await driver.answer("ne répond plus")
        assert said(company) == [("manual", "PR-1", "ne répond plus")]
        assert "dégradé" in driver.screen()


async def test_a_page_keeps_its_own_state(company: Workspace, drive: Drive) -> None:
    async with drive(SIZES[0]) as driver:
        await driver.press(*TO_PROVIDERS, "c")
        assert said(company) == []
