"""Messages to deliver: each once per channel, tried until delivered or given up, every try on record.

A row is claimed for a while by the process that sends it, so that two never send the same.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from typing import Any

from cockpit.domain.dataclasses import dataclass
from cockpit.store.transaction import transaction

HELD, QUEUED, SENT, FAILED, DROPPED = "held", "queued", "sent", "failed", "dropped"


@dataclass(frozen=True)
class Parcel:
    """One message for one channel. Instants are UTC, ISO 8601."""

    id: int
    dedup: str
    channel: str
    message: Mapping[str, Any]
    state: str
    created_at: str
    attempts: int
    next_at: str
    sent_at: str | None
    error: str


def put(
    conn: sqlite3.Connection, channel: str, dedup: str, message: Mapping[str, Any], at: str, *, state: str
) -> bool:
    """Add a message unless that channel has it already; whether it was added."""
    found = conn.execute(
        "INSERT OR IGNORE INTO outbox (dedup, channel, message, state, created_at, attempts, next_at)"
        " VALUES (?, ?, ?, ?, ?, 0, ?)",
        (dedup, channel, json.dumps(message, ensure_ascii=False), state, at, at),
    )
    return found.rowcount > 0


def claim(conn: sqlite3.Connection, channel: str, now: str, until: str, limit: int) -> list[Parcel]:
    """The messages of a channel that are due, reserved for this process until `until`."""
    with transaction(conn):
        rows = conn.execute(
            "SELECT * FROM outbox WHERE channel = ? AND state = ? AND next_at <= ?"
            " AND (claimed_until IS NULL OR claimed_until <= ?) ORDER BY id LIMIT ?",
            (channel, QUEUED, now, now, limit),
        ).fetchall()
        conn.executemany(
            "UPDATE outbox SET claimed_until = ? WHERE id = ?", [(until, row["id"]) for row in rows]
        )
    return [_parcel(row) for row in rows]


def settle(
    conn: sqlite3.Connection, id: int, state: str, *, attempts: int, next_at: str = "", sent_at: str = "",
    error: str = "",
) -> None:  # fmt: skip
    """What came of a try; the claim ends."""
    conn.execute(
        "UPDATE outbox SET state = ?, attempts = ?, next_at = coalesce(nullif(?, ''), next_at),"
        " sent_at = nullif(?, ''), error = ?, claimed_until = NULL WHERE id = ?",
        (state, attempts, next_at, sent_at, error, id),
    )


def move(conn: sqlite3.Connection, id: int, state: str, at: str) -> None:
    """Hold, queue or drop a message by hand; its tries start anew."""
    conn.execute(
        "UPDATE outbox SET state = ?, attempts = 0, next_at = ?, error = '', claimed_until = NULL WHERE id = ?",
        (state, at, id),
    )


def get(conn: sqlite3.Connection, id: int) -> Parcel | None:
    """One message."""
    row = conn.execute("SELECT * FROM outbox WHERE id = ?", (id,)).fetchone()
    return _parcel(row) if row else None


def latest(conn: sqlite3.Connection, limit: int = 200) -> list[Parcel]:
    """The newest messages, what needs somebody first."""
    rows = conn.execute(
        "SELECT * FROM outbox ORDER BY state NOT IN ('failed', 'held'), state != 'queued', id DESC LIMIT ?",
        (limit,),
    )
    return [_parcel(row) for row in rows]


def count(conn: sqlite3.Connection, state: str) -> int:
    """How many messages are in that state."""
    found: int = conn.execute("SELECT count(*) FROM outbox WHERE state = ?", (state,)).fetchone()[0]
    return found


def sent_since(conn: sqlite3.Connection, channel: str, since: str) -> int:
    """How many were delivered by a channel since then."""
    found: int = conn.execute(
        "SELECT count(*) FROM outbox WHERE channel = ? AND state = ? AND sent_at >= ?", (channel, SENT, since)
    ).fetchone()[0]
    return found


def forget(conn: sqlite3.Connection, before: str) -> None:
    """Drop what was delivered or dropped before then."""
    conn.execute("DELETE FROM outbox WHERE state IN (?, ?) AND created_at < ?", (SENT, DROPPED, before))


def _parcel(row: sqlite3.Row) -> Parcel:
    return Parcel(
        id=row["id"],
        dedup=row["dedup"],
        channel=row["channel"],
        message=json.loads(row["message"]),
        state=row["state"],
        created_at=row["created_at"],
        attempts=row["attempts"],
        next_at=row["next_at"],
        sent_at=row["sent_at"],
        error=row["error"],
    )
