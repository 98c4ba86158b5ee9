"""What the file was, what is taken out of it, what is hidden and what proves it: each answer whole."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cockpit.domain.records.confidentiality import BLANK, restricted
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.blocker import Blocker
from cockpit.store import (
    calendar_versions,
    erasure,
    full_text,
    holidays,
    journal,
    people,
    proof,
    records,
    veil,
)
from cockpit.store.connection import connect
from cockpit.store.erasure import Found
from cockpit.store.journal import Put, Stamp
from cockpit.store.past import Past, PastEntry
from cockpit.store.proof import Difference
from cockpit.store.rewind import rewind

START = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
MINUTE, HOUR, DAY = (timedelta(seconds=n) for n in (60, 3600, 86_400))


def at(minute: int) -> str:
    return records.instant(START + minute * MINUTE)


def stamp(minute: int = 0, actor: str = "claire", action: str = "test", **said: str) -> Stamp:
    return Stamp(at=at(minute), actor=actor, action=action, **said)


@pytest.fixture
def conn(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with closing(connect(tmp_path / "a.db")) as opened:
        yield opened


def put(
    conn: sqlite3.Connection, minute: int, id: str, table: str = "blocker", prefix: str = "", **values: Any
) -> None:
    journal.write(conn, stamp(minute), [Put(table, id, values, prefix)])


# What it was.


def past(conn: sqlite3.Connection, since: int, now: int, **more: Any) -> Past:
    tables: dict[str, tuple[str, tuple[Any, ...]]] = {"blocker": ("1", ())}
    return Past(conn, tables, since=START + since * MINUTE, now=START + now * MINUTE, **more)


def test_records_are_taken_back_entry_by_entry(conn: sqlite3.Connection) -> None:
    put(conn, 1, "x", prefix="B", title="a")
    put(conn, 2, "y", prefix="B", title="b", severity="p1")
    put(conn, 3, "f", "function", prefix="FN", name="Payroll")
    put(conn, 4, "x", title="c")
    put(conn, 5, "x", title="d", note="n")
    found = past(conn, 2, 9)
    assert found.entries == [
        PastEntry(2, at(2), "claire", "test", "blocker", "y", "B-2", None, found.entries[0].after, False),
        PastEntry(3, at(3), "claire", "test", "function", "f", "FN-1", None, found.entries[1].after, False),
        PastEntry(4, at(4), "claire", "test", "blocker", "x", "B-1", '{"title":"a"}', '{"title":"c"}', False),
        PastEntry(5, at(5), "claire", "test", "blocker", "x", "B-1", '{"note":null,"title":"c"}',
                  '{"note":"n","title":"d"}', False),
    ]  # fmt: skip
    assert [found.count_until(START + n * MINUTE) for n in (1, 2, 3, 4, 5, 6)] == [0, 1, 2, 3, 4, 4]
    seen = []
    for minute in (9, 5, 4, 3, 2, 1):
        found.back_to(START + minute * MINUTE)
        blockers = [each for each in found.records("blocker") if isinstance(each, Blocker)]
        seen.append([(each.code, each.title, each.note, each.severity) for each in blockers])
        assert [row["title"] for row in found.rows("blocker")] == [each.title for each in blockers]
    found.back_to(START + 9 * MINUTE)
    assert [row["title"] for row in found.rows("blocker")] == ["a"], "it only goes back"
    later, now = ("B-2", "b", "", "p1"), ("B-1", "d", "n", "p3")
    assert seen == [
        [now, later], [now, later], [("B-1", "c", "", "p3"), later], [("B-1", "a", "", "p3"), later],
        [("B-1", "a", "", "p3"), later], [("B-1", "a", "", "p3")],
    ]  # fmt: skip
    assert len(past(conn, 2, 9, only=True).entries) == 3, "of the registers that are asked alone"
    assert past(conn, 6, 9).entries == []


def test_what_was_undone_is_there_again_before_it_was(conn: sqlite3.Connection) -> None:
    from cockpit.store import undo

    put(conn, 1, "x", prefix="B", title="a")
    undo.undo(conn, stamp(3))
    found = past(conn, 0, 9)
    assert found.records("blocker") == []
    found.back_to(START + 2 * MINUTE)
    assert [(row["code"], row["title"]) for row in found.rows("blocker")] == [("B-1", "a")]
    found.back_to(START)
    assert found.rows("blocker") == []


def test_an_entry_whose_clock_was_wrong_counts_as_of_the_one_before_it(conn: sqlite3.Connection) -> None:
    for minute, id in ((5, "a"), (60, "b"), (4, "c"), (7, "d"), (6, "e"), (9, "f")):
        put(conn, minute, id, prefix="B", title=id)
    assert [(each.id, each.at, each.is_misdated) for each in past(conn, 5, 9).entries] == [
        ("a", at(5), False), ("b", at(5), True), ("c", at(5), True), ("d", at(7), False), ("e", at(7), True),
        ("f", at(9), False),
    ]  # fmt: skip
    assert [each.id for each in past(conn, 6, 8).entries] == ["d", "e", "f"]


def test_a_copy_is_turned_into_what_it_was(conn: sqlite3.Connection) -> None:
    put(conn, 1, "x", prefix="B", title="a")
    put(conn, 2, "y", prefix="B", title="b")
    put(conn, 3, "x", title="c", conf=3)
    put(conn, 4, "z", prefix="B", title="z")
    conn.execute("INSERT INTO draft (who, place, text, at) VALUES ('', 'p', 't', ?)", (at(1),))
    for source, state, minute in (
        ("s", "operational", 1),
        ("s", "degraded", 2),
        ("s", "degraded", 30),
        ("t", "degraded", 40),
    ):
        conn.execute("INSERT INTO status_sample VALUES (?, ?, ?)", (source, at(minute), state))
    for source in ("s", "t"):
        conn.execute(
            "INSERT INTO status_reading (source, at, state, since, nearest, streak, last, run, reported, confidence,"
            " complete, page, page_id, indicator, components, warnings) VALUES (?, ?, 'major_outage', ?, 'degraded', 4,"
            " 'degraded', 2, 'major_outage', 'high', 1, 'P', '', 'i', '[1]', '[2]')", (source, at(50), at(50)),
        )  # fmt: skip
        conn.execute(
            "INSERT INTO source_state (kind, key, last_try, last_ok, fails, last_error, last_failure)"
            " VALUES ('status', ?, ?, ?, 3, 'e', 'server')", (source, at(50), at(50)),
        )  # fmt: skip
    conn.execute(
        "INSERT INTO alert (key, kind, level, subject, target, first_at, last_at, over_at, told_at)"
        " VALUES ('k', 'old', 1000, 's', 't', ?, ?, ?, ?), ('l', 'old', 1000, 's', 't', ?, ?, NULL, NULL)",
        (at(1), at(9), at(9), at(2), at(3), at(3)),
    )
    for key, began, closed in (("open", 1, 9), ("over", 1, 2), ("later", 3, 9)):
        conn.execute(
            "INSERT INTO incident (source, key, title, impact, phase, resolved_at, components, link, message,"
            " first_seen, closed_by) VALUES ('s', ?, '', 'degraded', 'resolved', ?, '[]', '', '', ?, 'source')",
            (key, at(closed), at(began)),
        )
    conn.execute("INSERT INTO incident_update VALUES (1, 'u', ?, 'monitoring', '')", (at(1),))
    conn.execute("INSERT INTO incident_update VALUES (1, 'v', ?, 'resolved', '')", (at(9),))
    assert rewind(conn, START + 2 * MINUTE, START + 60 * MINUTE) == 2
    alerts = conn.execute("SELECT key, over_at, told_at FROM alert").fetchall()
    assert [tuple(row) for row in alerts] == [("k", None, at(2))], "what ended later had not ended"
    incidents = conn.execute(
        "SELECT key, resolved_at, closed_by, phase FROM incident ORDER BY key"
    ).fetchall()
    assert [tuple(row) for row in incidents] == [
        ("open", None, "", "monitoring"),
        ("over", at(2), "source", "resolved"),
    ]
    rows = conn.execute("SELECT code, title, conf, updated_at FROM blocker ORDER BY number").fetchall()
    assert [tuple(row) for row in rows] == [("B-1", "a", 3, at(1)), ("B-2", "b", 1, at(2))]
    assert (journal.verify(conn), journal.head(conn)[0]) == (None, 2)
    assert conn.execute("SELECT count(*) FROM draft").fetchone()[0] == 0
    (reading,) = conn.execute("SELECT * FROM status_reading").fetchall()
    assert {name: reading[name] for name in ("source", "at", "state", "since", "nearest", "streak", "last", "reported",
                                             "indicator", "components", "warnings")} == {
        "source": "s", "at": at(2), "state": "degraded", "since": at(2), "nearest": None, "streak": 0, "last": None,
        "reported": "degraded", "indicator": "", "components": "[]", "warnings": "[]",
    }  # fmt: skip
    states = conn.execute(
        "SELECT key, last_try, last_ok, fails, last_error, last_failure FROM source_state ORDER BY key"
    )
    assert [tuple(row) for row in states] == [
        ("s", at(2), at(2), 0, "", None),
        ("t", at(2), None, 0, "", None),
    ]


@pytest.mark.parametrize(("heard", "known"), [(179, True), (180, False), (181, False)])
def test_a_source_that_was_silent_for_three_hours_was_not_heard_then(
    conn: sqlite3.Connection, heard: int, known: bool
) -> None:
    """The last sample that long before: it was heard at that moment, or last when it was."""
    conn.execute("INSERT INTO status_sample VALUES ('s', ?, 'operational')", (at(0),))
    conn.execute("INSERT INTO source_state (kind, key, last_try) VALUES ('status', 's', ?)", (at(500),))
    assert rewind(conn, START + heard * MINUTE, START + 600 * MINUTE) == 0
    last = conn.execute("SELECT last_ok FROM source_state").fetchone()[0]
    assert last == (at(heard) if known else at(0))


# What is taken out of it.


def cleared(text: str) -> str:
    return text.replace("Zoé", "PE-1").replace("Ana", "PE-2")


def test_every_text_that_would_change_is_found_in_its_table(conn: sqlite3.Connection) -> None:
    put(conn, 1, "x", prefix="B", title="Call Zoé", note="", next_step="Bank")
    conn.execute("INSERT INTO memo VALUES ('Zoé', 'kept')")
    conn.execute("INSERT INTO memo VALUES ('who', 'Ana')")
    conn.execute("INSERT INTO draft (who, place, text, at) VALUES ('Zoé', 'p', 'to Zoé', ?)", (at(1),))
    conn.execute("INSERT INTO status_sample VALUES ('Zoé', ?, 'degraded')", (at(1),))
    conn.execute("CREATE VIRTUAL TABLE extra USING fts5 (a)")
    conn.execute("INSERT INTO extra VALUES ('Zoé')")
    found = {
        (each.table, each.column, each.text, each.cleared, each.key) for each in erasure.found(conn, cleared)
    }
    assert found == {
        ("blocker", "title", "Call Zoé", "Call PE-1", ("number",)),
        ("memo", "name", "Zoé", "PE-1", ("name",)),
        ("memo", "value", "Ana", "PE-2", ("name",)),
        ("status_sample", "source", "Zoé", "PE-1", ("source", "at")),
        ("draft", "who", "Zoé", "PE-1", ("who", "place")),
        ("draft", "text", "to Zoé", "to PE-1", ("who", "place")),
    }


def test_texts_that_are_stored_as_bytes_stay_bytes_and_what_is_no_text_stays(
    conn: sqlite3.Connection,
) -> None:
    conn.execute("CREATE TABLE heap (a BLOB, b BLOB, c INTEGER)")
    conn.execute("INSERT INTO heap VALUES (?, ?, 7)", ("Zoé".encode(), "Zoé".encode("latin-1")))
    (found,) = (each for each in erasure.found(conn, cleared) if each.table == "heap")
    assert found == Found("heap", "a", found.row, "Zoé", b"PE-1", ("rowid",))
    assert (found.row["rowid"], found.row["c"]) == (1, 7)


def test_the_entries_that_would_change_are_told_column_by_column(conn: sqlite3.Connection) -> None:
    journal.write(
        conn,
        stamp(1, "Zoé", reason="Zoé asked", host="pc"),
        [Put("person", "p", {"name": "Zoé", "contact": "z@x"}, "PE")],
    )
    journal.write(conn, stamp(2), [Put("person", "p", {"role": "Head", "contact": "y@x"})])
    put(conn, 3, "x", prefix="B", title="Zoé?")
    for id in "az":
        put(conn, 4, id, "person", prefix="PE", name="Luc", contact="l@x")
    put(conn, 5, "p", "person", role="Chief")
    journal.write(conn, stamp(6, "Ana"), [Put("blocker", "x", {"note": "n"})])
    told = dict(erasure.told(conn, cleared, ("p", "contact")))
    assert set(told) == {1, 2, 3, 7}
    assert told[7] == {"actor": "PE-2"}
    assert set(told[1]) == {"actor", "reason", "after"}
    assert (told[1]["actor"], told[1]["reason"]) == ("PE-1", "PE-1 asked")
    after = json.loads(told[1]["after"])
    assert (after["name"], after["contact"], after["created_by"]) == ("PE-1", "", "PE-1")
    assert {side: json.loads(text) for side, text in told[2].items()} == {
        "before": {"contact": "", "role": None}, "after": {"contact": "", "role": "Head"},
    }  # fmt: skip
    assert json.loads(told[3]["after"])["title"] == "PE-1?"


def test_an_erasure_leaves_a_chain_that_holds_and_rows_that_it_proves(conn: sqlite3.Connection) -> None:
    journal.write(conn, stamp(1), [Put("person", "p", {"name": "Zoé", "contact": "z@x", "pillar": 0}, "PE")])
    put(conn, 2, "x", prefix="B", title="Call Zoé")
    put(conn, 3, "y", prefix="B", title="Bank")
    conn.execute("INSERT INTO draft (who, place, text, at) VALUES ('Zoé', 'of Zoé', 'to Zoé', ?)", (at(1),))
    texts, entries = erasure.erase(
        conn, stamp(4, action="person.erase"), cleared, ("person", "p", "PE-1"), "contact"
    )
    assert (texts, entries) == (5, 2)
    person = journal.row_of(conn, "person", "p")
    assert person is not None
    assert (person["name"], person["contact"], person["updated_at"]) == ("PE-1", "", at(4))
    assert tuple(conn.execute("SELECT who, place, text FROM draft").fetchone()) == (
        "PE-1", "of PE-1", "to PE-1",
    )  # fmt: skip
    assert (journal.verify(conn), proof.differences(conn)) == (None, ())
    changed = conn.execute("SELECT seq, erased FROM journal WHERE erased IS NOT NULL ORDER BY seq").fetchall()
    assert [tuple(row) for row in changed] == [(1, 4), (2, 4)]
    salts = {row["salt"] for row in conn.execute("SELECT salt FROM journal WHERE erased IS NOT NULL")}
    assert (len(salts), {len(bytes.fromhex(salt)) for salt in salts}) == (2, {16})
    (told,) = erasure.erasures(conn)
    assert (told.seq, told.code, told.after) == (
        4, "PE-1", {"texts": 5, "entries": 2, "sealed": journal.seal_of_erased(conn)},
    )  # fmt: skip
    assert erasure.erasures(conn, 3) == [told]
    assert erasure.erasures(conn, 4) == []
    assert full_text.search(conn, "zoé", 9) == {}
    assert full_text.search(conn, "call", 9) == {"blocker": ["B-1"]}
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        conn.execute("UPDATE journal SET actor = 'x'")
    assert erasure.compact(conn)


def test_a_file_that_somebody_reads_is_not_made_smaller_at_once(
    conn: sqlite3.Connection, tmp_path: Path
) -> None:
    put(conn, 1, "x", prefix="B", title="a")
    with closing(connect(tmp_path / "a.db")) as other:
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM blocker").fetchone()
        conn.execute("PRAGMA busy_timeout = 1")
        assert not erasure.compact(conn)
        other.execute("ROLLBACK")
    conn.execute("PRAGMA journal_mode = DELETE")
    assert erasure.compact(conn), "nothing lies beside it"


# What proves it.


def forge(conn: sqlite3.Connection, *statements: str) -> None:
    for statement in statements:
        conn.execute(statement)


def test_each_difference_is_told_whole_and_put_back(conn: sqlite3.Connection) -> None:
    put(conn, 1, "x", prefix="B", title="a")
    put(conn, 2, "y", prefix="B", title="b")
    put(conn, 3, "x", title="c")
    before = proof.counts(conn)
    assert {name: n for name, n in before.items() if n} == {"blocker": 2}
    assert set(before) == set(REGISTERS)
    row = journal.row_of(conn, "blocker", "y")
    forge(conn, "UPDATE blocker SET title = 'forged', number = 9 WHERE id = 'x'", "DELETE FROM blocker WHERE id = 'y'",
          "INSERT INTO blocker (number, id, code, created_at, created_by, updated_at, conf, title)"
          " SELECT 7, 'z', 'B-7', created_at, created_by, updated_at, 1, title FROM blocker")  # fmt: skip
    found = proof.differences(conn)
    assert found[:2] == (
        Difference("blocker", "z", "B-7", "", found[0].stored, None), Difference("blocker", "x", "B-1", "number", 9, 1),
    )  # fmt: skip
    assert found[0].stored["title"] == "forged"
    assert found[2:] == (
        Difference("blocker", "x", "B-1", "title", "forged", "c"),
        Difference("blocker", "y", "B-2", "", None, found[3].told),
    )  # fmt: skip
    assert found[3].told == {
        "id": "y", "code": "B-2", "title": "b", "conf": 1, "created_at": at(2), "created_by": "claire",
        "updated_at": at(2),
    }  # fmt: skip
    assert {(each.id, each.field) for each in proof.differences(conn, 2)} == {("x", "number"), ("x", "title")}
    assert {(each.id, each.field) for each in proof.differences(conn, 1)} == {
        ("x", "number"),
        ("x", "title"),
        ("y", ""),
    }
    back = {
        code: proof.restore(conn, stamp(9), REGISTERS["blocker"], code)
        for code in ("B-1", "B-2", "B-7", "B-8")
    }
    assert [(each.before, each.after) for each in back["B-1"]] == [({"title": "forged"}, {"title": "c"})]
    assert [(each.before, each.code) for each in back["B-2"]] == [(None, "B-2")]
    assert [(each.after, each.code) for each in back["B-7"]] == [(None, "B-7")]
    assert back["B-8"] == []
    assert proof.restore(conn, stamp(9), REGISTERS["blocker"], "B-1") == [], "it is so already"
    assert (proof.differences(conn), journal.verify(conn)) == ((), None)
    again = journal.row_of(conn, "blocker", "y")
    assert row is not None
    assert again == {**row, "updated_at": at(9)}


def test_a_row_that_nobody_wrote_makes_room_for_the_one_whose_code_it_took(conn: sqlite3.Connection) -> None:
    """Whatever their ids are called, and in whichever order they are found."""
    for n in range(8):
        put(conn, n, f"row {n}", prefix="B", title=f"{n}")
        conn.execute("UPDATE blocker SET id = ? WHERE id = ?", (f"taken {n}", f"row {n}"))
        gone, back = proof.restore(conn, stamp(9), REGISTERS["blocker"], f"B-{n + 1}")
        assert (gone.entity_id, gone.after, back.entity_id, back.before) == (
            f"taken {n}",
            None,
            f"row {n}",
            None,
        )
    assert proof.differences(conn) == ()


def test_how_many_rows_there_should_be_follows_from_the_entries_since(conn: sqlite3.Connection) -> None:
    from cockpit.store import undo

    put(conn, 1, "x", prefix="B", title="a")
    put(conn, 2, "f", "function", prefix="FN", name="F")
    put(conn, 3, "x", title="b")
    put(conn, 4, "y", prefix="B", title="c")
    put(conn, 5, "z", prefix="B", title="d")
    undo.undo(conn, stamp(6))
    should = [
        {name: n for name, n in proof.counts_since(conn, before, since).items() if n}
        for before, since in (
            ({}, 0),
            ({"blocker": 1, "function": 1}, 2),
            ({"blocker": 5}, 5),
            ({"blocker": 2}, 6),
        )
    ]
    assert should == [
        {"blocker": 2, "function": 1}, {"blocker": 2, "function": 1}, {"blocker": 4}, {"blocker": 2},
    ]  # fmt: skip
    journal.Chain(conn, stamp(7)).append("old_register", "o", None, {"code": "OR-1"})
    assert proof.counts_since(conn, {}, 6)["old_register"] == 1, "a register that is no more"
    assert proof.told_row(conn, "z") is None
    assert proof.told_row(conn, "never") is None
    told = proof.told_row(conn, "x")
    assert told is not None
    assert (told["title"], told["updated_at"]) == ("b", at(3))


# What is hidden of it.


def test_the_veil_hides_what_is_above_its_level_and_what_speaks_of_it(conn: sqlite3.Connection) -> None:
    for n, conf in enumerate((1, 2, 3), 1):
        put(conn, 1, f"b{n}", prefix="B", title=f"T{n}", conf=conf, spent_minutes=30)
        put(conn, 1, f"e{n}", "escalation", prefix="ES", question="Who?", blocker=f"B-{n}")
    put(conn, 2, "p", "person", prefix="PE", name="Zoé", loaded_rate=5000, conf=2)
    veil.draw(conn, 1, writing=True)
    word = restricted()

    def seen() -> list[list[Any]]:
        return [
            [row["title"] for row in conn.execute("SELECT title FROM blocker ORDER BY number")],
            [
                (row["question"], row["conf"])
                for row in conn.execute("SELECT question, conf FROM escalation ORDER BY number")
            ],
            [
                row["spent_minutes"]
                for row in conn.execute("SELECT spent_minutes FROM blocker ORDER BY number")
            ],
        ]

    assert seen() == [["T1", word, word], [("Who?", 1), (word, 2), (word, 2)], [30, None, None]]
    assert [veil.hides(conn, "blocker", id) for id in ("b1", "b2", "b3", "b9")] == [None, "B-2", "B-3", None]
    assert tuple(conn.execute("SELECT name, loaded_rate FROM person").fetchone()) == (word, None)
    veil.set_level(conn, 2)
    assert seen() == [["T1", "T2", word], [("Who?", 1), ("Who?", 1), (word, 3)], [30, 30, None]]
    assert [veil.hides(conn, "blocker", id) for id in ("b1", "b2", "b3")] == [None, None, "B-3"]
    assert tuple(conn.execute("SELECT name, loaded_rate FROM person").fetchone()) == ("Zoé", 5000)
    put(conn, 3, "b1", title="written")
    assert seen()[0][0] == "written"


def test_a_running_order_that_names_what_is_hidden_is_hidden_and_no_other_text_is(
    conn: sqlite3.Connection,
) -> None:
    put(conn, 1, "a", prefix="B", title="A", note='like "B-2"')
    put(conn, 1, "b", prefix="B", title="B", conf=2)
    put(conn, 1, "r", "ritual", prefix="RT", name="Point", rule="mon 09:00")
    put(conn, 1, "p", "priority", prefix="P", title="Next", note='before "B-2"')
    for n, agenda in enumerate(('["B-1"]', '["B-2"]', '["B-22"]')):
        put(conn, 1, f"o{n}", "occurrence", prefix="OC", ritual="RT-1", planned_at=at(n), status="planned",
            agenda=agenda, minutes_path="of B-2")  # fmt: skip
    veil.draw(conn, 1)
    rows = conn.execute("SELECT agenda, minutes_path FROM occurrence ORDER BY number").fetchall()
    assert [tuple(row) for row in rows] == [('["B-1"]', "of B-2"), (BLANK, "of B-2"), ('["B-22"]', "of B-2")]
    assert conn.execute("SELECT note FROM blocker WHERE code = 'B-1'").fetchone()[0] == 'like "B-2"'
    assert conn.execute("SELECT note FROM priority").fetchone()[0] == 'before "B-2"'
    told = {row["entity_id"]: row["after"] for row in conn.execute("SELECT entity_id, after FROM journal")}
    assert [restricted() in told[id] for id in ("o0", "o1", "o2", "a", "b")] == [
        False,
        True,
        False,
        False,
        True,
    ]


def test_a_veil_that_does_not_write_writes_nothing(conn: sqlite3.Connection) -> None:
    veil.draw(conn, 1)
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        put(conn, 1, "b", prefix="B", title="a")


def test_the_journal_tells_nothing_of_what_was_confidential_once(conn: sqlite3.Connection) -> None:
    put(conn, 1, "a", prefix="B", title="A", note="n")
    put(conn, 2, "b", prefix="B", title="B", conf=2)
    put(conn, 3, "b", conf=1)
    put(conn, 4, "c", prefix="B", title="C")
    conn.execute("UPDATE blocker SET conf = 3 WHERE id = 'c'")
    journal.write(conn, stamp(5, reason="why"), [Put("blocker", "a", {"note": "m"})])
    veil.draw(conn, 1)
    rows = {row["seq"]: dict(row) for row in conn.execute("SELECT seq, before, after, reason FROM journal")}
    assert (rows[5]["before"], rows[5]["after"], rows[5]["reason"]) == ('{"note":"n"}', '{"note":"m"}', "why")
    assert "A" in rows[1]["after"]
    for seq in (2, 3, 4):
        assert (rows[seq]["before"], rows[seq]["reason"]) == (None, "")
        assert set(json.loads(rows[seq]["after"]).values()) == {restricted()}
    assert [each.seq for each in journal.sealed(conn) if each.text is None] == [2, 3, 4]


def test_messages_events_and_repairs_say_no_more_than_what_they_are_about(conn: sqlite3.Connection) -> None:
    put(conn, 1, "b", prefix="B", title="Secret", conf=2)
    message = {"title": "T", "body": "B", "facts": [1], "thread": "t", "link": "l", "items": [2], "conf": 1}
    for n, (conf, codes) in enumerate(((1, "[]"), (2, "[]"), (1, '["B-1"]')), 1):
        conn.execute(
            "INSERT INTO outbox (dedup, channel, message, state, created_at, attempts, next_at, about, codes,"
            " recipients) VALUES (?, 'team', ?, 'held', ?, 0, ?, 'k', ?, '{}')",
            (f"{n}", json.dumps({**message, "conf": conf}), at(1), at(1), codes),
        )
    for uid, private in (("open", 0), ("mine", 1)):
        conn.execute(
            "INSERT INTO agenda_block (feed, hash, uid, rid, recurring, title, location, raw, private)"
            " VALUES ('f', ?, ?, '', 0, ?, 'Lyon', x'', ?)", (uid.encode(), uid, uid, private),
        )  # fmt: skip
        conn.execute("INSERT INTO agenda_issue VALUES ('f', ?, 'SUMMARY:x', 'what')", (uid,))
    conn.execute("INSERT INTO agenda_issue VALUES ('f', '', 'line', 'what')")
    veil.draw(conn, 1, writing=True)
    word = restricted()

    def seen() -> tuple[list[Any], list[Any], list[Any]]:
        sent = conn.execute("SELECT message, about FROM outbox ORDER BY id").fetchall()
        return (
            [
                (json.loads(row["message"])["title"], json.loads(row["message"])["facts"], row["about"])
                for row in sent
            ],
            [tuple(row) for row in conn.execute("SELECT title, location FROM agenda_block ORDER BY id")],
            [row["line"] for row in conn.execute("SELECT line FROM agenda_issue ORDER BY rowid")],
        )

    hidden: tuple[str, list[int], str] = (word, [], "")
    assert seen() == (
        [("T", [1], "k"), hidden, hidden], [("open", "Lyon"), (word, "")], ["SUMMARY:x", word, "line"],
    )  # fmt: skip
    veil.set_level(conn, 2)
    assert seen() == (
        [("T", [1], "k")] * 3, [("open", "Lyon"), ("mine", "Lyon")], ["SUMMARY:x", "SUMMARY:x", "line"],
    )  # fmt: skip


def test_what_is_empty_stays_empty_and_who_is_waited_for_stays_somebody(conn: sqlite3.Connection) -> None:
    put(conn, 1, "a", prefix="B", title="A", waiting_on='["PR-1"]', note="n", conf=2)
    put(conn, 1, "b", prefix="B", title="B", waiting_on="[]", note="", conf=2)
    veil.draw(conn, 1)
    rows = conn.execute("SELECT code, waiting_on, note FROM blocker ORDER BY number").fetchall()
    assert [tuple(row) for row in rows] == [("B-1", f'["{BLANK}"]', BLANK), ("B-2", "[]", "")]


# Records, people, words, calendars.


def test_records_are_read_as_they_were_written(conn: sqlite3.Connection) -> None:
    register = REGISTERS["blocker"]
    values: dict[str, Any] = {
        "title": "VPN",
        "waiting_on": ("PR-1", "Zoé"),
        "since": START,
        "spent_minutes": 5,
        "archived_at": START,
    }
    stored = records.values(register, values)
    assert stored == {
        "title": "VPN", "waiting_on": '["PR-1", "Zoé"]', "since": at(0), "spent_minutes": 5, "archived_at": at(0),
    }  # fmt: skip
    put(conn, 1, "x", prefix="B", **stored)
    put(conn, 1, "y", prefix="B", title="Bank", conf=2)
    found = records.get(conn, register, "b-1")
    assert isinstance(found, Blocker)
    assert (found.code, found.waiting_on, found.since, found.spent_minutes, found.archived_at, found.created_by) == (
        "B-1", ("PR-1", "Zoé"), START, 5, START, "claire",
    )  # fmt: skip
    row = journal.row_of(conn, "blocker", "x")
    assert row is not None
    assert records.record_of(Blocker, row) == found
    assert records.get(conn, register, "B-9") is None
    every = records.select(conn, Blocker, "blocker", "1 ORDER BY number DESC")
    assert [each.code for each in every] == ["B-2", "B-1"]
    assert list(records.read(conn, Blocker, "blocker", "code = ?", ("B-2",))) == [every[0]]
    (some,) = records.select_some(conn, Blocker, "blocker", ("waiting_on",), where="code = ?", args=("B-1",))
    assert (some.id, some.code, some.waiting_on, some.title, some.since) == (
        "x",
        "B-1",
        ("PR-1", "Zoé"),
        "",
        None,
    )
    assert (records.count(conn, "blocker"), records.count(conn, "blocker", "conf > ?", (1,))) == (2, 1)
    assert [each.code for each in records.by_codes(conn, register, ("B-2", "B-9", "B-1"))] == ["B-2", "B-1"]
    assert records.confidentialities(conn, ("B-1", "B-2", "B-9", "Zoé", "XX-1", "D-1")) == {
        "B-1": 1,
        "B-2": 2,
    }
    assert records.still_there(conn, ("B-1", "B-9", "XX-1", "Zoé")) == frozenset({"B-1"})
    put(conn, 2, "f", "function", prefix="FN", name="Pay")
    put(conn, 2, "g", "function", prefix="FN", name="Sales", archived_at=at(2))
    put(conn, 2, "p", "person", prefix="PE", name="Zoé")
    assert records.names(conn, ("function", "person")) == (
        {"FN-1": "Pay", "FN-2": "Sales", "PE-1": "Zoé"}, frozenset({"FN-2"}),
    )  # fmt: skip


def test_somebody_is_known_by_any_name_that_means_them_alone(conn: sqlite3.Connection) -> None:
    put(conn, 1, "a", "person", prefix="PE", name="Zoé Martin", loaded_rate=5000)
    put(conn, 1, "b", "person", prefix="PE", name="Luc Martin")
    put(conn, 1, "c", "person", prefix="PE", name="Zoé", archived_at=at(1))
    names = ("PE-1", "zoe martin", "zoé", "Luc", "Martin", "Nobody")
    assert [people.code_of(conn, name) for name in names] == [
        "PE-1",
        "PE-1",
        "PE-1",
        "PE-2",
        "Martin",
        "Nobody",
    ]
    assert [people.name_of(conn, name) for name in names[2:]] == [
        "Zoé Martin",
        "Luc Martin",
        "Martin",
        "Nobody",
    ]
    assert [people.rate_of(conn, name) for name in ("Zoé", "Luc", "Nobody")] == [5000, None, None]
    assert people.called(conn, "Luc") == {"Luc", "PE-2", "me", "moi"}


def test_words_are_found_by_register_the_best_first(conn: sqlite3.Connection) -> None:
    for n in range(4):
        put(conn, 1, f"b{n}", prefix="B", title="vpn " * (4 - n) + "lyon " * n)
    put(conn, 1, "d", "decision", prefix="D", title="VPN de Lyon")
    found = full_text.search(conn, "VPN", 3)
    assert (sorted(found), len(found["blocker"]), found["blocker"][0], found["decision"]) == (
        ["blocker", "decision"], 3, "B-1", ["D-1"],
    )  # fmt: skip
    assert full_text.search(conn, "vp ly", 9) == {
        "blocker": full_text.search(conn, "vpn lyon", 9)["blocker"],
        "decision": ["D-1"],
    }
    assert [full_text.search(conn, words, 9) for words in ("", '  "  ', '""')] == [{}, {}, {}]
    assert full_text.search(conn, 'v"pn', 9) == full_text.search(conn, "vpn", 9)


def test_hours_and_holidays_are_kept_as_they_were_when_first_asked(conn: sqlite3.Connection) -> None:
    office, shop = {"mon": [["09:00", "12:00"]], "id": "a"}, {"id": "a", "mon": []}
    assert calendar_versions.spec(conn, 1) is None
    numbers = [calendar_versions.keep(conn, name, spec, at(1)) for name, spec in (
        ("office", office), ("shop", office), ("office", shop), ("office", dict(reversed(office.items()))),
    )]  # fmt: skip
    assert numbers == [1, 2, 3, 1]
    assert calendar_versions.spec(conn, 1) == ("office", '{"id":"a","mon":[["09:00","12:00"]]}')
    day = date(2026, 12, 25)
    holidays.freeze(conn, "FR", 2026, [(day, "Noël"), (date(2026, 1, 1), "An")])
    holidays.freeze(conn, "FR", 2026, [(date(2026, 7, 14), "late")])
    holidays.freeze(conn, "BE", 2027, [(date(2027, 7, 21), "National")])
    assert [set(holidays.frozen_years(conn, region)) for region in ("FR", "DE")] == [{2026}, set()]
    assert holidays.days(conn, "FR") == {day, date(2026, 1, 1)}
    assert holidays.names(conn, "FR", date(2026, 1, 1), day) == {date(2026, 1, 1): "An"}
    assert holidays.names(conn, "FR", date(2026, 1, 2), day + DAY) == {day: "Noël"}


@given(
    st.lists(
        st.tuples(
            st.sampled_from("xyz"), st.sampled_from(["title", "note", "severity"]), st.sampled_from("ab1")
        )
    )
)
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_going_back_step_by_step_passes_all_states_that_were(
    conn: sqlite3.Connection, steps: list[tuple[str, str, str]]
) -> None:
    conn.execute("SAVEPOINT clean")
    known: dict[str, dict[str, str]] = {}
    states = [{}]  # type: list[dict[str, dict[str, str]]]
    for n, (id, field, value) in enumerate(steps, 1):
        put(conn, n, id, prefix="B", **({"title": "t"} if id not in known else {}) | {field: value})
        known = {**known, id: {**known.get(id, {"title": "t", "note": "", "severity": ""}), field: value}}
        states.append(known)
    found = past(conn, 0, len(steps) + 1)
    for n in range(len(steps), -1, -1):
        found.back_to(START + n * MINUTE)
        rows = {
            row["id"]: {name: row[name] or "" for name in ("title", "note", "severity")}
            for row in found.rows("blocker")
        }
        assert rows == states[n]
    conn.execute("ROLLBACK TO clean")
    conn.execute("RELEASE clean")
