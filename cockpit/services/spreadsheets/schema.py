"""A JSON Schema (2020-12) of the records of a register, derived from its declaration."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from cockpit.domain.records.record import Field, FieldKind, Register
from cockpit.domain.registers import REGISTERS
from cockpit.locale import _

DIALECT = "https://json-schema.org/draft/2020-12/schema"
Schema = dict[str, object]
_INSTANT: Schema = {"type": "string", "format": "date-time"}


def schema(register: Register) -> Schema:
    """What `register export NAME --json` gives: a list of records."""
    return {
        "$schema": DIALECT,
        "title": _(register.title),
        "description": _(register.help),
        "type": "array",
        "items": record_schema(register),
    }


def all_schemas(registers: Sequence[Register]) -> Schema:
    """What `register export all --json` gives: the records of each register, by its name."""
    return {
        "$schema": DIALECT,
        "title": _("Every register"),
        "type": "object",
        "properties": {
            each.name: {"type": "array", "title": _(each.title), "items": {"$ref": f"#/$defs/{each.name}"}}
            for each in registers
        },
        "additionalProperties": False,
        "$defs": {each.name: record_schema(each) for each in registers},
    }


def record_schema(register: Register) -> Schema:
    """One record: its code, its fields in their order, who made it and when."""
    properties: dict[str, Schema] = {
        "code": {"type": "string", "pattern": f"^{register.prefix}-[0-9]+$", "title": _("Code")},
        **{field.name: _of_field(field) for field in register.fields},
        "created_at": _or_null(_INSTANT),
        "created_by": {"type": "string"},
        "updated_at": _or_null(_INSTANT),
        "archived_at": _or_null(_INSTANT),
    }
    return {
        "type": "object",
        "title": _(register.singular),
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _of_field(field: Field) -> Schema:
    found = {"title": _(field.label), **_TYPES[field.kind](field)}
    notes = [_(field.help)] if field.help else []
    if field.choices:
        notes.append("; ".join(f"{token}: {_(label)}" for token, label in field.choices.items()))
    if field.kind is FieldKind.MONEY:
        notes.append(_("In cents of euros."))
    if field.kind is FieldKind.DURATION:
        notes.append(_("In seconds."))
    if field.ref:
        prefixes = ", ".join(f"{REGISTERS[table].prefix}-1" for table in field.ref)
        notes.append(_("The code of a record, such as {codes}.").format(codes=prefixes))
    return {**found, "description": " ".join(notes)} if notes else found


def _or_null(found: Schema) -> Schema:
    return {**found, "type": [found["type"], "null"]}


def _choice(field: Field) -> Schema:
    tokens = list(field.choices)
    # A choice among numbers is held as one.
    return {"enum": [int(token) for token in tokens] if all(t.isdigit() for t in tokens) else tokens}


def _number(field: Field) -> Schema:
    bounds = {"minimum": field.low, "maximum": field.high}
    return {
        "type": ["integer", "null"],
        **{name: value for name, value in bounds.items() if value is not None},
    }


def _reference(field: Field) -> Schema:
    prefixes = "|".join(REGISTERS[table].prefix for table in field.ref)
    return {"type": ["string", "null"], "pattern": f"^$|^({prefixes})-[0-9]+$"}


_TYPES: Mapping[FieldKind, Callable[[Field], Schema]] = {
    FieldKind.TEXT: lambda _field: {"type": "string"},
    FieldKind.LONG: lambda _field: {"type": "string"},
    FieldKind.STEPS: lambda _field: {"type": "string"},
    FieldKind.CHOICE: _choice,
    FieldKind.NUMBER: _number,
    FieldKind.DECIMAL: lambda _field: {"type": ["number", "null"]},
    FieldKind.PERIOD: lambda _field: {"type": "string", "pattern": "^[0-9]+[mwd]$"},
    FieldKind.MONEY: lambda _field: {"type": ["integer", "null"]},
    FieldKind.DATE: lambda _field: {"type": ["string", "null"], "format": "date"},
    FieldKind.INSTANT: lambda _field: _or_null(_INSTANT),
    FieldKind.DURATION: lambda _field: {"type": ["integer", "null"]},
    FieldKind.FLAG: lambda _field: {"type": "boolean"},
    FieldKind.REF: _reference,
    FieldKind.NAMES: lambda _field: {"type": "array", "items": {"type": "string"}},
    FieldKind.LINK: lambda _field: {"type": "string"},
}
