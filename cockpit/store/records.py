"""Records in and out of their tables: the one translation between a dataclass and a row."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any, TypeVar, cast

from cockpit.domain.records.record import Field, FieldKind, Record, Register, Value, fields_of
from cockpit.domain.registers import register_of

R = TypeVar("R", bound=Record)
_HOUSEKEEPING = ("created_at", "updated_at", "archived_at")


AWAKE = "(snoozed_until IS NULL OR snoozed_until <= ?)"
"""The SQL test, at an instant, of what is not put off: it is back at the very instant until which it was."""


def to_stored(field: Field, value: Value) -> str | int | float | None:
    """The text or number that stands for `value` in the table."""
    if value is None:
        return None
    if isinstance(value, datetime):
        return instant(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return json.dumps(value, ensure_ascii=False)
    if field.kind is FieldKind.FLAG:
        return int(bool(value))
    return value


def from_stored(field: Field, stored: Any) -> Value:
    """The value that a stored text or number stands for."""
    if stored is None:
        return () if field.kind is FieldKind.NAMES else None
    convert = _CONVERTERS.get(field.kind)
    return convert(stored) if convert else cast(Value, stored)


def instant(at: datetime) -> str:
    """An aware time as stored: UTC, ISO 8601, to the second. Sorts as text. ValueError when it is naive."""
    if at.tzinfo is None:
        raise ValueError("a stored instant needs a zone")
    return at.astimezone(UTC).isoformat(timespec="seconds")


def values(register: Register, changes: Mapping[str, Value]) -> dict[str, Any]:
    """`changes` as columns; `archived_at` is the one housekeeping column that may be among them."""
    return {
        name: (instant(value) if isinstance(value, datetime) else value)
        if name == "archived_at"
        else to_stored(register.field(name), value)
        for name, value in changes.items()
    }


def _names_of(stored: str) -> tuple[str, ...]:
    return tuple(json.loads(stored)) if stored != "[]" else ()


_CONVERTERS: Mapping[FieldKind, Callable[[Any], Value]] = {
    FieldKind.NAMES: _names_of,
    FieldKind.INSTANT: datetime.fromisoformat,
    FieldKind.DATE: date.fromisoformat,
    FieldKind.FLAG: bool,
}
_readings: dict[type[Record], dict[str, Callable[[Any], Value] | None]] = {}


def _reading(record_type: type[Record]) -> dict[str, Callable[[Any], Value] | None]:
    """What converts each column, None where it is taken as it is: worked out once for each type."""
    known = _readings.get(record_type)
    if known is None:
        known = _readings[record_type] = {
            **dict.fromkeys(("id", "code", "created_by")),
            **dict.fromkeys(_HOUSEKEEPING, datetime.fromisoformat),
            **{each.name: _CONVERTERS.get(each.kind) for each in fields_of(record_type)},
        }
    return known


def _records(record_type: type[R], rows: sqlite3.Cursor) -> Iterator[R]:
    """The records that rows hold, as they are read; what is NULL or not asked for takes the default of its field."""
    known = _reading(record_type)
    columns = [(at, each[0]) for at, each in enumerate(rows.description) if each[0] in known]
    converted = [(name, convert) for _at, name in columns if (convert := known[name])]
    for row in rows:
        given = {name: row[at] for at, name in columns if row[at] is not None}
        for name, convert in converted:
            if name in given:
                given[name] = convert(given[name])
        yield record_type(**given)


def record_of(record_type: type[R], row: Mapping[str, Any]) -> R:
    """The record that stored values make; what is None or absent takes the default of its field."""
    read: dict[str, Any] = {}
    for name, convert in _reading(record_type).items():
        value = row.get(name)
        if value is not None:
            read[name] = convert(value) if convert is not None else value
    return record_type(**read)


def get(conn: sqlite3.Connection, register: Register, code: str) -> Record | None:
    """The record with that code."""
    found = select(conn, register.type, register.name, "code = ?", (code.upper(),))
    return found[0] if found else None


def select(
    conn: sqlite3.Connection, record_type: type[R], table: str, where: str = "1", args: Iterable[Any] = ()
) -> tuple[R, ...]:
    """Records of a table; `where` may end with an ORDER BY and a LIMIT, its values are bound."""
    return tuple(read(conn, record_type, table, where, args))


def read(
    conn: sqlite3.Connection, record_type: type[R], table: str, where: str = "1", args: Iterable[Any] = ()
) -> Iterator[R]:
    """Like `select`, one record after the other: where all of them need not be held at once."""
    return _records(record_type, conn.execute(f"SELECT {table}.* FROM {table} WHERE {where}", tuple(args)))


def select_some(
    conn: sqlite3.Connection,
    record_type: type[R],
    table: str,
    columns: Collection[str],
    *,
    where: str,
    args: Iterable[Any] = (),
) -> tuple[R, ...]:
    """Records of which only those columns are read, the others at their defaults: for many at once."""
    wanted = ", ".join({"id", "code", *columns})
    rows = conn.execute(f"SELECT {wanted} FROM {table} WHERE {where}", tuple(args))
    return tuple(_records(record_type, rows))


def count(conn: sqlite3.Connection, table: str, where: str = "1", args: Iterable[Any] = ()) -> int:
    """How many rows of a table answer `where`."""
    found: int = conn.execute(f"SELECT count(*) FROM {table} WHERE {where}", tuple(args)).fetchone()[0]
    return found


def names(conn: sqlite3.Connection, tables: Iterable[str]) -> tuple[dict[str, str], frozenset[str]]:
    """Code to name of every record of those registers, archived ones too, and the codes of those."""
    found: dict[str, str] = {}
    archived: list[str] = []
    for table in tables:
        for row in conn.execute(f"SELECT code, name, archived_at FROM {table}"):
            found[row["code"]] = row["name"]
            if row["archived_at"]:
                archived.append(row["code"])
    return found, frozenset(archived)


def over(conn: sqlite3.Connection, today: date) -> frozenset[str]:
    """Codes of people whose mission was over, and of contracts that had ended, before that day."""
    rows = conn.execute(
        "SELECT code FROM person WHERE ends_on < ? UNION ALL SELECT code FROM contract WHERE ended_on < ?",
        (today.isoformat(), today.isoformat()),
    )
    return frozenset(row["code"] for row in rows)


def confidentialities(conn: sqlite3.Connection, codes: Iterable[str]) -> dict[str, int]:
    """The confidentiality of each of those codes that is a record's; other words are left out."""
    by_table: dict[str, list[str]] = {}
    for code in codes:
        register = register_of(code) if "-" in code else None
        if register is not None:
            by_table.setdefault(register.name, []).append(code)
    found: dict[str, int] = {}
    for table, wanted in by_table.items():
        marks = ", ".join("?" * len(wanted))
        rows = conn.execute(f"SELECT code, conf FROM {table} WHERE code IN ({marks})", wanted)
        found.update(rows)
    return found


def still_there(conn: sqlite3.Connection, codes: Iterable[str]) -> frozenset[str]:
    """Those of the codes that a record has, whoever may read it: one whose making was undone has none."""
    found: set[str] = set()
    for code in codes:
        register = register_of(code)
        if register is not None:
            rows = conn.execute(f"SELECT code FROM main.{register.name} WHERE code = ?", (code,))
            found.update(row["code"] for row in rows)
    return frozenset(found)


def by_codes(conn: sqlite3.Connection, register: Register, codes: Sequence[str]) -> tuple[Record, ...]:
    """The records with those codes, in that order; codes that are not known are left out."""
    marks = ", ".join("?" * len(codes))
    found = select(conn, register.type, register.name, f"code IN ({marks})", codes)
    return tuple(sorted(found, key=lambda each: codes.index(each.code)))
