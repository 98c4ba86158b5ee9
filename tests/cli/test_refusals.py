"""One refusal is said in one way, and ends with one number, whichever command was typed."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.conftest import Run

ON_A_CODE = (
    ("show", "B-99"),
    ("goals", "--reached", "GO-99"),
    ("commitments", "--kept", "D-99"),
    ("today", "B-99"),
    ("spent", "B-99", "5"),
    ("approvals", "approve", "AP-99"),
    ("inbox", "refuse", "IN-99", "no"),
    ("sla", "resume", "CK-99"),
    ("done", "B-99"),
)


@pytest.mark.parametrize("words", ON_A_CODE, ids=lambda words: words[0])
def test_a_code_that_nothing_bears_is_answered_alike_by_every_command(
    run: Run, words: tuple[str, ...]
) -> None:
    said = run(*words)
    assert (said.code, said.out) == (2, "")
    assert "no such record. `cockpit list` shows the codes." in said.err


def test_a_database_that_another_process_writes_ends_every_command_with_3(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("block", "VPN").code == 0
    monkeypatch.setattr("cockpit.store.connection.BUSY_MS", 1)
    with closing(sqlite3.connect(tmp_path / "cockpit.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        for words in (
            ("spent", "B-1", "5"),
            ("today", "B-1"),
            ("prepare", "B-1", "call first"),
            ("done", "B-1"),
        ):
            said = run(*words)
            assert said.code == 3, words
            assert "cockpit.db" in said.err
