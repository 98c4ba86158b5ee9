"""Lessons: asked when a long case closes, kept in their register, found by search, recalled by the next like case."""

from __future__ import annotations

import pytest

from cockpit.domain.records.record import Value
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.blocker import Blocker
from cockpit.domain.registers.lesson import Lesson
from cockpit.services.desk.refusal import UnknownCode
from cockpit.services.desk.workspace import Workspace
from cockpit.services.records import finding
from cockpit.services.work import lessons, moves
from tests.conftest import TickingClock


def _blocker(workspace: Workspace, title: str, **more: Value) -> str:
    return workspace.add(REGISTERS["blocker"], {"title": title, "since": workspace.clock(), **more})


def test_a_case_of_eleven_days_asks_and_a_short_one_does_not(
    workspace: Workspace, clock: TickingClock
) -> None:
    long = _blocker(workspace, "The hours file is missing")
    clock.forward(days=11)
    short = _blocker(workspace, "A short one")
    moves.done(workspace, [long, short])
    assert lessons.is_asked(workspace, long)
    assert not lessons.is_asked(workspace, short)
    kept = lessons.keep(workspace, long, "Ask for the hours file before the 5th")
    assert not lessons.is_asked(workspace, long)
    (lesson,) = workspace.select(Lesson, "lesson")
    assert (lesson.code, lesson.origin, lesson.learned_on) == (kept, long, workspace.today())
    assert lessons.recalled(workspace, "Hours file missing again") == (kept, lesson.name)
    assert any(found.code == kept for _register, found in finding.find(workspace, "hours file"))
    workspace.undo()
    assert not workspace.select(Lesson, "lesson", "archived_at IS NULL")
    assert lessons.is_asked(workspace, long), "undone with it"


def test_the_third_case_of_one_provider_asks(workspace: Workspace, clock: TickingClock) -> None:
    provider = workspace.add(REGISTERS["provider"], {"name": "Paie+"})
    codes = []
    for number in range(3):
        codes.append(_blocker(workspace, f"Case {number}", waiting_on=(provider,)))
        clock.forward(days=1)
        moves.done(workspace, [codes[-1]])
    assert [lessons.is_asked(workspace, code) for code in codes[:2]] == [True, True]
    assert lessons.is_asked(workspace, codes[2])
    other = _blocker(workspace, "Of nobody")
    moves.done(workspace, [other])
    assert not lessons.is_asked(workspace, other)


def test_a_lesson_said_while_closing_is_kept_in_the_same_change(
    workspace: Workspace, clock: TickingClock
) -> None:
    code = _blocker(workspace, "One")
    clock.forward(days=12)
    moves.done(workspace, [code], "Ask earlier")
    (lesson,) = workspace.select(Lesson, "lesson")
    assert lesson.name == "Ask earlier"
    workspace.undo()
    (blocker,) = workspace.select(Blocker, "blocker")
    assert blocker.closed_at is None
    assert not workspace.select(Lesson, "lesson", "archived_at IS NULL")


def test_only_a_blocker_teaches(workspace: Workspace) -> None:
    with pytest.raises(UnknownCode):
        lessons.keep(workspace, workspace.add(REGISTERS["priority"], {"title": "One"}), "x")


def test_a_lesson_is_as_confidential_as_its_case(workspace: Workspace, clock: TickingClock) -> None:
    code = _blocker(workspace, "The sale", conf=3)
    clock.forward(days=12)
    moves.done(workspace, [code])
    lessons.keep(workspace, code, "Say nothing")
    assert workspace.select(Lesson, "lesson")[0].conf == 3
