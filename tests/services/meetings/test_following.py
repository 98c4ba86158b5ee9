"""One leads a meeting, others follow it on their own screens: they see it at once and change nothing of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from cockpit.domain.dataclasses import replace
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.decision import Decision
from cockpit.services.desk.workspace import Workspace
from cockpit.services.meetings import facilitation, running_order
from cockpit.services.meetings import live as live_meeting
from cockpit.services.meetings.live import Live
from cockpit.services.meetings.timekeeper import Timekeeper
from cockpit.services.work import capture, entry
from tests.conftest import TickingClock


@pytest.fixture
def sophie(workspace: Workspace, clock: TickingClock) -> Iterator[Workspace]:
    """Her screen on the same file; Claire leads."""
    settings = replace(workspace.settings, me="Sophie")
    opened = Workspace.open(workspace.path, settings, clock)
    yield opened
    opened.conn.close()


def begun(workspace: Workspace) -> Live:
    workspace.add(REGISTERS["person"], {"name": "Sophie"})
    capture.save(workspace, "blocker", entry.understand(workspace, "VPN down p1"))
    code = facilitation.start(workspace, running_order.prepare(workspace, "flash"))
    return live_meeting.view(workspace, code)


def test_who_follows_sees_each_step_and_changes_none(workspace: Workspace, sophie: Workspace) -> None:
    seen = facilitation.go(workspace, facilitation.go(workspace, begun(workspace), 1), 1)
    hers = live_meeting.view(sophie, seen.code)
    assert hers.meeting.position == seen.meeting.position
    assert "Claire" in facilitation.why_not_lead(sophie, hers.meeting)
    for change in (
        lambda: facilitation.go(sophie, hers, 1),
        lambda: facilitation.decide(sophie, hers, "decision", "Change the line who:Sophie due:friday"),
        lambda: facilitation.solve(sophie, hers),
    ):
        with pytest.raises(facilitation.FollowsOnly, match="t takes it over"):
            change()
    assert sophie.select(Decision, "decision") == ()
    assert live_meeting.view(workspace, seen.code).meeting.seq == seen.meeting.seq


def test_the_lead_is_taken_over_and_the_one_before_follows(workspace: Workspace, sophie: Workspace) -> None:
    seen = begun(workspace)
    hers = facilitation.take_over(sophie, live_meeting.view(sophie, seen.code))
    assert facilitation.why_not_lead(sophie, hers.meeting) == ""
    assert facilitation.go(sophie, hers, 1).meeting.position == 1
    with pytest.raises(facilitation.FollowsOnly):
        facilitation.go(workspace, live_meeting.view(workspace, seen.code), 1)


def test_a_laptop_that_sleeps_while_another_leads_takes_no_time_away(
    workspace: Workspace, sophie: Workspace, clock: TickingClock
) -> None:
    steady = [0.0]
    seen = begun(workspace)
    hers = Timekeeper(sophie, seen.code, lambda: steady[0])
    clock.forward(minutes=4)
    hers.tick()
    assert live_meeting.view(workspace, seen.code).meeting.seq == seen.meeting.seq
    # Claire's own sleeps instead, and Sophie takes over meanwhile: what Claire's notes on waking is not kept.
    mine = Timekeeper(workspace, seen.code, lambda: steady[0])
    facilitation.take_over(sophie, live_meeting.view(sophie, seen.code))
    seq = live_meeting.view(sophie, seen.code).meeting.seq
    clock.forward(minutes=4)
    mine.tick()
    assert live_meeting.view(sophie, seen.code).meeting.seq == seq
