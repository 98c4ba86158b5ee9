"""A teaser betrays nobody: no name, no amount, no address of the company is anywhere in its folder."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from cockpit import locale
from cockpit.domain.dataclasses import replace
from cockpit.domain.documents.publication import ToComplete
from cockpit.domain.records.record import FieldKind
from cockpit.domain.registers import REGISTERS
from cockpit.services.desk.refusal import NotPossible
from cockpit.services.desk.workspace import Workspace
from cockpit.services.documents.sale_file import every
from cockpit.services.documents.sale_file.chapters import organisation
from cockpit.services.documents.sale_file.legend import Legend
from tests.conftest import TickingClock
from tests.services.documents.sale_file.conftest import Issue, amounts, everything_in, holds

_ADDRESS = re.compile(r"[\w.+-]+@[\w.-]+\w|(?:[\w-]+\.)+(?:example|fr|com|test|eu)\b")
_TYPED = frozenset({FieldKind.TEXT, FieldKind.LONG, FieldKind.LINK})
_OUT_OF_THE_WAY = frozenset({"release", "clock", "occurrence", "mark"})
"""Registers whose words are those of others, or codes."""


def names(workspace: Workspace) -> Iterator[str]:
    """People and each word of their names, providers, the company, and whatever a record is called."""
    yield workspace.settings.company.name
    for table in (
        "person",
        "provider",
        "dossier",
        "tool",
        "contract",
        "risk",
        "document",
        "lesson",
        "handover",
    ):
        for row in workspace.conn.execute(f"SELECT name FROM {table}"):
            yield row["name"]
    for table in ("process", "step", "trial", "ritual", "access", "continuity", "interface", "circuit"):
        for row in workspace.conn.execute(f"SELECT name FROM {table}"):
            # What is called like a function may be told as the function is.
            if len(row["name"].split()) > 2:
                yield row["name"]
    for table in ("blocker", "priority", "decision"):
        yield from (row["title"] for row in workspace.conn.execute(f"SELECT title FROM {table}"))
    for row in workspace.conn.execute("SELECT name FROM person"):
        yield from (word for word in row["name"].split() if len(word) > 2)


def addresses(workspace: Workspace) -> Iterator[str]:
    """E-mail addresses, domains, links and numbers by which anybody is found."""
    for register in REGISTERS.values():
        for field in register.fields:
            if field.kind not in _TYPED or register.name in _OUT_OF_THE_WAY:
                continue
            for row in workspace.conn.execute(f'SELECT "{field.name}" AS said FROM {register.name}'):
                yield from re.findall(
                    r"[\w.+-]+@[\w.-]+\w|(?:[\w-]+\.)+(?:example|fr|com|test|eu)\b", row["said"] or ""
                )
    yield from (
        row["siren"] for row in workspace.conn.execute("SELECT siren FROM provider WHERE siren != ''")
    )
    yield from (source.url for source in workspace.settings.agendas)
    yield from (source.url for source in workspace.settings.statuses)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_name_amount_or_address_is_anywhere_in_a_teaser(
    any_company: Workspace, issued: Issue, language: str
) -> None:
    locale.use(language)
    written = issued(any_company, "teaser")
    texts = everything_in(written.folder)
    wanted = {*names(any_company), *addresses(any_company), *amounts(any_company)} - {""}
    assert len(wanted) > 50
    betrayed = [(name, said) for name, text in texts.items() for said in wanted if holds(text, said)]
    assert betrayed == []


def test_a_teaser_tells_no_money_at_all(any_company: Workspace, issued: Issue) -> None:
    texts = everything_in(issued(any_company, "teaser").folder)
    assert [name for name, text in texts.items() if "€" in text and "xlsx" not in name] == []


def test_a_teaser_has_the_chapters_and_what_is_missing_of_each(any_company: Workspace, issued: Issue) -> None:
    folder = issued(any_company, "teaser").folder
    text = (folder / "sale-file.md").read_text("utf-8")
    assert [f"## {n}. " in text for n in range(15)] == [True] * 15
    assert "to complete: " in text
    assert not re.search(r"\b(PE|PR|FN|CT|PS)-\d", text)
    assert "cockpit " not in text


def test_a_letter_stays_with_whom_it_stood_for(
    any_company: Workspace, issued: Issue, clock: TickingClock
) -> None:
    issued(any_company, "teaser")
    first = {code: letter for letter, code in Legend(any_company).meanings()}
    (renamed, gone) = any_company.conn.execute("SELECT code FROM provider ORDER BY number LIMIT 2").fetchall()
    register = REGISTERS["provider"]
    for record in any_company.select(register.type, "provider"):
        if record.code == renamed["code"]:
            any_company.change(register, record, {"name": "Tout Autre Nom"})
        if record.code == gone["code"]:
            any_company.change(register, record, {"archived_at": clock()})
    new = any_company.add(register, {"name": "Nouveau Venu"})
    clock.forward(days=3)
    issued(any_company, "teaser")
    now = {code: letter for letter, code in Legend(any_company).meanings()}
    assert {code: now[code] for code in first} == first
    assert now[new] not in {letter for code, letter in first.items() if code.startswith("PR-")}


def test_letters_do_not_follow_the_order_in_which_records_were_made(
    any_company: Workspace, issued: Issue
) -> None:
    issued(any_company, "teaser")
    people = [code for _letter, code in Legend(any_company).meanings() if code.startswith("PE-")]
    assert people != sorted(people, key=lambda code: int(code[3:]))


def test_a_function_with_a_name_of_its_own_goes_by_a_letter(any_company: Workspace, issued: Issue) -> None:
    any_company.add(REGISTERS["function"], {"name": "Voilerie Kerlann Nord", "mode": "external"})
    text = (issued(any_company, "teaser").folder / "sale-file.md").read_text("utf-8")
    assert "Kerlann Nord" not in text
    assert "Function A" in text


def test_whom_it_is_prepared_for_reads_their_own_name(any_company: Workspace, issued: Issue) -> None:
    name = any_company.conn.execute("SELECT name FROM provider LIMIT 1").fetchone()["name"]
    folder = issued(any_company, "teaser", to=name).folder
    assert (folder / "sale-file.md").read_text("utf-8").count(name.replace("+", "\\+")) <= 1


def test_a_name_that_slips_through_stops_the_teaser(
    any_company: Workspace, issued: Issue, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = any_company.conn.execute("SELECT name FROM person LIMIT 1").fetchone()["name"]
    (chapter,) = (each for each in every.CHAPTERS if each.parts is organisation.organisation)
    careless = replace(chapter, gaps=lambda _source, _telling: iter([ToComplete(name)]), completed_by=name)
    monkeypatch.setattr("cockpit.services.documents.sale_file.compose.CHAPTERS", (careless,))
    monkeypatch.setattr("cockpit.services.documents.sale_file.gaps.CHAPTERS", (careless,))
    with pytest.raises(NotPossible, match=re.escape(name)):
        issued(any_company, "teaser")
    assert any_company.conn.execute("SELECT count(*) FROM release").fetchone()[0] == 0
