"""Whether the configuration was written since it was last read: by a command, by an editor, by this screen."""

from __future__ import annotations

import os
from pathlib import Path

from cockpit.domain.settings import Settings
from cockpit.services.settings import load

Mark = tuple[int, int, int] | None
"""What tells one state of a file from another; None when it is not there."""


class ConfigWatch:
    """Asked once a second: a look costs one question to the system."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self._seen = self._mark()

    def has_changed(self) -> bool:
        """Whether it is another one than at the last time that this was asked."""
        mark = self._mark()
        if mark == self._seen:
            return False
        self._seen = mark
        return True

    def read(self) -> Settings:
        """What it says now; the defaults when it is gone. Raises ConfigError, with the line."""
        return load.load(self.path) if self.path else Settings()

    def _mark(self) -> Mark:
        if self.path is None:
            return None
        try:
            found = os.stat(self.path)
        except OSError:
            return None
        return found.st_mtime_ns, found.st_size, found.st_ino
