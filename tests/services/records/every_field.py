"""A record of any register with something in each of its fields, and what it refers to."""

from __future__ import annotations

from datetime import UTC, date, datetime

from cockpit.domain.records.record import Field, FieldKind, Register, Value
from cockpit.domain.registers import REGISTERS
from cockpit.services.desk.workspace import Workspace

# Fields whose text is checked as more than a text.
_TEXTS = {
    "rule": "mon 08:30", "hours": "mon-fri 09:00-17:00", "presence": "mon 09:00-12:00", "timezone": "Europe/Paris",
    "holidays": "FR", "sla": "8ho", "target": "4ho", "max_delay": "8ho", "warn": "75,90", "steps": "50,75",
    "exceptions": "2026-12-24 09:00-12:00",
}  # fmt: skip


def add_full(workspace: Workspace, register: Register) -> str:
    """Add one, with what it refers to; returns its code."""
    return workspace.add(
        register, {f.name: _value(workspace, register, f) for f in register.fields if f.name != "conf"}
    )


def _value(workspace: Workspace, register: Register, field: Field) -> Value:
    values: dict[FieldKind, Value] = {
        FieldKind.NUMBER: field.low if field.low is not None else 7, FieldKind.MONEY: 123_450, FieldKind.DECIMAL: 12.5,
        FieldKind.DATE: date(2026, 12, 1),
        FieldKind.INSTANT: datetime(2026, 12, 1, 8, 30, tzinfo=UTC), FieldKind.DURATION: 5400, FieldKind.FLAG: True,
        FieldKind.LINK: "https://example.org/a", FieldKind.PERIOD: "90d",
    }  # fmt: skip
    if field.kind is FieldKind.CHOICE:
        token = list(field.choices)[-1]
        return int(token) if token.isdigit() else token
    if field.ref and field.kind in (FieldKind.REF, FieldKind.NAMES):
        code = workspace.add(REGISTERS[field.ref[-1]], _least(workspace, REGISTERS[field.ref[-1]]))
        return (code, "somebody") if field.kind is FieldKind.NAMES else code
    if field.kind is FieldKind.NAMES:
        return ("one", "two")
    if field.kind is FieldKind.LONG:
        return "Kick-off 12\nBlockers 15"
    return values.get(field.kind, _TEXTS.get(field.name, f"={field.name} of {register.name}"))


def _least(workspace: Workspace, register: Register) -> dict[str, Value]:
    return {field.name: _value(workspace, register, field) for field in register.fields if field.required}
