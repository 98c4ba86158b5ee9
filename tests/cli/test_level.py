"""What the shell tells at a level: one word in every text of level 3, which no command may say at level 1."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cockpit.domain.registers import REGISTERS
from cockpit.services.changes import edit
from cockpit.services.desk.workspace import Workspace
from cockpit.services.meetings import facilitation, live, minutes, running_order
from cockpit.services.records import find
from tests.cli.conftest import Run
from tests.services.records.secrets_everywhere import WORD, fill

READING = (
    ("brief",), ("list",), ("list", "functions"), ("list", "accesses"), ("review",), ("sla",), ("alerts",),
    ("inbox",), ("journal",), ("week",), ("agenda",), ("providers",), ("flash",), ("flash", "--agenda"),
    ("flash", "--minutes"), ("kickoff",), ("map",), ("interfaces",), ("risks",), ("continuity",),
    ("contracts",), ("raci",), ("register", "export", "functions"),
)  # fmt: skip
SAY_IT = ("brief", "list", "review", "sla", "alerts", "inbox", "journal", "week", "providers", "flash")
"""Those that say the word to whoever owns the file: the test would see it."""


@pytest.fixture
def secret(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """A record of level 3 in every register, and a flash point of level 3 that was held."""
    fill(workspace)
    edit.edit(workspace, "RT-1", {"kind": "flash"})
    began = workspace.clock() - timedelta(hours=1)
    _register, meeting = find.find(workspace, "RO-1")
    workspace.change(_register, meeting, {"status": "held", "started_at": began, "ended_at": began})
    workspace.keep_draft("minutes:RO-1", f"# {WORD}\n")
    monkeypatch.setenv("COCKPIT_DB", str(workspace.path))
    return workspace


@pytest.mark.parametrize("command", READING, ids=" ".join)
def test_no_command_says_at_a_level_what_is_above_it(
    run: Run, secret: Workspace, command: tuple[str, ...]
) -> None:
    if command[0] in SAY_IT:
        assert WORD in run(*command).out
    for form in ((), ("--json",)):
        said = run(*command, "--level", "1", *form)
        assert said.code in {0, 2}, said.err
        assert "No such option" not in said.err
        assert WORD not in said.out + said.err


def test_minutes_are_written_again_for_a_room_that_may_read_them(
    run: Run, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COCKPIT_DB", str(workspace.path))
    owner = workspace.add(REGISTERS["person"], {"name": WORD, "conf": 3})
    workspace.add(REGISTERS["blocker"], {"title": "VPN down", "owner": owner, "severity": "p1", "conf": 1})
    seen = facilitation.start(workspace, running_order.prepare(workspace, "flash"))
    facilitation.attend(workspace, live.view(workspace, seen), owner)
    minutes.close(workspace, seen)
    assert WORD in run("flash", "--minutes").out
    for form in ((), ("--json",)):
        said = run("flash", "--minutes", "--level", "1", *form)
        assert (said.code, WORD in said.out, "VPN down" in said.out) == (0, False, True)
