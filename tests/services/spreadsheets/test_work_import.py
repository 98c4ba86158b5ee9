"""Blockers and priorities come from a spreadsheet: what a typed line would have, its clocks, and one undo."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as laws
from hypothesis import strategies as st

from cockpit import locale
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.blocker import BLOCKER_STATUSES, Blocker
from cockpit.domain.registers.priority import PRIORITY_STATUSES, Priority
from cockpit.domain.settings import Settings
from cockpit.services.desk.workspace import Workspace
from cockpit.services.promises import clocks
from cockpit.services.records.registers import all_of, export_csv
from cockpit.services.spreadsheets import exporting, importing
from cockpit.services.spreadsheets.meant import meant
from cockpit.services.spreadsheets.plan import Plan
from cockpit.sources import table
from tests.conftest import TickingClock
from tests.read_here import read_here

BLOCKER, PRIORITY = REGISTERS["blocker"], REGISTERS["priority"]
LIST = (
    "Blocage;Prestataire;Service;Gravité;État;Depuis le;Pour le;Qui;SLA\n"
    "Four en panne;FroidPlus;Production;Urgent;en attente;20/11/2026;01/12/2026;;4ho\n"
    "Paie fausse;;RH;moyenne;à faire;;4 déc. 2026;Claire;\n"
    "Vieille affaire;FroidPlus;RH;basse;clos;;;;\n"
)


def planned(workspace: Workspace, text: str, *, create: bool = True) -> Plan:
    return importing.plan(workspace, BLOCKER, table.read(text.encode()), create=create)


def blockers(workspace: Workspace) -> dict[str, Blocker]:
    return {each.title: each for each in workspace.select(Blocker, "blocker")}


def test_a_list_of_blockers_is_read_by_the_words_that_people_use(workspace: Workspace) -> None:
    found = planned(workspace, LIST)
    assert (found.faults, found.ignored) == ((), ())
    assert importing.run(workspace, found)
    names, made = workspace.names(), blockers(workspace)
    oven, payroll, old = made["Four en panne"], made["Paie fausse"], made["Vieille affaire"]
    assert [*map(names.get, oven.waiting_on), names[oven.function]] == ["FroidPlus", "Production"]
    assert (oven.severity, oven.status, payroll.severity, payroll.status) == ("p1", "waiting", "p3", "open")
    assert oven.since == datetime(2026, 11, 20, 8, tzinfo=UTC)
    assert payroll.due == datetime(2026, 12, 4, 17, tzinfo=UTC)
    assert (oven.owner, payroll.owner) == ("", "Claire")
    assert (old.status, old.closed_at) == ("solved", workspace.clock())


def test_a_line_starts_the_clocks_that_the_same_typed_line_would_and_a_closed_one_none(
    workspace: Workspace,
) -> None:
    importing.run(workspace, planned(workspace, LIST))
    made = blockers(workspace)
    (clock,) = clocks.of_blocker(workspace, made["Four en panne"].code)
    assert clock.due == datetime(2026, 11, 20, 13, 30, tzinfo=UTC) == made["Four en panne"].sla_due
    assert clocks.of_blocker(workspace, made["Vieille affaire"].code) == ()


def test_one_undo_takes_back_the_whole_file_with_clocks_and_providers(workspace: Workspace) -> None:
    importing.run(workspace, planned(workspace, LIST))
    workspace.undo()
    for name in ("blocker", "clock", "provider", "function"):
        assert all_of(workspace, REGISTERS[name]) == ()


def test_a_line_that_is_there_already_is_recognised_and_only_what_differs_changes(
    workspace: Workspace,
) -> None:
    importing.run(workspace, planned(workspace, LIST))
    again = planned(workspace, LIST.replace("Urgent", "haute"))
    assert [(line.kind, sorted(line.values)) for line in again.lines] == [
        ("changed", ["severity"]), ("same", []), ("same", []),
    ]  # fmt: skip
    # What was solved comes up again under the same title: the line is of the one that is open.
    workspace.add(BLOCKER, {"title": "Vieille affaire", "status": "open"})
    (line,) = planned(workspace, "Titre\nVieille affaire\n").lines
    assert getattr(line.found, "closed_at", "") is None


def test_a_status_that_ends_closes_the_blocker_and_its_clock(workspace: Workspace) -> None:
    importing.run(workspace, planned(workspace, LIST))
    importing.run(workspace, planned(workspace, "Titre;Statut\nFour en panne;résolu\n"))
    oven = blockers(workspace)["Four en panne"]
    assert oven.closed_at is not None
    assert oven.sla_due is None
    assert all(clock.ended_at for clock in clocks.of_blocker(workspace, oven.code))


@pytest.mark.parametrize(
    ("cells", "column", "value"),
    [
        ("x;dans pas longtemps;;", "Pour le", "dans pas longtemps"),
        ("x;31/02/2026;;", "Pour le", "31/02/2026"),
        ("x;;bientôt;", "SLA", "bientôt"),
        ("x;;;Repreneur", "Dossier sensible", "Repreneur"),
        ("x;;;;grosse", "Gravité", "grosse"),
    ],
)
def test_what_is_no_date_no_promise_no_file_and_no_severity_is_told_where_it_stands(
    workspace: Workspace, cells: str, column: str, value: str
) -> None:
    locale.use("fr")
    found = planned(workspace, f"Titre;Pour le;SLA;Dossier sensible;Gravité\n{cells}\n")
    (fault,) = found.faults
    assert (fault.line, fault.column, fault.value) == (2, column, value)


def test_a_day_is_read_as_in_a_typed_line_and_told(workspace: Workspace) -> None:
    locale.use("fr")
    text = "Titre;Depuis;Pour le\na;vendredi;15/12\nb;hier;lundi prochain\nc;3/11;fin de mois\nd;;16/12\n"
    found = planned(workspace, text)
    assert found.faults == ()
    zone = workspace.zone
    read = {
        line.name: [
            f"{at.astimezone(zone):%d/%m/%Y}" if isinstance(at, datetime) else ""
            for at in (line.values.get("since"), line.values.get("due"))
        ]
        for line in found.lines
    }
    assert read == {
        "a": ["20/11/2026", "15/12/2026"], "b": ["22/11/2026", "30/11/2026"],
        "c": ["03/11/2026", "30/11/2026"], "d": ["", "16/12/2026"],
    }  # fmt: skip
    assert tuple(note.replace("\u00a0", " ") for note in found.notes) == (
        "Depuis : « vendredi » est lu comme vendredi 20 novembre 2026",
        "Pour le : « 15/12 » est lu comme mardi 15 décembre 2026 · 2 cellules",
        "Depuis : « hier » est lu comme dimanche 22 novembre 2026",
        "Pour le : « lundi prochain » est lu comme lundi 30 novembre 2026",
        "Depuis : « 3/11 » est lu comme mardi 3 novembre 2026",
        "Pour le : « fin de mois » est lu comme lundi 30 novembre 2026",
    )


def test_nobody_is_made_of_a_name_on_a_line_that_is_wrong(workspace: Workspace) -> None:
    text = "Titre;Attend;Pour le\na;Paie+;demain\nb;InfoSud;jamais\n"
    found = importing.plan(workspace, BLOCKER, table.read(text.encode()), create=True, create_as="provider")
    assert [(fault.line, fault.value) for fault in found.faults] == [(3, "jamais")]
    assert [name for _register, name in found.made] == ["Paie+"]


def test_without_a_column_of_owners_the_list_is_mine(workspace: Workspace) -> None:
    importing.run(workspace, planned(workspace, "Titre\nUn\n"))
    importing.run(
        workspace, importing.plan(workspace, PRIORITY, table.read(b"Action;Jour\nDeux;24/11/2026\n"))
    )
    (priority,) = workspace.select(Priority, "priority")
    assert blockers(workspace)["Un"].owner == workspace.me == priority.owner
    assert priority.day == date(2026, 11, 24)


@pytest.mark.parametrize(
    ("name", "text", "register"),
    [
        ("blocages.xlsx", "Titre;Responsable\na;b\n", "blocker"),
        ("Nos priorités 2026.csv", "Titre;Responsable\na;b\n", "priority"),
        ("prestataires.csv", "Titre;Responsable\na;b\n", "provider"),
        ("liste.csv", "Titre;Depuis;Gravité\na;;\n", "blocker"),
        ("liste.csv", "Nom;Ville\na;\n", ""),
    ],
)
def test_the_register_is_meant_by_the_file_its_name_first(name: str, text: str, register: str) -> None:
    found = [each.name for each in meant(name, table.read(text.encode()))]
    assert found == ([register] if register else [])


WORDS = st.text(st.characters(categories=["L", "N"], include_characters=" -'=+@,;"), max_size=12)
TITLES = WORDS.map(lambda text: " ".join(f"t{text}".split()))
MOMENTS = st.none() | st.integers(0, 90_000_000).map(
    lambda s: datetime(2025, 1, 1, tzinfo=UTC) + timedelta(seconds=s)
)
DAYS = st.none() | st.dates(date(2025, 1, 1), date(2028, 1, 1))
SHARED: dict[str, st.SearchStrategy[Any]] = {
    "severity": st.sampled_from(["p1", "p2", "p3", "p4"]),
    "waiting_on": st.sampled_from([(), ("PR-1",), ("Nobody known",), ("PR-1", "PE-1")]),
    "owner": st.sampled_from(["", "PE-1", "Somebody"]),
    "function": st.sampled_from(["FN-1", None]),
    "due": MOMENTS, "remind_at": MOMENTS, "snoozed_until": MOMENTS,
    "tags": st.lists(st.sampled_from(["a", "b c"]), unique=True).map(tuple),
    "note": WORDS.map(str.strip), "next_step": WORDS.map(str.strip),
    "spent_minutes": st.integers(0, 999), "conf": st.integers(0, 3),
}  # fmt: skip
BLOCKERS = st.fixed_dictionaries(
    {"title": TITLES, "status": st.sampled_from([*BLOCKER_STATUSES]), "since": MOMENTS, **SHARED,
     "sla": st.sampled_from(["", "4ho", "J+1 18h"]), "level": st.integers(0, 3)}
)  # fmt: skip
PRIORITIES = st.fixed_dictionaries(
    {"title": TITLES, "status": st.sampled_from([*PRIORITY_STATUSES]), "day": DAYS, **SHARED}
)  # fmt: skip


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workbooks are read in this process."""
    read_here(monkeypatch)


