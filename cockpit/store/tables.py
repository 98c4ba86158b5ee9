"""The open connection as a sqlite-utils database: for migrations, and for many rows at once (syncs, imports)."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database


def tables(conn: sqlite3.Connection) -> Database:
    """The tables behind `conn`; the library is loaded when they are first asked for.

    Rows that come by ten thousands go through `executemany`, which takes a third of the time.
    """
    from sqlite_utils import Database

    return Database(conn, execute_plugins=False)
