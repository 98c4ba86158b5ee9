"""The demo company on a frozen Monday morning, read once through its own server."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cockpit.domain.settings import Settings
from cockpit.services.demo import company
from cockpit.services.demo.server import serve
from cockpit.services.desk.workspace import Workspace
from cockpit.services.upkeep import sync
from cockpit.services.upkeep.housekeeping import tidy
from tests.settled import settle_exactly

NOW = datetime(2026, 11, 23, 7, 42, tzinfo=UTC)


@pytest.fixture(autouse=True)
def exact_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """A key is waited for until the screen has nothing left to do, no longer."""
    settle_exactly(monkeypatch)


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Settings]:
    """The database of the demo, and the settings that go with it."""
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    with serve(lambda: NOW) as base_url:
        settings = company.settings(base_url)
        workspace = Workspace.open(path, settings, lambda: NOW)
        company.seed(workspace)
        asyncio.run(sync.sync(workspace.conn, settings, now=lambda: NOW, progress=lambda _report: None))
        tidy(workspace)
        workspace.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        workspace.conn.close()
    return path, settings


@pytest.fixture
def mistral(seeded: tuple[Path, Settings], tmp_path: Path) -> Iterator[Workspace]:
    """A copy of the demo that a test may change."""
    path, settings = seeded
    mine = tmp_path / "mine.db"
    shutil.copyfile(path, mine)
    shutil.copyfile(f"{path}.key", f"{mine}.key")
    workspace = Workspace.open(mine, settings, lambda: NOW)
    yield workspace
    workspace.conn.close()
