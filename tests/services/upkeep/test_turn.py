"""One reads at a time."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from cockpit.services.upkeep import turn
from tests.companies import made
from tests.places import ROOT

HOLD = """
import sys
from pathlib import Path
from cockpit.services.upkeep import turn
with turn.taken(Path(sys.argv[1])) as mine:
    print(mine, flush=True)
    sys.stdin.read()
"""


def test_one_has_the_turn_until_it_ends_however_it_ends(tmp_path: Path) -> None:
    database = tmp_path / "cockpit.db"
    command = [sys.executable, "-c", HOLD, str(database)]
    other = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert other.stdout is not None
    assert other.stdout.readline() == "True\n"
    assert turn.is_taken(database)
    with turn.taken(database) as mine:
        assert not mine
    other.kill()
    other.communicate()
    assert not turn.is_taken(database)


def test_what_is_due_is_not_read_twice(kerlann_files: made.Files) -> None:
    command = [
        sys.executable, "-m", "cockpit", "--config", str(kerlann_files.config), "--db", str(kerlann_files.database),
        "--lang", "en", "sync", "--json",
    ]  # fmt: skip
    with turn.taken(kerlann_files.database) as mine:
        assert mine
        due = subprocess.run([*command, "--due"], capture_output=True, text=True, cwd=ROOT, check=True)
    assert due.stdout == "[]\n"
