"""What was found each time that a copy was restored for a trial. A reading of files: not journaled."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime

from cockpit.domain.dataclasses import dataclass
from cockpit.store.records import instant
from cockpit.store.transaction import transaction

BACKUP, REPLICA = "backup", "replica"
KEPT = 60


@dataclass(frozen=True)
class Tried:
    """One copy that was restored for a trial."""

    at: datetime
    kind: str
    """`BACKUP` or `REPLICA`."""
    entries: int
    """How far its journal goes."""
    missing: int
    """Entries of the present that it lacks."""
    beyond: int
    """Entries that the present lacks."""
    seconds: float
    """From the copy to a database that was opened, verified and replayed."""
    fault: str
    """Why it could not be; empty when it could."""


def add(conn: sqlite3.Connection, found: Sequence[Tried]) -> None:
    """Keep what one drill found; the oldest beyond sixty go."""
    with transaction(conn):
        conn.executemany(
            "INSERT OR REPLACE INTO restore_drill VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    instant(each.at),
                    each.kind,
                    each.entries,
                    each.missing,
                    each.beyond,
                    each.seconds,
                    each.fault,
                )
                for each in found
            ],
        )
        conn.execute(
            "DELETE FROM restore_drill WHERE at < (SELECT min(at) FROM"
            f" (SELECT at FROM restore_drill ORDER BY at DESC LIMIT {KEPT}))"
        )


def last(conn: sqlite3.Connection) -> tuple[Tried, ...]:
    """What the last drill found, the backup first; empty when none was held."""
    rows = conn.execute(
        "SELECT * FROM restore_drill WHERE at = (SELECT max(at) FROM restore_drill) ORDER BY kind"
    )
    return tuple(_tried(row) for row in rows)


def every(conn: sqlite3.Connection) -> tuple[Tried, ...]:
    """What all drills found that are still known, the newest first."""
    return tuple(_tried(row) for row in conn.execute("SELECT * FROM restore_drill ORDER BY at DESC, kind"))


def last_good(conn: sqlite3.Connection) -> datetime | None:
    """When a copy was last restored without a fault; None when none ever was."""
    row = conn.execute("SELECT max(at) FROM restore_drill WHERE fault = ''").fetchone()
    return datetime.fromisoformat(row[0]).astimezone(UTC) if row[0] else None


def _tried(row: sqlite3.Row) -> Tried:
    return Tried(
        datetime.fromisoformat(row["at"]).astimezone(UTC), row["kind"], row["entries"], row["missing"],
        row["beyond"], row["seconds"], row["fault"],
    )  # fmt: skip
