"""A workbook read in a process of its own, held to so much time and memory, which can be ended at any moment.

The answer comes back as JSON, never as anything that is run.
"""

from __future__ import annotations

import json
import sys
from datetime import date, datetime, time, timedelta
from typing import Any

from cockpit.locale import _, current
from cockpit.sources import apart
from cockpit.sources.table.sheet import Cell, Sheet, SheetLine, UnreadableFile

PATIENCE_S = 60
"""Seconds that a reading may take at most, whatever else the machine does."""
PROCESSOR_S = 30
"""Seconds of processor time that it may take at most."""
_READ, _REFUSED = 0, 4


def read(raw: bytes, wanted: str = "") -> tuple[Sheet, ...]:
    """As `workbook.read`; a file that costs too much or breaks the reader is refused as well. Raises UnreadableFile."""
    header = json.dumps({"wanted": wanted, "language": current()}).encode()
    answer = apart.run("cockpit.sources.table.apart", header + b"\n" + raw, PATIENCE_S)
    if answer.code == _REFUSED:
        raise UnreadableFile(answer.said.decode("utf-8", "replace"))
    if answer.code != _READ:
        raise _too_dear()
    return tuple(
        Sheet(
            name,
            tuple(SheetLine(number, tuple(map(_cell, cells))) for number, cells in lines),
            date.fromisoformat(epoch),
            is_text=False,
            damage=damage,
        )
        for name, epoch, lines, damage in json.loads(answer.said)
    )


def _too_dear() -> UnreadableFile:
    return UnreadableFile(
        _(
            "this workbook could not be read within {seconds} s and {memory} MB: save the sheet that matters as .csv"
        ).format(seconds=PROCESSOR_S, memory=apart.MEMORY >> 20)
    )


def _plain(cell: Cell) -> Any:
    if isinstance(cell, datetime):
        return ["datetime", cell.isoformat()]
    if isinstance(cell, date):
        return ["date", cell.isoformat()]
    if isinstance(cell, time):
        return ["time", cell.isoformat()]
    if isinstance(cell, timedelta):
        return ["span", cell.total_seconds()]
    return cell


def _cell(plain: Any) -> Cell:
    if not isinstance(plain, list):
        return plain  # type: ignore[no-any-return]
    kind, value = plain
    if kind == "span":
        return timedelta(seconds=value)
    readers: dict[str, Any] = {"datetime": datetime, "date": date, "time": time}
    return readers[kind].fromisoformat(value)  # type: ignore[no-any-return]


def _main() -> int:
    from cockpit import locale
    from cockpit.sources.table import workbook

    header = json.loads(sys.stdin.buffer.readline())
    raw = sys.stdin.buffer.read()
    locale.use(header["language"])
    apart.hold_back(PROCESSOR_S)
    try:
        sheets = workbook.read(raw, header["wanted"])
    except UnreadableFile as error:
        sys.stdout.buffer.write(str(error).encode())
        return _REFUSED
    found = [
        (
            each.name,
            each.epoch.isoformat(),
            [(line.number, [*map(_plain, line.cells)]) for line in each.lines],
            each.damage,
        )
        for each in sheets
    ]
    sys.stdout.buffer.write(json.dumps(found).encode())
    return _READ


if __name__ == "__main__":
    sys.exit(_main())
