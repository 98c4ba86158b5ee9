"""The agenda of the kick-off calls for subjects; what partners answer comes with it."""

from __future__ import annotations

from cockpit.domain.minutes import to_markdown
from cockpit.domain.statement import parse_json
from cockpit.services import agenda_building, inbox, minutes
from cockpit.services.workspace import Workspace
from tests.conftest import TickingClock


def said(workspace: Workspace, number: int) -> str:
    text = '{"version": 1, "id": "%d", "from": "InfoSud", "service": "IT", "title": "Subject %d"}'
    return inbox.keep(workspace, parse_json((text % (number, number)).encode()))


def agenda(workspace: Workspace) -> str:
    before = agenda_building.prepare(workspace, "kickoff")
    return to_markdown(minutes.agenda_blocks(workspace, before))


def test_what_partners_answer_comes_with_the_agenda(workspace: Workspace, clock: TickingClock) -> None:
    said(workspace, 1)
    assert "A subject to add?" in agenda(workspace)
    assert "InfoSud · Subject 1" in agenda(workspace)
    clock.forward(minutes=5)
    minutes.share_agenda(workspace, agenda_building.prepare(workspace, "kickoff"), ())
    clock.forward(minutes=5)
    said(workspace, 2)
    shared = agenda(workspace)
    assert ("Subject 1" in shared, "Subject 2" in shared) == (False, True)
    inbox.refuse(workspace, "IN-2", "not this week")
    assert "Subject 2" not in agenda(workspace)
