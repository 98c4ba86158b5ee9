"""A new database as the migrations make it, made once and then copied: they take longer than most tests.

Nor does a test wait for the disk: what is written in the process of the tests is safe from all but a power cut,
which none of them makes. The processes that are killed in the middle of a write are others, and wait as ever.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from cockpit.store import connection

_create = connection._create_private
_connect = sqlite3.connect
_FORMAT = slice(18, 20)
_WRITE_AHEAD = b"\2\2"
"""Where the header of a file says how it is written, and what it says there of a write-ahead log."""


@cache
def _pages() -> bytes:
    """A database that holds nothing, through every migration, as a file of it is in the mode of `connect`."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as conn:
        connection._migrate(conn, Path(":memory:"), 0)
        conn.execute("VACUUM")
        pages = bytearray(conn.serialize())
    pages[_FORMAT] = _WRITE_AHEAD
    return bytes(pages)


def _created(path: Path) -> None:
    is_new = not path.exists()
    _create(path)
    if is_new:
        path.write_bytes(_pages())


def copy_new_databases(patch: pytest.MonkeyPatch) -> None:
    """From here on a new database is copied; one that was there is migrated, as ever."""
    patch.setattr(connection, "_create_private", _created)


def migrate_new_databases(patch: pytest.MonkeyPatch) -> None:
    """From here on a new database goes through its migrations again."""
    patch.setattr(connection, "_create_private", _create)


def wait_for_no_disk(patch: pytest.MonkeyPatch) -> None:
    """From here on a commit is handed to the system, and not waited for until it is on the disk."""
    patch.setattr(sqlite3, "connect", _unsynced)


def _unsynced(*given: Any, **named: Any) -> sqlite3.Connection:
    conn: sqlite3.Connection = _connect(*given, **named)
    # What is no database, or is locked, is for the one who asked to find out.
    with suppress(sqlite3.Error):
        conn.execute("PRAGMA synchronous = OFF")
    return conn
