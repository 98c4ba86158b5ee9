"""The events of a live meeting, written at each key. Not journaled; the outcome is, when the meeting closes."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from typing import Any

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.refusal import Refusal
from cockpit.locale import _
from cockpit.store.transaction import transaction


class MeetingOvertaken(Refusal):
    """Somebody else wrote in the same meeting since it was read."""

    def __str__(self) -> str:
        return _("somebody else wrote in this meeting at the same time: look, then press again")


@dataclass(frozen=True)
class LiveEvent:
    """One row. `at` is UTC, ISO 8601, with fractions of a second."""

    seq: int
    at: str
    kind: str
    data: Mapping[str, Any]


def append(
    conn: sqlite3.Connection, occurrence: str, seq: int, *, at: str, kind: str, data: Mapping[str, Any]
) -> None:
    """Write event `seq` of a meeting, the one after the last that was read. Raises Overtaken."""
    with transaction(conn):
        if last(conn, occurrence) >= seq:
            raise MeetingOvertaken(occurrence)
        conn.execute(
            "INSERT INTO main.live_event VALUES (?, ?, ?, ?, ?)",
            (occurrence, seq, at, kind, json.dumps(data, ensure_ascii=False)),
        )


def read(conn: sqlite3.Connection, occurrence: str) -> list[LiveEvent]:
    """The events of a meeting, in their order."""
    rows = conn.execute("SELECT * FROM live_event WHERE occurrence = ? ORDER BY seq", (occurrence,))
    return [LiveEvent(row["seq"], row["at"], row["kind"], json.loads(row["data"])) for row in rows]


def last(conn: sqlite3.Connection, occurrence: str) -> int:
    """Number of the last event of a meeting; 0 when there is none."""
    found: int = conn.execute(
        "SELECT coalesce(max(seq), 0) FROM live_event WHERE occurrence = ?", (occurrence,)
    ).fetchone()[0]
    return found


def forget(conn: sqlite3.Connection, occurrence: str, kind: str) -> None:
    """Drop the events of one kind: votes, once their sums are known."""
    conn.execute("DELETE FROM main.live_event WHERE occurrence = ? AND kind = ?", (occurrence, kind))
