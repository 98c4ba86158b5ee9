"""A workbook read in a process of its own, held to so much time and memory, which can be ended at any moment.

Somebody else's file goes through a large library: whatever it does there, this process goes on. The answer
comes back as JSON, never as anything that is run.
"""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from typing import Any

from cockpit.assets import environment
from cockpit.locale import _, current
from cockpit.sources.table.sheet import Cell, Sheet, SheetLine, UnreadableFile

PATIENCE_S = 60
"""Seconds that a reading may take at most, whatever else the machine does."""
PROCESSOR_S = 30
"""Seconds of processor time that it may take at most."""
MEMORY = 1 << 30
"""Bytes of address space that it may take at most."""
_READ, _REFUSED = 0, 4
running: set[subprocess.Popen[bytes]] = set()
"""The readings that are under way."""


def read(raw: bytes, wanted: str = "") -> tuple[Sheet, ...]:
    """As `workbook.read`; a file that costs too much or breaks the reader is refused as well. Raises UnreadableFile."""
    # Our own interpreter with our own module; the names are handed over as data.
    child = subprocess.Popen(
        [sys.executable, "-P", "-m", "cockpit.sources.table.apart"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment(),
    )  # fmt: skip
    running.add(child)
    try:
        header = json.dumps({"wanted": wanted, "language": current()}).encode()
        said, _nothing = child.communicate(header + b"\n" + raw, timeout=PATIENCE_S)
    except subprocess.TimeoutExpired as error:
        raise _too_dear() from error
    finally:
        running.discard(child)
        with suppress(OSError):
            child.kill()
        child.wait()
    if child.returncode == _REFUSED:
        raise UnreadableFile(said.decode("utf-8", "replace"))
    if child.returncode != _READ:
        raise _too_dear()
    return tuple(
        Sheet(
            name,
            tuple(SheetLine(number, tuple(map(_cell, cells))) for number, cells in lines),
            date.fromisoformat(epoch),
            is_text=False,
            damage=damage,
        )
        for name, epoch, lines, damage in json.loads(said)
    )


def end() -> None:
    """End every reading: who waited for one is told that it failed."""
    for child in tuple(running):
        with suppress(OSError):
            child.kill()


def _too_dear() -> UnreadableFile:
    return UnreadableFile(
        _(
            "this workbook could not be read within {seconds} s and {memory} MB: save the sheet that matters as .csv"
        ).format(seconds=PROCESSOR_S, memory=MEMORY >> 20)
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


def _hold_back() -> None:
    """Bound this process, where the system can."""
    try:
        import resource
    except ImportError:
        return
    for limit, most in ((resource.RLIMIT_CPU, PROCESSOR_S), (resource.RLIMIT_AS, MEMORY)):
        with suppress(ValueError, OSError):
            resource.setrlimit(limit, (most, most))


def _main() -> int:
    from cockpit import locale
    from cockpit.sources.table import workbook

    header = json.loads(sys.stdin.buffer.readline())
    raw = sys.stdin.buffer.read()
    locale.use(header["language"])
    _hold_back()
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
