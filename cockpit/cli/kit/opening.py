"""Opening the database from the shell, and what to say when it will not open."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from cockpit import locale
from cockpit.domain.seats.seat import SIGNED_IN, Seat, read_only, who
from cockpit.domain.settings import Settings
from cockpit.locale import _, ngettext
from cockpit.services.desk.now import Clock, system_clock
from cockpit.services.desk.workspace import Workspace, default_path
from cockpit.store.connection import (
    Damaged,
    DiskFault,
    Gone,
    HeldElsewhere,
    InUse,
    NoFolder,
    NoRoom,
    NotOurs,
    StoreError,
    TooNew,
    Unproven,
    backups_of,
    unreachable,
)

NOT_ALLOWED = 77
"""The exit code of what a seat may not do: that of `sysexits.h` for a lack of permission."""


def open_workspace(
    path: Path,
    settings: Settings,
    clock: Clock = system_clock,
    config_path: Path | None = None,
    *,
    given: str = "",
    reading: bool = False,
    take_over: bool = False,
    begins: bool = False,
) -> Workspace:
    """The opened cockpit, in the language of its configuration unless the command line said another.

    `given` is the name of a seat; `reading`: nothing is written; `begins`: a folder is made for the file, as it
    is for the usual one. Raises StoreError, for which `explain` has the words, and UnknownSeat.
    """
    if settings.language and not locale.asked():
        locale.use(settings.language)
        # Click, which asks the standard library, speaks the same one from here on.
        os.environ["LANGUAGE"] = locale.current()
    if not begins and not path.parent.exists() and path != default_path():
        raise NoFolder(path)
    return Workspace.open(
        path, settings, clock, config_path, seat_here(settings, given, reading=reading), take_over=take_over
    )


def seat_here(settings: Settings, given: str = "", *, reading: bool = False) -> Seat | None:
    """Who sits here: said on the command line, signed in at a proxy, by the system's user, or by `me`.

    Raises UnknownSeat.
    """
    signed_in = os.environ.get(SIGNED_IN, "")
    found = who(settings, given=given, signed_in=signed_in, user=_user() if settings.seats else "")
    return read_only(found, settings.me) if reading else found


def _user() -> str:
    """The system's user, whatever the environment says."""
    if os.name != "posix":
        return os.environ.get("USERNAME", "")
    import pwd

    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return ""


def broken(workspace: Workspace, error: sqlite3.DatabaseError) -> StoreError:
    """What a fault of the database means: busy or full is for later, anything else is damage."""
    if isinstance(error, sqlite3.OperationalError):
        if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_IOERR:
            return DiskFault(workspace.path, str(error))
        return unreachable(workspace.path, error)
    return Damaged(workspace.path, str(error))


def same_files(config: Path | None, database: Path) -> tuple[str, ...]:
    """The options with which another process opens the same cockpit.

    A configuration that was never written is left out: asked for by name, its absence would be a fault.
    """
    named = ("--config", str(config)) if config is not None and config.exists() else ()
    return (*named, "--db", str(database))


def explain(error: StoreError) -> str:
    """What happened to the database, where, and what to do next."""
    if isinstance(error, TooNew):
        return _(
            "{path} was written by a later version of Cockpit ({detail}).\n"
            "→ upgrade Cockpit, or open another file with --db"
        ).format(path=error.path, detail=error.detail)
    if isinstance(error, NotOurs):
        return _(
            "{path} is a database of another program.\n→ choose a file that cockpit backup wrote"
        ).format(path=error.path)
    if isinstance(error, Unproven):
        return _unproven(error)
    if isinstance(error, InUse):
        return _(
            "{path} is in use, and was left as it is.\n→ close every Cockpit and stop Litestream, then again"
        ).format(path=error.path)
    if isinstance(error, HeldElsewhere):
        found = error.lease
        return _(
            "{path} is open on {host} since {since}, and was used there at {renewed}.\n"
            "→ close it there; or take it over, and nothing more is saved there: cockpit --take-over"
        ).format(
            path=error.path, host=found.host, since=f"{found.since.astimezone():%d/%m %H:%M}",
            renewed=f"{found.renewed.astimezone():%H:%M}",
        )  # fmt: skip
    if isinstance(error, Gone):
        return _gone(error)
    if isinstance(error, NoFolder):
        return _(
            "there is no folder {folder}, and nothing was made.\n"
            "→ check --db or COCKPIT_DB, or begin a cockpit there: cockpit init --db {path}"
        ).format(folder=error.path.parent, path=error.path)
    if isinstance(error, Damaged):
        backups = backups_of(error.path)
        way = (
            _("→ restore the newest backup with: cockpit restore {backup}").format(backup=backups[0])
            if backups
            else _("→ no backup was found beside it; restore one with: cockpit restore FILE")
        )
        return (
            _("{path} is damaged and was left untouched ({detail}).").format(
                path=error.path, detail=error.detail
            )
            + f"\n{way}"
        )
    if isinstance(error, NoRoom):
        return _(
            "the disk of {path} is full; what was told before is kept, and nothing else changed.\n"
            "→ make room there, then again"
        ).format(path=error.path)
    if "locked" in error.detail:
        return _("{path} is busy with another process.\n→ try again in a moment").format(path=error.path)
    if isinstance(error, DiskFault):
        return _(
            "{path} could not be read or written to the end ({detail}); what was told before is kept.\n"
            "→ check the disk, and your share of it (quota)"
        ).format(path=error.path, detail=error.detail)
    if owner := _owner(error.path):
        return _(
            "{path} is of the account {owner}, and not yours to write ({detail}).\n"
            "→ work in that account, or from a seat of its own (cockpit seats); or have {owner} share it with a group"
            " of yours: chgrp GROUP {folder} {path}; chmod 660 {path}; chmod g+rwxs {folder}"
        ).format(path=error.path, owner=owner, detail=error.detail, folder=error.path.parent)
    return _(
        "{path} cannot be opened ({detail}).\n→ check the folder, its rights and the free space, or use --db"
    ).format(path=error.path, detail=error.detail)


def _owner(path: Path) -> str:
    """The account of a file that this one may not write; empty where that is not what is in the way."""
    try:
        import pwd

        found = os.stat(path)
        if found.st_uid == os.geteuid() or (
            os.access(path, os.R_OK | os.W_OK) and os.access(path.parent, os.W_OK)
        ):
            return ""
        return pwd.getpwuid(found.st_uid).pw_name
    except (ImportError, OSError, KeyError):
        return ""


def _unproven(error: Unproven) -> str:
    if error.broken is not None:
        what = _("{path}: its journal is broken at entry {n}: it was changed outside the program.")
        said = what.format(path=error.path, n=error.broken)
    else:
        what = ngettext(
            "{path}: {n} value is not what its journal says: cockpit --db {path} journal verify --all",
            "{path}: {n} values are not what its journal says: cockpit --db {path} journal verify --all",
            error.rows,
        )
        said = what.format(path=error.path, n=error.rows)
    return (
        said + "\n" + _("→ choose a backup that is proven, or restore this one all the same with --unproven")
    )


def _gone(error: Gone) -> str:
    backups = backups_of(error.path)
    said = _("{path} is not there any more.").format(path=error.path)
    if not backups:
        return said
    ways = _(
        "→ put the newest backup back with: cockpit restore {backup}\n"
        "→ to begin anew, move {folder} away first"
    )
    return said + "\n" + ways.format(backup=backups[0], folder=backups[0].parent)
