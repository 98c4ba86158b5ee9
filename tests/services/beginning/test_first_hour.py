"""The first hour: each answer is tried and kept at once, and the next five things follow from what is there."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest

from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.blocker import Blocker
from cockpit.domain.registers.contract import Contract
from cockpit.domain.registers.function import Function
from cockpit.domain.registers.priority import Priority
from cockpit.domain.registers.provider import Provider
from cockpit.domain.settings import Settings
from cockpit.services.agenda.trial import NotAnAgenda
from cockpit.services.beginning import first_hour, next_things
from cockpit.services.beginning.first_hour import STEPS
from cockpit.services.desk.refusal import WrongValue
from cockpit.services.desk.workspace import Workspace
from cockpit.services.providers import catalogue
from cockpit.services.providers.catalogue import UsualTool
from cockpit.services.settings import load
from cockpit.store.state import memos
from tests.conftest import TickingClock
from tests.services.agenda.test_trial import FEED
from tests.sources.loopback import response, serving


@pytest.fixture
def bakery(tmp_path: Path, clock: TickingClock) -> Workspace:
    """A cockpit in which nobody has said anything."""
    path = tmp_path / "config" / "config.toml"
    return Workspace.open(tmp_path / "cockpit.db", Settings(), clock, path)


def test_answers_are_in_the_configuration_at_once_and_in_no_draft(bakery: Workspace) -> None:
    assert next_things.is_new(bakery)
    first_hour.answer(bakery, "company", "Boulangerie « Martin »")
    first_hour.answer(bakery, "me", "Claire Martin")
    first_hour.answer(bakery, "region", "fr-57")
    assert bakery.config_path is not None
    kept = load.load(bakery.config_path)
    assert (kept.company.name, kept.me, kept.company.holidays) == (
        "Boulangerie « Martin »",
        "Claire Martin",
        "FR-57",
    )
    assert "# " in bakery.config_path.read_text(encoding="utf-8"), "every key is explained there"
    assert bakery.config_path.stat().st_mode & 0o777 == 0o600
    assert bakery.actor == "Claire Martin"
    assert not next_things.is_new(bakery)


def test_a_wrong_answer_is_told_and_the_question_stays(bakery: Workspace) -> None:
    for step, text in (
        ("region", "Atlantis"),
        ("functions", " , "),
        ("priorities", "p1"),
        ("blockers", "gone.csv"),
    ):
        with pytest.raises(WrongValue):
            first_hour.answer(bakery, step, text)
        assert step in {each.id for each in first_hour.left(bakery)}


def test_functions_come_with_the_providers_that_carry_them_and_one_undo_takes_back_the_line(
    bakery: Workspace,
) -> None:
    found = first_hour.answer(bakery, "functions", "Paie @Paie+, Informatique @InfoSud, Production")
    assert found.look_at == ("Paie+", "InfoSud")
    names = bakery.names()
    modes = {each.name: each.mode for each in bakery.select(Function, "function")}
    assert modes == {"Paie": "external", "Informatique": "external", "Production": "internal"}
    assert {each.name for each in bakery.select(Provider, "provider")} == {"Paie+", "InfoSud"}
    carried = {names[each.functions[0]]: names[each.provider] for each in bakery.select(Contract, "contract")}
    assert carried == {"Paie": "Paie+", "Informatique": "InfoSud"}
    # Said again, nothing is made twice.
    first_hour.answer(bakery, "functions", "paie @paie+, Vente")
    assert len(bakery.select(Function, "function")) == 4
    assert len(bakery.select(Contract, "contract")) == 2
    bakery.undo()
    bakery.undo()
    assert bakery.select(Function, "function", "archived_at IS NULL") == ()


def test_the_usual_functions_and_those_of_a_spreadsheet_are_taken_too(
    bakery: Workspace, tmp_path: Path
) -> None:
    first_hour.answer(bakery, "functions", "habituelles")
    usual = len(bakery.select(Function, "function"))
    sheet = tmp_path / "fonctions.csv"
    sheet.write_text("Nom;Criticité\nLogistique;3\n", encoding="utf-8")
    first_hour.answer(bakery, "functions", str(sheet))
    assert len(bakery.select(Function, "function")) == usual + 1 == 9


def test_three_priorities_are_those_of_today_then_the_question_is_over(bakery: Workspace) -> None:
    asked = [
        first_hour.answer(bakery, "priorities", text).more
        for text in ("Bail pour:vendredi", "Vendeur", "Banque p1")
    ]
    assert asked == [True, True, False]
    found = bakery.select(Priority, "priority")
    assert [(each.rank, each.day) for each in found] == [(n, bakery.today()) for n in (1, 2, 3)]


def test_blockers_are_typed_or_come_from_a_list_until_an_empty_answer(
    bakery: Workspace, tmp_path: Path
) -> None:
    assert first_hour.answer(bakery, "blockers", "Four en panne @FroidPlus p2 depuis:jeudi").more
    sheet = tmp_path / "liste.csv"
    sheet.write_text("Blocage;Prestataire\nPaie fausse;Paie+\n", encoding="utf-8")
    assert not first_hour.answer(bakery, "blockers", str(sheet)).more
    assert {each.title for each in bakery.select(Blocker, "blocker")} == {"Four en panne", "Paie fausse"}


async def test_an_agenda_is_read_before_it_is_written_and_no_other_text_is_written_as_one(
    bakery: Workspace, tmp_path: Path
) -> None:
    for text in ("claire@boulangerie.example", "mon agenda", "https://calendar.google.com/calendar/u/0/r"):
        with pytest.raises(NotAnAgenda):
            await first_hour.try_agenda(bakery, text)
        assert bakery.settings.agendas == ()
    path = tmp_path / "claire.ics"
    path.write_bytes(FEED)
    tried = await first_hour.try_agenda(bakery, str(path))
    first_hour.keep_agenda(bakery, tried.source)
    (kept,) = bakery.settings.agendas
    assert kept.url == str(path)
    assert "agenda" not in {each.id for each in first_hour.left(bakery)}


async def test_a_provider_without_a_known_page_is_no_fault(bakery: Workspace) -> None:
    assert "FroidPlus" in await first_hour.watch(bakery, "FroidPlus")
    assert bakery.settings.statuses == ()


@pytest.mark.parametrize("beside", [False, True])
async def test_the_page_of_a_usual_tool_is_read_told_and_watched_from_then_on(
    bakery: Workspace, monkeypatch: pytest.MonkeyPatch, beside: bool
) -> None:
    first_hour.answer(bakery, "company", "Martin")
    page = {
        "page": {"id": "p1", "name": "Tool"}, "status": {"indicator": "major", "description": "Down"},
        "components": [{"id": "1", "name": "Tills", "status": "major_outage"}],
    }  # fmt: skip

    async def answers(asked: str, _fields: dict[str, str], writer: asyncio.StreamWriter) -> None:
        found = asked == "/api/v2/summary.json"
        writer.write(response(json.dumps(page).encode()) if found else response(b"", "404 Not Found"))

    async with serving(answers) as port:
        tool = UsualTool("Tills", f"http://127.0.0.1:{port}")
        monkeypatch.setattr(catalogue, "named", lambda name: tool if name == "tills" else None)
        refused = await first_hour.watch(bakery, "tills", beside=beside)
        assert "not watched yet" in refused, "an address of this machine is allowed by a person only"
        assert bakery.settings.statuses == ()
        told = await first_hour.watch(bakery, "tills", internal=True, beside=beside)
    assert told == "tills: status page found, outage; it is watched from now on"
    assert bakery.config_path is not None
    (kept,) = load.load(bakery.config_path).statuses
    assert (kept.engine, kept.url) == ("statuspage", tool.url)


def test_it_goes_on_where_it_stopped_and_a_company_of_before_is_not_asked(bakery: Workspace) -> None:
    assert not first_hour.is_begun(bakery), "nobody began it here"
    first_hour.begin_anew(bakery)
    assert first_hour.is_begun(bakery)
    first_hour.answer(bakery, "company", "Martin")
    first_hour.pass_over(bakery, "me")
    assert [each.id for each in first_hour.left(bakery)] == [each.id for each in STEPS[2:]]
    for step in STEPS:
        first_hour.pass_over(bakery, step.id)
    assert not first_hour.is_begun(bakery)
    memos.put(bakery.conn, first_hour.PROGRESS, "not json")
    assert len(first_hour.left(bakery)) == len(STEPS)


def test_the_next_things_follow_from_what_is_there(workspace: Workspace) -> None:
    def ids() -> list[str]:
        return [each.id for each in next_things.todo(workspace)]

    assert ids() == ["agenda", "providers", "blockers", "priorities", "functions"]
    workspace.add(REGISTERS["blocker"], {"title": "Stuck"})
    workspace.add(REGISTERS["provider"], {"name": "Paie+"})
    assert ids() == ["agenda", "priorities", "functions", "page", "ritual"]
    workspace.undo()
    assert "providers" in ids()
    next_things.skip(workspace, ["agenda", "no such thing"])
    assert "agenda" not in ids()
    next_things.take_again(workspace)
    assert ids()[0] == "agenda"


def test_a_critical_function_asks_for_who_takes_over_until_a_plan_says_so(workspace: Workspace) -> None:
    assert not next_things.facts(workspace).exposed
    code = workspace.add(REGISTERS["function"], {"name": "Payroll", "criticality": 3})
    assert next_things.facts(workspace).exposed
    person = workspace.add(REGISTERS["person"], {"name": "Sophie"})
    plan = workspace.add(REGISTERS["continuity"], {"name": "Payroll stops", "function": code})
    assert next_things.facts(workspace).exposed
    found = workspace.select(REGISTERS["continuity"].type, "continuity", "code = ?", (plan,))[0]
    workspace.change(REGISTERS["continuity"], found, {"backup": person})
    assert not next_things.facts(workspace).exposed
