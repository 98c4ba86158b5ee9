"""What a process that does one thing leaves behind."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from uuid import UUID

from cockpit.services.desk.workspace import new_id


def test_a_line_at_the_prompt_leaves_one_whole_file(tmp_path: Path) -> None:
    env = {**os.environ, "COCKPIT_DB": str(tmp_path / "a.db"), "LANGUAGE": "en"}

    def run(*words: str) -> str:
        command = [sys.executable, "-m", "cockpit", *words]
        return subprocess.run(command, env=env, check=True, capture_output=True, text=True).stdout

    # Once the holidays are known, no process beside the line opens the file too.
    run("sync", "--holidays")
    for words in (["block", "VPN", "down"], ["brief"]):
        assert "VPN down" in run(*words)
        assert [path.name for path in tmp_path.glob("a.db*")] == ["a.db"]


def test_an_id_is_a_random_uuid() -> None:
    ids = {new_id() for _n in range(1000)}
    assert len(ids) == 1000
    assert {(str(UUID(each)), UUID(each).version, UUID(each).variant) for each in ids} == {
        (each, 4, "specified in RFC 4122") for each in ids
    }
