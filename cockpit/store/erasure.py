"""Words taken out of the whole file, while the journal's chain and its replay stay sound.

Every text of every table goes through one function, the entries of the journal too, so that replaying them still
gives the rows. An entry that changed keeps its hash, by which its neighbours are linked; that its words are those
that were left is sealed by the entry that tells of the erasure (`journal.ERASE`). docs/journal.md says all of it.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.text import canonical
from cockpit.store import journal
from cockpit.store.journal import ERASE, JournalEntry, Stamp, entry_of
from cockpit.store.transaction import transaction

Clear = Callable[[str], str]
"""A text without the words that are erased: the same text always gives the same."""

_UNREAD = ("sqlite_", "_sqlite_")
_FOLLOWING = frozenset({"journal", "searchable"})
"""The journal is changed apart; the full text follows its rows by triggers."""
_TRIGGER = "journal_never_changes"
_WORDS = ("actor", "host", "before", "after", "reason")
"""The columns of an entry that may hold words of a person."""


@dataclass(frozen=True)
class Found:
    """One text that changes."""

    table: str
    column: str
    row: Mapping[str, Any]
    """The whole row as it is."""
    text: str
    """As it is."""
    cleared: str | bytes
    key: tuple[str, ...]
    """The columns that tell the row from others."""


def found(conn: sqlite3.Connection, clear: Clear) -> Iterator[Found]:
    """Every text, outside the journal, that would change."""
    for table, key in _tables(conn):
        for row in conn.execute(
            f'SELECT {"rowid AS rowid, " if key == ("rowid",) else ""}* FROM main."{table}"'
        ):
            values = dict(row)
            for column, value in values.items():
                text = _text(value)
                cleared = clear(text) if text else text
                if cleared != text:
                    kept = cleared.encode() if isinstance(value, bytes) else cleared
                    yield Found(table, column, values, text, kept, key)


def told(
    conn: sqlite3.Connection, clear: Clear, blank: tuple[str, str]
) -> Iterator[tuple[int, dict[str, Any]]]:
    """The entries of the journal that would change: their number, and what their columns come to.

    `blank` is the id of a record and the field of it that is emptied.
    """
    id, field = blank
    columns = ", ".join(("seq", "entity_id", *_WORDS))
    for row in conn.execute(f"SELECT {columns} FROM main.journal ORDER BY seq"):
        changed: dict[str, Any] = {}
        for column in _WORDS:
            value = row[column]
            if not value:
                continue
            emptied = field if row["entity_id"] == id else ""
            cleared = _side(value, clear, emptied) if column in ("before", "after") else clear(value)
            if cleared != value:
                changed[column] = cleared
        if changed:
            yield row["seq"], changed


def erase(
    conn: sqlite3.Connection, stamp: Stamp, clear: Clear, person: tuple[str, str, str], field: str
) -> tuple[int, int]:
    """Take the words out of the file, and tell of it in the journal without them.

    `person` is the register, id and code of the record that is erased, `field` what is emptied in it. Returns how
    many texts of rows and how many entries changed. What was freed still lies in the file until `compact`.
    """
    table, id, code = person
    conn.execute("PRAGMA secure_delete = ON")
    with transaction(conn):
        seq = journal.head(conn)[0] + 1
        texts = 0
        for each in list(found(conn, clear)):
            texts += 1
            where = " AND ".join(f'"{name}" IS ?' for name in each.key)
            conn.execute(
                f'UPDATE OR REPLACE main."{each.table}" SET "{each.column}" = ? WHERE {where}',
                (each.cleared, *(_now(each, name, clear) for name in each.key)),
            )
        conn.execute(f'UPDATE {table} SET "{field}" = ?, updated_at = ? WHERE id = ?', ("", stamp.at, id))
        entries = 0
        rule = conn.execute("SELECT sql FROM sqlite_master WHERE name = ?", (_TRIGGER,)).fetchone()[0]
        conn.execute(f"DROP TRIGGER {_TRIGGER}")
        for number, changed in list(told(conn, clear, (id, field))):
            entries += 1
            values = {**changed, "salt": os.urandom(16).hex(), "erased": seq}
            sets = ", ".join(f"{name} = ?" for name in values)
            conn.execute(f"UPDATE journal SET {sets} WHERE seq = ?", (*values.values(), number))
        conn.execute(rule)
        said = {"texts": texts, "entries": entries, "sealed": journal.seal_of_erased(conn)}
        journal.Chain(conn, stamp).note(table, id, code, said)
        conn.execute("INSERT INTO searchable_fts (searchable_fts) VALUES ('rebuild')")
    return texts, entries


def compact(conn: sqlite3.Connection) -> bool:
    """Leave nothing of what was freed in the file or beside it; False when others hold the side file open.

    Raises sqlite3.OperationalError when somebody else is writing.
    """
    conn.execute("VACUUM")
    busy: int = conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    return not busy


def erasures(conn: sqlite3.Connection, since: int = 0) -> list[JournalEntry]:
    """The entries that tell of an erasure, after that number, oldest first."""
    rows = conn.execute(
        "SELECT * FROM main.journal WHERE action = ? AND seq > ? AND entity = 'person' ORDER BY seq",
        (ERASE, since),
    )
    return [entry_of(row) for row in rows]


def _tables(conn: sqlite3.Connection) -> list[tuple[str, tuple[str, ...]]]:
    """The tables that hold rows of ours, but the journal, and what tells their rows apart."""
    rows = conn.execute(
        "SELECT name, sql FROM main.sqlite_master WHERE type = 'table' ORDER BY name"
    ).fetchall()
    virtual = [row["name"] for row in rows if row["sql"].upper().startswith("CREATE VIRTUAL")]
    tables = []
    for row in rows:
        name = row["name"]
        shadow = any(name == each or name.startswith(f"{each}_") for each in virtual)
        if shadow or name in _FOLLOWING or name.startswith(_UNREAD):
            continue
        key = tuple(each["name"] for each in conn.execute(f'PRAGMA main.table_info("{name}")') if each["pk"])
        tables.append((name, key or ("rowid",)))
    return tables


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bytes):
        try:
            return value.decode()
        except UnicodeDecodeError:
            return ""
    return ""


def _now(each: Found, name: str, clear: Clear) -> Any:
    """The value of a key's column now: an earlier column of the same row may have changed it."""
    value = each.row[name]
    names = list(each.row)
    if isinstance(value, str) and names.index(name) < names.index(each.column):
        return clear(value)
    return value


def _side(text: str, clear: Clear, field: str) -> str:
    values = json.loads(text)
    cleared = {key: clear(value) if isinstance(value, str) else value for key, value in values.items()}
    if field and cleared.get(field):
        cleared[field] = ""
    return canonical(cleared) if cleared != values else text
