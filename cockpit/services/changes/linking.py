"""Names that were typed before their record was made: found, and put in its place once somebody agrees."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence, Set

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.records.identities import ME, candidates, is_code, key
from cockpit.domain.records.record import Field, FieldKind, Record, Register, Value
from cockpit.domain.registers import REGISTERS
from cockpit.locale import _
from cockpit.services.changes import edit
from cockpit.services.desk.workspace import PROGRAM, Workspace
from cockpit.services.promises import clocks
from cockpit.store import records
from cockpit.store.journal import JournalEntry
from cockpit.store.state import memos
from cockpit.store.transaction import transaction

WHO = ("person", "provider")
"""Registers of those who are named before they are written down."""
_KINDS = (FieldKind.TEXT, FieldKind.NAMES)
_CLOCK = "clock"
_LEFT = "names_left"
"""Memo: names that somebody said are not that record, as `PR-2 iroise`."""


@dataclass(frozen=True)
class NamedSo:
    """A record that holds a name as a text, in that field."""

    register: Register
    record: Record
    field: Field
    name: str


def unlinked(workspace: Workspace) -> dict[str, tuple[NamedSo, ...]]:
    """By code of a person or provider, what names them by a text that means nobody else and was not left."""
    left, known = _left(workspace), _Known(workspace)

    def meant(field: Field, name: str) -> str:
        code = known.code(field, name)
        return "" if f"{code} {key(name)}" in left else code

    found = _named_so(workspace, meant)
    # A clock follows its case, and is no reason to ask.
    return {
        code: tuple(those)
        for code, those in found.items()
        if any(each.register.name != _CLOCK for each in those)
    }


def question(workspace: Workspace, code: str, found: Sequence[NamedSo]) -> str:
    """`Link 4 blockers to Iroise Informatique?`"""
    once = {each.record.code: each.register.name for each in found if each.register.name != _CLOCK}
    counted = Counter(once.values())
    what = ", ".join(_several(REGISTERS[name], n) for name, n in counted.items())
    return _("link {what} to {name}?").format(what=what, name=workspace.names().get(code, code))


def link(workspace: Workspace, code: str, found: Sequence[NamedSo], by: str = "") -> list[JournalEntry]:
    """Put the code in place of the name, as one change; clocks follow whom a blocker waits for."""
    changes: list[clocks.RecordChange] = []
    # Cases before their clocks, which may move with them.
    for register, record, values in sorted(_by_record(found, code), key=lambda each: each[0].name == _CLOCK):
        at = next(
            (n for n, (_its, moved, _values) in enumerate(changes) if moved and moved.code == record.code), -1
        )
        if at >= 0:
            changes[at] = (register, record, {**changes[at][2], **values})
            continue
        if register.editable and getattr(record, "closed_at", None) is None:
            changes += edit.edits(workspace, register, record, values)
        else:
            # What is over or is never edited by hand still names one and the same.
            changes.append((register, record, values))
    with transaction(workspace.conn):
        return workspace.change_all(changes, "names.link", by=by)


def leave(workspace: Workspace, code: str, found: Sequence[NamedSo]) -> None:
    """Leave them as plain names, and do not ask again."""
    kept = sorted({*_left(workspace), *(f"{code} {key(each.name)}" for each in found)})
    memos.put(workspace.conn, _LEFT, json.dumps(kept, ensure_ascii=False))


def tidy(workspace: Workspace, *, me_alone: bool = False) -> list[JournalEntry]:
    """Link what needs no question: `me`, and whole names that one record has; signed by the program."""
    left, known = _left(workspace), _Known(workspace)
    names, me, actor = workspace.names(), workspace.me, key(workspace.actor)

    def meant(field: Field, name: str) -> str:
        is_me = key(name) in ME or key(name) == actor
        code = me if is_me and is_code(me) else known.code(field, name)
        whole = is_me or (not me_alone and key(names.get(code, "")) == key(name))
        return code if is_code(code) and whole and f"{code} {key(name)}" not in left else ""

    entries: list[JournalEntry] = []
    for code, those in _named_so(workspace, meant).items():
        entries += link(workspace, code, those, PROGRAM)
    return entries


def _named_so(workspace: Workspace, meant: Callable[[Field, str], str]) -> dict[str, list[NamedSo]]:
    """By the code that `meant` gives a name, what holds that name as a text; archived records left out.

    Thousands of records hold a few names: each name is judged once, and only what it leads to is read.
    """
    found: dict[str, list[NamedSo]] = {}
    for register in REGISTERS.values():
        for field in register.fields:
            if field.kind not in _KINDS or not set(field.ref) & set(WHO):
                continue
            said, held = _held(register, field)
            texts = f"{held} AND {said} != '' AND {said} NOT GLOB '[A-Z]*-[0-9]*'"
            for (name,) in workspace.conn.execute(f"SELECT DISTINCT {said} FROM {texts}"):
                if code := meant(field, name):
                    where = f"number IN (SELECT number FROM {held} AND {said} = ?) ORDER BY number"
                    those = records.select(workspace.conn, register.type, register.name, where, (name,))
                    found.setdefault(code, []).extend(
                        NamedSo(register, record, field, name) for record in those
                    )
    return found


def _held(register: Register, field: Field) -> tuple[str, str]:
    """In SQL, a name that a record holds in a field, and where it is read from."""
    table, column = f'"{register.name}"', f'"{register.name}"."{field.name}"'
    if field.kind is FieldKind.NAMES:
        return "held.value", f"{table}, json_each(nullif({column}, '')) AS held WHERE archived_at IS NULL"
    return column, f"{table} WHERE archived_at IS NULL"


class _Known:
    """Whom a name means in a field: the people and providers that there are, read once."""

    def __init__(self, workspace: Workspace) -> None:
        self._me = workspace.me
        self._over = records.over(workspace.conn, workspace.today())
        self._names = {table: records.names(workspace.conn, (table,)) for table in WHO}

    def code(self, field: Field, name: str) -> str:
        """The one record in force that it means; empty when there is none, or several."""
        tables = [table for table in field.ref if table in WHO]
        names = {code: said for table in tables for code, said in self._names[table][0].items()}
        gone = self._over.union(*(self._names[table][1] for table in tables))
        found = candidates(names, name, gone=gone, me=self._me if "person" in tables else "")
        return found[0] if len(found) == 1 and found[0] not in gone else ""


def _by_record(found: Sequence[NamedSo], code: str) -> Iterator[tuple[Register, Record, dict[str, Value]]]:
    """Each record once, with what its fields hold once the code stands in place of the names."""
    by_code: dict[str, list[NamedSo]] = {}
    for each in found:
        by_code.setdefault(each.record.code, []).append(each)
    for those in by_code.values():
        record, names = those[0].record, {(each.field.name, each.name) for each in those}
        values = {
            field: _with(getattr(record, field), {name for its, name in names if its == field}, code)
            for field, _name in names
        }
        yield those[0].register, record, values


def _with(value: object, names: Set[str], code: str) -> Value:
    if isinstance(value, tuple):
        return tuple(dict.fromkeys(code if each in names else each for each in value))
    return code


def _left(workspace: Workspace) -> frozenset[str]:
    try:
        found = json.loads(memos.get(workspace.conn, _LEFT) or "[]")
    except ValueError:
        return frozenset()
    return frozenset(map(str, found)) if isinstance(found, list) else frozenset()


def _several(register: Register, n: int) -> str:
    return f"{n} {_(register.singular if n == 1 else register.title).lower()}"
