"""Dates that a person means, by keys: what comes back, what was decided of a contract, a line that is typed."""

from __future__ import annotations

import sqlite3
from datetime import date, timedelta

import pytest

from cockpit import locale
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.blocker import Blocker
from cockpit.domain.registers.contract import Contract
from cockpit.services.desk.workspace import Workspace
from cockpit.services.work import capture, entry
from tests.conftest import TickingClock
from tests.journeys.conftest import LANGUAGES, Drive, in_each_window


async def test_a_blocker_put_off_to_tomorrow_is_there_when_the_day_begins(
    workspace: Workspace, drive: Drive, clock: TickingClock
) -> None:
    capture.save(workspace, "blocker", entry.understand(workspace, "VPN down p1"))
    async with drive() as driver:
        await driver.press("tab", "r")
        assert "09:00" in driver.screen()
        await driver.press("enter")
        assert "VPN down" not in driver.screen()
    clock.at = clock.at.replace(day=24, hour=8, minute=1)  # 09:01 in Paris
    async with drive() as driver:
        assert "VPN down" in driver.screen()


@in_each_window
async def test_what_was_decided_of_a_contract_is_one_key(
    workspace: Workspace, drive: Drive, size: tuple[int, int], language: str
) -> None:
    locale.use(language)
    answer = "préavis envoyé le 20/11" if language == "fr" else "notice sent on 20/11"
    workspace.add(REGISTERS["provider"], {"name": "Paie+"})
    workspace.add(
        REGISTERS["contract"],
        {"name": "Paie", "provider": "PR-1", "starts_on": date(2025, 2, 1), "notice": "2m"},
    )
    async with drive(size) as driver:
        driver.app.action_do("org.contracts")
        await driver.pilot.pause()
        await driver.press("p")
        for character in answer:
            await driver.press({" ": "space", "/": "slash"}.get(character, character))
        assert "31" in driver.screen()
        await driver.press("enter")
        (found,) = workspace.select(Contract, "contract")
        assert (found.decided, found.decided_on, found.ended_on) == (
            "notice", date(2026, 11, 20), date(2027, 1, 31),
        )  # fmt: skip
        await driver.press("u")
        (found,) = workspace.select(Contract, "contract")
        assert (found.decided, found.ended_on) == ("open", None)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_locked_database_stops_nobody_who_types(
    workspace: Workspace, drive: Drive, language: str
) -> None:
    locale.use(language)
    workspace.conn.execute("PRAGMA busy_timeout = 1")
    other = sqlite3.connect(workspace.path, isolation_level=None)
    async with drive() as driver:
        await driver.press("b")
        other.execute("BEGIN IMMEDIATE")
        await driver.type("VPN KO pour:demain 12h")
        assert "12:00" in driver.screen()
        await driver.press("enter")
        assert "VPN KO pour:demain 12h" in driver.screen(), "what was typed stands in the line"
        other.execute("ROLLBACK")
        await driver.press("enter")
        (found,) = workspace.select(Blocker, "blocker")
        assert (found.title, found.due and found.due.astimezone(workspace.zone).hour) == ("VPN KO", 12)
    other.close()


async def test_the_chips_tell_everything_that_is_not_understood(workspace: Workspace, drive: Drive) -> None:
    async with drive((150, 45)) as driver:
        await driver.press("b")
        await driver.type("VPN p5 échéance:demain pour:bientôt")
        shown = driver.screen()
        for word in ("p1-p4", "pour: is meant", "“bientôt” is not"):
            assert word in shown


async def test_a_promise_is_said_in_words_while_it_is_typed(workspace: Workspace, drive: Drive) -> None:
    async with drive((150, 45)) as driver:
        await driver.press("b")
        await driver.type("VPN sla:48h")
        assert "48 h of business time, until" in driver.screen()


def test_that_promise_is_the_one_that_is_kept(workspace: Workspace) -> None:
    found = entry.understand(workspace, "VPN sla:48h")
    said = entry.summary(workspace, found)
    capture.save(workspace, "blocker", found)
    (blocker,) = workspace.select(Blocker, "blocker")
    assert blocker.sla_due is not None
    assert f"{blocker.sla_due.astimezone(workspace.zone):%H:%M}" in said
    assert blocker.sla_due - workspace.clock() > timedelta(days=7), (
        "forty-eight hours of work are no two days"
    )
