"""The engagements of service, the alerts and the inbox, by keys: from a pane to the rows they leave."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cockpit import locale
from cockpit.domain.messages.left_aside import left_file
from cockpit.domain.messages.statement import parse_json
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.blocker import Blocker
from cockpit.domain.registers.clock import Clock
from cockpit.domain.registers.decision import Decision
from cockpit.domain.registers.escalation import Escalation
from cockpit.domain.registers.mark import Mark
from cockpit.domain.registers.statement import Statement
from cockpit.domain.settings import Channel
from cockpit.services.desk.workspace import Workspace
from cockpit.services.messages import inbox
from cockpit.services.promises import clocks, engagements
from cockpit.services.records import find
from cockpit.services.work import capture, entry
from cockpit.store.outside import outbox
from cockpit.ui.kit.place import Place
from cockpit.ui.records import questions as record_questions
from tests.conftest import TickingClock
from tests.journeys.conftest import SIZES, Drive, in_each_window

SLAS, INBOX, ALERTS = ("tab",) * 2, ("shift+tab",), ("shift+tab",) * 3


@pytest.fixture
def company(workspace: Workspace, clock: TickingClock) -> Workspace:
    """A blocker that waits for a provider whose first answer and resolution are promised."""
    provider = workspace.add(
        REGISTERS["provider"], {"name": "InfoSud", "contact": "Inès, ines@infosud.example"}
    )
    contract = workspace.add(REGISTERS["contract"], {"name": "IT", "provider": provider, "sla": "8ho"})
    promise = {"name": "First answer", "contract": contract, "metric": "acknowledgement", "target": "1ho"}
    workspace.add(REGISTERS["policy"], promise)
    clock.forward(minutes=30)
    capture.save(
        workspace, "blocker", entry.understand(workspace, "VPN down @InfoSud p1 owner:Sophie next:call")
    )
    return workspace


def clock_of(workspace: Workspace, metric: str) -> Clock:
    (found,) = (c for c in clocks.of_blocker(workspace, "B-1") if c.metric == metric)
    return found


@in_each_window
async def test_answered_paused_and_on_again(
    company: Workspace, drive: Drive, size: tuple[int, int], language: str
) -> None:
    locale.use(language)
    async with drive(size) as driver:
        await driver.press(*SLAS, "a")
        assert clock_of(company, "acknowledgement").state == "met"
        await driver.press("h")
        await driver.answer("attend un tiers" if language == "fr" else "waits for a third party")
        assert clock_of(company, "resolution").pause == "waiting_third"
        assert ("attend un tiers" if language == "fr" else "waits for a third") in driver.screen()
        await driver.press("h")
        assert clock_of(company, "resolution").state == "running"
        await driver.press("u", "u", "u")
        assert clock_of(company, "acknowledgement").state == "running"


async def test_a_reason_that_is_none_is_refused_where_it_is_typed(company: Workspace, drive: Drive) -> None:
    async with drive() as driver:
        await driver.press(*SLAS, "down", "h")
        await driver.answer("lunch")
        assert "waits for us" in driver.screen()
        assert clock_of(company, "resolution").state == "running"
        await driver.answer("postponed")
        assert "with whom" in driver.screen()
        await driver.answer("postponed: Ines, until Friday")
        assert clock_of(company, "resolution").pause_note == "Ines, until Friday"


async def test_a_reminder_is_read_then_noted_when_it_is_taken(company: Workspace, drive: Drive) -> None:
    async with drive() as driver:
        await driver.press(*SLAS, "l")
        assert "We are waiting for you about “VPN down” (B-1)." in driver.screen()
        assert "ines@infosud.example" in driver.screen()
        await driver.press("escape")
        assert "reminded" not in clock_of(company, "resolution").events
        await driver.press("l", "c")
        assert "reminded" in clock_of(company, "resolution").events


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_an_escalation_ends_with_a_decision(
    company: Workspace, drive: Drive, size: tuple[int, int]
) -> None:
    async with drive(size) as driver:
        await driver.press("tab", "e", "enter", "e")
        await driver.answer("Replace the router?")
        first, second = company.select(Escalation, "escalation", "1 ORDER BY number")
        assert (first.asked_of, first.question, first.ended_at is not None) == ("Sophie", "call", True)
        assert (second.asked_of, second.question, second.ended_at) == ("PR-1", "Replace the router?", None)
        await driver.press("d")
        await driver.type("We replace the router")
        await driver.press("enter")
        (decision,) = company.select(Decision, "decision")
        assert (decision.title, decision.blocks) == ("We replace the router", ("B-1",))
        (ended,) = company.select(Escalation, "escalation", "decision != ''")
        assert (ended.code, ended.decision) == (second.code, decision.code)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_a_clock_opens_on_its_story(company: Workspace, drive: Drive, size: tuple[int, int]) -> None:
    async with drive(size) as driver:
        await driver.press(*SLAS, "enter")
        shown = driver.screen()
        for words in (
            "First answer",
            "first answer",
            "opened: 1ho",
            "never paused",
            "No promise has ended yet.",
        ):
            if words != "First answer":
                assert words in shown, words
        await driver.press("escape")
        assert "never paused" not in driver.screen()


async def test_an_alert_is_explained_taken_up_and_muted(
    company: Workspace, clock: TickingClock, drive: Drive
) -> None:
    clock.forward(hours=3)
    async with drive() as driver:
        # Its blocker's row tells it: it stands behind the line that counts what is on the screen.
        await driver.press(*ALERTS, "enter", "down", "i")
        assert "escalate to level 1, ask Sophie (e)" in driver.screen()
        await driver.press("space")
        await driver.answer("Sophie calls")
        (mark,) = company.select(Mark, "mark")
        assert (mark.kind, mark.reason) == ("acknowledged", "Sophie calls")
        assert "■ SLA passed" not in driver.screen()
        await driver.press("u", "down", "t")
        await driver.answer("tomorrow")
        await driver.answer("vacation")
        assert company.select(Mark, "mark", "kind = 'muted' AND until IS NOT NULL")


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_statements_are_sorted_with_one_key(
    company: Workspace, drive: Drive, size: tuple[int, int]
) -> None:
    raw = '{"version": 1, "id": "%d", "from": "Messageries", "service": "x", "severity": "major", "title": "Late %d"}'
    for number in range(4):
        inbox.keep(company, parse_json((raw % (number, number)).encode()))
    async with drive(size) as driver:
        await driver.press(*INBOX)
        assert "Messageries" in driver.screen()
        await driver.press("c", "a", "x")
        await driver.answer("not ours")
        await driver.press("p")
        await driver.answer("b-1")
        found = company.select(Statement, "statement", "1 ORDER BY number")
        assert [each.triage for each in found] == ["blocker", "alert", "refused", "note"]
        assert "Late 3" in company.select(Blocker, "blocker", "code = 'B-1'")[0].note


async def test_what_waits_for_a_preview_is_read_before_it_goes(company: Workspace, drive: Drive) -> None:
    team = Channel(key="team", name="Team", kind="slack", url="env:NOT_SET")
    company.settings = replace(company.settings, channels=(team,))
    outbox.put(company.conn, "team", "a", {"id": "a", "title": "VPN down", "body": "Since noon"},
               "2026-11-23T08:00:00+00:00", state="held")  # fmt: skip
    async with drive() as driver:
        await driver.press("K")
        assert "Team" in driver.screen()
        assert "this channel works" in driver.screen()
        await driver.press("down")
        assert "Since noon" in driver.screen()
        await driver.press("x")
        assert outbox.count(company.conn, "dropped") == 1


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_what_could_not_be_taken_is_a_red_line_that_one_key_takes(
    workspace: Workspace, drive: Drive, size: tuple[int, int]
) -> None:
    inbox.keep(workspace, left_file(b'{"title": "VPN",', "panne.json", "the file is not valid JSON"))
    async with drive(size) as driver:
        await driver.press(*INBOX)
        assert "■ panne.json" in driver.screen()
        assert "g takes it" in driver.screen()
        await driver.press("g")
        assert "IN-1 taken" in driver.screen()
        (found,) = workspace.select(Statement, "statement")
        assert (found.triage, found.body) == ("new", '{"title": "VPN",')
        await driver.press("u")
        assert "■ panne.json" in driver.screen()


async def test_a_promise_that_is_cut_says_what_becomes_of_the_open_deadlines(
    workspace: Workspace, drive: Drive
) -> None:
    provider = workspace.add(REGISTERS["provider"], {"name": "InfoSud"})
    contract = workspace.add(REGISTERS["contract"], {"name": "IT", "provider": provider})
    policy = workspace.add(
        REGISTERS["policy"],
        {"name": "Repair", "contract": contract, "metric": "resolution", "severity": "all", "target": "8ho"},
    )
    clocks.add_blocker(
        workspace, {"title": "VPN", "severity": "p1", "waiting_on": (provider,), "since": workspace.clock()}
    )
    (before,) = engagements.bound_by(workspace, policy)
    async with drive() as driver:
        for answer, target in (("leave", "8ho"), ("from their", "2ho")):
            _register, found = find.find(workspace, policy)
            place = driver.app.screen
            assert isinstance(place, Place)
            place.ask(record_questions.edit_field(workspace, found, REGISTERS["policy"].field("target")))
            await driver.answer("4ho" if answer == "leave" else "2ho")
            assert "1 open deadline has the promise of before" in driver.screen()
            await driver.answer(answer)
            assert [each.target for each in engagements.bound_by(workspace, policy)] == [target]
        await driver.press("u")
        (again,) = engagements.bound_by(workspace, policy)
        assert (again.target, again.due) == (before.target, before.due)
