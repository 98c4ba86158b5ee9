"""The views of the veil by themselves: what stands in the journal of what nobody else may know."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from cockpit.domain.records.confidentiality import BLANK, restricted
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


def test_what_is_hidden_keeps_its_code_and_says_so_once_in_place_of_its_name(
    conn: sqlite3.Connection,
) -> None:
    hidden = {
        "title": "VPN",
        "note": "Lyon",
        "next_step": "call",
        "waiting_on": '["PR-1"]',
        "owner": "PE-1",
        "conf": 2,
    }
    journal.write(
        conn, STAMP, [Put("blocker", "b", hidden, "B"), Put("blocker", "c", {"title": "Bank"}, "B")]
    )
    contact = {"name": "Paie+", "category": "pay", "contact": "Julie", "siren": "x", "conf": 2}
    journal.write(conn, STAMP, [Put("provider", "p", contact, "PR")])
    veil.draw(conn, 1)
    columns = "code, title, note, next_step, waiting_on, owner, lesson"
    first, second = conn.execute(f"SELECT {columns} FROM blocker ORDER BY number").fetchall()
    assert tuple(first)[:6] == ("B-1", restricted(), BLANK, BLANK, f'["{BLANK}"]', BLANK)
    assert not first["lesson"], "what is empty stays empty"
    assert tuple(second)[:2] == ("B-2", "Bank")
    provider = conn.execute("SELECT code, name, contact, siren FROM provider").fetchone()
    assert tuple(provider) == ("PR-1", restricted(), BLANK, BLANK)
    assert (veil.hides(conn, "blocker", "b"), veil.hides(conn, "blocker", "c")) == ("B-1", None)
