"""A restore drill brings each copy back beside what is used, and says what it found."""

from __future__ import annotations

from pathlib import Path

from cockpit.domain.alerts.alerts import AlertLevel
from cockpit.domain.dataclasses import replace
from cockpit.domain.settings import CopySettings
from cockpit.services.alerts import copy_rules
from cockpit.services.desk.workspace import Workspace
from cockpit.services.organisation import restore_words
from cockpit.services.upkeep import backups, drill
from cockpit.store.connection import backups_of
from cockpit.store.state import memos, restore_drills
from tests.conftest import TickingClock
from tests.services.upkeep.test_backups import add


def kinds(workspace: Workspace) -> list[str]:
    return [each.kind for each in copy_rules.of_copies(workspace)]


def test_a_drill_says_how_far_the_backup_goes(workspace: Workspace) -> None:
    add(workspace, "one")
    backups.make(workspace)
    before = workspace.path.read_bytes(), workspace.written
    (found,) = drill.hold(workspace, iter((0.0, 3.2)).__next__)
    assert restore_words.in_words(found) == "backup, tried 23 Nov 2026: 1 entry, same head, 3.2 s"
    add(workspace, "two")
    (found,) = drill.hold(workspace, iter((0.0, 0.5)).__next__)
    assert restore_words.in_words(found) == "backup, tried 23 Nov 2026: 1 entry, 1 entry behind, 0.5 s"
    assert before[1] + 1 == workspace.written, "a drill writes no entry"
    assert restore_drills.last(workspace.conn) == (found,)


def test_without_a_copy_there_is_nothing_to_try(workspace: Workspace) -> None:
    assert drill.hold(workspace) == ()
    assert restore_drills.last(workspace.conn) == ()


def test_a_copy_that_is_no_good_is_a_red_alert_until_one_is(
    workspace: Workspace, clock: TickingClock
) -> None:
    add(workspace, "one")
    good = backups.make(workspace)[0]
    content = good.read_bytes()
    good.write_bytes(content[:5000])
    (found,) = drill.hold(workspace)
    assert found.fault
    (alert,) = copy_rules.of_copies(workspace)
    assert (alert.level, alert.text()) == (AlertLevel.RED, "The restore drill failed: the backup")
    good.write_bytes(content)
    clock.forward(minutes=1)
    drill.hold(workspace)
    assert kinds(workspace) == []


def test_it_is_asked_for_after_five_weeks_without_one(workspace: Workspace, clock: TickingClock) -> None:
    assert kinds(workspace) == []
    add(workspace, "one")
    clock.forward(days=35)
    assert kinds(workspace) == []
    clock.forward(hours=1)
    (alert,) = copy_rules.of_copies(workspace)
    assert alert.text() == "No copy of the cockpit was restored for a trial in 35 days"
    backups.make(workspace)
    drill.hold(workspace)
    assert kinds(workspace) == []
    clock.forward(days=36)
    assert kinds(workspace) == ["copy_untried"]


def test_it_is_held_by_itself_once_a_month_and_again_the_next_day_when_it_failed(
    workspace: Workspace, clock: TickingClock
) -> None:
    add(workspace, "one")
    made = backups.make(workspace)[0]
    assert len(drill.hold_if_due(workspace)) == 1
    clock.forward(days=29)
    assert drill.hold_if_due(workspace) == ()
    clock.forward(days=2)
    content = made.read_bytes()
    made.write_bytes(b"")
    assert [bool(each.fault) for each in drill.hold_if_due(workspace)] == [True]
    clock.forward(hours=1)
    assert drill.hold_if_due(workspace) == ()
    made.write_bytes(content)
    clock.forward(hours=24)
    assert [each.fault for each in drill.hold_if_due(workspace)] == [""]


def test_a_copy_elsewhere_that_cannot_be_read_is_told_beside_a_good_backup(
    workspace: Workspace, tmp_path: Path
) -> None:
    add(workspace, "one")
    backups.make(workspace)
    workspace.settings = replace(workspace.settings, copies=CopySettings(replica=str(tmp_path / "nothing")))
    backup, elsewhere = drill.hold(workspace)
    assert (backup.fault, bool(elsewhere.fault)) == ("", True)
    assert kinds(workspace) == ["copy_no_good"]


def test_the_key_lies_beside_the_backups_and_comes_back_with_one(
    workspace: Workspace, tmp_path: Path
) -> None:
    add(workspace, "one")
    key = backups.key_of(workspace.path)
    key.write_bytes(b"k" * 32)
    made = backups.make(workspace)[0]
    away = backups.make(workspace, tmp_path / "away" / "cockpit.db")[0]
    assert (made.parent / "cockpit.db.key").read_bytes() == b"k" * 32
    assert not list(away.parent.glob("*.key")), "a backup that goes elsewhere tells no key"
    assert backups_of(workspace.path) == [made]
    workspace.conn.close()
    key.unlink()
    backups.restore(made, workspace.path, workspace.now())
    assert key.read_bytes() == b"k" * 32


def test_a_copy_says_of_no_other_host_that_it_has_it_open(workspace: Workspace, tmp_path: Path) -> None:
    add(workspace, "one")
    said = '{"host": "gone", "machine": "0123", "pid": 7, "since": "%s", "renewed": "%s"}'
    memos.put(workspace.conn, "lease", said % (workspace.clock().isoformat(), workspace.clock().isoformat()))
    made = backups.make(workspace)[0]
    elsewhere = tmp_path / "another host" / "cockpit.db"
    backups.restore(made, elsewhere, workspace.now())
    Workspace.open(elsewhere, workspace.settings, workspace.clock).conn.close()
