"""Registers to files: what leaves comes back unchanged, says what it is, and never more than it may."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import openpyxl
import pytest

from cockpit import locale
from cockpit.domain.records.record import FieldKind, Register, Value
from cockpit.domain.registers import ORGANISATION, REGISTERS
from cockpit.services.desk.workspace import Workspace
from cockpit.services.records.registers import export_csv
from cockpit.services.spreadsheets import exporting, importing
from cockpit.services.spreadsheets import schema as register_schema
from cockpit.services.spreadsheets.exporting import CannotExport
from cockpit.sources import table
from tests.services.records.every_field import add_full

ALL = [REGISTERS[name] for name in ORGANISATION]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_field_of_every_register_goes_out_and_comes_back(workspace: Workspace, language: str) -> None:
    locale.use(language)
    registers = [register for register in ALL if register.editable]
    for register in registers:
        add_full(workspace, register)
    book = table.read(exporting.workbook(workspace, registers))
    for register in registers:
        for sheets in (table.read(export_csv(workspace, register).encode()), book):
            found = importing.plan(workspace, register, sheets)
            assert found.faults == (), register.name
            assert {line.kind for line in found.lines} == {"same"}, register.name


def test_a_workbook_has_a_sheet_a_register_with_typed_cells_and_no_formula(workspace: Workspace) -> None:
    locale.use("fr")
    workspace.add(REGISTERS["provider"], {"name": '=HYPERLINK("https://x")'})
    add_full(workspace, REGISTERS["contract"])
    book = openpyxl.load_workbook(io.BytesIO(exporting.workbook(workspace, ALL)))
    assert len(book.sheetnames) == len(ORGANISATION)
    assert book["Prestataires"]["B2"].data_type == "s"
    assert book["Prestataires"]["B2"].value.startswith("=HYPERLINK")
    sheet = book["Contrats"]
    assert (sheet.freeze_panes, sheet["A1"].value, sheet["B1"].value) == ("B2", "code", "Objet")
    cells = dict(zip([cell.value for cell in sheet[1]], sheet[2], strict=True))
    assert cells["Début"].is_date
    assert (cells["Montant annuel"].value, cells["Montant annuel"].data_type) == (1234.5, "n")


def test_what_is_above_the_level_stays_in(workspace: Workspace, tmp_path: Path) -> None:
    workspace.add(REGISTERS["function"], {"name": "Sale of the company", "conf": 3})
    workspace.add(REGISTERS["function"], {"name": "Payroll"})
    for name in ("a.csv", "a.xlsx", "a.json"):
        (path,) = exporting.write(workspace, [REGISTERS["function"]], tmp_path / name, 2)
        raw = path.read_bytes()
        text = str(table.read(raw)) if name != "a.json" else raw.decode()
        assert "Payroll" in text, name
        assert "Sale" not in text, name


def test_no_file_is_written_over_and_what_is_written_is_of_its_owner_alone(
    workspace: Workspace, tmp_path: Path
) -> None:
    path = tmp_path / "a.xlsx"
    exporting.write(workspace, ALL, path)
    before = path.read_bytes()
    assert path.stat().st_mode & 0o777 == 0o600
    with pytest.raises(CannotExport, match="exists already"):
        exporting.write(workspace, ALL, path)
    assert path.read_bytes() == before
    folder = tmp_path / "out"
    assert len(exporting.write(workspace, ALL, folder)) == len(ORGANISATION)
    os.remove(folder / "function.csv")
    with pytest.raises(CannotExport, match="exists already"):
        exporting.write(workspace, ALL, folder)
    assert not (folder / "function.csv").exists(), "all of them or none"
    for wrong in ("a.docx", "nowhere/a.csv"):
        with pytest.raises(CannotExport):
            exporting.write(workspace, [ALL[0]], tmp_path / wrong)


def test_a_fault_in_the_third_file_of_a_folder_leaves_none(workspace: Workspace, tmp_path: Path) -> None:
    folder = tmp_path / "there"
    folder.mkdir()
    (folder / "mine.txt").write_text("kept")
    # A link that leads nowhere is met when the file is written, not before.
    (folder / f"{ALL[2].name}.csv").symlink_to(tmp_path / "nowhere" / "x.csv")
    with pytest.raises(CannotExport):
        exporting.write(workspace, ALL, folder)
    assert sorted(each.name for each in folder.iterdir()) == sorted(["mine.txt", f"{ALL[2].name}.csv"])


def test_an_export_into_a_folder_that_was_cut_short_is_ended_and_told_at_the_next(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    def link(source: Path, target: Path, real: Callable[[Path, Path], None] = os.link) -> None:
        if target == tmp_path / f"{ALL[-1].name}.csv":
            raise Killed
        real(source, target)

    with monkeypatch.context() as patch:
        patch.setattr(os, "link", link)
        with pytest.raises(Killed):
            exporting.write(workspace, ALL, tmp_path)
    with pytest.raises(CannotExport, match="had been cut short: its last"):
        exporting.write(workspace, ALL, tmp_path)
    assert len(list(tmp_path.glob("*.csv"))) == len(ALL)
    with pytest.raises(CannotExport, match="exists already"):
        exporting.write(workspace, ALL, tmp_path)


@pytest.mark.skipif(os.geteuid() == 0, reason="whoever may write everywhere meets no refusal")
def test_a_folder_that_cannot_be_made_is_refused_and_leaves_nothing(
    workspace: Workspace, tmp_path: Path
) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(CannotExport):
        exporting.write(workspace, ALL, tmp_path / "out")
    tmp_path.chmod(0o700)
    assert not (tmp_path / "out").exists()


def test_the_schema_describes_what_is_exported(workspace: Workspace) -> None:
    for register in ALL:
        add_full(workspace, register)
        named = register.field(register.subject).kind is not FieldKind.REF
        called: dict[str, Value] = {register.subject: "The least"} if named else {}
        workspace.add(register, {**_required(workspace, register), **called})
        exported = json.loads(json.dumps(list(exporting.in_json(workspace, register))))
        schema = register_schema.schema(register)
        checker = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
        checker.check_schema(schema)
        assert list(checker.iter_errors(exported)) == []
        for broken in _broken(exported[0], register):
            assert not checker.is_valid([broken])


def test_the_schema_of_all_describes_the_export_of_all(workspace: Workspace) -> None:
    for register in ALL:
        add_full(workspace, register)
    found = {each.name: json.loads(json.dumps(list(exporting.in_json(workspace, each)))) for each in ALL}
    jsonschema.validate(found, register_schema.all_schemas(ALL), cls=jsonschema.Draft202012Validator)


def _required(workspace: Workspace, register: Register) -> dict[str, Any]:
    record = exporting.records_of(workspace, register)[-1]
    return {field.name: getattr(record, field.name) for field in register.fields if field.required}


def _broken(record: dict[str, Any], register: Register) -> list[dict[str, Any]]:
    """The same record, each time with one thing that no record has."""
    wrong = {
        FieldKind.CHOICE: "no such choice",
        FieldKind.DATE: 7,
        FieldKind.FLAG: "yes",
        FieldKind.MONEY: "12",
        FieldKind.DECIMAL: "12",
        FieldKind.NAMES: "one",
    }
    found = [{**record, field.name: wrong[field.kind]} for field in register.fields if field.kind in wrong]
    lacking = {key: value for key, value in record.items() if key != "code"}
    return [*found, {**record, "other": 1}, {**record, "code": "ZZ-1"}, lacking]
