"""Records, deadlines and providers as lines of text and as JSON with stable keys."""

from __future__ import annotations

from collections.abc import Mapping

from cockpit.domain.records.record import Record, Register
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.blocker import Blocker
from cockpit.domain.registers.priority import Priority
from cockpit.domain.severity import SEVERITIES
from cockpit.locale import _
from cockpit.services.desk import dates
from cockpit.services.desk.workspace import Workspace
from cockpit.store import heat, records
from cockpit.store.records import instant


def records_of(workspace: Workspace, name: str, everything: bool) -> tuple[Record, ...]:
    """Records of one kind: blockers hottest first, priorities by date, the others as they were made."""
    register = REGISTERS[name]
    order = "number"
    where, args = "archived_at IS NULL", []
    if everything:
        where = "1"
    elif name in ("blocker", "priority"):
        where += " AND closed_at IS NULL AND (snoozed_until IS NULL OR snoozed_until <= ?)"
        args = [instant(workspace.clock())]
        order = "due IS NULL, due, severity, number"
    found = records.select(workspace.conn, register.type, name, f"{where} ORDER BY {order}", args)
    return _by_heat(workspace, found) if name == "blocker" and not everything else found


def line(workspace: Workspace, register: Register, record: Record, names: Mapping[str, str]) -> str:
    """One record in one line of text."""
    parts = [str(getattr(record, register.subject))]
    if isinstance(record, Blocker | Priority):
        parts += [_(SEVERITIES[record.severity])] if record.severity in ("p1", "p2") else []
        parts += [names.get(record.function, record.function)] if record.function else []
        waiting = ", ".join(names.get(name, name) for name in record.waiting_on)
        parts += [_("waits for {who}").format(who=waiting)] if waiting else []
        parts += [names.get(record.owner, record.owner)] if record.owner else []
        parts += [dates.moment(record.due, workspace.now())] if record.due else []
        parts += [_("closed")] if record.closed_at else []
    return f"{record.code:<6} {' · '.join(parts)}"


def _by_heat(workspace: Workspace, found: tuple[Record, ...]) -> tuple[Record, ...]:
    critical = heat.criticalities(workspace.conn)
    now, me = workspace.now(), heat.called(workspace.conn, workspace.actor)

    def rank(record: Record) -> float:
        assert isinstance(record, Blocker)
        return -heat.of(record, now=now, me=me, criticality=critical.get(record.function)).total

    return tuple(sorted(found, key=rank))
