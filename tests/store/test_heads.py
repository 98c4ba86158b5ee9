"""What a head of the journal proves: what was verified before, what is still there, and from where it breaks."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cockpit.store import journal, people
from cockpit.store.connection import connect
from cockpit.store.journal import Put, Stamp
from cockpit.store.outside import agenda_changes

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


def stamp(n: int) -> Stamp:
    return Stamp(at=f"2026-11-23T07:{n:02}:00+00:00", actor="claire", action="person.edit")


@pytest.fixture
def conn(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """Five changes of one person."""
    opened = connect(tmp_path / "c.db")
    journal.write(opened, stamp(1), [Put("person", "1", {"name": "Claire"}, "PE")])
    for n in range(2, 6):
        journal.write(opened, stamp(n), [Put("person", "1", {"name": f"Claire {n}"})])
    yield opened
    opened.close()


def test_a_head_that_was_published_is_held_by_its_number_and_its_first_digits(
    conn: sqlite3.Connection,
) -> None:
    seq, digest = journal.head(conn)
    assert seq > 0
    assert journal.holds(conn, (seq, digest))
    assert journal.holds(conn, (seq, digest[:8]))
    assert not journal.holds(conn, (seq, "x" + digest[1:]))
    assert not journal.holds(conn, (seq + 1, digest)), "it is missing: the end was cut off"
    assert journal.holds(conn, (0, "")), "before the first entry there was none"


def test_what_was_verified_before_is_not_read_again_unless_it_is_another_one_now(
    conn: sqlite3.Connection,
) -> None:
    seq, digest = journal.head(conn)
    assert journal.verify(conn, (seq, digest)) is None
    assert journal.verify(conn, (seq - 2, _hash_of(conn, seq - 2))) is None
    assert journal.verify(conn, (seq - 1, "0" * 64)) == seq - 1, "the entry of that number is another one"
    assert journal.verify(conn, (seq + 3, digest)) == seq + 1, "what came after was cut off"


def _hash_of(conn: sqlite3.Connection, seq: int) -> str:
    found: str = conn.execute("SELECT hash FROM journal WHERE seq = ?", (seq,)).fetchone()["hash"]
    return found


def test_somebody_is_called_by_the_register_and_else_as_they_are_named(conn: sqlite3.Connection) -> None:
    assert people.name_of(conn, "PE-1") == "Claire 5"
    assert people.name_of(conn, "Nobody") == "Nobody"


def test_what_moved_says_from_when_and_what_is_new_or_gone_does_not(conn: sqlite3.Connection) -> None:
    def coming(*starts: int) -> agenda_changes.Coming:
        return {"u": ("Meeting", False, starts)} if starts else {}

    for before, after in (((100,), (200,)), ((), (300,)), ((400,), ())):
        agenda_changes.note(conn, "mine", coming(*before), coming(*after), NOW)
    rows = conn.execute("SELECT * FROM agenda_change ORDER BY rowid").fetchall()
    assert [(row["what"], row["starts"], row["before"]) for row in rows] == [
        (agenda_changes.MOVED, 200, 100), (agenda_changes.NEW, 300, None), (agenda_changes.GONE, 400, None),
    ]  # fmt: skip
