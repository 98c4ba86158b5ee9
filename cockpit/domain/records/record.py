"""How a kind of record is declared: a frozen dataclass whose fields carry all that tables, forms and files need.

One declaration serves the screen, the form, import and export, the journal and JSON. Adding a register
is one dataclass here beside the others and one migration in `store`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from importlib import import_module
from typing import Any

from cockpit.domain import dataclasses
from cockpit.domain.dataclasses import dataclass
from cockpit.locale import N_

Value = str | int | float | bool | date | datetime | tuple[str, ...] | None
"""What a field holds in memory; `store` has one text or number for each."""


class FieldKind(StrEnum):
    """How a field is stored, shown, typed in and checked."""

    TEXT = "text"
    LONG = "long"
    STEPS = "steps"
    """The steps of a meeting, one a line with its minutes."""
    CHOICE = "choice"
    NUMBER = "number"
    DECIMAL = "decimal"
    """A number that may have decimals, in whatever unit the record names."""
    MONEY = "money"
    """Euro cents."""
    DATE = "date"
    INSTANT = "instant"
    """An aware datetime, stored in UTC."""
    DURATION = "duration"
    """Seconds of business time."""
    PERIOD = "period"
    """Months, weeks or days, kept as `3m`, `6w`, `90d`."""
    FLAG = "flag"
    REF = "ref"
    """The code of a record of another register, such as `FN-3`."""
    NAMES = "names"
    """Several names; a known one is kept as the code of its record."""
    LINK = "link"
    """An http(s) address."""


LINES = frozenset({FieldKind.LONG, FieldKind.STEPS})
"""Kinds of text that may have several lines."""


@dataclass(frozen=True, kw_only=True)
class Field:
    """What the program knows of one field of a record."""

    name: str
    label: str
    kind: FieldKind
    help: str = ""
    choices: Mapping[str, str] = dataclasses.field(default_factory=dict)
    """Stored token to label, in the order they are offered; for a number, the values that are said in words."""
    ref: tuple[str, ...] = ()
    """Registers whose records complete and validate a REF or NAMES field."""
    required: bool = False
    column: bool = False
    """Shown in the register's table."""
    width: int = 0
    """Cells in a table; 0 shares what is left."""
    low: int | None = None
    high: int | None = None
    computed: bool = False
    """Worked out from other fields: shown, never typed in."""
    told: bool = True
    """Whether the journal shows its changes to a person; not what only the program reads, such as JSON."""


def declare(
    label: str,
    kind: FieldKind = FieldKind.TEXT,
    *,
    default: Any = "",
    help: str = "",
    choices: Mapping[str, str] | None = None,
    ref: tuple[str, ...] = (),
    required: bool = False,
    column: bool = False,
    width: int = 0,
    low: int | None = None,
    high: int | None = None,
    computed: bool = False,
    told: bool = True,
) -> Any:
    """A dataclass field with its declaration; `default` doubles as the value of an empty cell."""
    meta = {
        "label": label,
        "kind": kind,
        "help": help,
        "choices": choices or {},
        "ref": ref,
        "required": required,
        "column": column,
        "width": width,
        "low": low,
        "high": high,
        "computed": computed,
        "told": told,
    }
    return dataclasses.field(default=default, metadata={"cockpit": meta})


CONFIDENTIALITY: Mapping[str, str] = {
    "0": N_("public"),
    "1": N_("internal"),
    "2": N_("restricted"),
    "3": N_("chief executive only"),
}


@dataclass(frozen=True, kw_only=True)
class Record:
    """What every record has."""

    id: str = ""
    code: str = ""
    created_at: datetime | None = None
    created_by: str = ""
    updated_at: datetime | None = None
    archived_at: datetime | None = None
    conf: int = declare(
        N_("Confidentiality"),
        FieldKind.CHOICE,
        default=1,
        choices=CONFIDENTIALITY,
        help=N_("Filters screens, exports and messages; it is not access control."),
    )


@dataclass(frozen=True)
class Register:
    """A family of records: its table and the letters of its codes."""

    name: str
    prefix: str
    title: str
    singular: str
    help: str
    subject: str = "name"
    """The field that names a record in a list."""
    editable: bool = True
    group: str = ""
    """The heading under which the organisation's screen shows it; empty: it is not shown there."""
    apart: tuple[str, ...] | None = None
    """The fields beside the name that tell two records apart. Empty: no two may have one name, since other
    records refer to them by it. None: names may repeat."""

    secret: bool = False
    """Whether its records are not hidden but absent for whoever may not read them."""
    floor: int = 0
    """The lowest confidentiality of its records, whatever one of them says of itself."""

    @property
    def unique(self) -> bool:
        """Whether no two of its records may have one name."""
        return self.apart == ()

    @property
    def type(self) -> type[Record]:
        """The dataclass of its records: `registers/NAME.py` has it under the same name."""
        known = _types.get(self.name)
        if known is None:
            module = import_module(f"cockpit.domain.registers.{self.name}")
            known = _types[self.name] = getattr(module, self.name.capitalize())
        return known

    @property
    def fields(self) -> tuple[Field, ...]:
        """The declared fields, in the order of the declaration, confidentiality last."""
        return fields_of(self.type)

    def field(self, name: str) -> Field:
        """The declaration of one field; KeyError when the register has none of that name."""
        for each in self.fields:
            if each.name == name:
                return each
        raise KeyError(name)


_types: dict[str, type[Record]] = {}
_fields: dict[type[Record], tuple[Field, ...]] = {}


def fields_of(record: type[Record]) -> tuple[Field, ...]:
    """The declared fields of a record type; housekeeping columns (id, code, dates) are not among them."""
    known = _fields.get(record)
    if known is None:
        found = [
            Field(name=f.name, **f.metadata["cockpit"])
            for f in dataclasses.fields(record)
            if "cockpit" in f.metadata
        ]
        found.sort(key=lambda f: f.name == "conf")
        known = _fields[record] = tuple(found)
    return known


def defaults(register: Register) -> dict[str, Value]:
    """What a new record holds where nothing is said: the defaults of the declaration that are not empty."""
    found: dict[str, Value] = {}
    for field in dataclasses.fields(register.type):
        value: Any = field.default
        if "cockpit" in field.metadata and value not in ("", None, ()):
            found[field.name] = value
    return found
