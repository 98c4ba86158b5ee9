"""A copy elsewhere, by the real Litestream: what was killed in the middle of writes comes back, or its lack is told."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from cockpit.domain.dataclasses import replace
from cockpit.domain.settings import CopySettings
from cockpit.services.desk.workspace import Workspace
from cockpit.services.upkeep import backups, comparing, drill, health, replica
from cockpit.store import journal
from cockpit.store.connection import StoreError, connect, integrity_errors
from cockpit.store.state.restore_drills import REPLICA
from tests import litestream as real
from tests.services.upkeep.test_backups import add

PATIENCE_S = 120.0
"""A machine that does twenty things at once is slow, not broken."""
WRITER = """
import sys
from pathlib import Path
from cockpit.domain.registers import REGISTERS
from cockpit.domain.settings import Settings
from cockpit.services.desk.workspace import Workspace
workspace = Workspace.open(Path(sys.argv[1]), Settings(me="Claire"))
while True:
    print(workspace.add(REGISTERS["blocker"], {"title": "in the middle"}), flush=True)
"""


def copying(workspace: Workspace, place: Path) -> subprocess.Popen[bytes]:
    settings = workspace.path.with_name("litestream.yml")
    settings.write_text(replica.configuration(workspace.path, str(place)), encoding="utf-8")
    return subprocess.Popen(
        [replica.program(), "replicate", "-no-expand-env", "-config", str(settings)],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


@pytest.fixture
def copied(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, litestream: int
) -> Workspace:
    """A cockpit whose settings name a copy elsewhere."""
    real.in_path(monkeypatch, litestream)
    # Blanks, accents and a dollar are no trouble for a folder.
    place = tmp_path / "copie à $part"
    workspace.settings = replace(workspace.settings, copies=CopySettings(replica=str(place)))
    return workspace


def head_elsewhere(workspace: Workspace) -> int:
    try:
        with (
            replica.brought_back(
                workspace.settings.copies.replica, workspace.path, workspace.config_path
            ) as place,
            closing(connect(place)) as conn,
        ):
            return journal.head(conn)[0]
    except (replica.NotBroughtBack, StoreError, sqlite3.DatabaseError):
        # Nothing lies there yet, or the first pages of it alone.
        return -1


@real.needed
@real.each_version
def test_what_is_killed_in_the_middle_of_writes_comes_back_on_an_empty_host(
    copied: Workspace, tmp_path: Path
) -> None:
    copier = copying(copied, Path(copied.settings.copies.replica))
    writer = subprocess.Popen([sys.executable, "-c", WRITER, str(copied.path)], stdout=subprocess.PIPE)
    assert writer.stdout is not None
    deadline = time.monotonic() + PATIENCE_S
    # Read what it says: it writes on until something of it lies elsewhere.
    while head_elsewhere(copied) < 5:
        assert writer.stdout.readline()
        assert time.monotonic() < deadline
    for each in (writer, copier):
        os.kill(each.pid, signal.SIGKILL)
        each.wait()
    writer.stdout.close()
    written = journal.head(copied.conn)[0]
    elsewhere = tmp_path / "another host" / "cockpit.db"
    with replica.brought_back(copied.settings.copies.replica, copied.path, None) as place:
        with backups.opened(place) as conn:
            if integrity_errors(conn):
                # Seen with 0.3.13 alone, once in some ten kills: an index behind its table. It is told and refused.
                (tried,) = drill.hold(copied)
                assert tried.fault
                with pytest.raises(StoreError):
                    backups.restore(place, elsewhere, copied.now())
                assert not elsewhere.exists()
                return
            loss = comparing.compared(copied, conn)
        assert backups.restore(place, elsewhere, copied.now()) is None
    with closing(connect(elsewhere)) as conn:
        assert journal.verify(conn) is None
        assert journal.head(conn)[0] == loss.entries == written - loss.missing
    assert loss.beyond == 0
    assert (loss.missing_since is None) == (loss.missing == 0)
    (tried,) = drill.hold(copied)
    assert (tried.kind, tried.fault, tried.missing) == (REPLICA, "", loss.missing)


@real.needed
@real.each_version
def test_the_doctor_tells_how_old_the_copy_is_and_what_it_lacks(copied: Workspace) -> None:
    def said() -> health.Finding:
        (found,) = [each for each in health.examine(copied) if each.subject == "copy elsewhere"]
        return found

    assert (said().level, said().text) == ("bad", "it holds no copy yet")
    add(copied, "one")
    copier = copying(copied, Path(copied.settings.copies.replica))
    deadline = time.monotonic() + PATIENCE_S
    while head_elsewhere(copied) < 1:
        assert time.monotonic() < deadline
    copier.terminate()
    copier.wait()
    assert said().text == "up to entry 1, just now; nothing is missing"
    copied.clock.forward(hours=3)  # type: ignore[attr-defined]
    add(copied, "two")
    copied.clock.forward(hours=1)  # type: ignore[attr-defined]
    assert (said().level, said().text) == ("warn", "up to entry 1, 4 h ago; 1 entry behind, since 1 h")


def test_without_litestream_the_way_out_is_told(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replica, "_USUAL", ())
    monkeypatch.setenv("PATH", "/nowhere")
    with (
        pytest.raises(replica.NotBroughtBack, match="litestream is not installed"),
        replica.brought_back("s3://bucket/cockpit", workspace.path, None),
    ):
        pass


def test_the_doctor_waits_a_moment_for_a_copy_whose_server_is_away_and_says_so(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    away = tmp_path / "litestream"
    away.write_text("#!/bin/sh\nexec tail -f /dev/null\n")
    away.chmod(0o700)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(replica, "GLANCE_S", 0.2)
    workspace.settings = replace(workspace.settings, copies=CopySettings(replica="s3://bucket/cockpit"))
    (found,) = [each for each in health.examine(workspace) if each.subject == "copy elsewhere"]
    assert (found.level, found.text) == (
        "warn", "no answer after 0 s: its server is away or slow; cockpit drill waits for it up to 120 s",
    )  # fmt: skip


def test_a_folder_is_a_copy_only_when_litestream_wrote_it(tmp_path: Path) -> None:
    assert not replica.is_replica(str(tmp_path))
    (tmp_path / "ltx").mkdir()
    assert replica.is_replica(str(tmp_path))
    assert replica.is_replica("s3://bucket/cockpit")
