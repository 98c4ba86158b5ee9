"""The journal: every change to business data is one transaction that changes the rows and appends entries.

The format, the chain and how it is verified: docs/journal.md.

Each entry carries SHA-256 over the previous entry's hash and its own canonical JSON. The chain makes
tampering evident, not impossible: somebody with the file can rewrite it whole, unless the head hash was
published elsewhere (`head`).
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from cockpit.domain.dataclasses import dataclass, fields
from cockpit.domain.refusal import Refusal
from cockpit.domain.text import canonical, digest
from cockpit.locale import _
from cockpit.store.transaction import transaction

Values = Mapping[str, Any]
"""Column to stored value (text or number)."""

GENESIS = "0" * 64
_FIRST = frozenset((
    "seq", "batch", "at", "actor", "host", "action", "entity", "entity_id", "code", "before", "after", "reason",
    "conf", "undoes", "prev_hash",
))  # fmt: skip
"""The columns of the first format: hashed even where they hold nothing. One that came later is hashed only
where it holds something, so that older entries, and files of an older schema, keep their hash."""
PROGRAM = "cockpit"
"""Who signs what nobody did: a deadline that passed, a report that falls due."""
PUT_BACK = "row.put_back"
"""The action of a row that was made again what the journal says: undo passes over it."""
ERASE = "person.erase"
"""The action of the entry that tells of an erasure and seals what it left: undo passes over it."""
HOUSEKEEPING = frozenset({"updated_at", "number"})
"""Columns that no entry tells."""


@dataclass(frozen=True, kw_only=True)
class Stamp:
    """Who changes what, when and why."""

    at: str
    """UTC, ISO 8601."""
    actor: str
    action: str
    host: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Put:
    """Give the row `id` of `table` these values; a row that does not exist yet is made."""

    table: str
    id: str
    values: Values
    prefix: str = ""
    """Letters of the code, for a new row."""


@dataclass(frozen=True)
class JournalEntry:
    """One line of the journal."""

    seq: int
    batch: int
    at: str
    actor: str
    host: str
    action: str
    entity: str
    entity_id: str
    code: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    reason: str
    conf: int
    undoes: int | None
    hash: str


@dataclass(frozen=True)
class SealedEntry:
    """An entry as a third party can check it: SHA-256 over `prev_hash` and `text` gives `hash`."""

    seq: int
    prev_hash: str
    hash: str
    text: str | None
    """None where a veil, or an erasure, took words out of it: its hash still links it to its neighbours."""


class Vanished(Refusal):
    """The record to change is not there any more: its making was undone."""

    def __str__(self) -> str:
        return _("{code} is not there any more: its making was undone").format(code=self.args[0])


class Overtaken(Refusal):
    """Somebody else gave a field another value after what the writer had seen: `wrote` is that entry."""

    def __init__(self, wrote: JournalEntry, field: str) -> None:
        super().__init__(wrote.code)
        self.wrote = wrote
        self.field = field

    def __str__(self) -> str:
        return _("{code} was changed meanwhile by {who}").format(code=self.wrote.code, who=self.wrote.actor)


def write(
    conn: sqlite3.Connection,
    stamp: Stamp,
    puts: Sequence[Put],
    seen: int | None = None,
    batch: int | None = None,
) -> list[JournalEntry]:
    """Apply `puts` and journal each that changes something, as one batch in one transaction.

    The batch is a new one, unless the number of one that goes on is given.

    Returns the entries written; their `code` names new records. An empty list means nothing changed.
    `seen` is the last entry that the writer knew of. Raises Vanished when a record to change (a put without
    a prefix) does not exist, Overtaken when one of the same fields was given another value after `seen`.
    """
    with transaction(conn):
        chain = Chain(conn, stamp, batch=batch)
        for put in puts:
            before = row_of(conn, put.table, put.id)
            if before is None and not put.prefix:
                raise Vanished(put.table)
            if before is None:
                chain.append(put.table, put.id, None, _insert(conn, stamp, put))
                continue
            changed = {k: v for k, v in put.values.items() if before[k] != v}
            if seen is not None:
                _refuse_overtaken(conn, put.id, changed, seen)
            if changed:
                update_row(conn, put.table, put.id, {**changed, "updated_at": stamp.at})
                chain.append(put.table, put.id, before, changed)
        return chain.entries


def _refuse_overtaken(conn: sqlite3.Connection, id: str, changed: Values, seen: int) -> None:
    """What the program notes by itself is nobody's word."""
    for entry in since(conn, id, seen):
        field = next((name for name in changed if name in (entry.after or {})), None)
        if field is not None and entry.actor != PROGRAM:
            raise Overtaken(entry, field)


