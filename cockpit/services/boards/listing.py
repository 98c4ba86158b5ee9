"""The records of one kind, each as a row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cockpit.domain.records.record import Record, Register
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.blocker import Blocker
from cockpit.domain.registers.priority import Priority
from cockpit.services.desk.row import Piece, Row
from cockpit.services.desk.workspace import Workspace
from cockpit.services.work import rows
from cockpit.services.work.by_heat import ranked
from cockpit.store import records
from cockpit.store.records import AWAKE, instant


def records_of(workspace: Workspace, name: str, everything: bool) -> Iterator[Record]:
    """Records of one kind: blockers hottest first, priorities by date, the others as they were made.

    They come as they are read; only those that are put into an order here are held.
    """
    register = REGISTERS[name]
    order = "number"
    where, args = "archived_at IS NULL", []
    if everything:
        where = "1"
    elif name in ("blocker", "priority"):
        where += f" AND closed_at IS NULL AND {AWAKE}"
        args = [instant(workspace.clock())]
        order = "due IS NULL, due, severity, number"
    if name == "blocker" and not everything:
        return (each.record for each in ranked(workspace, workspace.select(Blocker, name, where, args)))
    return records.read(workspace.conn, register.type, name, f"{where} ORDER BY {order}", args)


def row(workspace: Workspace, register: Register, record: Record, names: Mapping[str, str]) -> Row:
    """A blocker or a priority as everywhere; any other record by its code and what it is about."""
    if isinstance(record, Blocker):
        return rows.blocker(record, workspace.now(), names)
    if isinstance(record, Priority):
        top = record.is_one_of(workspace.today(), workspace.picker) and record.closed_at is None
        return rows.priority(record, workspace.now(), names, top=top, core=False, carried=record.carried)
    return Row((Piece(str(getattr(record, register.subject))),), code=record.code)
