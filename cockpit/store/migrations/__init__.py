"""The schema, one step after the other, one file each: `m012_what_it_brings.py` with a function `step(db)`.

A step that was released never changes: the next one mends it. A new file is all that a new step needs: the
version of the schema is the number of these files.
"""

from __future__ import annotations

import os
import sqlite3
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Migrations

NAMES = tuple(sorted(name[:-3] for name in os.listdir(os.path.dirname(__file__)) if name.startswith("m0")))
"""The steps in their order. Listed by name, so that opening a database loads none of them."""


def steps() -> Migrations:
    """Every step, loaded."""
    from sqlite_utils import Migrations

    found = Migrations("cockpit")
    for name in NAMES:
        found(name=name)(import_module(f"{__name__}.{name}").step)
    return found


def apply(conn: sqlite3.Connection) -> None:
    """Bring the schema up to date on `conn`, inside the caller's transaction."""
    from cockpit.store.tables import tables

    steps().apply(tables(conn))
