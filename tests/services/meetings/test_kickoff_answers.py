"""The agenda of the kick-off calls for subjects; what partners answer comes with it."""

from __future__ import annotations

from cockpit.domain.meetings.minutes import to_markdown
from cockpit.domain.messages.statement import parse_json
from cockpit.services.desk.workspace import Workspace
from cockpit.services.meetings import minutes, running_order
from cockpit.services.messages import inbox
from tests.conftest import TickingClock


def said(workspace: Workspace, number: int) -> str:
    text = '{"version": 1, "id": "%d", "from": "InfoSud", "service": "IT", "title": "Subject %d"}'
    return inbox.keep(workspace, parse_json((text % (number, number)).encode()))


def agenda(workspace: Workspace) -> str:
    before = running_order.prepare(workspace, "kickoff")
    return to_markdown(minutes.agenda_blocks(workspace, before))


def test_what_partners_answer_comes_with_the_agenda(workspace: Workspace, clock: TickingClock) -> None:
    said(workspace, 1)
    assert "A subject to add?" in agenda(workspace)
    assert "InfoSud · Subject 1" in agenda(workspace)
    clock.forward(minutes=5)
    minutes.share_agenda(workspace, running_order.prepare(workspace, "kickoff"), ())
    clock.forward(minutes=5)
    said(workspace, 2)
    shared = agenda(workspace)
    assert ("Subject 1" in shared, "Subject 2" in shared) == (False, True)
    inbox.refuse(workspace, "IN-2", "not this week")
    assert "Subject 2" not in agenda(workspace)
