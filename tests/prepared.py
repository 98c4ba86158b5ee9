"""A new database as the migrations make it, made once and then copied: they take longer than most tests.

Nor does a test wait for the disk: what is written in the process of the tests is safe from all but a power cut,
which none of them makes. The processes that are killed in the middle of a write are others, and wait as ever.
"""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from cockpit.store import connection

_migrate = connection._migrate
_connect = sqlite3.connect


@cache
def _empty() -> sqlite3.Connection:
    """A database that holds nothing, through every migration."""
    conn = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    _migrate(conn, Path(":memory:"), 0)
    return conn


def _copied(conn: sqlite3.Connection, path: Path, version: int) -> None:
    if version or conn.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        _migrate(conn, path, version)
    else:
        _empty().backup(conn)


def copy_new_databases(patch: pytest.MonkeyPatch) -> None:
    """From here on a new database is copied; one that was there is migrated, as ever."""
    patch.setattr(connection, "_migrate", _copied)


def migrate_new_databases(patch: pytest.MonkeyPatch) -> None:
    """From here on a new database goes through its migrations again."""
    patch.setattr(connection, "_migrate", _migrate)


def wait_for_no_disk(patch: pytest.MonkeyPatch) -> None:
    """From here on a commit is handed to the system, and not waited for until it is on the disk."""
    patch.setattr(sqlite3, "connect", _unsynced)


def _unsynced(*given: Any, **named: Any) -> sqlite3.Connection:
    conn: sqlite3.Connection = _connect(*given, **named)
    # What is no database, or is locked, is for the one who asked to find out.
    with suppress(sqlite3.Error):
        conn.execute("PRAGMA synchronous = OFF")
    return conn
