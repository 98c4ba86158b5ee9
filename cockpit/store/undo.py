"""Undo and redo: a change is taken back by new entries of the journal, never by removing old ones.

A batch still holds unless a later batch that holds undoes it; undoing an undo is doing again.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from typing import Any

from cockpit.domain.refusal import Refusal
from cockpit.locale import _
from cockpit.store.journal import (
    ERASE,
    HOUSEKEEPING,
    PROGRAM,
    PUT_BACK,
    Chain,
    JournalEntry,
    Stamp,
    entry_of,
    insert_row,
    row_of,
    update_row,
)
from cockpit.store.transaction import transaction

_FOLLOWS = frozenset({"clock"})
"""Registers in which what the program notes follows from what people did."""


class UndoConflict(Refusal):
    """The record was changed since by something that is not undone first."""

    def __init__(self, code: str, by: str) -> None:
        super().__init__(code)
        self.code = code
        self.by = by

    def __str__(self) -> str:
        return _("{code} was changed since by {who}: change it by hand").format(code=self.code, who=self.by)


class HasBegun(UndoConflict):
    """A meeting in which something happened: that is in no entry, and would be lost with its record."""

    def __str__(self) -> str:
        return _("{code} has begun: what was done in it would be lost").format(code=self.code)


def undo(conn: sqlite3.Connection, stamp: Stamp) -> list[JournalEntry]:
    """Take back the actor's last change; an empty list when there is none. Raises UndoConflict."""
    with transaction(conn):
        return _reverse(conn, stamp, _next_undo(conn, stamp.actor))


def redo(conn: sqlite3.Connection, stamp: Stamp) -> list[JournalEntry]:
    """Take back the actor's last undo, unless something new was done since. Raises UndoConflict."""
    with transaction(conn):
        return _reverse(conn, stamp, _next_redo(conn, stamp.actor))


def next_undone(conn: sqlite3.Connection, actor: str) -> list[JournalEntry]:
    """The entries that `undo` would take back now; an empty list when there is nothing."""
    batch = _next_undo(conn, actor)
    return [] if batch is None else entries_of(conn, batch)[::-1]


def next_redone(conn: sqlite3.Connection, actor: str) -> list[JournalEntry]:
    """The entries that `redo` would take back now."""
    batch = _next_redo(conn, actor)
    return [] if batch is None else entries_of(conn, batch)[::-1]


def can_undo(conn: sqlite3.Connection, actor: str) -> bool:
    """Whether the actor has a change to take back."""
    last = _last(conn, actor)
    return last is not None and (last["undoes"] is None or _next_undo(conn, actor) is not None)


def can_redo(conn: sqlite3.Connection, actor: str) -> bool:
    """Whether the actor has something to do again."""
    last = _last(conn, actor)
    return last is not None and last["undoes"] is not None and _next_redo(conn, actor) is not None


def _last(conn: sqlite3.Connection, actor: str) -> sqlite3.Row | None:
    """The actor's newest entry, which nearly always answers by itself."""
    found: sqlite3.Row | None = conn.execute(
        "SELECT undoes FROM main.journal WHERE actor = ? ORDER BY batch DESC LIMIT 1", (actor,)
    ).fetchone()
    return found


def _reverse(conn: sqlite3.Connection, stamp: Stamp, batch: int | None) -> list[JournalEntry]:
    if batch is None:
        return []
    chain = Chain(conn, stamp, undoes=batch)
    for entry in _whole(conn, batch):
        current = row_of(conn, entry.entity, entry.entity_id)
        since = _Since(conn, entry, batch)
        said = entry.after or {}
        moved = {name for name, value in said.items() if current is None or current[name] != value}
        since.refuse_unless_mine(stamp.actor, current, moved)
        if entry.before is None:
            since.refuse_unless_mine(stamp.actor, current, _grown(said, current))
            for made in since.made_by_the_program():
                _unmake(conn, chain, made)
            _delete(conn, entry, stamp)
            chain.append(entry.entity, entry.entity_id, current, None)
        elif entry.after is None:
            _restore(conn, entry, stamp)
            chain.append(entry.entity, entry.entity_id, None, entry.before)
        else:
            back = {**since.noted_by_the_program(), **entry.before}
            update_row(conn, entry.entity, entry.entity_id, {**back, "updated_at": stamp.at})
            chain.append(entry.entity, entry.entity_id, current, back)
    return chain.entries


def entries_of(conn: sqlite3.Connection, batch: int) -> list[JournalEntry]:
    """The entries of a batch, last first, as they may be shown."""
    rows = conn.execute("SELECT * FROM journal WHERE batch = ? ORDER BY seq DESC", (batch,)).fetchall()
    return [entry_of(row) for row in rows]


def _whole(conn: sqlite3.Connection, batch: int) -> list[JournalEntry]:
    """The same with every word, for what is written."""
    rows = conn.execute("SELECT * FROM main.journal WHERE batch = ? ORDER BY seq DESC", (batch,)).fetchall()
    return [entry_of(row) for row in rows]


def _grown(said: Mapping[str, object], current: Mapping[str, object] | None) -> set[str]:
    """Fields that were filled in since a record was made."""
    return {
        name
        for name, value in (current or {}).items()
        if name not in said and name not in HOUSEKEEPING and value not in (None, "")
    }


