"""Meetings that are new, moved or gone since an agenda was last read: a log, not journaled, kept for two months."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from cockpit.domain.agenda.events import CANCELLED
from cockpit.domain.dataclasses import dataclass
from cockpit.store.outside.agenda_blocks import chunks, marks

if TYPE_CHECKING:
    from sqlite_utils import Database

NEW, MOVED, GONE = "new", "moved", "gone"
AHEAD = timedelta(days=14)
"""How far ahead a meeting is news."""
KEPT = timedelta(days=60)
Coming = Mapping[str, tuple[str, bool, tuple[int, ...]]]
"""By the uid of an event: its title, whether it is private, and its starts in the days ahead."""


@dataclass(frozen=True, kw_only=True)
class AgendaChange:
    """What became of one event; `before` is when it was to be, of one that moved."""

    number: int
    feed: str
    uid: str
    what: str
    title: str
    private: bool
    starts: datetime
    before: datetime | None


def create(db: Database) -> None:
    """The table."""
    db.execute(
        """CREATE TABLE agenda_change (
        number INTEGER PRIMARY KEY,
        at TEXT NOT NULL,
        feed TEXT NOT NULL,
        uid TEXT NOT NULL,
        what TEXT NOT NULL CHECK (what IN ('new', 'moved', 'gone')),
        title TEXT NOT NULL,
        private INTEGER NOT NULL,
        starts INTEGER NOT NULL,
        before INTEGER
    ) STRICT"""
    )
    db.execute("CREATE INDEX agenda_change_at ON agenda_change (at)")


def coming(conn: sqlite3.Connection, feed: str, uids: Iterable[str], now: datetime) -> Coming:
    """What is ahead of those events, cancelled ones left out."""
    found: dict[str, tuple[str, bool, list[int]]] = {}
    lo, hi = int(now.timestamp()), int((now + AHEAD).timestamp())
    for some in chunks(sorted(uids)):
        for row in conn.execute(
            "SELECT b.uid, b.title, b.private, o.starts FROM agenda_block AS b"
            " JOIN agenda_occurrence AS o ON o.block = b.id"
            f" WHERE b.feed = ? AND b.uid IN ({marks(some)}) AND b.gone_at IS NULL AND b.status != ?"
            " AND o.starts >= ? AND o.starts < ? ORDER BY o.starts",
            (feed, *some, CANCELLED, lo, hi),
        ):
            known = found.setdefault(row["uid"], (row["title"], bool(row["private"]), []))
            known[2].append(row["starts"])
    return {uid: (title, private, tuple(starts)) for uid, (title, private, starts) in found.items()}


def note(conn: sqlite3.Connection, feed: str, before: Coming, after: Coming, now: datetime) -> None:
    """Write down what differs, one line an event."""
    rows = []
    for uid in {*before, *after}:
        was, is_now = (set(known[uid][2]) if uid in known else set[int]() for known in (before, after))
        added, removed = sorted(is_now - was), sorted(was - is_now)
        if not added and not removed:
            continue
        title, private, _starts = (after if uid in after else before)[uid]
        what = MOVED if added and removed else NEW if added else GONE
        starts = (added or removed)[0]
        rows.append((now.astimezone(UTC).isoformat(timespec="seconds"), feed, uid, what, title, private, starts,
                     removed[0] if what == MOVED else None))  # fmt: skip
    conn.executemany(
        "INSERT INTO agenda_change (at, feed, uid, what, title, private, starts, before)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        rows,
    )
    conn.execute("DELETE FROM agenda_change WHERE at < ?", ((now - KEPT).astimezone(UTC).isoformat(),))


def since(conn: sqlite3.Connection, at: str) -> tuple[AgendaChange, ...]:
    """What was written down after an instant (UTC), in its order."""
    rows = conn.execute("SELECT * FROM agenda_change WHERE at > ? ORDER BY number", (at,))
    return tuple(
        AgendaChange(
            number=row["number"], feed=row["feed"], uid=row["uid"], what=row["what"], title=row["title"],
            private=bool(row["private"]), starts=_at(row["starts"]),
            before=_at(row["before"]) if row["before"] is not None else None,
        )
        for row in rows
    )  # fmt: skip


def _at(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
