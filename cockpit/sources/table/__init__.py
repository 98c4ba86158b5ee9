"""Somebody's spreadsheet, as lines of cells: CSV in its many dialects, and XLSX."""

from __future__ import annotations

from cockpit.locale import _
from cockpit.sources.table.sheet import MAX_BYTES, Sheet, UnreadableFile


def read(raw: bytes, wanted: str = "") -> tuple[Sheet, ...]:
    """The sheets of a file that hold something, `wanted` alone when it is named. A workbook is read in a process
    of its own. Raises Unreadable."""
    if len(raw) > MAX_BYTES:
        raise UnreadableFile(
            _("the file is larger than {n} MB; split it").format(n=MAX_BYTES // 1024 // 1024)
        )
    if raw.startswith(b"PK\x03\x04"):
        from cockpit.sources.table import apart

        return apart.read(raw, wanted)
    if raw.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadableFile(
            _("an old .xls file, or one under a password: open it in a spreadsheet and save it as .xlsx")
        )
    from cockpit.sources.table import separated

    return separated.read(raw)
