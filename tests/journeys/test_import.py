"""Import a spreadsheet, by keys: look at it, say where a column goes, mend what is wrong, write it, take it back."""

from __future__ import annotations

import threading
from datetime import date, datetime
from pathlib import Path

import pytest

from cockpit import locale
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.contract import Contract
from cockpit.domain.registers.person import Person
from cockpit.domain.registers.provider import Provider
from cockpit.services.desk.workspace import Workspace
from cockpit.sources import table
from cockpit.sources.table import sheet as table_sheet
from tests.journeys.conftest import SIZES, Drive, Driver, in_each_window
from tests.services.spreadsheets.test_register_import import workbook

PROVIDERS = REGISTERS["provider"]


def messy(last: str) -> bytes:
    """The contracts of somebody: a title, headings over two lines, every way to write a day; `last` in one cell."""
    return workbook(
        [
            ["Atelier Mistral – nos contrats 2026"],
            [],
            ["Objet", "Fournisseur", "Dates", None, "Montant annuel (€ HT)", "Préavis", "Couleur du classeur"],
            [None, None, "Début", "Échéance"],
            ["Paie", "Paie+", datetime.fromisoformat("2025-01-01"), "31/12/2026", "12 400,50 €", "3,0", "bleu"],
            ["Serveurs", "paie+", "1er mars 2025", "déc. 2026", 24000, "3 mois", "rouge"],
            ["Ménage", "Propreté 13", last, None, "3,6 k€", 1, None],
        ],
        "A1:G1", "A3:A4", "B3:B4", "C3:D3", "E3:E4", "F3:F4", "G3:G4",
    )  # fmt: skip


async def ready(driver: Driver) -> None:
    """Until what runs beside the screen has ended."""
    workers = driver.app.workers
    for group in ("plan", "import", "board"):
        await workers.wait_for_complete([w for w in workers if w.group == group])
    await driver.pilot.pause()


@in_each_window
async def test_a_messy_workbook_is_looked_at_mended_written_and_taken_back(
    drive: Drive, workspace: Workspace, size: tuple[int, int], language: str
) -> None:
    locale.use(language)
    code = workspace.add(PROVIDERS, {"name": "Paie+"})
    path = Path.home() / "contrats-2026.xlsx"
    path.write_bytes(messy("32/13/2026"))
    async with drive(size) as driver:
        await driver.open_register("contract")
        await driver.press("i")
        await driver.type("con")
        await driver.press("tab", "enter")
        await ready(driver)
        shown = driver.screen()
        assert "contrats-2026.xlsx" in shown
        assert "Fournisseur" in shown

        # Their word for a provider is guessed, and applied once it is agreed.
        await driver.press("down", "enter")
        await ready(driver)
        shown = driver.screen()
        assert "✗" in shown
        assert "Propreté 13" in shown
        await driver.press("w")
        assert workspace.select(Contract, "contract") == (), "nothing is half-imported"

        # The provider that nobody knows is made; the wrong day stays, and is told in full.
        await driver.press("c")
        await ready(driver)
        await driver.press("tab", "down", "enter")
        shown = driver.screen()
        assert "32/13/2026" in shown
        assert "Dates Début" in shown
        await driver.press("escape", "w", "escape")
        assert workspace.select(Contract, "contract") == ()

        # Mended in the file; what was said of the column is remembered.
        path.write_bytes(messy("1.4.25"))
        await driver.press("i")
        await driver.type("con")
        await driver.press("tab", "enter")
        await ready(driver)
        await driver.press("c")
        await ready(driver)
        await driver.press("w")
        await ready(driver)
        found = workspace.select(Contract, "contract", "1 ORDER BY number")
        assert [(c.name, c.starts_on, c.amount, c.notice) for c in found] == [
            ("Paie", date(2025, 1, 1), 1_240_050, "3m"),
            ("Serveurs", date(2025, 3, 1), 2_400_000, "3m"),
            ("Ménage", date(2025, 4, 1), 360_000, "1m"),
        ]
        names = workspace.names()
        assert [names[contract.provider] for contract in found] == ["Paie+", "Paie+", "Propreté 13"]
        assert "Serveurs" in driver.screen()

        await driver.press("u")
        assert workspace.select(Contract, "contract") == ()
        assert [provider.code for provider in workspace.select(Provider, "provider")] == [code]


async def test_where_a_column_goes_is_typed_with_completion_or_left_empty(
    drive: Drive, workspace: Workspace
) -> None:
    (Path.home() / "gens.csv").write_text("Blaze;Rôle;Bidule\nSophie;RH;x\n", encoding="cp1252")
    locale.use("fr")
    async with drive(SIZES[1]) as driver:
        await driver.open_register("person")
        await driver.press("i")
        await driver.type("gens.csv".removesuffix(".csv"))
        await driver.press("tab", "enter")
        await ready(driver)
        await driver.press("enter")
        await driver.type("no")
        await driver.press("tab", "enter")
        await ready(driver)
        await driver.press("w")
        await ready(driver)
    assert [row["name"] for row in workspace.conn.execute("SELECT name FROM person")] == ["Sophie"]


