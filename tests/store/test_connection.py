"""Opening, refusing, backing up, sharing and surviving."""

from __future__ import annotations

import json
import signal
import sqlite3
import stat
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cockpit.domain.registers import REGISTERS
from cockpit.store import journal, migrations
from cockpit.store.connection import (
    SCHEMA_VERSION,
    Damaged,
    TooNew,
    Unreachable,
    backup_name,
    backups_of,
    connect,
    data_version,
    head_in,
)
from cockpit.store.journal import Put, Stamp
from cockpit.store.tables import tables
from tests import prepared

STAMP = Stamp(at="2026-11-23T07:42:00+00:00", actor="claire", action="test")


@pytest.fixture(autouse=True)
def real_migrations(monkeypatch: pytest.MonkeyPatch) -> None:
    """Here nothing is copied: a new database goes through its migrations."""
    prepared.migrate_new_databases(monkeypatch)


def test_a_new_database_is_private_and_current(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "a.db"
    conn = connect(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert conn.execute("PRAGMA user_version").fetchone()[0] == SCHEMA_VERSION
    assert conn.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    assert conn.execute("PRAGMA foreign_keys").fetchone()[0] == 1


def test_the_steps_of_the_schema_are_numbered_without_a_gap() -> None:
    assert [int(name[1:4]) for name in migrations.NAMES] == list(range(1, SCHEMA_VERSION + 1))


LEFT = {"contract": {"notice_months"}, "policy": {"period"}}
"""Columns that no field has any more: older lines of the journal name them."""


def test_every_declared_field_has_its_column(tmp_path: Path) -> None:
    conn = connect(tmp_path / "a.db")
    common = {"number", "id", "code", "created_at", "created_by", "updated_at", "archived_at"}
    for register in REGISTERS.values():
        columns = {row["name"] for row in conn.execute(f"PRAGMA table_info({register.name})")}
        columns -= LEFT.get(register.name, set())
        assert columns == common | {field.name for field in register.fields}, register.name


@pytest.mark.parametrize("content", [b"not a database at all" * 400, b"SQLite format 3\x00" + b"\xff" * 5000])
def test_a_damaged_file_is_refused_and_left_as_it_is(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.db"
    path.write_bytes(content)
    with pytest.raises(Damaged):
        connect(path)
    assert path.read_bytes() == content


def test_a_later_schema_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    conn = connect(path)
    conn.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    conn.close()
    with pytest.raises(TooNew):
        connect(path)


def test_a_folder_in_its_place_is_unreachable(tmp_path: Path) -> None:
    with pytest.raises(Unreachable):
        connect(tmp_path)


def test_a_backup_is_made_before_a_migration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.db"
    conn = connect(path)
    journal.write(conn, STAMP, [Put("blocker", "1", {"title": "VPN"}, "B")])
    last = journal.write(conn, STAMP, [Put("blocker", "2", {"title": "Mail"}, "B")])[-1]
    conn.close()
    monkeypatch.setattr("cockpit.store.connection.SCHEMA_VERSION", SCHEMA_VERSION + 1)
    connect(path).close()
    (backup,) = backups_of(path)
    seq, digits = head_in(backup.name) or (0, "")
    assert (seq, last.hash.startswith(digits), len(digits)) == (last.seq, True, 12), "the head is published"
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    kept = sqlite3.connect(backup)
    assert kept.execute("SELECT title FROM blocker").fetchone() == ("VPN",)
    assert kept.execute("PRAGMA user_version").fetchone()[0] == SCHEMA_VERSION


def test_a_fault_says_what_it_is_and_otherwise_where(tmp_path: Path) -> None:
    assert str(Unreachable(tmp_path, "disk I/O error")) == "disk I/O error"
    assert str(Unreachable(tmp_path)) == str(tmp_path)


def test_another_process_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    conn = connect(path)
    before = data_version(conn)
    code = (
        "import sys; from pathlib import Path; from cockpit.store.connection import connect;"
        "from cockpit.store.journal import Put, Stamp, write;"
        "write(connect(Path(sys.argv[1])), Stamp(at='2026-11-23T07:42:00+00:00', actor='a', action='t'),"
        " [Put('blocker', '1', {'title': 'from elsewhere'}, 'B')])"
    )
    subprocess.run([sys.executable, "-c", code, str(path)], check=True)
    assert data_version(conn) != before
    assert conn.execute("SELECT title FROM blocker").fetchone()["title"] == "from elsewhere"


WRITER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from cockpit.store.connection import connect
from cockpit.store.journal import Put, Stamp, write
conn = connect(Path(sys.argv[1]))
n = 0
while True:
    n += 1
    stamp = Stamp(at="2026-11-23T07:42:00+00:00", actor=sys.argv[2], action="t")
    write(conn, stamp, [Put("blocker", f"{sys.argv[2]}{n}{i}", {"title": "x"}, "B") for i in range(3)])
    print(n, flush=True)
    if n == int(sys.argv[3]):
        break
"""


def test_two_processes_write_at_once_and_the_chain_holds(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    connect(path).close()
    both = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(path), name, "25"], stdout=subprocess.DEVNULL)
        for name in "ab"
    ]
    assert [process.wait() for process in both] == [0, 0]
    conn = connect(path)
    assert conn.execute("SELECT count(*) FROM blocker").fetchone()[0] == 150
    assert journal.verify(conn) is None


def test_a_killed_writer_leaves_whole_batches(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    connect(path).close()
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path), "a", "1000000"], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    for _n in range(5):
        process.stdout.readline()
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    conn = connect(path)
    written = conn.execute("SELECT count(*) FROM blocker").fetchone()[0]
    assert written >= 15
    assert written % 3 == 0
    assert conn.execute("SELECT count(*) FROM journal").fetchone()[0] == written
    assert journal.verify(conn) is None


def test_a_notice_in_months_is_carried_over_and_told_to_the_journal(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    conn = sqlite3.connect(path, isolation_level=None)
    conn.row_factory = sqlite3.Row
    migrations.steps().apply(tables(conn), stop_before="m008_what_becomes_of_a_term")
    stamp = journal.Stamp(at="2026-01-01T08:00:00+00:00", actor="Claire", action="contract.add")
    values = {"name": "Paie", "conf": 1, "notice_months": 2}
    journal.write(conn, stamp, [journal.Put("contract", "an-id", values, "CT")])
    conn.execute("PRAGMA user_version = 7")
    conn.close()
    conn = connect(path)
    assert conn.execute("SELECT notice FROM contract").fetchone()["notice"] == "2m"
    told = conn.execute("SELECT actor, after FROM journal ORDER BY seq DESC").fetchone()
    assert (told["actor"], json.loads(told["after"])) == ("cockpit", {"notice": "2m"})
    assert journal.verify(conn) is None


def test_a_copy_is_named_by_its_instant_and_publishes_the_head_of_the_journal() -> None:
    at, head = datetime(2026, 11, 23, 8, 5, 9, tzinfo=UTC), (42, "0123456789abcdef")
    named = backup_name(Path("mistral.db"), at, head, "before")
    assert named == "mistral-20261123-080509-before-42-0123456789ab.db"
    assert head_in(named) == (42, "0123456789ab")
    assert backup_name(Path("mistral.db"), at, None) == "mistral-20261123-080509.db"
    assert head_in("mistral-20261123-080509.db") is None
