"""The records of a register, and their way out as CSV."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence

from cockpit.domain.records.record import Record, Register
from cockpit.services.desk import forms
from cockpit.services.desk.workspace import Workspace
from cockpit.store import records

CODE = "code"
# A spreadsheet runs a cell that begins so; a leading apostrophe is what spreadsheets themselves use.
_FORMULA = re.compile(r"'*[=+\-@\t\r]")


def all_of(workspace: Workspace, register: Register, limit: int = -1) -> tuple[Record, ...]:
    """The records of a register that are not archived, oldest first; at most `limit` when it is not -1."""
    where = "archived_at IS NULL ORDER BY number LIMIT ?"
    return records.select(workspace.conn, register.type, register.name, where, (limit,))


def counts(workspace: Workspace, names: Sequence[str]) -> dict[str, int]:
    """How many records each of those registers has, archived ones left out."""
    return {name: records.count(workspace.conn, name, "archived_at IS NULL") for name in names}


def export_csv(workspace: Workspace, register: Register, max_conf: int = 3) -> str:
    """The register as CSV (RFC 4180, UTF-8): code, then a column a field under its English name."""
    names = workspace.names()
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([CODE, *(f.name for f in register.fields)])
    most = max_conf if workspace.room is None else min(max_conf, workspace.room)
    for record in all_of(workspace, register):
        if record.conf <= most:
            shown = (forms.show(f, getattr(record, f.name), names, workspace.zone) for f in register.fields)
            writer.writerow([record.code, *map(disarmed, shown)])
    return out.getvalue()


def disarmed(cell: str) -> str:
    """The text made harmless for a spreadsheet, which would run it as a formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def armed(cell: str) -> str:
    """The original of a text that `disarmed` made harmless."""
    return cell[1:] if cell[:1] == "'" and _FORMULA.match(cell[1:]) else cell
