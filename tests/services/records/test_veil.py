"""What is above the level of the room shows nowhere: one word in every text of every register, looked for."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator

import pytest

from cockpit.domain.registers import ORGANISATION, REGISTERS
from cockpit.domain.registers.blocker import Blocker
from cockpit.services.boards import brief, listing
from cockpit.services.boards.board import board
from cockpit.services.changes import edit
from cockpit.services.desk.workspace import Workspace
from cockpit.services.records import find, finding, history, registers
from cockpit.store.connection import data_version
from tests.services.records.secrets_everywhere import ORDER, WORD, fill


@pytest.fixture
def secret(workspace: Workspace) -> Workspace:
    """One record of level 3 in every register, all of its texts holding the word; one of level 1 beside it."""
    fill(workspace)
    return workspace


@pytest.fixture
def room(secret: Workspace) -> Iterator[Workspace]:
    veiled = secret.behind(1)
    yield veiled
    veiled.conn.close()


def test_the_word_is_there_without_the_veil(secret: Workspace) -> None:
    assert WORD in repr(board(secret))
    assert WORD in brief.to_text(board(secret))


def test_a_veiled_snapshot_holds_no_word_of_it(room: Workspace) -> None:
    found = board(room)
    shown = {field.name: getattr(found, field.name) for field in dataclasses.fields(found)}
    assert {name for name, value in shown.items() if WORD in repr(value)} == set()
    assert {row.record.code for row in found.work.blockers} == {"B-1", "B-2"}
    assert "▒▒▒ restricted" in repr(found.work.blockers)
    assert "Plain blocker" in repr(found.work.blockers)


def test_names_of_what_is_hidden_are_codes_in_what_is_shown(room: Workspace) -> None:
    names = room.names()
    assert (names["PR-1"], names["PE-1"], names["FN-1"]) == ("PR-1", "PE-1", "FN-1")


@pytest.mark.parametrize("name", ORDER)
def test_every_register_and_its_history_are_veiled(room: Workspace, name: str) -> None:
    register = REGISTERS[name]
    found = registers.all_of(room, register)
    for record in found:
        assert WORD not in repr(record)
        assert WORD not in repr(history.history(room, register, record))
    # Of what is secret not even that there is something is told.
    assert any(room.hides(record) for record in found) or (register.secret and not found)


def test_the_journal_the_search_and_the_brief_are_veiled(room: Workspace) -> None:
    assert WORD not in repr(history.recent(room, 300))
    # Not even which record holds the word.
    assert finding.find(room, WORD) == []
    assert WORD not in brief.to_text(board(room))
    assert WORD not in json.dumps(brief.to_json(room, board(room)))
    assert all(
        WORD not in listing.row(room, REGISTERS[name], record, room.names()).printed
        for name in ("blocker", "priority", "decision")
        for record in listing.records_of(room, name, True)
    )


@pytest.mark.parametrize("name", ORGANISATION)
def test_exports_leave_out_what_is_above_their_level(secret: Workspace, room: Workspace, name: str) -> None:
    assert WORD in registers.export_csv(secret, REGISTERS[name])
    assert WORD not in registers.export_csv(room, REGISTERS[name], 1)


def test_what_becomes_confidential_is_hidden_in_all_of_its_past(workspace: Workspace) -> None:
    code = workspace.add(REGISTERS["blocker"], {"title": f"{WORD} leaves", "conf": 1})
    edit.edit(workspace, code, {"conf": 3})
    room = workspace.behind(1)
    assert WORD not in repr(history.recent(room, 20))
    edit.edit(workspace, code, {"conf": 1})
    assert WORD not in repr(history.recent(room, 20)), "nor once it was lowered again"
    room.conn.close()


def test_what_speaks_of_a_hidden_record_is_hidden_with_it(workspace: Workspace) -> None:
    code = workspace.add(REGISTERS["blocker"], {"title": "Sale", "conf": 3})
    clock = workspace.add(REGISTERS["clock"], {"title": WORD, "blocker": code, "conf": 1})
    room = workspace.behind(2)
    _register, found = find.find(room, clock)
    assert WORD not in repr(found)
    assert room.hides(found)
    room.conn.close()


@pytest.mark.parametrize("level", [0, 1, 2, 3])
def test_each_level_shows_what_is_at_it_or_below(workspace: Workspace, level: int) -> None:
    for conf in range(4):
        workspace.add(REGISTERS["blocker"], {"title": f"level {conf}", "conf": conf})
    room = workspace.behind(level)
    titles = {record.title for record in room.select(Blocker, "blocker", "conf <= 3")} if level == 3 else {
        record.title for record in room.select(Blocker, "blocker")}  # fmt: skip
    assert {f"level {n}" for n in range(level + 1)} <= titles
    assert not {f"level {n}" for n in range(level + 1, 4)} & titles
    if room is not workspace:
        room.conn.close()


def test_empty_stays_empty_so_that_rules_judge_the_same(secret: Workspace, room: Workspace) -> None:
    kinds = {(alert.kind, alert.target) for alert in board(secret).alerts.loud}
    seen = {(alert.kind, alert.target) for alert in board(room).alerts.loud}
    # That an attestation is owed tells that the amount is above a limit.
    assert kinds - seen == {("certificate_missing", "CT-1")}
    assert seen <= kinds


def test_a_veiled_workspace_writes_nothing_and_follows_what_is_written(workspace: Workspace) -> None:
    room = workspace.behind(1)
    before = data_version(room.conn)
    workspace.add(REGISTERS["blocker"], {"title": "VPN", "conf": 1})
    assert data_version(room.conn) != before
    assert "VPN" in repr(board(room).work.blockers)
    room.conn.close()


def test_alerts_are_as_confidential_as_what_they_are_about(secret: Workspace) -> None:
    found = {alert.target: alert.conf for alert in board(secret).alerts.loud}
    assert {found[code] for code in ("B-1", "PR-1") if code in found} == {3}
    assert found["B-2"] == 3, "its owner is a name of level 3"


def test_a_step_and_a_drill_are_as_confidential_as_what_they_belong_to(workspace: Workspace) -> None:
    handover = workspace.add(
        REGISTERS["handover"], {"name": "Departure", "due": workspace.today(), "conf": 3}
    )
    step = workspace.add(REGISTERS["step"], {"name": f"Tell {WORD}", "handover": handover})
    function = workspace.add(REGISTERS["function"], {"name": "IT"})
    plan = workspace.add(REGISTERS["continuity"], {"name": "Plan", "function": function, "conf": 3})
    drill = workspace.add(
        REGISTERS["drill"], {"name": f"Without {WORD}", "plan": plan, "held_on": workspace.today()}
    )
    room = workspace.behind(1)
    for code in (step, drill):
        register, record = find.find(room, code)
        assert room.hides(record)
        assert WORD not in repr(record) + repr(history.history(room, register, record))
        assert WORD in repr(find.find(workspace, code)[1])
    assert WORD not in repr(history.recent(room, 300))
    room.conn.close()
