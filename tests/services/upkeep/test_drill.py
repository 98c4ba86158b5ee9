"""A restore drill brings each copy back beside what is used, and says what it found."""

from __future__ import annotations

from pathlib import Path

from cockpit.domain.alerts.alerts import AlertLevel
from cockpit.domain.dataclasses import replace
from cockpit.domain.settings import CopySettings
from cockpit.services.alerts import copy_rules
from cockpit.services.desk.workspace import PROGRAM, Workspace
from cockpit.services.documents.manual import writing
from cockpit.services.meetings import rituals, templates
from cockpit.services.organisation import restore_words
from cockpit.services.upkeep import backups, drill
from cockpit.store import journal
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


def test_a_drill_that_went_well_says_of_its_ritual_that_it_was_held(
    workspace: Workspace, clock: TickingClock
) -> None:
    found = templates.named("drill")
    assert found is not None
    code = templates.add(workspace, found, "mon 09:00")
    add(workspace, "one")
    drill.hold(workspace)
    assert rituals.unspoken(workspace, "drill", 0), "without a copy nothing was held"
    made = backups.make(workspace)[0]
    content = made.read_bytes()
    made.write_bytes(b"")
    drill.hold(workspace)
    assert rituals.unspoken(workspace, "drill", 0), "a copy that is no good holds nothing"
    made.write_bytes(content)
    clock.forward(minutes=1)
    drill.hold(workspace, iter((0.0, 0.5)).__next__)
    assert rituals.unspoken(workspace, "drill", 0) == ()
    entry = journal.entries(workspace.conn, limit=1)[0]
    assert (entry.action, entry.actor) == ("ritual.held", workspace.actor)
    assert entry.reason.startswith("backup, tried 23 Nov 2026: 2 entries, same head")
    drill.hold(workspace)
    assert journal.entries(workspace.conn, limit=1)[0].seq == entry.seq, "once is enough"
    clock.forward(days=7, hours=1)
    (meeting,) = rituals.unspoken(workspace, "drill", 0)
    assert meeting.ritual.code == code
    assert len(drill.hold_if_due(workspace)) == 1, "its hour has come: the sync holds it"
    entry = journal.entries(workspace.conn, limit=1)[0]
    assert (entry.action, entry.actor) == ("ritual.held", PROGRAM)
    assert drill.hold_if_due(workspace) == ()


def test_the_manual_says_when_a_copy_was_last_restored(workspace: Workspace, tmp_path: Path) -> None:
    add(workspace, "one")
    written = writing.write(workspace, tmp_path / "manual")
    assert "a restore drill of the cockpit's copies" in " ".join(gap.what for gap in written.gaps)
    backups.make(workspace)
    drill.hold(workspace)
    written = writing.write(workspace, tmp_path / "manual")
    text = "".join(path.read_text(encoding="utf-8") for path in (tmp_path / "manual").glob("*.md"))
    assert "backup, tried 23 Nov 2026: 1 entry, same head" in text
