"""The cockpit's own health: integrity, seal, backups, permissions, and where faults are logged."""

from __future__ import annotations

import os
import sqlite3
import stat
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cockpit import files
from cockpit.domain.dataclasses import dataclass
from cockpit.domain.settings import Company
from cockpit.domain.time.opening_hours import day_edges
from cockpit.locale import N_, _, ngettext
from cockpit.services.desk import dates, regions, synced
from cockpit.services.desk.calendars import look_ahead
from cockpit.services.desk.workspace import Workspace
from cockpit.services.upkeep import accounts, backups, replica, seal
from cockpit.store.connection import (
    SCHEMA_VERSION,
    StoreError,
    backups_of,
    integrity_errors,
)

BEHIND = timedelta(minutes=10)
"""A copy that lacks what was written longer ago is not being kept."""


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

    # A log that cannot be written, as on a full disk, is no reason to print lines of the program.
    logging.raiseExceptions = False
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
    config = workspace.config_path
    private = [(N_("configuration"), config), (N_("database"), workspace.path)]
    if config is not None and replica.keys_file(config).exists():
        private.append((N_("keys of the copy"), replica.keys_file(config)))
    for subject, path in private:
        if path is None or not path.exists():
            yield Finding("ok", _(subject), _("{path} (none yet)").format(path=path))
            continue
        yield Finding("ok", _(subject), str(path))
        mode = stat.S_IMODE(path.stat().st_mode)
        if os.name == "posix" and path == workspace.path and mode & 0o077 == 0o060:
            is_shared, text = accounts.judged(path)
            yield Finding("ok" if is_shared else "warn", _(subject), text)
        elif os.name == "posix" and mode & 0o077:
            text = _("others on this machine may read it (mode {mode:o}): chmod 600 {path}")
            yield Finding("warn", _(subject), text.format(mode=mode, path=path))
        if client := synced.client_of(path):
            yield Finding("warn", _(subject), synced.in_words(client))
    yield _newest_backup(workspace)
    yield from _elsewhere(workspace)
    yield from _drills(workspace)
    yield from _partner_pages(workspace)


def _elsewhere(workspace: Workspace) -> Iterator[Finding]:
    """The copy that Litestream keeps, read again: how far it goes, and what it lacks."""
    from cockpit.services.upkeep import comparing

    where = workspace.settings.copies.replica
    if not where:
        return
    try:
        back = replica.brought_back(where, workspace.path, workspace.config_path, replica.GLANCE_S)
        with back as place, backups.opened(place) as copy:
            loss = comparing.compared(workspace, copy)
    except replica.CopyOutOfReach as error:
        text = _("{error}: its server is away or slow; cockpit drill waits for it up to {n} s")
        text = text.format(error=error, n=round(replica.PATIENCE_S))
        yield Finding("warn", _("copy elsewhere"), text)
        return
    except (replica.NotBroughtBack, StoreError, OSError, sqlite3.Error) as error:
        yield Finding("bad", _("copy elsewhere"), str(error))
        return
    now = workspace.now()
    upto = _("up to entry {n}, {age}").format(n=loss.entries, age=dates.ago(loss.at, now))
    if loss.beyond:
        text = _("{upto}; it is no copy of this database any more: the two went different ways")
        yield Finding("bad", _("copy elsewhere"), text.format(upto=upto))
    elif loss.missing_since is None:
        yield Finding("ok", _("copy elsewhere"), _("{upto}; nothing is missing").format(upto=upto))
    else:
        behind = ngettext(
            "{upto}; {n} entry behind, since {span}", "{upto}; {n} entries behind, since {span}", loss.missing
        ).format(upto=upto, n=loss.missing, span=dates.duration((now - loss.missing_since).total_seconds()))
        late = now - loss.missing_since > BEHIND
        yield Finding("warn" if late else "ok", _("copy elsewhere"), behind)


def _partner_pages(workspace: Workspace) -> Iterator[Finding]:
    """What providers read in a shared folder, and whether that folder is there."""
    from cockpit.services.documents import partner_pages

    for each in partner_pages.agreed(workspace):
        there = each.folder.is_dir()
        text = str(each.folder) if there else _("{path} is not there").format(path=each.folder)
        yield Finding("ok" if there else "warn", _("page of {name}").format(name=each.provider), text)


def _drills(workspace: Workspace) -> Iterator[Finding]:
    from cockpit.services.organisation import restore_words
    from cockpit.store.state import restore_drills

    held = restore_drills.last(workspace.conn)
    if not held:
        yield Finding("warn", _("restore drill"), _("none yet: cockpit drill"))
    for each in held:
        level = "bad" if each.fault else "warn" if each.beyond else "ok"
        yield Finding(level, _("restore drill"), restore_words.in_words(each))


def _newest_backup(workspace: Workspace) -> Finding:
    newest = next(iter(backups_of(workspace.path)), None)
    if newest is None:
        return Finding("warn", _("backups"), _("none yet: cockpit backup"))
    try:
        backups.is_good(newest)
    except StoreError:
        return Finding("bad", _("backups"), _("{path} is no good: cockpit backup").format(path=newest))
    except OSError as error:
        why = files.why(error)
        return Finding("warn", _("backups"), _("{path}: not judged ({why})").format(path=newest, why=why))
    return Finding("ok", _("backups"), str(newest))


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
    found = seal.check(workspace, whole=True)
    if found.holds:
        said = _("{n} entries, seal {hash}").format(n=found.entries, hash=found.head[:12])
        yield Finding("ok", _("journal"), said)
    if found.broken is not None:
        yield Finding("bad", _("journal"), _("broken at entry {n}").format(n=found.broken))
    if found.lost:
        text = _("its end is missing: {published} was written down once").format(published=found.lost)
        yield Finding("bad", _("journal"), text)
    for each in found.rows:
        yield Finding("bad", _("rows"), seal.in_words(each))
    yield Finding("ok", _("schema"), str(SCHEMA_VERSION))


def _former_hours(workspace: Workspace) -> Iterator[Finding]:
    """An older configuration may say when the day begins and ends, and another thing than its working hours."""
    company, usual = workspace.settings.company, Company()
    begins, ends = day_edges(company.hours)
    for key, said, holds, by_default in (
        ("day_start", company.day_start, begins, usual.day_start),
        ("day_end", company.day_end, ends, usual.day_end),
    ):
        if said not in (holds, by_default):
            text = _("{key} is not read any more: the working hours say {hour}; take this line away")
            yield Finding("warn", _("configuration"), text.format(key=key, hour=f"{holds:%H:%M}"))


def _settings(workspace: Workspace) -> Iterator[Finding]:
    region = workspace.settings.company.holidays
    try:
        regions.check(region)
        look_ahead(workspace)
    except regions.UnknownRegion as error:
        yield Finding("bad", _("holidays"), str(error))
    else:
        yield Finding("ok", _("holidays"), region)
    yield from _former_hours(workspace)
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
