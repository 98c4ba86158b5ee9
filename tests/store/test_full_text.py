"""One table of words: what is found, that it follows every change, and that it took over from older ones."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlite_utils import Database

from cockpit.domain.registers import REGISTERS
from cockpit.store import full_text, migrations
from cockpit.store.connection import connect
from cockpit.store.journal import Put, Stamp, write
from cockpit.store.undo import undo

STAMP = Stamp(at="2026-11-23T08:00:00+00:00", actor="Claire", action="blocker.add")


@pytest.fixture
def conn(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    opened = connect(tmp_path / "c.db")
    yield opened
    opened.close()


def put(conn: sqlite3.Connection, table: str, id: str, prefix: str = "", **values: object) -> None:
    write(conn, STAMP, [Put(table, id, values, prefix)])


def found(conn: sqlite3.Connection, words: str) -> dict[str, list[str]]:
    return full_text.search(conn, words, 20)


def test_every_register_is_searched_in_one_table(conn: sqlite3.Connection) -> None:
    tables = set(Database(conn).table_names())
    assert [name for name in tables if name.endswith("_fts")] == ["searchable_fts"]
    for register in REGISTERS.values():
        triggers = {t.name for t in Database(conn).triggers if t.table == register.name}
        assert {f"{register.name}_text_{what}" for what in ("made", "changed", "gone")} <= triggers


def test_words_are_found_by_their_beginnings_whatever_the_case_and_the_accents(
    conn: sqlite3.Connection,
) -> None:
    put(conn, "blocker", "1", "B", title="Écarts de paie", waiting_on="Silaé", severity="p2", status="open")
    put(conn, "decision", "2", "D", title="Payer l'écart", note="par Silae")
    assert found(conn, "ECART") == {"blocker": ["B-1"], "decision": ["D-1"]}
    assert found(conn, "silae ecarts") == {"blocker": ["B-1"]}
    assert found(conn, "b-1") == {"blocker": ["B-1"]}
    assert found(conn, "carts") == {}
    assert found(conn, '"') == {}


def test_none_hides_the_others(conn: sqlite3.Connection) -> None:
    for number in range(5):
        put(conn, "blocker", f"b{number}", "B", title="same word", severity="p2", status="open")
    put(conn, "priority", "p", "P", title="same word", severity="p2", status="open")
    assert {kind: len(codes) for kind, codes in full_text.search(conn, "same", 2).items()} == {
        "blocker": 2,
        "priority": 1,
    }


def test_what_is_found_follows_each_change(conn: sqlite3.Connection) -> None:
    put(conn, "blocker", "1", "B", title="before", severity="p2", status="open")
    put(conn, "blocker", "1", title="after")
    assert (found(conn, "before"), found(conn, "after")) == ({}, {"blocker": ["B-1"]})
    put(conn, "blocker", "1", archived_at=STAMP.at)
    assert found(conn, "after") == {}
    put(conn, "blocker", "1", archived_at=None)
    assert found(conn, "after") == {"blocker": ["B-1"]}
    for _each in range(4):
        undo(conn, Stamp(at=STAMP.at, actor="Claire", action="undo"))
    assert found(conn, "before") == found(conn, "after") == {}
    assert conn.execute("SELECT count(*) FROM searchable").fetchone()[0] == 0


def test_the_words_of_an_older_file_are_found_as_they_were(tmp_path: Path) -> None:
    conn = sqlite3.connect(tmp_path / "old.db", isolation_level=None)
    conn.row_factory = sqlite3.Row
    migrations.steps().apply(Database(conn), stop_before="m006_one_full_text")
    put(conn, "provider", "1", "PR", name="Étude Réf", category="notaire")
    put(conn, "blocker", "2", "B", title="l'acte du notaire", severity="p2", status="open")
    put(conn, "blocker", "3", "B", title="notaire absent", severity="p2", status="open")
    put(conn, "blocker", "3", archived_at=STAMP.at)
    old = {
        table: [row["code"] for row in conn.execute(
            f"SELECT t.code FROM {table}_fts f JOIN {table} t ON t.number = f.rowid"
            f" WHERE {table}_fts MATCH 'notai*' AND archived_at IS NULL")]
        for table in ("provider", "blocker")
    }  # fmt: skip
    migrations.apply(conn)
    assert found(conn, "notai") == old == {"provider": ["PR-1"], "blocker": ["B-1"]}
    put(conn, "blocker", "4", "B", title="notaire de retour", severity="p2", status="open")
    assert sorted(found(conn, "notaire")["blocker"]) == ["B-1", "B-3"]
    conn.close()
