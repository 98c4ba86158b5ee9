"""One host has the file; a second one keeps off, with a way out; processes of one host never do."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from cockpit.store.state import lease, memos

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


@pytest.fixture
def conn() -> Iterator[sqlite3.Connection]:
    """A file with memos."""
    made = sqlite3.connect(":memory:", isolation_level=None)
    made.row_factory = sqlite3.Row
    made.execute("CREATE TABLE memo (name TEXT PRIMARY KEY, value TEXT NOT NULL)")
    yield made
    made.close()


def another(conn: sqlite3.Connection, at: datetime, **said: object) -> None:
    """Another host renews its lease at that time of its own clock."""
    told = {
        "host": "atelier",
        "machine": "0123",
        "pid": 7,
        "since": at.isoformat(),
        "renewed": at.isoformat(),
    }
    memos.put(conn, "lease", json.dumps({**told, **said}))


def test_processes_of_one_host_share_it(conn: sqlite3.Connection) -> None:
    lease.hold(conn, NOW)
    assert lease.elsewhere(conn, NOW) is None
    another(conn, NOW, host="renamed", machine=lease.machine() or "x")
    if lease.machine():
        assert lease.elsewhere(conn, NOW) is None, "a machine that took another name is the same machine"


@pytest.mark.parametrize("machine", ["0", "zz"])
def test_a_machine_of_the_same_name_is_another_one(
    conn: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch, machine: str
) -> None:
    monkeypatch.setattr(lease, "machine", lambda: "5")
    another(conn, NOW, host=lease.host(), machine=machine)
    assert lease.elsewhere(conn, NOW) is not None
    another(conn, NOW, host=lease.host(), machine="")
    assert lease.elsewhere(conn, NOW) is None, "where the system does not say, the name tells"
    for host in ("", "~"):
        another(conn, NOW, host=host, machine="")
        assert lease.elsewhere(conn, NOW) is not None


@pytest.mark.parametrize("off", [-5, 0, 5])
def test_a_second_host_keeps_off_whatever_five_minutes_its_clock_is_off(
    conn: sqlite3.Connection, off: int
) -> None:
    another(conn, NOW)
    mine = NOW + timedelta(minutes=2 + off)
    found = lease.elsewhere(conn, mine)
    assert found is not None
    assert found.host == "atelier"


def test_a_host_that_sleeps_or_died_loses_it_after_some_minutes(conn: sqlite3.Connection) -> None:
    another(conn, NOW)
    assert lease.elsewhere(conn, NOW + timedelta(minutes=10)) is not None
    assert lease.elsewhere(conn, NOW + timedelta(minutes=11)) is None


def test_it_is_renewed_now_and_then_and_says_since_when(conn: sqlite3.Connection) -> None:
    lease.hold(conn, NOW)
    first = memos.get(conn, "lease")
    lease.hold(conn, NOW + timedelta(seconds=119))
    assert memos.get(conn, "lease") == first, "nothing is written before its time"
    lease.hold(conn, NOW + timedelta(minutes=2))
    found = lease.read(conn)
    assert found is not None
    assert (found.since, found.renewed) == (NOW, NOW + timedelta(minutes=2))
    lease.let_go(conn)
    assert lease.read(conn) is None


def test_only_who_said_it_last_lets_go_and_never_for_another_host(conn: sqlite3.Connection) -> None:
    another(conn, NOW)
    lease.let_go(conn)
    assert lease.read(conn) is not None


@pytest.mark.parametrize("said", ["rubbish", "[]", '{"host": "x"}', '{"host":"x","machine":"","pid":"y"}'])
def test_what_cannot_be_read_keeps_nobody_off(conn: sqlite3.Connection, said: str) -> None:
    memos.put(conn, "lease", said)
    assert lease.elsewhere(conn, NOW) is None
