"""The journal proves the rows: whatever SQL changes behind it is named, and can be put back."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cockpit.domain.registers import REGISTERS
from cockpit.store import journal, proof, undo
from cockpit.store.connection import connect
from cockpit.store.journal import Put, Stamp
from cockpit.store.proof import CannotRestore, differences

BLOCKER = REGISTERS["blocker"]


def stamp(n: int = 0) -> Stamp:
    return Stamp(at=f"2026-11-23T07:{n:02}:00+00:00", actor="claire", action="blocker.edit")


@pytest.fixture
def conn(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """Two blockers, one of them changed, and a third whose making was undone."""
    opened = connect(tmp_path / "c.db")
    journal.write(opened, stamp(1), [Put("function", "f", {"name": "Payroll"}, "FN")])
    journal.write(opened, stamp(2), [Put("blocker", "1", {"title": "VPN", "function": "FN-1"}, "B")])
    journal.write(opened, stamp(3), [Put("blocker", "2", {"title": "Bank"}, "B")])
    journal.write(opened, stamp(4), [Put("blocker", "1", {"title": "VPN down", "note": ""})])
    journal.write(opened, stamp(5), [Put("blocker", "3", {"title": "gone"}, "B")])
    undo.undo(opened, stamp(6))
    yield opened
    opened.close()


def named(conn: sqlite3.Connection) -> list[tuple[str, str, Any, Any]]:
    return [
        (each.code, each.field, each.stored if each.field else None, each.told if each.field else None)
        for each in differences(conn)
    ]


def test_what_the_program_wrote_is_what_the_journal_says(conn: sqlite3.Connection) -> None:
    assert differences(conn) == ()
    assert differences(conn, 2) == ()


@pytest.mark.parametrize(
    ("forgery", "code", "found"),
    [
        ("UPDATE blocker SET title = 'Printer' WHERE id = '1'", "B-1", ("title", "Printer", "VPN down")),
        ("UPDATE blocker SET note = 'x' WHERE id = '1'", "B-1", ("note", "x", "")),
        ("UPDATE blocker SET owner = 'x' WHERE id = '1'", "B-1", ("owner", "x", None)),
        ("UPDATE blocker SET function = NULL WHERE id = '1'", "B-1", ("function", None, "FN-1")),
        ("UPDATE blocker SET conf = 0 WHERE id = '2'", "B-2", ("conf", 0, 1)),
        ("UPDATE blocker SET code = 'B-9' WHERE id = '2'", "B-2", ("code", "B-9", "B-2")),
        ("UPDATE blocker SET number = 9 WHERE id = '2'", "B-2", ("number", 9, 2)),
        ("UPDATE blocker SET updated_at = created_at WHERE id = '1'", "B-1", ("updated_at",
         "2026-11-23T07:02:00+00:00", "2026-11-23T07:04:00+00:00")),
        ("UPDATE blocker SET created_by = 'x' WHERE id = '2'", "B-2", ("created_by", "x", "claire")),
        ("DELETE FROM blocker WHERE id = '2'", "B-2", ("", None, None)),
        ("INSERT INTO blocker (number, id, code, created_at, created_by, updated_at, conf, title)"
         " SELECT 7, 'x', 'B-7', created_at, created_by, updated_at, 1, title FROM blocker WHERE id = '1'",
         "B-7", ("", None, None)),
    ],
)  # fmt: skip
def test_each_forgery_is_named_and_put_back(
    conn: sqlite3.Connection, forgery: str, code: str, found: tuple[str, Any, Any]
) -> None:
    rows = [dict(row) for row in conn.execute("SELECT * FROM blocker ORDER BY id")]
    conn.execute(forgery)
    assert named(conn) == [(code, *found)]
    (entry,) = proof.restore(conn, stamp(9), BLOCKER, code)
    assert entry.code in (code, found[1])
    assert differences(conn) == ()
    assert journal.verify(conn) is None
    now = [dict(row) for row in conn.execute("SELECT * FROM blocker ORDER BY id")]
    for before, after in zip(rows, now, strict=True):
        empty = {name: value or None for name, value in before.items() if name != "updated_at"}
        assert {name: after[name] or None for name in empty} == empty
    assert proof.restore(conn, stamp(9), BLOCKER, code) == []


def test_a_row_that_took_the_code_of_another_makes_room_for_it(conn: sqlite3.Connection) -> None:
    # Again and again, since the order in which a set gives them is left to chance.
    for id in "pqrstuvwxyz":
        conn.execute("UPDATE blocker SET id = ? WHERE id = '2'", (id,))
        assert [(each.id, each.stored is None) for each in differences(conn)] == [(id, False), ("2", True)]
        assert len(proof.restore(conn, stamp(9), BLOCKER, "B-2")) == 2
        assert differences(conn) == ()


def test_what_others_hold_on_to_is_not_taken_away(conn: sqlite3.Connection) -> None:
    conn.execute(
        "INSERT INTO function (number, id, code, created_at, created_by, updated_at, conf, name)"
        " SELECT 5, 'x', 'FN-5', created_at, created_by, updated_at, 1, 'forged' FROM function"
    )
    conn.execute("UPDATE blocker SET function = 'FN-5' WHERE id = '2'")
    with pytest.raises(CannotRestore):
        proof.restore(conn, stamp(9), REGISTERS["function"], "FN-5")
    proof.restore(conn, stamp(9), BLOCKER, "B-2")
    proof.restore(conn, stamp(9), REGISTERS["function"], "FN-5")
    assert differences(conn) == ()


def test_since_a_point_only_the_rows_told_of_since_are_compared(conn: sqlite3.Connection) -> None:
    conn.execute("UPDATE blocker SET owner = 'x'")
    assert {each.code for each in differences(conn, since=3)} == {"B-1"}
    assert {each.code for each in differences(conn, since=journal.head(conn)[0])} == set()


def test_rows_that_were_added_or_deleted_show_in_their_number(conn: sqlite3.Connection) -> None:
    then, seq = proof.counts(conn), journal.head(conn)[0]
    journal.write(conn, stamp(7), [Put("blocker", "4", {"title": "new"}, "B")])
    journal.write(conn, stamp(7), [Put("blocker", "5", {"title": "new"}, "B")])
    undo.undo(conn, stamp(8))
    assert proof.counts(conn) == proof.counts_since(conn, then, seq)
    assert proof.counts(conn) == proof.counts_since(conn, {}, 0), "before the first entry there was none"
    conn.execute("DELETE FROM blocker WHERE id = '2'")
    assert proof.counts(conn) != proof.counts_since(conn, then, seq)


changes = st.lists(
    st.one_of(
        st.tuples(
            st.just("put"),
            st.sampled_from("12"),
            st.fixed_dictionaries(
                {"title": st.sampled_from("ab")},
                optional={"owner": st.sampled_from(["", "x"]), "level": st.sampled_from([None, 0, 2])},
            ),
        ),
        st.tuples(st.sampled_from(["undo", "redo"]), st.just(""), st.just({})),
    ),
    max_size=12,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes)
def test_any_work_and_its_undoing_leave_rows_that_the_journal_proves(
    tmp_path_factory: pytest.TempPathFactory, steps: list[Any]
) -> None:
    conn = connect(tmp_path_factory.mktemp("p") / "a.db")
    for n, (kind, id, values) in enumerate(steps):
        if kind == "put":
            journal.write(conn, stamp(n), [Put("blocker", id, values, "B")])
        else:
            (undo.undo if kind == "undo" else undo.redo)(conn, stamp(n))
        assert differences(conn) == ()
        assert differences(conn, max(journal.head(conn)[0] - 1, 1)) == ()
    conn.close()
