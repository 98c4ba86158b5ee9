"""The journal in words: what happened to the record itself, whichever job did it."""

from __future__ import annotations

from cockpit.domain.registers import REGISTERS
from cockpit.services.changes import bulk
from cockpit.services.desk.workspace import Workspace
from cockpit.services.records import find, history
from cockpit.services.work import moves


def verbs(workspace: Workspace, code: str) -> list[str]:
    """What happened to a record, oldest first."""
    register, record = find.find(workspace, code)
    return [change.verb for change in reversed(history.history(workspace, register, record))]


def test_what_a_job_makes_was_added_and_what_it_changes_was_changed(workspace: Workspace) -> None:
    function, audit = REGISTERS["function"], REGISTERS["audit"]
    made = workspace.change_all([(function, None, {"name": "IT"})], "selfaudit.done")[0].code
    found = find.find(workspace, made)[1]
    workspace.change_all([(function, found, {"name": "I.T."})], "audit.done")
    held = workspace.change_all([(audit, None, {"function": made})], "audit.done")[0].code
    workspace.change(audit, find.find(workspace, held)[1], {"name": "x"}, "audit.done")
    assert verbs(workspace, made) == ["added", "changed"]
    assert verbs(workspace, held) == ["added", "done"]
    copied = workspace.add(function, {"name": "RH"}, "function.import")
    assert verbs(workspace, copied) == ["imported"]


def test_who_is_pointed_elsewhere_by_an_archive_was_changed(workspace: Workspace) -> None:
    people = REGISTERS["person"]
    ana, bob = (workspace.add(people, {"name": name}) for name in ("Ana", "Bob"))
    zoe = workspace.add(people, {"name": "Zoé", "backup": ana})
    bulk.archive_all(workspace, [ana], bob)
    assert verbs(workspace, zoe)[-1] == "changed"
    assert verbs(workspace, ana)[-1] == "archived"
    bulk.restore_all(workspace, [ana])
    assert verbs(workspace, ana)[-1] == "brought back"


def test_a_room_is_not_told_that_what_was_done_was_added(workspace: Workspace) -> None:
    code = workspace.add(REGISTERS["blocker"], {"title": "VPN", "conf": 3})
    moves.done(workspace, [code])
    room = workspace.behind(1)
    assert verbs(room, code)[-1] == "done"
    room.conn.close()
