"""`cockpit block` alone at a terminal: a line with editing, history and completion, that nothing loses."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import PipeInput, create_pipe_input
from prompt_toolkit.output import DummyOutput

from cockpit.cli.work import prompt
from cockpit.domain.registers import REGISTERS
from cockpit.services.desk.workspace import Workspace


@pytest.fixture
def keys(monkeypatch: pytest.MonkeyPatch) -> Iterator[PipeInput]:
    """What is typed; what is shown goes nowhere."""
    monkeypatch.setattr(prompt, "create_output", lambda **_how: DummyOutput())
    with create_pipe_input() as typed, create_app_session(input=typed, output=DummyOutput()):
        yield typed


def ask(workspace: Workspace) -> str:
    return prompt.ask(workspace, "blocker", "blocage")


def test_an_apostrophe_and_every_sign_arrive_as_typed(workspace: Workspace, keys: PipeInput) -> None:
    keys.send_text("l'accès n'est pas ouvert & $HOME !x\r")
    assert ask(workspace) == "l'accès n'est pas ouvert & $HOME !x"


def test_the_line_can_be_edited(workspace: Workspace, keys: PipeInput) -> None:
    keys.send_text("VPN dwn\x1b[D\x1b[Do\x05!\x01Le \r")  # two to the left, o, end, !, beginning
    assert ask(workspace) == "Le VPN down!"


def test_tab_completes_a_name(workspace: Workspace, keys: PipeInput) -> None:
    workspace.add(REGISTERS["provider"], {"name": "Cabinet Dupont"})
    keys.send_text("Contrat @cab\t p1\r")
    assert ask(workspace) == "Contrat @Cabinet Dupont p1"


@pytest.mark.parametrize("key", ["\x03", "\x04"])
def test_what_is_left_is_kept_and_offered_again(workspace: Workspace, keys: PipeInput, key: str) -> None:
    keys.send_text(f"Paie bloquée @Silae{key}")
    with pytest.raises(prompt.Left, match="Paie bloquée"):
        ask(workspace)
    assert workspace.draft("new:blocker") == "Paie bloquée @Silae", "the screen offers it too"
    keys.send_text(" p1\r")
    assert ask(workspace) == "Paie bloquée @Silae p1"


def test_what_was_saved_is_no_draft_and_comes_back_with_the_arrow(
    workspace: Workspace, keys: PipeInput
) -> None:
    keys.send_text("VPN KO p1\r")
    line = ask(workspace)
    assert workspace.draft("new:blocker") == line, "until it is saved it is kept"
    prompt.saved(workspace, "blocker", line)
    assert workspace.draft("new:blocker") == ""
    keys.send_text("\x1b[A\r")
    assert ask(workspace) == "VPN KO p1"


def test_what_is_restricted_is_not_remembered(workspace: Workspace, keys: PipeInput) -> None:
    prompt.saved(workspace, "blocker", "Talks conf:3")
    prompt.saved(workspace, "blocker", "Talks dossier:Cession")
    keys.send_text("\x1b[Ax\r")
    assert ask(workspace) == "x"


def test_a_busy_database_does_not_stop_who_types(workspace: Workspace, keys: PipeInput) -> None:
    other = sqlite3.connect(workspace.path, isolation_level=None)
    workspace.conn.execute("PRAGMA busy_timeout = 1")
    other.execute("BEGIN EXCLUSIVE")
    keys.send_text("VPN KO pour:demain\r")
    assert ask(workspace) == "VPN KO pour:demain"
    other.close()
