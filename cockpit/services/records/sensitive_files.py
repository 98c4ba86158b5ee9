"""Sensitive files: what belongs to one, and that all of it is at least as confidential as the file."""

from __future__ import annotations

from datetime import datetime

from cockpit.domain.records.record import Record, Register, Value
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.dossier import Dossier
from cockpit.domain.text import fold
from cockpit.services.desk.workspace import Workspace

DOSSIER = REGISTERS["dossier"]
GROUPED = ("blocker", "priority", "decision")
"""Registers whose records say the name of a file in their `case`."""
FileChange = tuple[Register, Record | None, dict[str, Value]]


def named(workspace: Workspace, name: str) -> Dossier | None:
    """The sensitive file of that name or code, accents and case folded."""
    if not name:
        return None
    every = workspace.select(Dossier, "dossier", "archived_at IS NULL ORDER BY number")
    wanted = fold(name)
    return next((each for each in every if wanted in (fold(each.name), each.code.lower())), None)


def within(workspace: Workspace, values: dict[str, Value]) -> dict[str, Value]:
    """The values of a record, at least as confidential as the file that they name."""
    found = named(workspace, str(values.get("case") or ""))
    if found is None:
        return values
    conf = values.get("conf", 1)
    assert isinstance(conf, int)
    return {**values, "case": found.name, "conf": max(conf, found.conf)}


def contents(workspace: Workspace, dossier: Dossier) -> tuple[tuple[Register, Record], ...]:
    """Its records and decisions, in the order of their time, closed ones too."""
    found: list[tuple[Register, Record]] = []
    for name in GROUPED:
        register = REGISTERS[name]
        found += [
            (register, record)
            for record in workspace.select(register.type, name, "\"case\" != '' AND archived_at IS NULL")
            if fold(getattr(record, "case", "")) in (fold(dossier.name), dossier.code.lower())
        ]
    return tuple(sorted(found, key=lambda pair: (str(when(pair[1])), pair[1].code)))


def when(record: Record) -> datetime | None:
    """The moment at which a record stands in its file: decided, come up, else written down."""
    at = getattr(record, "decided_at", None) or getattr(record, "since", None)
    return at if isinstance(at, datetime) else record.created_at


def raised(workspace: Workspace, dossier: Dossier, values: dict[str, Value]) -> list[FileChange]:
    """A change to a file, and what it asks of the records in it: they are never below it, and follow its name."""
    conf, name = values.get("conf", dossier.conf), values.get("name", dossier.name)
    assert isinstance(conf, int)
    changes: list[FileChange] = [(DOSSIER, dossier, values)]
    for register, record in contents(workspace, dossier):
        moved: dict[str, Value] = {"case": name, "conf": max(record.conf, conf)}
        changes.append((register, record, moved))
    return changes
