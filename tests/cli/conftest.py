"""Running the command line as a person would, in one process or in a new one."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from cockpit import __main__ as program
from tests.companies import made


@dataclass
class Result:
    """What a command said."""

    code: int
    out: str
    err: str
    written: str = ""
    """Its standard output to the letter: in `out` and `err` a space that keeps words together is a space."""

    @property
    def json(self) -> Any:
        """Its standard output, read as one JSON document."""
        return json.loads(self.out)


Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """`run("block", "VPN down")` on a database of its own, on Monday 23 November 2026 at 09:00 in Paris."""
    monkeypatch.setenv("COCKPIT_DB", str(tmp_path / "cockpit.db"))

    def run(*args: str, now: str | None = "2026-11-23T09:00", lang: str = "en") -> Result:
        frozen = ["--now", now] if now else []
        monkeypatch.setattr("sys.argv", ["cockpit", *frozen, "--lang", lang, *args])
        try:
            code = program.main()
        except SystemExit as leaving:
            code = leaving.code if isinstance(leaving.code, int) else 1
        said = capsys.readouterr()
        out, err = (text.replace("\u00a0", " ") for text in (said.out, said.err))
        return Result(code, out, err, said.out)

    return run


@pytest.fixture
def kerlann_run(run: Run, kerlann_files: made.Files, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The same, on the company that was made through the doors a person has."""
    monkeypatch.setenv("COCKPIT_DB", str(kerlann_files.database))
    monkeypatch.setenv("COCKPIT_CONFIG", str(kerlann_files.config))
    return run
