"""The journal held whole: what an entry says and seals, what is read of it, and what breaks it."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from cockpit.store import journal, undo
from cockpit.store.connection import connect
from cockpit.store.journal import GENESIS, JournalEntry, Overtaken, Put, Stamp, Vanished


def stamp(minute: int = 0, actor: str = "claire", action: str = "test") -> Stamp:
    return Stamp(
        at=f"2026-11-23T07:{minute:02}:00+00:00", actor=actor, action=action, host="here", reason="why"
    )


def put(id: str, **values: Any) -> Put:
    return Put("blocker", id, values, "B")


def change(id: str, **values: Any) -> Put:
    return Put("blocker", id, values)


@pytest.fixture
def conn(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with closing(connect(tmp_path / "a.db")) as opened:
        yield opened


def sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def text_of(row: dict[str, Any]) -> str:
    """What an entry seals, as docs/journal.md says it for somebody without this program."""
    later = ("salt", "erased")
    told = {k: v for k, v in row.items() if k != "hash" and (k not in later or v is not None)}
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def test_an_entry_is_the_whole_story_and_seals_it(conn: sqlite3.Connection) -> None:
    journal.write(conn, stamp(), [put("x", title="Écarts", note=None, tags="", conf=2), put("y", title="b")])
    journal.write(conn, stamp(1, "sophie"), [change("x", title="Fini", note="é", conf=1)], batch=1)
    journal.Chain(conn, stamp(2)).note("person", "p", "PE-1", {"texts": 3})
    assert journal.history(conn, "x") == [
        JournalEntry(
            seq=3, batch=1, at="2026-11-23T07:01:00+00:00", actor="sophie", host="here", action="test",
            entity="blocker", entity_id="x", code="B-1", before={"title": "Écarts", "note": None, "conf": 2},
            after={"title": "Fini", "note": "é", "conf": 1}, reason="why", conf=2, undoes=None,
            hash=conn.execute("SELECT hash FROM journal WHERE seq = 3").fetchone()[0],
        ),
        JournalEntry(
            seq=1, batch=1, at="2026-11-23T07:00:00+00:00", actor="claire", host="here", action="test",
            entity="blocker", entity_id="x", code="B-1", before=None,
            after={"id": "x", "code": "B-1", "created_at": "2026-11-23T07:00:00+00:00", "created_by": "claire",
                   "conf": 2, "title": "Écarts"},
            reason="why", conf=2, undoes=None,
            hash=conn.execute("SELECT hash FROM journal WHERE seq = 1").fetchone()[0],
        ),
    ]  # fmt: skip
    (note,) = journal.history(conn, "p")
    assert (note.seq, note.batch, note.code, note.before, note.after, note.conf) == (
        4,
        4,
        "PE-1",
        {},
        {"texts": 3},
        1,
    )
    (second,) = journal.history(conn, "y")
    assert (second.seq, second.batch, second.code, second.conf) == (2, 1, "B-2", 1)
    previous = "0" * 64
    for row, told in zip(
        conn.execute("SELECT * FROM journal ORDER BY seq").fetchall(), journal.sealed(conn), strict=True
    ):
        values = dict(row)
        assert (values["prev_hash"], values["hash"]) == (previous, sha(previous + text_of(values)))
        assert (told.seq, told.prev_hash, told.hash, told.text) == (
            values["seq"], previous, values["hash"], text_of(values),
        )  # fmt: skip
        previous = values["hash"]
    assert journal.expected_head(conn) == journal.head(conn) == (4, previous)
    salts = {row["salt"] for row in conn.execute("SELECT salt FROM journal")}
    assert (len(salts), {len(bytes.fromhex(salt)) for salt in salts}) == (4, {16}), "128 random bits each"


def test_a_row_is_changed_only_where_it_differs_and_says_when(conn: sqlite3.Connection) -> None:
    journal.write(conn, stamp(), [put("x", title="a", severity="p1")])
    (entry,) = journal.write(conn, stamp(5), [change("x", title="a", severity="p2")])
    assert (entry.before, entry.after) == ({"severity": "p1"}, {"severity": "p2"})
    row = journal.row_of(conn, "blocker", "x")
    assert row is not None
    assert (row["number"], row["updated_at"], row["created_at"], row["conf"]) == (
        1, stamp(5).at, stamp().at, 1,
    )  # fmt: skip
    assert journal.row_of(conn, "blocker", "z") is None


def test_the_code_of_what_is_made_next_is_known(conn: sqlite3.Connection) -> None:
    assert [journal.next_code(conn, "B", n) for n in (0, 2)] == ["B-1", "B-3"]
    journal.write(conn, stamp(), [put("x", title="a"), put("y", title="b")])
    assert (journal.next_code(conn, "B"), journal.next_code(conn, "B", 1), journal.next_code(conn, "D")) == (
        "B-3", "B-4", "D-1",
    )  # fmt: skip


def test_nothing_is_known_of_an_empty_journal(conn: sqlite3.Connection) -> None:
    assert (journal.head(conn), journal.expected_head(conn)) == ((0, "0" * 64), None)
    assert journal.first_at(conn) is None
    assert (journal.head_before(conn, "9999"), journal.actors(conn), journal.entries(conn)) == (0, [], [])
    assert journal.verify(conn) is None
    assert journal.holds(conn, (0, "anything"))
    assert not journal.holds(conn, (1, ""))


def test_what_is_read_of_the_journal_is_the_newest_first(conn: sqlite3.Connection) -> None:
    for n, actor in enumerate(["claire", "ana", "claire", "cockpit"]):
        journal.write(conn, stamp(n, actor), [put(f"{n}", title=f"{n}")])
    seqs = [
        [each.seq for each in journal.entries(conn, **which)]
        for which in (
            {}, {"limit": 2}, {"before_seq": 3}, {"since": stamp(2).at},
            {"since": stamp(1).at, "before_seq": 4, "limit": 1}, {"where": "actor = ?", "args": ("claire",)},
            {"where": "actor = ? OR seq = 2", "args": ("claire",), "limit": 2},
            {"before_seq": 0},
        )
    ]  # fmt: skip
    assert seqs == [[4, 3, 2, 1], [4, 3], [2, 1], [4, 3], [3], [3, 1], [3, 2], []]
    assert journal.actors(conn) == ["ana", "claire", "cockpit"]
    assert journal.first_at(conn) == datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
    assert [journal.head_before(conn, stamp(n).at) for n in range(5)] == [0, 1, 2, 3, 4]
    for n in range(2, 205):
        journal.write(conn, stamp(), [change("0", title=f"{n}")])
    assert len(journal.history(conn, "0")) == len(journal.entries(conn)) == 200
    assert [each.seq for each in journal.history(conn, "0", 2)] == [207, 206]
    assert [each.seq for each in journal.since(conn, "0", 205)] == [207, 206]
    assert [each.seq for each in journal.since(conn, "0", 1)][-1] == 5
    assert journal.since(conn, "1", 2) == []


def test_of_two_entries_of_one_instant_the_last_is_the_one_before_the_next(conn: sqlite3.Connection) -> None:
    journal.write(conn, stamp(), [put("x", title="a"), put("y", title="b")])
    assert journal.head_before(conn, stamp(1).at) == 2


@pytest.mark.parametrize("other", ["ben", "zoe"])
def test_a_field_that_somebody_gave_another_value_since_is_not_written_over(
    conn: sqlite3.Connection, other: str
) -> None:
    journal.write(conn, stamp(), [put("x", title="a", severity="p1", note="n")])
    journal.write(conn, stamp(1, "ana"), [change("x", severity="p2")])
    journal.write(conn, stamp(2, "cockpit"), [change("x", note="m")])
    journal.write(conn, stamp(3, other), [change("x", severity="p3")])
    journal.write(conn, stamp(4), [change("x", title="b"), change("x", note="o")], seen=1)
    assert journal.write(conn, stamp(5), [change("x", severity="p3")], seen=1) == [], "it is so already"
    with pytest.raises(Overtaken) as refused:
        journal.write(conn, stamp(5), [put("z", title="z"), change("x", due="d", severity="p4")], seen=2)
    assert (refused.value.field, refused.value.wrote.seq, refused.value.wrote.actor) == ("severity", 4, other)
    assert str(refused.value) == f"B-1 was changed meanwhile by {other}"
    assert journal.row_of(conn, "blocker", "z") is None, "all or nothing"
    (entry,) = journal.write(conn, stamp(6), [change("x", severity="p4")], seen=4)
    assert entry.before == {"severity": "p3"}
    with pytest.raises(Vanished, match=r"blocker is not there any more: its making was undone"):
        journal.write(conn, stamp(), [change("gone", title="c")])


def forge(conn: sqlite3.Connection, statement: str, *args: object) -> None:
    """What somebody with the file and another program does."""
    rules = conn.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'journal'"
    ).fetchall()
    for rule in rules:
        conn.execute(f"DROP TRIGGER {rule['name']}")
    conn.execute(statement, args)
    for rule in rules:
        conn.execute(rule["sql"])


@pytest.fixture
def five(conn: sqlite3.Connection) -> sqlite3.Connection:
    """A chain of five entries."""
    for n in range(5):
        journal.write(conn, stamp(n), [put(f"{n}", title=f"{n}")])
    return conn


@pytest.mark.parametrize(
    ("statement", "whole", "since_three"),
    [
        ("UPDATE journal SET actor = 'x' WHERE seq = 1", 1, None),
        ("UPDATE journal SET actor = 'x' WHERE seq = 3", 3, None),
        ("UPDATE journal SET hash = 'x' WHERE seq = 3", 3, 3),
        ("UPDATE journal SET actor = 'x' WHERE seq = 4", 4, 4),
        ("UPDATE journal SET prev_hash = 'x' WHERE seq = 5", 5, 5),
        ("DELETE FROM journal WHERE seq = 1", 1, None),
        ("DELETE FROM journal WHERE seq = 3", 3, 3),
        ("DELETE FROM journal WHERE seq = 4", 4, 4),
        ("DELETE FROM journal WHERE seq = 5", 5, 5),
        ("DELETE FROM journal WHERE seq > 1", 2, 2),
        ("DELETE FROM journal", 1, 1),
        ("UPDATE journal SET seq = 7 WHERE seq = 5", 5, 5),
        ("UPDATE journal SET seq = 0 WHERE seq = 1", 1, None),
        ("DELETE FROM memo WHERE name = 'journal_head'", None, None),
        ("UPDATE memo SET value = '6:x' WHERE name = 'journal_head'", 6, 6),
        ("UPDATE memo SET value = '5:x' WHERE name = 'journal_head'", 6, 6),
        ("UPDATE memo SET value = '4:x' WHERE name = 'journal_head'", 6, 6),
        ("UPDATE memo SET value = 'no' WHERE name = 'other'", None, None),
    ],
)
def test_the_first_entry_that_does_not_hold_is_told(
    five: sqlite3.Connection, statement: str, whole: int | None, since_three: int | None
) -> None:
    head = (3, str(five.execute("SELECT hash FROM journal WHERE seq = 3").fetchone()[0]))
    assert (journal.verify(five), journal.verify(five, head), journal.verify(five, (0, ""))) == (
        None,
        None,
        None,
    )
    forge(five, statement)
    assert (journal.verify(five), journal.verify(five, head)) == (whole, since_three)


def test_a_number_that_was_left_out_is_told_however_well_it_is_sealed(five: sqlite3.Connection) -> None:
    row = {**dict(five.execute("SELECT * FROM journal WHERE seq = 5").fetchone()), "seq": 7}
    forge(five, "UPDATE journal SET seq = 7, hash = ? WHERE seq = 5", sha(row["prev_hash"] + text_of(row)))
    five.execute("DELETE FROM memo WHERE name = 'journal_head'")
    assert journal.verify(five) == 5


@pytest.mark.parametrize("link", ["0" * 64, "f" * 64])
def test_an_entry_that_follows_on_another_one_than_the_last_is_told(
    five: sqlite3.Connection, link: str
) -> None:
    row = {**dict(five.execute("SELECT * FROM journal WHERE seq = 3").fetchone()), "prev_hash": link}
    forge(five, "UPDATE journal SET prev_hash = ?, hash = ? WHERE seq = 3", link, sha(link + text_of(row)))
    assert journal.verify(five) == 3


def test_a_chain_that_was_rewritten_whole_is_no_longer_the_one_that_was_verified(
    five: sqlite3.Connection,
) -> None:
    assert journal.verify(five, (3, "f" * 64)) == 3
    assert journal.verify(five, (9, "f" * 64)) == 6, "it goes no further than five"
    kept = journal.head(five)
    assert (journal.holds(five, kept), journal.holds(five, (5, kept[1][:8]))) == (True, True)
    assert not journal.holds(five, (4, kept[1]))
    assert not journal.holds(five, (5, "0" if kept[1][0] != "0" else "1"))
    for published, held in (
        (kept[1], True), (f" {kept[1][:12].upper()}\n", True), ("", False), ("   ", False), ("xyz", False),
        ("--", False),
        ("0" * 12, True), (GENESIS, True), ("f" * 64, False),
    ):  # fmt: skip
        assert journal.holds_head(five, published) is held, published


def erased(conn: sqlite3.Connection, seq: int, by: int) -> None:
    forge(conn, "UPDATE journal SET after = '{}', salt = 'new', erased = ? WHERE seq = ?", by, seq)


def test_what_lost_words_is_sealed_by_the_entry_that_tells_of_it(five: sqlite3.Connection) -> None:
    assert journal.seal_of_erased(five) == sha("")
    erased(five, 2, 6)
    assert journal.verify(five) == 6, "nothing tells of it yet"
    erased(five, 4, 6)
    rows = {row["seq"]: dict(row) for row in five.execute("SELECT * FROM journal")}
    seal = sha("".join(f"{seq} {sha(text_of(rows[seq]))}\n" for seq in (2, 4)))
    assert journal.seal_of_erased(five) == seal
    journal.Chain(five, stamp(9, action="person.erase")).note("person", "p", "PE-1", {"sealed": seal})
    assert journal.verify(five) is None
    assert journal.verify(five, journal.head(five)) is None
    assert [each.seq for each in journal.sealed(five) if each.text is None] == [2, 4]
    forge(five, 'UPDATE journal SET after = \'{"title":"forged"}\' WHERE seq = 4')
    assert journal.verify(five) == 6
    erased(five, 4, 6)
    assert journal.verify(five) is None
    journal.write(five, stamp(10), [put("z", title="z")])
    erased(five, 3, 7)
    assert journal.verify(five) == 7, "an entry that tells of no erasure seals none"


@pytest.mark.parametrize("action", ["blocker.edit", "person.edit", "row.put_back"])
def test_only_an_erasure_seals_what_lost_words(five: sqlite3.Connection, action: str) -> None:
    erased(five, 2, 6)
    journal.Chain(five, stamp(9, action=action)).note(
        "person", "p", "PE-1", {"sealed": journal.seal_of_erased(five)}
    )
    assert journal.verify(five) == 6


def test_what_stands_before_the_first_entry_that_was_verified_is_not_read_again(
    five: sqlite3.Connection,
) -> None:
    first = str(five.execute("SELECT hash FROM journal WHERE seq = 1").fetchone()[0])
    forge(five, "UPDATE journal SET actor = 'x' WHERE seq = 1")
    assert [journal.verify(five, since) for since in (None, (0, first), (1, first))] == [1, 1, None]


def test_a_file_of_before_there_was_salt_is_written_and_verified_as_it_was() -> None:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as conn:
        conn.row_factory = sqlite3.Row
        first = ("seq", "batch", "at", "actor", "host", "action", "entity", "entity_id", "code", "before", "after",
                 "reason", "conf", "undoes", "prev_hash", "hash")  # fmt: skip
        conn.execute(f"CREATE TABLE journal ({', '.join(first)})")
        conn.execute("CREATE TABLE memo (name PRIMARY KEY, value)")
        chain = journal.Chain(conn, stamp())
        chain.note("person", "p", "PE-1", {"a": 1})
        chain.append("person", "p", {"code": "PE-1", "conf": 2, "name": "a"}, None)
        assert journal.verify(conn) is None
        row = dict(conn.execute("SELECT * FROM journal WHERE seq = 2").fetchone())
        assert row["hash"] == sha(row["prev_hash"] + text_of(row))
        assert (row["before"], row["after"], row["conf"], row["batch"]) == (
            '{"code":"PE-1","conf":2,"name":"a"}', None, 2, 1,
        )  # fmt: skip


def test_the_first_format_is_hashed_with_what_is_empty_in_it(conn: sqlite3.Connection) -> None:
    journal.write(conn, Stamp(at="2026-11-23T07:00:00+00:00", actor="a", action="t"), [put("x", title="a")])
    (sealed,) = journal.sealed(conn)
    told = json.loads(sealed.text or "")
    assert set(told) == {
        "seq", "batch", "at", "actor", "host", "action", "entity", "entity_id", "code", "before", "after", "reason",
        "conf", "undoes", "prev_hash", "salt",
    }  # fmt: skip
    assert (told["before"], told["undoes"], told["host"], told["reason"]) == (None, None, "", "")


# Undo: what one person takes back, step by step, and what stops it.


def title(conn: sqlite3.Connection, id: str) -> str | None:
    row = journal.row_of(conn, "blocker", id)
    return None if row is None else str(row["title"])


def test_steps_are_taken_back_and_done_again_in_turn(conn: sqlite3.Connection) -> None:
    assert (undo.can_undo(conn, "claire"), undo.can_redo(conn, "claire"), undo.undo(conn, stamp())) == (
        False,
        False,
        [],
    )
    assert (undo.next_undone(conn, "claire"), undo.next_redone(conn, "claire")) == ([], [])
    journal.write(conn, stamp(1), [put("x", title="a"), put("y", title="b")])
    journal.write(conn, stamp(2), [change("x", title="c")])
    journal.write(conn, stamp(2, "ana"), [put("z", title="z")])
    assert [each.seq for each in undo.next_undone(conn, "claire")] == [3]
    (back,) = undo.undo(conn, stamp(3, action="undo"))
    assert (back.seq, back.batch, back.undoes, back.before, back.after) == (
        5,
        5,
        3,
        {"title": "c"},
        {"title": "a"},
    )
    assert [each.seq for each in undo.next_undone(conn, "claire")] == [1, 2]
    assert [each.seq for each in undo.next_redone(conn, "claire")] == [5]
    gone = undo.undo(conn, stamp(4))
    assert [(each.code, each.after, each.undoes) for each in gone] == [("B-2", None, 1), ("B-1", None, 1)]
    assert (title(conn, "x"), title(conn, "y"), title(conn, "z")) == (None, None, "z")
    assert [each.seq for each in undo.next_redone(conn, "claire")] == [6, 7]
    assert (undo.can_undo(conn, "claire"), undo.can_redo(conn, "claire")) == (False, True)
    assert undo.undo(conn, stamp(4)) == []
    again = undo.redo(conn, stamp(5))
    assert [(each.code, each.before) for each in again] == [("B-1", None), ("B-2", None)]
    assert (title(conn, "x"), title(conn, "y")) == ("a", "b")
    row = journal.row_of(conn, "blocker", "y")
    assert row is not None
    assert (row["number"], row["code"], row["updated_at"]) == (2, "B-2", stamp(5).at)
    assert [each.seq for each in undo.next_redone(conn, "claire")] == [5]
    undo.redo(conn, stamp(6))
    assert (title(conn, "x"), undo.can_redo(conn, "claire"), undo.can_undo(conn, "claire")) == (
        "c",
        False,
        True,
    )
    assert undo.redo(conn, stamp(6)) == []
    for _turn in range(3):
        undo.undo(conn, stamp(6))
        assert (title(conn, "x"), undo.can_undo(conn, "claire")) == ("a", True)
        undo.redo(conn, stamp(6))
        assert (title(conn, "x"), undo.can_redo(conn, "claire")) == ("c", False)
    undo.undo(conn, stamp(7))
    journal.write(conn, stamp(8), [change("y", title="new")])
    assert (undo.can_redo(conn, "claire"), undo.redo(conn, stamp(9))) == (False, []), (
        "something new was done since"
    )
    assert (undo.can_undo(conn, "ana"), undo.can_redo(conn, "ana"), undo.can_undo(conn, "ben")) == (
        True,
        False,
        False,
    )


def test_what_the_program_put_back_or_erased_is_no_step_of_a_person(conn: sqlite3.Connection) -> None:
    journal.write(conn, stamp(1), [put("x", title="a")])
    journal.write(conn, stamp(2, action="row.put_back"), [change("x", title="b")])
    journal.Chain(conn, stamp(3, action="person.erase")).note("person", "p", "PE-1", {})
    assert [each.seq for each in undo.next_undone(conn, "claire")] == [1]


@pytest.mark.parametrize(("field", "value"), [("title", "b"), ("title", "A"), ("note", "b")])
def test_a_record_that_somebody_else_changed_since_it_was_made_stays(
    conn: sqlite3.Connection, field: str, value: str
) -> None:
    journal.write(conn, stamp(1), [put("x", title="a")])
    journal.write(conn, stamp(2, "ana"), [change("x", **{field: value})])
    with pytest.raises(undo.UndoConflict) as refused:
        undo.undo(conn, stamp(3))
    assert (refused.value.code, refused.value.by) == ("B-1", "ana")
    assert str(refused.value) == "B-1 was changed since by ana: change it by hand"
    assert title(conn, "x") is not None


def test_what_somebody_filled_and_emptied_again_is_no_obstacle(conn: sqlite3.Connection) -> None:
    journal.write(conn, stamp(1), [put("x", title="a")])
    for note in ("b", "", None):
        journal.write(conn, stamp(2, "ana"), [change("x", note=note)])
    undo.undo(conn, stamp(3))
    assert title(conn, "x") is None


def test_what_no_entry_tells_is_not_taken_back(conn: sqlite3.Connection) -> None:
    journal.write(conn, stamp(1), [put("x", title="a")])
    conn.execute("UPDATE blocker SET title = 'forged'")
    with pytest.raises(undo.UndoConflict, match="by claire"):
        undo.undo(conn, stamp(2))
    journal.write(conn, stamp(2), [put("y", title="b")])
    conn.execute("DELETE FROM blocker WHERE id = 'y'")
    with pytest.raises(undo.UndoConflict, match="B-2 was changed since by claire"):
        undo.undo(conn, stamp(3))


def function(id: str, **values: Any) -> Put:
    return Put("function", id, {"name": id, **values}, "FN")


def test_a_record_that_others_hold_on_to_is_not_unmade(conn: sqlite3.Connection) -> None:
    journal.write(conn, stamp(1), [function("f")])
    journal.write(conn, stamp(2, "ana"), [put("x", title="a", function="FN-1")])
    with pytest.raises(undo.UndoConflict, match="FN-1 was changed since by claire"):
        undo.undo(conn, stamp(3))


def clock(id: str, **values: Any) -> Put:
    said = {
        "title": "VPN",
        "blocker": "B-1",
        "metric": "resolution",
        "cycle": 1,
        "state": "running",
        **values,
    }
    return Put("clock", id, said, "CK")


@pytest.mark.parametrize(("other", "pause"), [("ana", "night"), ("zoe", "away")])
def test_what_the_program_made_of_a_record_goes_with_it_unless_somebody_worked_on_it(
    conn: sqlite3.Connection, other: str, pause: str
) -> None:
    journal.write(conn, stamp(1), [put("x", title="VPN")])
    journal.write(conn, stamp(2, "cockpit"), [clock("c"), clock("d", blocker="B-9", title="B-1")])
    journal.write(conn, stamp(3, "cockpit"), [Put("clock", "c", {"pause": "client"})])
    journal.write(conn, stamp(4, other), [Put("clock", "c", {"pause": pause})])
    with pytest.raises(undo.UndoConflict) as refused:
        undo.undo(conn, stamp(5))
    assert (refused.value.code, refused.value.by) == ("CK-1", other)
    journal.write(conn, stamp(6, other), [Put("clock", "c", {"pause": "client", "pause_note": "n"})])
    gone = undo.undo(conn, stamp(7))
    assert [(each.entity, each.code, each.after) for each in gone] == [
        ("clock", "CK-1", None), ("clock", "CK-2", None), ("blocker", "B-1", None),
    ]  # fmt: skip
    assert title(conn, "x") is None


def test_a_clock_that_a_person_made_stays_when_its_blocker_goes(conn: sqlite3.Connection) -> None:
    journal.write(conn, stamp(1), [put("x", title="VPN")])
    journal.write(conn, stamp(2, "ana"), [clock("c")])
    journal.write(conn, stamp(2, "cockpit"), [clock("d", blocker="B-11", title="of B-1")])
    gone = undo.undo(conn, stamp(3))
    assert [each.code for each in gone] == ["B-1"]


def test_a_meeting_in_which_something_happened_is_not_taken_back(conn: sqlite3.Connection) -> None:
    journal.write(conn, stamp(1), [Put("ritual", "r", {"name": "Point", "rule": "mon 09:00"}, "RT")])
    said = {"ritual": "RT-1", "planned_at": stamp().at, "status": "planned"}
    journal.write(conn, stamp(2, "cockpit"), [Put("occurrence", "o", said, "OC")])
    code = journal.history(conn, "o")[0].code
    for seq in (1, 2):
        conn.execute("INSERT INTO live_event VALUES (?, ?, ?, 'x', '{}')", (code, seq, stamp().at))
        if seq == 1:
            conn.execute("SAVEPOINT one")
            assert [each.code for each in undo.undo(conn, stamp(3))] == [code, "RT-1"], "it only began"
            conn.execute("ROLLBACK TO one")
            conn.execute("RELEASE one")
    with pytest.raises(undo.HasBegun, match=f"{code} has begun: what was done in it would be lost"):
        undo.undo(conn, stamp(3))


@pytest.mark.parametrize("other", ["ana", "zoe"])
def test_a_change_takes_with_it_what_the_program_noted_of_a_clock_since(
    conn: sqlite3.Connection, other: str
) -> None:
    journal.write(conn, stamp(1), [clock("c", consumed_s=0)])
    journal.write(conn, stamp(2), [Put("clock", "c", {"pause": "client"})])
    for consumed in (60, 120):
        journal.write(conn, stamp(3, "cockpit"), [Put("clock", "c", {"consumed_s": consumed})])
    journal.write(conn, stamp(3, other), [Put("clock", "c", {"pause_note": "n", "overrun_s": 5})])
    (back,) = undo.undo(conn, stamp(4))
    assert back.before == {"pause": "client", "consumed_s": 120}
    assert back.after == {"pause": None, "consumed_s": 0}
    row = journal.row_of(conn, "clock", "c")
    assert row is not None
    assert row["updated_at"] == stamp(4).at
