"""The tables of a document for a spreadsheet: CSV, or one XLSX workbook with a sheet a table."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from cockpit.domain.documents.publication import Amount, DataTable, Linked, TableCell
from cockpit.services.records.registers import disarmed

_OLDEST = date(1900, 3, 1)
"""Workbooks count days rightly from here on."""
_WIDEST = 60
_SHEET_NAME = 31
"""Characters of a sheet's name that Excel takes."""


def csv_of(table: DataTable) -> bytes:
    """The table as CSV (RFC 4180, UTF-8): amounts in units with two decimals, days as ISO 8601, no formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(map(disarmed, table.columns))
    writer.writerows([[_bare(cell) for cell in row] for row in table.rows])
    return out.getvalue().encode()


def workbook(tables: Iterable[DataTable], *, made: datetime) -> bytes:
    """The tables as an XLSX workbook that holds nobody's name; `made` is said as when it was created."""
    import xlsxwriter

    out = io.BytesIO()
    # Each cell is written as what it is: no text of ours becomes a formula, a link or a number.
    options = {
        "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
    }  # fmt: skip
    book = xlsxwriter.Workbook(out, options)
    book.set_properties({"created": made.replace(tzinfo=None)})
    formats = {
        "heading": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
        "day": book.add_format({"num_format": "yyyy-mm-dd", "align": "left"}),
        "money": book.add_format({"num_format": "#,##0.00"}),
    }
    names: set[str] = set()
    for table in tables:
        _write_sheet(book.add_worksheet(_sheet_name(table, names)), table, formats)
    if not names:
        book.add_worksheet()
    book.close()
    return out.getvalue()


def _bare(cell: TableCell) -> str:
    if isinstance(cell, Amount):
        return f"{cell.cents / 100:.2f}"
    if isinstance(cell, Linked):
        return disarmed(cell.url or cell.text)
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, int | float):
        return str(cell)
    return disarmed(cell) if cell else ""


def _sheet_name(table: DataTable, taken: set[str]) -> str:
    """The table's title as Excel takes it, told apart from those before it."""
    whole = re.sub(r"[\[\]:*?/\\']", " ", table.title or table.key).strip() or table.key
    name, n = whole[:_SHEET_NAME].strip(), 1
    while name.casefold() in taken:
        n += 1
        name = f"{whole[: _SHEET_NAME - len(str(n)) - 1].strip()} {n}"
    taken.add(name.casefold())
    return name


def _write_sheet(sheet: Any, table: DataTable, formats: dict[str, Any]) -> None:
    sheet.freeze_panes(1, 0)
    widths = [len(each) for each in table.columns]
    for column, heading in enumerate(table.columns):
        sheet.write_string(0, column, heading, formats["heading"])
    for number, row in enumerate(table.rows, 1):
        for column, cell in enumerate(row):
            _write_cell(sheet, (number, column), cell, formats)
            widths[column] = max(widths[column], len(_bare(cell)))
    for column, width in enumerate(widths):
        sheet.set_column(column, column, min(width, _WIDEST) + 2)


def _write_cell(sheet: Any, at: tuple[int, int], cell: TableCell, formats: dict[str, Any]) -> None:
    if isinstance(cell, Amount):
        sheet.write_number(*at, cell.cents / 100, formats["money"])
    elif isinstance(cell, date) and (cell.date() if isinstance(cell, datetime) else cell) >= _OLDEST:
        sheet.write_datetime(
            *at, cell.replace(tzinfo=None) if isinstance(cell, datetime) else cell, formats["day"]
        )
    elif isinstance(cell, int | float):
        sheet.write_number(*at, cell)
    elif cell is not None:
        sheet.write_string(*at, cell.url or cell.text if isinstance(cell, Linked) else str(cell))
