"""The real Litestream, where this machine has it: in PATH, or where LITESTREAM says."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest


def program() -> Path | None:
    """The binary; None where there is none."""
    found = os.environ.get("LITESTREAM") or shutil.which("litestream")
    return Path(found) if found else None


needed = pytest.mark.skipif(
    program() is None, reason="no litestream: have it in PATH, or say where in LITESTREAM"
)


def in_path(patch: pytest.MonkeyPatch) -> None:
    """Have the program find it."""
    found = program()
    assert found is not None
    patch.setenv("PATH", f"{found.parent}{os.pathsep}{os.environ['PATH']}")
