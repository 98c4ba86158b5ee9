"""Each message once by a channel, claimed by one process at a time, and what became of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from cockpit.domain.dataclasses import replace
from cockpit.store.connection import connect
from cockpit.store.outside import outbox
from cockpit.store.outside.outbox import (
    DROPPED,
    FAILED,
    HAS,
    HELD,
    QUEUED,
    REFUSED,
    SENT,
    WAITS,
    Parcel,
    Recipient,
)


def at(minutes: int) -> str:
    return f"2026-11-23T08:{minutes:02}:00+00:00"


@pytest.fixture
def conn(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    opened = connect(tmp_path / "a.db")
    yield opened
    opened.close()


def put(
    conn: sqlite3.Connection, key: str = "k", minutes: int = 0, channel: str = "slack", **more: object
) -> bool:
    given = {"state": QUEUED, **more}
    return outbox.put(conn, channel, key, {"title": "Café"}, at(minutes), **given)  # type: ignore[arg-type]


def one(conn: sqlite3.Connection, id: int = 1) -> Parcel:
    found = outbox.get(conn, id)
    assert found is not None
    return found


def test_a_message_goes_once_by_each_channel_in_the_letters_it_has(conn: sqlite3.Connection) -> None:
    assert put(conn, about=["a", "b"], codes=["B-1"], recipients=["zoé@x.example"])
    assert not put(conn, minutes=5)
    assert put(conn, channel="mail")
    assert one(conn) == Parcel(
        id=1, dedup="k", channel="slack", message={"title": "Café"}, state=QUEUED, created_at=at(0), attempts=0,
        next_at=at(0), sent_at=None, error="", claimed_until=None, about=("a", "b"), codes=("B-1",), sent_as="",
        allowed=None, may_have_come=False, recipients={"zoé@x.example": Recipient(WAITS, "")},
    )  # fmt: skip
    assert outbox.get(conn, 9) is None
    stored = conn.execute("SELECT message, recipients FROM outbox WHERE id = 1").fetchone()
    assert ("é" in stored["message"], "é" in stored["recipients"]) == (True, True), (
        "whoever looks for it finds it"
    )
    outbox.reword(conn, 1, {"title": "Thé"})
    assert "é" in conn.execute("SELECT message FROM outbox WHERE id = 1").fetchone()["message"]


def test_what_may_leave_is_due_once_and_while_it_is_claimed_by_nobody(conn: sqlite3.Connection) -> None:
    put(conn, "a", 10)
    put(conn, "b", 11)
    put(conn, "c", 10, state=HELD)

    def due(minutes: int) -> list[int]:
        return [each.id for each in outbox.due(conn, "slack", at(minutes))]

    assert (due(9), due(10), due(11)) == ([], [1], [1, 2])
    assert outbox.claim(conn, [1, 2], "both", at(11), at(15))
    assert not outbox.claim(conn, [2], "b", at(14), at(20)), "another process has it"
    assert (due(14), due(15)) == ([], [1, 2])
    assert (one(conn).sent_as, one(conn).may_have_come, one(conn).claimed_until) == ("both", True, at(15))
    assert outbox.claim(conn, [2], "b", at(15), at(20))
    assert not outbox.claim(conn, [2, 3], "x", at(30), at(40)), "one of them is held"
    assert one(conn, 2).sent_as == "b"


def test_a_try_is_settled_by_whoever_claimed_it(conn: sqlite3.Connection) -> None:
    put(conn)
    outbox.claim(conn, [1], "k", at(1), at(5))
    outbox.settle(conn, 1, at(4), SENT, attempts=1, next_at=at(1), sent_at=at(1))
    assert one(conn).state == QUEUED, "the claim was another's"
    some = {"a": Recipient(HAS), "b": Recipient(REFUSED, "full")}
    outbox.settle(
        conn, 1, at(5), FAILED, attempts=3, next_at=at(9), sent_at=at(2), error="no", may_have_come=True,
        recipients=some,
    )  # fmt: skip
    found = one(conn)
    assert (found.state, found.attempts, found.next_at, found.sent_at) == (FAILED, 3, at(9), at(2))
    assert (found.error, found.may_have_come, found.claimed_until, found.recipients) == (
        "no",
        True,
        None,
        some,
    )
    assert outbox.failing(conn) == {"slack"}
    outbox.let_go(conn, found, at(20), 2)
    again = one(conn)
    assert (again.state, again.attempts, again.next_at, again.error, again.allowed) == (
        QUEUED,
        0,
        at(20),
        "",
        2,
    )
    assert again.recipients == {"a": Recipient(HAS), "b": Recipient()}, "who has it does not get it again"
    assert again.sent_at == at(2)


def test_what_left_as_one_is_let_go_as_one(conn: sqlite3.Connection) -> None:
    for key in ("a", "b", "c"):
        put(conn, key)
    for ids, sent_as in (([1, 2], "both"), ([3], "c")):
        outbox.claim(conn, ids, sent_as, at(1), at(5))
        for id in ids:
            outbox.settle(conn, id, at(5), FAILED, attempts=1, next_at=at(1))
    outbox.let_go(conn, one(conn, 1), at(9), None)
    assert [one(conn, id).state for id in (1, 2, 3)] == [QUEUED, QUEUED, FAILED]
    unsent = replace(one(conn, 3), sent_as="")
    outbox.let_go(conn, unsent, at(9), None)
    assert one(conn, 3).state == QUEUED


def test_what_is_put_aside_says_why_unless_it_is_being_sent_or_gone(conn: sqlite3.Connection) -> None:
    put(conn)
    outbox.claim(conn, [1], "k", at(1), at(5))
    outbox.put_aside(conn, 1, DROPPED, "no", at(4))
    assert one(conn).state == QUEUED
    outbox.say(conn, [1], "the network is away")
    assert one(conn).error == "the network is away"
    outbox.put_aside(conn, 1, DROPPED, "no", at(5))
    assert (one(conn).state, one(conn).error, one(conn).claimed_until) == (DROPPED, "no", None)
    outbox.put_aside(conn, 1, HELD, "again", at(5))
    outbox.say(conn, [1], "again")
    assert (one(conn).state, one(conn).error) == (DROPPED, "no")


def test_what_waits_was_delivered_or_failed_is_found_by_its_channel_and_its_alert(
    conn: sqlite3.Connection,
) -> None:
    put(conn, "a", about=["x"])
    put(conn, "b", about=["xy", "z"], state=HELD)
    put(conn, "c", 3, about=["x"], state=SENT)
    put(conn, "d", 4, about=["y"], state=FAILED)
    put(conn, "e", channel="mail")

    def ids(found: list[Parcel]) -> list[int]:
        return [each.id for each in found]

    assert ids(outbox.waiting(conn, "slack")) == [1, 2]
    assert ids(outbox.waiting(conn, "slack", about=["x", "q"])) == [1]
    assert ids(outbox.waiting(conn, "slack", state=HELD)) == [2]
    assert ids(outbox.by_other_channels(conn, ["mail"])) == [1, 2]
    assert ids(outbox.by_other_channels(conn, [])) == [1, 2, 5]
    assert ids(outbox.latest(conn)) == [4, 2, 5, 1, 3], "what needs somebody, what waits, the rest"
    assert ids(outbox.latest(conn, 1)) == [4]
    assert (outbox.count(conn, HELD), outbox.count(conn, QUEUED)) == (1, 2)
    conn.execute("UPDATE outbox SET sent_at = created_at, sent_as = 'ac' WHERE id IN (1, 3)")
    conn.execute("UPDATE outbox SET sent_at = created_at WHERE id = 4")
    assert ids(outbox.arrived(conn, "x", at(0))) == [1, 3]
    assert ids(outbox.arrived(conn, "x", at(1))) == [3]
    assert (outbox.sent_since(conn, "slack", at(0)), outbox.sent_since(conn, "slack", at(4))) == (2, 1)
    outbox.forget(conn, at(3))
    assert len(outbox.latest(conn)) == 5
    outbox.forget(conn, at(4))
    assert ids(outbox.latest(conn)) == [4, 2, 5, 1]
