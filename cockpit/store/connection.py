"""The one connection: opened quickly through the standard library, migrated only when the schema is behind."""

from __future__ import annotations

import glob
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

SCHEMA_VERSION = 6
"""Number of migrations in `migrations.py`; a test holds the two together."""

BUSY_MS = 5_000


class StoreError(Exception):
    """The database cannot be used. `path` says which; the message is for the developer, never shown alone."""

    def __init__(self, path: Path, detail: str = "") -> None:
        super().__init__(detail or str(path))
        self.path = path
        self.detail = detail


class Damaged(StoreError):
    """The file is not a readable database. It is left as it is."""


class TooNew(StoreError):
    """The file was written by a later version of the program."""


class Unreachable(StoreError):
    """The file cannot be opened or created: rights, a missing disk, a folder in its place."""


def connect(path: Path) -> sqlite3.Connection:
    """Open `path`, create it with mode 0600 if absent, and bring its schema up to date.

    A copy is kept beside it before any migration of a database that holds something.
    Raises Damaged, TooNew or Unreachable.
    """
    try:
        _create_private(path)
        conn = sqlite3.connect(
            path, timeout=BUSY_MS / 1000, isolation_level=None, check_same_thread=False, cached_statements=256
        )
    except (OSError, sqlite3.OperationalError) as error:
        raise Unreachable(path, str(error)) from error
    conn.row_factory = sqlite3.Row
    try:
        version = conn.execute("PRAGMA user_version").fetchone()[0]
        conn.execute("PRAGMA foreign_keys = ON")
        if version > SCHEMA_VERSION:
            raise TooNew(path, f"schema {version}")
        if version < SCHEMA_VERSION:
            conn.execute("PRAGMA journal_mode = WAL")
            _migrate(conn, path, version)
    except sqlite3.OperationalError as error:
        conn.close()
        raise Unreachable(path, str(error)) from error
    except sqlite3.DatabaseError as error:
        conn.close()
        raise Damaged(path, str(error)) from error
    except StoreError:
        conn.close()
        raise
    return conn


@contextmanager
def transaction(conn: sqlite3.Connection) -> Iterator[None]:
    """All or nothing, holding the write lock from the first statement on. Nested use joins the outer one."""
    if conn.in_transaction:
        yield
        return
    conn.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        conn.rollback()
        raise
    conn.execute("COMMIT")


def backup(conn: sqlite3.Connection, target: Path) -> Path:
    """Copy the whole database to `target` (mode 0600) while others may write; returns `target`."""
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    _create_private(target)
    with closing(sqlite3.connect(target)) as copy:
        conn.backup(copy)
    return target


def backup_name(path: Path, at: datetime, why: str = "") -> str:
    """File name of a backup of `path` made at `at`: sorted by name is sorted by time."""
    return f"{path.stem}-{at:%Y%m%d-%H%M%S}{'-' + why if why else ''}.db"


def backups_of(path: Path) -> list[Path]:
    """The backups kept beside the database at `path`, newest first."""
    stamp = "[0-9]" * 8 + "-" + "[0-9]" * 6
    return sorted((path.parent / "backups").glob(f"{glob.escape(path.stem)}-{stamp}*.db"), reverse=True)


def data_version(conn: sqlite3.Connection) -> int:
    """A number that moves when another connection has committed a change."""
    version: int = conn.execute("PRAGMA data_version").fetchone()[0]
    return version


def integrity_errors(conn: sqlite3.Connection) -> tuple[str, ...]:
    """What SQLite finds wrong in the whole file; empty when it is sound."""
    try:
        rows = [row[0] for row in conn.execute("PRAGMA integrity_check(20)")]
    except sqlite3.DatabaseError as error:
        return (str(error),)
    return () if rows == ["ok"] else tuple(rows)


def _create_private(path: Path) -> None:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))


def _migrate(conn: sqlite3.Connection, path: Path, version: int) -> None:
    from cockpit.store import migrations

    if version:
        stamp = datetime.fromtimestamp(path.stat().st_mtime).astimezone()
        backup(conn, path.parent / "backups" / backup_name(path, stamp, f"schema-{version}"))
    with transaction(conn):
        migrations.apply(conn)
        conn.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
