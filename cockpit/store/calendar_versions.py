"""Frozen copies (versions) of working calendars. They never change, so no past verdict does."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from typing import Any


def keep(conn: sqlite3.Connection, name: str, spec: Mapping[str, Any], at: str) -> int:
    """The number of the version with these hours; a new one when `name` never had them. Within a transaction."""
    text = json.dumps(spec, sort_keys=True, separators=(",", ":"))
    known = conn.execute(
        "SELECT id FROM calendar_version WHERE name = ? AND spec = ?", (name, text)
    ).fetchone()
    if known is not None:
        return int(known["id"])
    found = conn.execute(
        "INSERT INTO calendar_version (name, spec, at) VALUES (?, ?, ?) RETURNING id", (name, text, at)
    ).fetchone()
    return int(found["id"])


def spec(conn: sqlite3.Connection, version: int) -> tuple[str, str] | None:
    """Name of a version, and its hours as JSON; None when there is none of that number."""
    row = conn.execute("SELECT name, spec FROM calendar_version WHERE id = ?", (version,)).fetchone()
    return (row["name"], row["spec"]) if row else None
