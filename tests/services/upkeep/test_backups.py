"""Backups are good or do not count; putting one back is judged first, and a kill at any instant loses nothing."""

from __future__ import annotations

import resource
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cockpit.domain.registers import REGISTERS
from cockpit.services.desk.workspace import Workspace
from cockpit.services.upkeep import backups, health, seal
from cockpit.store import journal
from cockpit.store.connection import (
    SCHEMA_VERSION,
    Damaged,
    Gone,
    InUse,
    NotOurs,
    TooNew,
    Unproven,
    backups_of,
    connect,
    head_in,
)
from cockpit.store.journal import Put, Stamp
from tests.conftest import TickingClock

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
STAMP = Stamp(at="2026-11-23T07:42:00+00:00", actor="Claire", action="blocker.add")


def add(workspace: Workspace, title: str) -> str:
    return workspace.add(REGISTERS["blocker"], {"title": title})


def database(path: Path, *titles: str) -> Path:
    """A database of those blockers."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(connect(path)) as conn:
        for title in titles:
            journal.write(conn, STAMP, [Put("blocker", title, {"title": title}, "B")])
    return path


def titles(path: Path) -> list[str]:
    with closing(connect(path)) as conn:
        return [row["title"] for row in conn.execute("SELECT title FROM blocker ORDER BY number")]


def forge(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as conn:
        conn.execute(statement)
        conn.commit()


def visible(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


def test_a_backup_says_when_and_up_to_where_and_needs_no_other_file(workspace: Workspace) -> None:
    add(workspace, "kept")
    path, doubt = backups.make(workspace)
    entries, head = journal.head(workspace.conn)
    assert doubt is None
    assert path.name == f"cockpit-20261123-084200-{entries}-{head[:12]}.db"
    assert visible(path.parent) == [path.name]
    backups.is_good(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert titles(path) == ["kept"]


def test_rotation_counts_the_good_ones_only(
    workspace: Workspace, clock: TickingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backups, "KEPT", 2)
    folder = workspace.path.parent / "backups"
    folder.mkdir()
    migrated = folder / "cockpit-20200101-000000-schema-4-7-0123456789ab.db"
    migrated.touch()
    made = []
    for n in range(4):
        add(workspace, f"b{n}")
        clock.forward(hours=1)
        made.append(backups.make(workspace)[0].name)
        # What an earlier version left when it was killed: newer than the good one, and worth nothing.
        (folder / f"cockpit-{clock.at:%Y%m%d}-23{n:02}00.db").touch()
    kept = visible(folder)
    assert [name for name in kept if head_in(name) and name != migrated.name] == made[-2:]
    assert migrated.name in kept


def test_what_the_journal_does_not_prove_is_kept_and_counts_for_nothing(workspace: Workspace) -> None:
    add(workspace, "true")
    forge(workspace.path, "UPDATE blocker SET title = 'forged'")
    path, doubt = backups.make(workspace)
    assert isinstance(doubt, Unproven)
    assert path.name.endswith("-unproven.db")
    assert head_in(path.name) is None
    bad = [each.subject for each in health.examine(workspace) if each.level == "bad"]
    assert bad == ["backups", "rows"]


def test_a_full_disk_leaves_the_backups_as_they_were(workspace: Workspace) -> None:
    add(workspace, "x" * 200)
    good = backups.make(workspace)[0]
    code = """
import resource, signal, sys
from pathlib import Path
from cockpit.domain.settings import Settings
from cockpit.services.desk.workspace import Workspace
from cockpit.services.upkeep import backups
workspace = Workspace.open(Path(sys.argv[1]), Settings(me="Claire"))
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    backups.make(workspace)
except Exception as error:
    print(type(error).__name__)
