"""XLSX through openpyxl, read line by line; what a hostile file may cost is bounded before it is opened."""

from __future__ import annotations

import io
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date
from itertools import repeat
from typing import Any

from cockpit.domain.spreadsheets.cells import EPOCH, EPOCH_1904
from cockpit.domain.text import clean
from cockpit.locale import _
from cockpit.sources.table.sheet import (
    MAX_COLUMNS,
    MAX_LINES,
    MAX_ROWS,
    Cell,
    Sheet,
    SheetLine,
    UnreadableFile,
    empty,
    too_many_columns,
    too_many_lines,
)

MAX_UNPACKED = 100 * 1024 * 1024
"""Bytes of all parts of a workbook, unpacked, at most."""
MAX_PARTS = 2_000
MAX_WORDS = 32 * 1024 * 1024
"""Bytes of the texts that its cells share, unpacked: each is kept in memory, however short."""
UNCOMPUTED = "#UNCOMPUTED!"
"""Stands for a formula whose value the file does not hold."""
# What a library meets in a damaged file is of any of these kinds; with lxml, a fault of the XML is a SyntaxError.
_BROKEN = (
    zipfile.BadZipFile, SyntaxError, KeyError, ValueError, TypeError, IndexError, AttributeError, OSError,
    EOFError, RuntimeError, NotImplementedError, OverflowError, zlib.error, lzma.LZMAError, struct.error,
    AssertionError, LookupError,
)  # fmt: skip
_FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]")


def read(raw: bytes, wanted: str = "") -> tuple[Sheet, ...]:
    """The sheets that hold something, those that are hidden left out; `wanted` alone when named. Raises Unreadable."""
    try:
        # Entities are refused by defusedxml, which openpyxl uses where it is installed, as it is here.
        import openpyxl
    except ImportError as error:
        raise UnreadableFile(
            _("to read .xlsx files, install them: pip install 'cockpit[xlsx]'; or save the table as CSV")
        ) from error
    from defusedxml.common import DefusedXmlException

    formulas = _checked(raw)
    try:
        book = openpyxl.load_workbook(io.BytesIO(raw), read_only=True, data_only=True, keep_links=False)
        unvalued = (
            openpyxl.load_workbook(io.BytesIO(raw), read_only=True, keep_links=False) if formulas else None
        )
        epoch = EPOCH if book.epoch.year == 1899 else EPOCH_1904
        titles = [ws.title for ws in book.worksheets if ws.sheet_state == "visible" or ws.title == wanted]
    except DefusedXmlException as error:
        raise _damaged("entities") from error
    except _BROKEN as error:
        raise _damaged(_kind_of(error)) from error
    if wanted and wanted not in titles:
        names = ", ".join(map(clean, titles))
        raise UnreadableFile(
            _("there is no sheet “{name}”; there are: {names}").format(name=wanted, names=names)
        )
    sheets = [_sheet(book, unvalued, title, epoch) for title in ([wanted] if wanted else titles)]
    found = tuple(sheet for sheet in sheets if sheet.lines or sheet.damage)
    if not found:
        raise empty()
    if all(sheet.damage for sheet in found):
        raise UnreadableFile(found[0].damage)
    return found


def _sheet(book: Any, unvalued: Any, title: str, epoch: date) -> Sheet:
    """One sheet; what is broken in it is told with the row at which it stops, and costs no other sheet."""
    lines: list[SheetLine] = []
    try:
        lines.extend(_lines(book[title], unvalued[title] if unvalued else None))
    except UnreadableFile as error:
        return Sheet(title, (), epoch, is_text=False, damage=str(error))
    except _BROKEN as error:
        damage = _("the sheet “{name}” is damaged after row {n} ({why}): open the workbook in a spreadsheet"
                   " and save it again")  # fmt: skip
        row = lines[-1].number if lines else 0
        return Sheet(
            title,
            (),
            epoch,
            is_text=False,
            damage=damage.format(name=clean(title), n=row, why=_kind_of(error)),
        )
    return Sheet(title, tuple(lines), epoch, is_text=False)


def _checked(raw: bytes) -> bool:
    """Whether a sheet holds a formula. Raises Unreadable for what is no workbook, or would not fit in memory."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            parts = archive.infolist()
            words = sum(part.file_size for part in parts if part.filename.endswith("sharedStrings.xml"))
            total = sum(part.file_size for part in parts)
            if len(parts) > MAX_PARTS or total > MAX_UNPACKED or words > MAX_WORDS:
                raise UnreadableFile(
                    _("this workbook is over {n} MB once unpacked; keep the sheet that matters").format(
                        n=MAX_UNPACKED // 1024 // 1024
                    )
                )
            names = {part.filename for part in parts}
            if "[Content_Types].xml" not in names:
                raise UnreadableFile(
                    _("this is no .xlsx workbook: open it in a spreadsheet and save it as .xlsx or .csv")
                )
            sheets = [name for name in names if name.startswith("xl/worksheets/")]
            return any(_has_formula(archive, name) for name in sheets)
    except UnreadableFile:
        raise
    except (
        zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError, ValueError, zlib.error,
        lzma.LZMAError, struct.error,
    ) as error:  # fmt: skip
        raise _damaged(_kind_of(error)) from error


def _kind_of(error: Exception) -> str:
    """A kind that says something: those of compression are all called `error`."""
    return f"{type(error).__module__}.error" if type(error).__name__ == "error" else type(error).__name__


def _has_formula(archive: zipfile.ZipFile, name: str) -> bool:
    with archive.open(name) as part:
        tail = b""
        while block := part.read(1 << 20):
            if _FORMULA.search(tail + block):
                return True
            tail = block[-20:]
    return False


def _damaged(why: str) -> UnreadableFile:
    message = _("this workbook is damaged ({why}): open it in a spreadsheet and save it again")
    return UnreadableFile(message.format(why=why))


def _lines(sheet: Any, unvalued: Any) -> Iterator[SheetLine]:
    """The lines that hold something; `unvalued` is the same sheet with formulas in place of their values."""
    written = _rows(unvalued) if unvalued is not None else repeat(())
    blank: tuple[Cell, ...] | None = None
    count = 0
    for number, (row, other) in enumerate(zip(_rows(sheet), written, strict=False), 1):
        if number > MAX_ROWS:
            raise too_many_lines(MAX_ROWS)
        # The rows that a sheet leaves out are all one tuple: a million of them cost next to nothing.
        if row is blank:
            continue
        cells = _with_formulas(row, other)
        last = next((i for i in range(len(cells), 0, -1) if cells[i - 1] not in (None, "")), 0)
        if last > MAX_COLUMNS:
            raise too_many_columns()
        if not last:
            blank = row
            continue
        count += 1
        if count > MAX_LINES:
            raise too_many_lines()
        yield SheetLine(number, cells[:last])


def _rows(sheet: Any) -> Iterator[tuple[Cell, ...]]:
    # What a file says of its own size is not to be trusted.
    sheet.reset_dimensions()
    return iter(sheet.iter_rows(values_only=True))


def _with_formulas(row: tuple[Cell, ...], written: tuple[Cell, ...]) -> tuple[Cell, ...]:
    if not written or None not in row:
        return row
    return tuple(
        UNCOMPUTED if value is None and other is not None else value
        for value, other in zip(row, written, strict=False)
    )
