"""Backups that are known to be good, and putting one back.

A backup is written beside its place, opened, verified and replayed, and only then named; its name says when,
and the head of the journal. To put one back, it is judged first; then, at any instant, the database's place
holds either what was there or what was put back.
"""

from __future__ import annotations

import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path

from cockpit import files
from cockpit.services.desk.workspace import Workspace
from cockpit.store import journal, proof
from cockpit.store.connection import (
    SCHEMA_VERSION,
    Damaged,
    InUse,
    NotOurs,
    TooNew,
    Unproven,
    Unreachable,
    backup_name,
    backups_of,
    copy_to,
    head_in,
    integrity_errors,
    restore_note,
    unreachable,
)
from cockpit.store.state import lease

KEPT = 30
_BEFORE_MIGRATION = "-schema-"
_DOUBTED = "unproven"
_ABANDONED_S = 86_400
_BUSY_S = 2.0


def make(workspace: Workspace, target: Path | None = None) -> tuple[Path, Unproven | None]:
    """Copy the database, by default into `backups` beside it, where the oldest beyond thirty good ones go.

    What the journal does not prove is kept all the same, under a name that says so and counts for nothing; it
    comes with why. Raises OSError or sqlite3.Error when the copy cannot be written, StoreError when it cannot
    be read again: nothing is kept then.
    """
    folder = target.parent if target else workspace.path.parent / "backups"
    if target is None:
        files.folder_beside(folder, workspace.path)
    else:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for each in {folder, workspace.path.parent}:
        _forget_abandoned(each)
    doubt = None
    with files.scratch(folder / f"{workspace.path.stem}.db") as fresh:
        copy_to(workspace.conn, fresh)
        with opened(fresh) as conn:
            try:
                judge(conn, workspace.path)
            except Unproven as error:
                doubt = error
            head = journal.head(conn)
        name = (
            backup_name(workspace.path, workspace.now(), head)
            if doubt is None
            else backup_name(workspace.path, workspace.now(), None, _DOUBTED)
        )
        path = target or folder / name
        files.take_place(fresh, path, new=target is not None)
    if target is None:
        files.open_to_group(path, workspace.path)
        _keep_key(workspace.path, folder)
    _rotate(workspace.path)
    return path, doubt


def key_of(path: Path) -> Path:
    """Where the key of a database lies, and beside its backups that of the database they are of."""
    return path.with_name(f"{path.name}.key")


def _keep_key(path: Path, folder: Path) -> None:
    """The key by which channels and approvals are known lies once beside the backups in their own folder.

    A backup that goes elsewhere has none: whoever finds it there could write approvals that look true.
    """
    key, kept = key_of(path), folder / key_of(path).name
    with suppress(FileNotFoundError):
        content = key.read_bytes()
        if not kept.exists() or kept.read_bytes() != content:
            files.write(kept, content)
            files.open_to_group(kept, path)


def _bring_key(source: Path, target: Path) -> None:
    """A database that has no key gets the one that lies beside its backup."""
    kept = source.parent / key_of(target).name
    if kept.exists() and not key_of(target).exists():
        files.write(key_of(target), kept.read_bytes())


def is_good(path: Path) -> None:
    """Judge a file as a backup, on a copy of it. Raises StoreError, or OSError when there is no room for it."""
    with files.scratch(path) as fresh:
        _copied(path, fresh)
        with opened(fresh) as conn:
            judge(conn, path)


