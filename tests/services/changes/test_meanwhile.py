"""Two people, one field: the second is told what the first wrote and when, and nothing is lost unsaid."""

from __future__ import annotations

import pytest

from cockpit.domain.dataclasses import replace
from cockpit.domain.registers import REGISTERS
from cockpit.services.changes import edit
from cockpit.services.desk import meanwhile
from cockpit.services.desk.workspace import PROGRAM, Workspace
from cockpit.services.records import find
from cockpit.services.work import moves
from cockpit.store.journal import Overtaken
from tests.conftest import TickingClock


@pytest.fixture
def code(workspace: Workspace) -> str:
    return workspace.add(REGISTERS["blocker"], {"title": "VPN", "next_step": "call"})


def sophie(workspace: Workspace) -> Workspace:
    return Workspace.open(workspace.path, replace(workspace.settings, me="Sophie"), workspace.clock)


def test_who_writes_second_is_told_what_the_first_wrote_and_when(
    workspace: Workspace, code: str, clock: TickingClock
) -> None:
    seen = workspace.written
    clock.forward(minutes=5)
    moves.next_step(sophie(workspace), code, "ask Orange")
    with pytest.raises(Overtaken) as caught, workspace.as_of(seen):
        moves.next_step(workspace, code, "replace the router")
    told = meanwhile.in_words(workspace, caught.value)
    assert all(word in told for word in (code, "Next step", "Sophie", "ask Orange", "08:47"))
    assert find.find(workspace, code)[1].next_step == "ask Orange"  # type: ignore[attr-defined]


def test_told_once_the_second_may_write_all_the_same(workspace: Workspace, code: str) -> None:
    moves.next_step(sophie(workspace), code, "ask Orange")
    with workspace.as_of(workspace.written):
        moves.next_step(workspace, code, "replace the router")
    assert find.find(workspace, code)[1].next_step == "replace the router"  # type: ignore[attr-defined]


def test_fields_that_do_not_collide_merge(workspace: Workspace, code: str) -> None:
    seen = workspace.written
    moves.next_step(sophie(workspace), code, "ask Orange")
    with workspace.as_of(seen):
        edit.edit(workspace, code, {"title": "VPN down"})
    found = find.find(workspace, code)[1]
    assert (found.title, found.next_step) == ("VPN down", "ask Orange")  # type: ignore[attr-defined]


def test_two_who_write_the_same_do_not_collide(workspace: Workspace, code: str) -> None:
    seen = workspace.written
    moves.next_step(sophie(workspace), code, "ask Orange")
    with workspace.as_of(seen):
        assert moves.next_step(workspace, code, "ask Orange") == []


def test_what_one_wrote_oneself_in_the_same_answer_is_no_collision(workspace: Workspace, code: str) -> None:
    with workspace.as_of(workspace.written):
        moves.next_step(workspace, code, "one")
        moves.next_step(workspace, code, "two")
    assert find.find(workspace, code)[1].next_step == "two"  # type: ignore[attr-defined]


def test_an_undo_by_somebody_else_is_a_writing_too(workspace: Workspace, code: str) -> None:
    other = sophie(workspace)
    moves.next_step(other, code, "ask Orange")
    seen = workspace.written
    other.undo()
    with pytest.raises(Overtaken), workspace.as_of(seen):
        moves.next_step(workspace, code, "replace the router")


def test_what_the_program_notes_is_nobodys_word(workspace: Workspace, code: str) -> None:
    seen = workspace.written
    register, found = find.find(workspace, code)
    workspace.change_all([(register, found, {"next_step": "noted"})], "sweep", by=PROGRAM)
    with workspace.as_of(seen):
        moves.next_step(workspace, code, "mine")


def test_what_a_room_may_not_read_is_not_told(workspace: Workspace, code: str) -> None:
    workspace.draw_veil(1)
    seen = workspace.written
    edit.edit(sophie(workspace), code, {"next_step": "sell it", "conf": 3})
    with pytest.raises(Overtaken) as caught, workspace.as_of(seen):
        moves.next_step(workspace, code, "mine")
    assert "sell it" not in meanwhile.in_words(workspace, caught.value)
    workspace.lift_veil()
