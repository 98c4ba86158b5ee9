"""The views of the veil by themselves: what stands in the journal of what nobody else may know."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from cockpit.store import journal, veil
from cockpit.store.connection import connect
from cockpit.store.journal import Put, Stamp

STAMP = Stamp(at="2026-11-23T07:42:00+00:00", actor="claire", action="test")


@pytest.fixture
def conn(tmp_path: Path) -> sqlite3.Connection:
    return connect(tmp_path / "a.db")


@pytest.mark.parametrize("level", [0, 1, 2])
def test_a_phase_is_in_no_journal_below_its_floor_whatever_its_own_level_says(
    conn: sqlite3.Connection, level: int
) -> None:
    journal.write(conn, STAMP, [Put("phase", "p", {"phase": "sale", "conf": 0}, "PH")])
    journal.write(conn, STAMP, [Put("blocker", "b", {"title": "VPN", "conf": 0}, "B")])
    veil.draw(conn, level)
    assert [row["entity"] for row in conn.execute("SELECT entity FROM journal ORDER BY seq")] == ["blocker"]


def test_at_its_floor_it_is_there(conn: sqlite3.Connection) -> None:
    journal.write(conn, STAMP, [Put("phase", "p", {"phase": "sale", "conf": 3}, "PH")])
    veil.draw(conn, 3)
    assert [row["entity"] for row in conn.execute("SELECT entity FROM journal")] == ["phase"]
