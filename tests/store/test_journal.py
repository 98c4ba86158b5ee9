"""Every change is one transaction and one sealed entry; undo and redo are made of entries too."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cockpit.store import journal, undo
from cockpit.store.connection import connect
from cockpit.store.journal import Put, Stamp
from cockpit.store.undo import UndoConflict


def stamp(actor: str = "claire", action: str = "test") -> Stamp:
    return Stamp(at="2026-11-23T07:42:00+00:00", actor=actor, action=action)


def put(id: str, **values: Any) -> Put:
    return Put("blocker", id, values, "B")


def change(id: str, **values: Any) -> Put:
    return Put("blocker", id, values)


def rows(conn: sqlite3.Connection) -> list[dict[str, Any]]:
    skipped = ("updated_at",)
    return [
        {k: v for k, v in dict(row).items() if k not in skipped}
        for row in conn.execute("SELECT * FROM blocker ORDER BY number")
    ]


@pytest.fixture
def conn(tmp_path: Path) -> sqlite3.Connection:
    return connect(tmp_path / "a.db")


def test_an_entry_says_who_what_before_and_after(conn: sqlite3.Connection) -> None:
    journal.write(conn, stamp(), [put("1", title="VPN")])
    entries = journal.write(
        conn, stamp("sophie", "blocker.edit"), [put("1", title="VPN down", severity="p1")]
    )
    assert [(e.actor, e.action, e.code, e.before, e.after) for e in entries] == [
        (
            "sophie",
            "blocker.edit",
            "B-1",
            {"title": "VPN", "severity": None},
            {"title": "VPN down", "severity": "p1"},
        )
    ]


def test_an_entry_is_as_confidential_as_the_record_was_or_became(conn: sqlite3.Connection) -> None:
    journal.write(conn, stamp(), [put("1", title="VPN")])
    for conf in (3, 2):
        journal.write(conn, stamp(), [change("1", conf=conf)])
    journal.write(conn, stamp(), [put("2", title="Bank", conf=0)])
    found = [row["conf"] for row in conn.execute("SELECT conf FROM journal ORDER BY seq")]
    assert found == [1, 3, 3, 0]


def test_the_code_of_the_next_record_is_known_before_it_is_made(conn: sqlite3.Connection) -> None:
    assert [journal.next_code(conn, "B"), journal.next_code(conn, "B", 2)] == ["B-1", "B-3"]
    journal.write(conn, stamp(), [put("1", title="a")])
    assert [journal.next_code(conn, "B"), journal.next_code(conn, "D")] == ["B-2", "D-1"]


def test_nothing_changed_is_not_journaled(conn: sqlite3.Connection) -> None:
    journal.write(conn, stamp(), [put("1", title="VPN")])
    assert journal.write(conn, stamp(), [put("1", title="VPN")]) == []
    assert journal.head(conn)[0] == 1


def test_a_column_that_comes_later_leaves_older_entries_their_hash(conn: sqlite3.Connection) -> None:
    journal.write(conn, stamp(), [put("1", title="VPN")])
    conn.execute("ALTER TABLE journal ADD COLUMN zone TEXT")
    journal.write(conn, stamp(), [put("2", title="Paie")])
    assert journal.verify(conn) is None
    conn.execute("DROP TRIGGER journal_never_changes")
    conn.execute("UPDATE journal SET zone = 'Europe/Paris' WHERE seq = 1")
    assert journal.verify(conn) == 1, "where it holds something it is hashed"


def test_codes_are_never_used_twice(conn: sqlite3.Connection) -> None:
    journal.write(conn, stamp(), [put("1", title="a")])
    undo.undo(conn, stamp())
    assert journal.write(conn, stamp(), [put("2", title="b")])[0].code == "B-2"


@pytest.mark.parametrize("statement", ["UPDATE journal SET actor = 'x'", "DELETE FROM journal"])
def test_the_journal_is_append_only(conn: sqlite3.Connection, statement: str) -> None:
    journal.write(conn, stamp(), [put("1", title="a")])
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        conn.execute(statement)


@pytest.mark.parametrize(
    "tampering",
    [
        'UPDATE journal SET after = \'{"title":"z"}\' WHERE seq = 2',
        "UPDATE journal SET actor = 'z' WHERE seq = 2",
        "UPDATE journal SET at = '2020-01-01' WHERE seq = 2",
        "DELETE FROM journal WHERE seq = 2",
    ],
)
def test_verification_gives_the_first_broken_entry(conn: sqlite3.Connection, tampering: str) -> None:
    for n in range(4):
        journal.write(conn, stamp(), [put("1", title=f"t{n}")])
    assert journal.verify(conn) is None
    conn.execute("DROP TRIGGER journal_never_changes")
    conn.execute("DROP TRIGGER journal_never_shrinks")
    conn.execute(tampering)
    assert journal.verify(conn) == 2


def test_undo_refuses_to_overwrite_what_somebody_else_wrote_since(conn: sqlite3.Connection) -> None:
    journal.write(conn, stamp("claire"), [put("1", title="a")])
    journal.write(conn, stamp("claire"), [put("1", title="b")])
    journal.write(conn, stamp("sophie"), [put("1", title="c")])
    with pytest.raises(UndoConflict) as raised:
        undo.undo(conn, stamp("claire"))
    assert (raised.value.code, raised.value.by) == ("B-1", "sophie")
    assert rows(conn)[0]["title"] == "c"


def test_undo_keeps_what_somebody_else_wrote_in_another_field(conn: sqlite3.Connection) -> None:
    journal.write(conn, stamp("claire"), [put("1", title="a")])
    journal.write(conn, stamp("claire"), [put("1", title="b")])
    journal.write(conn, stamp("sophie"), [put("1", owner="Sophie")])
    undo.undo(conn, stamp("claire"))
    assert (rows(conn)[0]["title"], rows(conn)[0]["owner"]) == ("a", "Sophie")


def test_undo_of_a_clock_refuses_to_overwrite_what_a_person_wrote_and_not_what_the_program_did(
    conn: sqlite3.Connection,
) -> None:
    def clock(title: str, prefix: str = "") -> Put:
        return Put("clock", "c", {"title": title}, prefix)

    journal.write(conn, stamp("claire"), [clock("a", "CK")])
    journal.write(conn, stamp("claire"), [clock("b")])
    journal.write(conn, stamp(journal.PROGRAM), [clock("noted")])
    undo.undo(conn, stamp("claire"))
    assert conn.execute("SELECT title FROM clock").fetchone()["title"] == "a"
    journal.write(conn, stamp("claire"), [clock("b")])
    journal.write(conn, stamp("sophie"), [clock("c")])
    with pytest.raises(UndoConflict):
        undo.undo(conn, stamp("claire"))
    assert conn.execute("SELECT title FROM clock").fetchone()["title"] == "c"


def test_undo_of_a_clock_keeps_what_somebody_else_wrote_in_other_fields(conn: sqlite3.Connection) -> None:
    journal.write(conn, stamp("claire"), [Put("clock", "c", {"title": "a"}, "CK")])
    journal.write(conn, stamp("claire"), [Put("clock", "c", {"title": "b"})])
    journal.write(conn, stamp("sophie"), [Put("clock", "c", {"state": "paused"})])
    journal.write(conn, stamp(journal.PROGRAM), [Put("clock", "c", {"title": "noted"})])
    undo.undo(conn, stamp("claire"))
    assert tuple(conn.execute("SELECT title, state FROM clock").fetchone()) == ("a", "paused")


def test_undo_of_a_clock_takes_back_what_the_program_noted_of_it_and_of_nothing_else(
    conn: sqlite3.Connection,
) -> None:
    def change(entity: str, actor: str, **values: Any) -> None:
        prefix = "" if conn.execute(f"SELECT 1 FROM {entity}").fetchone() else entity[0].upper()
        journal.write(conn, stamp(actor), [Put(entity, entity, values, prefix)])

    for entity, noted in (("clock", "state"), ("blocker", "status")):
        change(entity, "claire", title="a")
        first = conn.execute(f"SELECT {noted} FROM {entity}").fetchone()[0]
        change(entity, "claire", title="b")
        change(entity, journal.PROGRAM, **{noted: "once"})
        change(entity, journal.PROGRAM, **{noted: "twice"})
        undo.undo(conn, stamp("claire"))
        found = conn.execute(f"SELECT title, {noted} FROM {entity}").fetchone()
        assert tuple(found) == ("a", first if entity == "clock" else "twice")


def test_undoing_a_creation_refuses_to_unmake_what_somebody_else_added_to(conn: sqlite3.Connection) -> None:
    journal.write(conn, stamp("claire"), [put("1", title="a")])
    journal.write(conn, stamp("sophie"), [change("1", next_step="call the bank")])
    with pytest.raises(UndoConflict):
        undo.undo(conn, stamp("claire"))
    assert rows(conn)[0]["next_step"] == "call the bank"


def test_a_change_to_a_record_that_is_gone_is_refused(conn: sqlite3.Connection) -> None:
    journal.write(conn, stamp(), [put("1", title="a")])
    undo.undo(conn, stamp())
    with pytest.raises(journal.Vanished):
        journal.write(conn, stamp(), [change("1", title="ghost")])
    assert rows(conn) == []


def test_entries_cut_off_at_the_end_are_noticed(conn: sqlite3.Connection) -> None:
    for n in range(3):
        journal.write(conn, stamp(), [put("1", title=f"t{n}")])
    conn.execute("DROP TRIGGER journal_never_shrinks")
    conn.execute("DELETE FROM journal WHERE seq > 1")
    assert journal.verify(conn) == 2


def test_a_failing_batch_leaves_neither_rows_nor_entries(conn: sqlite3.Connection) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        journal.write(conn, stamp(), [put("1", title="a"), put("2", title="b", function="FN-404")])
    assert rows(conn) == []
    assert journal.head(conn)[0] == 0


changes = st.lists(
    st.one_of(
        st.tuples(st.just("put"), st.sampled_from("12"), st.sampled_from("abc")),
        st.tuples(st.sampled_from(["undo", "redo"]), st.just(""), st.just("")),
    ),
    max_size=14,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes)
def test_undo_and_redo_walk_the_same_states(
    tmp_path_factory: pytest.TempPathFactory, steps: list[Any]
) -> None:
    """Against the plain model of two stacks: what undo leaves is what was, what redo leaves is what had been."""
    conn = connect(tmp_path_factory.mktemp("j") / "a.db")
    past: list[list[dict[str, Any]]] = []
    future: list[list[dict[str, Any]]] = []
    for kind, id, title in steps:
        now = rows(conn)
        assert undo.can_undo(conn, "claire") == bool(past) == bool(undo.next_undone(conn, "claire"))
        assert undo.can_redo(conn, "claire") == bool(future) == bool(undo.next_redone(conn, "claire"))
        if kind == "put":
            if journal.write(conn, stamp(), [put(id, title=title)]):
                past.append(now)
                future.clear()
        elif kind == "undo":
            assert bool(undo.undo(conn, stamp())) == bool(past)
            if past:
                future.append(now)
                assert rows(conn) == past.pop()
        else:
            assert bool(undo.redo(conn, stamp())) == bool(future)
            if future:
                past.append(now)
                assert rows(conn) == future.pop()
    assert journal.verify(conn) is None
    conn.close()
