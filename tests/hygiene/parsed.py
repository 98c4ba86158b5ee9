"""The sources of the program as Python reads them, each read once for all tests of a process."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

from tests.places import ROOT

SOURCES = sorted((ROOT / "cockpit").rglob("*.py"))


@cache
def tree(path: Path) -> ast.Module:
    """The syntax of one of SOURCES."""
    return ast.parse(path.read_text(encoding="utf-8"))
