"""Finding what was typed wrongly: the nearest words, of what may be shown, and nothing made up."""

from __future__ import annotations

import pytest

from cockpit.domain.registers import REGISTERS
from cockpit.services.desk.workspace import Workspace
from cockpit.services.records.finding import find


def _codes(workspace: Workspace, words: str) -> list[str]:
    return [record.code for _register, record in find(workspace, words)]


@pytest.fixture
def known(workspace: Workspace) -> Workspace:
    """A provider, a blocker, and a restricted one."""
    workspace.add(REGISTERS["provider"], {"name": "Compta Plus"})
    workspace.add(REGISTERS["blocker"], {"title": "Balance âgée à rapprocher"})
    workspace.add(REGISTERS["blocker"], {"title": "Cession envisagée", "conf": 3})
    return workspace


@pytest.mark.parametrize(
    ("words", "code"),
    [("balnce", "B-1"), ("balance agee", "B-1"), ("raprocher balanc", "B-1"), ("comtpa", "PR-1")],
)
def test_a_word_that_is_nearly_right_finds_what_was_meant(known: Workspace, words: str, code: str) -> None:
    assert code in _codes(known, words)


@pytest.mark.parametrize("words", ["", "   ", "zzzzzz", "balnce zzzzzz", "bal'); DROP TABLE blocker"])
def test_what_is_like_nothing_finds_nothing(known: Workspace, words: str) -> None:
    assert _codes(known, words) == []


def test_what_is_hidden_is_not_guessed(known: Workspace) -> None:
    assert _codes(known, "cesion") == ["B-2"]
    assert _codes(known.behind(1), "cesion") == []
