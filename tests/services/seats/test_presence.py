"""Who else is here: told by what they did last, and by nobody who is gone."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from cockpit import slate
from cockpit.domain.dataclasses import replace
from cockpit.domain.settings import Settings
from cockpit.services.desk.workspace import Workspace
from cockpit.services.seats import presence
from tests.places import ROOT

OTHER = """
import sys
from pathlib import Path
from cockpit.domain.settings import Company, Settings
from cockpit.services.desk.workspace import Workspace
from cockpit.services.seats import presence
workspace = Workspace.open(Path(sys.argv[1]), Settings(me=sys.argv[2], company=Company(name="A")))
here = presence.OpenScreen()
here.say(workspace, sys.argv[3])
print("here", flush=True)
sys.stdin.read()
here.leave()
"""


@contextmanager
def sitting(path: Path, who: str, meeting: str = "") -> Iterator[subprocess.Popen[str]]:
    """Somebody else's screen, until the end of the block."""
    command = [sys.executable, "-c", OTHER, str(path), who, meeting]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert process.stdout is not None
    assert process.stdout.readline() == "here\n"
    try:
        yield process
    finally:
        process.communicate("")


@pytest.fixture
def here(workspace: Workspace) -> Iterator[presence.OpenScreen]:
    """The note of this screen, which is open."""
    opened = presence.OpenScreen()
    opened.say(workspace)
    yield opened
    opened.leave()


def test_others_are_told_with_their_meeting_until_they_leave_or_are_killed(
    workspace: Workspace, here: presence.OpenScreen
) -> None:
    assert here.others(workspace) == ()
    with sitting(workspace.path, "Sophie", "Point flash") as sophie:
        assert here.others(workspace) == (presence.Present(who="Sophie", meeting="Point flash"),)
        with sitting(workspace.path, "Marc"):
            assert [each.who for each in here.others(workspace)] == ["Marc", "Sophie"]
        before = presence.changed_at(workspace)
        sophie.kill()
        sophie.wait()
        assert here.others(workspace) == ()
        assert presence.changed_at(workspace) > before
    here.leave()
    assert not any(workspace.path.parent.glob("*.here"))


def test_who_enters_a_meeting_is_seen_to_move(workspace: Workspace, here: presence.OpenScreen) -> None:
    before = presence.changed_at(workspace)
    here.say(workspace, "Point flash")
    assert presence.changed_at(workspace) > before
    alone = presence.OpenScreen()
    assert alone.others(replace(workspace, settings=Settings(me="Marc"))) == (
        presence.Present(who=workspace.my_name, meeting="Point flash"),
    )


def test_what_stands_there_and_is_no_word_of_a_screen_is_nobody(
    workspace: Workspace, here: presence.OpenScreen
) -> None:
    folder = workspace.path.with_name(f"{workspace.path.name}.here")
    (folder / "notes.txt").write_text("x", encoding="utf-8")
    other = slate.Slate(folder, workspace.path)
    for text in ("", "[]", '{"who": ""}', "{}"):
        other.write(text)
        assert here.others(workspace) == ()
    other.write('{"who": "\\u001b[31mEve", "meeting": ""}')
    (found,) = here.others(workspace)
    assert "\x1b" not in found.who
    other.leave()
    assert here.others(workspace) == ()
    assert sorted(each.name for each in folder.iterdir() if each != other.path)[-1] == "notes.txt"
    assert not other.path.exists()