def judge(conn: sqlite3.Connection, path: Path) -> None:
    """Whether a database is sound, ours, of a schema that is known, and proven by its journal.

    Raises Damaged, NotOurs, TooNew or Unproven, about `path`.
    """
    if errors := integrity_errors(conn):
        raise Damaged(path, errors[0])
    known = {row[0] for row in conn.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    version = conn.execute("PRAGMA user_version").fetchone()[0]
    if not {"journal", "counter", "memo", "blocker"} <= known or not version:
        raise NotOurs(path)
    if version > SCHEMA_VERSION:
        raise TooNew(path, f"schema {version}")
    broken = journal.verify(conn)
    rows = () if broken is not None else proof.differences(conn)
    if broken is not None or rows:
        raise Unproven(path, broken, len(rows))


def restore(source: Path, target: Path, now: datetime, *, unproven: bool = False) -> Path | None:
    """Put a copy of `source` in the place of `target`, of which a copy is kept under another name (returned).

    Raises StoreError when `source` will not do (`unproven` takes one that its journal does not prove), or when
    somebody else is using `target`; OSError or sqlite3.Error when there is no room. Nothing is changed then.
    """
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    _forget_abandoned(target.parent)
    kept = None
    with files.beside(target) as fresh:
        _copied(source, fresh)
        with opened(fresh) as conn:
            try:
                judge(conn, source)
            except Unproven:
                if not unproven:
                    raise
            told = ((head_in(each.name), each.name) for each in backups_of(target))
            gone = [name for head, name in told if head is not None and not journal.holds(conn, head)]
            # What it says of who has it open is of where it came from.
            lease.clear(conn)
            conn.execute("PRAGMA journal_mode = WAL")
        if target.exists():
            kept = target.with_name(f"{target.stem}-replaced-{now:%Y%m%d-%H%M%S}{target.suffix}")
            _keep(target, kept)
        # Said before it is done: a note without its deed only makes a check milder until the next backup.
        note = restore_note(target, now)
        files.folder_beside(note.parent, target)
        files.write(note, "\n".join([*gone, ""]))
        files.open_to_group(note, target)
        for end in ("-wal", "-shm"):
            # What they held is in the database and in its copy; left there, they would be taken for the new one's.
            Path(f"{target}{end}").unlink(missing_ok=True)
    _bring_key(source, target)
    return kept


def _keep(target: Path, kept: Path) -> None:
    """Copy what is about to be replaced, with all that was committed, and leave nothing of it in side files."""
    try:
        with closing(sqlite3.connect(target, timeout=_BUSY_S)) as conn, files.beside(kept) as fresh:
            copy_to(conn, fresh)
            busy = conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
            if busy:
                raise InUse(target, "busy")
    except sqlite3.OperationalError as error:
        raise (InUse(target, str(error)) if "locked" in str(error) else unreachable(target, error)) from error
    except sqlite3.DatabaseError:
        # Damaged: kept byte for byte, for whoever may mend it.
        for end in ("-wal", ""):
            if Path(f"{target}{end}").exists():
                with files.beside(Path(f"{kept}{end}")) as fresh:
                    shutil.copyfile(f"{target}{end}", fresh)


def _copied(source: Path, fresh: Path) -> None:
    place, why = source.absolute().as_uri(), ""
    # A file in a folder that nobody may write to is read as one that nobody else writes.
    for options in ("mode=ro", "mode=ro&immutable=1"):
        try:
            with closing(sqlite3.connect(f"{place}?{options}", uri=True)) as conn:
                copy_to(conn, fresh)
                return
        except sqlite3.OperationalError as error:
            why = str(error)
        except sqlite3.DatabaseError as error:
            raise Damaged(source, str(error)) from error
    raise Unreachable(source, why)


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """A file as it lies there, without bringing its schema up to date. Raises Damaged."""
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as conn:
            conn.row_factory = sqlite3.Row
            yield conn
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError as error:
        raise Damaged(path, str(error)) from error


def _rotate(path: Path) -> None:
    """Remove what is older than the thirty newest good ones. Those of before a migration stay: they are the
    only way back to that schema.
    """
    asked = [each for each in backups_of(path) if _BEFORE_MIGRATION not in each.name]
    good = [each for each in asked if head_in(each.name) is not None]
    if len(good) > KEPT:
        for old in asked[asked.index(good[KEPT - 1]) + 1 :]:
            old.unlink(missing_ok=True)


def _forget_abandoned(folder: Path) -> None:
    """Remove what a copy that was killed left behind a day ago or more."""
    for each in files.scraps(folder):
        with suppress(OSError):
            if time.time() - each.stat().st_mtime > _ABANDONED_S:
                each.unlink()
