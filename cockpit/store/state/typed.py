"""What is being typed on screens that are open, on a slate of each beside the database: no draft yet."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from cockpit import slate
from cockpit.store.state import drafts


class TypedLine(NamedTuple):
    """What is typed at one place."""

    text: str
    begun: str
    """When, UTC."""


def folder(database: Path) -> Path:
    """Where the slates of open screens are."""
    return database.with_name(f"{database.name}.typing")


def said(who: str, lines: Mapping[str, TypedLine]) -> str:
    """What stands on a slate: the lines of somebody (as in `drafts`), by place."""
    return json.dumps([[who, place, *line] for place, line in lines.items()], ensure_ascii=False)


def take_in(conn: sqlite3.Connection, database: Path) -> None:
    """Make drafts of what screens that were killed left.

    Raises sqlite3.OperationalError where it is busy or full, and OSError where the folder is another user's: they
    all stay where they are.
    """
    with slate.left(folder(database)) as found:
        for who, place, line in (each for written in found for each in _read(written)):
            drafts.leave(conn, place, line.text, line.begun, who)


def _read(written: str) -> list[tuple[str, str, TypedLine]]:
    try:
        return [
            (str(who), str(place), TypedLine(str(text), str(begun)))
            for who, place, text, begun in json.loads(written or "[]")
        ]
    except (ValueError, TypeError):
        return []
