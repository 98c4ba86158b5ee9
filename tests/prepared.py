"""A new database as the migrations make it, made once and then copied: they take longer than most tests."""

from __future__ import annotations

import sqlite3
from functools import cache
from pathlib import Path

import pytest

from cockpit.store import connection

_migrate = connection._migrate


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
