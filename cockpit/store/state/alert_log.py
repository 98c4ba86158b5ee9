"""When each alert was first and last raised, and when somebody was told. A log, not business data: not journaled."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import datetime

from cockpit.domain.dataclasses import dataclass
from cockpit.store.transaction import transaction


@dataclass(frozen=True)
class Raised:
    """An alert as it is raised now."""

    key: str
    kind: str
    weight: int
    """How bad it is, greater is worse: stored as `level`."""
    subject: str
    target: str


@dataclass(frozen=True)
class KnownAlert:
    """What is known of a raised alert. Instants are UTC, ISO 8601."""

    key: str
    first_at: str
    told_at: str | None
    times: int


def update(
    conn: sqlite3.Connection, now: str, raised: Iterable[Raised]
) -> tuple[dict[str, KnownAlert], list[str]]:
    """Note what is raised now; what is known of each, and the keys of those that are over since last time."""
    with transaction(conn):
        live = {each.key: each for each in raised}
        for each in live.values():
            conn.execute(
                "INSERT INTO alert (key, kind, level, subject, target, first_at, last_at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO UPDATE SET last_at = excluded.last_at,"
                " kind = excluded.kind, subject = excluded.subject, level = excluded.level, over_at = NULL,"
                " first_at = CASE WHEN over_at IS NULL THEN first_at ELSE excluded.first_at END,"
                # What got worse is to be told again; what got better is not.
                " told_at = CASE WHEN over_at IS NULL AND excluded.level <= level THEN told_at END",
                (each.key, each.kind, each.weight, each.subject, each.target, now, now),
            )
        over = [
            row["key"]
            for row in conn.execute("SELECT key FROM alert WHERE over_at IS NULL")
            if row["key"] not in live
        ]
        conn.executemany("UPDATE alert SET over_at = ? WHERE key = ?", [(now, key) for key in over])
        known = {
            row["key"]: KnownAlert(row["key"], row["first_at"], row["told_at"], row["times"])
            for row in conn.execute("SELECT key, first_at, told_at, times FROM alert WHERE over_at IS NULL")
        }
    return known, over


@dataclass(frozen=True)
class Over:
    """An alert that does not hold any more."""

    key: str
    kind: str
    target: str
    subject: str
    at: datetime


def over_since(conn: sqlite3.Connection, since: str, least: int, limit: int) -> tuple[Over, ...]:
    """The alerts that ended since then and weighed at least so much, the latest first."""
    rows = conn.execute(
        "SELECT key, kind, target, subject, over_at FROM alert WHERE over_at >= ? AND level >= ? AND subject != ''"
        " ORDER BY over_at DESC, key LIMIT ?",
        (since, least, limit),
    )
    return tuple(
        Over(row["key"], row["kind"], row["target"], row["subject"], datetime.fromisoformat(row["over_at"]))
        for row in rows
    )


@dataclass(frozen=True)
class EndedTrouble:
    """A trouble that is over. Instants are UTC, ISO 8601."""

    key: str
    kind: str
    target: str
    subject: str
    weight: int
    first_at: str
    over_at: str


def ended(conn: sqlite3.Connection, kinds: Iterable[str], since: str) -> tuple[EndedTrouble, ...]:
    """The troubles of these kinds that are over since then."""
    wanted = tuple(kinds)
    rows = conn.execute(
        "SELECT key, kind, target, subject, level AS weight, first_at, over_at FROM alert"
        f" WHERE over_at >= ? AND kind IN ({', '.join('?' * len(wanted))}) ORDER BY over_at, key",
        (since, *wanted),
    )
    return tuple(EndedTrouble(**dict(row)) for row in rows)


def first_raised(conn: sqlite3.Connection) -> dict[str, str]:
    """Since when each alert that holds was raised, by its key."""
    return {
        row["key"]: row["first_at"]
        for row in conn.execute("SELECT key, first_at FROM alert WHERE over_at IS NULL")
    }


def told(conn: sqlite3.Connection, keys: Iterable[str], now: str) -> None:
    """Somebody was told of these now."""
    conn.executemany(
        "UPDATE alert SET told_at = ?, times = times + 1 WHERE key = ?", [(now, key) for key in keys]
    )


def prune(conn: sqlite3.Connection, before: str) -> None:
    """Forget what was over before then."""
    conn.execute("DELETE FROM alert WHERE over_at < ?", (before,))
