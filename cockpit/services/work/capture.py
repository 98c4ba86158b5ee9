"""What one typed line says, saved as a record."""

from __future__ import annotations

from collections.abc import Mapping

from cockpit.domain.records.record import Value
from cockpit.domain.registers import REGISTERS
from cockpit.domain.work.entry import Entry
from cockpit.services.desk.workspace import Workspace
from cockpit.services.work.entry import values_of
from cockpit.store import records


def save(
    workspace: Workspace, kind: str, entry: Entry, also: Mapping[str, Value] | None = None
) -> str:  # fmt: skip
    """Make the blocker, priority or decision that an entry says; returns its code.

    `also` holds what the line does not say and the place where it was typed knows.
    """
    fields = {field.name for field in REGISTERS[kind].fields}
    known_too = {n: value for n, value in (also or {}).items() if n in fields and value is not None}
    if kind == "decision":
        from cockpit.services.work import decisions

        return decisions.make(workspace, entry, also=known_too)
    kept = {**values_of(workspace, kind, entry), **known_too}
    if kind == "blocker" and _may_be_bound(workspace, kept):
        from cockpit.services.promises import clocks

        return clocks.add_blocker(workspace, kept)
    return workspace.add(REGISTERS[kind], kept)


def _may_be_bound(workspace: Workspace, values: Mapping[str, Value]) -> bool:
    """Whether any promise could count, asked before anything heavy is loaded: this is the quick entry."""
    if values.get("sla") or values.get("waiting_on"):
        return True
    return bool(values.get("function")) and records.count(workspace.conn, "policy") > 0