"""
    said = subprocess.run(
        [sys.executable, "-c", code, str(workspace.path)], capture_output=True, text=True, check=True
    )
    assert said.stdout.strip() in ("OperationalError", "Damaged", "OSError")
    assert visible(good.parent) == [good.name]
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] == resource.RLIM_INFINITY


def test_what_a_killed_backup_left_is_forgotten_after_a_day(workspace: Workspace) -> None:
    import os

    folder = workspace.path.parent / "backups"
    folder.mkdir()
    (old, new) = (folder / f".cockpit.db.{n:012x}.partial" for n in (1, 2))
    beside = [workspace.path.with_name(f".cockpit.db.{3:012x}.partial{end}") for end in ("", "-journal")]
    others = [workspace.path.with_name(name) for name in (".film.mp4.partial", ".novel.partial-3.md")]
    for each in (old, new, *beside, *others):
        each.touch()
    for each in (old, *beside, *others):
        os.utime(each, (0, 0))
    path, _doubt = backups.make(workspace)
    assert visible(folder) == sorted([new.name, path.name])
    assert [each for each in beside if each.exists()] == [], "of a restore: a whole copy of the database"
    assert all(each.exists() for each in others), "what other programs write stays"


def test_a_backup_is_put_back_and_what_was_there_is_kept(tmp_path: Path) -> None:
    target, saved = database(tmp_path / "d" / "a.db", "now"), database(tmp_path / "saved.db", "then", "too")
    kept = backups.restore(saved, target, NOW)
    assert kept is not None
    assert (titles(target), titles(kept), titles(saved)) == (["then", "too"], ["now"], ["then", "too"])
    assert target.stat().st_mode & 0o777 == 0o600
    with closing(connect(target)) as conn:
        assert conn.execute("PRAGMA journal_mode").fetchone()[0] == "wal"


def test_what_only_the_side_file_holds_is_kept_too(tmp_path: Path) -> None:
    target, saved = tmp_path / "a.db", database(tmp_path / "saved.db", "then")
    code = (
        "import os, sys; from pathlib import Path; from tests.services.upkeep.test_backups import database;"
        "from cockpit.store.connection import connect; from cockpit.store.journal import *;"
        "from tests.services.upkeep.test_backups import STAMP; conn = connect(Path(sys.argv[1]));"
        "write(conn, STAMP, [Put('blocker', '1', {'title': 'in the log'}, 'B')]); os._exit(0)"
    )
    subprocess.run([sys.executable, "-c", code, str(target)], check=True)
    assert (tmp_path / "a.db-wal").stat().st_size > 0
    kept = backups.restore(saved, target, NOW)
    assert kept is not None
    assert (titles(kept), titles(target)) == (["in the log"], ["then"])


def test_a_damaged_database_is_replaced_and_kept_byte_for_byte(tmp_path: Path) -> None:
    target, saved = tmp_path / "a.db", database(tmp_path / "saved.db", "then")
    target.write_bytes(b"rubbish" * 1_000)
    kept = backups.restore(saved, target, NOW)
    assert kept is not None
    assert kept.read_bytes() == b"rubbish" * 1_000
    assert titles(target) == ["then"]


def test_a_database_in_use_is_not_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backups, "_BUSY_S", 0.05)
    target, saved = database(tmp_path / "a.db", "now"), database(tmp_path / "saved.db", "then")
    with closing(connect(target)) as conn:
        conn.execute("BEGIN IMMEDIATE")
        conn.execute("UPDATE blocker SET title = 'being written'")
        with pytest.raises(InUse):
            backups.restore(saved, target, NOW)
        conn.execute("ROLLBACK")
    assert titles(target) == ["now"]


@pytest.mark.parametrize(
    ("spoil", "error"),
    [
        ("garbage", Damaged),
        ("empty", NotOurs),
        ("foreign", NotOurs),
        ("later", TooNew),
        ("torn", Damaged),
        ("seal", Unproven),
        ("row", Unproven),
        ("cut", Unproven),
    ],
)
def test_what_will_not_do_is_refused_before_anything_is_touched(
    tmp_path: Path, spoil: str, error: type[Exception]
) -> None:
    target, saved = database(tmp_path / "d" / "a.db", "now"), database(tmp_path / "saved.db", "x", "y", "z")
    if spoil == "garbage":
        saved.write_bytes(b"rubbish" * 1_000)
    elif spoil == "empty":
        saved.write_bytes(b"")
    elif spoil == "foreign":
        saved.unlink()
        forge(saved, "CREATE TABLE moz_places (id INTEGER)")
    elif spoil == "later":
        forge(saved, f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    elif spoil == "torn":
        content = saved.read_bytes()
        saved.write_bytes(content[: len(content) // 2])
    elif spoil == "seal":
        forge(saved, "DROP TRIGGER journal_never_changes")
        forge(saved, "UPDATE journal SET actor = 'x' WHERE seq = 2")
    elif spoil == "row":
        forge(saved, "UPDATE blocker SET title = 'x' WHERE number = 2")
    else:
        forge(saved, "DROP TRIGGER journal_never_shrinks")
        forge(saved, "DELETE FROM journal WHERE seq = 3")
    before = visible(tmp_path / "d"), target.read_bytes()
    with pytest.raises(error):
        backups.restore(saved, target, NOW)
    assert (visible(tmp_path / "d"), target.read_bytes()) == before
    if error is Unproven:
        backups.restore(saved, target, NOW, unproven=True)
        assert titles(target)[0] == "x"


def test_a_backup_of_an_older_schema_is_judged_and_put_back(tmp_path: Path) -> None:
    from sqlite_utils import Database

    from cockpit.store import migrations

    saved, target = tmp_path / "old.db", tmp_path / "d" / "a.db"
    with closing(sqlite3.connect(saved, isolation_level=None)) as conn:
        conn.row_factory = sqlite3.Row
        migrations.steps().apply(Database(conn), stop_before="m003_engagements_of_service")
        conn.execute("PRAGMA user_version = 2")
        journal.write(conn, STAMP, [Put("blocker", "1", {"title": "old"}, "B")])
    backups.restore(saved, target, NOW)
    assert titles(target) == ["old"]


def test_after_an_older_backup_was_put_back_the_newer_ones_raise_no_alarm(
    workspace: Workspace, clock: TickingClock
) -> None:
    add(workspace, "one")
    older = backups.make(workspace)[0]
    clock.forward(hours=1)
    add(workspace, "two")
    backups.make(workspace)
    clock.forward(hours=1)
    backups.restore(older, workspace.path, clock().astimezone())
    with closing(connect(workspace.path)) as conn:
        again = Workspace(conn, workspace.path, workspace.settings, clock)
        assert seal.check(again).holds
        clock.forward(hours=1)
        add(again, "three")
        add(again, "four")
        newest = backups.make(again)[0]
        forge(again.path, "DROP TRIGGER journal_never_shrinks")
        forge(again.path, "DELETE FROM journal WHERE seq > 2")
        forge(again.path, "DELETE FROM memo")
        forge(again.path, "DELETE FROM blocker WHERE number > 2")
        assert seal.check(again, whole=True).lost == newest.name


def test_a_database_that_is_gone_is_not_begun_anew_beside_its_backups(workspace: Workspace) -> None:
    add(workspace, "kept")
    saved = backups.make(workspace)[0]
    workspace.conn.close()
    workspace.path.unlink()
    with pytest.raises(Gone):
        connect(workspace.path)
    assert not workspace.path.exists()
    assert backups.restore(saved, workspace.path, NOW) is None
    assert titles(workspace.path) == ["kept"]


# Kills at every instant: the child ends itself at the n-th thing that it asks of the system.

KILLED = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from cockpit.services.upkeep import backups
from cockpit.domain.settings import Settings
from cockpit.services.desk.workspace import Workspace
from cockpit.store import migrations, proof
doing, at, left = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
workspace = Workspace.open(at, Settings(me="Claire")) if doing == "backup" else None
asked = 0
def count(event, args):
    global asked
    if event in ("open", "os.rename", "os.remove", "os.link", "os.chmod", "sqlite3.connect", "shutil.copyfile"):
        asked += 1
        if asked == left:
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(count)
if workspace:
    backups.make(workspace)
else:
    backups.restore(at.parent / "saved.db", at, datetime(2026, 11, 23, 9, 0, tzinfo=UTC))
"""


