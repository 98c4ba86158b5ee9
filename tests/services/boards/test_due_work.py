"""What is due on the days of a week: the work that is open, each on the day it has in the zone that is shown."""

from __future__ import annotations

from datetime import date, timedelta

from cockpit.services.boards import due_work
from cockpit.services.changes import bulk
from cockpit.services.desk.workspace import Workspace
from cockpit.services.work import capture, decisions, entry, moves

MONDAY = date(2026, 11, 23)
WEEK = (MONDAY, MONDAY + timedelta(days=7))


def save(workspace: Workspace, kind: str, line: str) -> str:
    return capture.save(workspace, kind, entry.understand(workspace, line))


def found(workspace: Workspace) -> dict[str, date]:
    return {each.code: each.day for each in due_work.days(workspace, *WEEK)}


def test_open_work_stands_on_its_day_and_what_is_over_does_not(workspace: Workspace) -> None:
    thursday = save(workspace, "blocker", "Deposit due:thu")
    sunday = save(workspace, "priority", "Budget due:2026-11-29")
    save(workspace, "priority", "Later due:2026-11-30")
    done, gone = save(workspace, "blocker", "Done due:thu"), save(workspace, "priority", "Gone due:thu")
    moves.done(workspace, [done])
    bulk.archive_all(workspace, [gone])
    assert found(workspace) == {thursday: date(2026, 11, 26), sunday: date(2026, 11, 29)}


def test_a_decision_that_was_superseded_is_not_due_any_more(workspace: Workspace) -> None:
    first = save(workspace, "decision", "Sign due:thu")
    other = save(workspace, "decision", "Hire due:fri")
    assert set(found(workspace)) == {first, other}
    later = decisions.supersede(workspace, first, entry.understand(workspace, "Sign later due:sat"))
    assert set(found(workspace)) == {other, later}


def test_a_day_is_that_of_the_zone_that_is_shown(workspace: Workspace) -> None:
    code = save(workspace, "blocker", "Call due:2026-11-26 02:00")
    assert found(workspace) == {code: date(2026, 11, 26)}
    workspace.travel("America/New_York")
    assert found(workspace) == {code: date(2026, 11, 25)}
