"""The cockpit's own health: integrity, seal, backups, permissions, and where faults are logged."""

from __future__ import annotations

import os
import sqlite3
import stat
import traceback
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from cockpit.locale import N_, _
from cockpit.services import regions
from cockpit.services.calendars import look_ahead
from cockpit.services.workspace import Workspace
from cockpit.store import journal
from cockpit.store.connection import (
    SCHEMA_VERSION,
    Damaged,
    backup,
    backup_name,
    backups_of,
    integrity_errors,
)

KEPT_BACKUPS = 30
SYNCED = (
    "dropbox",
    "onedrive",
    "google drive",
    "googledrive",
    "my drive",
    "icloud",
    "nextcloud",
    "mobile documents",
)
"""Words in a path that tell a folder which another program copies while we write."""


@dataclass(frozen=True)
class Finding:
    """One line of the doctor: `level` is ok, warn or bad."""

    level: str
    subject: str
    text: str


def log_path() -> Path:
    """Where faults are written, mode 0600."""
    from platformdirs import user_log_path

    path = user_log_path("cockpit", appauthor=False) / "cockpit.log"
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.close(os.open(path, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600))
    return path


def keep_log() -> None:
    """Have what the program logs written to that file."""
    import logging

    logging.basicConfig(
        filename=log_path(),
        level=logging.WARNING,
        encoding="utf-8",
        format="%(asctime)s %(name)s %(message)s",
    )


def log_fault(error: BaseException) -> Path:
    """Write a fault to the log: where it arose, not the values of variables; returns the file."""
    path = log_path()
    with path.open("a", encoding="utf-8") as log:
        log.write(f"\n{datetime.now(UTC).isoformat(timespec='seconds')} {type(error).__name__}\n")
        log.writelines(traceback.format_tb(error.__traceback__))
    return path


def make_backup(workspace: Workspace, target: Path | None = None) -> Path:
    """Copy the database, by default into `backups` beside it, where the oldest beyond thirty are removed."""
    folder = workspace.path.parent / "backups"
    path = backup(workspace.conn, target or folder / backup_name(workspace.path, workspace.now()))
    # Those made before a migration stay: they are the only way back to that schema.
    asked = [each for each in backups_of(workspace.path) if "-schema-" not in each.name]
    for old in asked[KEPT_BACKUPS:]:
        old.unlink(missing_ok=True)
    return path


def restore(source: Path, target: Path) -> Path | None:
    """Put `source` in the place of `target`, which is kept under another name (returned).

    Raises `store.connection.Damaged` when `source` is not a sound database of ours; nothing is touched then.
    """
    _check_backup(source)
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    # The copy is whole and on the disk before anything is moved.
    fresh = target.with_name(f"{target.name}.restoring")
    fresh.unlink(missing_ok=True)
    with closing(sqlite3.connect(source)) as conn:
        backup(conn, fresh)
    kept = None
    if target.exists():
        kept = target.with_name(
            f"{target.stem}-replaced-{datetime.now(UTC).astimezone():%Y%m%d-%H%M%S}{target.suffix}"
        )
        for end in ("", "-wal", "-shm"):
            if (side := Path(f"{target}{end}")).exists():
                side.rename(f"{kept}{end}")
    fresh.replace(target)
    return kept


def _check_backup(source: Path) -> None:
    try:
        with closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as conn:
            if errors := integrity_errors(conn):
                raise Damaged(source, errors[0])
            conn.execute("SELECT 1 FROM journal LIMIT 1")
    except sqlite3.DatabaseError as error:
        raise Damaged(source, str(error)) from error


def examine(workspace: Workspace) -> Iterator[Finding]:
    """Everything worth knowing about this installation, worst or not."""
    yield from _versions()
    yield from _files(workspace)
    yield from _database(workspace)
    yield from _settings(workspace)


def _versions() -> Iterator[Finding]:
    import platform
    from importlib.metadata import PackageNotFoundError, version

    from cockpit import __version__

    yield Finding(
        "ok", "cockpit", f"{__version__} · Python {platform.python_version()} · {platform.system()}"
    )
    for name in (
        "textual",
        "sqlite-utils",
        "arrow",
        "icalendar",
        "httpx",
        "platformdirs",
        "recurring-ical-events",
    ):
        try:
            yield Finding("ok", name, version(name))
        except PackageNotFoundError:
            yield Finding("bad", name, _("not installed: reinstall cockpit"))
    yield Finding("ok", "SQLite", sqlite3.sqlite_version)


def _files(workspace: Workspace) -> Iterator[Finding]:
    for subject, path in ((N_("configuration"), workspace.config_path), (N_("database"), workspace.path)):
        if path is None or not path.exists():
            yield Finding("ok", _(subject), _("{path} (none yet)").format(path=path))
            continue
        yield Finding("ok", _(subject), str(path))
        mode = stat.S_IMODE(path.stat().st_mode)
        if os.name == "posix" and mode & 0o077:
            text = _("others on this machine may read it (mode {mode:o}): chmod 600 {path}")
            yield Finding("warn", _(subject), text.format(mode=mode, path=path))
        if any(word in str(path.absolute()).lower() for word in SYNCED):
            yield Finding(
                "warn",
                _(subject),
                _("in a synchronised folder: a copy made while it is written is damaged; move it with --db"),
            )
    newest = next(iter(backups_of(workspace.path)), None)
    yield Finding("ok" if newest else "warn", _("backups"), str(newest or _("none yet: cockpit backup")))


def _database(workspace: Workspace) -> Iterator[Finding]:
    errors = integrity_errors(workspace.conn)
    yield Finding("bad" if errors else "ok", _("integrity"), errors[0] if errors else _("sound"))
    if errors:
        newest = next(iter(backups_of(workspace.path)), "FILE")
        yield Finding(
            "bad",
            _("journal"),
            _("not read; restore a backup: cockpit restore {backup}").format(backup=newest),
        )
        return
    broken = journal.verify(workspace.conn)
    count, head = journal.head(workspace.conn)
    yield Finding(
        "ok" if broken is None else "bad",
        _("journal"),
        _("{n} entries, seal {hash}").format(n=count, hash=head[:12])
        if broken is None
        else _("broken at entry {n}").format(n=broken),
    )
    yield Finding("ok", _("schema"), str(SCHEMA_VERSION))


def _settings(workspace: Workspace) -> Iterator[Finding]:
    region = workspace.settings.company.holidays
    try:
        regions.check(region)
        look_ahead(workspace)
    except regions.UnknownRegion as error:
        yield Finding("bad", _("holidays"), str(error))
    else:
        yield Finding("ok", _("holidays"), region)
    for source in workspace.settings.agendas:
        if source.secret.startswith("env:"):
            name = source.secret.removeprefix("env:")
            known = name in os.environ
            yield Finding(
                "ok" if known else "warn",
                source.name,
                _("secret in {name}").format(name=name)
                if known
                else _("{name} is not set").format(name=name),
            )
