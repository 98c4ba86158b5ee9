"""Registers to files: CSV, XLSX and JSON, never above a level of confidentiality, never over another file."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from cockpit import files
from cockpit.domain.dataclasses import dataclass
from cockpit.domain.records.confidentiality import EVERYTHING
from cockpit.domain.records.record import Field, FieldKind, Record, Register, Value
from cockpit.locale import _, current, ngettext
from cockpit.services.desk import forms
from cockpit.services.desk.as_json import of_record
from cockpit.services.desk.paths import short
from cockpit.services.desk.workspace import Workspace
from cockpit.services.records.registers import CODE, all_of, export_csv
from cockpit.sources.table.sheet import Cell

ENDINGS = (".csv", ".xlsx", ".json")
_OLDEST = date(1900, 3, 1)
"""Workbooks count days rightly from here on."""
_WIDEST = 50


class CannotExport(ValueError):
    """The file cannot be written; the message, already translated, says why."""


def records_of(workspace: Workspace, register: Register, max_conf: int = EVERYTHING) -> list[Record]:
    """The records that may leave: none above the level of a room or a seat, not even without its words."""
    most = max_conf if workspace.room is None else min(max_conf, workspace.room)
    return [record for record in all_of(workspace, register) if record.conf <= most]


def in_json(
    workspace: Workspace, register: Register, max_conf: int = EVERYTHING
) -> Iterator[dict[str, object]]:
    """The register as JSON has it, one record after the other: `register_schema` describes it."""
    return (of_record(record, register) for record in records_of(workspace, register, max_conf))


def write(
    workspace: Workspace,
    registers: Sequence[Register],
    path: Path,
    max_conf: int = EVERYTHING,
    *,
    as_json: bool = False,
) -> list[Path]:
    """Write registers into a file by its ending, or as CSV files into a folder. Raises CannotExport.

    `as_json` writes JSON whatever the ending. A file that exists is never written over.
    """
    ending = ".json" if as_json else path.suffix.lower()
    if path.is_dir() or (not ending and len(registers) > 1):
        return _write_folder(workspace, registers, path, max_conf)
    if ending == ".xlsx":
        _keep(path, workbook(workspace, registers, max_conf))
    elif ending == ".json":
        found: object = {each.name: list(in_json(workspace, each, max_conf)) for each in registers}
        if len(registers) == 1:
            found = list(in_json(workspace, registers[0], max_conf))
        _keep(path, (json.dumps(found, ensure_ascii=False, indent=2) + "\n").encode())
    elif ending == ".csv" and len(registers) == 1:
        _keep(path, export_csv(workspace, registers[0], max_conf).encode())
    else:
        raise CannotExport(
            _("a name that ends with {endings} is expected; .csv holds one register").format(
                endings=", ".join(ENDINGS)
            )
        )
    return [path]


def _write_folder(
    workspace: Workspace, registers: Sequence[Register], folder: Path, max_conf: int
) -> list[Path]:
    """All of the files or none, in a new folder or in one that is there."""
    names = {f"{register.name}.csv": register for register in registers}
    paths = [folder / name for name in names]
    try:
        if folder.is_dir() and (left := files.finish_adding(folder)):
            raise _finished(folder, left)
        for path in paths:
            if path.exists():
                raise _exists(path)
        with files.added_to(folder) if folder.is_dir() else files.new_folder(folder) as here:
            for name, register in names.items():
                files.write(here / name, export_csv(workspace, register, max_conf).encode(), new=True)
    except FileExistsError as error:
        raise _exists(folder / Path(error.filename).name) from error
    except OSError as error:
        raise _unwritable(folder, error) from error
    return paths


def _finished(folder: Path, left: Sequence[Path]) -> CannotExport:
    return CannotExport(
        ngettext(
            "an export into {path} had been cut short: its last file is now there, and nothing new was written;"
            " choose another name for a new export",
            "an export into {path} had been cut short: its last {n} files are now there, and nothing new was written;"
            " choose another name for a new export",
            len(left),
        ).format(path=short(folder), n=len(left))
    )


def _keep(path: Path, content: bytes) -> None:
    """Write a new file, readable by its owner alone, whole or not at all."""
    try:
        files.write(path, content, new=True)
    except FileExistsError as error:
        raise _exists(path) from error
    except OSError as error:
        raise _unwritable(path, error) from error


def _unwritable(path: Path, error: OSError) -> CannotExport:
    return CannotExport(_("{path} cannot be written: {why}").format(path=short(path), why=files.why(error)))


def _exists(path: Path) -> CannotExport:
    return CannotExport(_("{path} exists already; choose another name").format(path=short(path)))


def typed(field: Field, value: Value, names: Mapping[str, str], zone: ZoneInfo) -> Cell:
    """A value as a cell of a workbook has it: days, amounts and numbers, names as text."""
    if (
        value is None
        or isinstance(value, tuple)
        or field.kind in (FieldKind.CHOICE, FieldKind.FLAG, FieldKind.DURATION)
    ):
        return forms.show(field, value, names, zone)
    if isinstance(value, datetime):
        # Cells know no zone: the hour is that of the company, as on the screen.
        return value.astimezone(zone).replace(tzinfo=None)
    if isinstance(value, date):
        return value if value >= _OLDEST else value.isoformat()
    if field.kind is FieldKind.MONEY:
        return int(value) / 100
    if str(value) in field.choices:
        return forms.show(field, value, names, zone)
    return value if isinstance(value, int | float) else forms.show(field, value, names, zone)


def workbook(workspace: Workspace, registers: Sequence[Register], max_conf: int = EVERYTHING) -> bytes:
    """An XLSX workbook, one sheet a register."""
    import xlsxwriter

    out = io.BytesIO()
    # Each cell is written as what it is: no text of ours becomes a formula, a link or a number.
    options = {
        "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
    }  # fmt: skip
    book = xlsxwriter.Workbook(out, options)
    book.set_properties({"created": workspace.now().astimezone(UTC).replace(tzinfo=None)})
    day, hour = (
        ("dd/mm/yyyy", "dd/mm/yyyy hh:mm") if current() == "fr" else ("yyyy-mm-dd", "yyyy-mm-dd hh:mm")
    )
    formats = {
        "heading": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
        "day": book.add_format({"num_format": day, "align": "left"}),
        "instant": book.add_format({"num_format": hour, "align": "left"}),
        "money": book.add_format({"num_format": '#,##0.00 "€"'}),
    }
    look = _Look(formats, workspace.names(), workspace.zone)
    for register in registers:
        found = records_of(workspace, register, max_conf)
        _write_sheet(book.add_worksheet(_sheet_name(register)), register, found, look)
    book.close()
    return out.getvalue()


def _sheet_name(register: Register) -> str:
    return re.sub(r"[\[\]:*?/\\']", " ", _(register.title))[:31].strip()


@dataclass(frozen=True)
class _Look:
    """How cells are written in one workbook."""

    formats: Mapping[str, Any]
    names: Mapping[str, str]
    zone: ZoneInfo


def _write_sheet(sheet: Any, register: Register, found: Sequence[Record], look: _Look) -> None:
    headings = [CODE, *(_(field.label) for field in register.fields)]
    widths = [len(heading) + 2 for heading in headings]
    for column, heading in enumerate(headings):
        sheet.write_string(0, column, heading, look.formats["heading"])
    for row, record in enumerate(found, 1):
        sheet.write_string(row, 0, record.code)
        for column, field in enumerate(register.fields, 1):
            cell = typed(field, getattr(record, field.name), look.names, look.zone)
            _write_cell(sheet, (row, column), cell, look.formats, is_money=field.kind is FieldKind.MONEY)
            lines = str(cell).split("\n")
            widths[column] = max(widths[column], *(min(len(line) + 1, _WIDEST) for line in lines))
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(1, 1)
    if found:
        sheet.autofilter(0, 0, len(found), len(headings) - 1)


def _write_cell(
    sheet: Any, at: tuple[int, int], cell: Cell, formats: Mapping[str, Any], *, is_money: bool
) -> None:
    if isinstance(cell, datetime):
        sheet.write_datetime(*at, cell, formats["instant"])
    elif isinstance(cell, date):
        sheet.write_datetime(*at, datetime(cell.year, cell.month, cell.day), formats["day"])  # noqa: DTZ001
    elif isinstance(cell, int | float):
        sheet.write_number(*at, cell, formats["money"] if is_money else None)
    elif cell:
        sheet.write_string(*at, str(cell))
