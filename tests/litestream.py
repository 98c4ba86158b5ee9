"""The real Litestream, where this machine has it: in PATH, or where LITESTREAM says, several with colons between."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest


def programs() -> list[Path]:
    """The binaries: the versions that copies are tried with. Empty where there is none."""
    said = os.environ.get("LITESTREAM") or shutil.which("litestream") or ""
    return [Path(each) for each in said.split(os.pathsep) if each]


needed = pytest.mark.skipif(
    not programs(), reason="no litestream: have it in PATH, or say where in LITESTREAM"
)
each_version = pytest.mark.parametrize("litestream", range(max(len(programs()), 1)))


def in_path(patch: pytest.MonkeyPatch, number: int = 0) -> None:
    """Have the program find it."""
    found = programs()[number]
    patch.setenv("PATH", f"{found.parent}{os.pathsep}{os.environ['PATH']}")