class _Since:
    """What was written about the record of an entry after its batch."""

    def __init__(self, conn: sqlite3.Connection, entry: JournalEntry, batch: int) -> None:
        self._conn, self._entry, self._batch = conn, entry, batch
        rows = conn.execute(
            "SELECT * FROM main.journal WHERE entity_id = ? AND seq > ? AND batch > ? ORDER BY seq",
            (entry.entity_id, entry.seq, batch),
        )
        self._later = [entry_of(row) for row in rows]

    def refuse_unless_mine(
        self, actor: str, current: Mapping[str, object] | None, fields: frozenset[str] | set[str]
    ) -> None:
        """Raise UndoConflict when others changed these fields since; what the program itself noted is no obstacle.

        The person's own later changes are undone before this one.
        """
        if not fields:
            return
        others = [
            each
            for each in self._later
            if each.actor not in (actor, PROGRAM) and not fields.isdisjoint(each.after or {})
        ]
        known = any(not fields.isdisjoint(each.after or {}) for each in self._later)
        if others or current is None or not known:
            raise UndoConflict(self._entry.code, _last_actor(self._conn, self._entry.entity_id))

    def noted_by_the_program(self) -> dict[str, Any]:
        """Fields of a clock that the program wrote since, as they were before: it follows from events that are
        taken back, and the next sweep writes what still holds.
        """
        found: dict[str, Any] = {}
        if self._entry.entity in _FOLLOWS:
            for each in self._later:
                if each.actor == PROGRAM and each.before is not None and each.after is not None:
                    found = {**each.before, **found}
        return found

    def made_by_the_program(self) -> list[JournalEntry]:
        """The makings of records by which the program followed up on the record of this entry."""
        code = json.dumps(self._entry.code)
        rows = self._conn.execute(
            "SELECT * FROM main.journal WHERE actor = ? AND batch > ? AND before IS NULL AND instr(after, ?) > 0",
            (PROGRAM, self._batch, code),
        )
        return [each for each in map(entry_of, rows) if self._entry.code in (each.after or {}).values()]


def _unmake(conn: sqlite3.Connection, chain: Chain, made: JournalEntry) -> None:
    """Take away a record that the program made, unless somebody worked on it since."""
    current = row_of(conn, made.entity, made.entity_id)
    if current is None:
        return
    if _has_begun(conn, made.code):
        raise HasBegun(made.code, made.actor)
    written = conn.execute("SELECT * FROM main.journal WHERE entity_id = ? ORDER BY seq", (made.entity_id,))
    left: dict[str, Any] = {}
    for each in map(entry_of, written.fetchall()):
        # What a person did and took back again is no work that would be lost.
        left |= (each.after or {}) if each.actor == PROGRAM else {}
        by = each.actor
    if any(current[name] != value for name, value in left.items() if name not in HOUSEKEEPING):
        raise UndoConflict(made.code, by)
    _delete(conn, made, chain.stamp)
    chain.append(made.entity, made.entity_id, current, None)


def _has_begun(conn: sqlite3.Connection, occurrence: str) -> bool:
    """Whether something happened in a meeting after its beginning, which is its first event."""
    return (
        conn.execute(
            "SELECT 1 FROM main.live_event WHERE occurrence = ? AND seq > 1 LIMIT 1", (occurrence,)
        ).fetchone()
        is not None
    )


def _delete(conn: sqlite3.Connection, entry: JournalEntry, stamp: Stamp) -> None:
    try:
        conn.execute(f"DELETE FROM main.{entry.entity} WHERE id = ?", (entry.entity_id,))
    except sqlite3.IntegrityError as error:
        raise UndoConflict(entry.code, stamp.actor) from error


def _restore(conn: sqlite3.Connection, entry: JournalEntry, stamp: Stamp) -> None:
    values = {**(entry.before or {}), "updated_at": stamp.at, "number": int(entry.code.rpartition("-")[2])}
    insert_row(conn, entry.entity, values)


def _batches(conn: sqlite3.Connection, actor: str) -> list[tuple[int, bool, bool]]:
    """The actor's last batches, newest first, that still hold: (batch, is an undo, is new work)."""
    rows = conn.execute(
        "SELECT DISTINCT batch, undoes FROM main.journal WHERE actor = ? AND action NOT IN (?, ?)"
        " ORDER BY batch DESC LIMIT 400",
        (actor, PUT_BACK, ERASE),
    ).fetchall()
    undoes = {row["batch"]: row["undoes"] for row in rows}
    cancelled: set[int] = set()
    held = []
    for batch, target in undoes.items():
        if batch in cancelled:
            continue
        if target is not None:
            cancelled.add(target)
        held.append((batch, _is_undo(undoes, batch), target is None))
    return held


def _is_undo(undoes: Mapping[int, int | None], batch: int) -> bool:
    depth, at = 0, undoes.get(batch)
    while at is not None:
        depth, at = depth + 1, undoes.get(at)
    return depth % 2 == 1


def _next_undo(conn: sqlite3.Connection, actor: str) -> int | None:
    return next((batch for batch, is_undo, _ in _batches(conn, actor) if not is_undo), None)


def _next_redo(conn: sqlite3.Connection, actor: str) -> int | None:
    for batch, is_undo, is_new in _batches(conn, actor):
        if is_undo:
            return batch
        if is_new:
            return None
    return None


def _last_actor(conn: sqlite3.Connection, entity_id: str) -> str:
    row = conn.execute(
        "SELECT actor FROM main.journal WHERE entity_id = ? ORDER BY seq DESC LIMIT 1", (entity_id,)
    ).fetchone()
    return str(row["actor"]) if row else ""
