"""Two accounts of one machine on one file: its group has all that stands beside it, or is told what it lacks."""

from __future__ import annotations

import os
import sqlite3
import stat
from pathlib import Path

import pytest

from cockpit.cli.kit import opening
from cockpit.services.desk import ground
from cockpit.services.desk.workspace import Workspace
from cockpit.services.records import keyed
from cockpit.services.seats.presence import OpenScreen
from cockpit.services.upkeep import accounts, backups, turn
from cockpit.store.connection import Unreachable

pytestmark = pytest.mark.skipif(os.name != "posix", reason="groups that own files are of POSIX")


def share(workspace: Workspace) -> None:
    """What the doctor says is to be done."""
    for path in workspace.path.parent.glob(f"{workspace.path.name}*"):
        path.chmod(0o660)
    workspace.path.parent.chmod(0o2770)


def beside(workspace: Workspace) -> list[Path]:
    """All that the program makes there, some of it while a screen is open."""
    screen = OpenScreen()
    screen.say(workspace)
    with turn.taken(workspace.path):
        keyed.make_key(workspace)
    ground.keep_drafts(workspace.path, {"new:blocker": "the lease"})
    backup, _doubt = backups.make(workspace)
    found = [each for each in workspace.path.parent.rglob("*") if each.suffix not in (".toml", ".db-shm")]
    assert {workspace.path, backup, ground.drafts_file(workspace.path), keyed.key_path(workspace)} <= {*found}
    return found


def test_what_is_made_beside_a_file_that_its_group_may_write_is_of_that_group(workspace: Workspace) -> None:
    share(workspace)
    for path in beside(workspace):
        wanted = stat.S_IRWXG if path.is_dir() else stat.S_IRGRP | stat.S_IWGRP
        assert path.stat().st_mode & wanted == wanted, path
        assert not path.stat().st_mode & stat.S_IRWXO, path


def test_what_is_made_beside_a_file_of_ones_own_is_ones_own(workspace: Workspace) -> None:
    assert [path for path in beside(workspace) if path.stat().st_mode & 0o077] == []


def test_the_doctor_says_what_a_group_lacks_that_shares_the_file(workspace: Workspace) -> None:
    workspace.path.chmod(0o660)
    workspace.path.parent.chmod(0o700)
    is_shared, text = accounts.judged(workspace.path)
    assert not is_shared
    assert f"chmod g+rwxs {workspace.path.parent}" in text
    share(workspace)
    is_shared, text = accounts.judged(workspace.path)
    assert (is_shared, text.endswith("share it")) == (True, True), text
    alone = workspace.path.with_name(f"{workspace.path.name}.typing")
    alone.mkdir(mode=0o700)
    is_shared, text = accounts.judged(workspace.path)
    assert (is_shared, str(alone) in text) == (False, True)


def test_drafts_of_another_account_stay_where_they_are(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    ground.keep_drafts(workspace.path, {"new:blocker": "what somebody else typed"})
    monkeypatch.setattr(os, "access", lambda *_given: False)
    with pytest.raises(PermissionError):
        ground.take_in(workspace.conn, workspace.path, "2026-11-23T07:00:00+00:00")
    Workspace.open(workspace.path, workspace.settings).conn.close()
    assert ground.kept_drafts(workspace.path) == {"new:blocker": "what somebody else typed"}


def test_a_file_of_another_account_is_told_as_such_with_the_ways_out(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = Unreachable(workspace.path, "attempt to write a readonly database")
    assert "check the folder" in opening.explain(refused)
    monkeypatch.setattr(os, "geteuid", lambda: -1)
    monkeypatch.setattr(os, "access", lambda *_given: False)
    said = opening.explain(refused)
    assert "is of the account" in said
    assert f"chmod 660 {workspace.path}" in said


def test_a_migration_whose_backup_cannot_be_written_is_told_and_not_begun(
    workspace: Workspace, tmp_path: Path
) -> None:
    workspace.conn.execute("PRAGMA user_version = 1")
    (workspace.path.parent / "backups").write_text("a file in its place")
    with pytest.raises(Unreachable) as refused:
        Workspace.open(workspace.path, workspace.settings)
    assert refused.value.path.name == "backups"
    with sqlite3.connect(workspace.path) as conn:
        assert conn.execute("PRAGMA user_version").fetchone()[0] == 1
