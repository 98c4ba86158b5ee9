"""Somebody's spreadsheet once it is read: sheets, lines and cells, and the limits they are held to."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.spreadsheets.cells import EPOCH
from cockpit.locale import _

Cell = str | int | float | bool | date | datetime | time | timedelta | None
"""What one cell holds: texts of a CSV, typed values of a workbook. None and "" are empty."""


MAX_BYTES = 20 * 1024 * 1024
"""Size of a file at most."""


MAX_LINES = 20_000
"""Lines that hold something, at most."""


MAX_ROWS = 1_048_576
"""Rows of a sheet, empty ones too: as many as any spreadsheet takes. A workbook may claim two billion, and a text
of nothing but line ends be full of them."""


MAX_COLUMNS = 500
"""Columns at most."""


class UnreadableFile(ValueError):
    """The file is no table that can be read; the message, already translated, says what to do."""


@dataclass(frozen=True)
class SheetLine:
    """One line that holds something, under its number in the file."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Sheet:
    """The lines of one sheet; a CSV file is one sheet without a name."""

    name: str
    lines: tuple[SheetLine, ...]
    epoch: date = EPOCH
    """The day that serial numbers count from."""
    is_text: bool = True
    """Whether cells come from plain text, where a leading apostrophe may stand before a sign."""
    damage: str = ""
    """Why it cannot be read, in words: the other sheets of its file can. It holds no line then."""


def too_many_lines(most: int = MAX_LINES) -> UnreadableFile:
    """For a table that goes on and on."""
    return UnreadableFile(_("the file has more than {n} lines; split it").format(n=most))


def too_many_columns() -> UnreadableFile:
    """For a table as wide as no register is."""
    return UnreadableFile(
        _("the file has more than {n} columns; keep those that matter").format(n=MAX_COLUMNS)
    )


def empty() -> UnreadableFile:
    """For a table without a line."""
    return UnreadableFile(_("the file is empty"))
