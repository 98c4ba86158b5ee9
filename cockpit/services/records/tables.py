"""How the table of each register is looked at: order, filter, columns, archived ones; remembered for each."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Protocol

from cockpit.domain.dataclasses import asdict, dataclass, replace
from cockpit.domain.records import row_words
from cockpit.domain.records.record import Field, FieldKind, Record, Register
from cockpit.domain.records.row_words import RowText
from cockpit.domain.text import fold
from cockpit.locale import _
from cockpit.services.desk import forms
from cockpit.services.desk.workspace import Names, Workspace
from cockpit.store import journal, records
from cockpit.store.state import memos

MOST = 500
"""Rows of a register on the screen."""
CODE, ROW = "code", "row"


@dataclass(frozen=True)
class Look:
    """One way to look at a register. The first one shows the live records as they were made."""

    sort: str = ""
    """Name of a field; empty: in the order in which they were made."""
    backwards: bool = False
    words: str = ""
    """The line of the filter; in it, `field:word` looks in one field."""
    columns: tuple[str, ...] = ()
    """Names of fields; empty: those of the declaration."""
    archived: bool = False
    """Whether archived ones are shown too."""

    @property
    def plain(self) -> bool:
        """Whether every live record is shown, in the order in which they were made."""
        return not (self.sort or self.words.strip() or self.archived)


def look(workspace: Workspace, register: Register) -> Look:
    """How a register was last looked at; what does not fit it any more is left out."""
    try:
        kept = json.loads(memos.get(workspace.conn, workspace.my(f"table:{register.name}")) or "{}")
        known = {f.name for f in register.fields}
        columns = tuple(name for name in kept.get("columns", ()) if name in known)
        found = Look(**{**kept, "columns": columns})
    except (ValueError, TypeError, AttributeError):
        return Look()
    return found if not found.sort or found.sort in known else replace(found, sort="")


def remember(workspace: Workspace, register: Register, chosen: Look) -> None:
    """Look at the register so from now on, after a restart too."""
    if workspace.writes:
        memos.put(workspace.conn, workspace.my(f"table:{register.name}"), json.dumps(asdict(chosen)))


def columns(register: Register, chosen: Look) -> tuple[Field, ...]:
    """The columns of the table; what names a record is always the first of them."""
    wanted = [f for f in register.fields if f.name in chosen.columns or (not chosen.columns and f.column)]
    if chosen.columns:
        wanted.sort(key=lambda f: chosen.columns.index(f.name))
    subject = [f for f in register.fields if f.name == register.subject]
    return (*subject, *(f for f in wanted if f.name != register.subject))


def columns_of(
    register: Register, chosen: Look, found: Sequence[Record]
) -> tuple[tuple[Field, ...], tuple[Field, ...]]:
    """The columns of these rows, and those that follow where there is room.

    What is empty in all of them has no column, unless a person chose it.
    """
    fields = columns(register, chosen)
    if chosen.columns or not found:
        return fields, ()
    filled = {
        f.name for f in register.fields if any(getattr(each, f.name) not in (None, "", ()) for each in found)
    }
    kept = tuple(f for f in fields if f.name in filled or f.name in (register.subject, chosen.sort))
    more = tuple(f for f in register.fields if f.told and f not in fields and f.name in filled)
    return kept, more


def next_sort(register: Register, chosen: Look) -> Look:
    """By the same column the other way round, then by the next one, at last as they were made."""
    if chosen.sort and not chosen.backwards:
        return replace(chosen, backwards=True)
    names = ["", *(f.name for f in columns(register, chosen))]
    at = names.index(chosen.sort) if chosen.sort in names else 0
    return replace(chosen, sort=names[(at + 1) % len(names)], backwards=False)


class Narrowing(Protocol):
    """What lets rows through, by what they say and by their record."""

    def kept(self, rows: Sequence[RowText]) -> list[RowText]:
        """The rows that fit, in their order."""


class Table:
    """The records of one register as they are looked at. What was read is kept while nothing changes."""

    def __init__(self, workspace: Workspace, register: Register) -> None:
        self.workspace, self.register = workspace, register
        self.names: Names = workspace.names()
        self._seen: tuple[int, bool] | None = None
        self._every: tuple[Record, ...] = ()
        self._said: dict[tuple[str, str], str] = {}
        self._shown: tuple[str, ...] = ()
        self._hay: list[RowText] = []

    def read(self, chosen: Look, narrowing: Narrowing | None = None) -> tuple[Record, ...]:
        """The rows that a look lets through, in its order; of a plain look only as many as are shown, and one.

        `narrowing` judges what is in its filter beside words of one field; without it each word has to be in the row.
        """
        if chosen.plain:
            where = "archived_at IS NULL ORDER BY number LIMIT ?"
            return records.select(
                self.workspace.conn, self.register.type, self.register.name, where, (MOST + 1,)
            )
        every = self._all(chosen.archived)
        in_fields, rest = field_words(self.register, chosen.words)
        found: Iterable[Record] = every
        if rest:
            rows = self._rows(every, chosen)
            if narrowing is not None:
                rows = narrowing.kept(rows)
            else:
                for word in row_words.words(rest):
                    rows = word.kept(rows)
            found = [every[row.at] for row in rows]
        for name, asked in in_fields:
            found = [each for each in found if asked in self._text(each, name)]
        return self._sorted(tuple(found), chosen)

    def total(self, chosen: Look) -> int:
        """How many records there are to choose from."""
        where = "1" if chosen.archived else "archived_at IS NULL"
        return records.count(self.workspace.conn, self.register.name, where)

    def said(self, record: Record, field: Field) -> str:
        """What a cell says."""
        return forms.show(field, getattr(record, field.name), self.names, self.workspace.zone)

    def _all(self, archived: bool) -> tuple[Record, ...]:
        state = (journal.head(self.workspace.conn)[0], archived)
        if state != self._seen:
            where = f"{'1' if archived else 'archived_at IS NULL'} ORDER BY number"
            self._every = records.select(self.workspace.conn, self.register.type, self.register.name, where)
            self.names = self.workspace.names()
            self._said.clear()
            self._hay = []
            self._seen = state
        return self._every

    def _rows(self, every: Sequence[Record], chosen: Look) -> list[RowText]:
        """Every row as a filter looks at it, made once for all the keys of a line."""
        shown = (CODE, *(f.name for f in columns(self.register, chosen)))
        if shown != self._shown:
            self._shown = shown
            self._said = {key: said for key, said in self._said.items() if key[1] != ROW}
            self._hay = []
        if not self._hay:
            self._hay = [RowText(self._text(each, ROW), each, at) for at, each in enumerate(every)]
        return self._hay

    def _text(self, record: Record, name: str) -> str:
        """What a cell or a whole row says, folded; a hidden record says its code alone."""
        key = (record.code, name)
        known = self._said.get(key)
        if known is None:
            if name == ROW:
                known = "\n".join(self._text(record, each) for each in self._shown)
            elif name == CODE:
                known = fold(record.code)
            else:
                hidden = self.workspace.hides(record)
                known = "" if hidden else fold(self.said(record, self.register.field(name)))
            self._said[key] = known
        return known

    def _sorted(self, found: tuple[Record, ...], chosen: Look) -> tuple[Record, ...]:
        if not chosen.sort:
            return found
        field = self.register.field(chosen.sort)
        filled: list[Record] = []
        empty: list[Record] = []
        for each in found:
            says = getattr(each, field.name) not in (None, "", ()) and not self.workspace.hides(each)
            (filled if says else empty).append(each)
        filled.sort(key=lambda each: self._key(each, field), reverse=chosen.backwards)
        return (*filled, *empty)

    def _key(self, record: Record, field: Field) -> float | str:
        value = getattr(record, field.name)
        if field.kind is FieldKind.CHOICE:
            choices = list(field.choices)
            return float(choices.index(str(value)) if str(value) in choices else len(choices))
        if isinstance(value, datetime):
            return value.timestamp()
        if isinstance(value, date):
            return float(value.toordinal())
        if isinstance(value, int | float):
            return float(value)
        return self._text(record, field.name)


def field_words(register: Register, line: str) -> tuple[list[tuple[str, str]], str]:
    """The words of a line that are looked for in one field, folded, with its name; and the rest of the line."""
    found, rest = [], []
    for word in line.split():
        head, colon, asked = word.partition(":")
        field = _field(register, head) if colon else ""
        if field:
            found.append((field, fold(asked)))
        else:
            rest.append(word)
    return found, " ".join(rest)


def _field(register: Register, typed: str) -> str:
    """The field that `typed` begins, by its name or its label; empty when there is none."""
    wanted = fold(typed)
    for exact in (True, False):
        for field in register.fields:
            words = (field.name, fold(_(field.label)), fold(_(field.label)).replace(" ", ""))
            if any(word == wanted if exact else wanted and word.startswith(wanted) for word in words):
                return field.name
    return ""


def kept_columns(register: Register, names: Sequence[str]) -> tuple[str, ...]:
    """What is kept of a choice of columns: nothing when it is that of the declaration."""
    declared = tuple(f.name for f in columns(register, Look()))
    return () if tuple(names) == declared else tuple(names)
