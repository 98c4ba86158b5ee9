"""The demo at the presents that the tests look at it from."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

from cockpit.domain.providers.state import State
from cockpit.domain.registers import REGISTERS
from cockpit.services.demo import company, year
from cockpit.services.desk.workspace import Workspace
from cockpit.store import records

PARIS = ZoneInfo("Europe/Paris")
NOWS = {
    "monday morning": datetime(2026, 11, 23, 8, 42, tzinfo=PARIS),
    "monday just after midnight": datetime(2026, 11, 23, 0, 4, tzinfo=PARIS),
    "wednesday evening": datetime(2026, 11, 25, 17, 30, tzinfo=PARIS),
    "saturday": datetime(2026, 11, 28, 10, 0, tzinfo=PARIS),
    "new year's eve": datetime(2026, 12, 31, 9, 15, tzinfo=PARIS),
    "the hour that comes twice": datetime(2026, 10, 25, 2, 30, tzinfo=PARIS, fold=1),
    "after a week of holidays in May": datetime(2026, 5, 15, 14, 0, tzinfo=PARIS),
}
EXPECTED = {
    "paie": State.MAJOR_OUTAGE,
    "drive": State.PARTIAL_OUTAGE,
    "notion": State.DEGRADED,
    "compta": State.MAINTENANCE,
    "slack": State.OPERATIONAL,
    "zoom": State.OPERATIONAL,
}
"""What each status page says; `infosud` is a probe and `banque` does not answer."""


@dataclass
class Shown:
    """A seeded demo at one present."""

    now: datetime
    workspace: Workspace

    def all_of(self, name: str) -> tuple[Any, ...]:
        """Every record of a register."""
        register = REGISTERS[name]
        return records.select(self.workspace.conn, register.type, name, "1 ORDER BY number")

    def of_story(self, name: str) -> tuple[Any, ...]:
        """The same without what the year before brought."""
        subject = REGISTERS[name].subject
        return tuple(each for each in self.all_of(name) if getattr(each, subject) not in year.titles())

    def one(self, name: str, words: str) -> Any:
        """The only record whose subject holds these words."""
        subject = REGISTERS[name].subject
        (found,) = (each for each in self.all_of(name) if words in getattr(each, subject))
        return found


def anew(now: datetime, path: Path, base_url: str = "http://127.0.0.1:1") -> Shown:
    """The demo opened at `now` in a new database."""
    workspace = Workspace.open(path, company.settings(base_url), lambda: now.astimezone(UTC))
    company.seed(workspace)
    return Shown(now, workspace)


@cache
def _kept(now: datetime) -> Path:
    """The folder of the demo of that present, made once a process."""
    folder = TemporaryDirectory(prefix="mistral-")
    _folders.append(folder)
    conn = anew(now, Path(folder.name) / "demo.db").workspace.conn
    conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    conn.close()
    return Path(folder.name)


_folders: list[TemporaryDirectory[str]] = []
"""Removed when the process ends."""


def seeded(now: datetime, path: Path, base_url: str = "http://127.0.0.1:1") -> Shown:
    """The demo opened at `now` in a database that a test may change: a copy of the first one."""
    shutil.copytree(_kept(now), path.parent, dirs_exist_ok=True)
    (path.parent / "demo.db").rename(path)
    (path.parent / "demo.db.key").rename(f"{path}.key")
    return Shown(now, Workspace.open(path, company.settings(base_url), lambda: now.astimezone(UTC)))
