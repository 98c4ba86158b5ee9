"""Who else has the cockpit open now, told by a slate beside the database for each screen.

They are written when a screen opens, enters or leaves a meeting, and closes; never while nothing happens. A screen
that was killed is known by the lock of its slate, which nobody holds any more.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from itertools import islice
from pathlib import Path

from cockpit import slate
from cockpit.domain.dataclasses import dataclass
from cockpit.domain.text import clean
from cockpit.services.desk.workspace import Workspace

LIMIT = 100
"""Characters of a name, and screens that are looked at."""


@dataclass(frozen=True, kw_only=True)
class Present:
    """Somebody else's screen."""

    who: str
    meeting: str
    """The meeting that is open on it, by its name; empty: none."""


class OpenScreen:
    """The note of one screen."""

    def __init__(self) -> None:
        self._slate: slate.Slate | None = None

    def say(self, workspace: Workspace, meeting: str = "") -> None:
        """Note that it is open, with that meeting on it. A note that cannot be written is left out in silence."""
        if not workspace.writes or workspace.stands_at is not None:
            return
        said = {"who": workspace.my_name, "meeting": meeting}
        with suppress(OSError):
            if self._slate is None:
                self._slate = slate.Slate(_folder(workspace), workspace.path)
            self._slate.write(json.dumps(said, ensure_ascii=False))
            # By the time of the folder the others see that somebody moved.
            os.utime(_folder(workspace))

    def leave(self) -> None:
        """Note that it is closed."""
        if self._slate is not None:
            self._slate.wipe()
            self._slate = None

    def others(self, workspace: Workspace) -> tuple[Present, ...]:
        """Whoever else has it open, by name; each person once."""
        found: dict[str, Present] = {}
        mine = self._slate.path if self._slate is not None else None
        with suppress(OSError):
            for line in islice(slate.standing(_folder(workspace), mine), LIMIT):
                present = _read(line)
                if (
                    present is not None
                    and present.who != workspace.my_name
                    and not (present.who in found and found[present.who].meeting)
                ):
                    found[present.who] = present
        return tuple(found[who] for who in sorted(found))


def changed_at(workspace: Workspace) -> int:
    """When somebody came, went or moved last, in nanoseconds of the file system; 0 before anybody did."""
    try:
        return _folder(workspace).stat().st_mtime_ns
    except OSError:
        return 0


def _folder(workspace: Workspace) -> Path:
    return workspace.path.with_name(f"{workspace.path.name}.here")


def _read(line: str) -> Present | None:
    try:
        said = json.loads(line)
        who, meeting = clean(str(said["who"]), LIMIT), clean(str(said["meeting"]), LIMIT)
    except (ValueError, KeyError, TypeError):
        return None
    return Present(who=who, meeting=meeting) if who else None
