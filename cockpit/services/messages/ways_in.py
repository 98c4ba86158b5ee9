"""How the folder and the mailbox that partners write to are: since when they cannot be read, what was refused."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.text import clean
from cockpit.services.desk.workspace import Workspace
from cockpit.store.state import memos

_UNREAD, _REFUSED = "inbox_unread", "inbox_refused"
MOST = 20
"""Refusals that are remembered."""


@dataclass(frozen=True)
class Unread:
    """A folder or a mailbox that cannot be read since then, and why."""

    since: datetime
    why: str


@dataclass(frozen=True)
class RefusedStatement:
    """Something that could not be taken: when it came, who sent it or which file it was, why."""

    at: datetime
    who: str
    why: str


def unread(workspace: Workspace) -> Unread | None:
    """Since when something that partners write to cannot be read; None when it can."""
    since, _space, why = memos.get(workspace.conn, _UNREAD).partition(" ")
    return Unread(datetime.fromisoformat(since), why) if since else None


def refusals(workspace: Workspace) -> tuple[RefusedStatement, ...]:
    """What could not be taken lately, the latest last."""
    kept = json.loads(memos.get(workspace.conn, _REFUSED) or "[]")
    return tuple(RefusedStatement(datetime.fromisoformat(at), who, why) for at, who, why in kept)


def remember(workspace: Workspace, why_unread: str, refused: Sequence[tuple[str, str]]) -> None:
    """Note how one turn went: why something could not be read at all, and what (who, why) was refused."""
    now = workspace.clock().isoformat()
    before = memos.get(workspace.conn, _UNREAD)
    since = before.partition(" ")[0] or now
    if why_unread or before:
        memos.put(workspace.conn, _UNREAD, f"{since} {clean(why_unread)}" if why_unread else "")
    if refused:
        kept = json.loads(memos.get(workspace.conn, _REFUSED) or "[]")
        kept += [[now, clean(who), clean(why)] for who, why in refused]
        memos.put(workspace.conn, _REFUSED, json.dumps(kept[-MOST:]))
