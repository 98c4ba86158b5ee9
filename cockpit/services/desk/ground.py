"""What to do when the database's file is removed or replaced under a cockpit that is open.

SQLite goes on with the file it opened, which has no name any more: whatever was written would be lost at
quit, or go to a file that was set aside. So nothing is written; what was saved is copied out, and what is
typed is kept in a file of its own that the next start takes in.
"""

from __future__ import annotations

import errno
import json
import os
import sqlite3
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from cockpit import files
from cockpit.domain.refusal import Refusal
from cockpit.locale import _, ngettext
from cockpit.services.desk import dates
from cockpit.services.desk.standing import Ground
from cockpit.store.connection import backup_name, copy_to
from cockpit.store.state import drafts, memos
from cockpit.store.state.lease import Lease

_WHY = "rescued"
_TOLD = "refused_told"
"""Memo: the last line of which it was said that it waits."""


class DatabaseMoved(Refusal):
    """The database's file is not this program's to write any more: nothing is written to it."""

    def __str__(self) -> str:
        if self.args and self.args[0] is Ground.UPGRADED:
            return _(
                "not saved: Cockpit was upgraded meanwhile; what you type is kept as a draft: open it again"
            )
        if self.args and self.args[0] is Ground.TAKEN:
            return _("not saved: another machine has the database now; what you type is kept as a draft")
        return _("not saved: the database file was removed or replaced; what you type is kept as a draft")


def rescue(conn: sqlite3.Connection, path: Path, now: datetime) -> Path | None:
    """Copy all that was saved out of the file without a name, beside the backups; None when it cannot be."""
    folder = path.parent / "backups"
    place = folder / backup_name(path, now, None, _WHY)
    try:
        files.folder_beside(folder, path)
        with files.beside(place) as fresh:
            copy_to(conn, fresh)
        files.open_to_group(place, path)
    except (OSError, sqlite3.Error):
        return None
    return place


def in_words(path: Path, rescued: Path | None) -> str:
    """What happened, and what can be done."""
    if path.exists():
        text = _("the database file was REPLACED: nothing is saved any more. Quit, and open Cockpit again")
        return text + (" · " + _("what was there: {path}").format(path=rescued) if rescued else "")
    text = _("the database file was REMOVED: nothing is saved any more.")
    if rescued is None:
        return text + " " + _("Put it back in its place, then quit and open Cockpit again")
    return text + " " + _("Quit, then: cockpit restore {path}").format(path=rescued)


def upgraded() -> str:
    """What happened, and what can be done, when a later version changed the form of the open file."""
    return _(
        "Cockpit was UPGRADED: quit, and open it again. Nothing is saved any more; what you type is kept"
    )


def taken(found: Lease | None, now: datetime) -> str:
    """The same, when another host has the file now."""
    host, since = (found.host, dates.moment(found.since, now)) if found else ("?", "?")
    return _(
        "OPEN ON {host}: nothing is saved from here. Quit; to take it back: cockpit --take-over (there since {since})"
    ).format(host=host, since=since)


def drafts_file(path: Path) -> Path:
    """Where drafts wait for a database that cannot be written."""
    return path.with_name(f"{path.name}.drafts")


def kept_drafts(path: Path) -> dict[str, str]:
    """What was typed and waits there, by place."""
    try:
        found = json.loads(drafts_file(path).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(place): str(text) for place, text in found.items()} if isinstance(found, dict) else {}


def place_of(place: str, who: str) -> str:
    """The name under which a draft of somebody waits there: the place itself for the chief executive's."""
    return f"{who}\t{place}" if who else place


def keep_drafts(path: Path, texts: Mapping[str, str]) -> None:
    """Have those drafts wait, beside those that do; an empty text forgets one.

    Raises OSError with the others left as they are, also where these cannot be read: they are not written over.
    """
    with suppress(FileNotFoundError):
        drafts_file(path).read_bytes()
    left = {place: text for place, text in {**kept_drafts(path), **texts}.items() if text}
    if left:
        files.write(drafts_file(path), json.dumps(left, ensure_ascii=False))
        files.open_to_group(drafts_file(path), path)
    else:
        drafts_file(path).unlink(missing_ok=True)


def leave_drafts(path: Path, texts: Mapping[str, str]) -> Path | None:
    """Have drafts wait where there is room: beside the database, else in a folder of one's own, else a temporary one.

    Returns the file, None when nothing could be written anywhere.
    """
    from platformdirs import user_state_path

    with suppress(OSError):
        keep_drafts(path, texts)
        return drafts_file(path)
    words = "\n".join(f"{place}\t{text}" for place, text in texts.items())
    for folder in (user_state_path("cockpit", appauthor=False), Path(tempfile.gettempdir())):
        with suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            handle, name = tempfile.mkstemp(prefix="cockpit-drafts-", suffix=".txt", dir=folder)
            os.close(handle)
            files.write(Path(name), words)
            return Path(name)
    return None


def leave_line(path: Path, place: str, line: str, who: str = "") -> Path | None:
    """Have a line of somebody that was refused wait by itself for their next start, which offers it at that place.

    Returns the file in which it waits, None when nothing could be written anywhere.
    """
    return leave_drafts(path, {place_of(drafts.waiting_key(place, line), who): line})


def take_in(conn: sqlite3.Connection, path: Path, at: str) -> None:
    """Give a database the drafts that waited for one; what it holds of its own stays, and another waits by itself.

    Raises OSError where they are another account's: they stay where they are.
    """
    if not os.access(drafts_file(path), os.R_OK | os.W_OK) or not os.access(path.parent, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(drafts_file(path)))
    for name, text in kept_drafts(path).items():
        who, _tab, place = name.rpartition("\t")
        if drafts.is_waiting(place):
            drafts.keep(conn, place, text, at, who)
        elif text not in drafts.get(conn, place, who):
            drafts.leave(conn, place, text, at, who)
    drafts_file(path).unlink(missing_ok=True)


def told_once(conn: sqlite3.Connection, who: str = "") -> str:
    """That lines of somebody wait since they were refused, once for each that is new; then empty."""
    told = f"{_TOLD}:{who}" if who else _TOLD
    with suppress(sqlite3.OperationalError):  # busy or full: told again next time
        found = drafts.waiting(conn, who=who)
        if found and memos.get(conn, told) != found[-1].key:
            memos.put(conn, told, found[-1].key)
            return ngettext(
                "{n} line waits to be typed again: cockpit drafts",
                "{n} lines wait to be typed again: cockpit drafts",
                len(found),
            ).format(n=len(found))
    return ""
