"""What is wrong in a configuration file."""

from __future__ import annotations

from pathlib import Path

from cockpit.domain.dataclasses import dataclass


@dataclass
class ConfigError(Exception):
    """What is wrong in a configuration file, where, and what to write instead."""

    path: Path
    line: int
    key: str
    what: str
    fix: str

    def __str__(self) -> str:
        where = f"{self.path}:{self.line}" if self.line else str(self.path)
        key = f" [{self.key}]" if self.key else ""
        return f"{where}{key}: {self.what}\n  → {self.fix}"