async def test_a_function_that_leaves_the_house_in_a_file_asks_why(
    drive: Drive, workspace: Workspace
) -> None:
    workspace.add(REGISTERS["function"], {"name": "IT", "mode": "internal", "criticality": 4})
    (Path.home() / "functions.csv").write_text("name,mode\nIT,external\n")
    async with drive(SIZES[2]) as driver:
        await driver.open_register("function")
        await driver.press("i")
        await driver.type("fun")
        await driver.press("tab", "enter")
        await ready(driver)
        assert "r says why" in driver.screen()
        await driver.press("w", "r")
        await driver.type("long ago")
        await driver.press("enter")
        await ready(driver)
        await driver.press("w")
        await ready(driver)
    row = workspace.conn.execute("SELECT reason FROM journal ORDER BY seq DESC LIMIT 1").fetchone()
    assert row["reason"] == "long ago"


async def test_reading_holds_no_key_and_escape_leaves_at_once(
    drive: Drive, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    (Path.home() / "large.csv").write_text("name\nSophie\n")
    may_go_on, real = threading.Event(), table.read

    def slow(raw: bytes, wanted: str = "") -> tuple[table_sheet.Sheet, ...]:
        may_go_on.wait(30)
        return real(raw, wanted)

    monkeypatch.setattr(table, "read", slow)
    async with drive(SIZES[1]) as driver:
        await driver.open_register("person")
        await driver.press("i")
        await driver.type("large")
        await driver.press("tab", "enter")
        assert "reading large.csv" in driver.screen()
        await driver.press("question_mark", "escape", "escape")
        assert "reading large.csv" not in driver.screen()
        may_go_on.set()
        await ready(driver)
    assert workspace.conn.execute("SELECT count(*) FROM person").fetchone()[0] == 0


async def test_a_register_is_exported_once_under_a_name(drive: Drive, workspace: Workspace) -> None:
    workspace.add(PROVIDERS, {"name": "Paie+"})
    workspace.add(PROVIDERS, {"name": "Acquéreur", "conf": 3})
    async with drive(SIZES[2]) as driver:
        await driver.open_register("provider")
        await driver.press("o", "enter")
        (sheet,) = table.read((Path.home() / "providers.xlsx").read_bytes())
        assert [line.cells[1] for line in sheet.lines[1:]] == ["Paie+", "Acquéreur"]
        await driver.press("o", "enter")
        assert "exists already" in driver.screen()
        # Under the veil, what is above the room does not leave either, and nothing is compared with it.
        await driver.press("escape", "v", "o", *["backspace"] * 14)
        await driver.type("room")
        driver.app.screen.query_one("#entry-input").insert_text_at_cursor(".csv")  # type: ignore[attr-defined]
        await driver.press("enter")
        text = (Path.home() / "room.csv").read_text()
        assert "Paie+" in text
        assert "Acquéreur" not in text
        await driver.press("i")
        assert "v lifts the veil" in driver.screen()


async def test_hostile_words_of_a_file_stay_words(drive: Drive, workspace: Workspace) -> None:
    """Markup and escape codes in a heading, a value or the name of the file: shown as text, or not at all."""
    path = Path.home() / "[red]list.csv"
    path.write_text("name;[/bold]\x1b[2J;email\n[/x]\x1b]0,aGk=\x07Sophie;[link=x]y;\x1b[31mz\n")
    async with drive(SIZES[2]) as driver:
        await driver.open_register("person")
        await driver.press("i")
        driver.app.screen.query_one("#entry-input").insert_text_at_cursor(path.name)  # type: ignore[attr-defined]
        await driver.press("enter")
        await ready(driver)
        shown = driver.screen()
        assert "[red]list.csv" in shown
        assert "[/bold]" in shown
        assert "[/x]Sophie" in shown
        assert "\x1b" not in shown
        await driver.press("w")
        await ready(driver)
    assert [row["name"] for row in workspace.conn.execute("SELECT name FROM person")] == ["[/x]Sophie"]


async def test_one_key_takes_an_import_back_also_while_it_asks_about_names(
    drive: Drive, workspace: Workspace
) -> None:
    workspace.add(REGISTERS["blocker"], {"title": "VPN", "severity": "p2", "waiting_on": ("Sophie",)})
    (Path.home() / "people.csv").write_text("name\nSophie Martin\n")
    async with drive(SIZES[1]) as driver:
        await driver.open_register("person")
        for before in ("", "yes"):
            await driver.press("i")
            await driver.type("peo")
            await driver.press("tab", "enter")
            await ready(driver)
            await driver.press("w")
            await ready(driver)
            shown = driver.screen()
            assert "link 1 blocker to Sophie Martin?" in shown
            assert "u undoes" in shown
            assert len(workspace.select(Person, "person")) == 1
            # Once something was typed, u is a letter like any other.
            if before:
                await driver.type("su")
                assert len(workspace.select(Person, "person")) == 1
                await driver.press("escape")
            await driver.press("u")
            assert workspace.select(Person, "person") == ()
            assert "link 1 blocker" not in driver.screen()
