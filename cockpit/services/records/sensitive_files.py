"""Sensitive files: what belongs to one, and that all of it is at least as confidential as the file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from difflib import get_close_matches

from cockpit.domain.records.identities import candidates
from cockpit.domain.records.record import Record, Register, Value
from cockpit.domain.refusal import Refusal
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.dossier import Dossier
from cockpit.domain.text import fold
from cockpit.locale import _
from cockpit.services.desk.workspace import Workspace

DOSSIER = REGISTERS["dossier"]
GROUPED = ("blocker", "priority", "decision", "approval")
"""Registers whose records say the name of a file in their `case`."""
FEW = 3
"""Names that are proposed at most."""
FileChange = tuple[Register, Record | None, dict[str, Value]]


def named(workspace: Workspace, name: str) -> Dossier | None:
    """The one sensitive file that a name means, as `identities.candidates` says."""
    if not name:
        return None
    every = {each.code: each for each in _open(workspace)}
    found = candidates({code: each.name for code, each in every.items()}, name)
    return every[found[0]] if len(found) == 1 else None


def near(workspace: Workspace, name: str) -> tuple[str, ...]:
    """The names of the files that a name may mean, or that are almost called so; all when they are few."""
    names = {each.code: each.name for each in _open(workspace) if not workspace.hides(each)}
    fitting = candidates(names, name)
    if fitting or len(names) <= FEW:
        return tuple(names[code] for code in fitting or names)
    by_key = {fold(each): each for each in names.values()}
    return tuple(by_key[each] for each in get_close_matches(fold(name), by_key, FEW, 0.4))


def _open(workspace: Workspace) -> tuple[Dossier, ...]:
    return workspace.select(Dossier, "dossier", "archived_at IS NULL ORDER BY number")


class UnknownFile(Refusal):
    """A file that is not made, and whose confidentiality is not known; the message names the nearest."""

    def __init__(self, name: str, near: Sequence[str]) -> None:
        words = _("no sensitive file is called “{name}”").format(name=name)
        way = (
            _("is it {names}?").format(names=_(" or ").join(near))
            if near
            else _("make it in its register first, with its confidentiality")
        )
        super().__init__(f"{words}: {way}")


def within(workspace: Workspace, values: dict[str, Value], before: str = "") -> dict[str, Value]:
    """The values of a record, at least as confidential as the file that they name.

    `before` is what it named until now. Raises UnknownFile.
    """
    name = str(values.get("case") or "")
    found = named(workspace, name)
    if found is None:
        if name and name != before:
            raise UnknownFile(name, near(workspace.shown, name))
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
