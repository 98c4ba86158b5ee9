"""Workbooks read in the process of the tests, not in one of their own: for laws that are tried many times."""

from __future__ import annotations

import io
import sys
from types import SimpleNamespace

import pytest

from cockpit.sources import apart
from cockpit.sources.table import apart as table_apart

run_apart = apart.run


def read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """From here on what the process of a reading does is done in this one, with what it is given and what it says."""

    def run(_module: str, given: bytes, _patience: float) -> apart.ReaderAnswer:
        said = io.BytesIO()
        with monkeypatch.context() as patch:
            patch.setattr(apart, "hold_back", lambda _seconds: None)
            patch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(given)))
            patch.setattr(sys, "stdout", SimpleNamespace(buffer=said))
            return apart.ReaderAnswer(table_apart._main(), said.getvalue())

    monkeypatch.setattr(apart, "run", run)


def read_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """In a process of its own after all."""
    monkeypatch.setattr(apart, "run", run_apart)
