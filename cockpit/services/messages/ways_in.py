"""How the folder and the mailbox that partners write to are: since when they cannot be read."""

from __future__ import annotations

from datetime import datetime

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.text import clean
from cockpit.services.desk.workspace import Workspace
from cockpit.store.state import memos

_UNREAD = "inbox_unread"


@dataclass(frozen=True)
class Unread:
    """A folder or a mailbox that cannot be read since then, and why."""

    since: datetime
    why: str


def unread(workspace: Workspace) -> Unread | None:
    """Since when something that partners write to cannot be read; None when it can."""
    since, _space, why = memos.get(workspace.conn, _UNREAD).partition(" ")
    return Unread(datetime.fromisoformat(since), why) if since else None


def remember(workspace: Workspace, why_unread: str) -> None:
    """Note how one turn went: why something could not be read at all, empty when all could."""
    now = workspace.clock().isoformat()
    before = memos.get(workspace.conn, _UNREAD)
    since = before.partition(" ")[0] or now
    if why_unread or before:
        memos.put(workspace.conn, _UNREAD, f"{since} {clean(why_unread)}" if why_unread else "")
