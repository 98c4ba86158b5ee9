"""Whether the rows are what the journal says: the journal is replayed, and the result compared with each table."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.records.record import Register
from cockpit.domain.registers import REGISTERS
from cockpit.store.journal import Chain, JournalEntry, Stamp, insert_row, row_of, update_row
from cockpit.store.transaction import transaction

ROW = ""
"""In place of a field: the whole row."""

_Key = tuple[str, str]
_Row = dict[str, Any]


@dataclass(frozen=True)
class Difference:
    """One field of a row that is not what the journal says, or a row that is missing or that nobody wrote.

    `stored` is what the table holds, `told` what the journal does; for a whole row, None says that it is not
    there.
    """

    table: str
    id: str
    code: str
    field: str
    stored: Any
    told: Any


class CannotRestore(Exception):
    """A row that cannot be put back: others depend on it, or it on others that are not there."""


def differences(conn: sqlite3.Connection, since: int = 0) -> tuple[Difference, ...]:
    """Where rows and journal differ. With `since`, the rows of which an entry later than that one tells."""
    if since:
        told = {key: told_row(conn, key[1]) for key in _touched(conn, since)}
        return tuple(each for key, want in told.items() for each in _compared(key, want, _stored(conn, key)))
    expected = _replayed(
        conn.execute("SELECT entity, entity_id, at, before, after FROM main.journal ORDER BY seq")
    )
    found: list[Difference] = []
    tables = _tables(conn)
    for table in tables:
        for row in conn.execute(f"SELECT * FROM main.{table}"):
            key = table, str(row["id"])
            found += _compared(key, expected.pop(key, None), dict(row))
    for key, want in expected.items():
        if key[0] in tables:
            found += _compared(key, want, None)
    return tuple(found)


def _tables(conn: sqlite3.Connection) -> tuple[str, ...]:
    """The registers that this database has: one of an older schema lacks some."""
    known = {row[0] for row in conn.execute("SELECT name FROM main.sqlite_master WHERE type = 'table'")}
    return tuple(table for table in REGISTERS if table in known)


def told_row(conn: sqlite3.Connection, entity_id: str) -> _Row | None:
    """The row of a record as the journal has it; None when it was never made or is gone."""
    entries = conn.execute(
        "SELECT entity, entity_id, at, before, after FROM main.journal WHERE entity_id = ? ORDER BY seq",
        (entity_id,),
    )
    return next(iter(_replayed(entries).values()), None)


def counts(conn: sqlite3.Connection) -> dict[str, int]:
    """How many rows each register has: cheap, and enough to notice that one was added or deleted."""
    return {table: conn.execute(f"SELECT count(*) FROM main.{table}").fetchone()[0] for table in REGISTERS}


def counts_since(conn: sqlite3.Connection, before: Mapping[str, int], since: int) -> dict[str, int]:
    """How many rows each register should have, by the entries after `since` and what it had then."""
    found = {table: before.get(table, 0) for table in REGISTERS}
    rows = conn.execute(
        "SELECT entity, total(before IS NULL AND after IS NOT NULL) - total(after IS NULL AND before IS NOT NULL)"
        " AS more FROM main.journal NOT INDEXED WHERE seq > ? GROUP BY entity",
        (since,),
    )
    for row in rows:
        found[row["entity"]] = found.get(row["entity"], 0) + int(row["more"])
    return found


def restore(conn: sqlite3.Connection, stamp: Stamp, register: Register, code: str) -> list[JournalEntry]:
    """Make the row of `code` what the journal says, and journal that; an empty list when it is already.

    Raises CannotRestore when other records hold on to a row that nobody wrote, or are missing for one that is
    put back.
    """
    ids = {
        row[0]
        for row in conn.execute(
            f"SELECT id FROM main.{register.name} WHERE code = ?"
            " UNION SELECT entity_id FROM main.journal WHERE entity = ? AND code = ?",
            (code, register.name, code),
        )
    }
    told = {id: told_row(conn, id) for id in ids}
    try:
        with transaction(conn):
            chain = Chain(conn, stamp)
            # Rows that nobody wrote go first: one of them may hold the code of one that comes back.
            for id, want in sorted(told.items(), key=lambda pair: pair[1] is not None):
                _put_back(chain, register.name, id, want)
            return chain.entries
    except sqlite3.IntegrityError as error:
        raise CannotRestore(code) from error


def _put_back(chain: Chain, table: str, id: str, want: _Row | None) -> None:
    conn, at = chain.conn, chain.stamp.at
    have = row_of(conn, table, id)
    if not any(_compared((table, id), want, have)):
        return
    if want is None:
        conn.execute(f"DELETE FROM main.{table} WHERE id = ?", (id,))
        chain.append(table, id, have, None)
        return
    number = int(str(want["code"]).rpartition("-")[2])
    if have is None:
        columns = {row["name"] for row in conn.execute(f"PRAGMA main.table_info({table})")}
        kept = {name: value for name, value in want.items() if name in columns}
        insert_row(conn, table, {**kept, "number": number, "updated_at": at})
        chain.append(table, id, None, kept)
        return
    changed = {each.field: each.told for each in _compared((table, id), want, have)}
    update_row(conn, table, id, {**changed, "number": number, "updated_at": at})
    chain.append(table, id, have, changed)


def _stored(conn: sqlite3.Connection, key: _Key) -> _Row | None:
    table, id = key
    row = conn.execute(f"SELECT * FROM main.{table} WHERE id = ?", (id,)).fetchone()
    return dict(row) if row else None


def _touched(conn: sqlite3.Connection, since: int) -> list[_Key]:
    rows = conn.execute(
        "SELECT DISTINCT entity, entity_id FROM main.journal NOT INDEXED WHERE seq > ?", (since,)
    )
    return [(row["entity"], row["entity_id"]) for row in rows]


def _replayed(entries: Iterable[sqlite3.Row]) -> dict[_Key, _Row]:
    """The rows that come of those entries, in their order."""
    found: dict[_Key, _Row] = {}
    for entity, entity_id, at, before, after in entries:
        key = entity, entity_id
        if after is None:
            found.pop(key, None)
            continue
        row = json.loads(after)
        if before is not None:
            row = {**found.get(key, {}), **row}
        row["updated_at"] = at
        found[key] = row
    return found


def _compared(key: _Key, want: _Row | None, have: _Row | None) -> Iterator[Difference]:
    table, id = key
    code = str((want or have or {}).get("code") or "")
    if want is None or have is None:
        if want is not have:
            yield Difference(table, id, code, ROW, have, want)
        return
    numbered = int(code.rpartition("-")[2] or 0)
    for field, stored in have.items():
        told = numbered if field == "number" else want.get(field)
        # What is empty when a record is made is not written down.
        if stored != told and not (stored in (None, "") and told in (None, "")):
            yield Difference(table, id, code, field, stored, told)