def killed_at(doing: str, path: Path, instant: int) -> bool:
    """Whether the child was killed: it ends by itself once there are fewer instants than that."""
    said = subprocess.run([sys.executable, "-c", KILLED, doing, str(path), str(instant)], check=False)
    assert said.returncode in (0, -signal.SIGKILL)
    return said.returncode != 0


def test_a_restore_that_is_killed_at_any_instant_leaves_the_old_or_the_new(tmp_path: Path) -> None:
    seen, instant = [], 0
    while True:
        instant += 1
        folder = tmp_path / str(instant)
        target = database(folder / "a.db", "now")
        database(folder / "saved.db", "then")
        was_killed = killed_at("restore", target, instant)
        seen.append(titles(target)[0])
        assert titles(folder / "saved.db") == ["then"]
        if seen[-1] == "then":
            (kept,) = folder.glob("a-replaced-*.db")
            assert titles(kept) == ["now"]
        if not was_killed:
            break
    assert seen[-1] == "then"
    assert seen == sorted(seen), "never back to the old once the new was there"
    assert instant > 10


def test_a_backup_that_is_killed_at_any_instant_leaves_none_that_is_not_good(tmp_path: Path) -> None:
    target, instant = database(tmp_path / "a.db", "now"), 0
    while True:
        instant += 1
        was_killed = killed_at("backup", target, instant)
        for each in backups_of(target):
            backups.is_good(each)
            each.unlink()
        if not was_killed:
            break
    assert instant > 5
