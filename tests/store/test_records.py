"""Records as they are stored, and as they come back."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.blocker import Blocker
from cockpit.store import journal, records
from cockpit.store.connection import connect
from cockpit.store.journal import Put, Stamp

STAMP = Stamp(at="2026-11-23T08:00:00+00:00", actor="claire", action="x")
EARLY = datetime(2026, 11, 23, 9, 30, 0, 999_999, tzinfo=timezone(timedelta(hours=1)))


@pytest.fixture
def conn(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    opened = connect(tmp_path / "a.db")
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("register", "name", "value", "stored"),
    [
        ("blocker", "title", "Café", "Café"), ("blocker", "waiting_on", ("PR-1", "Zoé"), '["PR-1", "Zoé"]'),
        ("blocker", "waiting_on", (), "[]"), ("blocker", "spent_minutes", 7, 7), ("provider", "personal_data", True, 1),
        ("provider", "personal_data", False, 0), ("cost", "month", date(2026, 11, 1), "2026-11-01"),
        ("blocker", "due", datetime(2026, 11, 23, 8, 30, tzinfo=UTC), "2026-11-23T08:30:00+00:00"),
        ("blocker", "due", None, None),
    ],
)  # fmt: skip
def test_a_value_is_stored_and_comes_back(register: str, name: str, value: Any, stored: Any) -> None:
    field = REGISTERS[register].field(name)
    assert records.to_stored(field, value) == stored
    found = records.from_stored(field, stored)
    assert (found, type(found)) == (value, type(value))


def test_an_instant_is_stored_in_utc_to_the_second_and_needs_a_zone() -> None:
    assert records.instant(EARLY) == "2026-11-23T08:30:00+00:00"
    with pytest.raises(ValueError, match="zone"):
        records.instant(EARLY.replace(tzinfo=None))
    assert records.from_stored(REGISTERS["blocker"].field("waiting_on"), None) == ()
    assert records.values(REGISTERS["blocker"], {"archived_at": EARLY, "due": None, "tags": ("a",)}) == {
        "archived_at": "2026-11-23T08:30:00+00:00", "due": None, "tags": '["a"]',
    }  # fmt: skip


def test_a_record_is_found_by_its_code_in_any_case_and_takes_the_defaults_of_what_is_empty(
    conn: sqlite3.Connection,
) -> None:
    blocker = REGISTERS["blocker"]
    journal.write(conn, STAMP, [Put("blocker", "b", {"title": "VPN", "waiting_on": '["PR-1"]'}, "B")])
    found = records.get(conn, blocker, "b-1")
    assert isinstance(found, Blocker)
    assert (found.code, found.title, found.waiting_on, found.owner) == ("B-1", "VPN", ("PR-1",), "")
    assert records.get(conn, blocker, "B-2") is None
    row = dict(conn.execute("SELECT * FROM blocker").fetchone())
    assert records.record_of(Blocker, row) == found
    assert records.select(conn, Blocker, "blocker", "title = ?", ("VPN",)) == (found,)
