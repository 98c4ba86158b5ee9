"""Who else is here: told by what they did last, and by nobody who is gone."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

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
presence.say(workspace, sys.argv[3])
print("here", flush=True)
sys.stdin.read()
presence.leave(workspace)
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


def test_others_are_told_with_their_meeting_until_they_leave_or_are_killed(workspace: Workspace) -> None:
    presence.say(workspace)
    assert presence.others(workspace) == ()
    with sitting(workspace.path, "Sophie", "Point flash") as sophie:
        assert presence.others(workspace) == (presence.Present(who="Sophie", meeting="Point flash"),)
        with sitting(workspace.path, "Marc"):
            assert [each.who for each in presence.others(workspace)] == ["Marc", "Sophie"]
        before = presence.changed_at(workspace)
        sophie.kill()
        sophie.wait()
        assert presence.others(workspace) == ()
        assert presence.changed_at(workspace) > before
    presence.leave(workspace)
    assert not any(workspace.path.parent.glob("*.here"))


def test_what_stands_there_and_is_no_word_of_a_screen_is_nobody(workspace: Workspace) -> None:
    presence.say(workspace)
    folder = workspace.path.with_name(f"{workspace.path.name}.here")
    (folder / "notes.txt").write_text("x", encoding="utf-8")
    other = folder / str(os.getppid())
    for text in ("", "[]", '{"who": ""}', "{}"):
        other.write_text(text, encoding="utf-8")
        assert presence.others(workspace) == ()
    other.write_text('{"who": "\\u001b[31mEve", "meeting": ""}', encoding="utf-8")
    (found,) = presence.others(workspace)
    assert "\x1b" not in found.who
