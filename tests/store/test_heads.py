"""What a head of the journal proves: what was verified before, what is still there, and from where it breaks."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cockpit.store import journal, people
from cockpit.store.connection import connect
from cockpit.store.journal import Overtaken, Put, Stamp
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
    assert not journal.holds(conn, (-1, ""))
    assert journal.holds_head(conn, " " + digest[:8].upper())
    assert journal.holds_head(conn, "0" * 64), "what stands before the first entry"
    assert not any(
        journal.holds_head(conn, said) for said in ("", " ", "0" * 65, digest[:7] + "g", "x" + digest[1:])
    )


def test_what_was_verified_before_is_not_read_again_unless_it_is_another_one_now(
    conn: sqlite3.Connection,
) -> None:
    seq, digest = journal.head(conn)
    assert journal.verify(conn, (seq, digest)) is None
    assert journal.verify(conn, (seq - 2, _hash_of(conn, seq - 2))) is None
    assert journal.verify(conn, (seq - 1, "0" * 64)) == seq - 1, "the entry of that number is another one"
    assert journal.verify(conn, (seq + 3, digest)) == seq + 1, "what came after was cut off"
    assert journal.verify(conn, (0, journal.GENESIS)) is None, "nothing was verified before"


def _hash_of(conn: sqlite3.Connection, seq: int) -> str:
    found: str = conn.execute("SELECT hash FROM journal WHERE seq = ?", (seq,)).fetchone()["hash"]
    return found


def test_the_last_entry_before_an_instant_is_found_and_none_before_the_first(
    conn: sqlite3.Connection,
) -> None:
    assert [journal.head_before(conn, f"2026-11-23T07:{n:02}:00+00:00") for n in (1, 2, 5, 6)] == [0, 1, 4, 5]


def test_an_entry_that_is_sealed_anew_behind_another_one_is_noticed(conn: sqlite3.Connection) -> None:
    conn.execute("DROP TRIGGER journal_never_changes")
    forged = dict(conn.execute("SELECT * FROM journal WHERE seq = 3").fetchone())
    forged |= {"prev_hash": "f" * 64}
    sealed = journal._hash(forged)
    conn.execute("UPDATE journal SET prev_hash = ?, hash = ? WHERE seq = 3", (forged["prev_hash"], sealed))
    conn.execute("UPDATE journal SET prev_hash = ? WHERE seq = 4", (sealed,))
    assert journal.verify(conn) == 3


def test_the_first_entry_follows_on_sixty_four_noughts(conn: sqlite3.Connection) -> None:
    assert next(journal.sealed(conn)).prev_hash == "0" * 64


def test_what_another_gave_a_field_since_it_was_seen_is_not_written_over(conn: sqlite3.Connection) -> None:
    with pytest.raises(Overtaken) as raised:
        journal.write(conn, stamp(6), [Put("person", "1", {"name": "Claire 9"})], seen=4)
    assert (raised.value.field, raised.value.wrote.seq) == ("name", 5)
    journal.write(conn, stamp(6), [Put("person", "1", {"role": "x"})], seen=4)
    journal.write(conn, stamp(6), [Put("person", "1", {"name": "Claire 9"})], seen=5)
    by_itself = Stamp(at="2026-11-23T07:09:00+00:00", actor=journal.PROGRAM, action="noted")
    journal.write(conn, by_itself, [Put("person", "1", {"name": "noted"})])
    journal.write(conn, stamp(10), [Put("person", "1", {"name": "Claire"})], seen=7)


def test_somebody_is_called_by_the_register_and_else_as_they_are_named(conn: sqlite3.Connection) -> None:
    assert people.name_of(conn, "PE-1") == "Claire 5"
    assert people.name_of(conn, "Nobody") == "Nobody"
    assert people.code_of(conn, "claire") == "PE-1"
    assert people.rate_of(conn, "claire") is people.rate_of(conn, "Nobody") is None
    journal.write(conn, stamp(7), [Put("person", "2", {"name": "Claire Martin", "loaded_rate": 6_000}, "PE")])
    assert people.code_of(conn, "claire") == "claire", "two of them answer to it"
    assert people.called(conn, "martin") == {"martin", "PE-2", "me", "moi"}
    assert people.rate_of(conn, "martin") == 6_000
    journal.write(conn, stamp(8), [Put("person", "2", {"archived_at": "2026-11-23T07:08:00+00:00"})])
    assert people.code_of(conn, "claire") == "PE-1", "who is in force comes first"


def test_what_moved_says_from_when_and_what_is_new_or_gone_does_not(conn: sqlite3.Connection) -> None:
    def coming(*starts: int) -> agenda_changes.Coming:
        return {"u": ("Meeting", False, starts)} if starts else {}

    for before, after in (((100,), (200,)), ((), (300,)), ((400,), ())):
        agenda_changes.note(conn, "mine", coming(*before), coming(*after), NOW)
    kept = agenda_changes.since(conn, "2026-11-23T07:59:59+00:00")
    assert [each.what for each in kept] == [agenda_changes.MOVED, agenda_changes.NEW, agenda_changes.GONE]
    rows = conn.execute("SELECT * FROM agenda_change ORDER BY rowid").fetchall()
    assert [(row["what"], row["starts"], row["before"]) for row in rows] == [
        (agenda_changes.MOVED, 200, 100), (agenda_changes.NEW, 300, None), (agenda_changes.GONE, 400, None),
    ]  # fmt: skip


def test_of_a_series_that_changes_the_first_start_is_told(conn: sqlite3.Connection) -> None:
    def coming(*starts: int) -> agenda_changes.Coming:
        return {"u": ("Meeting", True, starts)}

    for before, after in (
        (coming(1, 2, 3), coming(1, 4, 5)), (coming(1), coming(1, 7, 8)), (coming(2, 9, 10), coming(2)),
        (coming(1, 2), coming(2, 1)),
    ):  # fmt: skip
        agenda_changes.note(conn, "mine", before, after, NOW)
    rows = conn.execute("SELECT * FROM agenda_change ORDER BY rowid").fetchall()
    assert [(row["what"], row["starts"], row["before"], row["private"]) for row in rows] == [
        (agenda_changes.MOVED, 4, 2, 1), (agenda_changes.NEW, 7, None, 1), (agenda_changes.GONE, 9, None, 1),
    ]  # fmt: skip


def test_what_became_of_a_meeting_is_kept_for_sixty_days(conn: sqlite3.Connection) -> None:
    def told(at: datetime) -> list[datetime]:
        agenda_changes.note(conn, "mine", {}, {}, at)
        return [each.starts for each in agenda_changes.since(conn, "")]

    agenda_changes.note(conn, "mine", {}, {"u": ("Meeting", False, (100,))}, NOW)
    assert len(told(NOW + timedelta(days=60))) == 1
    assert told(NOW + timedelta(days=60, seconds=1)) == []
