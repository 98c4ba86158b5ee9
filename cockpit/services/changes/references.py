"""Who refers to a record by its code, and having another one take its place everywhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from cockpit.domain.changes.soundness import KnownRecords
from cockpit.domain.dataclasses import dataclass
from cockpit.domain.records.record import Field, FieldKind, Record, Register, Value
from cockpit.domain.refusal import Refusal
from cockpit.domain.registers import REGISTERS, register_of
from cockpit.locale import _
from cockpit.services.changes import edit, soundness
from cockpit.services.desk.workspace import Workspace
from cockpit.services.promises import clocks
from cockpit.store import records

LOGS = frozenset({"occurrence", "attendance", "preparation", "mark", "hold", "review", "statement"})
"""Lines of what happened: they go on naming who it was."""
_ENDS = ("ended_on", "revoked_on", "done_on", "ends_on")


@dataclass(frozen=True)
class Use:
    """A record that refers to another one, and in which fields."""

    register: Register
    record: Record
    fields: tuple[Field, ...]


class CannotReplace(Refusal):
    """The one that takes its place cannot; the message, already translated, says why and the way out."""


def uses(workspace: Workspace, codes: str | Sequence[str], *, ended: bool = False) -> tuple[Use, ...]:
    """The open records that refer to any of `codes`, those themselves left out, in the order of the registers.

    `ended` has those too that are over: revoked accesses, contracts that ended, closed blockers, decisions.
    """
    wanted = (codes,) if isinstance(codes, str) else tuple(codes)
    found: list[Use] = []
    for register in REGISTERS.values():
        fields = _fields(register, wanted)
        told = register.editable or (ended and register.name == "decision")
        if not fields or register.name in LOGS or not told:
            continue
        test = " OR ".join(_test(field, len(wanted)) for field in fields)
        rows = records.select(
            workspace.conn, register.type, register.name, f"archived_at IS NULL AND ({test}) ORDER BY number",
            wanted * len(fields),
        )  # fmt: skip
        for record in rows:
            if record.code not in wanted and (ended or not is_over(record, workspace.today())):
                named = tuple(f for f in fields if set(wanted) & set(_codes(getattr(record, f.name))))
                found.append(Use(register, record, named))
    return tuple(found)


def is_over(record: Record, today: date) -> bool:
    """Whether a record tells of something that is closed or past."""
    if record.archived_at is not None or getattr(record, "closed_at", None) is not None:
        return True
    days = [getattr(record, name, None) for name in _ENDS]
    return any(isinstance(day, date) and day < today for day in days)


def moved(workspace: Workspace, codes: Sequence[str], to: str) -> list[clocks.RecordChange]:
    """The changes that have `to` take the place of `codes` in every open record that refers to them.

    Where that would not hold together (a backup of oneself), the field is left empty. Raises CannotMove
    where none may be empty, and where the register does not take such a record.
    """
    known: dict[str, KnownRecords] = {}
    changes: list[clocks.RecordChange] = []
    for use in uses(workspace, codes):
        name = use.register.name
        if name not in known:
            known[name] = soundness.known_of(workspace, use.register)
        values = {f.name: _with(use, f, codes, to) for f in use.fields}
        doubts = soundness.judge(workspace, use.register, use.record, values, known[name])
        for doubt in (each for each in doubts if each.refused):
            free = [f for f in map(use.register.field, doubt.fields) if f.ref and not f.required]
            if not free:
                words = _("{code}: {why}: change or archive it first")
                raise CannotReplace(words.format(code=use.record.code, why=doubt.words))
            values[free[0].name] = _empty(free[0])
        changes += edit.edits(workspace, use.register, use.record, values)
    return changes


def _with(use: Use, field: Field, codes: Sequence[str], to: str) -> Value:
    register = register_of(to)
    if register is None or register.name not in field.ref:
        words = _("{code}: {field} takes no {register}: choose another, or change it first")
        kind = _(register.singular) if register else to
        raise CannotReplace(words.format(code=use.record.code, field=_(field.label), register=kind))
    value = getattr(use.record, field.name)
    if isinstance(value, tuple):
        # Nobody stands twice in a list, and a record is not in its own.
        return tuple(dict.fromkeys(to if each in codes else each for each in value))
    return _empty(field) if to == use.record.code and not field.required else to


def _empty(field: Field) -> Value:
    return {FieldKind.REF: None, FieldKind.NAMES: ()}.get(field.kind, "")


def _fields(register: Register, codes: Iterable[str]) -> tuple[Field, ...]:
    tables = {found.name for code in codes if (found := register_of(code)) is not None}
    return tuple(field for field in register.fields if tables.intersection(field.ref))


def _test(field: Field, count: int) -> str:
    marks = ", ".join("?" * count)
    if field.kind is FieldKind.NAMES:
        return f'EXISTS (SELECT 1 FROM json_each("{field.name}") WHERE value IN ({marks}))'
    return f'"{field.name}" IN ({marks})'


def _codes(value: object) -> Iterator[str]:
    yield from (str(each) for each in (value if isinstance(value, tuple) else (value,)))
