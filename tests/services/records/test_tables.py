"""A register as it is looked at: no order loses a row, every filter keeps what holds its words, all is remembered."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cockpit import locale
from cockpit.domain.registers import ORGANISATION, REGISTERS
from cockpit.services.changes import bulk
from cockpit.services.desk.workspace import Workspace
from cockpit.services.records import tables
from cockpit.services.records.tables import Look, Table
from cockpit.store.state import memos
from tests.services.organisation.mapped import map_company

FUNCTIONS = REGISTERS["function"]


@pytest.fixture
def company(workspace: Workspace) -> Workspace:
    workspace.add(REGISTERS["person"], {"name": "Élise"})
    for name, level, owner in (("Paie", 4, "PE-1"), ("Échéances", 2, ""), ("achats", 3, "PE-1")):
        workspace.add(FUNCTIONS, {"name": name, "criticality": level, "owner": owner})
    bulk.archive_all(workspace, [workspace.add(FUNCTIONS, {"name": "Ancienne", "criticality": 1})])
    return workspace


def names(workspace: Workspace, look: Look) -> list[str]:
    return [getattr(each, "name", "") for each in Table(workspace, FUNCTIONS).read(look)]


@pytest.mark.parametrize(
    ("look", "expected"),
    [
        (Look(), ["Paie", "Échéances", "achats"]),
        (Look(sort="name"), ["achats", "Échéances", "Paie"]),
        (Look(sort="criticality", backwards=True), ["Paie", "achats", "Échéances"]),
        (Look(sort="owner", backwards=True), ["Paie", "achats", "Échéances"]),
        (Look(words="echeance"), ["Échéances"]),
        (Look(words="ÉLISE paie"), ["Paie"]),
        (Look(words="responsable:eli"), ["Paie", "achats"]),
        (Look(words="crit:4"), ["Paie"]),
        (Look(words="fn-3"), ["achats"]),
        (Look(words="12:30"), []),
        (Look(archived=True, sort="criticality"), ["Ancienne", "Échéances", "achats", "Paie"]),
    ],
)
def test_order_and_filter(company: Workspace, look: Look, expected: list[str]) -> None:
    locale.use("fr")
    assert names(company, look) == expected


def test_what_was_read_is_read_again_after_a_change(company: Workspace) -> None:
    table, look = Table(company, FUNCTIONS), Look(words="paie")
    assert len(table.read(look)) == 1
    company.add(FUNCTIONS, {"name": "Paie des expatriés"})
    assert len(table.read(look)) == 2


def test_each_register_is_remembered_and_nonsense_is_forgotten(company: Workspace) -> None:
    look = Look(sort="name", backwards=True, words="a b", columns=("owner", "mode"), archived=True)
    tables.remember(company, FUNCTIONS, look)
    assert tables.look(company, FUNCTIONS) == look
    assert tables.look(company, REGISTERS["person"]) == Look()
    assert [f.name for f in tables.columns(FUNCTIONS, look)] == ["name", "owner", "mode"]
    for kept in ("[]", "{", '{"sort": "colour", "columns": ["colour"]}', '{"odd": 1}'):
        memos.put(company.conn, "table:function", kept)
        assert tables.look(company, FUNCTIONS) == Look()


def test_the_sorts_of_one_key_go_round(company: Workspace) -> None:
    look, seen = Look(), []
    for _ in range(2 * len(tables.columns(FUNCTIONS, look)) + 1):
        look = tables.next_sort(FUNCTIONS, look)
        seen.append((look.sort, look.backwards))
    assert seen[-1] == ("", False)
    assert len(set(seen)) == len(seen)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_order_loses_a_row_and_turning_it_round_keeps_the_empty_ones_last(
    mapped_company: Workspace, data: st.DataObject
) -> None:
    register = REGISTERS[data.draw(st.sampled_from(ORGANISATION))]
    field = data.draw(st.sampled_from(register.fields))
    table, look = Table(mapped_company, register), Look(sort=field.name)
    up, down = table.read(look), table.read(replace(look, backwards=True))
    plain = table.read(Look())
    assert {each.code for each in up} == {each.code for each in down} == {each.code for each in plain}
    for rows in (up, down):
        empty = [getattr(each, field.name) in (None, "", ()) for each in rows]
        assert empty == sorted(empty)


@pytest.fixture
def mapped_company(workspace: Workspace) -> Workspace:
    map_company(workspace)
    return workspace
