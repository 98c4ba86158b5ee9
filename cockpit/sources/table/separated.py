"""CSV as programs really write it: their encodings, their separators, line ends inside quotes."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from itertools import islice

from cockpit.locale import _
from cockpit.sources.table.sheet import (
    MAX_COLUMNS,
    MAX_LINES,
    MAX_ROWS,
    Sheet,
    SheetLine,
    UnreadableFile,
    empty,
    too_many_columns,
    too_many_lines,
)

SEPARATORS = (";", ",", "\t", "|")
_LOOKED_AT = 30
"""Rows from which the separator is told."""


def read(raw: bytes) -> tuple[Sheet, ...]:
    """The one sheet of a CSV file. Raises Unreadable."""
    text = decode(raw)
    if "\n" not in text:
        text = text.replace("\r", "\n")
    said = re.match(r"sep=(.)\r?\n", text, re.IGNORECASE)
    separator = said[1] if said else _separator(text)
    lines = _lines(text[said.end() :] if said else text, separator, 1 if said else 0)
    if not lines:
        raise empty()
    return (Sheet("", tuple(lines)),)


def decode(raw: bytes) -> str:
    """The text of a file: UTF-8 or UTF-16 with its mark, UTF-8 without, else the usual code page of Windows."""
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return raw.decode("utf-16", errors="replace")
    if b"\0" in raw:
        raise UnreadableFile(_("this is neither a text nor a workbook: save the table as .csv or .xlsx"))
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("latin-1")


def _separator(text: str) -> str:
    """The separator by which most of the first rows have one same number of cells."""
    found: list[tuple[int, int, str]] = []
    for separator in SEPARATORS:
        widths: Counter[int] = Counter()
        try:
            for row in islice(csv.reader(io.StringIO(text), delimiter=separator), _LOOKED_AT):
                widths[len(row)] += len(row) > 1
        except csv.Error:
            continue
        width, rows = max(widths.items(), key=lambda each: (each[1], each[0]), default=(1, 0))
        found.append((rows, width, separator))
    return max(found, key=lambda each: each[:2], default=(0, 0, ","))[2]


def _lines(text: str, separator: str, before: int) -> list[SheetLine]:
    reader = csv.reader(io.StringIO(text), delimiter=separator, strict=True)
    lines: list[SheetLine] = []
    begins = 1
    try:
        for number, row in enumerate(reader):
            if number >= MAX_ROWS:
                raise too_many_lines(MAX_ROWS)
            if any(cell and not cell.isspace() for cell in row):
                lines.append(SheetLine(begins + before, tuple(row)))
                if len(lines) > MAX_LINES:
                    raise too_many_lines()
                if len(row) > MAX_COLUMNS:
                    raise too_many_columns()
            begins = reader.line_num + 1
    except csv.Error as error:
        raise UnreadableFile(
            _("line {n}: a quote that is opened there is not closed as it should ({error})").format(
                n=begins + before, error=error
            )
        ) from error
    return lines
