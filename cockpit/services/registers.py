"""Registers to and from files: CSV out, CSV in with a dry run that explains every line."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from cockpit.domain.record import Field, Record, Register, Value
from cockpit.domain.text import fold
from cockpit.locale import _, ngettext
from cockpit.services import forms
from cockpit.services.workspace import Workspace
from cockpit.store import records

MAX_LINES = 20_000
_CODE = "code"
# A spreadsheet runs a cell that begins so; a leading apostrophe is what spreadsheets themselves use.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Fault:
    """One wrong cell or line of a file."""

    line: int
    column: str
    what: str


@dataclass(frozen=True)
class Line:
    """What one line of a file would do: the record it changes, or None for a new one, and the values."""

    number: int
    found: Record | None
    values: Mapping[str, Value]

    @property
    def kind(self) -> str:
        """new, changed or same."""
        return "same" if not self.values else "new" if self.found is None else "changed"


@dataclass(frozen=True)
class Plan:
    """What importing a file would do. With a fault, nothing is imported at all."""

    register: Register
    lines: tuple[Line, ...] = ()
    faults: tuple[Fault, ...] = ()
    ignored: tuple[str, ...] = field(default=())
    """Columns that the register does not have."""

    def count(self, kind: str) -> int:
        """How many lines are new, changed or same."""
        return sum(line.kind == kind for line in self.lines)

    def summary(self) -> str:
        """One sentence about the whole file."""
        return ", ".join(
            (
                ngettext("{n} new", "{n} new", self.count("new")).format(n=self.count("new")),
                ngettext("{n} changed", "{n} changed", self.count("changed")).format(n=self.count("changed")),
                ngettext("{n} unchanged", "{n} unchanged", self.count("same")).format(n=self.count("same")),
                ngettext("{n} fault", "{n} faults", len(self.faults)).format(n=len(self.faults)),
            )
        )


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
    writer.writerow([_CODE, *(f.name for f in register.fields)])
    for record in all_of(workspace, register):
        if record.conf <= max_conf:
            shown = (forms.show(f, getattr(record, f.name), names, workspace.zone) for f in register.fields)
            writer.writerow([record.code, *map(_disarmed, shown)])
    return out.getvalue()


def plan_import(workspace: Workspace, register: Register, text: str) -> Plan:
    """What importing this CSV would do; nothing is written. Comma or semicolon, names or labels as headings."""
    first, _newline, _rest = text.lstrip("\ufeff").partition("\n")
    delimiter = ";" if first.count(";") > first.count(",") else ","
    reader = csv.reader(io.StringIO(text.lstrip("\ufeff")), delimiter=delimiter)
    try:
        rows = [(reader.line_num, row) for row in reader if any(cell.strip() for cell in row)]
    except csv.Error as error:
        return Plan(register, faults=(Fault(reader.line_num, "", str(error)),))
    if not rows:
        return Plan(register, faults=(Fault(1, "", _("the file is empty")),))
    if len(rows) > MAX_LINES:
        return Plan(register, faults=(Fault(MAX_LINES, "", _("more than {n} lines").format(n=MAX_LINES)),))
    headings, ignored = _headings(register, rows[0][1])
    missing = [f for f in register.fields if f.required and f.name not in headings.values()]
    if missing and _CODE not in headings.values():
        what = _("the column “{name}” is missing").format(name=missing[0].name)
        return Plan(register, faults=(Fault(1, missing[0].name, what),), ignored=ignored)
    found = _Lines(workspace, register)
    for number, row in rows[1:]:
        found.read(number, {headings[i]: cell for i, cell in enumerate(row) if i in headings})
    return Plan(register, tuple(found.lines), tuple(found.faults), ignored)


def run_import(workspace: Workspace, plan: Plan) -> int:
    """Write a plan without faults, as one change that `undo` takes back; returns how many records moved."""
    if plan.faults:
        raise ValueError("a plan with faults is not imported")
    puts: Sequence[tuple[Register, Record | None, Mapping[str, Value]]] = [
        (plan.register, line.found, line.values) for line in plan.lines if line.values
    ]
    return len(workspace.change_all(puts, f"{plan.register.name}.import")) if puts else 0


def _headings(register: Register, row: Sequence[str]) -> tuple[dict[int, str], tuple[str, ...]]:
    words = {_CODE: _CODE}
    for f in register.fields:
        words |= {fold(f.name): f.name, fold(f.label): f.name, fold(_(f.label)): f.name}
    found = {i: words[fold(cell.strip())] for i, cell in enumerate(row) if fold(cell.strip()) in words}
    return found, tuple(cell for i, cell in enumerate(row) if i not in found and cell.strip())


class _Lines:
    """Reads lines one by one: what each would do, or why it is wrong."""

    def __init__(self, workspace: Workspace, register: Register) -> None:
        self.workspace, self.register = workspace, register
        self.names = workspace.names()
        self.known = {record.code: record for record in all_of(workspace, register)}
        self.lines: list[Line] = []
        self.faults: list[Fault] = []

    def _of_same_name(self, cells: Mapping[str, str]) -> Record | None:
        """A line without a code is the record of that name, if there is just one: twice imported is once."""
        name = fold(_armed(cells.get(self.register.subject, "")).strip())
        same = [r for r in self.known.values() if fold(getattr(r, self.register.subject)) == name]
        return same[0] if name and len(same) == 1 else None

    def read(self, number: int, cells: Mapping[str, str]) -> None:
        """Keep what the line would do, or its faults."""
        code = cells.get(_CODE, "").strip().upper()
        found = self.known.get(code) if code else self._of_same_name(cells)
        if code and found is None:
            self.faults.append(Fault(number, _CODE, _("no record has the code {code}").format(code=code)))
            return
        values: dict[str, Value] = {}
        before = len(self.faults)
        for each, cell in _fields(self.register, cells, found):
            try:
                value = forms.read(self.workspace, each, _armed(cell), self.names)
            except forms.WrongValue as error:
                self.faults.append(Fault(number, each.name, str(error)))
                continue
            if value != (getattr(found, each.name) if found else None):
                values[each.name] = value
        if len(self.faults) == before:
            self.lines.append(Line(number, found, values))


def _fields(
    register: Register, cells: Mapping[str, str], found: Record | None
) -> Iterator[tuple[Field, str]]:
    """The cells to read: an empty one leaves a new record at its default, a required one is always read."""
    for f in register.fields:
        if f.name in cells and (found is not None or cells[f.name].strip()):
            yield f, cells[f.name]
        elif f.required and found is None:
            yield f, ""


def _disarmed(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _armed(cell: str) -> str:
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith(_FORMULA) else cell
