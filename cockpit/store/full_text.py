"""The one full-text table: the words of every record that is not archived, whatever its register.

Triggers on each register keep `searchable` in step, and those of SQLite's FTS5 keep its index in step with
it. Case and accents are folded when words are compared.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

_TABLE = "searchable"
_TOKENS = "unicode61 remove_diacritics 2"


def create(db: Database) -> None:
    """Make the table, and move into it what the full-text tables of single registers held."""
    db.table(_TABLE).create(
        {"id": int, "kind": str, "code": str, "text": str},
        pk="id",
        not_null={"kind", "code", "text"},
        strict=True,
    )
    db.table(_TABLE).create_index(["code"], unique=True)
    db.table(_TABLE).enable_fts(["code", "text"], create_triggers=True, tokenize=_TOKENS)
    for name in db.table_names():
        index = db.table(name).detect_fts()
        # An index is its own to `detect_fts`.
        if index is not None and name not in (index, _TABLE):
            searched = [column for column in db.table(index).columns_dict if column != "code"]
            db.table(name).disable_fts()
            follow(db, name, searched)
            db.execute(
                f"INSERT INTO {_TABLE} (kind, code, text) SELECT {_values(name, 't', searched)}"
                f' FROM "{name}" AS t WHERE t.archived_at IS NULL'
            )


def follow(db: Database, register: str, searched: Sequence[str]) -> None:
    """From now on the `searched` columns of a register's records are found. Before `create` was called,
    the register gets an index of its own, which `create` takes over.
    """
    if not db.table(_TABLE).exists():
        db.table(register).enable_fts(["code", *searched], create_triggers=True, tokenize=_TOKENS)
        return
    told = ", ".join(f'"{column}"' for column in ("code", "archived_at", *searched))
    leave = f"DELETE FROM {_TABLE} WHERE code = old.code;"
    enter = (
        f"INSERT INTO {_TABLE} (kind, code, text)"
        f" SELECT {_values(register, 'new', searched)} WHERE new.archived_at IS NULL;"
    )
    for suffix, event, deeds in (
        ("made", "INSERT", enter),
        ("changed", f"UPDATE OF {told}", leave + enter),
        ("gone", "DELETE", leave),
    ):
        db.execute(f'CREATE TRIGGER {register}_text_{suffix} AFTER {event} ON "{register}" BEGIN {deeds} END')


def _values(register: str, row: str, searched: Sequence[str]) -> str:
    text = " || char(10) || ".join(f"coalesce({row}.\"{column}\", '')" for column in searched)
    return f"'{register}', {row}.code, {text}"


def search(conn: sqlite3.Connection, words: str, each: int) -> dict[str, list[str]]:
    """Codes of the records that hold every word, as beginnings of words, by register; best first.

    Of each register `each` at most, so that none hides the others.
    """
    terms = " ".join(f'"{word.replace(chr(34), "")}"*' for word in words.split() if word.strip('"'))
    found: dict[str, list[str]] = {}
    if not terms:
        return found
    rows = conn.execute(
        f"SELECT kind, code FROM (SELECT s.kind, s.code, row_number() OVER (PARTITION BY s.kind ORDER BY f.rank)"
        f" AS place FROM {_TABLE}_fts AS f JOIN {_TABLE} AS s ON s.id = f.rowid"
        f" WHERE {_TABLE}_fts MATCH ?) WHERE place <= ? ORDER BY place",
        (terms, each),
    )
    for kind, code in rows:
        found.setdefault(kind, []).append(code)
    return found
