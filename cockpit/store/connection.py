"""The one connection: opened quickly through the standard library, migrated only when the schema is behind."""

from __future__ import annotations

import glob
import os
import re
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from cockpit import files
from cockpit.store import migrations
from cockpit.store.state.lease import Lease
from cockpit.store.transaction import transaction

SCHEMA_VERSION = len(migrations.NAMES)
"""The version of the schema: how many steps lead to it."""

BUSY_MS = 5_000
_DIGITS = 12
_STAMP = "[0-9]" * 8 + "-" + "[0-9]" * 6
_PUBLISHED = re.compile(rf"-(\d+)-([0-9a-f]{{{_DIGITS}}})\.db$")


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


class NotOurs(StoreError):
    """A sound SQLite file of another program."""


class Gone(StoreError):
    """The file is not there, though it was: backups of it are. None is made in its place."""


class NoFolder(StoreError):
    """The folder that the file was said to be in is not there: none is made for a name that may be mistyped."""


class Unproven(StoreError):
    """The journal is broken at an entry, or values of so many rows are not what it says."""

    def __init__(self, path: Path, broken: int | None, rows: int) -> None:
        super().__init__(path, f"entry {broken}" if broken is not None else f"{rows} values")
        self.broken = broken
        self.rows = rows


class HeldElsewhere(StoreError):
    """Another host has the file open, or had a few minutes ago."""

    def __init__(self, path: Path, lease: Lease) -> None:
        super().__init__(path, lease.host)
        self.lease = lease


class Unreachable(StoreError):
    """The file cannot be opened or created: rights, a missing disk, a folder in its place."""


class NoRoom(Unreachable):
    """The disk of the file is full."""


class DiskFault(Unreachable):
    """The disk of an open file did not take or give what was asked: broken, gone, or one's share of it is used up."""


class InUse(Unreachable):
    """Somebody else has the file open, and it cannot be replaced under them."""


def unreachable(path: Path, error: OSError | sqlite3.OperationalError) -> Unreachable:
    """What an error of the system or of SQLite says of the file at `path`: no room, or no way to it."""
    why = files.why(error) if isinstance(error, OSError) else str(error)
    return (NoRoom if files.no_room(error) else Unreachable)(path, why)


def connect(path: Path, *, create: bool = True) -> sqlite3.Connection:
    """Open `path`, create it with mode 0600 if absent, and bring its schema up to date.

    A copy is kept beside it before any migration of a database that holds something.
    Raises Damaged, TooNew, Unreachable, or Gone for a file that is absent and of which there are backups, or
    that is not to be made.
    """
    try:
        if not path.exists() and (not create or backups_of(path)):
            raise Gone(path)
        _create_private(path)
        conn = sqlite3.connect(
            path, timeout=BUSY_MS / 1000, isolation_level=None, check_same_thread=False, cached_statements=256
        )
    except (OSError, sqlite3.OperationalError) as error:
        raise unreachable(path, error) from error
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
        raise unreachable(path, error) from error
    except sqlite3.DatabaseError as error:
        conn.close()
        raise Damaged(path, str(error)) from error
    except StoreError:
        conn.close()
        raise
    return conn


def copy_to(conn: sqlite3.Connection, target: Path) -> None:
    """Copy the whole database into the file `target` while others may write. The copy needs no side file."""
    with closing(sqlite3.connect(target)) as copy:
        conn.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")


def backup_name(path: Path, at: datetime, head: tuple[int, str] | None, why: str | None = None) -> str:
    """File name of a backup of `path` made at `at`: sorted by name is sorted by time.

    It ends with the number and the first digits of the journal's head, which are thereby published outside
    the database; a copy that the journal does not prove has none.
    """
    parts = [path.stem, f"{at:%Y%m%d-%H%M%S}"]
    parts += [why] if why else []
    parts += [str(head[0]), head[1][:_DIGITS]] if head else []
    return "-".join(parts) + ".db"


def head_in(name: str) -> tuple[int, str] | None:
    """Number and first digits of the head that the name of a backup publishes; None for an older name."""
    found = _PUBLISHED.search(name)
    return (int(found[1]), found[2]) if found else None


def backups_of(path: Path) -> list[Path]:
    """The backups kept beside the database at `path`, newest first."""
    return sorted((path.parent / "backups").glob(f"{glob.escape(path.stem)}-{_STAMP}*.db"), reverse=True)


def superseded(path: Path) -> frozenset[str]:
    """Names of backups that hold what is gone on purpose: an older one was put back since."""
    notes = (path.parent / "backups").glob(f"{glob.escape(path.stem)}-{_STAMP}.restored")
    return frozenset(line for note in notes for line in note.read_text(encoding="utf-8").splitlines())


def restore_note(path: Path, at: datetime) -> Path:
    """The file that says which backups were superseded when one was put in the place of the database."""
    return path.parent / "backups" / f"{path.stem}-{at:%Y%m%d-%H%M%S}.restored"


def data_version(conn: sqlite3.Connection) -> int:
    """A number that changes when another connection has committed something."""
    version: int = conn.execute("PRAGMA data_version").fetchone()[0]
    return version


def schema_of(conn: sqlite3.Connection) -> int:
    """The version of the schema as the file has it now."""
    version: int = conn.execute("PRAGMA user_version").fetchone()[0]
    return version


def integrity_errors(conn: sqlite3.Connection) -> tuple[str, ...]:
    """What SQLite finds wrong in the whole file; empty when it is sound."""
    try:
        rows = [row[0] for row in conn.execute("PRAGMA integrity_check(20)")]
    except sqlite3.DatabaseError as error:
        return (str(error),)
    return () if rows == ["ok"] else tuple(rows)


def place_of(path: Path) -> tuple[int, int] | None:
    """What tells the file at `path` from any other that may take its name; None when there is none."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _create_private(path: Path) -> None:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))


def _migrate(conn: sqlite3.Connection, path: Path, version: int) -> None:
    if version:
        stamp = datetime.fromtimestamp(path.stat().st_mtime).astimezone()
        last = conn.execute("SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1").fetchone()
        head = (last["seq"], last["hash"]) if last else (0, "0" * _DIGITS)
        place = path.parent / "backups" / backup_name(path, stamp, head, f"schema-{version}")
        try:
            files.folder_beside(place.parent, path)
            with files.beside(place) as fresh:
                copy_to(conn, fresh)
        except OSError as error:
            raise unreachable(place.parent, error) from error
        files.open_to_group(place, path)
    with transaction(conn):
        migrations.apply(conn)
        conn.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