@pytest.mark.usefixtures("here")
@laws(
    max_examples=12, phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(st.lists(BLOCKERS, max_size=3), st.lists(PRIORITIES, max_size=3), st.sampled_from(["fr", "en"]))
def test_what_is_exported_comes_back_without_a_change(
    tmp_path_factory: pytest.TempPathFactory, ours: list[Any], mine: list[Any], language: str
) -> None:
    folder: Path = tmp_path_factory.mktemp("again")
    workspace = Workspace.open(folder / "cockpit.db", Settings(me="Claire"), TickingClock())
    try:
        locale.use(language)
        for name, prefix in (("function", "RH"), ("person", "Sophie Martin"), ("provider", "Paie+")):
            workspace.add(REGISTERS[name], {"name": prefix})
        for values in ours:
            workspace.add(BLOCKER, values)
        for values in mine:
            workspace.add(PRIORITY, values)
        if ours:
            workspace.add(BLOCKER, {"title": "It stops another", "blocks": ("B-1",)})
        book = table.read(exporting.workbook(workspace, [BLOCKER, PRIORITY]))
        for register in (BLOCKER, PRIORITY):
            for sheets in (table.read(export_csv(workspace, register).encode()), book):
                found = importing.plan(workspace, register, sheets)
                assert (found.faults, found.made) == ((), ())
                assert all(line.kind == "same" for line in found.lines), [each.values for each in found.lines]
    finally:
        workspace.conn.close()
