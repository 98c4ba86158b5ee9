"""The versions that the tests were last passed with, from `constraints.txt`."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

LOCK = Path(__file__).resolve().parents[1] / "constraints.txt"


def locked(name: str) -> str:
    """The version of a package in the lock."""
    lines = dict(line.split("==") for line in LOCK.read_text(encoding="utf-8").split())
    return lines[name]


def written_for(name: str) -> str:
    """What a failed test of a library's own words or pictures says: the version they are of, and the one here."""
    return f"written for {name} {locked(name)}, the version in constraints.txt; {name} {version(name)} is installed"