def next_code(conn: sqlite3.Connection, prefix: str, after: int = 0) -> str:
    """The code that the next record of `prefix` gets, once `after` others were made.

    Holds only within the transaction that makes them.
    """
    row = conn.execute("SELECT last FROM counter WHERE prefix = ?", (prefix,)).fetchone()
    return f"{prefix}-{(row['last'] if row else 0) + 1 + after}"


def history(conn: sqlite3.Connection, entity_id: str, limit: int = 200) -> list[JournalEntry]:
    """The entries about one record, newest first."""
    rows = conn.execute(
        "SELECT * FROM journal WHERE entity_id = ? ORDER BY seq DESC LIMIT ?", (entity_id, limit)
    )
    return [entry_of(row) for row in rows]


def head_before(conn: sqlite3.Connection, at: str) -> int:
    """The number of the last entry written before that UTC instant; 0 when there is none."""
    # By the index on the instant: the numbers rise with it.
    row = conn.execute(
        "SELECT seq FROM journal WHERE at < ? ORDER BY at DESC, seq DESC LIMIT 1", (at,)
    ).fetchone()
    return row["seq"] if row else 0


def first_at(conn: sqlite3.Connection) -> datetime | None:
    """When the first entry was written; None before any."""
    row = conn.execute("SELECT at FROM journal ORDER BY seq LIMIT 1").fetchone()
    return datetime.fromisoformat(row["at"]) if row else None


def since(conn: sqlite3.Connection, entity_id: str, seq: int) -> list[JournalEntry]:
    """The entries about one record that came after the entry `seq`, newest first."""
    rows = conn.execute(
        "SELECT * FROM journal WHERE entity_id = ? AND seq > ? ORDER BY seq DESC", (entity_id, seq)
    )
    return [entry_of(row) for row in rows]


def entries(
    conn: sqlite3.Connection,
    *,
    since: str = "",
    limit: int = 200,
    before_seq: int | None = None,
    where: str = "1",
    args: Sequence[object] = (),
) -> list[JournalEntry]:
    """The newest entries, newest first; `since` is a UTC instant, `before_seq` pages further back.

    `where` says with `args` what they must be, in columns of the journal.
    """
    rows = conn.execute(
        f"SELECT * FROM journal WHERE at >= ? AND seq < ? AND ({where}) ORDER BY seq DESC LIMIT ?",
        (since, before_seq if before_seq is not None else 1 << 62, *args, limit),
    )
    return [entry_of(row) for row in rows]


def actors(conn: sqlite3.Connection) -> list[str]:
    """Everybody who has written, each once; read by leaps over the index, whatever is stored."""
    rows = conn.execute(
        "WITH RECURSIVE each(actor) AS (SELECT min(actor) FROM main.journal UNION ALL"
        " SELECT (SELECT min(actor) FROM main.journal WHERE actor > each.actor) FROM each WHERE each.actor IS NOT NULL)"
        " SELECT actor FROM each WHERE actor IS NOT NULL"
    )
    return [row["actor"] for row in rows]


def expected_head(conn: sqlite3.Connection) -> tuple[int, str] | None:
    """Number and hash of the last entry as noted apart, when it was written; None in an empty journal."""
    row = conn.execute("SELECT value FROM memo WHERE name = 'journal_head'").fetchone()
    if row is None:
        return None
    seq, _colon, sealed = row["value"].partition(":")
    return int(seq), sealed


def head(conn: sqlite3.Connection) -> tuple[int, str]:
    """Number and hash of the last entry: what to publish so that the chain cannot be rewritten unseen."""
    row = conn.execute("SELECT seq, hash FROM main.journal ORDER BY seq DESC LIMIT 1").fetchone()
    return (row["seq"], row["hash"]) if row else (0, GENESIS)


def seal_of_erased(conn: sqlite3.Connection) -> str:
    """What seals the entries of which words were erased, as they are now: SHA-256 over a line each."""
    lines = (
        f"{row['seq']} {digest(_sealed_text(dict(row)))}\n"
        for row in conn.execute("SELECT * FROM main.journal WHERE erased IS NOT NULL ORDER BY seq")
    )
    return digest("".join(lines))


