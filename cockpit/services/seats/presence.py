"""Who else has the cockpit open now, told by small files beside the database: one for each screen.

They are written when a screen opens, enters or leaves a meeting, and closes; never while nothing happens. A screen
that was killed is known by its process, which is not there any more.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path

from cockpit import files
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


def say(workspace: Workspace, meeting: str = "") -> None:
    """Note that this screen is open, with that meeting on it. A note that cannot be written is left out in silence."""
    if not workspace.writes or workspace.stands_at is not None:
        return
    said = {"who": workspace.my_name, "meeting": meeting}
    with suppress(OSError):
        _folder(workspace).mkdir(mode=0o700, exist_ok=True)
        files.write(_mine(workspace), json.dumps(said, ensure_ascii=False))


def leave(workspace: Workspace) -> None:
    """Note that this screen is closed."""
    with suppress(OSError):
        _mine(workspace).unlink(missing_ok=True)
        _folder(workspace).rmdir()


def others(workspace: Workspace) -> tuple[Present, ...]:
    """Whoever else has it open, by name; each person once."""
    found: dict[str, Present] = {}
    try:
        names = os.listdir(_folder(workspace))[:LIMIT]
    except OSError:
        return ()
    for name in names:
        path = _folder(workspace) / name
        if not name.isdecimal() or int(name) == os.getpid():
            continue
        if not _runs(int(name)):
            with suppress(OSError):
                path.unlink(missing_ok=True)
            continue
        present = _read(path)
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


def _mine(workspace: Workspace) -> Path:
    return _folder(workspace) / str(os.getpid())


def _read(path: Path) -> Present | None:
    try:
        said = json.loads(path.read_text(encoding="utf-8")[:4096])
        who, meeting = clean(str(said["who"]), LIMIT), clean(str(said["meeting"]), LIMIT)
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return Present(who=who, meeting=meeting) if who else None


def _runs(pid: int) -> bool:
    if os.name != "posix":
        # There this question would end the process.
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        # Somebody else's process, of another account: it runs.
        return True
    return True
