"""Any list by keys: narrowed as one types, its rows selected, one key for all of them, one undo for the whole."""

from __future__ import annotations

import json

import pytest

from cockpit import locale
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.blocker import Blocker
from cockpit.services.desk.workspace import Workspace
from cockpit.services.records import find
from cockpit.services.work import capture, entry, moves, saved_views
from tests.journeys.conftest import LANGUAGES, SIZES, Drive, Driver, in_each_window


@pytest.fixture
def company(workspace: Workspace) -> Workspace:
    """Five blockers and two priorities."""
    for line in (
        "Écarts de paie @Paie+ p1 owner:Sophie",
        "VPN down @InfoSud p2 owner:Sophie",
        "Printer p4 owner:Marc",
        "Paie d’octobre @Paie+ p3",
        "Bank access",
    ):
        capture.save(workspace, "blocker", entry.understand(workspace, line))
    for line in ("Sign the amendment p1", "Forecast of the quarter"):
        capture.save(workspace, "priority", entry.understand(workspace, line))
    return workspace


def shown(driver: Driver, pane: str) -> list[str]:
    return [item.key for item in driver.app.screen.query_one(f"#{pane}").items]  # type: ignore[attr-defined]


@in_each_window
async def test_a_list_is_narrowed_as_one_types_and_stays_so(
    company: Workspace, drive: Drive, size: tuple[int, int], language: str
) -> None:
    locale.use(language)
    of, nothing = ("sur", "Rien ne répond") if language == "fr" else ("of", "Nothing fits")
    async with drive(size) as driver:
        await driver.press("2", "slash")
        await driver.type("paie")
        assert shown(driver, "blockers") == ["B-1", "B-4"]
        assert f"2 {of} 5" in driver.screen()
        await driver.type(" !ecart")
        assert shown(driver, "blockers") == ["B-4"]
        await driver.press("escape")
        assert len(shown(driver, "blockers")) == 5, "what was only tried is over"
        await driver.press("slash")
        await driver.type("@paie p1")
        await driver.press("enter")
        assert shown(driver, "blockers") == ["B-1"]
        assert ("filtre : @paie p1" if language == "fr" else "filter: @paie p1") in driver.screen()
        await driver.press("enter", "escape")
        assert shown(driver, "blockers") == ["B-1"], "it stays when one comes back"
        await driver.press("slash", "ctrl+u")
        await driver.type("%prntr !qui:sophie")
        await driver.press("enter")
        assert shown(driver, "blockers") == ["B-3"]
        await driver.press("slash")
        await driver.type("zzz")
        await driver.press("enter")
        assert nothing in driver.screen()
        await driver.press("escape")
        assert len(shown(driver, "blockers")) == 5


async def test_one_key_acts_on_all_that_is_selected_and_one_undo_takes_it_back(
    company: Workspace, drive: Drive
) -> None:
    def still_open(register: str) -> int:
        live = f"SELECT count(*) FROM {register} WHERE closed_at IS NULL AND archived_at IS NULL"
        return int(company.conn.execute(live).fetchone()[0])

    async with drive() as driver:
        await driver.press("2", "slash")
        await driver.type("paie")
        await driver.press("enter", "asterisk")
        assert "✓ 2 selected" in driver.screen()
        await driver.press("p")
        assert "one row at a time" in driver.screen(), "said, and nothing is asked"
        await driver.press("r")
        await driver.answer("friday")
        snoozed = "SELECT count(*) FROM blocker WHERE snoozed_until IS NOT NULL"
        assert company.conn.execute(snoozed).fetchone()[0] == 2
        await driver.press("u")
        assert company.conn.execute(snoozed).fetchone()[0] == 0
        await driver.press("escape", "home", "C", "down", "E")
        assert "✓ 3 selected" in driver.screen()
        await driver.press("G")
        await driver.answer("p2")
        severe = "SELECT count(*) FROM blocker WHERE severity = 'p2'"
        assert company.conn.execute(severe).fetchone()[0] >= 3
        await driver.press("home", "shift+down", "shift+down", "x")
        assert still_open("blocker") == 2
        assert "selected" not in driver.screen()
        await driver.press("u")
        assert still_open("blocker") == 5
        await driver.press("C", "g")
        await driver.answer("Marc")
        await driver.press("asterisk", "escape")
        assert "selected" not in driver.screen()
        for blocker in company.select(Blocker, "blocker"):
            company.change(REGISTERS["blocker"], blocker, {"owner": "", "severity": "p1"})
        driver.app.reload()
        await driver.press("6", "slash")
        await driver.type("!zzz")
        await driver.press("enter", "asterisk")
        assert "✓" in driver.screen()
        await driver.press("space")
        await driver.answer("Sophie has them")
        marks = (
            "SELECT count(DISTINCT batch) AS batches, count(*) AS marks FROM journal WHERE entity = 'mark'"
        )
        found = company.conn.execute(marks).fetchone()
        assert found["batches"] == 1
        assert found["marks"] > 1