def _broken_erasure(conn: sqlite3.Connection) -> int | None:
    """The last erasure, when the entries that it changed are not as it left them; None when they are."""
    if not _has(conn, "erased"):
        return None
    last = conn.execute("SELECT max(erased) FROM main.journal WHERE erased IS NOT NULL").fetchone()[0]
    if last is None:
        return None
    row = conn.execute("SELECT action, after FROM main.journal WHERE seq = ?", (last,)).fetchone()
    said = json.loads(row["after"] or "{}") if row is not None and row["action"] == ERASE else {}
    return None if said.get("sealed") == seal_of_erased(conn) else int(last)


def _has(conn: sqlite3.Connection, column: str) -> bool:
    """Whether the journal has a column: a file of an older schema lacks the later ones."""
    return column in {each[0] for each in conn.execute("SELECT * FROM main.journal LIMIT 0").description}


def verify(conn: sqlite3.Connection, since: tuple[int, str] | None = None) -> int | None:
    """The first entry whose number, link or hash does not hold; None when the chain does.

    `since` is a head that was verified before: what stands before it is not read again, unless the entry of
    that number is another one now.
    """
    previous, expected = GENESIS, 1
    if since is not None and since[0] > 0:
        kept = conn.execute("SELECT hash FROM main.journal WHERE seq = ?", (since[0],)).fetchone()
        if kept is None:
            # Cut off behind what was verified: the first entry that is missing, or one that breaks before.
            return verify(conn) or head(conn)[0] + 1
        if kept["hash"] != since[1]:
            return verify(conn) or since[0]
        previous, expected = since[1], since[0] + 1
    for row in conn.execute("SELECT * FROM main.journal WHERE seq >= ? ORDER BY seq", (expected,)):
        if row["seq"] != expected or row["prev_hash"] != previous or not _is_as_sealed(dict(row)):
            return expected
        previous, expected = row["hash"], expected + 1
    broken = _broken_erasure(conn)
    if broken is not None:
        return broken
    noted = expected_head(conn)
    # Entries that were cut off at the end leave a chain that holds, but not the one that was noted.
    return None if noted is None or noted == (expected - 1, previous) else expected


def sealed(conn: sqlite3.Connection) -> Iterator[SealedEntry]:
    """Every entry with the text that its hash seals, the oldest first."""
    # A veil that takes words out of an entry always changes what it came to.
    for row in conn.execute(
        "SELECT m.*, j.seq IS NOT NULL AND j.after IS m.after AS is_whole FROM main.journal AS m"
        " LEFT JOIN journal AS j ON j.seq = m.seq ORDER BY m.seq"
    ):
        values = dict(row)
        whole = values.pop("is_whole") and values.get("erased") is None
        text = _sealed_text(values) if whole else None
        yield SealedEntry(values["seq"], values["prev_hash"], values["hash"], text)


def holds(conn: sqlite3.Connection, head: tuple[int, str]) -> bool:
    """Whether the entry of that number is still there, with a hash that begins with those digits."""
    row = conn.execute("SELECT hash FROM main.journal WHERE seq = ?", (head[0],)).fetchone()
    return head[0] == 0 if row is None else str(row["hash"]).startswith(head[1])


def holds_head(conn: sqlite3.Connection, published: str) -> bool:
    """Whether the head that was published once, or its first digits, is that of an entry that is still there."""
    wanted = published.strip().lower()
    if not wanted:
        return False
    if wanted == GENESIS[: len(wanted)]:
        return True
    found = conn.execute(
        "SELECT 1 FROM main.journal WHERE substr(hash, 1, ?) = ? LIMIT 1", (len(wanted), wanted)
    )
    return found.fetchone() is not None


