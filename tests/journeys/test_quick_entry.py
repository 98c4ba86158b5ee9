"""From a thought to a saved blocker, at three sizes and in two languages, and everything one key does to it."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta

import pytest
from textual.events import Key

from cockpit import locale
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.blocker import Blocker
from cockpit.domain.registers.decision import Decision
from cockpit.domain.registers.priority import Priority
from cockpit.services.desk.workspace import Workspace
from cockpit.services.work import capture, entry
from cockpit.store import journal
from tests.conftest import TickingClock
from tests.journeys.conftest import LANGUAGES, SIZES, Drive


def blockers(workspace: Workspace) -> tuple[Blocker, ...]:
    return workspace.select(Blocker, "blocker", "1 ORDER BY number")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_blocker_is_typed_saved_done_and_undone(
    workspace: Workspace, drive: Drive, size: tuple[int, int], language: str
) -> None:
    locale.use(language)
    workspace.add(REGISTERS["provider"], {"name": "Paie+"})
    workspace.add(REGISTERS["function"], {"name": "RH et paie"})
    async with drive(size) as driver:
        await driver.press("b")
        await driver.type("Paie octobre @Paie+ +rh p1 pour:demain qui:Sophie")
        shown = driver.screen()
        assert "Paie octobre · Paie+ · RH et paie · P1" in shown
        await driver.press("enter")
        assert "B-1" in driver.screen()
        (found,) = blockers(workspace)
        assert (found.title, found.severity, found.owner) == ("Paie octobre", "p1", "Sophie")
        assert (found.waiting_on, found.function) == (("PR-1",), "FN-1")
        await driver.press("tab", "x")
        assert blockers(workspace)[0].status == "solved"
        await driver.press("u")
        assert blockers(workspace)[0].status == "waiting"
        await driver.press("U")
        assert blockers(workspace)[0].status == "solved"
    assert journal.verify(workspace.conn) is None


async def test_undoing_something_old_asks_first(
    workspace: Workspace, clock: TickingClock, drive: Drive
) -> None:
    workspace.add(REGISTERS["blocker"], {"title": "VPN", "status": "open", "severity": "p2"})
    clock.forward(days=2)
    async with drive() as driver:
        await driver.press("u")
        assert "B-1 added" in driver.screen()
        await driver.press("escape")
        assert len(blockers(workspace)) == 1
        await driver.press("u", "enter")
        assert blockers(workspace) == ()
        await driver.press("U")
        assert len(blockers(workspace)) == 1


async def test_the_bar_opens_from_every_place(workspace: Workspace, drive: Drive) -> None:
    async with drive() as driver:
        for place in ("f1", "f3", "f5"):
            await driver.press(place, "b")
            await driver.type(f"from {place}")
            await driver.press("enter")
    assert [blocker.title for blocker in blockers(workspace)] == ["from f1", "from f3", "from f5"]


@pytest.mark.parametrize(("key", "kind", "table"), [("n", Priority, "priority"), ("d", Decision, "decision")])
async def test_priorities_and_decisions_take_the_same_line(
    workspace: Workspace, drive: Drive, key: str, kind: type[Priority | Decision], table: str
) -> None:
    async with drive() as driver:
        await driver.press(key)
        await driver.type("Signer l'avenant pour:lundi qui:Sophie")
        await driver.press("enter")
    (found,) = workspace.select(kind, table)
    assert (found.title, found.owner) == ("Signer l'avenant", "Sophie")


async def test_what_was_typed_survives_escape_and_a_new_start(workspace: Workspace, drive: Drive) -> None:
    async with drive() as driver:
        await driver.press("b")
        await driver.type("half a thought")
        await driver.press("escape")
        assert blockers(workspace) == ()
    async with drive() as driver:
        await driver.press("b")
        assert "half a thought" in driver.screen()
        await driver.press("enter")
        await driver.press("b")
        assert "half a thought" not in driver.screen().splitlines()[-3]
    assert [blocker.title for blocker in blockers(workspace)] == ["half a thought"]


async def test_an_empty_line_is_refused_in_words_and_the_bar_stays(
    workspace: Workspace, drive: Drive
) -> None:
    async with drive() as driver:
        await driver.press("b", "enter")
        assert "the line needs a title" in driver.screen()
        await driver.type("VPN")
        await driver.press("enter")
    assert len(blockers(workspace)) == 1


async def test_a_known_name_completes_by_tab(workspace: Workspace, drive: Drive) -> None:
    workspace.add(REGISTERS["provider"], {"name": "Cabinet Lagarde"})
    async with drive() as driver:
        await driver.press("b")
        await driver.type("Contrat @cab")
        await driver.press("tab", "enter")
    assert blockers(workspace)[0].waiting_on == ("PR-1",)


async def test_a_mark_can_be_taken_literally(workspace: Workspace, drive: Drive) -> None:
    async with drive() as driver:
        await driver.press("b")
        await driver.type("Version p1")
        await driver.press("ctrl+r", "enter")
    assert (blockers(workspace)[0].title, blockers(workspace)[0].severity) == ("Version p1", "p3")


async def test_each_key_asks_one_thing_and_changes_one_thing(
    workspace: Workspace, drive: Drive, clock: TickingClock
) -> None:
    capture.save(workspace, "blocker", entry.understand(workspace, "VPN down p2"))
    async with drive() as driver:
        await driver.press("tab", "w")
        await driver.type("InfoSud")
        await driver.press("enter", "p")
        await driver.type("call at noon")
        await driver.press("enter", "e", "enter", "g")
        await driver.type("Sophie vendredi")
        await driver.press("enter")
        (found,) = blockers(workspace)
        assert found.waiting_on == ("InfoSud",)
        assert (found.next_step, found.level, found.delegated_to) == ("call at noon", 2, "Sophie")
        assert found.remind_at is not None
        assert found.remind_at.astimezone(workspace.zone).strftime("%a") == "Fri"
        await driver.press("i")
        assert "severity and criticality" in driver.screen()
        await driver.press("r", "enter")
        (found,) = blockers(workspace)
        assert found.snoozed_until is not None
        assert found.snoozed_until - clock() < timedelta(days=2)
        assert "VPN down" not in driver.screen()


async def test_three_priorities_of_the_day_by_space(workspace: Workspace, drive: Drive) -> None:
    for n in range(4):
        capture.save(workspace, "priority", entry.understand(workspace, f"goal {n}"))
    async with drive() as driver:
        for n in range(1, 5):
            driver.app.screen.query_one("#priorities").select(f"P-{n}")  # type: ignore[attr-defined]
            await driver.press("space")
        assert "three priorities are chosen already" in driver.screen()
    picked = workspace.select(Priority, "priority", "day IS NOT NULL ORDER BY rank")
    assert [priority.code for priority in picked] == ["P-1", "P-2", "P-3"]


async def test_another_process_shows_within_a_beat(workspace: Workspace, drive: Drive) -> None:
    async with drive() as driver:
        assert "from the shell" not in driver.screen()
        subprocess.run(  # noqa: ASYNC221 - another process, while this one waits
            [sys.executable, "-m", "cockpit", "--db", str(workspace.path), "block", "from the shell"],
            check=True,
        )
        driver.app.beat()
        await driver.app.workers.wait_for_complete()
        await driver.pilot.pause()
        assert "from the shell" in driver.screen()


async def test_a_field_is_edited_on_the_record_and_its_history_says_so(
    workspace: Workspace, drive: Drive
) -> None:
    capture.save(workspace, "blocker", entry.understand(workspace, "VPN down"))
    async with drive() as driver:
        await driver.press("tab", "enter")
        fields = driver.app.screen.query_one("#fields")
        fields.select("severity")  # type: ignore[attr-defined]
        await driver.press("enter", *["backspace"] * 6)
        await driver.type("wrong")
        await driver.press("enter")
        assert "choose one of: critical, high, medium, low" in driver.screen()
        await driver.press(*["backspace"] * 5)
        await driver.type("crit")
        await driver.press("enter")
        assert "Severity: medium → critical" in driver.screen()
        await driver.press("escape")
    assert blockers(workspace)[0].severity == "p1"


async def test_a_record_is_found_without_its_accents(workspace: Workspace, drive: Drive) -> None:
    capture.save(workspace, "blocker", entry.understand(workspace, "Échéance dépassée"))
    async with drive() as driver:
        await driver.press("f7")
        await driver.type("echeance")
        await driver.app.workers.wait_for_complete()
        await driver.pilot.pause()
        await driver.press("down", "enter")
        await driver.pilot.pause()
        assert "B-1" in driver.screen()
        assert type(driver.app.screen).__name__ == "DetailScreen"


async def test_a_register_takes_a_new_record_field_by_field(workspace: Workspace, drive: Drive) -> None:
    workspace.add(REGISTERS["provider"], {"name": "Paie+"})
    async with drive() as driver:
        await driver.open_register("contract")
        await driver.press("c")
        await driver.type("Payroll")
        await driver.press("enter")
        await driver.type("Nobody")
        await driver.press("enter")
        assert "is not known" in driver.screen()
        await driver.press(*["backspace"] * 6)
        await driver.type("pai")
        await driver.press("tab", "enter")
        assert "CT-1" in driver.screen()
    assert workspace.conn.execute("SELECT name, provider FROM contract").fetchone()[:] == ("Payroll", "PR-1")


async def test_what_is_typed_right_behind_the_key_is_not_lost(workspace: Workspace, drive: Drive) -> None:
    async with drive() as driver:
        for character in "bVPN":
            driver.app.post_message(Key(character, character))
        await driver.pilot.pause()
        assert "VPN" in driver.screen()
        await driver.press("enter")
        (made,) = workspace.select(Blocker, "blocker")
        assert made.title == "VPN"


async def test_what_is_typed_while_a_page_is_still_being_made_waits_for_it(
    workspace: Workspace, drive: Drive
) -> None:
    code = capture.save(workspace, "blocker", entry.understand(workspace, "VPN"))
    async with drive() as driver:
        driver.app.open_code(code)
        # It had reached the place before, and comes up from there now: of the page nothing is made yet.
        key = Key("p", "p")
        key._set_forwarded()
        await driver.app.on_event(key)
        await driver.type("call Orange")
        await driver.press("enter")
    assert blockers(workspace)[0].next_step == "call Orange"


async def test_a_line_typed_ahead_with_its_enter_is_saved(drive: Drive, workspace: Workspace) -> None:
    """As a paste, a slow line or a busy machine gives them: all keys before the first of them was handled."""
    async with drive() as driver:
        for sign in "bVPNN":
            driver.app.post_message(Key(sign, sign))
        for name in ("backspace", "enter"):
            driver.app.post_message(Key(name, None))
        await driver.pilot.pause()
        await driver.pilot.pause()
    assert [each.title for each in blockers(workspace)] == ["VPN"]
