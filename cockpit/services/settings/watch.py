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
        self._seen = self._last = self._mark()

    def has_changed(self) -> bool:
        """Whether it is another one than was read, and the same as at the last look: an editor that empties the file
        before it writes it, or takes it away, is not met in between.
        """
        before, self._last = self._last, self._mark()
        return self._last is not None and self._last == before != self._seen

    def is_read(self) -> None:
        """What it says now is in force."""
        self._seen = self._last = self._mark()

    def read(self) -> Settings:
        """What it says now; the defaults when it is gone. Raises ConfigError, with the line."""
        self.is_read()
        return load.load(self.path) if self.path else Settings()

    def _mark(self) -> Mark:
        if self.path is None:
            return None
        try:
            found = os.stat(self.path)
        except OSError:
            return None
        return found.st_mtime_ns, found.st_size, found.st_ino
