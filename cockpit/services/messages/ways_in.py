"""How the folder and the mailbox that partners write to are: since when they cannot be read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlsplit

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.registers.statement import Statement
from cockpit.domain.text import clean
from cockpit.locale import _
from cockpit.services.desk import dates
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


def facts(workspace: Workspace, to_sort: Sequence[Statement]) -> list[tuple[str, str]]:
    """Where partners write to, since when it is not read and what is missed, then what waits to be sorted."""
    told, known, inbox = unread(workspace), [], workspace.settings.inbox
    if told is not None:
        since = dates.moment(told.since, workspace.now())
        missed = _("{why} · what partners sent since then is missed").format(why=told.why)
        known.append((_("not read since {since}").format(since=since), missed))
    known += [(_("folder"), inbox.folder)] if inbox.folder else []
    known += (
        [(_("mailbox"), f"{inbox.mailbox} · {urlsplit(inbox.mail).hostname or ''}")] if inbox.mail else []
    )
    known += [(each.code, f"{each.sender} · {each.title}") for each in to_sort]
    return known or [(_("ways in"), _("[inbox] in config.toml, a shared folder or a mailbox"))]


def remember(workspace: Workspace, why_unread: str) -> None:
    """Note how one turn went: why something could not be read at all, empty when all could."""
    now = workspace.clock().isoformat()
    before = memos.get(workspace.conn, _UNREAD)
    since = before.partition(" ")[0] or now
    if why_unread or before:
        memos.put(workspace.conn, _UNREAD, f"{since} {clean(why_unread)}" if why_unread else "")
