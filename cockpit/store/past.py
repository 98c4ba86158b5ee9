"""The records as they stood at an earlier moment: today's rows, with the journal taken back entry by entry.

Going back costs what changed since, not what is stored. Entries whose clock was wrong are put where they
belong: one that is dated after now, or before the entries that precede it, counts as of the latest one before it.
"""

from __future__ import annotations

import json
import sqlite3
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from cockpit.domain.records.record import Record
from cockpit.domain.registers import REGISTERS
from cockpit.store import records
from cockpit.store.records import instant


class PastEntry(NamedTuple):
    """One entry, at the time at which it counts."""

    seq: int
    at: str
    """UTC, never earlier than that of the entry before."""
    actor: str
    action: str
    table: str
    id: str
    code: str
    before: str | None
    """JSON, as it is stored; None for what was made then."""
    after: str | None
    is_misdated: bool


class Past:
    """Starts now and only goes back. One for each job: it holds its rows in memory."""

    def __init__(
        self,
        conn: sqlite3.Connection,
        tables: Mapping[str, tuple[str, Sequence[Any]]],
        *,
        since: datetime,
        now: datetime,
        only: bool = False,
    ) -> None:
        """`tables` gives for each register the condition on the rows that are read, with its values; the
        entries from `since` on are read, of every register, or of these `only`."""
        self._rows: dict[str, dict[str, dict[str, Any]]] = {}
        self._made: dict[str, dict[str, Record]] = {}
        for table, (where, args) in tables.items():
            rows = conn.execute(f"SELECT * FROM {table} WHERE {where}", tuple(args))
            self._rows[table] = {row["id"]: dict(zip(row.keys(), row, strict=True)) for row in rows}
            self._made[table] = {}
        self.entries = _entries(conn, since, now, tuple(tables) if only else ())
        """Oldest first, whatever register they are of."""
        self._left = len(self.entries)
        self._times = [entry.at for entry in self.entries]

    def count_until(self, at: datetime) -> int:
        """How many of the entries had been written by then."""
        return bisect_right(self._times, instant(at))

    def back_to(self, at: datetime) -> None:
        """Take back everything that was written after `at`, which is no later than where it stands."""
        wanted = self.count_until(at)
        while self._left > wanted:
            self._left -= 1
            self._take_back(self.entries[self._left])

    def records(self, table: str) -> list[Record]:
        """The records of a register as they stand, in the order in which they were made."""
        kind, made = REGISTERS[table].type, self._made[table]
        for id, row in self._rows[table].items():
            if id not in made:
                made[id] = records.record_of(kind, row)
        return [made[id] for id in self._rows[table]]

    def rows(self, table: str) -> list[dict[str, Any]]:
        """The same, as they are stored."""
        return list(self._rows[table].values())

    def _take_back(self, entry: PastEntry) -> None:
        rows = self._rows.get(entry.table)
        if rows is None:
            return
        self._made[entry.table].pop(entry.id, None)
        if entry.before is None:
            rows.pop(entry.id, None)
            return
        before = json.loads(entry.before)
        if entry.id in rows:
            rows[entry.id].update(before)
        elif "id" in before:
            # It was there whole until its making was undone.
            rows[entry.id] = before


def _entries(
    conn: sqlite3.Connection, since: datetime, now: datetime, tables: tuple[str, ...]
) -> list[PastEntry]:
    until = instant(now)
    first = conn.execute(
        "SELECT min(seq) FROM journal WHERE at >= ? AND at <= ?", (instant(since), until)
    ).fetchone()[0]
    found: list[PastEntry] = []
    if first is None:
        return found
    latest = instant(since)
    columns = "seq, at, actor, action, entity, entity_id, code, before, after"
    marks = ", ".join("?" * len(tables))
    which = f" AND entity IN ({marks})" if tables else ""
    query = f"SELECT {columns} FROM journal WHERE seq >= ?{which} ORDER BY seq"
    for row in conn.execute(query, (first, *tables)):
        at = row["at"]
        is_misdated = at > until or at < latest
        latest = latest if is_misdated else at
        found.append(
            PastEntry(
                row["seq"], latest, row["actor"], row["action"], row["entity"], row["entity_id"], row["code"],
                row["before"], row["after"], is_misdated,
            )
        )  # fmt: skip
    return found