@pytest.mark.parametrize("size", [SIZES[0], SIZES[2]], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_a_blocker_is_one_of_the_three_of_the_day(
    company: Workspace, drive: Drive, size: tuple[int, int]
) -> None:
    async with drive(size) as driver:
        await driver.press("2", "slash")
        await driver.type("vpn")
        await driver.press("enter", "space", "1")
        assert "VPN down B-2" in driver.screen(), "it has a row of its own among the three"
        await driver.press("2", "space")
        assert "VPN down B-2" not in driver.screen(), "the same key takes it off"
        await driver.press("u", "1", "home")
        assert "VPN down B-2" in driver.screen()
        await driver.press("x")
        closed = "SELECT count(*) FROM {} WHERE closed_at IS NOT NULL"
        assert company.conn.execute(closed.format("blocker")).fetchone()[0] == 1
        assert company.conn.execute(closed.format("priority")).fetchone()[0] == 1
        await driver.press("u")
        for code in ("P-1", "P-2"):
            moves.pick(company, code)
        driver.app.reload()
        await driver.press("2", "escape", "end", "space")
        assert "drop which" in driver.screen()
        await driver.answer("1")
        chosen = "SELECT count(*) FROM priority WHERE day IS NOT NULL AND archived_at IS NULL"
        assert company.conn.execute(chosen).fetchone()[0] == 3
        await driver.press("u")
        assert "VPN down B-2" in driver.screen()


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_journal_is_narrowed_by_who_what_and_when(
    company: Workspace, drive: Drive, language: str
) -> None:
    locale.use(language)
    moves.done(company, ["B-2"])
    async with drive((100, 30)) as driver:
        await driver.press("f5", "slash")
        await driver.type("quoi:B-2" if language == "fr" else "what:B-2")
        await driver.press("enter")
        assert "B-1" not in driver.screen()
        assert driver.screen().count("08:42 B-2 ") == 2
        assert ("2 sur 8" if language == "fr" else "2 of 8") in driver.screen()
        await driver.press("slash", "ctrl+u")
        await driver.type("kind:done since:today !zz")
        await driver.press("enter", "f1", "f5")
        assert driver.screen().count("08:42 B-2 ") == 1, "it stays when one comes back"
        await driver.press("slash", "ctrl+u")
        await driver.type("who:xyz")
        assert "xyz” has written nothing" in driver.screen() or "« xyz » n’a rien écrit" in driver.screen()
        await driver.press("escape", "escape")
        assert "B-1" in driver.screen()


async def test_a_filter_is_kept_as_a_view_and_shown_by_its_name(company: Workspace, drive: Drive) -> None:
    async with drive((100, 30)) as driver:
        await driver.press("2", "slash")
        await driver.type("paie p1")
        await driver.press("enter", "W")
        await driver.answer("=payroll")
        assert "“payroll” kept" in driver.screen()
        await driver.press("escape", "W")
        await driver.answer("no own")
        assert shown(driver, "blockers") == []
        await driver.press("W")
        await driver.answer("pay")
        assert shown(driver, "blockers") == ["B-1"]
        await driver.press("escape", "ctrl+p")
        await driver.type("view: mine")
        await driver.press("enter")
        assert shown(driver, "blockers") == ["B-4", "B-5"]
        await driver.press("W")
        await driver.answer("-payroll")
        await driver.press("W")
        await driver.answer("payroll")
        assert "no view is called" in driver.screen()
        await driver.press("escape", "W")
        await driver.answer("<")
        assert next(each.name for each in saved_views.every(company)) == "payroll"


async def test_what_is_under_the_cursor_is_copied_by_one_more_key(
    company: Workspace, drive: Drive, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with drive() as driver:
        await driver.press("2", "y", "t")
        assert driver.app.clipboard.startswith("B-1 ")
        await driver.press("y", "m")
        assert "### B-1 Écarts de paie" in driver.app.clipboard
        assert "- **Severity** critical" in driver.app.clipboard
        await driver.press("asterisk", "y", "j")
        assert next(each["code"] for each in json.loads(driver.app.clipboard)) == "B-1"
        assert len(json.loads(driver.app.clipboard)) == 5
        await driver.press("escape", "y", "l")
        assert "leads to no address" in driver.screen()
        monkeypatch.setenv("TERM", "linux")
        await driver.press("y", "down", "enter")
        aside = company.path.parent / "cockpit.db.copied.txt"
        assert "### B-1" in aside.read_text()
        assert aside.stat().st_mode & 0o077 == 0
        await driver.press("f5", "home", "y", "t")
        assert "P-2" in driver.app.clipboard


async def test_blockers_are_listed_in_another_order_that_stays(company: Workspace, drive: Drive) -> None:
    async with drive() as driver:
        assert shown(driver, "blockers")[0] == "B-1"
        await driver.press("2", "t", "t", "t")
        assert "↑ severity" in driver.screen()
        assert shown(driver, "blockers")[-1] == "B-3"
        await driver.press("t", "t", "t", "t")
        assert "↑ title" in driver.screen()
        assert shown(driver, "blockers") == ["B-5", "B-1", "B-4", "B-3", "B-2"]
    async with drive() as driver:
        assert shown(driver, "blockers")[0] == "B-5"
        await driver.press("2", "t")
        assert "↑" not in driver.screen()
        assert shown(driver, "blockers")[0] == "B-1"


async def test_a_table_shows_the_columns_that_its_rows_fill(company: Workspace, drive: Drive) -> None:
    for name in ("Payroll", "IT"):
        company.add(REGISTERS["function"], {"name": name})
    company.add(REGISTERS["document"], {"name": "Payroll calendar", "link": "https://wiki.example.org/pay"})
    async with drive((150, 45)) as driver:
        await driver.open_register("function")
        assert "Owner" not in driver.screen(), "it is empty in all of them"
        company.change(REGISTERS["function"], find.find(company, "FN-1")[1], {"owner": "Marc"})
        driver.app.reload()
        await driver.pilot.pause()
        assert "Owner" in driver.screen()
        driver.app.open_code("DO-1")
        await driver.pilot.pause()
        await driver.press("y", "l")
        assert driver.app.clipboard == "https://wiki.example.org/pay"


async def test_a_filter_looks_through_more_than_a_pane_has_room_for(
    workspace: Workspace, drive: Drive
) -> None:
    for number in range(120):
        workspace.add(REGISTERS["blocker"], {"title": f"Trouble x{number:03}", "owner": "Claire"})
        workspace.add(
            REGISTERS["statement"], {"title": f"Word x{number:03}", "sender": "Paie+", "severity": "p3"}
        )
    async with drive() as driver:
        for key, pane, word in (("2", "blockers", "x119"), ("8", "inbox", "x119")):
            await driver.press(key)
            assert len(shown(driver, pane)) == 100
            await driver.press("slash")
            await driver.type(word)
            await driver.press("enter")
            await driver.app.workers.wait_for_complete()
            await driver.pilot.pause()
            assert len(shown(driver, pane)) == 1
            assert "1 of 120" in driver.screen()
        await driver.press("C", "x")
        await driver.answer("not ours")
        refused = "SELECT code FROM statement WHERE closed_at IS NOT NULL"
        assert [row["code"] for row in workspace.conn.execute(refused)] == ["IN-120"]
