"""Undo and redo, made of journal entries: what was done is taken back by entries of its own.

A batch still holds unless a later batch that holds undoes it; undoing an undo is doing again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

from cockpit.domain.refusal import Refusal
from cockpit.locale import _
from cockpit.store.connection import transaction
from cockpit.store.journal import HOUSEKEEPING, Chain, Entry, Stamp, entry_of, insert_row, row_of, update_row


class UndoConflict(Refusal):
    """The record was changed since by something that is not undone first."""

    def __init__(self, code: str, by: str) -> None:
        super().__init__(code)
        self.code = code
        self.by = by

    def __str__(self) -> str:
        return _("{code} was changed since by {who}: change it by hand").format(code=self.code, who=self.by)


def undo(conn: sqlite3.Connection, stamp: Stamp) -> list[Entry]:
    """Take back the actor's last change; an empty list when there is none. Raises UndoConflict."""
    with transaction(conn):
        return _reverse(conn, stamp, _next_undo(conn, stamp.actor))


def redo(conn: sqlite3.Connection, stamp: Stamp) -> list[Entry]:
    """Take back the actor's last undo, unless something new was done since. Raises UndoConflict."""
    with transaction(conn):
        return _reverse(conn, stamp, _next_redo(conn, stamp.actor))


def _reverse(conn: sqlite3.Connection, stamp: Stamp, batch: int | None) -> list[Entry]:
    if batch is None:
        return []
    chain = Chain(conn, stamp, undoes=batch)
    rows = conn.execute("SELECT * FROM journal WHERE batch = ? ORDER BY seq DESC", (batch,)).fetchall()
    for entry in map(entry_of, rows):
        current = row_of(conn, entry.entity, entry.entity_id)
        for name, value in (entry.after or {}).items():
            if current is None or current[name] != value:
                raise UndoConflict(entry.code, _last_actor(conn, entry.entity_id))
        if entry.before is None:
            _refuse_if_grown(conn, entry, current)
            _delete(conn, entry, stamp)
            chain.append(entry.entity, entry.entity_id, current, None)
        elif entry.after is None:
            _restore(conn, entry, stamp)
            chain.append(entry.entity, entry.entity_id, None, entry.before)
        else:
            update_row(conn, entry.entity, entry.entity_id, {**entry.before, "updated_at": stamp.at})
            chain.append(entry.entity, entry.entity_id, current, entry.before)
    return chain.entries


def _refuse_if_grown(conn: sqlite3.Connection, entry: Entry, current: Mapping[str, object] | None) -> None:
    """A record to which somebody added something since is not unmade."""
    said = entry.after or {}
    for name, value in (current or {}).items():
        if name not in said and name not in HOUSEKEEPING and value not in (None, ""):
            raise UndoConflict(entry.code, _last_actor(conn, entry.entity_id))


def _delete(conn: sqlite3.Connection, entry: Entry, stamp: Stamp) -> None:
    try:
        conn.execute(f"DELETE FROM {entry.entity} WHERE id = ?", (entry.entity_id,))
    except sqlite3.IntegrityError as error:
        raise UndoConflict(entry.code, stamp.actor) from error


def _restore(conn: sqlite3.Connection, entry: Entry, stamp: Stamp) -> None:
    values = {**(entry.before or {}), "updated_at": stamp.at, "number": int(entry.code.rpartition("-")[2])}
    insert_row(conn, entry.entity, values)


def _batches(conn: sqlite3.Connection, actor: str) -> list[tuple[int, bool, bool]]:
    """The actor's last batches, newest first, that still hold: (batch, is an undo, is new work)."""
    rows = conn.execute(
        "SELECT DISTINCT batch, undoes FROM journal WHERE actor = ? ORDER BY batch DESC LIMIT 400", (actor,)
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
        "SELECT actor FROM journal WHERE entity_id = ? ORDER BY seq DESC LIMIT 1", (entity_id,)
    ).fetchone()
    return str(row["actor"]) if row else ""
