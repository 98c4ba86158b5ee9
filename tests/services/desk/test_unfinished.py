"""What is typed on a screen is its own until it ends; then it is a draft, and no other's line is written over."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from cockpit.services.desk.unfinished import Unfinished
from cockpit.services.desk.workspace import Workspace
from cockpit.store.connection import data_version
from cockpit.store.state import drafts
from cockpit.store.state.typed import folder
from tests.places import ROOT

PLACE = "new:blocker"


@pytest.fixture
def screens(workspace: Workspace) -> tuple[Unfinished, Unfinished]:
    """Two of one person."""
    return Unfinished(), Unfinished()


def test_two_screens_of_one_person_type_at_one_place_and_neither_reads_the_other(
    workspace: Workspace, screens: tuple[Unfinished, Unfinished]
) -> None:
    one, two = screens
    one.keep(workspace, PLACE, "the bank calls")
    assert two.text(workspace, PLACE) == ""
    two.keep(workspace, PLACE, "the lease")
    assert (one.text(workspace, PLACE), two.text(workspace, PLACE)) == ("the bank calls", "the lease")
    one.hand_over(workspace)
    two.hand_over(workspace)
    third = Unfinished()
    assert third.text(workspace, PLACE) == "the bank calls"
    third.keep(workspace, PLACE, "")
    assert third.text(workspace, PLACE) == "the lease", "nothing is lost when both end"


def test_what_one_screen_left_is_offered_to_one_of_the_others(
    workspace: Workspace, screens: tuple[Unfinished, Unfinished]
) -> None:
    workspace.keep_draft(PLACE, "left yesterday")
    one, two = screens
    assert one.text(workspace, PLACE) == "left yesterday"
    assert two.text(workspace, PLACE) == ""
    one.keep(workspace, PLACE, "")
    assert workspace.draft(PLACE) == "", "it was saved"


def test_while_a_line_is_typed_nobody_else_has_something_new_to_read(workspace: Workspace) -> None:
    with closing(sqlite3.connect(workspace.path)) as other:
        before = data_version(other)
        typed = Unfinished()
        for end in range(1, 8):
            typed.keep(workspace, PLACE, "a thought"[:end])
        assert data_version(other) == before
        typed.hand_over(workspace)
        assert data_version(other) != before


def test_a_line_that_goes_on_keeps_the_moment_it_was_begun(workspace: Workspace) -> None:
    typed = Unfinished()
    typed.keep(workspace, PLACE, "a")
    typed.hand_over(workspace)
    begun = drafts.begun(workspace.conn, PLACE)
    again = Unfinished()
    again.text(workspace, PLACE)
    again.keep(workspace, PLACE, "a line")
    again.hand_over(workspace)
    assert drafts.begun(workspace.conn, PLACE) == begun


def test_what_a_busy_database_does_not_take_the_next_start_takes_in(workspace: Workspace) -> None:
    typed = Unfinished()
    typed.keep(workspace, PLACE, "half a thought")
    workspace.conn.execute("PRAGMA busy_timeout = 1")
    with closing(sqlite3.connect(workspace.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        typed.hand_over(workspace)
        assert typed.lost == {}
        other.execute("ROLLBACK")
    assert workspace.draft(PLACE) == ""
    again = Workspace.open(workspace.path, workspace.settings)
    assert again.draft(PLACE) == "half a thought"
    again.conn.close()
    assert not folder(workspace.path).exists()


def test_what_neither_the_database_nor_the_disk_takes_is_told(workspace: Workspace) -> None:
    folder(workspace.path).write_text("a file has the name of the folder")
    typed = Unfinished()
    typed.keep(workspace, PLACE, "half a thought")
    assert typed.lost == {PLACE: "half a thought"}
    typed.hand_over(workspace)
    assert (typed.lost, workspace.draft(PLACE)) == ({}, "half a thought")


KILLED = """
import os, signal, sys
from pathlib import Path
from cockpit.services.desk.unfinished import Unfinished
from cockpit.services.desk.workspace import Workspace
from cockpit.domain.settings import Settings
workspace = Workspace.open(Path(sys.argv[1]), Settings(me="Claire"))
typed = Unfinished()
typed.keep(workspace, "new:blocker", "a line that is longer")
typed.keep(workspace, "new:blocker", "a thought")
typed.keep(workspace, "new:priority", "another")
print("typed", flush=True)
signal.pause()
"""


def test_what_a_killed_screen_held_is_offered_by_the_next_start_and_not_before(workspace: Workspace) -> None:
    workspace.keep_draft(PLACE, "older")
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(workspace.path)],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    with process:
        assert process.stdout is not None
        process.stdout.readline()
        early = Workspace.open(workspace.path, workspace.settings)
        assert early.draft("new:priority") == "", "it is typed there still"
        early.conn.close()
        process.send_signal(signal.SIGKILL)
        process.wait()
    late = Workspace.open(workspace.path, workspace.settings)
    assert (late.draft(PLACE), late.draft("new:priority")) == ("older", "another")
    late.keep_draft(PLACE, "")
    assert late.draft(PLACE) == "a thought"
    late.conn.close()
    assert not folder(workspace.path).exists()


@pytest.mark.parametrize("content", ["", "rubbish\n", "[1]\n", '[["a", "b"]]\n', "{}\n", "\0\0"])
def test_a_slate_that_is_none_keeps_nobody_from_opening(workspace: Workspace, content: str) -> None:
    folder(workspace.path).mkdir()
    Path(folder(workspace.path) / "x").write_text(content)
    Workspace.open(workspace.path, workspace.settings).conn.close()
    assert not folder(workspace.path).exists()
