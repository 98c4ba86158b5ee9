"""A record by its code."""

from __future__ import annotations

from cockpit.domain.records.record import Record, Register
from cockpit.domain.registers import register_of
from cockpit.services.desk.refusal import UnknownCode
from cockpit.services.desk.workspace import Workspace
from cockpit.store import records


def find(workspace: Workspace, code: str) -> tuple[Register, Record]:
    """The record with that code and its register. Raises UnknownCode."""
    register = register_of(code)
    found = records.get(workspace.conn, register, code) if register else None
    if register is None or found is None:
        raise UnknownCode(code)
    return register, found
