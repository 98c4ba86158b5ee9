"""Files that are written again under the same name: what is not as it was left there is somebody else's, and stays.

What was left is remembered by its digest. A database that is put back from an older backup therefore takes what it
wrote since for somebody else's: it refuses once too often, and never writes over a thing that it does not know.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path

from cockpit.locale import _
from cockpit.services.desk import dates
from cockpit.services.desk.workspace import Workspace
from cockpit.store.state import memos

_LEFT = "left:"


def may_write(workspace: Workspace, path: Path, content: bytes, *, unknown: bool = False) -> bool:
    """Whether the name is free, or holds what was left there, or the same words. A link is never ours. OSError.

    `unknown` is the answer for a file of which nothing is remembered: one that was left before this was.
    """
    if path.is_symlink():
        return False
    if not path.exists():
        return True
    if not path.is_file():
        return False
    there = path.read_bytes()
    remembered = memos.get(workspace.conn, _LEFT + str(path))
    return there == content or (_digest(there) == remembered if remembered else unknown)


def left(workspace: Workspace, path: Path, content: bytes) -> None:
    """Remember what was written there."""
    memos.put(workspace.conn, _LEFT + str(path), _digest(content))


def whose(workspace: Workspace, path: Path) -> str:
    """Whose a file is and since when, as the system says: `claire, 3 Nov 2026`."""
    try:
        when = dates.whole_day(datetime.fromtimestamp(path.lstat().st_mtime, workspace.zone).date())
    except OSError:
        return _("somebody")
    try:
        return f"{path.owner()}, {when}"
    except (OSError, KeyError, NotImplementedError):
        return when


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