class Chain:
    """Appends the entries of one batch."""

    def __init__(
        self, conn: sqlite3.Connection, stamp: Stamp, undoes: int | None = None, batch: int | None = None
    ) -> None:
        self.conn, self.stamp, self.undoes = conn, stamp, undoes
        self.seq, self.previous = head(conn)
        self.batch = batch or self.seq + 1
        self.entries: list[JournalEntry] = []
        self._salted = _has(conn, "salt")

    def append(self, table: str, id: str, before: Values | None, changed: Values | None) -> None:
        """Journal that the row went from `before` to having the `changed` values (None: gone)."""
        current = before or changed or {}
        old = None if before is None else _only(before, before if changed is None else changed)
        new = None if changed is None else _only(changed, changed)
        conf = max(int(current.get("conf") or 0), int((changed or {}).get("conf") or 0))
        self._write((table, id, current.get("code") or ""), old, new, conf)

    def note(self, table: str, id: str, code: str, said: Values) -> None:
        """Journal something that is told of a record and is none of its fields."""
        self._write((table, id, code), {}, said, 1)

    def _write(self, record: tuple[str, str, str], old: Values | None, new: Values | None, conf: int) -> None:
        self.seq += 1
        values: dict[str, Any] = {
            "seq": self.seq,
            "batch": self.batch,
            "at": self.stamp.at,
            "actor": self.stamp.actor,
            "host": self.stamp.host,
            "action": self.stamp.action,
            "entity": record[0],
            "entity_id": record[1],
            "code": record[2],
            "before": _stored(old),
            "after": _stored(new),
            "reason": self.stamp.reason,
            "conf": conf,
            "undoes": self.undoes,
            "prev_hash": self.previous,
        }
        if self._salted:
            # With it nobody can try names on a hash, once an erasure has taken it away.
            values["salt"] = os.urandom(16).hex()
        values["hash"] = self.previous = _hash(values)
        self.conn.execute(
            f"INSERT INTO main.journal ({', '.join(values)}) VALUES ({', '.join('?' * len(values))})",
            tuple(values.values()),
        )
        self.conn.execute(
            "INSERT OR REPLACE INTO memo VALUES ('journal_head', ?)", (f"{self.seq}:{self.previous}",)
        )
        self.entries.append(entry_of(values))


def _insert(conn: sqlite3.Connection, stamp: Stamp, put: Put) -> Values:
    number = conn.execute(
        "INSERT INTO counter (prefix, last) VALUES (?, 1)"
        " ON CONFLICT (prefix) DO UPDATE SET last = last + 1 RETURNING last",
        (put.prefix,),
    ).fetchone()["last"]
    values: dict[str, Any] = {
        "id": put.id,
        "code": f"{put.prefix}-{number}",
        "created_at": stamp.at,
        "created_by": stamp.actor,
        "conf": 1,
        **put.values,
    }
    insert_row(conn, put.table, {**values, "number": number, "updated_at": stamp.at})
    return {k: v for k, v in values.items() if v is not None and v != ""}


def insert_row(conn: sqlite3.Connection, table: str, values: Values) -> None:
    """Add a row, without an entry: for those who append one."""
    conn.execute(
        f"INSERT INTO main.{table} ({', '.join(_quoted(values))}) VALUES ({', '.join('?' * len(values))})",
        tuple(values.values()),
    )


def update_row(conn: sqlite3.Connection, table: str, id: str, values: Values) -> None:
    """Change a row, without an entry: for those who append one."""
    sets = ", ".join(f"{name} = ?" for name in _quoted(values))
    conn.execute(f"UPDATE main.{table} SET {sets} WHERE id = ?", (*values.values(), id))


def row_of(conn: sqlite3.Connection, table: str, id: str) -> dict[str, Any] | None:
    """The whole row, or None."""
    row = conn.execute(f"SELECT * FROM main.{table} WHERE id = ?", (id,)).fetchone()
    return dict(row) if row else None


def _quoted(names: Iterable[str]) -> Iterator[str]:
    return (f'"{name}"' for name in names)


def _only(row: Values, names: Iterable[str]) -> dict[str, Any]:
    return {name: row[name] for name in names if name not in HOUSEKEEPING}


def _stored(value: Values | None) -> str | None:
    return None if value is None else canonical(value)


def _is_as_sealed(values: Values) -> bool:
    """Whether an entry is what its hash seals; of one that lost words, the erasure seals what is left."""
    return values.get("erased") is not None or values["hash"] == _hash(values)


def _hash(values: Values) -> str:
    return digest(values["prev_hash"] + _sealed_text(values))


def _sealed_text(values: Values) -> str:
    return canonical({k: v for k, v in values.items() if k != "hash" and (k in _FIRST or v is not None)})


def entry_of(row: Any) -> JournalEntry:
    """An entry as it is read from its columns."""
    return JournalEntry(
        **{
            name: row[name]
            for name in [f.name for f in fields(JournalEntry)]
            if name not in ("before", "after")
        },
        before=json.loads(row["before"]) if row["before"] else None,
        after=json.loads(row["after"]) if row["after"] else None,
    )
