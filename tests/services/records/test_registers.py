"""Registers to CSV and back: a dry run explains every line, a wrong one stops them all."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cockpit import locale
from cockpit.domain.records.record import FieldKind, Register
from cockpit.domain.registers import ORGANISATION, REGISTERS
from cockpit.domain.registers.contract import Contract
from cockpit.domain.registers.function import Function
from cockpit.services.desk import forms
from cockpit.services.desk.workspace import Workspace
from cockpit.services.records import registers
from cockpit.services.spreadsheets import exporting
from cockpit.services.spreadsheets.importing import plan, run
from cockpit.services.spreadsheets.plan import Plan
from cockpit.sources import table
from cockpit.sources.table import sheet
from tests.read_here import read_here

FUNCTIONS = REGISTERS["function"]


def planned(workspace: Workspace, register: Register, text: str) -> Plan:
    """What importing that CSV would do."""
    return plan(workspace, register, table.read(text.encode()))


def test_a_file_with_french_headings_and_semicolons_is_understood(workspace: Workspace) -> None:
    locale.use("fr")
    text = "Nom;Mode;Criticité;Cœur de valeur;Coût de référence\r\nPaie;externe;4;non;24 000,50 €\r\n"
    found = planned(workspace, FUNCTIONS, text)
    assert found.faults == ()
    assert run(workspace, found) == 1
    (made,) = registers.all_of(workspace, FUNCTIONS)
    assert isinstance(made, Function)
    assert (made.name, made.mode, made.criticality, made.baseline_cost) == (
        "Paie",
        "external",
        4,
        2_400_050,
    )


def test_one_wrong_line_stops_the_whole_file_and_each_is_explained(workspace: Workspace) -> None:
    text = "name,criticality,mode\nPayroll,9,external\nIT,2,outside\n,1,internal\nLegal,2,internal\n"
    found = planned(workspace, FUNCTIONS, text)
    assert [(fault.line, fault.column) for fault in found.faults] == [
        (2, "criticality"),
        (3, "mode"),
        (4, "name"),
    ]
    assert "from 1 to 4" in found.faults[0].what
    assert "internal, external, time-shared, mixed" in found.faults[1].what
    with pytest.raises(ValueError, match="faults"):
        run(workspace, found)
    assert registers.all_of(workspace, FUNCTIONS) == ()


def test_codes_change_records_and_an_import_is_undone_whole(workspace: Workspace) -> None:
    run(workspace, planned(workspace, FUNCTIONS, "name\nPayroll\nIT\n"))
    found = planned(workspace, FUNCTIONS, "code,name,criticality\nFN-1,Payroll & HR,4\nFN-2,IT,2\n,Legal,1\n")
    assert [line.kind for line in found.lines] == ["changed", "same", "new"]
    run(workspace, found)
    assert [getattr(r, "name", "") for r in registers.all_of(workspace, FUNCTIONS)] == [
        "Payroll & HR",
        "IT",
        "Legal",
    ]
    workspace.undo()
    assert [getattr(r, "name", "") for r in registers.all_of(workspace, FUNCTIONS)] == ["Payroll", "IT"]


def test_an_unknown_code_or_reference_is_a_fault(workspace: Workspace) -> None:
    found = planned(workspace, REGISTERS["contract"], "code,name,provider\nCT-9,x,y\n,Payroll,Nobody\n")
    assert [(fault.line, fault.column) for fault in found.faults] == [(2, "code"), (3, "provider")]


def test_a_reference_is_read_by_name_code_or_unique_beginning(workspace: Workspace) -> None:
    code = workspace.add(REGISTERS["provider"], {"name": "Cabinet Lagarde"})
    workspace.add(REGISTERS["provider"], {"name": "Compta+"})
    text = f"name,provider\na,Cabinet Lagarde\nb,{code.lower()}\nc,cabinet\n"
    found = planned(workspace, REGISTERS["contract"], text)
    assert found.faults == ()
    run(workspace, found)
    assert {contract.provider for contract in workspace.select(Contract, "contract")} == {code}


def test_unknown_columns_are_named(workspace: Workspace) -> None:
    assert planned(workspace, FUNCTIONS, "name,colour\nIT,red\n").ignored == ("colour",)


@pytest.mark.parametrize("text", ["", "\n\n", '"unclosed\n', "name\n" + "x\n" * 20_001])
def test_a_file_that_is_none_is_said(workspace: Workspace, text: str) -> None:
    with pytest.raises(sheet.UnreadableFile):
        planned(workspace, FUNCTIONS, text)


def test_a_file_without_a_known_heading_is_said(workspace: Workspace) -> None:
    assert planned(workspace, FUNCTIONS, "colour\nred\n").faults


@pytest.mark.parametrize(
    "name", ["=HYPERLINK(1)", "'=1+1", "-5", "@x", "''+", "_x0041_", "1.234", "01/02/2026", "#N/A"]
)
def test_a_name_that_a_spreadsheet_would_take_for_more_comes_back(workspace: Workspace, name: str) -> None:
    workspace.add(FUNCTIONS, {"name": name})
    text = registers.export_csv(workspace, FUNCTIONS)
    assert (f"FN-1,'{name}," in text) == (name.lstrip("'")[0] in "=+-@"), "no spreadsheet runs it"
    for raw in (text.encode(), exporting.workbook(workspace, [FUNCTIONS])):
        assert [line.kind for line in plan(workspace, FUNCTIONS, table.read(raw)).lines] == ["same"]


def test_confidential_records_stay_out_when_asked(workspace: Workspace) -> None:
    workspace.add(FUNCTIONS, {"name": "Sale of the company", "conf": 3})
    assert "Sale" not in registers.export_csv(workspace, FUNCTIONS, max_conf=2)


cells = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=30)


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workbooks are read in this process."""
    read_here(monkeypatch)


@pytest.mark.usefixtures("here")
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=cells, benefit=cells, amount=st.integers(-10**9, 10**9), day=st.dates(date(2000, 1, 1), date(2099, 1, 1)),
       core=st.booleans(), language=st.sampled_from(["fr", "en"]))  # fmt: skip
def test_what_is_exported_is_imported_unchanged(  # noqa: PLR0917 - hypothesis gives each
    workspace: Workspace, name: str, benefit: str, amount: int, day: date, core: bool, language: str
) -> None:
    locale.use(language)
    names = workspace.names()
    typed = {"name": name, "expected_benefit": benefit}
    try:
        values = {
            key: forms.read(workspace, FUNCTIONS.field(key), text, names) for key, text in typed.items()
        }
    except forms.WrongValue:
        return
    workspace.add(FUNCTIONS, {**values, "baseline_cost": amount, "review_due": day, "core_value": core})
    book = exporting.workbook(workspace, [FUNCTIONS])
    for raw in (registers.export_csv(workspace, FUNCTIONS).encode(), book):
        found = plan(workspace, FUNCTIONS, table.read(raw))
        assert found.faults == ()
        assert {line.kind for line in found.lines} == {"same"}


def test_every_register_exports_its_own_declaration(workspace: Workspace) -> None:
    for name in ORGANISATION:
        register = REGISTERS[name]
        heading = registers.export_csv(workspace, register).split("\r\n")[0].split(",")
        assert heading == ["code", *(field.name for field in register.fields)]
        assert all(field.kind in FieldKind for field in register.fields)
